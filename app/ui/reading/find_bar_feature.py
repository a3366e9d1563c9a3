"""Find in this document: all places marked on the pages and in the overview."""

from bisect import bisect_left
from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QPainter

from app.documents.find import FindText, find_some, prepare, shares
from app.ui.reading.find_bar import FindBar
from app.ui.reading.lost_letters import LostLetters
from app.ui.reading.margins import outline_pen
from app.ui.reading.page_marks import span_rects
from app.ui.reading.painter import to_pixels
from app.ui.reading.selection import Selection
from app.ui.tasks import run
from app.ui.theme import theme

if TYPE_CHECKING:
    from app.ui.reading.place import ReadingPlace

MOST = 5000
ASK_AFTER_MS = 60
LONGEST = 80
"""A selection up to this long is what one wants to find when the row opens."""
Span = tuple[int, int]


class FindInDocument:
    """The feature; the row is made when it is first asked for."""

    def __init__(self, place: "ReadingPlace") -> None:
        """Tie it to pages, overview and actions."""
        self._place, self._canvas, self._state = place, place.canvas, place.state
        self.bar: FindBar | None = None
        self.hits: tuple[Span, ...] = ()
        self.current = -1
        self._prepared: dict[bool, tuple[Mapping[str, str], FindText]] = {}
        self._ticket = self._origin = 0
        self._rects: dict[tuple[int, float], list[tuple[int, list[QRectF]]]] = {}
        self._soon = QTimer(place, singleShot=True, interval=ASK_AFTER_MS)
        self._soon.timeout.connect(self._ask)
        self._canvas.painter.extras.append(self._paint)
        self._state.document_changed.connect(self._document_changed)
        self._canvas.geometries.arrived.connect(lambda _page: self._rects.clear())
        table = place.window_of_places.actions_table
        table.connect("read.find", self.open)
        table.connect("read.find_next", lambda: self.step(1))
        table.connect("read.find_previous", lambda: self.step(-1))

    @property
    def is_open(self) -> bool:
        """True while the row is there."""
        return self.bar is not None and self.bar.isVisibleTo(self._place)

    def open(self) -> None:
        """Show the row, with what is selected, and look from where one reads."""
        if not self._state.is_open:
            return
        if self.bar is None:
            self.bar = FindBar()
            self._place.add_bar(self.bar)
            self.bar.asked.connect(self._soon.start)
            self.bar.stepped.connect(self.step)
            self.bar.left.connect(self.close)
        was_open = self.is_open
        self.bar.show()
        chosen = self._state.selection
        words = ""
        if 0 < chosen.end - chosen.start <= LONGEST and self._state.text is not None:
            words = self._state.text.clean(chosen.start, chosen.end)
        if not was_open:
            self._origin = self._from_here()
        self.bar.begin(words)
        self._soon.start()

    def _from_here(self) -> int:
        """Return the caret where it is in view, else where the view begins."""
        head, parts = self._state.selection.head, self._canvas.visible_parts()
        if self._state.page_of(head) in parts:
            return self._state.selection.start
        return self._state.page_start(min(parts)) if parts else 0

    def close(self) -> None:
        """Take the row away and select the place, so that it can be coded at once."""
        if self.bar is None:
            return
        self.bar.hide()
        found = self.hits[self.current] if 0 <= self.current < len(self.hits) else None
        self._take(self._ticket, (), reveal=False)
        if found is not None:
            self._state.select(Selection(*found))
            self._canvas.reveal(*found, flash=False)
        self._canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def step(self, by: int) -> None:
        """Go to the next (1) or previous (-1) place; after the last comes the first."""
        if not self.is_open:
            self.open()
            return
        if self.hits:
            before, self.current = self.current, (self.current + by) % len(self.hits)
            self._origin = self.hits[self.current][0]
            self._show_current()
            self._repaint({before, self.current})

    # -- looking -----------------------------------------------------------------------------

    def _ask(self) -> None:
        """Look in a worker thread; a long document takes a moment the first time."""
        bar, text = self.bar, self._state.text
        if bar is None or text is None or not self.is_open:
            return
        self._ticket += 1
        ticket, words = self._ticket, bar.field.text()
        whole, case = bar.whole.is_set, bar.case.is_set
        repairs = self._repairs()
        ready, known = self._prepared.get(case, ({}, None))
        if ready is not repairs:
            known = None

        def look(_progress: object) -> tuple[FindText, tuple[Span, ...]]:
            made = known or prepare(
                text.text, text.furniture, text.joins, match_case=case, repairs=repairs
            )
            return made, find_some(made, words, whole_words=whole, most=MOST)

        def take(found: tuple[FindText, tuple[Span, ...]]) -> None:
            if self._state.text is text:
                self._prepared[case] = repairs, found[0]
                self._take(ticket, found[1])

        run(look, "Find in document", take, listed=False)

    def _repairs(self) -> Mapping[str, str]:
        """Return the words of the document that lost letters, as far as they are known yet."""
        lost = self._place.features.get("LostLetters")
        return lost.repairs if isinstance(lost, LostLetters) else {}

    def _take(self, ticket: int, hits: tuple[Span, ...], *, reveal: bool = True) -> None:
        if ticket != self._ticket:
            return
        self.hits = hits
        self._rects.clear()
        at = bisect_left(hits, (self._origin, 0))
        self.current = -1 if not hits else at % len(hits)
        self._tick()
        if reveal:
            self._show_current()
        self._canvas.viewport().update()

    def _show_current(self) -> None:
        bar, total = self.bar, len(self.hits)
        if bar is not None:
            bar.tell(self.current + 1, total, more=total >= MOST)
        if total:
            self._canvas.reveal(*self.hits[self.current], flash=False)

    def _tick(self) -> None:
        text, minimap = self._state.text, self._place.minimap
        ticks = []
        if text is not None and self.hits:
            found = shares(self.hits, text.page_starts, len(text.text))
            ticks = [(int(page), float(share)) for page, share in found.tolist()]
        minimap.show_ticks(ticks)

    def _document_changed(self) -> None:
        self._prepared.clear()
        self._ticket += 1
        self._take(self._ticket, (), reveal=False)
        if self.bar is not None:
            self.bar.tell(0, 0, more=False)
            self.bar.setVisible(self.is_open and self._state.is_open)
            self._origin = 0
            self._soon.start()

    # -- painting ----------------------------------------------------------------------------

    def _paint(self, painter: QPainter, page: int, scale: float, part: QRectF) -> None:
        if not self.hits:
            return
        known = self._rects.get((page, scale))
        if known is None:
            known = self._rects[page, scale] = self._on_page(page, scale)
        accent = theme.token("accent")
        wash, strong = QColor(accent), QColor(accent)
        wash.setAlphaF(0.14)
        strong.setAlphaF(0.34)
        for index, rects in known:
            if not any(rect.intersects(part) for rect in rects):
                continue
            is_current = index == self.current
            painter.setPen(outline_pen(accent, 2 if is_current else 1))
            painter.setBrush(strong if is_current else wash)
            painter.drawRects(rects)

    def _on_page(self, page: int, scale: float) -> list[tuple[int, list[QRectF]]]:
        """Return the places on a page by number, with their rectangles in pixels."""
        lines = self._canvas.geometries.get(page)
        if lines is None:
            return []
        first = self._state.page_start(page)
        end = first + self._state.page_length(page)
        low = max(bisect_left(self.hits, (first, 0)) - 1, 0)
        found = []
        for index in range(low, bisect_left(self.hits, (end + 1, 0))):
            start, stop = self.hits[index]
            rects = to_pixels(span_rects(lines, start - first, stop - first), scale)
            if rects:
                found.append((index, [rect.adjusted(-1, -1, 1, 1) for rect in rects]))
        return found

    def _repaint(self, indices: set[int]) -> None:
        spans = [self.hits[index] for index in indices if 0 <= index < len(self.hits)]
        self._canvas.repaints.spans(spans)
