"""Everything of the window that needs a project: rail, header, places, strip."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.ui.header import Header
from app.ui.place import Place, Window
from app.ui.place_frame import PlaceFrame
from app.ui.places import PLACES, make_place
from app.ui.rail import Rail
from app.ui.settings import LEFT_OFF, settings
from app.ui.status_strip import StatusStrip
from app.ui.theme import theme
from app.ui.widgets.layout import tight
from app.ui.widgets.notices import NoticeStack


class Workbench(QWidget):
    """Lays the parts out and makes each place at the first visit."""

    def __init__(self, window: Window, notices: NoticeStack) -> None:
        super().__init__()
        self._window, self._notices = window, notices
        notices.setParent(self)
        self.rail, self.header, self.strip = Rail(), Header(), StatusStrip()
        self.views = QStackedWidget()
        self._frames: dict[str, PlaceFrame] = {}
        self.shown = ""
        self._first_look: QWidget | None = None
        self.on_title: Callable[[], object] = self.refresh
        main = tight(QVBoxLayout())
        main.addWidget(self.header)
        main.addWidget(self.views, 1)
        upper = tight(QHBoxLayout())
        upper.addWidget(self.rail)
        upper.addLayout(main, 1)
        column = tight(QVBoxLayout(self))
        column.addLayout(upper, 1)
        column.addWidget(self.strip)
        theme.changed.connect(self.fit)

    @property
    def place(self) -> Place | None:
        """The place that is shown, or None before the first visit."""
        frame = self._frames.get(self.shown)
        return frame.place if frame else None

    @property
    def frame(self) -> PlaceFrame | None:
        """The frame round the place that is shown."""
        return self._frames.get(self.shown)

    def places(self) -> list[Place]:
        """Return the places that have been visited."""
        return [frame.place for frame in self._frames.values()]

    def go(self, key: str) -> Place:
        """Show a place, made now if need be."""
        frame = self._frames.get(key) or self._make(key)
        arrives, self.shown = key != self.shown, key
        self.views.setCurrentWidget(frame)
        self.end_first_look()
        frame.take_notices(self._notices)
        frame.fit(self.width())
        self.rail.choose(key)
        self.refresh()
        if arrives:
            frame.place.setFocus(Qt.FocusReason.OtherFocusReason)
        return frame.place

    def show_first_look(self, pages: QWidget) -> None:
        """Show pages in the room of the places until there is a project."""
        self._first_look = pages
        self.views.addWidget(pages)
        self.views.setCurrentWidget(pages)
        pages.setFocus(Qt.FocusReason.OtherFocusReason)
        self.rail.choose("read")

    def end_first_look(self) -> None:
        """Take the first pages away: a place shows them now, or the project did not open."""
        if self._first_look is not None:
            self.views.removeWidget(self._first_look)
            self._first_look.setParent(None)
            self._first_look.deleteLater()
            self._first_look = None

    def leave(self) -> None:
        """Keep how the pages stand while the project can still be asked, for the next start."""
        if self.shown == "read":
            from app.ui.reading import where

            place: Any = self.place
            where.leave(place.canvas, place.state, self._window.bridge.project.path, self.views)
        elif settings().value(LEFT_OFF) is not None:
            settings().remember(LEFT_OFF, None)

    def refresh(self) -> None:
        """Show title, fact and tools of the place in the header."""
        place = self.place
        if place is not None:
            self.header.show_place(place.title, place.fact, place.tools())
            self._show_side()

    def show_project(self) -> None:
        """Let the places that were visited show the project that is open now."""
        for frame in self._frames.values():
            frame.place.set_project(self._window.bridge)

    def resizeEvent(self, event: object) -> None:
        """Let rail and side panels follow the width."""
        self.fit()

    def fit(self) -> None:
        """Show labels and side panels where there is room for them."""
        self.rail.fit(self.width())
        for frame in self._frames.values():
            frame.fit(self.width())
        self._show_side()

    def _show_side(self) -> None:
        frame = self.frame
        if frame is not None:
            self.header.show_side(offered=frame.offers_side, shown=frame.shows_side)

    def _make(self, key: str) -> PlaceFrame:
        spec = next(spec for spec in PLACES if spec.key == key)
        place = make_place(spec, self._window)
        place.set_project(self._window.bridge)
        place.title_changed.connect(lambda: self._title_changed(key))
        frame = PlaceFrame(place)
        frame.furnished.connect(self._show_side)
        self._frames[key] = frame
        self.views.addWidget(frame)
        return frame

    def _title_changed(self, key: str) -> None:
        if key == self.shown:
            self.on_title()
