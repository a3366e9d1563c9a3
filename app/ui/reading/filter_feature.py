"""Filters of the reading view: set in a row above the pages, remembered for each project."""

from collections import Counter
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from app.ui.reading.filter_bar import FilterBar
from app.ui.reading.filters import MarkFilter, passing
from app.ui.reading.marks import Mark
from app.ui.settings import settings
from app.ui.widgets.notices import Notice

if TYPE_CHECKING:
    from app.ui.reading.place import ReadingPlace

COUNT_AFTER_MS = 120
HIDDEN_KEY = "read.hidden"


class FilterFeature:
    """The row appears with its key or button and stays while it hides anything."""

    def __init__(self, place: "ReadingPlace") -> None:
        """Tie the filters to ``place``; the row is made when it is first needed."""
        self._place = place
        self._bar: FilterBar | None = None
        self._wanted = False
        self.chosen = self._kept = MarkFilter()
        self._table = place.window_of_places.actions_table
        self._count_soon = QTimer(place, singleShot=True, interval=COUNT_AFTER_MS)
        self._count_soon.timeout.connect(self._count)
        self._table.connect("read.filters", self.show)
        self._table.connect("read.show_all", self.clear)
        place.state.marks_changed.connect(lambda _spans: self._marks_changed())
        place.state.document_changed.connect(self._marks_changed)
        place.overlays.codebook_shown.connect(self._codebook_changed)
        place.acts.coded.connect(self._look_for)
        place.bridge.opened.connect(self._open)
        place.bridge.closed.connect(self._close)
        if place.bridge.is_open:
            self._open()

    @property
    def bar(self) -> FilterBar:
        """The row."""
        if self._bar is None:
            self._bar = FilterBar()
            self._bar.hide()
            self._bar.changed.connect(self._changed)
            self._bar.cleared.connect(self.clear)
            self._place.add_bar(self._bar)
        return self._bar

    def show(self, wanted: bool = True) -> None:
        """Show or hide the row; while filters are set it stays, so that nothing hides unseen."""
        self._wanted = wanted
        if wanted:
            self._offer()
            self.bar.show()
            chips = self.bar.chips
            next(iter(chips.values())).setFocus()
        elif self._bar is not None and holds_focus(self._bar):
            self._place.canvas.setFocus(Qt.FocusReason.OtherFocusReason)
        self._dress()

    def choose(self, chosen: MarkFilter) -> None:
        """Set the filters."""
        self._offer()
        self.bar.choose(chosen)
        self._changed()

    def clear(self) -> None:
        """Show all codings again."""
        if self._bar is not None:
            self._bar.choose(MarkFilter())
        self._use(MarkFilter())

    # -- inside ------------------------------------------------------------------------------

    @property
    def _setting(self) -> str:
        return f"read.filters.{self._place.bridge.project.id}"

    def _open(self) -> None:
        self._kept = MarkFilter.of(settings().value(self._setting, {}))
        self.chosen = MarkFilter()
        self._dress()

    def _close(self) -> None:
        self._wanted, self.chosen, self._kept = False, MarkFilter(), MarkFilter()
        self._place.state.filter(None)
        if self._bar is not None:
            self._bar.choose(MarkFilter())
        self._dress()

    def _codebook_changed(self) -> None:
        """Offer the codes there are now; what was chosen and is gone is chosen no longer."""
        if not self._place.bridge.is_open or self._place.state.codebook is None:
            return
        kept, self._kept = self._kept, MarkFilter()
        if kept:
            self.choose(kept)
        elif self._bar is not None:
            self._offer()
            self._use(self._bar.chosen())

    def _changed(self) -> None:
        self._use(self.bar.chosen())

    def _use(self, chosen: MarkFilter) -> None:
        if chosen != self.chosen and self._place.bridge.is_open:
            settings().remember(self._setting, chosen.kept())
        self.chosen = chosen
        self._place.window_of_places.messages.clear(HIDDEN_KEY)
        self._place.state.filter(passing(chosen, self._place.state.codebook))
        self._count()
        self._dress()

    def _dress(self) -> None:
        shown = self._wanted or bool(self.chosen)
        if self._bar is not None:
            self._bar.setVisible(shown)
        self._table["read.filters"].setChecked(shown)
        self._table.enable("read.show_all", bool(self.chosen), "No filter is set.")

    def _marks_changed(self) -> None:
        if self._bar is not None and self._bar.isVisibleTo(self._place):
            self._count_soon.start()

    def _count(self) -> None:
        """Say what is hidden, and how often each choice stands in this document."""
        if self._bar is None or not self._place.bridge.is_open:
            return
        marks = self._place.state.marks
        self._bar.tell_hidden(marks.hidden_by_filter(), filtered=bool(self.chosen))
        self._offer()

    def _offer(self) -> None:
        place = self._place
        found = {"codes": Counter[str](), "clusters": Counter[str](), "coders": Counter[str](),
                 "valences": Counter[str]()}  # fmt: skip
        codebook = place.state.codebook
        clusters = {code.id: code.cluster_id for code in codebook.codes} if codebook else {}
        for coding in place.state.codings.values():
            found["codes"][coding.code_id] += 1
            found["clusters"][clusters.get(coding.code_id, "")] += 1
            found["coders"][coding.coder_id] += 1
            found["valences"][coding.valence] += 1
        coders = place.overlays.coders.values()
        self.bar.offer(codebook, coders, place.state.coder_id, found)

    def _look_for(self, coding_id: str, _code_id: str) -> None:
        """Say so where a coding just made is hidden at once."""
        mark: Mark | None = self._place.state.marks.get(coding_id)
        if mark is None or self._place.state.marks.shows(mark):
            return
        self._place.window_of_places.messages.show(
            Notice(
                "info",
                f"Coded as “{mark.name}”, which the filters hide.",
                "It is kept; take the filters away to see it.",
                (("Show all", self.clear),),
                key=HIDDEN_KEY,
                place="read",
            )
        )


def holds_focus(widget: QWidget) -> bool:
    """Tell whether a widget or something in it has the keyboard."""
    focus = QApplication.focusWidget()
    return focus is not None and (focus is widget or widget.isAncestorOf(focus))
