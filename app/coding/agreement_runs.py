"""Runs of agreement that are kept: with which settings, on which input, and what came out."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import select

from app import __version__
from app.analysis.agreement.report import Report, Settings
from app.analysis.agreement.scores import Scores
from app.coding.agreement import Agreement, Question, agreement
from app.coding.people import acting_coder
from app.errors import UserError
from app.models import Project, ids
from app.models.project import now
from app.models.team import AgreementRun

NUMBERS = ("u_alpha", "low", "high", "presence_kappa", "segment_f1", "both", "only")
"""What is kept of each row."""
_SETS = ("coder_ids", "code_ids", "document_ids")


@dataclass(frozen=True, slots=True)
class RunInfo:
    """A run as it was kept; ``codes`` maps code ids to their numbers, by the names in NUMBERS."""

    id: str
    name: str
    coder_id: str
    at: str
    question: Question
    settings: Settings
    input_hash: str
    version: str
    overall: Mapping[str, Any]
    codes: Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class ChangedNumber:
    """|u-alpha of one code, or of all pooled, then and now; ``None`` is not estimable."""

    code_id: str
    name: str
    before: float | None
    now: float | None


@dataclass(frozen=True, slots=True)
class RunComparison:
    """What differs between a kept run and a report made now; ``codes`` holds only differences."""

    same_input: bool
    same_settings: bool
    same_version: bool
    overall: ChangedNumber
    codes: tuple[ChangedNumber, ...]

    def sentence(self) -> str:
        """Return what changed in one sentence."""
        settings = "same settings" if self.same_settings else "other settings"
        if self.same_input:
            return f"The same codings, {settings}: the numbers are {self._told()}."
        return f"Other codings, {settings}: the numbers are {self._told()}."

    def _told(self) -> str:
        if not self.codes and self.overall.before == self.overall.now:
            return "the same"
        number = len(self.codes)
        return f"others for {number} {'code' if number == 1 else 'codes'}"


def keep_run(
    project: Project, name: str, done: Agreement, question: Question, *, coder_id: str = ""
) -> str:
    """Keep a report with all it depends on; return the id of the run.

    ``coder_id`` is who keeps it, by default you.

    Raises:
        UserError: the name is empty or taken, or nobody has said who they are.
    """
    words = _free_name(project, name)
    run_id, report = ids.new_id(), done.report
    with project.change("Keep an agreement run") as session:
        session.add(
            AgreementRun(
                id=run_id,
                name=words,
                coder_id=coder_id or acting_coder(project),
                at=now(),
                settings={"question": _plain(question), "settings": asdict(report.settings)},
                input_hash=report.layers.fingerprint(),
                version=__version__,
                results=_results(report),
            )
        )
    return run_id


def list_runs(project: Project) -> tuple[RunInfo, ...]:
    """Return the runs that were kept, newest first."""
    with project.read() as session:
        rows = session.scalars(select(AgreementRun).order_by(AgreementRun.at.desc())).all()
        return tuple(map(_info, rows))


def find_run(project: Project, id_or_name: str) -> RunInfo:
    """Return the run with this id or name (case does not matter).

    Raises:
        UserError: there is none.
    """
    runs = list_runs(project)
    for run in runs:
        if id_or_name == run.id or id_or_name.strip().casefold() == run.name.casefold():
            return run
    kept = ", ".join(run.name for run in runs) or "none yet"
    raise UserError(f"There is no kept run {id_or_name}.", f"Kept runs: {kept}.")


def repeat_run(project: Project, run: RunInfo) -> Agreement:
    """Compute again what was asked then, with the same settings and seed, on the codings of now."""
    return agreement(project, run.question, run.settings)


def compare_run(run: RunInfo, done: Agreement, question: Question | None = None) -> RunComparison:
    """Return what differs between a run and a report; ``question`` is what the report answers."""
    now_, names = _results(done.report), {row.id: row.name for row in done.report.codes}
    names |= {key: str(row.get("name", "")) for key, row in run.codes.items()}
    changed = tuple(
        ChangedNumber(code, names[code], before, after)
        for code in dict.fromkeys((*now_["codes"], *run.codes))
        if (before := run.codes.get(code, {}).get("u_alpha"))
        != (after := now_["codes"].get(code, {}).get("u_alpha"))
    )
    pooled = ChangedNumber("", "All codes", run.overall.get("u_alpha"), now_["overall"]["u_alpha"])
    return RunComparison(
        same_input=run.input_hash == done.report.layers.fingerprint(),
        same_settings=run.settings == done.report.settings
        and (question is None or question == run.question),
        same_version=run.version == __version__,
        overall=pooled,
        codes=changed,
    )


def rename_run(project: Project, run_id: str, name: str) -> None:
    """Give a run another name.

    Raises:
        UserError: the name is empty or taken.
    """
    words = _free_name(project, name, but=run_id)
    with project.change("Rename an agreement run") as session:
        session.get_one(AgreementRun, run_id).name = words


def remove_run(project: Project, run_id: str) -> None:
    """Take a kept run away; undo brings it back."""
    with project.change("Remove an agreement run") as session:
        session.delete(session.get_one(AgreementRun, run_id))


def _free_name(project: Project, name: str, but: str = "") -> str:
    words = " ".join(name.split())
    if not words:
        raise UserError("A run needs a name.", "Say what it is kept for, such as “Calibration”.")
    if any(r.name.casefold() == words.casefold() and r.id != but for r in list_runs(project)):
        raise UserError(f"There is a kept run {words} already.", "Choose another name.")
    return words


def _plain(question: Question) -> dict[str, Any]:
    values = asdict(question)
    return values | {key: sorted(values[key]) for key in _SETS if values[key] is not None}


def _info(row: AgreementRun) -> RunInfo:
    asked = dict(row.settings.get("question", {}))
    asked |= {key: frozenset(asked[key]) for key in _SETS if asked.get(key) is not None}
    return RunInfo(
        id=row.id,
        name=row.name,
        coder_id=row.coder_id,
        at=row.at,
        question=Question(**asked),
        settings=Settings(**row.settings.get("settings", {})),
        input_hash=row.input_hash,
        version=row.version,
        overall=row.results.get("overall", {}),
        codes=row.results.get("codes", {}),
    )


def _results(report: Report) -> dict[str, Any]:
    used = [row for row in report.codes if row.n_units or row.n_areas]
    return {
        "overall": _numbers(report.overall),
        "codes": {row.id: {"name": row.name, **_numbers(row)} for row in used},
    }


def _numbers(row: Scores) -> dict[str, Any]:
    interval = row.interval
    found = (
        row.text.u_alpha_binary,
        interval.low if interval else None,
        interval.high if interval else None,
        row.presence.kappa,
        row.segments.f1,
        row.text.both,
        dict(row.text.only),
    )
    return dict(zip(NUMBERS, found, strict=True))
