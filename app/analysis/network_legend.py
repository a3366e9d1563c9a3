"""The legend strip under the network, and the key of numbered names on a narrow page."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from app.analysis.evidence import CodeKey
from app.analysis.network_layout import Layout
from app.analysis.network_model import Legend, LegendMark, TextLine
from app.analysis.network_shapes import node_radius
from app.analysis.palette import INK, PAPER, RULE, SECOND_INK, UNCLEAR, ClusterColours
from app.analysis.text_metrics import MM_PER_POINT, line_height, wrap_text

_TIE_LENGTH = 7.0
_NODE_LINE = 0.3


@dataclass(slots=True)
class _Strip:
    """Puts marks and words side by side and goes to the next line when a group has no room."""

    layout: Layout
    left: float
    x: float
    y: float
    row: float
    marks: list[LegendMark] = field(default_factory=list)
    words: list[TextLine] = field(default_factory=list)

    def group(self, title: str, items: Sequence[tuple[LegendMark, str]]) -> None:
        size = self.layout.style.small_size
        measure = self.layout.measure
        widths = [_extent(mark) + 1.0 + measure(word, size, False) + 2.4 for mark, word in items]
        needed = measure(title, size, True) + 2.0 + sum(widths)
        if self.x > self.left and self.x + needed > self.layout.style.width - self.left + 2.4:
            self.x, self.y = self.left, self.y + self.row
        base = self.y + 0.36 * size * MM_PER_POINT
        self.words.append(TextLine(title, self.x, round(base, 3), size, INK, True))
        self.x += measure(title, size, True) + 2.0
        for (mark, word), width in zip(items, widths, strict=True):
            self.marks.append(_at(mark, self.x, self.y))
            at = round(self.x + _extent(mark) + 1.0, 3)
            self.words.append(TextLine(word, at, round(base, 3), size, INK))
            self.x += width
        self.x += 2.6


def legend_strip(
    layout: Layout, top: int, ties: Sequence[tuple[int, float]], y: float
) -> tuple[Legend, float]:
    """Return the legend of node sizes, valences and tie widths from ``y`` down, and its end.

    ``top`` is the largest number of studies of a code; ``ties`` hold studies and width in mm.
    """
    style = layout.style
    rule = (style.margin, round(y + 2.2, 3), style.width - style.margin)
    largest = node_radius(top, top, layout) if top else 1.6
    row = 2 * largest + 1.0
    strip = _Strip(layout, style.margin, style.margin, rule[1] + 1.2 + largest, row)
    sizes = [
        (LegendMark("size", 0, 0, radius=node_radius(n, top, layout), colour=SECOND_INK,
                    fill=PAPER, width=_NODE_LINE), str(n))
        for n in legend_steps(top)
    ]  # fmt: skip
    if sizes:
        strip.group("Studies", sizes)
    strip.group("Valence", [(_disc(kind), word) for kind, word in (
        ("facilitator", "facilitator"), ("unclear", "both, mixed or unclear"),
        ("barrier", "barrier"))])  # fmt: skip
    widths = dict(ties)
    lines = [
        (LegendMark("tie", 0, 0, length=_TIE_LENGTH, width=widths[n], colour=INK), str(n))
        for n in sorted({min(widths), _middle(sorted(widths)), max(widths)} if widths else ())
    ]
    if lines:
        last_mark, last_word = lines[-1]
        unit = "study" if last_word == "1" else "studies"
        strip.group("Tie", [*lines[:-1], (last_mark, f"{last_word} {unit}")])
    legend = Legend(rule, tuple(strip.marks), tuple(strip.words))
    return legend, strip.y + largest + 1.4


def legend_steps(top: int) -> tuple[int, ...]:
    """Return up to three telling numbers of studies from few to ``top``."""
    if top < 4:
        return tuple(range(1, top + 1))
    rounding = 5 if top >= 20 else 1
    steps = {max(1, round(top * part / rounding) * rounding) for part in (0.15, 0.5)}
    return (*sorted(steps - {top}), top)


def key_lines(
    codes: Sequence[CodeKey], layout: Layout, colours: Sequence[ClusterColours]
) -> tuple[tuple[TextLine, ...], float]:
    """Return number and name of every code in columns, and where they end.

    Empty where the names stand at the nodes.
    """
    style = layout.style
    if not style.numbered or not codes:
        return (), layout.bottom
    size, step = style.label_size, line_height(style.label_size) * 1.04
    number_width = layout.measure("000", size, True)
    columns = 2
    width = (style.width - 2 * style.margin) / columns
    room = width - number_width - 1.8
    entries = [(slot, wrap_text(code.name, room, size, layout.measure))
               for slot, code in zip(layout.slots, codes, strict=True)]  # fmt: skip
    half = sum(len(lines) for _, lines in entries) / columns
    words: list[TextLine] = []
    column, row, lowest = 0, 0, 0
    for slot, lines in entries:
        if row >= half and column < columns - 1:
            column, row = column + 1, 0
        x = style.margin + column * width
        y = layout.bottom + 2.0 + size * MM_PER_POINT
        place = round(x + number_width, 3)
        colour = colours[slot.region].text
        base = round(y + row * step, 3)
        words.append(TextLine(str(slot.number), place, base, size, colour, True, "right"))
        words += [TextLine(line, round(place + 1.0, 3), round(y + (row + i) * step, 3), size, INK)
                  for i, line in enumerate(lines)]  # fmt: skip
        row += len(lines)
        lowest = max(lowest, row)
    return tuple(words), layout.bottom + 2.0 + (lowest + 0.4) * step


def _disc(kind: str) -> LegendMark:
    fill = {"facilitator": SECOND_INK, "unclear": UNCLEAR, "barrier": PAPER}[kind]
    return LegendMark(kind, 0, 0, radius=1.3, colour=SECOND_INK, fill=fill, width=_NODE_LINE)


def _extent(mark: LegendMark) -> float:
    return mark.length if mark.kind == "tie" else 2 * mark.radius


def _at(mark: LegendMark, x: float, y: float) -> LegendMark:
    """Return a mark at its place: discs by their centre, lines by their left end."""
    centre = x if mark.kind == "tie" else x + mark.radius
    return LegendMark(
        mark.kind, round(centre, 3), round(y, 3), mark.radius, mark.length, mark.width,
        mark.colour, mark.fill or RULE,
    )  # fmt: skip


def _middle(numbers: Sequence[int]) -> int:
    """Return the number nearest half way between the least and the most."""
    goal = (numbers[0] + numbers[-1]) / 2
    return min(numbers, key=lambda n: (abs(n - goal), n))
