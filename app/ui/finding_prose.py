"""Prose in at most two lines, with the words searched in bold and always in view."""

from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QTextCharFormat, QTextLayout, QTextOption

from app.ui.search import runs_in_view
from app.ui.theme import font, px, scale, theme

LINE, LINES = 20, 2
LEAD = 1.3
"""Lines that the words before the first word searched may take."""
MIDDLE = Qt.AlignmentFlag.AlignVCenter
Marks = tuple[tuple[int, int], ...]


class Prose:
    """A text laid out for a width."""

    def __init__(self, text: str, marks: Marks, width: int, *, serif: bool) -> None:
        """Lay it out; ``marks`` are ranges of ``text``."""
        self._font = font("quotation" if serif else "body")
        metrics = QFontMetricsF(self._font)
        self._width = width
        self._runs = runs_in_view(
            text, marks, lambda words: metrics.horizontalAdvance(words) <= width * LEAD
        )
        self._layout = QTextLayout("".join(run for run, _ in self._runs), self._font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._layout.setTextOption(option)
        self._layout.setFormats(self._bold())
        self._layout.beginLayout()
        while self._layout.lineCount() <= LINES:
            line = self._layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(width)
        self._layout.endLayout()
        self.lines = max(1, min(LINES, self._layout.lineCount()))

    def height(self) -> int:
        """Return its height in pixels."""
        return px(LINE) * self.lines

    def paint(self, painter: QPainter, left: float, top: float) -> None:
        """Paint it; where it goes on, the last line ends with an ellipsis."""
        painter.setPen(theme.token("text"))
        is_cut = self._layout.lineCount() > LINES
        for number in range(self.lines):
            line = self._layout.lineAt(number)
            at = top + px(LINE) * number
            if is_cut and number == self.lines - 1:
                self._paint_last(painter, QRectF(left, at, self._width, px(LINE)), line.textStart())
            elif line.isValid():
                shift = (px(LINE) - line.height()) / 2 - line.y()
                line.draw(painter, QPointF(left, at + shift))

    def _bold(self) -> list[QTextLayout.FormatRange]:
        formats, at = [], 0
        for text, marked in self._runs:
            if marked:
                made = QTextLayout.FormatRange()
                made.start, made.length = at, len(text)  # type: ignore[misc, assignment]
                look = QTextCharFormat()
                look.setFontWeight(QFont.Weight.Bold)
                made.format = look  # type: ignore[misc, assignment]
                formats.append(made)
            at += len(text)
        return formats

    def _paint_last(self, painter: QPainter, box: QRectF, skip: int) -> None:
        strong = QFont(self._font)
        strong.setWeight(QFont.Weight.Bold)
        measures = {False: QFontMetricsF(self._font), True: QFontMetricsF(strong)}
        left = box.left()
        for text, marked in self._runs:
            rest, skip = text[skip:], max(0, skip - len(text))
            if not rest:
                continue
            room = box.right() - left
            width = measures[marked].horizontalAdvance(rest)
            shown = rest
            if width > room:
                shown = measures[marked].elidedText(rest, Qt.TextElideMode.ElideRight, room)
            painter.setFont(strong if marked else self._font)
            painter.drawText(QRectF(left, box.top(), room + 1, box.height()), MIDDLE, shown)
            left += width
            if shown != rest:
                return


def prose(text: str, marks: Marks, width: float, *, serif: bool = True) -> Prose:
    """Return a text laid out for a width, from memory where it was laid out just now."""
    return _laid_out(text, marks, int(width), serif, scale(), QFontMetricsF(font()).height())


@lru_cache(maxsize=2048)
def _laid_out(
    text: str, marks: Marks, width: int, serif: bool, _scale: float, _height: float
) -> Prose:
    return Prose(text, marks, width, serif=serif)
