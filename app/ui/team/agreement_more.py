"""The further tables of agreement: valence and stage, ratings, areas."""

from app.analysis.agreement.facets import FacetScores
from app.analysis.agreement.scores import Scores
from app.coding.agreement import Agreement
from app.ui.team.agreement_columns import (
    COUNT,
    FIRST,
    NAME,
    ONLY,
    SCALE,
    WORDS,
    Column,
    only_column,
)
from app.ui.team.agreement_lines import Board, BoardMaker, Line, Target, Value

FACET_COLUMNS = (
    Column("main", "Alpha", "Krippendorff's alpha: do coders say the same of passages to which "
           "both gave the same code? For stages, sets are compared (distance MASI)."),
    SCALE,
    Column("percent", "Equal", "Share of matched passages with equal values.", width=70),
    Column("kappa", "Kappa", "Cohen's kappa; of a pair, one value each.", width=70),
    Column("n_pairs", "Passages", "Matched passages with a value from both.", COUNT, 84),
    Column("n_unset", "Without", "Matched passages to which one of them gave no value.", COUNT, 84),
    Column("confused", "Most often confused", "What one coder said and the other, how often.",
           WORDS, 320),
)  # fmt: skip
RATING_COLUMNS = (
    Column("main", "Ordinal alpha", "Krippendorff's alpha of ratings; ranks lie between two "
           "values.", width=110),
    SCALE,
    Column("percent", "Percent", "Share of ratings that are equal.", width=76),
    Column("kappa", "Kappa", "Cohen's kappa, two raters, ranks ignored.", width=70),
    Column("n_items", "Studies", "Studies, for all codes together studies and codes, that "
           "anybody rated.", COUNT, 76),
    Column("n_pairable", "By both", "Those that at least two gave a rank.", COUNT, 80),
)  # fmt: skip


def facets_board(maker: BoardMaker) -> Board:
    """Return valence and stage: all codes, then pairs, then code by code."""
    report = maker.done.report
    names = {code.id: code.name for code in report.layers.codes}
    lines = []
    for facet in report.facets:
        single = bool(facet.coders) and len(report.pairs) < 2
        if (facet.n_pairs or facet.n_unset) and not single:
            lines.append(_facet_line(maker, facet, names))
    order = {"group": 0, "pair": 1, "code": 2}
    keys = list(dict.fromkeys(facet.label for facet in report.facets))
    lines.sort(key=lambda line: (keys.index(str(line.values["facet"])), order[line.kind]))
    first = Column(FIRST.key, "Valence and stage, given the same code", "", NAME, FIRST.width)
    return Board((first, *FACET_COLUMNS), (), tuple(lines), "", maker.unit)


def _facet_line(maker: BoardMaker, facet: FacetScores, names: dict[str, str]) -> Line:
    worst = [(a, b, n) for a, b, n in facet.confusion if a != b][:2]
    values: dict[str, Value] = {
        "main": facet.alpha,
        "percent": facet.percent,
        "kappa": facet.cohen_kappa,
        "n_pairs": facet.n_pairs,
        "n_unset": facet.n_unset,
        "facet": facet.label,
        "confused": ", ".join(f"{a} / {b} {n}" for a, b, n in worst),
    }
    why = {
        "main": facet.why_null.get("alpha", ""),
        "percent": facet.why_null.get("percent", ""),
        "kappa": facet.why_null.get("cohen_kappa", ""),
    }
    if facet.code:
        return Line("code", names.get(facet.code, ""), Target((facet.code,)), values, why,
                    indent=True)  # fmt: skip
    if facet.coders:
        name = " and ".join(maker.name(coder) for coder in facet.coders)
        return Line("pair", name, Target(coder_ids=facet.coders), values, why, indent=True)
    return Line("group", f"{facet.label}, all codes", Target(), values, why, tint="context")


def ratings_board(done: Agreement) -> Board:
    """Return how strongly factors worked: all codes, then code by code."""
    lines = []
    for row in done.ratings:
        values: dict[str, Value] = {
            "main": row.scores.alpha,
            "percent": row.scores.percent,
            "kappa": row.scores.cohen_kappa,
            "n_items": row.scores.n_items,
            "n_pairable": row.scores.n_pairable,
        }
        why = {
            "main": row.scores.why_null.get("alpha", ""),
            "kappa": row.scores.why_null.get("cohen_kappa", ""),
        }
        kind = "code" if row.code_id else "overall"
        target = Target((row.code_id,) if row.code_id else ())
        lines.append(Line(kind, row.name, target, values, why, indent=bool(row.code_id)))
    first = Column(FIRST.key, "Code", "", NAME, FIRST.width)
    return Board((first, *RATING_COLUMNS), (), tuple(lines))


def areas_board(maker: BoardMaker) -> Board:
    """Return coded areas of tables and figures: their surface, in square points."""
    report = maker.done.report
    rows = [row for row in report.codes if row.areas and row.n_areas]
    lines = [_area_line(report.overall, "overall", "All codes, pooled")] if rows else []
    lines += [_area_line(row, "code", row.name) for row in rows]
    coders = maker.coder_ids
    single = [only_column(c, maker.sign(c), maker.name(c), maker.unit) for c in coders[:6]]
    columns = (
        Column(FIRST.key, "Code", "", NAME, FIRST.width),
        Column("main", "Holsti", "Twice the common surface over both surfaces."),
        SCALE,
        Column("alpha", "Alpha", "Krippendorff's alpha on the surface of all pages.", width=70),
        Column("kappa", "Kappa", "Cohen's kappa on the surface of all pages.", width=70),
        Column("n_areas", "Areas", "Areas of all coders.", COUNT, 64),
        Column("both", "Both", "Square points coded by all.", COUNT, 90),
        *(Column(c.key, c.head, f"Square points. {c.tip}", COUNT, 90) for c in single),
    )
    return Board(columns, (), tuple(lines), "Surfaces in square points (1/72 inch squared).")


def _area_line(row: Scores, kind: str, name: str) -> Line:
    areas = row.areas
    assert areas is not None
    values: dict[str, Value] = {
        "main": areas.holsti, "alpha": areas.alpha, "kappa": areas.kappa, "n_areas": row.n_areas,
        "both": round(areas.both),
        **{f"{ONLY}{coder}": round(surface) for coder, surface in areas.only.items()},
    }  # fmt: skip
    target = Target((row.id,) if kind == "code" else ())
    return Line(kind, name, target, values, {"main": areas.why_null.get("holsti", "")},
                indent=kind == "code")  # fmt: skip
