"""Places stripes in lanes and labels beside them; pure arithmetic in any one unit."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LabelPlace:
    """One label. ``members`` are the indices it stands for, the first is the one named."""

    y: float
    members: tuple[int, ...]


def assign_lanes(spans: Sequence[tuple[float, float]], most: int = 8) -> list[int]:
    """Return a lane for each span (top, bottom), so that no two in a lane overlap.

    ``spans`` are sorted by top. When more than ``most`` overlap, the last lane takes the rest.
    """
    ends: list[float] = []
    lanes = []
    for top, bottom in spans:
        lane = next((i for i, end in enumerate(ends) if end <= top), len(ends))
        if lane == len(ends) and lane < most:
            ends.append(bottom)
        lane = min(lane, most - 1)
        ends[lane] = max(ends[lane], bottom)
        lanes.append(lane)
    return lanes


def place_labels(
    wanted: Sequence[float], height: float, top: float, bottom: float, reach: float
) -> list[LabelPlace]:
    """Place labels of one ``height`` at the ``wanted`` tops (sorted), from ``top`` to ``bottom``.

    A label in the way is pushed down, but at most by ``reach``; what would go further joins
    the label above it. Labels that would leave the bottom are moved up as far as there is room.
    """
    tops: list[float] = []
    members: list[list[int]] = []
    for index, want in enumerate(wanted):
        y = max(want, top)
        free = tops[-1] + height if tops else top
        if tops and (free > y + reach or free + height > bottom):
            members[-1].append(index)
            continue
        tops.append(max(y, free))
        members.append([index])
    places = [LabelPlace(y, tuple(who)) for y, who in zip(tops, members, strict=True)]
    return _lifted(places, height, bottom)


def _lifted(places: list[LabelPlace], height: float, bottom: float) -> list[LabelPlace]:
    limit = bottom - height
    for i in range(len(places) - 1, -1, -1):
        if places[i].y <= limit:
            break
        places[i] = LabelPlace(limit, places[i].members)
        limit -= height
    return places
