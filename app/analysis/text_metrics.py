"""How wide words are on paper, and where names break into lines.

The layout must not depend on the fonts of a machine, so the advance widths of the bundled font
stand here as a table; a painter may pass a measuring function of its own instead.
"""

import unicodedata
from collections.abc import Callable
from functools import lru_cache
from itertools import combinations, pairwise

MM_PER_POINT = 25.4 / 72
LINE_HEIGHT = 1.16  # of the type size

Measure = Callable[[str, float, bool], float]
"""(text, type size in points, bold) -> width in millimetres."""

# Advance widths in thousandths of the type size, from U+0020 to U+007E.
_REGULAR = (
    281, 288, 466, 633, 642, 982, 644, 300, 365, 365, 501, 662, 288, 460, 288, 360, 631, 407, 610,
    618, 646, 593, 620, 566, 619, 620, 288, 302, 662, 662, 662, 511, 966, 690, 654, 730, 722, 601,
    590, 746, 743, 269, 571, 672, 565, 903, 753, 765, 639, 765, 644, 642, 646, 744, 690, 985, 682,
    679, 629, 365, 360, 365, 471, 456, 323, 562, 612, 571, 612, 583, 370, 613, 591, 242, 242, 549,
    242, 876, 591, 600, 612, 612, 376, 528, 327, 591, 562, 818, 546, 562, 552, 426, 333, 426, 662,
)  # fmt: skip
_BOLD = (
    252, 321, 523, 644, 650, 1004, 663, 326, 373, 373, 540, 673, 319, 465, 319, 379, 660, 423, 623,
    636, 666, 612, 640, 576, 640, 640, 319, 329, 673, 673, 673, 543, 999, 728, 659, 737, 722, 605,
    588, 749, 746, 277, 580, 703, 565, 922, 759, 769, 645, 773, 652, 650, 660, 736, 728, 1020, 720,
    713, 652, 373, 379, 373, 481, 469, 351, 574, 624, 583, 624, 591, 389, 625, 612, 262, 262, 569,
    262, 900, 612, 609, 624, 624, 397, 549, 353, 612, 587, 839, 569, 588, 566, 455, 359, 455, 673,
)  # fmt: skip
_OTHERS = {"–": 500, "—": 1000, "‘": 294, "’": 294, "“": 507, "”": 507, "…": 956}
_UNKNOWN = 1000


@lru_cache(maxsize=8192)
def text_width(text: str, size: float, bold: bool = False) -> float:
    """Return the width in millimetres of a line in the bundled font at ``size`` points."""
    widths = _BOLD if bold else _REGULAR
    thousandths = sum(_advance(letter, widths) for letter in unicodedata.normalize("NFD", text))
    return thousandths * size * MM_PER_POINT / 1000


def line_height(size: float) -> float:
    """Return the distance of two base lines in millimetres."""
    return size * MM_PER_POINT * LINE_HEIGHT


def _advance(letter: str, widths: tuple[int, ...]) -> int:
    place = ord(letter) - 0x20
    if 0 <= place < len(widths):
        return widths[place]
    if unicodedata.combining(letter):
        return 0
    return _OTHERS.get(letter, _UNKNOWN)


def break_name(
    name: str, lines: int, size: float, measure: Measure, *, cap: float
) -> tuple[str, ...]:
    """Return the narrowest breaking of a name into at most ``lines`` lines.

    Names break at spaces and after hyphens and slashes; a word wider than ``cap`` millimetres is
    cut. What does not fit under the cap in so many lines ends in an ellipsis. Widths are those of
    bold type, so that emphasis never makes a label grow.
    """
    return _break_name(" ".join(name.split()), lines, size, measure, cap)


def fit_name(
    name: str, limit: float, lines: int, size: float, measure: Measure, *, cap: float
) -> tuple[str, ...]:
    """Return a name in as few balanced lines as fit a width in millimetres."""
    for count in range(1, lines + 1):
        broken = break_name(name, count, size, measure, cap=max(cap, limit))
        fits = max(measure(line, size, True) for line in broken) <= limit + 1e-9
        if fits and not _is_cut(name, broken):
            return broken
    return break_name(name, lines, size, measure, cap=limit)


def wrap_text(text: str, width: float, size: float, measure: Measure) -> tuple[str, ...]:
    """Return running text in lines no wider than ``width`` millimetres."""
    done: list[str] = []
    line = ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if line and measure(longer, size, False) > width:
            done.append(line)
            longer = word
        line = longer
    return (*done, line) if line else tuple(done)


def _is_cut(name: str, lines: tuple[str, ...]) -> bool:
    return "".join("".join(lines).split()) != "".join(name.split())


@lru_cache(maxsize=4096)
def _break_name(
    name: str, lines: int, size: float, measure: Measure, cap: float
) -> tuple[str, ...]:
    pieces = [part for word in name.split(" ") for part in _pieces(word, size, measure, cap)]
    widths = [measure(piece.rstrip(), size, True) for piece in pieces]
    best: tuple[float, float, tuple[str, ...]] | None = None
    for count in range(1, min(lines, len(pieces)) + 1):
        for cuts in combinations(range(1, len(pieces)), count - 1):
            edges = (0, *cuts, len(pieces))
            if best and max(widths[i] for i in edges[:-1]) > best[0] + 1e-6:
                continue
            broken = tuple("".join(pieces[a:b]).rstrip() for a, b in pairwise(edges))
            across = [measure(line, size, True) for line in broken]
            # Of equally narrow breakings the most even one.
            found = (round(max(across), 6), round(sum(w * w for w in across), 6), broken)
            if best is None or found < best:
                best = found
    if best is None:
        return ("",)
    return best[2] if best[0] <= cap + 1e-6 else _cut_short(pieces, lines, size, measure, cap)


def _pieces(word: str, size: float, measure: Measure, cap: float) -> list[str]:
    """Return the unbreakable pieces of a word, the last one with its space."""
    parts = [""]
    for letter in word:
        if parts[-1].endswith(("-", "/")) or measure(parts[-1] + letter + "-", size, True) > cap:
            parts.append("")
        parts[-1] += letter
    return [*parts[:-1], parts[-1] + " "]


def _cut_short(
    pieces: list[str], lines: int, size: float, measure: Measure, cap: float
) -> tuple[str, ...]:
    done = [""]
    for piece in pieces:
        longer = done[-1] + piece
        room = measure(longer.rstrip() + ("…" if len(done) == lines else ""), size, True)
        if done[-1] and room > cap:
            if len(done) == lines:
                kept = done[-1].rstrip()
                while kept and measure(kept + "…", size, True) > cap:
                    kept = kept[:-1]
                done[-1] = kept + "…"
                break
            done.append(piece)
        else:
            done[-1] = longer
    return tuple(line.rstrip() for line in done)
