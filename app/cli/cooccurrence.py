"""The command ``cooccurrence``: which codes come together, how often, and whether by chance."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.cli.shared import AsJson, ProjectPath, app, note, open_project, print_json
from app.errors import UserError

if TYPE_CHECKING:
    from app.analysis.cooccurring.report import Settings, TieLine, TiesReport
    from app.analysis.cooccurring.rules import Counting
    from app.analysis.evidence import Evidence
    from app.models import Project

RuleName = Annotated[
    str,
    typer.Option(
        help="When codes come together: overlap, same, inclusion, characters:N, sentence, "
        "paragraph, page or study."
    ),
]
UnitName = Annotated[str, typer.Option(help="Count studies, reports or codings.")]
CodersName = Annotated[
    str, typer.Option(help="merged, or apart: only codings of one coder come together.")
]
NOTHING = "–"


@app.command()
def cooccurrence(
    project: ProjectPath,
    rule: RuleName = "overlap",
    unit: UnitName = "studies",
    coders: CodersName = "merged",
    coder: Annotated[str | None, typer.Option(help="Only this coder's codings.")] = None,
    minimum_studies: Annotated[
        int, typer.Option(min=1, help="Ties in at least so many studies.")
    ] = 3,
    shuffles: Annotated[
        int, typer.Option(min=0, max=1_000_000, help="Of codes within studies; 0 tests nothing.")
    ] = 20_000,
    replicates: Annotated[
        int, typer.Option(min=1, max=100_000, help="Times that studies are drawn again.")
    ] = 500,
    fdr: Annotated[float, typer.Option(min=0.001, max=0.5, help="False discovery rate.")] = 0.10,
    seed: Annotated[int | None, typer.Option(min=0, help="Seed of all draws.")] = None,
    as_json: AsJson = False,
) -> None:
    """List which codes come together: counts, coefficients, chance, stability."""
    from app.analysis.cooccurring.chance import SEED
    from app.analysis.cooccurring.report import Settings

    counting = counting_of(rule, unit, coders)
    settings = Settings(minimum_studies, shuffles, replicates, fdr, SEED if seed is None else seed)
    with open_project(project) as opened:
        evidence, layer = _evidence(opened, coder)
        report = _report(opened, evidence, counting, settings)
    names = {code.id: code.name for code in evidence.codes}
    if as_json:
        print_json({"layer": layer, **_plain(report, counting, evidence, names)})
        return
    for warning in report.warnings:
        note(warning)
    _print(report, layer, names, {cluster.id: cluster.name for cluster in evidence.clusters})


def counting_of(rule: str, unit: str, coders: str) -> "Counting":
    """Return what the options ask for.

    Raises:
        UserError: one of them is unknown, or they do not go together.
    """
    from app.analysis.cooccurring.rules import Counting, Rule

    if coders not in ("merged", "apart"):
        raise UserError(f"Coders cannot be {coders}.", "Use merged or apart.")
    try:
        return Counting(Rule.parse(rule), unit, coders == "apart")
    except ValueError as problem:
        raise UserError(
            str(problem),
            "Rules: overlap, same, inclusion, characters:N, sentence, paragraph, page, study; "
            "units: studies, reports, codings.",
        ) from None


def _evidence(project: "Project", coder: str | None) -> tuple["Evidence", str]:
    from app.coding.evidence import independent_coders, load_evidence
    from app.coding.people import find_coder

    evidence = load_evidence(project)
    if coder is not None:
        chosen = find_coder(project, coder)
        return evidence.where(coders=(chosen.id,)), chosen.name
    independent = independent_coders(project)
    if independent is None:
        return evidence, "all coders"
    return evidence.where(coders=independent), "all coders; the consensus is left out"


def _report(
    project: "Project", evidence: "Evidence", counting: "Counting", settings: "Settings"
) -> "TiesReport":
    from app.analysis.cooccurring.meetings import count_meetings
    from app.analysis.cooccurring.report import chance_of, ties_report
    from app.coding.text_units import load_text_units

    meetings = count_meetings(evidence, counting, load_text_units(project, evidence, counting))
    return ties_report(meetings, settings, chance_of(meetings, settings))


def _plain(
    report: "TiesReport", counting: "Counting", evidence: "Evidence", names: dict[str, str]
) -> dict[str, Any]:
    found = asdict(report)
    settings = found.pop("settings")
    clusters = {cluster.id: cluster.name for cluster in evidence.clusters}
    for tie in found["ties"]:
        tie.update(name_a=names[tie["code_a"]], name_b=names[tie["code_b"]])
        tie["coefficients"] = {name: _rounded(v) for name, v in tie["coefficients"].items()}
    for pair in found["clusters"]:
        pair.update(name_a=clusters[pair["cluster_a"]], name_b=clusters[pair["cluster_b"]])
    asked = {
        "rule": str(counting.rule),
        "unit": counting.unit,
        "coders": "apart" if counting.apart else "merged",
    }
    return {"settings": {**asked, **settings}, **found}


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 6)


def _print(
    report: "TiesReport", layer: str, names: dict[str, str], clusters: dict[str, str]
) -> None:
    asked = report.settings
    print(
        f"{report.words}. Layer: {layer}. {report.studies} studies, {report.codings:,} codings in "
        f"{report.passages:,} passages, {report.codes_used} codes used."
    )
    if report.pairs_tested:
        print(
            f"Codes shuffled within studies {asked.shuffles:,} times (seed {asked.seed}): "
            f"{report.pairs_tested:,} of {report.pairs_possible:,} pairs tested, "
            f"{report.below_05:,} with p < .05; more often than chance: q up to {asked.fdr:g}. "
            f"Studies drawn again {asked.replicates:,} times."
        )
    print()
    head = ("count", "pairs", "jaccard", "cosine", "lift", "phi", "expected", "p", "q", "stays")
    print("  ".join(f"{word:>8}" for word in (*head, "largest")) + "  alone  chance      codes")
    for tie in report.ties:
        print(_line(tie, names))
    print()
    for pair in report.clusters:
        ratio = "not estimable" if pair.ratio is None else f"{pair.ratio:.2f} x expected"
        bounds = "" if pair.low is None else f" ({pair.low:.2f} to {pair.high:.2f})"
        print(
            f"{clusters[pair.cluster_a]} – {clusters[pair.cluster_b]}: {pair.observed} pairs of "
            f"passages, {ratio}{bounds}, {pair.ties} ties"
        )
    ei = report.ei
    if ei.value is not None and ei.p is not None:
        print(
            f"E-I index of the ties {ei.value:.2f}, by chance {_number(ei.by_chance)}, "
            f"p = {ei.p:.4f}"
        )
    bridging = [names[bridge.code_id] for bridge in report.bridges if bridge.bridges]
    print(f"Codes that bridge clusters: {'; '.join(bridging) or 'none'}")


def _line(tie: "TieLine", names: dict[str, str]) -> str:
    known = tie.coefficients
    numbers = (
        f"{tie.count}",
        f"{tie.passages}",
        *(_number(known[name]) for name in ("jaccard", "cosine", "lift", "phi")),
        _number(tie.expected),
        NOTHING if tie.p is None else f"{tie.p:.1e}",
        _number(tie.q, 3),
        f"{tie.stays:.0%}",
        f"{tie.largest_share:.0%}",
    )
    row = "  ".join(f"{number:>8}" for number in numbers)
    alone = "yes" if tie.stands_alone else "no"
    return f"{row}  {alone:<5}  {tie.verdict:<10}  {names[tie.code_a]} – {names[tie.code_b]}"


def _number(value: float | None, places: int = 2) -> str:
    return NOTHING if value is None else f"{value:.{places}f}"
