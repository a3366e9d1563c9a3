"""How a team works: roster, decisions, codebook issues, answers to proposals, agreement runs."""

from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Logged, reference


class Assignment(Logged):
    """One document is to be coded by one coder in one round; id agreed from the three."""

    __tablename__ = "assignment"

    round_id: Mapped[str] = mapped_column(reference("round.id"), index=True)
    document_id: Mapped[str] = mapped_column(reference("document.id"), index=True)
    coder_id: Mapped[str] = mapped_column(reference("coder.id"), index=True)


class CoderJoin(Logged):
    """Two coders who are one person: what ``coder_id`` did counts as done by ``into_id``."""

    __tablename__ = "coder_join"

    coder_id: Mapped[str] = mapped_column(reference("coder.id"), index=True)
    into_id: Mapped[str] = mapped_column(reference("coder.id"), index=True)


class Decision(Logged):
    """How one disagreement was settled, append-only; a later one names what it supersedes.

    ``inputs`` maps the ids of the codings (or attribute values) that were compared to the revision
    in which they were seen; ``results`` are the codings written to the consensus layer. ``batch``
    is the same for decisions made together.
    """

    __tablename__ = "decision"

    round_id: Mapped[str] = mapped_column(reference("round.id"), index=True)
    document_id: Mapped[str] = mapped_column(default="", index=True)
    study_id: Mapped[str] = mapped_column(default="")
    coder_id: Mapped[str] = mapped_column(reference("coder.id"), index=True)
    kind: Mapped[str]
    action: Mapped[str]
    inputs: Mapped[dict[str, str]]
    results: Mapped[list[str]] = mapped_column(default=list)
    reason: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    supersedes: Mapped[str] = mapped_column(default="")
    batch: Mapped[str] = mapped_column(default="")
    at: Mapped[str]


class CodebookIssue(Logged):
    """Something in the codebook that a disagreement showed to be unclear.

    ``state`` is ``open`` or ``closed``; ``recheck_id`` is the list to look at again that closed it.
    """

    __tablename__ = "codebook_issue"

    code_id: Mapped[str] = mapped_column(reference("code.id"), index=True)
    coder_id: Mapped[str] = mapped_column(reference("coder.id"), index=True)
    title: Mapped[str]
    note: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(default="open")
    decision_ids: Mapped[list[str]] = mapped_column(default=list)
    coding_ids: Mapped[list[str]] = mapped_column(default=list)
    recheck_id: Mapped[str] = mapped_column(default="")
    at: Mapped[str]


class ProposalAnswer(Logged):
    """The lead's answer to a code that a coder made or changed in a hand-out.

    ``revision_id`` is the coder's revision; ``answer`` is ``accepted``, ``joined`` or ``refused``.
    """

    __tablename__ = "proposal_answer"

    code_id: Mapped[str] = mapped_column(index=True)
    revision_id: Mapped[str]
    coder_id: Mapped[str] = mapped_column(reference("coder.id"), index=True)
    answer: Mapped[str]
    into_code_id: Mapped[str] = mapped_column(default="")


class AgreementRun(Logged):
    """Agreement as it was computed once: settings, what went in (a hash), and the numbers."""

    __tablename__ = "agreement_run"

    name: Mapped[str]
    coder_id: Mapped[str] = mapped_column(reference("coder.id"), index=True)
    at: Mapped[str]
    settings: Mapped[dict[str, Any]]
    input_hash: Mapped[str]
    version: Mapped[str]
    results: Mapped[dict[str, Any]]


class Rating(Logged):
    """How strongly a factor worked in a study, by one rater.

    ``state`` is ``rated`` (then ``value`` is a whole number of the scale), ``mixed`` or
    ``missing``; ``coding_ids`` are the passages it rests on.
    """

    __tablename__ = "rating"

    study_id: Mapped[str] = mapped_column(reference("study.id"), index=True)
    code_id: Mapped[str] = mapped_column(reference("code.id"), index=True)
    coder_id: Mapped[str] = mapped_column(reference("coder.id"), index=True)
    state: Mapped[str]
    value: Mapped[int] = mapped_column(default=0)
    note: Mapped[str] = mapped_column(default="")
    coding_ids: Mapped[list[str]] = mapped_column(default=list)
