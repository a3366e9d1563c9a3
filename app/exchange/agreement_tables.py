"""The agreement report as plain tables, which every format writes in the same order."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any

from app.analysis.agreement.passages import Item, disagreements
from app.analysis.agreement.scores import Scores
from app.coding.agreement import Agreement
from app.exchange.agreement_json import scope_values

Cell = str | int | float | None
NOT_ESTIMABLE = "not estimable"

NUMBERS = (
    ("n_passages", "Passages, all coders"),
    ("n_areas", "Areas, all coders"),
    ("n_documents", "Documents compared"),
    ("n_documents_with", "Documents with it"),
    ("length", "Characters compared"),
    ("both", "Coded by all"),
    ("some", "Coded by some (2 or more)"),
    ("only", "Coded by one"),
    ("neither", "Coded by nobody"),
    ("u_alpha_binary", "|u-alpha"),
    ("low", "Interval from"),
    ("high", "Interval to"),
    ("p_below_667", "P(|u-alpha < .667)"),
    ("p_below_800", "P(|u-alpha < .800)"),
    ("presence_kappa", "Presence kappa"),
    ("presence_alpha", "Presence alpha"),
    ("study_kappa", "Study kappa"),
    ("segment_precision", "Precision"),
    ("segment_recall", "Recall"),
    ("segment_f1", "F1 of passages"),
    ("alpha", "Alpha, characters"),
    ("kappa", "Kappa, characters"),
    ("fleiss_kappa", "Fleiss kappa, characters"),
    ("scott_pi", "Scott pi, characters"),
    ("gwet_ac1", "AC1, characters"),
    ("s", "S (PABAK), characters"),
    ("percent", "Percent, characters"),
    ("holsti", "Holsti, lengths"),
    ("jaccard", "Jaccard, lengths"),
    ("area_dice", "Holsti, areas"),
)
"""The columns of every table of scores: key and heading."""

OPTIONAL = (
    "low", "high", "p_below_667", "p_below_800", "study_kappa", "segment_precision",
    "segment_recall", "scott_pi", "area_dice",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a key (for file and sheet names), a title and a note below it."""

    key: str
    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""


def numbers_of(row: Scores) -> tuple[Cell, ...]:
    """Return the values of one row in the order of ``NUMBERS``; ``None`` is not estimable."""
    text, interval = row.text, row.interval
    found: dict[str, Cell] = {
        "n_passages": row.n_units,
        "n_areas": row.n_areas,
        "n_documents": row.n_documents,
        "n_documents_with": row.n_documents_with,
        "length": round(text.size),
        "both": round(text.both),
        "some": round(text.some),
        "only": round(sum(text.only.values())),
        "neither": round(text.neither),
        "low": interval.low if interval else None,
        "high": interval.high if interval else None,
        "p_below_667": interval.below_667 if interval else None,
        "p_below_800": interval.below_800 if interval else None,
        "presence_kappa": row.presence.kappa,
        "presence_alpha": row.presence.alpha,
        "study_kappa": row.studies.kappa,
        "segment_precision": row.segments.precision,
        "segment_recall": row.segments.recall,
        "segment_f1": row.segments.f1,
        "kappa": text.kappa,
        "area_dice": row.areas.holsti if row.areas else None,
    }
    return tuple(found[key] if key in found else getattr(text, key) for key, _ in NUMBERS)


def tables(done: Agreement, *, with_passages: bool = True) -> tuple[Table, ...]:
    """Return all tables of a report; those without rows are left out."""
    report = done.report
    coder = {named.id: named.name for named in report.layers.coders}
    code = {named.id: named.name for named in report.layers.codes}
    headings = tuple(heading for _, heading in NUMBERS)
    used = [row for row in report.codes if row.n_units or row.n_areas]
    unused = [row.name for row in report.codes if not (row.n_units or row.n_areas)]
    pooled = (report.overall.name, *numbers_of(report.overall), "")
    found = [
        Table(
            "codes",
            "Codes",
            ("Code", *headings, "Note"),
            (*((row.name, *numbers_of(row), _remark(row)) for row in used), pooled),
            f"Used by nobody, therefore not estimable: {', '.join(unused)}." if unused else "",
        ),
        _scores("clusters", "Clusters: any code of the cluster", "Cluster", report.clusters),
        Table(
            "pairs",
            "Pairs of coders: all codes pooled",
            ("Coder A", "Coder B", *headings),
            tuple(
                (coder[p.coders[0]], coder[p.coders[1]], *numbers_of(p.overall))
                for p in report.pairs
            ),
            "Precision takes the first coder as the reference.",
        ),
        Table(
            "pairs_codes",
            "Pairs of coders by code",
            ("Coder A", "Coder B", "Code", *headings),
            tuple(
                (coder[p.coders[0]], coder[p.coders[1]], row.name, *numbers_of(row))
                for p in report.pairs
                for row in p.codes
                if row.n_units or row.n_areas
            ),
        ),
        _scores("documents", "Documents: all codes pooled", "Document", report.documents),
        _by_document_and_code(done),
        _scores("rounds", "Rounds: all codes pooled", "Round", report.rounds),
        _facets(done, code, coder),
        _ratings(done),
        _against_consensus(done),
    ]
    if with_passages:
        found.append(places_table(done))
    found.append(settings_table(done))
    return tuple(_without_what_does_not_apply(table) for table in found if table.rows)


def _without_what_does_not_apply(table: Table) -> Table:
    """Return a table without the optional columns that hold a value in no row.

    Such as precision, which belongs to a pair, or areas where nobody coded any.
    """
    optional = {heading for key, heading in NUMBERS if key in OPTIONAL}
    kept = [
        place
        for place, heading in enumerate(table.header)
        if heading not in optional or any(row[place] is not None for row in table.rows)
    ]
    header = tuple(table.header[place] for place in kept)
    rows = tuple(tuple(row[place] for place in kept) for row in table.rows)
    return Table(table.key, table.title, header, rows, table.note)


def _scores(key: str, title: str, first: str, rows: Sequence[Scores]) -> Table:
    header = (first, *(heading for _, heading in NUMBERS))
    return Table(key, title, header, tuple((row.name, *numbers_of(row)) for row in rows))


def _by_document_and_code(done: Agreement) -> Table:
    report = done.report
    used = [n for n, row in enumerate(report.codes) if row.n_units]
    values = report.document_codes
    return Table(
        "documents_codes",
        "|u-alpha by document and code",
        ("Document", *(report.codes[n].name for n in used)),
        tuple(
            (row.name, *(_finite(values[text, n]) for n in used))
            for text, row in enumerate(report.documents)
        ),
    )


def _finite(value: float) -> float | None:
    return float(value) if isfinite(value) else None


def _remark(row: Scores) -> str:
    reasons = [f"Interval: {row.why_null['interval']}."] if "interval" in row.why_null else []
    return " ".join([*reasons, *row.warnings])


def _facets(done: Agreement, code: dict[str, str], coder: dict[str, str]) -> Table:
    header = ("Facet", "Code", "Coders", "Matched passages with a value from both",
              "Without a value from both", "Equal", "Alpha", "Distance", "Kappa")  # fmt: skip
    return Table(
        "facets",
        "Valence and stage, given the same code",
        header,
        tuple(
            (f.label, code.get(f.code, "all"), " / ".join(coder[c] for c in f.coders) or "all",
             f.n_pairs, f.n_unset, f.percent, f.alpha, f.distance, f.cohen_kappa)
            for f in done.report.facets
            if f.n_pairs or f.n_unset
        ),
    )  # fmt: skip


def _ratings(done: Agreement) -> Table:
    header = ("Code", "Studies", "Of two raters", "Raters", "Ordinal alpha", "Percent", "Kappa")
    return Table(
        "ratings",
        "Ratings: how strongly a factor worked",
        header,
        tuple(
            (row.name, row.scores.n_items, row.scores.n_pairable, row.scores.n_coders,
             row.scores.alpha, row.scores.percent, row.scores.cohen_kappa)
            for row in done.ratings
        ),
        "Mixed and missing have no rank and count as no value.",
    )  # fmt: skip


def _against_consensus(done: Agreement) -> Table:
    names = {named.id: named.name for named in done.coders}
    return Table(
        "against_consensus",
        "Each coder beside the consensus: all codes pooled",
        ("Coder A", "Coder B", *(heading for _, heading in NUMBERS)),
        tuple(
            (*(names.get(one, one) for one in pair.coders), *numbers_of(pair.overall))
            for pair in done.consensus
        ),
        "No independent agreement: the consensus was made from the coders' own work.",
    )


def places_table(done: Agreement) -> Table:
    """Return the places where coders differ, one a row."""
    code = {named.id: named.name for named in done.report.layers.codes}
    coder = {named.id: named.name for named in done.report.layers.coders}
    layers = done.report.layers
    label = {continuum.document: continuum.label for continuum in layers.continua}
    rounds = {named.id: named.name for named in done.work.rounds} if done.work else {}

    def row(item: Item) -> tuple[Cell, ...]:
        return (
            label[item.document],
            rounds.get(item.round, item.round),
            code[item.code],
            item.kind.replace("_", " "),
            "" if item.page else item.start,
            "" if item.page else item.end,
            item.page or "",
            item.differing,
            ", ".join(coder[c] for c in item.coding_ids),
            ", ".join(item.facets),
            " ".join(i for ids in item.coding_ids.values() for i in ids),
            " ".join(i for ids in item.instead.values() for i in ids),
        )

    header = ("Document", "Round", "Code", "Kind", "Start", "End", "Page of the area",
              "Differing characters", "Coded by", "Facets that differ", "Coding ids",
              "Coded otherwise")  # fmt: skip
    rows = tuple(map(row, disagreements(layers)))
    return Table("disagreements", "Places where coders differ", header, rows)


def settings_table(done: Agreement) -> Table:
    """Return every setting and fact beside the numbers as two columns."""
    return Table(
        "settings",
        "What was compared, and how",
        ("What", "Value"),
        tuple(_flat("", scope_values(done.report, done.work, done.filters))),
    )


def _flat(prefix: str, value: Any) -> list[tuple[str, Cell]]:
    if isinstance(value, dict):
        return [
            row for key, part in value.items() for row in _flat(f"{prefix} {key}".strip(), part)
        ]
    name = prefix.replace("_", " ")
    if isinstance(value, list):
        return [(name, "; ".join(map(str, value)))]
    return [(name, value)]


def words(cell: Cell) -> str:
    """Return a cell as people read it: three decimals, and words for what is missing."""
    if cell is None:
        return NOT_ESTIMABLE
    if isinstance(cell, float):
        return f"{round(cell, 3) + 0.0:.3f}"  # no minus zero
    return f"{cell:,}" if isinstance(cell, int) else cell
