"""Printed page numbers: going to one, and correcting what the file says of them."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from app.coding import document_views
from app.documents.labels import page_of_label
from app.errors import UserError
from app.models import Project
from app.ui.reading.links_history import History
from app.ui.reading.one_bar import YIELDS
from app.ui.reading.page_bar import PageBar
from app.ui.widgets import Chip, button

if TYPE_CHECKING:
    from app.ui.reading.place import ReadingPlace

Verb = Callable[[Project, str], object]


class NumbersBar(PageBar):
    """What is printed on the page in view, and whether it is a cover page."""

    def __init__(self) -> None:
        """Build the row."""
        super().__init__("Page numbers", "")
        self.setProperty(YIELDS, True)
        self.apply = button("Number the pages", "small", tip="Count on from this page  Enter")
        self.file = button("As in the file", "small", tip="Take the numbers that the file gives")
        self.cover = Chip("Cover page", removable=False)
        self.cover.setToolTip("Put before the publication by someone else; it has no page number")
        self.add(self.apply, self.file, self.cover)


class PageNumbers:
    """The feature: two rows above the pages, made when they are first asked for."""

    def __init__(self, place: "ReadingPlace") -> None:
        """Tie it to the actions."""
        self._place, self._state, self._canvas = place, place.state, place.canvas
        self.goer: PageBar | None = None
        self.numbers: NumbersBar | None = None
        table = place.window_of_places.actions_table
        table.connect("read.go_to_page", self.ask_page)
        table.connect("read.page_numbers", self.ask_numbers)
        self._state.document_changed.connect(self._close)
        self._state.marks_changed.connect(lambda spans: self._follow() if spans is None else None)
        self._canvas.page_changed.connect(lambda _page: self._follow())

    # -- go to page --------------------------------------------------------------------------

    def ask_page(self) -> None:
        """Show the row that takes a page number."""
        if not self._state.is_open:
            return
        if self.goer is None:
            self.goer = PageBar("Go to page", "Go to page")
            self.goer.field.returnPressed.connect(self._go)
            self.goer.left.connect(self._close)
            self.goer.setProperty(YIELDS, True)
            self._place.add_bar(self.goer)
        self._close()
        self.goer.field.setText(self._label())
        self.goer.begin()
        last = self._state.page_count
        self.goer.tell(f"As printed, or #1 to #{last} for its place in the file")

    def _go(self) -> None:
        text, bar = self._state.text, self.goer
        if text is None or bar is None:
            return
        words = bar.field.text()
        page = page_of_label(text.labels, words)
        if page is None:
            last = len(text.labels)
            bar.tell(f"No page is numbered {words.strip()}. #1 to #{last} are places in the file.")
            return
        self._close()
        History.of(self._place).remember()
        self._canvas.go_to_page(page)

    # -- numbers -----------------------------------------------------------------------------

    def ask_numbers(self) -> None:
        """Show the row in which page numbers are corrected."""
        if not self._state.is_open:
            return
        if self.numbers is None:
            self.numbers = NumbersBar()
            self.numbers.field.returnPressed.connect(self._number)
            self.numbers.apply.clicked.connect(self._number)
            self.numbers.file.clicked.connect(self._as_in_file)
            self.numbers.cover.clicked.connect(self._toggle_cover)
            self.numbers.left.connect(self._close)
            self._place.add_bar(self.numbers)
        self._close()
        self.numbers.begin()
        self._follow()

    def _follow(self) -> None:
        """Show what is said of the page in view."""
        bar, page = self.numbers, self._canvas.page
        if bar is None or not bar.isVisibleTo(self._place) or not self._state.is_open or not page:
            return
        view = document_views.view_of(self._place.bridge.project, self._state.info_id)
        is_cover = page in view.cover_pages
        bar.question.setText(f"Page {page} of {self._state.page_count} is printed as")
        bar.field.setText("" if is_cover else self._label())
        bar.field.setEnabled(not is_cover)
        bar.apply.setEnabled(not is_cover)
        bar.file.setEnabled(view.numbered)
        bar.cover.show_state("Cover page", is_cover)
        bar.tell("Numbered by hand" if view.numbered else "Numbers of the file")
        if bar.field.isEnabled() and bar.field.hasFocus():
            bar.field.selectAll()

    def _number(self) -> None:
        bar = self.numbers
        if bar is None:
            return
        words = bar.field.text().strip()
        if not words.isdecimal():
            bar.tell("Type the number printed on this page, such as 867.")
            return
        self._do(lambda project, document_id: document_views.number_pages(
            project, document_id, self._canvas.page, int(words)
        ))  # fmt: skip

    def _as_in_file(self) -> None:
        self._do(document_views.number_as_in_file)

    def _toggle_cover(self) -> None:
        page = self._canvas.page
        view = document_views.view_of(self._place.bridge.project, self._state.info_id)
        covers = set(view.cover_pages) ^ {page}
        self._do(lambda project, document_id: document_views.set_cover_pages(
            project, document_id, covers
        ))  # fmt: skip

    def _do(self, verb: Verb) -> None:
        bar = self.numbers
        try:
            verb(self._place.bridge.project, self._state.info_id)
        except UserError as problem:
            if bar is not None:
                bar.tell(f"{problem.message} {problem.hint}")
            return
        self._follow()

    # -- both --------------------------------------------------------------------------------

    def _label(self) -> str:
        text, page = self._state.text, self._canvas.page
        return text.label_of(page) if text is not None and page else ""

    def _close(self) -> None:
        for bar in (self.goer, self.numbers):
            if bar is not None and bar.isVisibleTo(self._place):
                had_focus = bar.isAncestorOf(bar.window().focusWidget() or bar.window())
                bar.hide()
                if had_focus:
                    self._canvas.setFocus(Qt.FocusReason.OtherFocusReason)
