"""Paints what became of one file, and below it in whole sentences why."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from app.ui.theme import font, paint_icon, px, theme
from app.ui.views.adding_model import LOOKS, FileLine, LineRole
from app.ui.views.row_painting import LEFT, RIGHT, paint_rule, paint_text
from app.ui.views.wrapping import Line, Wrapper
from app.ui.widgets import RowDelegate
from app.ui.widgets.rows import Index

EDGE, GLYPH, STATE, FACT = 24, 16, 116, 76


@dataclass(frozen=True, slots=True)
class _Reason:
    """The sentences and, smaller, the technical part; both in lines."""

    plain: tuple[Line, ...] = ()
    technical: tuple[Line, ...] = ()


class AddingDelegate(RowDelegate):
    """File, state and pages in one line; reasons are broken, never cut."""

    kind = "table"
    radius = 0.0

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._plain, self._technical = Wrapper(font("small")), Wrapper(font("tiny"))
        theme.changed.connect(self._measure)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the size of a row at the width of the view."""
        width = option.rect.width()
        reason = self._reason(index.data(LineRole.LINE), width)
        below = len(reason.plain) * self._plain.line_height
        below += len(reason.technical) * self._technical.line_height
        return QSize(0, theme.row(self.kind) + round(below) + (px(6) if below else 0))

    def paint_content(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, box: QRectF
    ) -> None:
        """Paint the line of the file and its reason."""
        shown: FileLine = index.data(LineRole.LINE)
        look = LOOKS[shown.state]
        side = px(GLYPH)
        row = QRectF(box.left() + px(EDGE), box.top(), box.width() - 2 * px(EDGE), 0)
        row.setHeight(theme.row(self.kind))
        glyph = QRectF(row.left(), row.center().y() - side / 2, side, side)
        paint_icon(painter, glyph, look.icon, look.token)
        fact = QRectF(row.right() - px(FACT), row.top(), px(FACT), row.height())
        paint_text(painter, fact, shown.fact, font("small", tabular=True), "text_2", RIGHT)
        state = QRectF(fact.left() - px(STATE), row.top(), px(STATE), row.height())
        paint_text(painter, state, look.word, font("name"), "text", LEFT)
        name = QRectF(row)
        name.setLeft(glyph.right() + px(12))
        name.setRight(state.left() - px(12))
        paint_text(painter, name, shown.file, font("body"), "text", LEFT)
        self._paint_reason(painter, name.left(), row.bottom() - px(4), shown, int(box.width()))
        paint_rule(painter, box)

    def _paint_reason(
        self, painter: QPainter, left: float, top: float, shown: FileLine, width: int
    ) -> None:
        reason = self._reason(shown, width)
        room = _room(width)
        for wrapper, lines, role, token in (
            (self._plain, reason.plain, "small", "text_2"),
            (self._technical, reason.technical, "tiny", "text_3"),
        ):
            for line in lines:
                words = QRectF(left, top, room + px(8), wrapper.line_height)
                paint_text(painter, words, line.text, font(role), token, LEFT)
                top += wrapper.line_height

    def _reason(self, shown: FileLine, width: int) -> _Reason:
        if not shown.detail:
            return _Reason()
        room = _room(width)
        technical = self._technical.lines(shown.technical, room) if shown.technical else ()
        return _Reason(self._plain.lines(shown.detail, room), technical)

    def _measure(self) -> None:
        self._plain, self._technical = Wrapper(font("small")), Wrapper(font("tiny"))


def _room(width: int) -> float:
    return max(width - 2 * px(EDGE) - px(GLYPH) - px(12), px(160))
