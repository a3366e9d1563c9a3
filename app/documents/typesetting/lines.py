"""Breaks running text into lines of one measure."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.documents.typesetting.faces import Face, face
from app.documents.typesetting.hyphens import break_points

TIGHT = 0.78  # how far a word space may shrink in a justified line
LOOSE = 1.55  # a line with wider spaces than this is worth a hyphen
MOST_HYPHENS = 2  # hyphenated lines in a row


@dataclass(frozen=True, slots=True)
class Type:
    """How a kind of text is set; sizes in points. ``heavy`` thickens the strokes."""

    roman: str
    italic: str
    size: float
    leading: float
    heavy: bool = False
    grey: float = 0.0

    @property
    def faces(self) -> tuple[Face, Face]:
        """The upright and the sloped face."""
        return face(self.roman), face(self.italic)


@dataclass(slots=True)
class Line:
    """Words of one line with their faces; ``width`` is the natural width in thousandths."""

    words: list[tuple[Face, str]]
    width: int
    last: bool = False


def width_of(one: Face, word: str) -> int:
    """Return the width of a word in thousandths; Hebrew letters come from the Hebrew face."""
    try:
        return one.word(word)[1]
    except KeyError:
        return sum(width for _, _, width in runs(one, word))


def runs(one: Face, text: str) -> list[tuple[Face, str, int]]:
    """Part text into runs that one face can draw: (face, glyph codes, width)."""
    parts: list[tuple[Face, str]] = []
    for letter in text:
        fitting = one if one.has(letter) else face("hebrew")
        if parts and parts[-1][0] is fitting:
            parts[-1] = (fitting, parts[-1][1] + letter)
        else:
            parts.append((fitting, letter))
    return [(fitting, *fitting.word(part)) for fitting, part in parts]


def words_of(text: str, kind: Type) -> list[tuple[Face, str]]:
    """Part marked text into words with their faces; stars open and close italics."""
    roman, italic = kind.faces
    found = []
    sloped = False
    for word in text.split():
        if word[0] == "*":
            sloped, word = True, word[1:]
        plain = word.replace("*", "")
        found.append((italic if sloped else roman, plain))
        if plain != word:
            sloped = False
    return found


def break_lines(
    words: Sequence[tuple[Face, str]],
    measure: float,
    size: float,
    *,
    indent: float = 0.0,
    hyphens: bool = False,
    justified: bool = False,
) -> list[Line]:
    """Fill lines one after the other; ``measure`` and ``indent`` in points."""
    full = int(measure / size * 1000)
    room = full - int(indent / size * 1000)
    waiting = list(reversed(words))
    lines: list[Line] = []
    current = Line([], 0)
    in_a_row = 0
    while waiting:
        one, word = waiting.pop()
        space = width_of(one, " ") if current.words else 0
        width = width_of(one, word)
        gaps = len(current.words)
        slack = int(gaps * space * (1 - TIGHT)) if justified else 0
        if current.width + space + width <= room + slack or not (current.words or hyphens):
            current.words.append((one, word))
            current.width += space + width
            continue
        cut = 0
        if hyphens and in_a_row < MOST_HYPHENS and waiting:
            cut = _cut(one, word, room - current.width - space, gaps, space)
        if cut:
            head = word[:cut] if word[cut - 1] == "-" else word[:cut] + "-"
            current.words.append((one, head))
            current.width += space + width_of(one, head)
            waiting.append((one, word[cut:]))
        elif current.words:
            waiting.append((one, word))
        else:
            current.words.append((one, word))
            current.width = width
        in_a_row = in_a_row + 1 if cut else 0
        lines.append(current)
        current, room = Line([], 0), full
    if current.words:
        lines.append(current)
    if lines:
        lines[-1].last = True
    return lines


def _cut(one: Face, word: str, left: int, gaps: int, space: int) -> int:
    """Return the best place to break a word for the room left, or 0."""
    if gaps and left + space < (LOOSE - 1) * space * max(gaps - 1, 1):
        return 0
    for at in reversed(break_points(word)):
        head = word[:at] if word[at - 1] == "-" else word[:at] + "-"
        if width_of(one, head) <= left:
            return at
    return 0
