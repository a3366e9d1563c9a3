"""Paints one extract: valence, code, the words in serif, where they stand and who coded them."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject, QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from app.coding.extracts import Extract
from app.ui.reading.areas_pictures import HEIGHT, WIDTH, AreaPictures
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

MOST_LINES, MOST_TITLE_LINES, MOST_FACT_LINES = 6, 3, 4
EDGE, MARK, GAP = 16, 22, 28
WIDEST_QUOTE = 620  # px at 100 %: about 90 characters
WIDE = 1120  # px at 100 %: from here on the code stands beside the quote, not above it
TITLE, WHO, FACTS, ASIDE = 216, 84, 180, 190


@dataclass(frozen=True, slots=True)
class _Columns:
    """Left edge and width of each column in pixels; ``beside`` when the title has its own."""

    beside: bool
    title: tuple[int, int]
    quote: tuple[int, int]
    who: tuple[int, int]
    facts: tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Layout:
    title: tuple[Line, ...]
    place: tuple[Line, ...]
    lines: tuple[Line, ...]
    facts: tuple[Line, ...]
    memo: tuple[Line, ...]
    height: int


class ExtractsDelegate(QStyledItemDelegate):
    """Measures a row once per width; the lines measured are the lines painted."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.grouping = FLAT
        self.pictures: AreaPictures | None = None
        self.people: Mapping[str, Person] = {}
        self.short_names: Mapping[str, str] = {}
        self.numbers: Mapping[str, str] = {}
        self._measured: tuple[int, str] = (0, "")
        self._layouts: dict[str, _Layout] = {}
        self._forget()
        theme.changed.connect(self._forget)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the size of a row at the width of the view."""
        width = option.rect.width()
        row = index.data(ExtractRole.ROW)
        if isinstance(row, GroupHead):
            return QSize(width, theme.row("list") - px(6))
        return QSize(width, self._layout(row, width).height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the row."""
        row = index.data(ExtractRole.ROW)
        rect = QRectF(option.rect)
        if isinstance(row, GroupHead):
            _paint_head(painter, rect, row)
            return
        paint_ground(painter, option, rect.adjusted(0, 0, 0, -1))
        self._paint_extract(painter, rect, row)
        paint_rule(painter, rect.adjusted(px(EDGE), 0, -px(EDGE), 0))

    def _paint_extract(self, painter: QPainter, rect: QRectF, row: Extract) -> None:
        width = int(rect.width())
        layout, columns = self._layout(row, width), _columns(width)
        step, top = self._quote.line_height, rect.top() + px(10)
        self._paint_title(painter, rect.left(), top, row, layout, columns)
        at = top if columns.beside else top + step
        for line in layout.lines:
            words = QRectF(rect.left() + columns.quote[0], at, rect.width(), step)
            painter.setFont(self._quote.font)
            painter.setPen(theme.token("text"))
            painter.drawText(words, LEFT, line.text)
            at += step
        if row.area:
            self._paint_picture(painter, QPointF(rect.left() + columns.quote[0], at), row)
        left, room = columns.who
        self._paint_who(painter, QRectF(rect.left() + left, top, room, step), row)
        left, room = columns.facts
        below = top if columns.beside else top + step
        self._paint_facts(painter, QRectF(rect.left() + left, below, room, step), layout)

    def _paint_picture(self, painter: QPainter, at: QPointF, row: Extract) -> None:
        """Paint what the coded area shows, on the paper it stands on."""
        ratio = painter.device().devicePixelRatioF()
        key = (row.document_id, row.page, row.area)
        image = self.pictures.get(key, ratio) if self.pictures is not None else None
        if image is not None:
            size = QSizeF(image.size()) / image.devicePixelRatio()
            place = QRectF(at + QPointF(0, px(4)), size)
            painter.drawImage(place, image)
            painter.setPen(theme.token("line_strong"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(place)

    def _paint_title(
        self,
        painter: QPainter,
        left: float,
        top: float,
        row: Extract,
        layout: _Layout,
        columns: _Columns,
    ) -> None:
        """Paint the direction, then the code, or where it stands when codes are the groups."""
        step = self._quote.line_height
        side, swatch, middle = px(14), px(9), top + step / 2
        mark = QRectF(left + px(EDGE), middle - side / 2, side, side)
        paint_valence(painter, mark, row.valence)
        words = QRectF(left + columns.title[0], top, columns.title[1], step)
        if self.grouping != BY_CODE:
            square = QRectF(words.left(), middle - swatch / 2, swatch, swatch)
            paint_swatch(painter, square, self.numbers.get(row.code_id, ""))
            words.setLeft(words.left() + px(MARK - 6))
        for line in layout.title:
            paint_text(painter, words, line.text, font("name", tabular=True), "text", LEFT)
            words.translate(0, self._name.line_height)
        for line in layout.place:
            paint_text(painter, words, line.text, font("small"), "text_2", LEFT)
            words.translate(0, self._small.line_height)

    def _paint_who(self, painter: QPainter, line: QRectF, row: Extract) -> None:
        side = px(18)
        person = self.people.get(row.coder_id)
        if person is not None:
            disc = QRectF(line.left(), line.center().y() - side / 2, side, side)
            paint_person(painter, disc, person.initials, person.kind)
        line.setLeft(line.left() + side + px(8))
        where = f"p. {row.page_label}"
        if self.grouping == BY_CODE:
            where = self.short_names.get(row.coder_id, row.coder)
        paint_text(painter, line, where, font("small", tabular=True), "text_2", LEFT)

    def _paint_facts(self, painter: QPainter, line: QRectF, layout: _Layout) -> None:
        """Paint stages and condition, then the memo, one below the other."""
        for words in layout.facts:
            paint_text(painter, line, words.text, font("small"), "text_2", LEFT)
            line.translate(0, self._small.line_height)
        if layout.memo:
            side = px(14)
            place = QRectF(line.left(), line.center().y() - side / 2, side, side)
            paint_icon(painter, place, "sticky-note", "text_3")
            line.setLeft(line.left() + px(MARK))
        for words in layout.memo:
            paint_text(painter, line, words.text, font("small"), "text", LEFT)
            line.translate(0, self._small.line_height)

    def _layout(self, row: Extract, width: int) -> _Layout:
        if (width, self.grouping) != self._measured:
            self._measured = (width, self.grouping)
            self._layouts.clear()
        known = self._layouts.get(row.coding_id)
        if known is None:
            known = self._layouts[row.coding_id] = self._measure(row, width)
        return known

    def _measure(self, row: Extract, width: int) -> _Layout:
        columns = _columns(width)
        lines = self._quote.lines(row.clean, columns.quote[1], MOST_LINES)
        title, place = self._title_lines(row, columns)
        facts: list[Line] = []
        for fact in _facts(row):
            facts += self._small.lines(fact, columns.facts[1], MOST_FACT_LINES)
        memo: tuple[Line, ...] = ()
        if row.memo:
            text = " ".join(row.memo.split())
            memo = self._small.lines(text, columns.facts[1] - px(MARK), MOST_FACT_LINES)
        step = self._quote.line_height
        above = 0 if columns.beside else step
        picture = _picture_height(row) if self.pictures is not None else 0
        heights = (
            above + len(lines) * step + picture,
            len(title) * self._name.line_height + len(place) * self._small.line_height,
            above + (len(facts) + len(memo)) * self._small.line_height + px(4),
        )
        return _Layout(title, place, lines, tuple(facts), memo, round(px(22) + max(heights)))

    def _title_lines(
        self, row: Extract, columns: _Columns
    ) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
        """Return the title and, in one list of all studies, the study below it."""
        room, title, study = columns.title[1], row.code, ""
        if self.grouping == BY_CODE:
            title = f"{row.study}, p. {row.page_label}"
        else:
            room -= px(MARK - 6)
            study = row.study if self.grouping == FLAT else ""
        if not columns.beside:
            return (Line(", ".join(part for part in (title, study) if part), 0),), ()
        below = self._small.lines(study, room, MOST_TITLE_LINES) if study else ()
        return self._name.lines(title, room, MOST_TITLE_LINES), below

    def _forget(self) -> None:
        self._layouts.clear()
        self._quote, self._small = Wrapper(font("quotation")), Wrapper(font("small"))
        self._name = Wrapper(font("name", tabular=True))


def _columns(width: int) -> _Columns:
    """Share the width of a row out: quotes keep a measure that can be read."""
    left, right = px(EDGE + MARK), width - px(EDGE)
    if width >= px(WIDE):
        quote = left + px(TITLE + GAP)
        room = min(px(WIDEST_QUOTE), right - quote - px(GAP + WHO + GAP + FACTS))
        who = quote + room + px(GAP)
        facts = who + px(WHO + GAP)
        return _Columns(
            True, (left, px(TITLE)), (quote, room), (who, px(WHO)), (facts, right - facts)
        )
    room = max(min(right - left - px(GAP + ASIDE), px(WIDEST_QUOTE)), px(160))
    aside = left + room + px(GAP)
    beside = (aside, max(right - aside, px(120)))
    return _Columns(False, (left, room), (left, room), beside, beside)


def _picture_height(row: Extract) -> int:
    """Return the room for the picture of an area, before it is made."""
    if not row.area:
        return 0
    wide, high = row.area[2] - row.area[0], row.area[3] - row.area[1]
    # A turned page shows it on its side: the higher of the two fits both.
    scales = (min(WIDTH / a, HEIGHT / b, 2.0) * b for a, b in ((wide, high), (high, wide)))
    return round(max(scales)) + px(8)


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
