"""Places codings of an earlier text layer in another text of their document, and remembers where.

What a person settled (``AnchorFix``) comes first, then what was found before (``Placement``, which
can be made again at any time), then the search itself.
"""

import contextlib
import hashlib
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import delete, insert, select, tuple_
from sqlalchemy.orm import Session

from app.coding.documents import DocumentText, recent_text_layer
from app.documents.anchors import locate_quote, page_span
from app.documents.page_map import PageFound, map_pages
from app.documents.text_alignment import OffsetMap
from app.errors import UserError
from app.models import Project
from app.models.coding import AnchorFix, Placement
from app.models.coding import Coding as CodingRow
from app.models.evidence import TextLayer
from app.models.people import Layer
from app.models.recorder import in_chunks

REVIEW, ORPHAN, MOVED = "review", "orphan", "moved"
PLACED, ABSENT = "placed", "absent"

FoundRow = dict[str, object]


class Anchor(NamedTuple):
    """What a coding says of its passage; offsets are those of its own text layer."""

    id: str
    text_layer_id: str
    start: int
    end: int
    quote: str
    prefix: str
    suffix: str
    page_first: int

    @property
    def fingerprint(self) -> str:
        """Return the SHA-256 of the anchor: a coding that was resized is placed anew."""
        parts = (self.text_layer_id, str(self.start), str(self.end), *self[4:7])
        return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


class Place(NamedTuple):
    """Where a coding stands in a text; for review it is the likeliest place, if there is one."""

    start: int
    end: int
    state: str
    settled: bool = False


NOWHERE = Place(0, 0, ORPHAN)


class Placed(NamedTuple):
    """The places by coding id, and the rows that are worth keeping for the next time."""

    places: dict[str, Place]
    fresh: list[FoundRow]


def anchors_of(session: Session, coding_ids: Iterable[str]) -> list[Anchor]:
    """Return the anchors of codings."""
    columns = (
        CodingRow.id,
        CodingRow.text_layer_id,
        CodingRow.start,
        CodingRow.end,
        CodingRow.quote,
        CodingRow.prefix,
        CodingRow.suffix,
        CodingRow.page_first,
    )
    return [
        Anchor._make(row)
        for chunk in in_chunks(coding_ids)
        for row in session.connection().execute(select(*columns).where(CodingRow.id.in_(chunk)))
    ]


def place_all(session: Session, moved: Mapping[str, tuple[str, str]]) -> Placed:
    """Place codings; ``moved`` maps coding ids to document id and the id of its text layer."""
    if not moved:
        return Placed({}, [])
    fixes = settled_places(session, moved)
    known = _known(session, moved)
    places: dict[str, Place] = {}
    fresh: list[FoundRow] = []
    wanted: dict[tuple[str, str], list[Anchor]] = {}
    for anchor in anchors_of(session, moved):
        print_ = anchor.fingerprint
        if anchor.id in fixes:
            places[anchor.id] = fixes[anchor.id]
        elif anchor.id in known and known[anchor.id][0] == print_:
            places[anchor.id] = known[anchor.id][1]
        else:
            wanted.setdefault(moved[anchor.id], []).append(anchor)
    for (document_id, layer_id), anchors in wanted.items():
        text = recent_text_layer(session, document_id, layer_id)
        for anchor, place in find_places(session, text, anchors):
            places[anchor.id] = place
            fresh.append(found_row(anchor, layer_id, place))
    return Placed(places, fresh)


def find_places(
    session: Session,
    text: DocumentText,
    anchors: Iterable[Anchor],
    told: Callable[[int], object] = lambda _done: None,
) -> list[tuple[Anchor, Place]]:
    """Search a text for the passages of anchors; ``told`` hears how many are done."""
    found = []
    maps: dict[str, Callable[[int], int | None]] = {}
    for number, anchor in enumerate(anchors, 1):
        if not anchor.quote:
            found.append((anchor, place_of_page(session, text, anchor)))
            told(number)
            continue
        if anchor.text_layer_id not in maps:
            old = session.get(TextLayer, anchor.text_layer_id)
            maps[anchor.text_layer_id] = _map(old.text, text.text) if old else _no_map
        found.append((anchor, _search(text, anchor, maps[anchor.text_layer_id])))
        told(number)
    return found


def place_of_page(session: Session, text: DocumentText, anchor: Anchor) -> Place:
    """Return where the page of an area begins in a text: a cover page moves it on."""
    old = session.get(TextLayer, anchor.text_layer_id)
    before = recent_text_layer(session, text.document_id, old.id) if old else text
    pages = _page_map(_words_of_pages(before), _words_of_pages(text))
    here = pages[min(anchor.page_first, len(pages)) - 1]
    at = text.page_starts[here.page - 1]
    return Place(at, at, MOVED if here.sure else REVIEW)


def _words_of_pages(text: DocumentText) -> tuple[str, ...]:
    ends = (*text.page_starts[1:], len(text.text))
    return tuple(text.text[a:b] for a, b in zip(text.page_starts, ends, strict=True))


@lru_cache(maxsize=4)
def _page_map(old: tuple[str, ...], new: tuple[str, ...]) -> tuple[PageFound, ...]:
    return map_pages(old, new)


def pages_between(
    session: Session, document_id: str, before_id: str, after_id: str
) -> tuple[PageFound, ...]:
    """Return where each page of one text layer stands in another of the same document."""
    before = recent_text_layer(session, document_id, before_id)
    after = recent_text_layer(session, document_id, after_id)
    return _page_map(_words_of_pages(before), _words_of_pages(after))


def _search(text: DocumentText, anchor: Anchor, expected: Callable[[int], int | None]) -> Place:
    here = expected(anchor.start)
    place = locate_quote(
        text.text, anchor.quote, prefix=anchor.prefix, suffix=anchor.suffix, expected=here
    )
    if place is None:
        return NOWHERE
    return Place(place.start, place.end, REVIEW if place.state == REVIEW else MOVED)


def _no_map(_offset: int) -> None:
    return None


@lru_cache(maxsize=4)
def _map(old: str, new: str) -> Callable[[int], int | None]:
    return OffsetMap(old, new).at


def settled_places(session: Session, moved: Mapping[str, tuple[str, str]]) -> dict[str, Place]:
    """Return what people said about these codings in these texts.

    The word of the one whose coding it is counts first, then that of the first of the others.
    """
    rows = (
        session.connection()
        .execute(
            select(
                AnchorFix.coding_id,
                AnchorFix.text_layer_id,
                AnchorFix.state,
                AnchorFix.start,
                AnchorFix.end,
                AnchorFix.coder_id,
                Layer.coder_id,
            )
            .join(CodingRow, CodingRow.id == AnchorFix.coding_id)
            .join(Layer, Layer.id == CodingRow.layer_id)
        )
        .all()
    )
    rows = sorted(rows, key=lambda row: (row[5] != row[6], row[5]))
    found: dict[str, Place] = {}
    for coding_id, layer_id, state, start, end, _coder, _owner in rows:
        if moved.get(coding_id, ("", ""))[1] == layer_id and coding_id not in found:
            there = Place(start, end, MOVED, True)
            found[coding_id] = there if state == PLACED else Place(0, 0, ORPHAN, True)
    return found


def _known(session: Session, moved: Mapping[str, tuple[str, str]]) -> dict[str, tuple[str, Place]]:
    columns = (
        Placement.coding_id,
        Placement.anchor,
        Placement.start,
        Placement.end,
        Placement.state,
    )
    found: dict[str, tuple[str, Place]] = {}
    for layer_id in {layer for _document, layer in moved.values()}:
        question = select(*columns).where(Placement.text_layer_id == layer_id)
        here = [coding for coding, (_, layer) in moved.items() if layer == layer_id]
        for chunk in in_chunks(here):
            asked = question.where(Placement.coding_id.in_(chunk))
            for coding_id, anchor, start, end, state in session.connection().execute(asked):
                found[coding_id] = (anchor, Place(start, end, state))
    return found


def found_row(anchor: Anchor, layer_id: str, place: Place) -> FoundRow:
    """Return a place as the table keeps it."""
    return {
        "coding_id": anchor.id,
        "text_layer_id": layer_id,
        "anchor": anchor.fingerprint,
        "start": place.start,
        "end": place.end,
        "state": place.state,
    }


def keep(session: Session, rows: list[FoundRow]) -> None:
    """Write what was found, in place of what was known before."""
    keys = [(row["coding_id"], row["text_layer_id"]) for row in rows]
    for chunk in in_chunks(keys):
        both = tuple_(Placement.coding_id, Placement.text_layer_id)
        session.execute(delete(Placement).where(both.in_(chunk)))
    if rows:
        session.execute(insert(Placement), rows)


def remember(project: Project, rows: list[FoundRow]) -> None:
    """Keep what was found; a file that cannot be written at this moment is no reason to stop."""
    if rows:
        with contextlib.suppress(UserError), project.cache() as session:
            keep(session, rows)


def page_of(text: DocumentText, place: Place) -> tuple[int, int]:
    """Return the first and last page of a place."""
    return page_span(text.page_starts, place.start, place.end)
