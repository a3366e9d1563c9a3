"""The command ``agreement``: a project, a table of passages, or a table of ratings."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.cli.shared import AsJson, RoundName, app, counted, note, open_project, print_json

if TYPE_CHECKING:
    from app.analysis.agreement.report import Settings
    from app.coding.agreement import Agreement, Question
    from app.models import Project

NOT_ESTIMABLE = "–"


@app.command()
def agreement(
    project: Annotated[
        Path | None, typer.Argument(metavar="[PROJECT]", help="A .cofactor file.")
    ] = None,
    units: Annotated[
        Path | None,
        typer.Option(help="CSV of passages: document,length,coder,code,start,end."),
    ] = None,
    ratings: Annotated[Path | None, typer.Option(help="CSV of ratings: item,coder,value.")] = None,
    level: Annotated[
        str | None, typer.Option(help="Of --ratings: nominal, ordinal, interval or ratio.")
    ] = None,
    round_: RoundName = None,
    coder: Annotated[
        list[str] | None, typer.Option(help="Only these coders; may be given several times.")
    ] = None,
    code: Annotated[
        list[str] | None, typer.Option(help="Only these codes; may be given several times.")
    ] = None,
    finished_only: Annotated[
        bool, typer.Option("--finished-only", help="Only submitted work.")
    ] = False,
    newest: Annotated[
        bool, typer.Option("--newest", help="Each coder's newest work, whatever the round.")
    ] = False,
    overlap: Annotated[
        float, typer.Option(min=0.01, max=1.0, help="Share that matched passages have in common.")
    ] = 0.5,
    of_union: Annotated[
        bool, typer.Option("--of-union", help="That share of their union, not of the longer one.")
    ] = False,
    seed: Annotated[int | None, typer.Option(min=0, help="Seed of the bootstrap.")] = None,
    replicates: Annotated[int, typer.Option(min=100, max=100_000)] = 1_000,
    consensus: Annotated[
        bool, typer.Option("--consensus", help="Also each coder beside the consensus.")
    ] = False,
    keep: Annotated[
        str | None, typer.Option(metavar="NAME", help="Keep this run in the project.")
    ] = None,
    repeat: Annotated[
        str | None, typer.Option(metavar="NAME", help="Repeat a kept run and say what changed.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="Write it: .xlsx .csv .docx .html .json")
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Report how far coders agree, with units, statistics, intervals and reasons."""
    if sum(given is not None for given in (project, units, ratings)) != 1:
        note("Usage: main.py agreement PROJECT, or --units FILE.csv, or --ratings FILE.csv")
        return 2
    chosen = round_ or coder or code or finished_only or newest or consensus
    if project is None and (chosen or keep or repeat):
        note(
            "--round, --coder, --code, --finished-only, --newest, --consensus, --keep and "
            "--repeat belong to a project."
        )
        return 2
    if repeat is not None and chosen:
        note("--repeat takes whose work is compared, and how, from the kept run.")
        return 2
    if (ratings is None) != (level is None):
        note("--ratings and --level belong together.")
        return 2
    if ratings is not None and level is not None:
        return _ratings(ratings, level, as_json=as_json)
    settings = _settings(overlap, seed, replicates, of_union=of_union)
    if units is not None:
        return _units(units, settings, out, as_json=as_json)
    assert project is not None
    with open_project(project) as opened:
        if repeat is not None:
            return _repeat(opened, repeat, keep, out, as_json=as_json)
        question = _question(opened, round_, coder, code, finished=finished_only, newest=newest)
        question = replace(question, with_consensus=consensus)
        return _project(opened, question, settings, keep, out, as_json=as_json)


def _settings(overlap: float, seed: int | None, replicates: int, *, of_union: bool) -> "Settings":
    from app.analysis.agreement.bootstrap import SEED
    from app.analysis.agreement.report import Settings

    return Settings(
        threshold=overlap,
        measure="union" if of_union else "longer",
        replicates=replicates,
        seed=SEED if seed is None else seed,
    )


def _question(
    project: "Project",
    round_: str | None,
    coder: list[str] | None,
    code: list[str] | None,
    *,
    finished: bool,
    newest: bool,
) -> "Question":
    from app.coding.agreement import Question
    from app.coding.codebooks import find_code, load_codebook
    from app.coding.people import find_coder, find_round

    book = load_codebook(project) if code else None
    return Question(
        round_id=find_round(project, round_).id if round_ else None,
        coder_ids=frozenset({find_coder(project, name).id for name in coder}) if coder else None,
        code_ids=frozenset({find_code(book, name).id for name in code or ()}) if book else None,
        finished_only=finished,
        newest_only=newest,
    )


def _project(
    project: "Project",
    question: "Question",
    settings: "Settings",
    keep: str | None,
    out: Path | None,
    *,
    as_json: bool,
) -> int:
    from app.coding.agreement import agreement as compute

    return _hand_over(project, compute(project, question, settings), question, keep, out, as_json)


def _repeat(
    project: "Project", name: str, keep: str | None, out: Path | None, *, as_json: bool
) -> int:
    from app.coding.agreement_runs import compare_run, find_run, repeat_run

    run = find_run(project, name)
    done = repeat_run(project, run)
    compared = compare_run(run, done)
    note(f"{run.name} of {run.at[:10]} (Cofactor {run.version}). {compared.sentence()}")
    for change in compared.codes:
        note(f"  {change.name}: |u-alpha {_told(change.before)}, now {_told(change.now)}")
    return _hand_over(project, done, run.question, keep, out, as_json)


def _hand_over(
    project: "Project",
    done: "Agreement",
    question: "Question",
    keep: str | None,
    out: Path | None,
    as_json: bool,
) -> int:
    from app.coding.agreement_runs import keep_run
    from app.exchange.agreement_files import write_agreement
    from app.exchange.agreement_json import agreement_values

    if keep is not None:
        keep_run(project, keep, done, question, coder_id=_keeper(project))
        note(f"Kept as {keep}.")
    if out is not None:
        note(write_agreement(done, out))
    _tell(agreement_values(done), as_json=as_json)
    return 0


def _keeper(project: "Project") -> str:
    """Return who keeps a run: you, or who leads where nobody has said who they are."""
    from app.coding.people import list_coders

    coders = sorted(list_coders(project), key=lambda coder: coder.role != "lead")
    return project.actor_id or (coders[0].id if coders else "")


def _units(path: Path, settings: "Settings", out: Path | None, *, as_json: bool) -> int:
    from app.analysis.agreement.report import make_report
    from app.coding.agreement import Agreement
    from app.exchange.agreement_files import write_agreement
    from app.exchange.agreement_json import report_values
    from app.exchange.agreement_units import read_units

    report = make_report(read_units(path), settings)
    if out is not None:
        note(write_agreement(Agreement(report), out))
    _tell(report_values(report), as_json=as_json)
    return 0


def _ratings(path: Path, level: str, *, as_json: bool) -> int:
    from app.analysis.agreement.coefficients import LEVELS, rate
    from app.exchange.agreement_json import ratings_values
    from app.exchange.agreement_units import read_ratings

    known = next((one for one in LEVELS if one == level), None)
    if known is None:
        note(f"--level is one of {', '.join(LEVELS)}.")
        return 2
    items = read_ratings(path, known)
    values = ratings_values(rate(items, known), known)
    if as_json:
        print_json(values)
        return 0
    print(f"{counted(values['n_items'], 'item')}, {counted(values['n_coders'], 'coder')}, {known}")
    for name in ("percent", "alpha", "cohen_kappa", "scott_pi", "fleiss_kappa", "gwet_ac1", "s"):
        reason = values["why_null"].get(name, "")
        print(f"  {name:<14}{_told(values[name])}{f'  not estimable: {reason}' if reason else ''}")
    return 0


def _tell(values: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        print_json(values)
        return
    scope = values["scope"]
    print(
        f"{counted(scope['documents'], 'document')}, {counted(scope['codes'], 'code')}, coders: "
        f"{', '.join(scope['coders']) or 'none'}. Unit: {scope['unit']}."
    )
    print(f"|u-alpha: {scope['statistics']['u_alpha']}; 95 % interval: documents are drawn.")
    print(
        f"{'code':<44}{'n':>6} {'both':>8} {'|u-alpha':>9} {'interval':>14} {'kappa':>6} {'F1':>6}"
    )
    for row in [*values["codes"], {"code": "All codes, pooled", **values["overall"]}]:
        if not row["n_units"] and not row["n_areas"]:
            continue
        alpha = row.get("pooled_u_alpha_binary", row["u_alpha_binary"])
        print(
            f"{row['code'][:43]:<44}{row['n_units']:>6} {row['both']:>8} {_told(alpha):>9} "
            f"{_range(row['interval']):>14} {_told(row['presence_kappa']):>6} "
            f"{_told(row['segment_f1']):>6}"
        )
    print("kappa: presence in documents; F1: passages matched; – means not estimable.")
    for warning in scope["warnings"]:
        note(warning)


def _told(value: float | None) -> str:
    return NOT_ESTIMABLE if value is None else f"{value:.3f}"


def _range(interval: list[float] | None) -> str:
    if interval is None:
        return NOT_ESTIMABLE
    low, high = (round(end, 2) + 0.0 for end in interval)  # no minus zero
    return f"{low:.2f} to {high:.2f}"
