"""Paints one extract: valence, code, the words in serif, where they stand and who coded them."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject, QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from app.coding.extracts import Extract
from app.ui.theme import (
    font,
    paint_icon,
    paint_person,
    paint_swatch,
    paint_valence,
    px,
    theme,
)
from app.ui.views.extracts_model import BY_CODE, FLAT, ExtractRole, GroupHead
from app.ui.views.people import Person
from app.ui.views.row_painting import LEFT, RIGHT, paint_ground, paint_rule, paint_text
from app.ui.views.wrapping import Line, Wrapper
from app.ui.widgets.rows import Index

MOST_LINES = 6
WIDEST_QUOTE = 620  # pixels at 100 %: about 75 characters
ASIDE = 190
MOST_MEMO_LINES = 3


@dataclass(frozen=True, slots=True)
class _Layout:
    lines: tuple[Line, ...]
    memo: tuple[Line, ...]
    height: int


class ExtractsDelegate(QStyledItemDelegate):
    """Measures a row once per width; the lines measured are the lines painted."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.grouping = FLAT
        self.people: Mapping[str, Person] = {}
        self.numbers: Mapping[str, str] = {}
        self._width = 0
        self._layouts: dict[str, _Layout] = {}
        self._wrapper, self._small = Wrapper(font("quotation")), Wrapper(font("small"))
        theme.changed.connect(self._forget)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the size of a row at the width of the view."""
        width = option.rect.width()
        row = index.data(ExtractRole.ROW)
        if isinstance(row, GroupHead):
            return QSize(width, theme.row("list") - px(6))
        return QSize(width, self._layout(row, width).height)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index
    ) -> None:
        """Paint the row."""
        row = index.data(ExtractRole.ROW)
        rect = QRectF(option.rect)
        if isinstance(row, GroupHead):
            _paint_head(painter, rect, row)
            return
        paint_ground(painter, option, rect.adjusted(0, 0, 0, -1))
        self._paint_extract(painter, rect, row)
        paint_rule(painter, rect.adjusted(px(16), 0, -px(16), 0))

    def _paint_extract(self, painter: QPainter, rect: QRectF, row: Extract) -> None:
        layout = self._layout(row, int(rect.width()))
        inner = rect.adjusted(px(16), px(10), -px(16), -px(10))
        left = inner.left() + px(22)
        aside = QRectF(inner)
        aside.setLeft(left + self._room(int(rect.width())) + px(28))
        top = QRectF(inner.left(), inner.top(), aside.left() - px(16) - inner.left(), px(18))
        self._paint_title(painter, top, row)
        painter.setFont(self._wrapper.font)
        painter.setPen(theme.token("text"))
        at = top.bottom() + px(4)
        for line in layout.lines:
            words = QRectF(left, at, rect.width(), self._wrapper.line_height)
            painter.drawText(words, LEFT, line.text)
            at += self._wrapper.line_height
        self._paint_aside(painter, aside, row, layout)

    def _paint_title(self, painter: QPainter, top: QRectF, row: Extract) -> None:
        side, swatch, middle = px(14), px(9), top.center().y()
        paint_valence(painter, QRectF(top.left(), middle - side / 2, side, side), row.valence)
        words = top.adjusted(px(22), 0, 0, 0)
        if self.grouping == BY_CODE:
            where = f"{row.study}, p. {row.page_label}"
            paint_text(painter, words, where, font("name", tabular=True), "text", LEFT)
            return
        square = QRectF(words.left(), middle - swatch / 2, swatch, swatch)
        paint_swatch(painter, square, self.numbers.get(row.code_id, ""))
        words.setLeft(square.right() + px(7))
        paint_text(painter, words, row.code, font("name"), "text", LEFT)

    def _paint_aside(
        self, painter: QPainter, aside: QRectF, row: Extract, layout: _Layout
    ) -> None:
        """Paint page and coder, stages, memo, one below the other."""
        line = QRectF(aside.left(), aside.top(), aside.width(), px(18))
        side = px(18)
        person = self.people.get(row.coder_id)
        if person is not None:
            disc = QRectF(line.left(), line.top(), side, side)
            paint_person(painter, disc, person.initials, person.kind)
        line.setLeft(line.left() + side + px(8))
        where = f"p. {row.page_label}"
        if self.grouping == FLAT:
            where = f"{row.study}, {where}"
        elif self.grouping == BY_CODE:
            where = row.coder
        paint_text(painter, line, where, font("small", tabular=True), "text_2", LEFT)
        below = line.translated(0, px(22))
        for fact in _facts(row):
            paint_text(painter, below, fact, font("small"), "text_2", LEFT)
            below.translate(0, px(20))
        if layout.memo:
            side = px(14)
            icon_at = aside.left() + px(2)
            place = QRectF(icon_at, below.center().y() - side / 2, side, side)
            paint_icon(painter, place, "sticky-note", "text_3")
        for words in layout.memo:
            paint_text(painter, below, words.text, font("small"), "text", LEFT)
            below.translate(0, px(17))

    def _layout(self, row: Extract, width: int) -> _Layout:
        if width != self._width:
            self._width = width
            self._layouts.clear()
        known = self._layouts.get(row.coding_id)
        if known is None:
            known = self._layouts[row.coding_id] = self._measure(row, width)
        return known

    def _room(self, width: int) -> int:
        """Return the width of the quote's lines."""
        least_aside = px(ASIDE) + px(28)
        return max(min(width - px(54) - least_aside, px(WIDEST_QUOTE)), px(160))

    def _measure(self, row: Extract, width: int) -> _Layout:
        room = self._room(width)
        lines = self._wrapper.lines(row.clean, room, MOST_LINES)
        memo: tuple[Line, ...] = ()
        if row.memo:
            beside = width - px(54) - room - px(28) - px(26)
            text = " ".join(row.memo.split())
            memo = self._small.lines(text, max(beside, px(120)), MOST_MEMO_LINES)
        words = px(4) + len(lines) * self._wrapper.line_height
        aside = px(4) + len(_facts(row)) * px(20) + len(memo) * px(17)
        return _Layout(lines, memo, round(px(38) + max(words, aside)))

    def _forget(self) -> None:
        self._layouts.clear()
        self._wrapper, self._small = Wrapper(font("quotation")), Wrapper(font("small"))


def _facts(row: Extract) -> list[str]:
    """Return what a coding says beside its valence: its stages and the condition it names."""
    stages = ", ".join(row.stage_labels)
    return [fact for fact in (stages, f"When: {row.condition}" if row.condition else "") if fact]


def _paint_head(painter: QPainter, rect: QRectF, head: GroupHead) -> None:
    line = rect.adjusted(px(16), px(10), -px(16), 0)
    if head.number is not None:
        side = px(9)
        paint_swatch(
            painter,
            QRectF(line.left(), line.center().y() - side / 2, side, side),
            head.number,
        )
        line.setLeft(line.left() + side + px(8))
    paint_text(painter, line, head.text, font("group"), "text", LEFT)
    paint_text(painter, line, head.fact, font("small", tabular=True), "text_3", RIGHT)
    paint_rule(painter, rect, "line_strong")
