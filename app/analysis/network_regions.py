"""Dividing a page among the clusters: which column, how wide, how many rows of codes."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

LABEL_LINES = (2, 3)


@dataclass(frozen=True, slots=True)
class Demand:
    """What a cluster asks for.

    ``count`` codes, each a cell of at least ``widths[k]`` by ``pitches[k]`` mm, where ``k`` chooses
    how many lines its labels may have. ``overhead`` mm of height go to its heading, which needs
    ``least_width`` mm.
    """

    count: int
    widths: tuple[float, ...]
    pitches: tuple[float, ...]
    overhead: float
    least_width: float = 0.0


@dataclass(frozen=True, slots=True)
class Plan:
    """Where a cluster goes: side 0 or 1, its width in mm, lines choice, rows and height."""

    side: int
    width: float
    choice: int
    rows: int
    height: float


def divide(demands: Sequence[Demand], width: float, gap: float, pad: float) -> tuple[Plan, ...]:
    """Return one plan per demand, in their order, for the lowest page.

    The page has one column or two; clusters keep their order within a column. Every split of the
    clusters and of the width (in steps of 1 mm) is tried; a page less than 3 % higher wins when it
    is the more even one.
    """
    best: tuple[float, tuple[Plan, ...]] | None = None
    for sides in _splits(len(demands)):
        for left in _left_widths(width, gap, sides):
            widths = (left, width - gap - left)
            plans = [
                _plan(demand, side, widths[side], pad)
                for demand, side in zip(demands, sides, strict=True)
            ]
            if any(plan is None for plan in plans):
                continue
            whole = tuple(plan for plan in plans if plan is not None)
            heights = [_height(whole, side, gap) for side in (0, 1)]
            cost = round(max(heights) + 0.03 * abs(heights[0] - heights[1]), 6)
            cost += 0 if _is_usual(sides) else 0.08 * width
            if best is None or cost < best[0]:
                best = (cost, whole)
    if best is None:
        return divide([_narrower(demand) for demand in demands], width, gap, pad)
    return best[1]


def row_sizes(count: int, rows: int) -> tuple[int, ...]:
    """Return how many codes stand in each row, as even as can be, larger rows spread out."""
    return tuple((row + 1) * count // rows - row * count // rows for row in range(rows - 1, -1, -1))


def _splits(count: int) -> list[tuple[int, ...]]:
    if count > 8:  # every second one: trying all would take too long and help nobody
        return [tuple(i % 2 for i in range(count)), (0,) * count]
    return [(0, *rest) for rest in product((0, 1), repeat=count - 1)] if count else [()]


def _is_usual(sides: tuple[int, ...]) -> bool:
    """First cluster left, second right, the last one (the context) under the first."""
    return len(sides) != 4 or sides == (0, 1, 1, 0)


def _left_widths(width: float, gap: float, sides: tuple[int, ...]) -> list[float]:
    if not any(sides):
        return [width]
    first, last = math.ceil(width * 0.25), math.floor(width * 0.75 - gap)
    return [float(step) for step in range(first, last + 1)]


def _plan(demand: Demand, side: int, width: float, pad: float) -> Plan | None:
    best: Plan | None = None
    if width < demand.least_width:
        return None
    for choice, (cell, pitch) in enumerate(zip(demand.widths, demand.pitches, strict=True)):
        across = math.floor((width - 2 * pad) / cell + 1e-9)
        if across < 1:
            continue
        rows = math.ceil(demand.count / across)
        height = rows * pitch + demand.overhead
        if best is None or height < best.height - 1e-9:
            best = Plan(side, width, choice, rows, height)
    return best


def _height(plans: tuple[Plan, ...], side: int, gap: float) -> float:
    heights = [plan.height for plan in plans if plan.side == side]
    return sum(heights) + gap * max(len(heights) - 1, 0)


def _narrower(demand: Demand) -> Demand:
    widths = tuple(width * 0.8 for width in demand.widths)
    return Demand(demand.count, widths, demand.pitches, demand.overhead)
