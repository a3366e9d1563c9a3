"""The place Team: how far the work is, files that come and go, differences, agreement, log."""

from dataclasses import dataclass
from importlib import import_module

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from app.ui.bridge import ProjectBridge
from app.ui.place import Window
from app.ui.settings import settings
from app.ui.views.team_switch import TeamSwitch
from app.ui.views.view_place import ViewPlace
from app.ui.views.wiring import wire
from app.ui.widgets import tight

LAST_VIEW = "team.view"


@dataclass(frozen=True, slots=True)
class TeamViewSpec:
    """One view of the place; ``factory`` is "module:class", imported when it is first shown."""

    key: str
    label: str
    factory: str


TEAM_VIEWS: tuple[TeamViewSpec, ...] = (
    TeamViewSpec("overview", "Overview", "app.ui.team.overview:OverviewView"),
    TeamViewSpec("files", "Hand-ins", "app.ui.team.files:FilesView"),
    TeamViewSpec("settle", "Differences", "app.ui.team.settle:SettleView"),
    TeamViewSpec("agreement", "Agreement", "app.ui.team.agreement:AgreementView"),
    TeamViewSpec("issues", "Codebook issues", "app.ui.team.issues:IssuesView"),
    TeamViewSpec("log", "Log", "app.ui.team.log:LogView"),
)
SHORT = {"issues": "Issues"}
"""What segments say where there is less room."""


class TeamView(QFrame):
    """Base of the views of the team place; made when first shown, kept as long as the window.

    ``refresh`` is called when it is shown and something may have changed, and after each change
    while it is shown.
    """

    fact_changed = Signal()
    fact = ""
    """The one grey fact beside the title of the place."""

    def __init__(self, window: Window) -> None:
        """Keep the window; build the widgets here, without data."""
        super().__init__()
        self.window_of_places = window

    def refresh(self) -> None:
        """Read what is shown; what takes longer than a blink goes through ``app.ui.tasks``."""
        raise NotImplementedError

    def forget(self) -> None:
        """Let go of the project that is being closed."""

    def panels(self) -> list[QWidget]:
        """Return what F6 goes through."""
        return [self]


class TeamPlace(ViewPlace):
    """Holds the views behind one switch; ``show_view`` goes to one of them."""

    key = "team"
    title = "Team"

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._made: dict[str, TeamView] = {}
        views = [(spec.key, spec.label) for spec in TEAM_VIEWS]
        self._switch = TeamSwitch(self, views, SHORT)
        self.switch = self._switch.segments
        self._stack = QStackedWidget()
        tight(QVBoxLayout(self)).addWidget(self._stack)
        self.switch.chosen.connect(self.show_view)
        self._switch.fitted.connect(self.title_changed)
        window.bridge.changed.connect(lambda _changes: self.refresh_when_seen())
        window.bridge.closed.connect(self._forget)
        wire(window, self.key)

    def call(self, view: str, method: str) -> None:
        """Show a view and let it do something; for the actions of the menus."""
        getattr(self.show_view(view), method)()

    @property
    def view(self) -> TeamView | None:
        """The view that is shown."""
        shown = self._stack.currentWidget()
        return shown if isinstance(shown, TeamView) else None

    def tools(self) -> list[QWidget]:
        """Return the switch."""
        return [self._switch]

    def panels(self) -> list[QWidget]:
        """Return the panels of the view that is shown."""
        return self.view.panels() if self.view is not None else [self]

    def set_project(self, bridge: ProjectBridge) -> None:
        """Show the project in the view of last time."""
        known = [spec.key for spec in TEAM_VIEWS]
        last = str(settings().value(LAST_VIEW, ""))
        if known:
            self.show_view(last if last in known else known[0])

    def show_view(self, key: str) -> TeamView:
        """Show one of the views and return it."""
        if key not in self._made:
            spec = next(spec for spec in TEAM_VIEWS if spec.key == key)
            module, name = spec.factory.split(":")
            view: TeamView = getattr(import_module(module), name)(self.window_of_places)
            view.fact_changed.connect(self._take_fact)
            self._made[key] = view
            self._stack.addWidget(view)
        self._switch.choose(key)
        self._stack.setCurrentWidget(self._made[key])
        settings().remember(LAST_VIEW, key)
        self.refresh_when_seen()
        return self._made[key]

    def refresh(self) -> None:
        """Let the view that is shown read anew."""
        if self.view is not None and self.window_of_places.bridge.is_open:
            self.view.refresh()
            self._take_fact()

    def _take_fact(self) -> None:
        fact = self.view.fact if self.view is not None else ""
        if fact != self.fact:
            self.fact = fact
            self.title_changed.emit()

    def _forget(self) -> None:
        for view in self._made.values():
            view.forget()
