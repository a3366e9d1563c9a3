"""The codings of one document by page, ready to be painted; no Qt.

A change of one coding touches one entry and the pages it stands on, never all of them.
"""

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from app.ui.reading.areas_box import PageBox

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Mark:
    """One coding as the painter needs it. ``tint`` is a cluster number or a colour of the user."""

    id: str
    start: int
    end: int
    code_id: str
    coder_id: str
    own: bool
    tint: str
    valence: str
    name: str
    initials: str
    area: PageBox | None = None
    """Where an area stands; then ``start`` and ``end`` are where its page begins."""

    @property
    def order(self) -> tuple[int, int, int, str]:
        """Own codings first, then as they begin, longer ones first."""
        return (0 if self.own else 1, self.start, -self.end, self.id)


class MarkTable:
    """All marks of one document, found by id, by page and by offset."""

    def __init__(self, page_starts: Sequence[int] = (0,)) -> None:
        """Start empty; ``page_starts`` are the document offsets at which pages begin."""
        self._starts = list(page_starts) or [0]
        self._marks: dict[str, Mark] = {}
        self._pages: list[dict[str, Mark]] = [{} for _ in self._starts]
        self._hidden: frozenset[str] = frozenset()
        self.passes: Callable[[Mark], bool] | None = None
        """Which marks a filter lets through; None lets all."""

    def __len__(self) -> int:
        """Return the number of marks, hidden ones included."""
        return len(self._marks)

    def __iter__(self) -> Iterator[Mark]:
        """Go through the visible marks in no particular order."""
        return (mark for mark in self._marks.values() if self.shows(mark))

    def get(self, mark_id: str | None) -> Mark | None:
        """Return a mark by its coding id."""
        return self._marks.get(mark_id) if mark_id is not None else None

    def pages_of(self, mark: Mark) -> range:
        """Return the 1-based pages that a mark stands on."""
        first = bisect_right(self._starts, mark.start)
        last = bisect_right(self._starts, max(mark.end - 1, mark.start))
        return range(max(first, 1), max(last, 1) + 1)

    def pages_among(self, spans: Iterable[Span]) -> set[int]:
        """Return the 1-based pages that spans stand on."""
        return {
            page
            for start, end in spans
            for page in range(
                max(bisect_right(self._starts, start), 1),
                max(bisect_right(self._starts, max(end - 1, start)), 1) + 1,
            )
        }

    def replace_all(self, marks: Iterable[Mark]) -> None:
        """Forget everything and take ``marks``."""
        self._marks = {}
        self._pages = [{} for _ in self._starts]
        for mark in sorted(marks, key=lambda mark: mark.start):
            self.put(mark)

    def put(self, mark: Mark) -> set[Span]:
        """Add or replace one mark; return the spans that look different now."""
        touched = self.drop(mark.id)
        self._marks[mark.id] = mark
        for page in self.pages_of(mark):
            self._pages[page - 1][mark.id] = mark
        return {*touched, (mark.start, mark.end)}

    def drop(self, mark_id: str) -> set[Span]:
        """Forget one mark; return the span it stood on."""
        mark = self._marks.pop(mark_id, None)
        if mark is None:
            return set()
        for page in self.pages_of(mark):
            self._pages[page - 1].pop(mark_id, None)
        return {(mark.start, mark.end)}

    def hide_coders(self, coder_ids: Collection[str]) -> None:
        """Show everyone's marks but those of ``coder_ids``."""
        self._hidden = frozenset(coder_ids)

    def shows(self, mark: Mark) -> bool:
        """Tell whether the layer of the mark's coder is shown and no filter hides the mark."""
        if mark.coder_id in self._hidden:
            return False
        return self.passes is None or self.passes(mark)

    def hidden_by_filter(self) -> int:
        """Return how many marks of the layers shown a filter hides."""
        passes = self.passes
        if passes is None:
            return 0
        return sum(
            mark.coder_id not in self._hidden and not passes(mark) for mark in self._marks.values()
        )

    def on_page(self, page: int) -> list[Mark]:
        """Return the visible marks of a page."""
        return [mark for mark in self._pages[page - 1].values() if self.shows(mark)]

    def at(self, start: int, end: int | None = None) -> list[Mark]:
        """Return the visible marks at an offset or touching a span: own, then shortest first."""
        stop = end if end is not None else start + 1
        first = max(bisect_right(self._starts, start), 1)
        last = max(bisect_right(self._starts, max(stop - 1, start)), first)
        found = {
            mark.id: mark
            for page in range(first, last + 1)
            for mark in self._pages[page - 1].values()
            if mark.start < stop and mark.end > start and self.shows(mark)
        }
        return sorted(found.values(), key=lambda m: (not m.own, m.end - m.start, m.start, m.id))

    def around(self, mark: Mark) -> list[Mark]:
        """Return the visible marks that overlap one: areas those of areas, spans those of spans."""
        if mark.area is None:
            return self.at(mark.start, max(mark.end, mark.start + 1))
        return self.areas_at(mark.area)

    def areas_at(self, box: PageBox) -> list[Mark]:
        """Return the visible marks of areas that share surface with a box: own, then smallest."""
        found = [
            mark
            for mark in self.on_page(box.page)
            if mark.area is not None and mark.area.overlaps(box)
        ]
        return sorted(found, key=lambda m: (not m.own, _surface(m), m.id))

    def exactly(self, start: int, end: int, code_id: str) -> Mark | None:
        """Return your own mark of this code on exactly this span."""
        for mark in self.at(start, end):
            if mark.own and mark.code_id == code_id and (mark.start, mark.end) == (start, end):
                return mark
        return None


def _surface(mark: Mark) -> float:
    width, height = mark.area.size if mark.area is not None else (0.0, 0.0)
    return width * height
