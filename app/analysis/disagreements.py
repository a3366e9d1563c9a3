"""Where independent coders differ: codings of one document gathered into items to be settled.

An item is a connected component of overlapping codings of one code across coders; two one-sided
items of different codes on much the same place become one item of the kind ``other_code``.
Codings of the same coder and code that overlap count as one passage (their union).
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

IDENTICAL = "identical"
FACETS = "facets"
BOUNDARY = "boundary"
NESTED = "nested"
SPLIT = "split"
OTHER_CODE = "other_code"
ONE_SIDED = "one_sided"
KINDS = (OTHER_CODE, ONE_SIDED, SPLIT, NESTED, BOUNDARY, FACETS)
"""The kinds of disagreement, the weightier first; ``identical`` is none."""
SAME_PLACE = 0.3
"""Share of the union from which on two passages of different codes stand on one place."""
SAME_AREA = 0.9
"""Share of the union from which on two areas drawn by hand count as the same."""

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Piece:
    """One coding; a text has ``start`` and ``end`` (code points, end-exclusive), an area a box.

    ``area`` is (x0, y0, x1, y1) in points on ``page``; then start and end do not count.
    """

    id: str
    coder: str
    code: str
    start: int
    end: int
    valence: str = ""
    stages: tuple[str, ...] = ()
    page: int = 0
    area: Box | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """Codings that belong together; ``start`` and ``end`` span them all.

    ``missing`` are the coders who looked at the document and coded nothing here (with one of these
    codes). ``weight`` is the number of code points (for areas: square points) on which pairs of
    coders differ, summed over pairs; ``gain`` is what that is worth, see ``with_gain``.
    """

    kind: str
    pieces: tuple[Piece, ...]
    missing: tuple[str, ...]
    start: int
    end: int
    page: int
    differs_in: tuple[str, ...]
    weight: float
    gain: float = 0.0

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes that were given, in order of first use."""
        return tuple(dict.fromkeys(piece.code for piece in self.pieces))

    @property
    def coders(self) -> tuple[str, ...]:
        """The coders who coded here."""
        return tuple(dict.fromkeys(piece.coder for piece in self.pieces))

    @property
    def ids(self) -> frozenset[str]:
        """The ids of the codings."""
        return frozenset(piece.id for piece in self.pieces)

    @property
    def is_agreed(self) -> bool:
        """Say whether there is nothing to settle."""
        return self.kind == IDENTICAL


def find_items(pieces: Iterable[Piece], coders: Sequence[str]) -> tuple[Item, ...]:
    """Gather the codings of one document into items, in text order.

    ``coders`` are those who finished the document; one of them without a coding at a place says
    "nothing here". Fewer than two coders give no items. Codings of others are left out.
    """
    known = set(coders)
    if len(known) < 2:
        return ()
    by_code: dict[str, list[Piece]] = {}
    for piece in pieces:
        if piece.coder in known:
            by_code.setdefault(piece.code, []).append(piece)
    items = [
        _item(tuple(group), coders) for same in by_code.values() for group in _components(same)
    ]
    return tuple(sorted(_paired(items, coders), key=_place))


def with_gain(items: Iterable[Item], expected: Callable[[str], float]) -> tuple[Item, ...]:
    """Return the items with ``gain``, their weight over what chance would make differ.

    ``expected(code)`` is the number of differing code points, summed over pairs of coders, that
    chance alone would give in all that was compared. As alpha is 1 - observed / expected, the gain
    is the rise of that code's alpha if the item were settled and all else stayed (expected
    disagreement held fixed). 0 where nothing is expected. Of several codes the largest counts.
    """
    found = []
    for item in items:
        expectations = [expected(code) for code in item.codes]
        gains = [item.weight / value for value in expectations if value > 0]
        found.append(replace(item, gain=max(gains, default=0.0)))
    return tuple(found)


def iou(one: Piece, other: Piece) -> float:
    """Return the shared part of two codings over their union, 0 to 1."""
    if (one.area is None) != (other.area is None):
        return 0.0
    shared = _shared(one, other)
    union = _size(one) + _size(other) - shared
    return shared / union if union else 0.0


def _shared(one: Piece, other: Piece) -> float:
    if one.area is not None and other.area is not None:
        if one.page != other.page:
            return 0.0
        a, b = one.area, other.area
        width, height = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
        return max(width, 0.0) * max(height, 0.0)
    if one.area is not None or other.area is not None:
        return 0.0
    return float(max(0, min(one.end, other.end) - max(one.start, other.start)))


def _size(piece: Piece) -> float:
    if piece.area is not None:
        x0, y0, x1, y1 = piece.area
        return (x1 - x0) * (y1 - y0)
    return float(piece.end - piece.start)


def _components(pieces: list[Piece]) -> Iterator[list[Piece]]:
    """Yield the connected components of overlapping pieces of one code."""
    texts = sorted((p for p in pieces if p.area is None), key=lambda p: (p.start, p.end, p.id))
    group: list[Piece] = []
    reach = -1
    for piece in texts:
        if group and piece.start >= reach:
            yield group
            group, reach = [], -1
        group.append(piece)
        reach = max(reach, piece.end)
    if group:
        yield group
    areas = sorted((p for p in pieces if p.area is not None), key=lambda p: (p.page, p.area, p.id))
    while areas:
        group = [areas.pop(0)]
        for piece in group:  # grows while we look
            near = [other for other in areas if _shared(piece, other) > 0]
            group += near
            areas = [other for other in areas if other not in near]
        yield sorted(group, key=lambda p: p.id)


def _item(pieces: tuple[Piece, ...], coders: Sequence[str]) -> Item:
    by_coder = {coder: [p for p in pieces if p.coder == coder] for coder in coders}
    missing = tuple(coder for coder, own in by_coder.items() if not own)
    spans = {coder: _union(own) for coder, own in by_coder.items() if own}
    differs = tuple(
        name
        for name, values in (
            ("valence", {frozenset(p.valence for p in own) for own in by_coder.values() if own}),
            (
                "stage",
                {frozenset(s for p in own for s in p.stages) for own in by_coder.values() if own},
            ),
        )
        if len(values) > 1
    )
    return Item(
        kind=_kind(spans, bool(missing), differs),
        pieces=pieces,
        missing=missing,
        start=min(piece.start for piece in pieces),
        end=max(piece.end for piece in pieces),
        page=min(piece.page for piece in pieces),
        differs_in=differs,
        weight=_weight(spans, len(missing)),
    )


def _kind(spans: dict[str, list[Piece]], missing: bool, differs: tuple[str, ...]) -> str:
    if missing:
        return ONE_SIDED
    if any(len(own) != 1 for own in spans.values()):
        same = len({tuple((p.start, p.end, p.area) for p in own) for own in spans.values()}) == 1
        return (FACETS if differs else IDENTICAL) if same else SPLIT
    single = [own[0] for own in spans.values()]
    if all(_same_place(one, other) for one, other in combinations(single, 2)):
        return FACETS if differs else IDENTICAL
    nested = all(
        _inside(one, other) or _inside(other, one) for one, other in combinations(single, 2)
    )
    return NESTED if nested else BOUNDARY


def _inside(one: Piece, other: Piece) -> bool:
    """Say whether one passage lies inside another without sharing an end with it."""
    if one.area is not None:
        return _shared(one, other) == _size(one)
    return other.start < one.start and one.end < other.end


def _same_place(one: Piece, other: Piece) -> bool:
    if one.area is not None:
        return iou(one, other) >= SAME_AREA
    return (one.start, one.end) == (other.start, other.end)


def _union(pieces: list[Piece]) -> list[Piece]:
    """Return one coder's pieces with overlapping or touching texts made one."""
    merged: list[Piece] = []
    for piece in sorted(pieces, key=lambda p: (p.start, p.end)):
        last = merged[-1] if merged else None
        if (
            last is not None
            and last.area is None
            and piece.area is None
            and piece.start <= last.end
        ):
            merged[-1] = replace(last, end=max(last.end, piece.end))
        else:
            merged.append(piece)
    return merged


def _weight(spans: dict[str, list[Piece]], missing: int) -> float:
    sizes = [sum(_size(piece) for piece in own) for own in spans.values()]
    differing = sum(
        sum(map(_size, one))
        + sum(map(_size, other))
        - 2 * sum(_shared(a, b) for a in one for b in other)
        for one, other in combinations(spans.values(), 2)
    )
    return max(differing, 0.0) + missing * sum(sizes)


def _paired(items: list[Item], coders: Sequence[str]) -> list[Item]:
    """Join one-sided items of different codes and coders that stand on one place."""
    alone = sorted((i for i in items if i.kind == ONE_SIDED), key=_place)
    chances = sorted(
        (
            (-_closeness(one, other), number, later, one, other)
            for number, one in enumerate(alone)
            for later, other in _near(alone, number)
            if one.codes != other.codes and not set(one.coders) & set(other.coders)
        ),
        key=lambda chance: chance[:3],
    )
    taken: set[int] = set()
    made = []
    for closeness, number, later, one, other in chances:
        if -closeness < SAME_PLACE:
            break
        if not taken & {number, later}:
            taken |= {number, later}
            made.append(_other_code(one, other, coders))
    left = [item for number, item in enumerate(alone) if number not in taken]
    return [item for item in items if item.kind != ONE_SIDED] + left + made


def _near(alone: list[Item], number: int) -> Iterator[tuple[int, Item]]:
    one = alone[number]
    for later in range(number + 1, len(alone)):
        other = alone[later]
        if one.pieces[0].area is None and other.pieces[0].area is None and other.start >= one.end:
            return
        yield later, other


def _closeness(one: Item, other: Item) -> float:
    return max(iou(a, b) for a in one.pieces for b in other.pieces)


def _other_code(one: Item, other: Item, coders: Sequence[str]) -> Item:
    pieces = tuple(sorted((*one.pieces, *other.pieces), key=lambda p: (p.start, p.end, p.id)))
    present = {piece.coder for piece in pieces}
    return Item(
        kind=OTHER_CODE,
        pieces=pieces,
        missing=tuple(coder for coder in coders if coder not in present),
        start=min(one.start, other.start),
        end=max(one.end, other.end),
        page=min(one.page, other.page),
        differs_in=("code",),
        weight=one.weight + other.weight,
    )


def _place(item: Item) -> tuple[int, int, int, str]:
    first = item.pieces[0]
    return (item.page if first.area is not None else 0, item.start, item.end, first.id)
