"""The runs that were kept: what came out then, and what is different now."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from app.coding.agreement_runs import ChangedNumber, RunComparison, RunInfo
from app.ui.dates import spoken_date
from app.ui.theme import icon, px
from app.ui.views.side_panel import SidePanel
from app.ui.widgets import FlowLayout, button, frame, icon_button, label, line, tight

MOST_CHANGES = 8
EXPLAINED = (
    "A run keeps the settings, the numbers and a fingerprint of the codings. It can be repeated, "
    "and compared with what is there now."
)


class RunsPanel(SidePanel):
    """Emits ids of runs; ``keep_wanted`` carries a name, ``rename_wanted`` an id and a name."""

    keep_wanted = Signal(str)
    compare_wanted = Signal(str)
    repeat_wanted = Signal(str)
    rename_wanted = Signal(str, str)
    remove_wanted = Signal(str)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._runs: tuple[RunInfo, ...] = ()
        self._people: Mapping[str, str] = {}
        self._compared: dict[str, RunComparison] = {}
        self._renaming = ""
        self.field = QLineEdit()
        self.field.setPlaceholderText("Name, such as Calibration")
        self.field.setAccessibleName("Name of the run")
        self.keep = button("Keep", "primary", tip="Keep what the table shows, under this name")
        self.keep.clicked.connect(self._keep)
        self.field.returnPressed.connect(self._keep)
        close = icon_button(icon("x", size=16), "Close the kept runs", size=16)
        close.clicked.connect(self.closed)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setAccessibleName("Kept runs")
        ground = frame("panel_right")
        tight(QVBoxLayout(self)).addWidget(ground)
        column = tight(QVBoxLayout(ground))
        head = tight(QHBoxLayout(), 8, (16, 12, 8, 4))
        head.addWidget(label("Kept runs", "group"), 1)
        head.addWidget(close)
        column.addLayout(head)
        words = label(EXPLAINED, "small", "text_2", wrap=True)
        words.setContentsMargins(px(16), 0, px(16), px(8))
        column.addWidget(words)
        row = tight(QHBoxLayout(), 8, (16, 0, 16, 12))
        row.addWidget(self.field, 1)
        row.addWidget(self.keep)
        column.addLayout(row)
        column.addWidget(line())
        column.addWidget(self._area, 1)
        self.setAccessibleName("Kept runs")

    def show_runs(self, runs: Sequence[RunInfo], people: Mapping[str, str]) -> None:
        """Show these, newest first; ``people`` are names by coder id."""
        self._runs, self._people = tuple(runs), people
        known = {run.id for run in runs}
        self._compared = {key: c for key, c in self._compared.items() if key in known}
        self._fill()

    def show_comparison(self, run_id: str, compared: RunComparison) -> None:
        """Show what differs now from one run."""
        self._compared[run_id] = compared
        self._fill()

    def forget_comparisons(self) -> None:
        """Drop what was compared: something has changed."""
        if self._compared:
            self._compared.clear()
            self._fill()

    def _keep(self) -> None:
        self.keep_wanted.emit(self.field.text())

    def _fill(self) -> None:
        holder = frame("window")
        column = tight(QVBoxLayout(holder))
        for run in self._runs:
            column.addWidget(self._block(run))
            column.addWidget(line())
        if not self._runs:
            nothing = label("No run is kept yet.", "body", "text_2", wrap=True)
            nothing.setContentsMargins(px(16), px(16), px(16), px(16))
            column.addWidget(nothing)
        column.addStretch(1)
        self._area.setWidget(holder)

    def _block(self, run: RunInfo) -> QWidget:
        block = QWidget()
        column = tight(QVBoxLayout(block), 4, (16, 10, 16, 12))
        if self._renaming == run.id:
            column.addWidget(self._rename_field(run))
        else:
            column.addWidget(label(run.name, "small_group", wrap=True))
        who = self._people.get(run.coder_id, "")
        said = (spoken_date(run.at), who, f"seed {run.settings.seed}", f"Cofactor {run.version}")
        column.addWidget(label(", ".join(one for one in said if one), "small", "text_2", wrap=True))
        number = run.overall.get("u_alpha")
        told = "not estimable" if number is None else f"{number:.2f}"
        column.addWidget(label(f"All codes: |u-alpha {told}", "small", wrap=True))
        compared = self._compared.get(run.id)
        if compared is not None:
            column.addWidget(label(compared.sentence(), "small", wrap=True))
            for change in compared.codes[:MOST_CHANGES]:
                column.addWidget(label(_told(change), "small", "text_2", wrap=True))
            more = len(compared.codes) - MOST_CHANGES
            if more > 0:
                column.addWidget(label(f"and {more} more", "small", "text_2"))
        acts = QWidget()
        flow = FlowLayout(acts, spacing=6)
        entries: tuple[tuple[str, str, Callable[[], object]], ...] = (
            ("Compare", "What is different now", partial(self.compare_wanted.emit, run.id)),
            ("Repeat", "Show this question on the codings of now",
             partial(self.repeat_wanted.emit, run.id)),
            ("Rename", "Give it another name", partial(self._rename, run.id)),
            ("Remove", "Take it away; undo brings it back",
             partial(self.remove_wanted.emit, run.id)),
        )  # fmt: skip
        for words, tip, act in entries:
            made = button(words, "small", tip=tip)
            made.clicked.connect(lambda _checked=False, act=act: act())
            flow.addWidget(made)
        column.addWidget(acts)
        return block

    def _rename(self, run_id: str) -> None:
        self._renaming = run_id
        self._fill()
        field = self._area.findChild(QLineEdit)
        if field is not None:
            field.setFocus()
            field.selectAll()

    def _rename_field(self, run: RunInfo) -> QLineEdit:
        field = QLineEdit(run.name)
        field.setAccessibleName("New name of the run")

        def done() -> None:
            self._renaming = ""
            self.rename_wanted.emit(run.id, field.text())

        field.returnPressed.connect(done)
        return field


def _told(change: ChangedNumber) -> str:
    def words(value: float | None) -> str:
        return "not estimable" if value is None else f"{value:.3f}"

    return f"{change.name}: {words(change.before)}, now {words(change.now)}"
