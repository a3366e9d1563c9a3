"""Attribute values that coders extracted twice: what differs, and settling it by a decision.

A decision is kept as those about codings are: it names the values it was about with the revision
in which they were seen, so that it comes back when one of them changes.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.coding.attribute_values import ValueInfo, list_values, write_settled
from app.coding.disagreements import (
    AGREED,
    OPEN,
    SETTLED,
    STALE,
    WAITING,
    DecisionInfo,
    info_of_decision,
)
from app.coding.people import acting_coder, newest_round
from app.models import Project, ids
from app.models.attributes import Attribute
from app.models.evidence import Study
from app.models.log import Head
from app.models.people import Coder
from app.models.project import now
from app.models.recorder import in_chunks
from app.models.team import Decision

ATTRIBUTE = "attribute"
TAKE, OTHER_VALUE, DEFER, ASK = "take", "other_value", "defer", "ask"
LABELS = {DEFER: "Put an attribute off", ASK: "Ask about an attribute"}


@dataclass(frozen=True, slots=True)
class AttributeDifference:
    """What coders say of one attribute of one study, in the order of the coders."""

    study_id: str
    study: str
    attribute_id: str
    attribute: str
    values: tuple[ValueInfo, ...]
    settled: ValueInfo | None
    state: str
    decision: DecisionInfo | None
    inputs: Mapping[str, str]

    @property
    def needs_someone(self) -> bool:
        """Say whether it is still to be settled."""
        return self.state not in (SETTLED, AGREED)


def list_attribute_differences(project: Project) -> tuple[AttributeDifference, ...]:
    """Return the cells of the table of studies in which two coders or more gave a value."""
    found: dict[tuple[str, str], list[ValueInfo]] = {}
    for value in list_values(project):
        found.setdefault((value.study_id, value.attribute_id), []).append(value)
    with project.read() as session:
        coders = session.execute(select(Coder.id, Coder.role).order_by(Coder.position, Coder.id))
        order = {coder: n for n, (coder, role) in enumerate(coders) if role != "consensus"}
        studies = dict(session.execute(select(Study.id, Study.label)).all())
        rows = session.execute(select(Attribute.id, Attribute.name).order_by(Attribute.position))
        names = dict(rows.all())
        decisions = _decisions(session)
        revisions = _revisions(session, [v.id for values in found.values() for v in values])
    made = []
    for (study, attribute), values in found.items():
        own = sorted((v for v in values if v.coder_id in order), key=lambda v: order[v.coder_id])
        if len(own) < 2 or attribute not in names or study not in studies:
            continue
        settled = next((v for v in values if v.coder_id not in order), None)
        inputs = {value.id: revisions.get(value.id, "") for value in own}
        decision = decisions.get((study, attribute))
        made.append(
            AttributeDifference(
                study, studies[study], attribute, names[attribute], tuple(own), settled,
                _state(own, settled, decision, inputs), decision, inputs,
            )
        )  # fmt: skip
    places = {key: number for number, key in enumerate(names)}
    return tuple(sorted(made, key=lambda d: (d.study.casefold(), places[d.attribute_id])))


def settle_difference(
    project: Project,
    difference: AttributeDifference,
    action: str,
    values: Sequence[str] = (),
    *,
    from_value_id: str = "",
    reason: str = "",
    note: str = "",
) -> str:
    """Settle an attribute (take, other_value), put it off or ask; return the decision's id.

    Raises:
        UserError: the value does not fit the attribute, or nobody has said who they are.
    """
    actor = acting_coder(project)
    label = LABELS.get(action, f"Settle {difference.attribute}, {difference.study}")
    with project.change(label) as session:
        results = []
        if action not in LABELS:
            settled = write_settled(
                session, project, difference.study_id, difference.attribute_id, values,
                from_value_id=from_value_id, reason=reason,
            )  # fmt: skip
            results.append(settled)
        earlier = difference.decision
        decision = Decision(
            id=ids.new_id(),
            round_id=newest_round(session),
            study_id=difference.study_id,
            coder_id=actor,
            kind=f"{ATTRIBUTE}:{difference.attribute_id}",
            action=action,
            inputs=dict(difference.inputs),
            results=results,
            reason=reason.strip(),
            note=note.strip(),
            supersedes=earlier.id if earlier is not None else "",
            at=now(),
        )
        session.add(decision)
        return decision.id


def _state(
    values: Sequence[ValueInfo],
    settled: ValueInfo | None,
    decision: DecisionInfo | None,
    inputs: Mapping[str, str],
) -> str:
    if decision is not None:
        if dict(decision.inputs) != inputs:
            return STALE
        if decision.action in WAITING:
            return WAITING[decision.action]
    if settled is not None:
        return SETTLED
    return AGREED if all(value.same_as(values[0]) for value in values) else OPEN


def _decisions(session: Session) -> dict[tuple[str, str], DecisionInfo]:
    """Return the decisions that no later one supersedes, by study and attribute."""
    rows = session.scalars(
        select(Decision).where(Decision.kind.startswith(f"{ATTRIBUTE}:")).order_by(Decision.at)
    ).all()
    superseded = {row.supersedes for row in rows}
    return {
        (row.study_id, row.kind.partition(":")[2]): info_of_decision(row)
        for row in rows
        if row.id not in superseded
    }


def _revisions(session: Session, value_ids: Iterable[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for chunk in in_chunks(value_ids):
        rows = session.execute(
            select(Head.row_id, Head.revision_id)
            .where(Head.kind == "attribute_value", Head.row_id.in_(chunk))
            .order_by(Head.revision_id)
        )
        found |= {row[0]: row[1] for row in rows}
    return found
