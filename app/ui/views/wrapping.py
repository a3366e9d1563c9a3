"""Breaks quotations into lines fast enough for thousands of rows.

Lines are built from cached word widths, and the delegates paint exactly these lines, so that a
row never has to be laid out twice.
"""

from dataclasses import dataclass

from PySide6.QtGui import QFont, QFontMetricsF

ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Line:
    """One painted line: its text and where it begins in the whole text."""

    text: str
    start: int


class Wrapper:
    """Breaks texts of one font at white space."""

    def __init__(self, font: QFont) -> None:
        self.font = font
        self.metrics = QFontMetricsF(font)
        self._widths: dict[str, float] = {}
        self._space = self.metrics.horizontalAdvance(" ")
        self._ellipsis = self.metrics.horizontalAdvance(ELLIPSIS)

    @property
    def line_height(self) -> float:
        """The distance between two base lines, in pixels."""
        return round(self.metrics.lineSpacing() * 1.12)

    def width(self, word: str) -> float:
        """Return the width of one word in pixels, measured once."""
        known = self._widths.get(word)
        if known is None:
            known = self._widths[word] = self.metrics.horizontalAdvance(word)
        return known

    def lines(self, text: str, width: float, most: int = 0) -> tuple[Line, ...]:
        """Break the text into lines of at most this width in pixels.

        With ``most`` above 0, the last of that many lines ends in an ellipsis where text is left.
        """
        found: list[Line] = []
        start = at = 0
        filled = -self._space
        for word in text.split(" "):
            needed = self._space + self.width(word)
            if filled + needed > width and filled > 0:
                found.append(Line(text[start : at - 1], start))
                if most and len(found) == most:
                    found[-1] = self._cut(found[-1], text, width)
                    return tuple(found)
                start, filled = at, -self._space
            filled += needed
            at += len(word) + 1
        found.append(Line(text[start:], start))
        return tuple(self._kept_within(line, width) for line in found)

    def _cut(self, line: Line, text: str, width: float) -> Line:
        words = line.text.split(" ")
        while len(words) > 1 and (
            self.metrics.horizontalAdvance(" ".join(words)) + self._ellipsis > width
        ):
            words.pop()
        return Line(" ".join(words).rstrip(" ,;:") + ELLIPSIS, line.start)

    def _kept_within(self, line: Line, width: float) -> Line:
        if " " in line.text or self.width(line.text) <= width:
            return line
        return Line(_elided(self.metrics, line.text, width), line.start)


def _elided(metrics: QFontMetricsF, word: str, width: float) -> str:
    from PySide6.QtCore import Qt

    return metrics.elidedText(word, Qt.TextElideMode.ElideRight, width)
