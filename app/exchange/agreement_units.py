"""Reads what agreement is computed from out of plain tables: passages, or ratings.

Passages: ``document, length, coder, code, start, end`` (end-exclusive, in characters); a row with
an empty code says that this coder finished this document. Ratings: ``item, coder, value``.
"""

import csv
from collections.abc import Sequence
from io import StringIO
from pathlib import Path

import numpy as np

from app.analysis.agreement.coefficients import Items, Level
from app.analysis.agreement.layers import MOST_CODERS, Continuum, Layers, Named
from app.errors import UserError
from app.exchange.atomic import read_bytes

UNIT_COLUMNS = ("document", "length", "coder", "code", "start", "end")
RATING_COLUMNS = ("item", "coder", "value")
Line = tuple[int, dict[str, str]]


def read_units(path: Path) -> Layers:
    """Return the layers in a table of passages; further columns are ignored.

    Raises:
        UserError: the file cannot be read, or a row makes no sense; the message names the line.
    """
    documents: dict[str, int] = {}
    coders: dict[str, int] = {}
    codes: dict[str, int] = {}
    lengths: list[int] = []
    there: set[tuple[int, int]] = set()
    rows: list[tuple[int, int, int, int, int]] = []
    for line, row in _table(path, UNIT_COLUMNS):
        _need(row, ("document", "coder"), line)
        document = documents.setdefault(row["document"], len(documents))
        length = _whole(row["length"], "length", line)
        if document == len(lengths):
            lengths.append(length)
        if length != lengths[document] or length < 1:
            raise UserError(
                f"Line {line}: the length of {row['document']} is {length}.",
                f"It has to be the same on every row ({lengths[document]}) and at least 1.",
            )
        coder = coders.setdefault(row["coder"], len(coders))
        there.add((document, coder))
        if row["code"]:
            start = _whole(row["start"], "start", line)
            end = _whole(row["end"], "end", line)
            if not 0 <= start < end <= length:
                raise UserError(
                    f"Line {line}: a passage from {start} to {end} does not lie in a text of "
                    f"{length} characters.",
                    "The end stands behind the last character.",
                )
            rows.append((document, codes.setdefault(row["code"], len(codes)), coder, start, end))
    if len(coders) > MOST_CODERS:
        raise UserError(f"At most {MOST_CODERS} coders can be compared.", "Leave some out.")
    return _layers(documents, coders, codes, lengths, there, rows)


def _layers(
    documents: dict[str, int],
    coders: dict[str, int],
    codes: dict[str, int],
    lengths: Sequence[int],
    there: set[tuple[int, int]],
    rows: Sequence[tuple[int, int, int, int, int]],
) -> Layers:
    roster = np.zeros((len(documents), len(coders)), dtype=np.bool_)
    for document, coder in there:
        roster[document, coder] = True
    table = np.array(rows, dtype=np.int64).reshape(-1, 5)
    return Layers(
        continua=tuple(
            Continuum(name, name, name, "", lengths[n], name) for name, n in documents.items()
        ),
        codes=tuple(Named(name, name) for name in codes),
        coders=tuple(Named(name, name) for name in coders),
        roster=roster,
        continuum=table[:, 0].astype(np.int32),
        code=table[:, 1].astype(np.int32),
        coder=table[:, 2].astype(np.int32),
        start=table[:, 3],
        end=table[:, 4],
        coding_ids=tuple(str(number) for number in range(len(rows))),
    )


def read_ratings(path: Path, level: Level) -> Items:
    """Return the items in a table of ratings, one value per coder, ``None`` where one is missing.

    Raises:
        UserError: the file cannot be read, a value is no number though the level needs numbers,
            or a coder rated an item twice.
    """
    items: dict[str, dict[str, object]] = {}
    coders: dict[str, None] = {}
    for line, row in _table(path, RATING_COLUMNS):
        _need(row, ("item", "coder"), line)
        values = items.setdefault(row["item"], {})
        coders.setdefault(row["coder"])
        if row["coder"] in values:
            raise UserError(
                f"Line {line}: {row['coder']} has rated {row['item']} already.",
                "Each coder gives an item one value.",
            )
        values[row["coder"]] = _value(row["value"], level, line)
    return [[values.get(coder) for coder in coders] for values in items.values()]


def _value(text: str, level: Level, line: int) -> object:
    if not text:
        return None
    if level == "nominal":
        return text
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if not np.isfinite(value):
        raise UserError(
            f"Line {line}: {text} is not a number.", f"The level {level} needs numbers."
        )
    if level == "ratio" and value < 0:
        raise UserError(f"Line {line}: {text} is below zero.", "The level ratio starts at zero.")
    return value


def _table(path: Path, columns: Sequence[str]) -> list[Line]:
    try:
        text = read_bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise UserError(f"{path.name} is not in UTF-8.", "Save it as CSV in UTF-8.") from problem
    heading = text.partition("\n")[0]
    delimiter = ";" if heading.count(";") > heading.count(",") else ","
    reader = csv.DictReader(StringIO(text, newline=""), delimiter=delimiter)
    names = {name.strip().casefold(): name for name in reader.fieldnames or () if name}
    missing = [column for column in columns if column not in names]
    if missing:
        raise UserError(
            f"{path.name} lacks the column {missing[0]}.", f"It needs: {', '.join(columns)}."
        )
    found: list[Line] = []
    try:
        for row in reader:
            cells = {column: (row[names[column]] or "").strip() for column in columns}
            if any(cells.values()):
                found.append((reader.line_num, cells))
    except csv.Error as problem:
        raise UserError(f"{path.name} is not a table: {problem}.") from problem
    if not found:
        raise UserError(f"{path.name} has no rows.", f"It needs: {', '.join(columns)}.")
    return found


def _need(row: dict[str, str], columns: Sequence[str], line: int) -> None:
    for column in columns:
        if not row[column]:
            raise UserError(f"Line {line}: the {column} is missing.", "Fill it in.")


def _whole(text: str, column: str, line: int) -> int:
    try:
        return int(text)
    except ValueError:
        raise UserError(
            f"Line {line}: the {column} is {text or 'empty'}, not a whole number.",
            "Count in characters.",
        ) from None
