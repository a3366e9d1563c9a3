"""One page while it is being drawn; positions in points from the top left corner."""

from collections.abc import Sequence
from typing import Literal

from app.documents.typesetting.faces import Face, face
from app.documents.typesetting.lines import Line, Type, runs, width_of
from app.documents.typesetting.pdf_file import FinishedPage, font_name
from app.documents.typesetting.right_to_left import is_hebrew, stretches

Align = Literal["left", "justify", "centre", "right"]


class Sheet:
    """Drawing operators in four layers, written in this order: head, body, extra, foot."""

    def __init__(self, width: float, height: float, *, turned: bool = False) -> None:
        """Take the size as shown; a turned sheet is stored upright with /Rotate 90."""
        self.width, self.height, self.turned = width, height, turned
        self.faces: set[str] = set()
        self.layers: dict[str, list[str]] = {"head": [], "body": [], "extra": [], "foot": []}
        self.layer = "body"

    def line(
        self, x: float, y: float, measure: float, line: Line, kind: Type, align: Align = "left"
    ) -> None:
        """Set one line with its baseline at y, between x and x + measure."""
        if any(is_hebrew(letter) for _, word in line.words for letter in word):
            self._mixed_line(x, y, measure, line, kind, align)
            return
        gaps = len(line.words) - 1
        natural = line.width * kind.size / 1000
        stretch = 0.0
        if align == "justify" and gaps and (not line.last or natural > measure):
            stretch = (measure - natural) / gaps / kind.size * 1000
        elif align == "centre":
            x += (measure - natural) / 2
        elif align == "right":
            x += measure - natural
        self._show(x, y, kind, _operators(line.words, stretch, kind.size, self.faces))

    def text(
        self, x: float, y: float, text: str, kind: Type, align: Align = "left", measure: float = 0.0
    ) -> None:
        """Set a short text on one line."""
        one = kind.faces[0]
        words = [(one, word) for word in text.split()]
        space = width_of(one, " ")
        width = sum(width_of(one, word) for word in text.split()) + space * (len(words) - 1)
        self.line(x, y, measure, Line(words, width, last=True), kind, align)

    def rule(self, x0: float, y0: float, x1: float, y1: float, weight: float = 0.5) -> None:
        """Draw a straight black line."""
        a, b = self.height - y0, self.height - y1
        self._put(f"{weight:g} w 0 G {x0:.2f} {a:.2f} m {x1:.2f} {b:.2f} l S")

    def box(self, x: float, y: float, width: float, height: float, colour: Sequence[float]) -> None:
        """Fill a rectangle; colour as red, green and blue from 0 to 1."""
        shade = " ".join(f"{part:g}" for part in colour)
        low = self.height - y - height
        self._put(f"{shade} rg {x:.2f} {low:.2f} {width:.2f} {height:.2f} re f 0 g")

    def superior(self, x: float, y: float, text: str, kind: Type) -> None:
        """Set a raised note number."""
        small = Type(kind.roman, kind.italic, kind.size * 0.65, kind.leading)
        self.text(x, y - kind.size * 0.33, text, small)

    def finished(self) -> FinishedPage:
        """Return the page as it goes into the file."""
        ops = [op for layer in ("head", "body", "extra", "foot") for op in self.layers[layer]]
        if not self.turned:
            return FinishedPage(self.width, self.height, "\n".join(ops).encode("ascii"))
        turn = f"0 1 -1 0 {self.height:g} 0 cm"
        content = "\n".join([turn, *ops]).encode("ascii")
        return FinishedPage(self.height, self.width, content, rotation=90)

    def _mixed_line(
        self, x: float, y: float, measure: float, line: Line, kind: Type, align: Align
    ) -> None:
        """Set a line that holds Hebrew, glyph after glyph from its right end."""
        text = " ".join(word for _, word in line.words)
        one = line.words[0][0]
        gaps = len(line.words) - 1
        natural = line.width * kind.size / 1000
        stretch = 0.0
        if align == "justify" and gaps and (not line.last or natural > measure):
            stretch = (measure - natural) / gaps / kind.size * 1000
            natural = measure
        right = x + (measure if measure else natural)
        if align == "centre":
            right -= (measure - natural) / 2
        self._show(right, y, kind, _leftward_operators(one, text, stretch, kind.size, self.faces))

    def _show(self, x: float, y: float, kind: Type, shown: str) -> None:
        weight = f"2 Tr {kind.size * 0.032:.3f} w 0 G " if kind.heavy else "0 Tr "
        grey = f"{kind.grey:g} g "
        self._put(f"BT {weight}{grey}1 0 0 1 {x:.2f} {self.height - y:.2f} Tm {shown} ET")

    def _put(self, operator: str) -> None:
        self.layers[self.layer].append(operator)


def _operators(
    words: Sequence[tuple[Face, str]], stretch: float, size: float, used: set[str]
) -> str:
    """Return text operators for words with one space between them, each space stretched."""
    shown: list[str] = []
    part: list[str] = []
    current: Face | None = None
    shift = f" {-stretch:.0f} " if abs(stretch) >= 0.5 else ""
    last = len(words) - 1
    for at, (one, word) in enumerate(words):
        for fitting, codes in _codes(one, word):
            if fitting is not current:
                if part:
                    shown.append(f"[{''.join(part)}] TJ")
                part, current = [], fitting
                used.add(fitting.name)
                shown.append(f"/{font_name(fitting)} {size:g} Tf")
            part.append(f"<{codes}>")
        if at < last:
            spacer = current if current is not None and current.has(" ") else one
            if spacer is not current:
                shown.append(f"[{''.join(part)}] TJ /{font_name(spacer)} {size:g} Tf")
                part, current = [], spacer
            part.append(f"<{spacer.word(' ')[0]}>{shift}")
    shown.append(f"[{''.join(part)}] TJ")
    return " ".join(shown)


def _leftward_operators(one: Face, text: str, stretch: float, size: float, used: set[str]) -> str:
    """Return text operators that draw a line leftwards from where they start.

    Glyphs come in reading order, as many programs write them, so that a reader gets the letters
    in that order; each is reached by a step back over itself and the glyph before it.
    """
    shown: list[str] = []
    pen = 0.0  # where drawing goes on, in thousandths to the right of the line's right end
    left = 0.0  # left edge of what has been drawn
    for part, rightwards in stretches(text):
        units = [part] if rightwards else list(part)
        for unit in units:
            pieces = runs(one, unit)
            width = sum(piece[2] for piece in pieces)
            left -= width + (stretch if unit == " " else 0.0)
            step = pen - left
            for fitting, codes, _ in pieces:
                used.add(fitting.name)
                shown.append(f"/{font_name(fitting)} {size:g} Tf [{step:.0f} <{codes}>] TJ")
                step = 0.0
            pen = left + width
    return " ".join(shown)


def _codes(one: Face, word: str) -> list[tuple[Face, str]]:
    try:
        return [(one, one.word(word)[0])]
    except KeyError:
        return [(fitting, codes) for fitting, codes, _ in runs(one, word)]


def faces_of(sheets: Sequence[Sheet]) -> list[Face]:
    """Return every face that the sheets use, in a fixed order."""
    return [face(name) for name in sorted(set().union(*(sheet.faces for sheet in sheets)))]
