"""Hand-out, submission, hand-in: how a team works apart and puts its work together."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.coding.codebooks import load_codebook
from app.coding.indexing import index_missing
from app.coding.people import find_coder, find_round, list_coders, list_rounds
from app.errors import UserError
from app.models import Project
from app.models.copies import CopyReport, write_handout, write_submission
from app.models.merge import Conflict, MergeReport, conflicts_in, merge_file, settle_conflict

__all__ = [
    "Conflict",
    "CopyReport",
    "HandinReport",
    "hand_in",
    "hand_out",
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

    def sentence(self) -> str:
        """Return it in words: "adds 412 codings, withdraws 3 codings"."""
        parts = [
            f"{verb} {_counted(numbers)}"
            for verb, numbers in (
                ("adds", self.added),
                ("changes", self.changed),
                ("withdraws", self.withdrawn),
            )
            if _counted(numbers)
        ]
        if self.conflicts:
            parts.append(f"{len(self.conflicts)} to be settled: two people changed the same thing")
        if self.differing_texts:
            parts.append(f"{self.differing_texts} document texts differ")
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
    reports = tuple(_told(project, merge_file(project, path, dry_run=dry_run)) for path in files)
    if not dry_run:
        index_missing(project)
    return reports


def list_conflicts(project: Project) -> tuple[Conflict, ...]:
    """Return the rows that two people changed in different ways and nobody has settled."""
    with project.read() as session:
        return conflicts_in(session.connection())


def _told(project: Project, report: MergeReport) -> HandinReport:
    names = {code.id: code.name for code in load_codebook(project).codes}
    coders = {coder.id: coder.name for coder in list_coders(project)}
    return HandinReport(
        file=report.source,
        coder=coders.get(report.coder_id or "", ""),
        added=dict(report.added),
        changed=dict(report.changed),
        withdrawn=dict(report.withdrawn),
        conflicts=report.conflicts,
        new_codes=tuple(names.get(i, "a new code") for i in report.added_ids.get("code", ())),
        differing_texts=report.new_texts if not report.added.get("document") else 0,
    )


def _counted(numbers: dict[str, int]) -> str:
    told = Counter({kind: n for kind, n in numbers.items() if kind not in _QUIET})
    return ", ".join(
        f"{n} {NOUNS.get(kind, (kind, f'{kind}s'))[n != 1]}" for kind, n in told.most_common()
    )
