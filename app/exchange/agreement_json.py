"""The agreement report as plain values for JSON; what is not estimable is null, with a reason."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from math import isfinite
from typing import Any

from app import __version__
from app.analysis.agreement.coefficients import Ratings
from app.analysis.agreement.facets import FacetScores
from app.analysis.agreement.label_sets import MOST_SETS
from app.analysis.agreement.layers import Named
from app.analysis.agreement.report import OVERLAPPING, Report
from app.analysis.agreement.scores import COEFFICIENTS, NO_UNITS, Binary, Scores
from app.analysis.agreement.unitizing import VERSION, Family
from app.coding.agreement import Agreement, TeamWork

Json = dict[str, Any]

DEFINITIONS = {
    "u_alpha": VERSION,
    "alpha": "Krippendorff's alpha, nominal, every character an item",
    "cohen_kappa": "Cohen 1960, two coders",
    "light_kappa": "mean of Cohen's kappa over the pairs of coders (Light 1971)",
    "scott_pi": "Scott 1955, two coders",
    "fleiss_kappa": "Fleiss 1971, the same number of coders throughout",
    "gwet_ac1": "Gwet 2008",
    "s": "Bennett, Alpert & Goldstein 1954; PABAK for two values",
    "holsti": "Holsti 1969 on lengths",
    "segment_f1": "passages matched one to one at the overlap in the settings",
    "presence_set_alpha": "alpha on the sets of codes of documents, distance MASI (1 - JM)",
    "text_set_alpha": "alpha on the sets of codes of characters, distance MASI (1 - JM)",
    "interval": "percentile interval of a cluster bootstrap",
}
NOTHING_VARIES = "nothing varies, or nothing was coded by two"
_OF_CONTINUUM = ("u_alpha", "u_alpha_binary", "cu_alpha")


def agreement_values(done: Agreement) -> Json:
    """Return the whole report with ratings and the coders beside the consensus."""
    values = report_values(done.report, done.work, done.filters)
    coders = _names(done.coders or done.report.layers.coders)
    values["ratings"] = [
        {
            "code": row.name,
            "code_id": row.code_id,
            "coders": [coders.get(coder, coder) for coder in row.coders],
            **ratings_values(row.scores, "ordinal"),
        }
        for row in done.ratings
    ]
    if done.consensus:
        values["against_consensus"] = [
            {
                "coders": [coders.get(coder, coder) for coder in pair.coders],
                **_row(pair.overall, coders),
                "codes": [_code(row, coders) for row in pair.codes],
            }
            for pair in done.consensus
        ]
    return values


def report_values(
    report: Report, work: TeamWork | None = None, filters: Sequence[str] = ()
) -> Json:
    """Return the whole report."""
    coders = _names(report.layers.coders)
    codes = _names(report.layers.codes)
    rounds = {named.id: named.name for named in work.rounds} if work else {}
    by_document = zip(
        report.documents, report.layers.continua, report.document_codes.tolist(), strict=True
    )
    return {
        "scope": scope_values(report, work, filters),
        "codes": [_code(row, coders) for row in report.codes],
        "overall": _overall(report, coders),
        "pairs": [
            {
                "coders": [coders[coder] for coder in pair.coders],
                **_row(pair.overall, coders),
                "codes": [_code(row, coders) for row in pair.codes],
            }
            for pair in report.pairs
        ],
        "documents": [
            {
                "document": row.name,
                "round": rounds.get(text.round, text.round),
                **_row(row, coders),
                "u_alpha_binary_by_code": {
                    code.name: value
                    for code, value in zip(report.codes, values, strict=True)
                    if isfinite(value)
                },
            }
            for row, text, values in by_document
        ],
        "rounds": [{"round": row.name, **_row(row, coders)} for row in report.rounds],
        "clusters": [
            _cluster(row, within, coders)
            for row, within in zip(report.clusters, report.cluster_continua, strict=True)
        ],
        "facets": [_facet(facet, coders, codes) for facet in report.facets],
    }


def scope_values(report: Report, work: TeamWork | None = None, filters: Sequence[str] = ()) -> Json:
    """Return what was compared and how: everything that has to stand beside a number."""
    scope, settings = report.scope, report.settings
    rounds = {named.id: named.name for named in work.rounds} if work else {}
    values: Json = {
        "documents": scope.n_documents,
        "texts": scope.n_texts,
        "texts_of_one_coder": scope.n_single,
        "studies": scope.n_studies,
        "codes": len(report.codes),
        "codings": scope.n_codings,
        "codings_joined": scope.n_joined,
        "coders": list(scope.coders),
        "rounds": [rounds.get(r, r) for r in scope.rounds if r],
        "missing_assignments": scope.missing,
        "finished_empty": scope.finished_empty,
        "unit": "characters of the text; areas in square points",
        "layer": "the coders' own layers, not the consensus",
        "filters": list(filters),
        "statistics": DEFINITIONS,
        "settings": asdict(settings),
        "bootstrap_draws": scope.clusters_drawn,
        "bootstrap_clusters": scope.n_clusters,
        "warnings": scope_warnings(report, work),
        "input_hash": report.layers.fingerprint(),
        "version": __version__,
        "date": datetime.now(UTC).date().isoformat(),
    }
    if work:
        values |= {
            "project": work.title,
            "codebook": work.codebook,
            "codebook_version": work.codebook_version,
            "open_layers": work.open_layers,
            "not_begun": work.not_begun,
            "codings_without_place": work.unplaced,
        }
    return values


def scope_warnings(report: Report, work: TeamWork | None = None) -> list[str]:
    """Return what a reader has to know before trusting a number."""
    scope, told = report.scope, []
    if not scope.n_texts:
        told.append("No document was worked through by two coders, so there is nothing to compare.")
    elif scope.clusters_drawn == "paragraphs":
        told.append(
            f"Fewer than {report.settings.few_documents} documents: the intervals draw paragraphs "
            "within documents and are too narrow for conclusions on other documents."
        )
    elif scope.n_documents < report.settings.few_documents:
        told.append(
            f"Fewer than {report.settings.few_documents} documents: the intervals are rough."
        )
    if scope.missing:
        told.append(f"{scope.missing} assignments are missing; they count in nothing.")
    if scope.n_joined:
        told.append(f"{scope.n_joined} codings overlap one of the same coder and code; joined.")
    if work and work.open_layers:
        told.append(f"{work.open_layers} layers are not submitted yet; counted as they stand.")
    if work and work.unplaced:
        told.append(
            f"{work.unplaced} codings have no place in the text of today, or a retired code; left "
            "out."
        )
    return told


def ratings_values(ratings: Ratings, level: str) -> Json:
    """Return the coefficients of a table of ratings."""
    values = asdict(ratings)
    values["values"] = [f"{v:g}" if isinstance(v, float) else str(v) for v in ratings.values]
    return {"level": level, **values}


def _overall(report: Report, coders: dict[str, str]) -> Json:
    values = _row(report.overall, coders)
    family = report.continuum
    values["pooled_u_alpha_binary"] = values.pop("u_alpha_binary")
    values["interval_of"] = "pooled_u_alpha_binary"
    values |= {name: getattr(family, name) for name in _OF_CONTINUUM}
    values["cu_coverage"] = family.coverage
    values["presence_set_alpha"] = report.set_alpha
    reason = report.why_no_continuum
    for name in (*_OF_CONTINUUM, "cu_coverage"):
        if values[name] is None:
            values["why_null"][name] = reason or NOTHING_VARIES
    if report.set_alpha is None:
        values["why_null"]["presence_set_alpha"] = "all documents got the same codes, or none did"
    sets = report.text_sets
    values["text_set_alpha"], values["text_set_alpha_coded"] = sets.everywhere, sets.coded
    for name in ("text_set_alpha", "text_set_alpha_coded"):
        if values[name] is None:
            many = f"{sets.n_sets:,} different sets of codes, at most {MOST_SETS:,} are compared"
            values["why_null"][name] = many if sets.n_sets > MOST_SETS else NOTHING_VARIES
    if not reason:
        values["ku_alpha"] = {
            code.name: alpha
            for code, alpha in zip(report.layers.codes, family.ku_alpha, strict=True)
        }
    values["any_code"] = _row(report.any_code, coders)
    return values


def _code(row: Scores, coders: dict[str, str]) -> Json:
    values = {"code": row.name, "code_id": row.id, **_row(row, coders)}
    # With one code the texts have one value only, so that both members of the family coincide.
    values["u_alpha"] = values["u_alpha_binary"]
    if values["u_alpha"] is None:
        values["why_null"]["u_alpha"] = values["why_null"]["u_alpha_binary"]
    return values


def _cluster(row: Scores, within: Family | None, coders: dict[str, str]) -> Json:
    """Return any code of the cluster as one, and its codes as the values of one continuum."""
    values = {"cluster": row.name, **_row(row, coders)}
    values["u_alpha"] = within.u_alpha if within else None
    values["cu_alpha"] = within.cu_alpha if within else None
    values["cu_coverage"] = within.coverage if within else None
    for name in ("u_alpha", "cu_alpha", "cu_coverage"):
        if values[name] is None:
            values["why_null"][name] = NOTHING_VARIES if within else OVERLAPPING
    return values


def _row(row: Scores, coders: dict[str, str]) -> Json:
    interval = row.interval
    values: Json = {
        "n_units": row.n_units,
        "n_areas": row.n_areas,
        "n_documents": row.n_documents,
        "n_documents_with": row.n_documents_with,
        **_lengths(row.text, coders),
        **{name: getattr(row.text, name) for name in COEFFICIENTS},
        "interval": [interval.low, interval.high] if interval else None,
        "p_below_667": interval.below_667 if interval else None,
        "p_below_800": interval.below_800 if interval else None,
        "intervals": {name: [i.low, i.high] for name, i in row.intervals.items()},
        "presence_percent": row.presence.percent,
        "presence_kappa": row.presence.kappa,
        "presence_alpha": row.presence.alpha,
        "segment_precision": row.segments.precision,
        "segment_recall": row.segments.recall,
        "segment_f1": row.segments.f1,
        "segments": {"matched": row.segments.matched, "units": row.segments.n_units},
        "presence": _binary(row.presence, coders),
        "studies": _binary(row.studies, coders) if row.studies.size else None,
        "areas": _binary(row.areas, coders) if row.areas else None,
    }
    values["why_null"] = _why(row, values)
    values["warnings"] = list(row.warnings)
    return values


def _why(row: Scores, values: Json) -> dict[str, str]:
    why = {**row.text.why_null, **row.why_null}
    presence = row.presence.why_null
    for name in ("percent", "alpha"):
        if values[f"presence_{name}"] is None:
            why[f"presence_{name}"] = presence.get(name, "")
    if values["presence_kappa"] is None:
        why["presence_kappa"] = presence.get("alpha") or presence.get("cohen_kappa", "")
    if values["interval"] is None:
        reason = why.setdefault("interval", "intervals are given for codes and all codes together")
        why |= {"p_below_667": reason, "p_below_800": reason}
    for name in ("segment_precision", "segment_recall"):
        if values[name] is None:
            pair = "precision and recall belong to a pair of coders"
            why[name] = pair if row.segments.f1 is not None else NO_UNITS
    if values["studies"] is None:
        why["studies"] = "no study whose documents two coders worked through, or not by this row"
    if values["areas"] is None:
        why["areas"] = "nobody coded an area"
    return why


def _lengths(binary: Binary, coders: dict[str, str]) -> Json:
    return {
        "length": _number(binary.size),
        "both": _number(binary.both),
        "some": _number(binary.some),
        "neither": _number(binary.neither),
        "only": {coders[coder]: _number(length) for coder, length in binary.only.items()},
    }


def _binary(binary: Binary, coders: dict[str, str]) -> Json:
    names = [name for name in COEFFICIENTS if name != "u_alpha_binary"]
    why = {name: reason for name, reason in binary.why_null.items() if name in names}
    return {
        "n": _number(binary.size),
        **_lengths(binary, coders),
        **{name: getattr(binary, name) for name in names},
        "why_null": why,
    }


def _facet(facet: FacetScores, coders: dict[str, str], codes: dict[str, str]) -> Json:
    values = asdict(facet)
    values["coders"] = [coders[coder] for coder in facet.coders]
    values["code"] = codes.get(facet.code, "")
    values["confusion"] = [list(row) for row in facet.confusion]
    return values


def _names(named: Sequence[Named]) -> dict[str, str]:
    """Return names by id, with the id beside it where two have the same name."""
    names = [one.name for one in named]
    return {
        one.id: one.name if names.count(one.name) == 1 else f"{one.name} ({one.id})"
        for one in named
    }


def _number(value: float) -> float | int:
    """Return whole numbers as such; characters and documents are never fractions."""
    return int(value) if float(value).is_integer() else round(value, 3)
