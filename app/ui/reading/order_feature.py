"""Shows in which order a page is read, and lets one choose another or move its blocks."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPolygonF

from app.coding import rereading
from app.documents.reordering import Block, blocks_of, lines_of_blocks
from app.ui.reading.margins import outline_pen
from app.ui.reading.order_bar import OrderBar
from app.ui.reading.text_feature import TextOfDocument
from app.ui.theme import font, px, theme

if TYPE_CHECKING:
    from app.ui.reading.place import ReadingPlace

ARROW = 5.0


class ReadingOrder:
    """The feature; the row is made when it is first asked for."""

    def __init__(self, place: "ReadingPlace") -> None:
        """Tie it to pages and actions."""
        self._place, self._state, self._canvas = place, place.state, place.canvas
        self.bar: OrderBar | None = None
        self.orders: dict[int, list[int]] = {}
        """The blocks of pages in the order that is wanted, by their present numbers."""
        self.page = 1
        """The page whose order is changed; it stays while its blocks are walked through."""
        self.current = 0
        self._revealing = False
        place.window_of_places.actions_table.connect("read.order", self.open)
        place.canvas.painter.extras.append(self._paint)
        place.canvas.page_changed.connect(lambda _page: self._page_changed())
        place.canvas.geometries.arrived.connect(lambda _page: self._tell())
        place.state.document_changed.connect(self._document_changed)

    @property
    def is_shown(self) -> bool:
        """True while the row is there."""
        return self.bar is not None and self.bar.isVisibleTo(self._place)

    def open(self) -> None:
        """Show the row and the numbers on the pages."""
        if not self._state.is_open:
            return
        if self.bar is None:
            self.bar = OrderBar()
            self._place.add_bar(self.bar)
            self.bar.ordered.connect(lambda order: self._make({self.page: order}))
            self.bar.chosen.connect(self.choose)
            self.bar.moved.connect(self.move)
            self.bar.asked.connect(self.preview)
            self.bar.left.connect(self.close)
        self.bar.show()
        self.bar.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._page_changed()

    def close(self) -> None:
        """Take row and numbers away."""
        if self.bar is not None:
            self.bar.hide()
        self.orders.clear()
        self._canvas.viewport().update()
        self._canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def blocks(self, page: int) -> tuple[Block, ...]:
        """Return the blocks of a page as they are read now; none before its geometry is there."""
        text, lines = self._state.text, self._canvas.geometries.get(page)
        if text is None or lines is None:
            return ()
        first, end = text.page_range(page)
        return blocks_of(lines.geometry, [b - first for b in text.blocks if first <= b < end])

    def order(self, page: int) -> list[int]:
        """Return the numbers of a page's blocks in the order that is wanted."""
        return self.orders.get(page) or list(range(len(self.blocks(page))))

    def choose(self, by: int) -> None:
        """Choose the block before or after."""
        count = len(self.blocks(self.page))
        if count:
            self.current = min(max(self.current + by, 0), count - 1)
            self._reveal()
            self._tell()

    def move(self, by: int) -> None:
        """Read the chosen block one place earlier (-1) or later (1)."""
        page = self.page
        order = self.order(page)
        there = self.current + by
        if 0 <= there < len(order) and self.current < len(order):
            order[self.current], order[there] = order[there], order[self.current]
            self.orders[page] = order
            if order == sorted(order):
                del self.orders[page]
            self.current = there
            self._tell()

    def _reveal(self) -> None:
        """Bring the chosen block into view."""
        page = self.page
        lines, blocks = self._canvas.geometries.get(page), self.blocks(page)
        if lines is None or not blocks:
            return
        line = blocks[self.order(page)[self.current]].first_line
        words = lines.geometry.text.split("\n")
        start = self._state.page_start(page) + sum(len(each) + 1 for each in words[:line])
        self._revealing = True
        self._canvas.reveal(start, start + max(1, len(words[line])), flash=False)
        self._revealing = False

    def preview(self) -> None:
        """Show what the moved blocks would change."""
        wanted = {
            page: lines_of_blocks(self.blocks(page), order)
            for page, order in self.orders.items()
            if self.blocks(page)
        }
        if wanted:
            self._make(wanted)

    def _make(self, orders: Mapping[int, str | Sequence[int]]) -> None:
        feature = self._place.features["TextOfDocument"]
        assert isinstance(feature, TextOfDocument)
        feature.make(
            lambda project, engine, document, progress: rereading.reordered_text(
                project,
                engine,
                document,
                orders,
                progress=progress.report,
                cancelled=progress.is_cancelled,
            ),
            "Change reading order",
        )

    def _page_changed(self) -> None:
        if self._revealing:
            return
        self.page, self.current = self._canvas.page, 0
        self._tell()

    def _document_changed(self) -> None:
        self.orders.clear()
        if self.bar is not None and not self._state.is_open:
            self.bar.hide()
        self._page_changed()

    def _tell(self) -> None:
        if self.bar is None or not self.is_shown:
            return
        page = self.page
        count = len(self.blocks(page)) if self._state.is_open else 0
        self.bar.tell(page, self.current + 1, count, changed=bool(self.orders))
        self._canvas.viewport().update()

    # -- painting ----------------------------------------------------------------------------

    def _paint(self, painter: QPainter, page: int, scale: float, part: QRectF) -> None:
        if not self.is_shown:
            return
        blocks = self.blocks(page)
        boxes = [_scaled(blocks[number], scale) for number in self.order(page)]
        accent = theme.token("accent")
        wash = QColor(accent)
        wash.setAlphaF(0.16)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for before, after in pairwise(boxes):
            _arrow(painter, before.center(), after.center(), accent)
        here = self.current if page == self.page else -1
        for place, box in enumerate(boxes):
            if not box.adjusted(-px(24), 0, 0, 0).intersects(part):
                continue
            painter.setPen(outline_pen(accent, 2 if place == here else 1))
            painter.setBrush(wash if place == here else Qt.BrushStyle.NoBrush)
            painter.drawRect(box)
            _number(painter, box, place + 1, accent)


def _scaled(block: Block, scale: float) -> QRectF:
    x0, y0, x1, y1 = (value * scale for value in block.box)
    return QRectF(x0, y0, x1 - x0, y1 - y0).adjusted(-2, -2, 2, 2)


def _arrow(painter: QPainter, start: QPointF, end: QPointF, colour: QColor) -> None:
    line = end - start
    length = max((line.x() ** 2 + line.y() ** 2) ** 0.5, 1.0)
    along = line / length
    across = QPointF(-along.y(), along.x())
    faint = QColor(colour)
    faint.setAlphaF(0.6)
    painter.setPen(outline_pen(faint, 1))
    painter.drawLine(start, end)
    tip = start + line * 0.55
    back = tip - along * ARROW * 1.6
    painter.setBrush(colour)
    painter.drawPolygon(QPolygonF([tip, back + across * ARROW, back - across * ARROW]))


def _number(painter: QPainter, box: QRectF, number: int, colour: QColor) -> None:
    side = px(18) if number < 100 else px(26)
    badge = QRectF(max(0.0, box.left() - side), box.top(), side, px(18))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRoundedRect(badge, px(3), px(3))
    painter.setPen(theme.token("on_accent"))
    painter.setFont(font("tiny", tabular=True))
    painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, str(number))
