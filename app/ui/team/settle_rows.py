"""What the queue of differences shows: rows made from items and attributes; no Qt."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from app.analysis.disagreements import BOUNDARY, FACETS, IDENTICAL, NESTED, ONE_SIDED, SPLIT
from app.coding.attribute_differences import (
    ATTRIBUTE,
    AttributeDifference,
    list_attribute_differences,
)
from app.coding.code_history import changed_since
from app.coding.codebook import Codebook
from app.coding.codebooks import load_codebook
from app.coding.disagreements import (
    AGREED,
    ASKED,
    DEFERRED,
    ISSUE,
    OPEN,
    SETTLED,
    STALE,
    QueueEntry,
    list_queue,
)
from app.coding.documents import DocumentInfo, list_documents
from app.coding.own_comparison import compare_with_consensus
from app.coding.people import CoderInfo, list_coders
from app.models import Project, ids

GONE = "gone"
KIND_WORDS = {
    "other_code": "Other code", ONE_SIDED: "Only one coder", SPLIT: "Split", NESTED: "Nested",
    BOUNDARY: "Boundary", FACETS: "Other valence or stage", ATTRIBUTE: "Attribute",
    GONE: "Taken away", IDENTICAL: "Agreed",
}  # fmt: skip
STATE_WORDS = {
    OPEN: "Open", STALE: "Stale", DEFERRED: "Put off", ASKED: "Asked", ISSUE: "Codebook issue",
    SETTLED: "Settled", AGREED: "Agreed",
}  # fmt: skip
TO_SETTLE = frozenset((OPEN, STALE, DEFERRED, ASKED, ISSUE))
NEXT_UP = frozenset((OPEN, STALE))


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the queue; either ``entry`` or ``attribute`` is there.

    ``coders`` are those who were compared here, in the order of the team: the first is A.
    """

    key: str
    title: str
    tint: str
    where: str
    kind: str
    kind_words: str
    state: str
    gain: float
    document_id: str
    code_ids: tuple[str, ...] = ()
    coders: tuple[str, ...] = ()
    meaning_changed: bool = False
    entry: QueueEntry | None = None
    attribute: AttributeDifference | None = None

    @property
    def counts(self) -> bool:
        """Say whether it is a difference, and no passage that all agree on."""
        return self.kind != IDENTICAL


@dataclass(frozen=True, slots=True)
class Filters:
    """Which rows are shown; an empty set lets all through, no state those still to be settled."""

    codes: frozenset[str] = frozenset()
    documents: frozenset[str] = frozenset()
    pairs: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    states: frozenset[str] = frozenset()
    meaning_changed: bool = False

    def passes(self, row: Row) -> bool:
        """Say whether a row is shown."""
        if row.state not in (self.states or TO_SETTLE):
            return False
        if self.codes and self.codes.isdisjoint(row.code_ids):
            return False
        if self.documents and row.document_id not in self.documents:
            return False
        if self.kinds and row.kind not in self.kinds:
            return False
        if self.pairs and self.pairs.isdisjoint(pairs_of(row.coders)):
            return False
        return row.meaning_changed or not self.meaning_changed


@dataclass(frozen=True, slots=True)
class Queue:
    """Everything that the queue is made from; ``own`` where you are beside the consensus."""

    round_id: str
    rows: tuple[Row, ...] = ()
    coders: tuple[CoderInfo, ...] = ()
    documents: Mapping[str, DocumentInfo] = field(default_factory=dict)
    codebook: Codebook | None = None
    own: bool = False

    @property
    def settled(self) -> int:
        """Return how many differences are settled."""
        return sum(row.state == SETTLED for row in self.rows if row.counts)

    @property
    def total(self) -> int:
        """Return how many differences there are."""
        return sum(row.counts for row in self.rows)

    @property
    def agreed(self) -> tuple[QueueEntry, ...]:
        """Return the passages on which all agree and that are not accepted yet."""
        return tuple(r.entry for r in self.rows if r.entry is not None and r.state == AGREED)

    def row(self, key: str) -> Row | None:
        """Return a row by its key."""
        return next((row for row in self.rows if row.key == key), None)

    def with_document(self, document_id: str, fresh: Sequence[Row]) -> "Queue":
        """Return the queue with the rows of one document replaced, each in its old place.

        What independent coders submitted is frozen, so the effect of an item on agreement stays.
        """
        gains = {row.key: row.gain for row in self.rows}
        by_key = {row.key: replace(row, gain=gains.get(row.key, row.gain)) for row in fresh}
        rows = [
            by_key.pop(row.key) if row.key in by_key else row
            for row in self.rows
            if row.entry is None or row.document_id != document_id or row.key in by_key
        ]
        rows += by_key.values()
        rows.sort(key=lambda row: -row.gain)
        return replace(self, rows=tuple(rows))

    def with_attributes(self, fresh: Sequence[Row]) -> "Queue":
        """Return the queue with the rows of attributes replaced."""
        kept = [row for row in self.rows if row.attribute is None]
        return replace(self, rows=(*kept, *fresh))

    def with_state(self, keys: Collection[str], state: str) -> "Queue":
        """Return the queue with some rows in another state, until they are read anew."""
        rows = [replace(row, state=state) if row.key in keys else row for row in self.rows]
        return replace(self, rows=tuple(rows))

    def precedents(self, row: Row) -> tuple[Row, ...]:
        """Return rows that were decided on the same codes, the newest decision first."""
        found = [
            other
            for other in self.rows
            if other.entry is not None
            and other.entry.decision is not None
            and other.key != row.key
            and other.counts
            and not set(other.code_ids).isdisjoint(row.code_ids)
        ]
        return tuple(sorted(found, key=_decided_at, reverse=True))


def pairs_of(coders: Sequence[str]) -> set[str]:
    """Return the pairs of coders as keys."""
    return {" ".join((one, other)) for n, one in enumerate(coders) for other in coders[n + 1 :]}


def load_queue(project: Project, round_id: str, *, own: bool = False) -> Queue:
    """Read the queue of a round; with ``own`` your codings beside the consensus. May block."""
    maker = _Maker(project)
    if own:
        comparison = compare_with_consensus(project, round_id, project.actor_id or "")
        entries: Iterable[QueueEntry] = comparison.entries
        rows = maker.rows(entries)
    else:
        entries = list_queue(project, round_id)
        rows = [*maker.rows(entries), *map(maker.of_attribute, list_attribute_differences(project))]
    rows.sort(key=lambda row: -row.gain)
    return Queue(round_id, tuple(rows), maker.coders, maker.documents, maker.codebook, own)


def read_rows(project: Project, round_id: str, document_id: str) -> tuple[Row, ...]:
    """Return the rows of one document, read anew; may block."""
    return tuple(_Maker(project).rows(list_queue(project, round_id, document_id=document_id)))


def read_attributes(project: Project) -> tuple[Row, ...]:
    """Return the rows of attributes, read anew; may block."""
    return tuple(map(_Maker(project).of_attribute, list_attribute_differences(project)))


class _Maker:
    """Makes rows; reads names once."""

    def __init__(self, project: Project) -> None:
        self.coders = list_coders(project)
        self.documents = {document.id: document for document in list_documents(project)}
        self.codebook = load_codebook(project)
        self._order = {coder.id: number for number, coder in enumerate(self.coders)}
        self._meaning: dict[str, str] = {}
        for revision in changed_since(project, ""):
            if revision.changes_meaning:
                self._meaning.setdefault(revision.code_id, revision.at)

    def rows(self, entries: Iterable[QueueEntry]) -> list[Row]:
        return [self._of_entry(entry) for entry in entries]

    def _of_entry(self, entry: QueueEntry) -> Row:
        document = self.documents.get(entry.document_id)
        where = (document.study_label or document.file_name) if document is not None else ""
        if entry.item is None:
            key = f"gone {entry.decision.id if entry.decision is not None else ''}"
            return Row(
                key, "Codings taken away", "context", where, GONE, KIND_WORDS[GONE], entry.state,
                0.0, entry.document_id, entry=entry,
            )  # fmt: skip
        item = entry.item
        coders = tuple(sorted({*item.coders, *item.missing}, key=lambda c: self._order.get(c, 99)))
        made = min(ids.made_at(piece.id) or "9" for piece in item.pieces)
        return Row(
            key=" ".join(sorted(item.ids)),
            title=_title([self.name_of(code) for code in item.codes]),
            tint=self.tint_of(item.codes[0]),
            where=where,
            kind=item.kind,
            kind_words=kind_words(entry, coders),
            state=entry.state,
            gain=item.gain,
            document_id=entry.document_id,
            code_ids=item.codes,
            coders=coders,
            meaning_changed=any(self._meaning.get(code, "") > made for code in item.codes),
            entry=entry,
        )

    def of_attribute(self, difference: AttributeDifference) -> Row:
        document = next((v.document_id for v in difference.values if v.document_id), "")
        kind = IDENTICAL if difference.state == AGREED else ATTRIBUTE
        return Row(
            key=f"attribute {difference.study_id} {difference.attribute_id}",
            title=difference.attribute,
            tint="context",
            where=difference.study,
            kind=kind,
            kind_words=KIND_WORDS[kind],
            state=difference.state,
            gain=0.0,
            document_id=document,
            coders=tuple(value.coder_id for value in difference.values),
            attribute=difference,
        )

    def name_of(self, code_id: str) -> str:
        try:
            return self.codebook.code(code_id).name
        except KeyError:
            return "Unknown code"

    def tint_of(self, code_id: str) -> str:
        try:
            code = self.codebook.code(code_id)
            return code.colour or self.codebook.cluster(code.cluster_id).number or "context"
        except KeyError:
            return "context"


def kind_words(entry: QueueEntry, coders: Sequence[str]) -> str:
    """Return the kind of a difference in words, such as "Only A" or "Other stage"."""
    item = entry.item
    if item is None:
        return KIND_WORDS[GONE]
    if item.kind == ONE_SIDED:
        return f"Only {', '.join(signs_of(item.coders, coders))}"
    if item.kind == FACETS:
        return f"Other {' and '.join(item.differs_in)}"
    return KIND_WORDS.get(item.kind, item.kind)


def signs(number: int) -> tuple[str, ...]:
    """Return the letters of so many coders; they are the keys that take what one of them said."""
    return ("A", "B") if number <= 2 else tuple(str(n + 1) for n in range(number))


def signs_of(some: Collection[str], coders: Sequence[str]) -> list[str]:
    """Return the letters of some coders among those who were compared."""
    marks = signs(len(coders))
    return [marks[n] for n, coder in enumerate(coders) if coder in some]


def _title(names: Sequence[str]) -> str:
    return " / ".join(names)


def _decided_at(row: Row) -> str:
    decision = row.entry.decision if row.entry is not None else None
    return decision.at if decision is not None else ""
