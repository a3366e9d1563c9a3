"""Tables for R and other programs: one row per coding, and one row per document and code.

The long table is at the same time a table that ``agreement --units`` reads: a row without a code
says that this coder finished this document, and areas, which have no place in the text, stand in
columns of their own. The matrix holds 1, 0 or NA for each coder.
"""

import csv
from pathlib import Path

import numpy as np

from app.analysis.agreement.layers import Continuum, Layers
from app.analysis.agreement.presence import presence
from app.coding.agreement import Agreement
from app.exchange.atomic import replace_file

NA = "NA"


def write_long(done: Agreement, path: Path) -> int:
    """Write one row per coding, and one per finished document; return the number of rows."""
    layers = done.report.layers
    names = _text_names(done)
    rounds = _round_names(done)
    facets = [facet.key for facet in layers.facets]
    header = ["document", "length", "coder", "code", "start", "end", "study", "round",
              "coding_id", *facets, "area_code", "page", "x0", "y0", "x1", "y1"]  # fmt: skip
    no_area = [""] * 6
    rows: list[list[object]] = []

    def place(text: int, coder: int) -> tuple[list[object], list[object]]:
        continuum = layers.continua[text]
        before = [names[text], continuum.length, layers.coders[coder].name]
        return before, [continuum.study_label, rounds.get(continuum.round, "")]

    for text, coder in zip(*(side.tolist() for side in np.nonzero(layers.roster)), strict=True):
        before, after = place(text, coder)
        rows.append([*before, "", "", "", *after, "", *("" for _ in facets), *no_area])
    for row, coding_id in enumerate(layers.coding_ids):
        before, after = place(int(layers.continuum[row]), int(layers.coder[row]))
        said = [_values(facet.values, int(facet.masks[row])) for facet in layers.facets]
        span = [int(layers.start[row]), int(layers.end[row])]
        code = layers.codes[int(layers.code[row])].name
        rows.append([*before, code, *span, *after, coding_id, *said, *no_area])
    for area in layers.areas:
        before, after = place(area.continuum, area.coder)
        said = [
            _values(facet.values, mask)
            for facet, mask in zip(layers.facets, area.facets, strict=False)
        ]
        said += [""] * (len(facets) - len(said))
        box = [layers.codes[area.code].name, area.page, *area.box]
        rows.append([*before, "", "", "", *after, area.id, *said, *box])
    _write(path, header, rows)
    return len(rows)


def write_matrix(done: Agreement, path: Path) -> int:
    """Write one row per document and code that is used; return the number of rows."""
    layers = done.report.layers
    names, rounds, found = _text_names(done), _round_names(done), presence(layers)
    header = ["document", "study", "round", "code", *[coder.name for coder in layers.coders]]
    rows: list[list[object]] = []
    for code in np.flatnonzero(found.any(axis=(0, 1))).tolist():
        for text, continuum in enumerate(layers.continua):
            said = [_said(layers, found, text, code, coder) for coder in range(len(layers.coders))]
            rows.append(
                [
                    names[text],
                    continuum.study_label,
                    rounds.get(continuum.round, ""),
                    layers.codes[code].name,
                    *said,
                ]
            )
    _write(path, header, rows)
    return len(rows)


def _said(layers: Layers, found: np.ndarray, text: int, code: int, coder: int) -> int | str:
    return int(found[coder, text, code]) if layers.roster[text, coder] else NA


def _round_names(done: Agreement) -> dict[str, str]:
    return {named.id: named.name for named in done.work.rounds} if done.work else {}


def _text_names(done: Agreement) -> list[str]:
    """Return a name for each text; a document in several rounds says which one."""
    continua = done.report.layers.continua
    rounds = _round_names(done)
    labels = [continuum.label for continuum in continua]
    documents = {continuum.document: continuum.label for continuum in continua}
    doubled = {name for name in documents.values() if list(documents.values()).count(name) > 1}

    def name(continuum: Continuum) -> str:
        label = continuum.label
        if label in doubled:
            label = f"{label} ({continuum.document})"
        several = labels.count(continuum.label) > 1 and bool(continuum.round)
        return f"{label}, {rounds.get(continuum.round, '')}" if several else label

    return [name(continuum) for continuum in continua]


def _values(values: tuple[str, ...], mask: int) -> str:
    return "; ".join(value for bit, value in enumerate(values) if mask >> bit & 1)


def _write(path: Path, header: list[str], rows: list[list[object]]) -> None:
    with replace_file(path) as temporary, temporary.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\r\n")
        table.writerow(header)
        table.writerows(rows)
