"""Hand-out, submission, hand-in: how a team works apart and puts its work together."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Connection

from app.coding.coder_joins import JoinOffer
from app.coding.handin_facts import SHOWN, HandinFacts, TrueConflict, conflict_sides, look_at
from app.coding.indexing import index_missing
from app.coding.people import find_coder, find_round, list_coders, list_rounds
from app.coding.row_words import RowReader, RowWords
from app.errors import UserError
from app.models import Project, backup
from app.models.copies import CopyReport, write_handout, write_submission
from app.models.merge import Conflict, MergeReport, conflicts_in, merge_file, settle_conflict
from app.models.receipts import Dependents, ReceiptInfo, find_dependents, list_receipts

__all__ = [
    "Conflict",
    "CopyReport",
    "HandinReport",
    "dependents_in_words",
    "find_receipt",
    "hand_in",
    "hand_out",
    "list_conflict_sides",
    "list_conflicts",
    "settle_conflict",
    "submit",
]

NOUNS = {
    "coding": ("coding", "codings"),
    "memo": ("memo", "memos"),
    "layer": ("layer", "layers"),
    "code": ("code", "codes"),
    "document": ("document", "documents"),
    "study": ("study", "studies"),
    "report": ("report", "reports"),
    "coder": ("coder", "coders"),
    "round": ("round", "rounds"),
    "facet_value": ("facet value", "facet values"),
    "category": ("category", "categories"),
    "cluster": ("cluster", "clusters"),
}
_QUIET = ("layer", "device")


@dataclass(frozen=True, slots=True)
class HandinReport:
    """What taking in one file did, or would do; counts are by table."""

    file: str
    coder: str
    added: dict[str, int]
    changed: dict[str, int]
    withdrawn: dict[str, int]
    conflicts: tuple[Conflict, ...]
    new_codes: tuple[str, ...]
    differing_texts: int
    facts: HandinFacts = field(default_factory=HandinFacts)
    coder_id: str = ""
    kind: str = ""
    again: bool = False

    @property
    def is_empty(self) -> bool:
        """Say whether it brings nothing new."""
        return not (self.added or self.changed or self.withdrawn or self.conflicts)

    def offer_words(self, offer: JoinOffer) -> str:
        """Return what is said about two ids that look like one person."""
        if offer.name == offer.into_name:
            return f"{offer.name} is here under two ids."
        return f"{offer.name} and {offer.into_name} may be one person under two ids."

    def warnings(self) -> tuple[tuple[str, str], ...]:
        """Return what should be known before it is taken in: a sentence, and what can be done."""
        facts, who, told = self.facts, self.coder or "This person", []
        if self.is_empty:
            told.append(("This file brings nothing new.", "It was taken in before."))
        if self.again:
            told.append(("This file was taken back before.", "Taken in again, it counts again."))
        forked = sum(one.one_person for one in facts.conflicts)
        if forked:
            what = "1 thing" if forked == 1 else f"{forked} things"
            told.append((
                f"{who} changed {what} differently in two copies.",
                "Choose below which one is meant; both stay in the log.",
            ))  # fmt: skip
        for offer in facts.joins:
            told.append((
                self.offer_words(offer),
                "If they are one person, join them; this can be parted again.",
            ))  # fmt: skip
        for name in facts.kept:
            told.append((
                f"{name} was removed here, but this file has codings in it.",
                "It is kept as long as they are; take them out again to be rid of it.",
            ))  # fmt: skip
        for name, number in facts.retired:
            codings = "1 coding uses" if number == 1 else f"{number} codings use"
            told.append((
                f"{codings} “{name}”, which was retired here.",
                "They are kept and do not count until the code is in use again.",
            ))  # fmt: skip
        for text in facts.texts:
            way = "Add the PDF." if text.no_text else "Each passage was looked for by its words."
            told.append((f"{text.sentence()}.", way))
        return tuple(told)

    def sentence(self) -> str:
        """Return it in words: "adds 412 codings, withdraws 3 codings"."""
        proposes = bool(self.new_codes) and self.kind != "handout"
        added = {k: n for k, n in self.added.items() if not (proposes and k == "code")}
        parts = [
            f"{verb} {_counted(numbers)}"
            for verb, numbers in (
                ("adds", added),
                ("changes", self.changed),
                ("withdraws", self.withdrawn),
            )
            if _counted(numbers)
        ]
        if self.conflicts:
            parts.append(f"{len(self.conflicts)} to be settled: two people changed the same thing")
        if proposes:
            number = len(self.new_codes)
            parts.append(f"{number} new {'code' if number == 1 else 'codes'} proposed")
        if self.differing_texts:
            one = self.differing_texts == 1
            parts.append(
                f"{self.differing_texts} document {'text differs' if one else 'texts differ'}"
            )
        return "; ".join(parts) or "brings nothing new"


def hand_out(
    project: Project, coder: str, out: Path, *, round_: str | None = None, with_pdfs: bool = True
) -> CopyReport:
    """Write a blind copy of the project for one coder (an id or a name).

    Raises:
        UserError: no such coder or round, or the file cannot be written.
    """
    chosen = [find_round(project, round_).id] if round_ else [r.id for r in list_rounds(project)]
    return write_handout(project, find_coder(project, coder).id, chosen, out, with_pdfs=with_pdfs)


def submit(project: Project, out: Path, *, round_: str | None = None) -> CopyReport:
    """Write what this coder sends back: own rows, no PDFs.

    Raises:
        UserError: nobody has said who they are, or the file cannot be written.
    """
    if project.actor_id is None:
        raise UserError(
            "Cofactor does not know whose work to send.",
            "Open the hand-out you were given, or choose your name first.",
        )
    round_id = find_round(project, round_).id if round_ else None
    return write_submission(project, project.actor_id, out, round_id=round_id)


def hand_in(
    project: Project, files: Sequence[Path], *, dry_run: bool = False
) -> tuple[HandinReport, ...]:
    """Take in what coders sent back; with ``dry_run`` only say what it would do.

    Raises:
        UserError: a file is damaged, newer, of another project ... Earlier ones stay taken in.
    """
    if not dry_run and files:
        backup.take(project.path, whole=False)
    reports = tuple(_taken_in(project, path, dry_run) for path in files)
    if not dry_run:
        index_missing(project)
    return reports


def list_conflicts(project: Project) -> tuple[Conflict, ...]:
    """Return the rows that two people changed in different ways and nobody has settled."""
    with project.read() as session:
        return conflicts_in(session.connection())


def dependents_in_words(
    project: Project, receipt_id: str
) -> tuple[Dependents, tuple[RowWords, ...]]:
    """Return what was built on a file since, and the first of it in words."""
    found = find_dependents(project, receipt_id)
    keys = [*found.changed_again, *(("decision", i) for i in found.decision_ids)]
    with project.read() as session:
        return found, RowReader(session).read(keys[:SHOWN])


def find_receipt(project: Project, id_or_name: str) -> ReceiptInfo:
    """Return the file taken in with this id or name; of several of one name the newest.

    Raises:
        UserError: there is none.
    """
    receipts = list_receipts(project)
    found = [r for r in receipts if id_or_name in (r.id, r.source_name)]
    counting = [r for r in found if not r.withdrawn] or found
    if counting:
        return counting[0]
    names = ", ".join(dict.fromkeys(r.source_name for r in receipts)) or "none yet"
    raise UserError(f"No file {id_or_name} was taken in.", f"Files taken in: {names}.")


def list_conflict_sides(project: Project) -> tuple[TrueConflict, ...]:
    """Return what nobody has settled, with who left which version when."""
    with project.read() as session:
        return conflict_sides(session, conflicts_in(session.connection()))


def _taken_in(project: Project, path: Path, dry_run: bool) -> HandinReport:
    found: list[HandinFacts] = []

    def inspect(connection: Connection, report: MergeReport) -> None:
        found.append(look_at(connection, report))

    report = merge_file(project, path, dry_run=dry_run, inspect=inspect)
    return _told(project, report, found[0])


def _told(project: Project, report: MergeReport, facts: HandinFacts) -> HandinReport:
    coders = {coder.id: coder.name for coder in list_coders(project)}
    return HandinReport(
        file=report.source,
        coder=coders.get(report.coder_id or "", ""),
        added=dict(report.added),
        changed=dict(report.changed),
        withdrawn=dict(report.withdrawn),
        conflicts=report.conflicts,
        new_codes=tuple(code.title for code in facts.codes),
        differing_texts=max(
            len(facts.texts), report.new_texts if not report.added.get("document") else 0
        ),
        facts=facts,
        coder_id=report.coder_id or "",
        kind=report.kind,
        again=report.again,
    )


def _counted(numbers: dict[str, int]) -> str:
    told = Counter({kind: n for kind, n in numbers.items() if kind not in _QUIET})
    return ", ".join(
        f"{n} {NOUNS.get(kind, (kind, f'{kind}s'))[n != 1]}" for kind, n in told.most_common()
    )
