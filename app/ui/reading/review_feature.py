"""Ties the queue of codings to place to the reading view: marked on the page, settled by keys."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from app.coding.anchor_review import Unsure, review_queue, settle_absent, settle_here
from app.errors import UserError
from app.models.changes import Changes
from app.ui.reading.anchor_review import HERE, ReviewPanel
from app.ui.reading.margins import outline_pen
from app.ui.reading.page_marks import span_rects
from app.ui.reading.painter import to_pixels
from app.ui.reading.selection import Selection
from app.ui.tasks import run
from app.ui.theme import theme
from app.ui.widgets.notices import Notice

if TYPE_CHECKING:
    from app.ui.reading.place import ReadingPlace

TAB = "to_place"
NOTICE = "read.to_place"


class AnchorReview:
    """The feature; it looks for codings to place whenever a document is opened."""

    def __init__(self, place: "ReadingPlace") -> None:
        """Tie it to pages, actions and changes."""
        self._place, self._state, self._canvas = place, place.state, place.canvas
        self.panel: ReviewPanel | None = None
        self.queue: tuple[Unsure, ...] = ()
        self.current = 0
        self._ticket = 0
        self._told = ""
        self._revealed = ""
        """The coding whose place was brought into view last."""
        place.window_of_places.actions_table.connect("read.to_place", self.open)
        place.canvas.painter.extras.append(self._paint)
        place.state.document_changed.connect(self._document_changed)
        place.bridge.changed.connect(self._follow)

    @property
    def is_shown(self) -> bool:
        """True while the tab is the one in front."""
        return self.panel is not None and self.panel.isVisibleTo(self._place)

    @property
    def one(self) -> Unsure | None:
        """The coding that is looked at."""
        return self.queue[self.current] if self.current < len(self.queue) else None

    def open(self) -> None:
        """Show the tab with the first coding to place."""
        if not self._state.is_open:
            return
        if self.panel is None:
            self.panel = ReviewPanel()
            self._place.left.add_page(TAB, self.panel)
            self.panel.answered.connect(self.answer)
            self.panel.stepped.connect(self.step)
            self.panel.left.connect(self._leave)
        table = self._place.window_of_places.actions_table
        table["read.left_panel"].setChecked(True)
        self._place.show_left(True)
        self._place.left.show_tab(TAB)
        self.panel.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._revealed = ""
        self._show()
        self.refresh()

    def refresh(self) -> None:
        """Ask again what is to be placed, off the window's thread."""
        info = self._state.info
        if info is None or not self._place.bridge.is_open:
            self._take((), 0)
            return
        project, document_id = self._place.bridge.project, info.id
        self._ticket += 1
        ticket = self._ticket
        run(
            lambda _progress: review_queue(project, document_id),
            "Look for codings to place",
            lambda queue: self._take(queue, ticket),
            listed=False,
        )

    def _take(self, queue: tuple[Unsure, ...], ticket: int) -> None:
        if ticket and ticket != self._ticket:
            return
        before = self.one.coding_id if self.one else ""
        at = next((n for n, one in enumerate(queue) if one.coding_id == before), self.current)
        self.queue, self.current = queue, min(at, max(0, len(queue) - 1))
        self._tell()
        if self.is_shown:
            self._show()
        self._canvas.viewport().update()

    def _tell(self) -> None:
        """Say once for each document that there are codings to place."""
        info, messages = self._state.info, self._place.window_of_places.messages
        if info is None or not self.queue or self.is_shown:
            messages.clear(NOTICE)
        elif self._told != f"{info.id}/{info.text_layer_id}":
            self._told = f"{info.id}/{info.text_layer_id}"
            number = len(self.queue)
            words = "1 coding has" if number == 1 else f"{number} codings have"
            messages.show(
                Notice(
                    "info",
                    f"{words} to be placed in the new text of this document.",
                    "They are kept as they were made until somebody says where they stand.",
                    (("Place them", self.open),),
                    key=NOTICE,
                    place="read",
                )
            )

    def step(self, by: int) -> None:
        """Look at the next (1) or previous (-1) coding."""
        if self.queue:
            self.current = (self.current + by) % len(self.queue)
            self._revealed = ""
            self._show()

    def answer(self, what: str) -> None:
        """Settle the coding that is looked at."""
        one = self.one
        if one is None:
            return
        project = self._place.bridge.project
        try:
            if what == HERE:
                settle_here(project, one.coding_id, *self._where(one))
            else:
                settle_absent(project, one.coding_id)
        except UserError as problem:
            self._place.window_of_places.messages.report(problem)

    def _where(self, one: Unsure) -> tuple[int, int]:
        """Return the selection, else the likeliest place; of an area the page in view."""
        if one.is_area:
            start = self._state.page_start(self._canvas.page)
            return start, start
        chosen = self._state.selection
        if chosen.end > chosen.start:
            return chosen.start, chosen.end
        if one.state == "review":
            return one.start, one.end
        raise UserError("Nothing is selected.", "Select the words on the page first.")

    def _show(self) -> None:
        if self.panel is None:
            return
        one = self.one
        if one is None:
            self.panel.show_nothing()
            return
        self.panel.show_one(one, self.current + 1, len(self.queue))
        text = self._state.text
        if text is None or one.coding_id == self._revealed:
            return  # whoever has gone elsewhere meanwhile to look is left there
        self._revealed = one.coding_id
        if one.is_area:
            self._canvas.go_to_page(self._state.page_of(one.start))
        elif one.state == "review" and one.end <= len(text.text):
            self._state.select(Selection(one.start, one.start), follow=False)
            self._canvas.reveal(one.start, one.end, flash=False)
        else:
            self._canvas.go_to_page(min(one.page_before, self._state.page_count))
        self._canvas.viewport().update()

    def _leave(self) -> None:
        self._place.left.show_tab("codes")
        self._canvas.setFocus(Qt.FocusReason.OtherFocusReason)
        self._canvas.viewport().update()

    def _document_changed(self) -> None:
        self.queue, self.current, self._revealed = (), 0, ""
        self.refresh()

    def _follow(self, changes: Changes) -> None:
        if changes.touches("anchor_fix"):
            self._place.acts.reload()
        if changes.touches("anchor_fix", "document") or (self.queue and changes.touches("coding")):
            self.refresh()

    def _paint(self, painter: QPainter, page: int, scale: float, part: QRectF) -> None:
        """Mark the likeliest place of the coding that is looked at."""
        one = self.one
        if one is None or one.state != "review" or not self.is_shown:
            return
        lines = self._canvas.geometries.get(page)
        first = self._state.page_start(page)
        if lines is None or one.end <= first or one.start >= first + self._state.page_length(page):
            return
        accent = theme.token("accent")
        wash = QColor(accent)
        wash.setAlphaF(0.2)
        rects = to_pixels(span_rects(lines, one.start - first, one.end - first), scale)
        painter.setPen(outline_pen(accent, 2))
        painter.setBrush(wash)
        painter.drawRects([rect for rect in rects if rect.intersects(part)])
