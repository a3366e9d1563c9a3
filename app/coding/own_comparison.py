"""You against consensus: where your codings and those that the team settled on differ."""

from dataclasses import dataclass

from sqlalchemy import select

from app.analysis.disagreements import Piece, find_items
from app.coding.disagreements import (
    AGREED,
    OPEN,
    WAITING,
    QueueEntry,
    as_piece,
    current_decisions,
)
from app.coding.listing import list_codings
from app.models import Project
from app.models.people import Coder, Layer


@dataclass(frozen=True, slots=True)
class OwnComparison:
    """The items of your layers beside the consensus; ``same`` of ``all`` stand there as yours."""

    coder_id: str
    consensus_id: str
    entries: tuple[QueueEntry, ...]

    @property
    def same(self) -> int:
        """Return how many items are the same in both."""
        return sum(entry.state == AGREED for entry in self.entries)


def compare_with_consensus(project: Project, round_id: str, coder_id: str) -> OwnComparison:
    """Return how a coder's layers compare to the consensus, as far as this has been settled."""
    with project.read() as session:
        consensus = session.scalar(select(Coder.id).where(Coder.role == "consensus")) or ""
        layers = session.execute(
            select(Layer.document_id, Layer.coder_id).where(
                Layer.round_id == round_id, Layer.coder_id.in_((coder_id, consensus))
            )
        ).all()
    coders: dict[str, set[str]] = {}
    for document, coder in layers:
        coders.setdefault(document, set()).add(coder)
    decided = {
        coding
        for decision in current_decisions(project, round_id)
        if decision.action not in WAITING
        for coding in decision.inputs
    }
    both = {document for document, known in coders.items() if len(known) == 2}
    pieces: dict[str, list[Piece]] = {document: [] for document in sorted(both)}
    for coding in list_codings(project):
        if (
            coding.document_id in both
            and coding.round_id == round_id
            and coding.coder_id in (coder_id, consensus)
            and coding.anchor_state != "orphan"
        ):
            pieces[coding.document_id].append(as_piece(coding))
    entries = tuple(
        QueueEntry(document, round_id, item, AGREED if item.is_agreed else OPEN, None, {})
        for document, own in pieces.items()
        for item in find_items(own, (coder_id, consensus))
        if consensus in item.coders or not item.ids.isdisjoint(decided)
    )
    return OwnComparison(coder_id, consensus, entries)
