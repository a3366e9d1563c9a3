"""Where each code stands on the page of the network: fixed slots, one region per cluster.

A place depends on the codes of the codebook, the page and, when asked for, on one matrix of
weights; never on filters, so that two pictures of one codebook can be laid on each other. All
lengths are millimetres, origin top left, y down.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from app.analysis.evidence import ClusterKey, CodeKey
from app.analysis.network_regions import LABEL_LINES, Demand, Plan, divide, row_sizes
from app.analysis.network_swaps import swapped
from app.analysis.text_metrics import Measure, break_name, fit_name, line_height, text_width

Point = tuple[float, float]
Box = tuple[float, float, float, float]
"""x0, y0, x1, y1."""


@dataclass(frozen=True, slots=True)
class PageStyle:
    """Measures of one page width. Type sizes are points (none under 6), the rest millimetres.

    With ``numbered`` the nodes carry numbers and the names stand in a key below: a single column
    of a journal has no room for seventy labels.
    """

    width: float
    label_size: float
    heading_size: float
    small_size: float
    radius_least: float
    radius_most: float
    margin: float = 2.5
    gap: float = 5.0
    pad: float = 2.2
    clearance: float = 2.6
    label_gap: float = 0.5
    label_cap: float = 34.0
    numbered: bool = False

    def denser(self) -> "PageStyle":
        """Return the style for codebooks that would make the page too tall."""
        return replace(
            self,
            label_size=6.0,
            radius_most=round(self.radius_most * 0.85, 2),
            clearance=1.7,
            label_gap=0.4,
        )

    @property
    def heading_height(self) -> float:
        """Room for the name of a cluster above its region."""
        return line_height(self.heading_size) + 1.2


_TALL = 1.2  # height of the picture over its width; with legend and caption a page of A4

PAGE_STYLES = {
    85: PageStyle(85, 6.0, 7.0, 6.0, 0.7, 2.3, 1.5, 3.5, 1.8, 2.2, 0.3, 12.0, numbered=True),
    130: PageStyle(130, 6.0, 8.0, 6.2, 0.8, 2.9, 2.0, 4.5, 2.0, 2.2),
    180: PageStyle(180, 6.2, 9.0, 6.4, 0.9, 3.1, clearance=2.1),
}


@dataclass(frozen=True, slots=True)
class Slot:
    """The place of one code: node centre, label lines, and the box nothing else may enter.

    ``number`` counts the codes of the codebook from 1.
    """

    code_id: str
    region: int
    x: float
    y: float
    lines: tuple[str, ...]
    label_width: float
    box: Box
    number: int


@dataclass(frozen=True, slots=True)
class Region:
    """The room of one cluster: its box with the heading, and the outline of its codes."""

    cluster: ClusterKey
    box: Box
    outline: tuple[Point, ...]
    align: str  # "left" or "right": at which side of the page the heading stands
    centre: Point


@dataclass(frozen=True, slots=True)
class Layout:
    """All places; ``slots`` follow the order of the codes."""

    style: PageStyle
    slots: tuple[Slot, ...]
    regions: tuple[Region, ...]
    bottom: float
    measure: Measure = field(compare=False)
    swapped: bool = False  # codes changed places once for shorter ties


def place_codes(
    codes: Sequence[CodeKey],
    clusters: Sequence[ClusterKey],
    *,
    width: int = 180,
    weights: NDArray[np.number] | None = None,
    measure: Measure = text_width,
) -> Layout:
    """Return the layout of a codebook on a page 85, 130 or 180 mm wide.

    Codes fill the slots of their cluster row by row in the order of the codebook. ``weights``
    (codes x codes) lets codes that belong together change places for shorter ties; compute it once
    from all evidence and keep the layout. Raises KeyError for another width.
    """
    style = PAGE_STYLES[width]
    layout = _placed(tuple(codes), tuple(clusters), style, measure)
    if layout.bottom > _TALL * style.width and not style.numbered:
        layout = _placed(tuple(codes), tuple(clusters), style.denser(), measure)
    if weights is None:
        return layout
    order = swapped(
        np.array([(slot.x, slot.y) for slot in layout.slots]).reshape(-1, 2),
        np.array([slot.region for slot in layout.slots], dtype=np.int64),
        np.asarray(weights, dtype=np.float64),
    )
    slots = [_moved(slot, layout.slots[place]) for slot, place in
             zip(layout.slots, order, strict=True)]  # fmt: skip
    return replace(layout, slots=tuple(slots), swapped=True)


@lru_cache(maxsize=32)
def _placed(
    codes: tuple[CodeKey, ...], clusters: tuple[ClusterKey, ...], style: PageStyle, measure: Measure
) -> Layout:
    groups = _groups(codes, clusters)
    demands = [
        replace(
            _demand([codes[i] for i in members], style, measure),
            least_width=measure(heading(cluster), max(6.0, style.heading_size - 2), True),
        )
        for cluster, members in groups
    ]
    width = style.width - 2 * style.margin
    plans = divide(demands, width, style.gap, style.pad)
    boxes, pitches = _boxes(plans, demands, style)
    slots: dict[int, Slot] = {}
    regions = []
    for index, ((cluster, members), plan) in enumerate(zip(groups, plans, strict=True)):
        lines = 1 if style.numbered else LABEL_LINES[plan.choice]
        cell = demands[index].widths[plan.choice]
        places = _centres(len(members), plan, boxes[index], pitches[index], cell, style)
        reserve = _label_height(lines, style)
        room = min(step for _, _, step in places)
        for member, (x, y, _) in zip(members, places, strict=True):
            slots[member] = _slot(
                codes[member], member, index, (x, y), room, (lines, reserve), style, measure
            )
        # Any label of the region fits any of its slots, so the outline outlives a change of places.
        widest = max(slots[member].label_width for member in members)
        reach = [_reserve((x, y), widest, reserve, style) for x, y, _ in places]
        regions.append(_region(cluster, boxes[index], reach, plan, style))
    bottom = max((box[3] for box in boxes), default=style.margin)
    ordered = tuple(slots[i] for i in range(len(codes)))
    return Layout(style, ordered, tuple(regions), bottom, measure)


def heading(cluster: ClusterKey) -> str:
    """Return how a cluster is named on the page: as in the codebook, with its number if any."""
    return f"{cluster.number} {cluster.name}".strip()


def _groups(
    codes: tuple[CodeKey, ...], clusters: tuple[ClusterKey, ...]
) -> list[tuple[ClusterKey, list[int]]]:
    """Return clusters that have codes, the context last, codes without a cluster at the end."""
    ordered = sorted(clusters, key=lambda cluster: cluster.is_context)
    known = {cluster.id for cluster in clusters}
    nowhere = ClusterKey("", "Other codes", "", True)
    members = {cluster.id: [i for i, code in enumerate(codes) if code.cluster == cluster.id]
               for cluster in ordered}  # fmt: skip
    members[""] = [i for i, code in enumerate(codes) if code.cluster not in known - {""}]
    return [(c, members[c.id]) for c in (*(c for c in ordered if c.id), nowhere) if members[c.id]]


def _demand(codes: Sequence[CodeKey], style: PageStyle, measure: Measure) -> Demand:
    overhead = style.heading_height + 2 * style.pad
    size = style.label_size
    if style.numbered:
        pitch = 2 * style.radius_most + _label_height(1, style) + style.clearance
        cell = max(2 * style.radius_most, measure("888", size, True)) + 1.6
        return Demand(len(codes), (cell,), (pitch,), overhead)
    widths, pitches = [], []
    for lines in LABEL_LINES:
        needed = max(
            measure(line, size, True)
            for code in codes
            for line in break_name(code.name, lines, size, measure, cap=style.label_cap)
        )
        widths.append(max(needed, 2 * style.radius_most) + 1.8)
        pitches.append(2 * style.radius_most + _label_height(lines, style) + style.clearance)
    return Demand(len(codes), tuple(widths), tuple(pitches), overhead)


def _label_height(lines: int, style: PageStyle) -> float:
    return style.label_gap + lines * line_height(style.label_size)


def _boxes(
    plans: tuple[Plan, ...], demands: Sequence[Demand], style: PageStyle
) -> tuple[list[Box], list[float]]:
    """Return the box and the row pitch of each region; both sides of the page end together."""
    heights = [_side_height(plans, side, style) for side in (0, 1)]
    rows = [sum(plan.rows for plan in plans if plan.side == side) for side in (0, 1)]
    airy = min(0.72 * style.width, max(h + 6 * r for h, r in zip(heights, rows, strict=True)))
    target = max(*heights, 0 if style.numbered else airy)
    tops = [style.margin, style.margin]
    left_width = next((plan.width for plan in plans if plan.side == 0), 0.0)
    boxes, pitches = [], []
    for plan, demand in zip(plans, demands, strict=True):
        extra = (target - heights[plan.side]) / max(rows[plan.side], 1)
        pitches.append(demand.pitches[plan.choice] + extra)
        x0 = style.margin + (left_width + style.gap if plan.side else 0.0)
        y0 = tops[plan.side]
        y1 = y0 + plan.height + plan.rows * extra
        boxes.append((x0, y0, x0 + plan.width, y1))
        tops[plan.side] = y1 + style.gap
    return boxes, pitches


def _side_height(plans: tuple[Plan, ...], side: int, style: PageStyle) -> float:
    heights = [plan.height for plan in plans if plan.side == side]
    return sum(heights) + style.gap * max(len(heights) - 1, 0)


def _centres(
    count: int, plan: Plan, box: Box, pitch: float, cell: float, style: PageStyle
) -> list[tuple[float, float, float]]:
    """Return x, y and the free width of each slot.

    Rows of unlike length interlock by themselves; a row as long as the one before is shifted by
    half a cell where there is room. Within a row every second slot stands a little lower, so that
    a tie along the row does not run through the nodes between.
    """
    x0, width = box[0] + style.pad, plan.width - 2 * style.pad
    top = box[1] + style.heading_height + style.pad + style.radius_most
    spare = pitch - 2 * style.radius_most - style.label_gap
    lines = 1 if style.numbered else LABEL_LINES[plan.choice]
    drop = min(2.4, 0.62 * (spare - lines * line_height(style.label_size)))
    places = []
    before, shifted = 0, False
    for row, size in enumerate(row_sizes(count, plan.rows)):
        shifted = not shifted if size == before else False
        roomy = width / (size + 0.5)
        interlock = roomy >= cell and (size == before or _next_is_same(count, plan.rows, row))
        step = roomy if interlock else width / size
        offset = step / 2 if interlock and shifted else 0.0
        for column in range(size):
            x = x0 + offset + (column + 0.5) * step
            y = top + row * pitch + (drop if (column + row) % 2 else 0.0)
            places.append((round(x, 3), round(y, 3), step))
        before = size
    return places


def _next_is_same(count: int, rows: int, row: int) -> bool:
    sizes = row_sizes(count, rows)
    return row + 1 < rows and sizes[row] == sizes[row + 1]


def _slot(
    code: CodeKey,
    index: int,
    region: int,
    centre: Point,
    room: float,
    label: tuple[int, float],
    style: PageStyle,
    measure: Measure,
) -> Slot:
    size = style.label_size
    if style.numbered:
        lines: tuple[str, ...] = (str(index + 1),)
    else:
        limit = min(room - 1.4, style.label_cap)
        lines = fit_name(code.name, limit, label[0], size, measure, cap=style.label_cap)
    width = max(measure(line, size, True) for line in lines)
    box = _reserve(centre, width, label[1], style)
    return Slot(code.id, region, centre[0], centre[1], lines, width, box, index + 1)


def _reserve(centre: Point, width: float, label_height: float, style: PageStyle) -> Box:
    half = max(width / 2 + 0.4, style.radius_most)
    x, y = centre
    return (x - half, y - style.radius_most, x + half, y + style.radius_most + label_height)


def _moved(slot: Slot, place: Slot) -> Slot:
    """Return a code's slot at another place of its region."""
    dx, dy = place.x - slot.x, place.y - slot.y
    x0, y0, x1, y1 = slot.box
    return replace(slot, x=place.x, y=place.y, box=(x0 + dx, y0 + dy, x1 + dx, y1 + dy))


def _region(
    cluster: ClusterKey, box: Box, reach: Sequence[Box], plan: Plan, style: PageStyle
) -> Region:
    corners = [
        (x, y)
        for x0, y0, x1, y1 in reach
        for x in (x0 - style.pad, x1 + style.pad)
        for y in (y0 - style.pad, y1 + style.pad)
    ]
    inside = [
        (min(max(x, box[0]), box[2]), min(max(y, box[1] + style.heading_height), box[3]))
        for x, y in corners
    ]
    outline = convex_hull(inside)
    xs, ys = [x for x, _ in outline], [y for _, y in outline]
    centre = ((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2)
    return Region(cluster, box, outline, "right" if plan.side else "left", centre)


def convex_hull(points: Sequence[Point]) -> tuple[Point, ...]:
    """Return the corners of the convex hull (Andrew's monotone chain), without collinear ones."""
    ordered = sorted({(round(x, 3), round(y, 3)) for x, y in points})
    chains: list[list[Point]] = []
    for sweep in (ordered, ordered[::-1]):
        chain: list[Point] = []
        for point in sweep:
            while len(chain) > 1 and _turn(chain[-2], chain[-1], point) <= 1e-9:
                chain.pop()
            chain.append(point)
        chains.append(chain[:-1])
    return tuple(chains[0] + chains[1])


def _turn(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
