"""Codebooks as tables, CSV and XLSX: one row per code, for people who write in a spreadsheet.

Facets and rating scales are no rows; a table leaves those of the project as they are.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from app.coding.code_rules import slug
from app.coding.codebook import (
    CODE_COLOUR,
    Category,
    Cluster,
    Code,
    Codebook,
    hot_key_problem,
    shipped_id,
)
from app.errors import UserError
from app.exchange.atomic import read_bytes, replace_file
from app.exchange.codebook_yaml import with_own_keys
from app.exchange.yaml_nodes import FileProblems

COLUMNS = (
    "cluster_number", "cluster", "category", "id", "name", "definition", "include", "exclude",
    "example", "see_instead", "further_clusters", "colour", "hot_key", "starter", "retired",
    "former_names", "merged_into", "split_from", "basis", "cluster_id", "category_id", "uid",
)  # fmt: skip
NEEDED = ("name", "category")
TEXTS = ("definition", "include", "exclude", "example", "basis")
SHEET = "Codes"
_YES, _NO = ("yes", "true", "1", "x"), ("", "no", "false", "0")
_LIKE_A_FORMULA = re.compile(r"[=+\-@\t\r]")
_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_UID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_MOST_ROWS = 5000
_WIDTHS = {"definition": 50, "include": 40, "exclude": 40, "example": 40, "name": 32, "cluster": 24}
Row = tuple[int, dict[str, str]]


def write_codebook_table(codebook: Codebook, path: Path) -> None:
    """Write the codes as CSV or XLSX, by the suffix.

    Raises:
        UserError: the file cannot be written.
    """
    codebook = with_own_keys(codebook)
    rows = [_cells(codebook, code) for code in codebook.codes]
    with replace_file(Path(path)) as temporary:
        if path.suffix.lower() == ".csv":
            with temporary.open("w", encoding="utf-8-sig", newline="") as file:
                table = csv.writer(file, lineterminator="\r\n")
                table.writerow(COLUMNS)
                table.writerows([_guarded(cell) for cell in row] for row in rows)
        else:
            _write_sheet(codebook, rows, temporary)


def read_codebook_table(path: Path, base: Codebook) -> Codebook:
    """Read codes from CSV or XLSX; title, facets and known groups are those of ``base``.

    Raises:
        UserError: the file cannot be read, or holds problems, each told with its line.
    """
    rows = list(_sheet_rows(path) if path.suffix.lower() == ".xlsx" else _csv_rows(path))
    if not rows:
        raise FileProblems(path.name, [(0, "There are no codes in this table.")])
    reader = _TableReader(base)
    found = reader.codebook(rows)
    if reader.problems:
        raise FileProblems(path.name, reader.problems)
    return found


def _cells(codebook: Codebook, code: Code) -> list[str]:
    cluster, category = codebook.cluster(code.cluster_id), codebook.category(code.category_id)
    names = {one.id: one.key for one in codebook.clusters}
    keys = {one.id: one.key for one in codebook.codes}
    cells = {
        "cluster_number": cluster.number,
        "cluster": cluster.name,
        "category": category.name,
        "id": code.key,
        "name": code.name,
        "see_instead": "; ".join(code.see_instead),
        "further_clusters": "; ".join(names[one] for one in code.further_cluster_ids),
        "colour": code.colour,
        "hot_key": code.hot_key,
        "starter": "yes" if code.starter else "",
        "retired": "yes" if code.retired else "",
        "former_names": "; ".join(code.former_names),
        "merged_into": keys.get(code.merged_into, ""),
        "split_from": keys.get(code.split_from, ""),
        "cluster_id": cluster.key,
        "category_id": category.key,
        "uid": "" if code.id == shipped_id(codebook.family, "code", code.key) else code.id,
    }
    return [cells.get(name, getattr(code, name, "")) for name in COLUMNS]


def _guarded(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if _LIKE_A_FORMULA.match(cell) else cell


def _write_sheet(codebook: Codebook, rows: Sequence[Sequence[str]], path: Path) -> None:
    import xlsxwriter

    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        head = book.add_format({"bold": True, "bottom": 1})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        sheet = book.add_worksheet(SHEET)
        sheet.write_row(0, 0, COLUMNS, head)
        for number, row in enumerate(rows, start=1):
            sheet.write_row(number, 0, row, wrapped)
        for place, name in enumerate(COLUMNS):
            sheet.set_column(place, place, _WIDTHS.get(name, 14))
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(len(rows), 1), len(COLUMNS) - 1)
        about = book.add_worksheet("About")
        facts = (("title", codebook.title), ("version", codebook.version))
        for number, (name, value) in enumerate((*facts, ("description", codebook.description))):
            about.write_row(number, 0, (name, value), wrapped)
        about.set_column(1, 1, 80)


def _csv_rows(path: Path) -> Iterable[Row]:
    data = read_bytes(path)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        hint = "Save it as “CSV UTF-8”."
        raise FileProblems(path.name, [(line, "The file is not UTF-8 text.")], hint) from None
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    table = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)

    def numbered() -> Iterable[tuple[int, Sequence[str]]]:
        line = 1
        for cells in table:
            yield line, cells
            line = table.line_num + 1

    try:
        return list(_named(path.name, numbered()))
    except csv.Error as error:
        sentence = f"The table cannot be understood from here on ({error})."
        raise FileProblems(path.name, [(table.line_num, sentence)]) from None


def _sheet_rows(path: Path) -> Iterable[Row]:
    from openpyxl import load_workbook

    read_bytes(path)
    try:
        book = load_workbook(path, read_only=True, data_only=True)
        sheet = book[SHEET] if SHEET in book.sheetnames else book.worksheets[0]
        cells = [
            ["" if cell is None else str(cell) for cell in row]
            for row in sheet.iter_rows(max_row=_MOST_ROWS + 1, values_only=True)
        ]
        book.close()
    except (BadZipFile, KeyError, ValueError, OSError, IndexError) as error:
        sentence = "This is not a workbook that can be read."
        hint = "Save it again as XLSX, or as CSV."
        raise FileProblems(path.name, [(0, sentence)], hint) from error
    return _named(path.name, enumerate(cells, start=1))


def _named(name: str, lines: Iterable[tuple[int, Sequence[str]]]) -> Iterable[Row]:
    """Return the rows below the head as cells by column name."""
    heads: list[str] = []
    found: list[Row] = []
    for line, cells in lines:
        if not any(cell.strip() for cell in cells):
            continue
        if not heads:
            heads = [cell.strip().casefold().replace(" ", "_") for cell in cells]
            missing = [column for column in NEEDED if column not in heads]
            if missing:
                sentence = f"The first row has no column {missing[0]}."
                raise FileProblems(name, [(line, sentence)], f"Columns: {', '.join(COLUMNS)}.")
            continue
        found.append((line, dict(zip(heads, map(_plain, cells), strict=False))))
        if len(found) > _MOST_ROWS:
            raise FileProblems(name, [(line, f"The table has more than {_MOST_ROWS} rows.")])
    return found


def _plain(cell: str) -> str:
    cell = cell.strip()
    return cell[1:] if cell[:1] == "'" and _LIKE_A_FORMULA.match(cell[1:]) else cell


@dataclass(slots=True)
class _TableReader:
    base: Codebook
    problems: list[tuple[int, str]] = field(default_factory=list)
    clusters: dict[str, Cluster] = field(default_factory=dict)
    categories: dict[str, Category] = field(default_factory=dict)

    def codebook(self, rows: Sequence[Row]) -> Codebook:
        """Return what the rows say; ``problems`` tells whether it is sound."""
        self.clusters = {one.id: one for one in self.base.clusters}
        self.categories = {one.id: one for one in self.base.categories}
        keys = self._keys(rows)
        hot_keys: dict[str, str] = {}
        codes = tuple(
            self._code(line, cells, key, keys, hot_keys)
            for (line, cells), key in zip(rows, keys, strict=True)
        )
        return replace(
            self.base,
            clusters=tuple(self.clusters.values()),
            categories=tuple(self.categories.values()),
            codes=codes,
        )

    def _keys(self, rows: Sequence[Row]) -> dict[str, str]:
        """Return the id of each row's code by its key, in the order of the rows."""
        known = {code.key: code.id for code in self.base.codes}
        by_name = {code.name.casefold(): code for code in self.base.codes if not code.retired}
        ids: dict[str, str] = {}
        for line, cells in rows:
            key, name = cells.get("id", ""), cells.get("name", "")
            if not key:
                same = by_name.get(name.casefold())
                key = same.key if same else self._free(slug(name), {*known, *ids})
            if not _KEY.fullmatch(key):
                self._note(line, f"The id {key} may hold letters, digits, dots and hyphens only.")
            if key in ids:
                self._note(line, f"The code {key} is there already in an earlier row.")
                key = self._free(key, set(ids))
            uid = cells.get("uid", "")
            if uid and not _UID.fullmatch(uid):
                self._note(line, f"The uid of {key} is not one of Cofactor.")
            ids[key] = uid or known.get(key) or shipped_id(self.base.family, "code", key)
        return ids

    def _code(
        self,
        line: int,
        cells: Mapping[str, str],
        key: str,
        ids: Mapping[str, str],
        hot_keys: dict[str, str],
    ) -> Code:
        name = cells.get("name", "")
        if not name:
            self._note(line, "This code has no name.")
        cells = {**self._held(ids[key]), **cells}
        cluster = self._cluster(line, cells)
        category = self._category(line, cells, cluster)
        hot_key = cells.get("hot_key", "").upper()
        if hot_key and hot_key_problem(hot_key):
            self._note(line, f"The hot key {hot_key} cannot be. {hot_key_problem(hot_key)}")
        if hot_key and hot_keys.setdefault(hot_key, name) != name:
            self._note(line, f"The hot key {hot_key} belongs to {hot_keys[hot_key]} already.")
        colour = cells.get("colour", "").upper()
        if colour and not CODE_COLOUR.fullmatch(colour):
            self._note(line, f"The colour {colour} is not written like #1F6E9C.")
        known = ids.__contains__
        return Code(
            id=ids[key],
            key=key,
            name=name,
            category_id=category,
            cluster_id=cluster,
            further_cluster_ids=tuple(self._further(line, cells)),
            see_instead=tuple(self._listed(line, cells, "see_instead", known)),
            colour=colour,
            hot_key=hot_key,
            starter=self._flag(line, cells, "starter"),
            retired=self._flag(line, cells, "retired"),
            former_names=tuple(sorted(_parts(cells.get("former_names", "")))),
            merged_into=self._other(line, cells, "merged_into", ids),
            split_from=self._other(line, cells, "split_from", ids),
            **{text: cells.get(text, "") for text in TEXTS},
        )

    def _held(self, code_id: str) -> dict[str, str]:
        """Return what the project says of a code, for the columns that the table lacks."""
        code = next((one for one in self.base.codes if one.id == code_id), None)
        if code is None:
            return {}
        held = dict(zip(COLUMNS, _cells(self.base, code), strict=True))
        place = ("cluster_number", "cluster", "category", "cluster_id", "category_id", "id", "uid")
        return {name: cell for name, cell in held.items() if name not in place}

    def _cluster(self, line: int, cells: Mapping[str, str]) -> str:
        key, name = cells.get("cluster_id", ""), cells.get("cluster", "")
        number = cells.get("cluster_number", "").removesuffix(".0")
        for one in self.clusters.values():
            if (key and one.key == key) or (not key and _same(one.name, name)):
                return one.id
        beside = [one for one in self.categories.values() if _same(one.name, cells["category"])]
        if not name and beside:
            return beside[0].cluster_id
        if not name:
            self._note(line, "This code has no cluster, and its category is new.")
        key = key or self._free(slug(name), {one.key for one in self.clusters.values()})
        made = Cluster(shipped_id(self.base.family, "cluster", key), key, name, number[:3])
        self.clusters[made.id] = made
        return made.id

    def _category(self, line: int, cells: Mapping[str, str], cluster_id: str) -> str:
        key, name = cells.get("category_id", ""), cells.get("category", "")
        for one in self.categories.values():
            inside = one.cluster_id == cluster_id and _same(one.name, name)
            if (key and one.key == key) or (not key and inside):
                return one.id
        if not name:
            self._note(line, "This code has no category.")
        key = key or self._free(slug(name), {one.key for one in self.categories.values()})
        made = Category(shipped_id(self.base.family, "category", key), key, name, cluster_id)
        self.categories[made.id] = made
        return made.id

    def _further(self, line: int, cells: Mapping[str, str]) -> Iterable[str]:
        for part in _parts(cells.get("further_clusters", "")):
            known = [c.id for c in self.clusters.values() if part == c.key or _same(c.name, part)]
            if known:
                yield known[0]
            else:
                self._note(line, f"The cluster {part} is not known.")

    def _listed(
        self, line: int, cells: Mapping[str, str], name: str, known: Callable[[str], bool]
    ) -> Iterable[str]:
        outside = {code.key for code in self.base.codes}
        for part in _parts(cells.get(name, "")):
            if known(part) or part in outside:
                yield part
            else:
                self._note(line, f"The code {part} in {name} is not known.")

    def _other(self, line: int, cells: Mapping[str, str], name: str, ids: Mapping[str, str]) -> str:
        key = cells.get(name, "")
        known = {**{code.key: code.id for code in self.base.codes}, **ids}
        if key and key not in known:
            self._note(line, f"The code {key} in {name} is not in this table.")
        return known.get(key, "")

    def _flag(self, line: int, cells: Mapping[str, str], name: str) -> bool:
        word = cells.get(name, "").casefold()
        if word not in (*_YES, *_NO):
            self._note(line, f"{name} is either yes or empty.")
        return word in _YES

    def _free(self, wanted: str, taken: set[str]) -> str:
        numbered = (f"{wanted}_{number}" for number in range(2, _MOST_ROWS + 3))
        return next(key for key in (wanted, *numbered) if key not in taken)

    def _note(self, line: int, sentence: str) -> None:
        self.problems.append((line, sentence))


def _parts(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]


def _same(one: str, other: str) -> bool:
    return bool(other) and one.casefold() == other.casefold()


def is_codebook_table(path: Path) -> bool:
    """Say whether a CSV or XLSX looks like a table of codes, without telling what is wrong."""
    try:
        rows: Any = _sheet_rows(path) if path.suffix.lower() == ".xlsx" else _csv_rows(path)
    except UserError:
        return False
    return bool(list(rows))
