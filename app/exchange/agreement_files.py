"""Writes the agreement report; the suffix says in which format."""

import csv
import html
import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from app.coding.agreement import Agreement
from app.errors import UserError
from app.exchange.agreement_json import agreement_values, scope_values
from app.exchange.agreement_methods import methods
from app.exchange.agreement_tables import NUMBERS, Table, numbers_of, places_table, tables, words
from app.exchange.atomic import replace_file

if TYPE_CHECKING:
    from docx.document import Document
    from xlsxwriter import Workbook

SUFFIXES = (".xlsx", ".csv", ".docx", ".html", ".json")
TITLE = "Agreement between coders"
FOR_READING = (
    "n_passages", "n_documents_with", "u_alpha_binary", "low", "high", "presence_kappa",
    "segment_f1", "percent",
)  # fmt: skip
"""The columns that fit on a page."""

TOO_WIDE = ("documents_codes", "pairs_codes")
"""Tables that no page holds; they are in the other formats."""


def write_agreement(done: Agreement, path: Path) -> str:
    """Write the report and return a sentence that says what was written.

    Raises:
        UserError: the suffix is none of ``SUFFIXES``, or the file cannot be written.
    """
    writers = {".xlsx": _xlsx, ".csv": _csv, ".docx": _docx, ".html": _html, ".json": _json}
    writer = writers.get(path.suffix.lower())
    if writer is None:
        raise UserError(
            f"Agreement cannot be written as {path.suffix or 'a file without an ending'}.",
            f"Use {', '.join(SUFFIXES)}.",
        )
    with replace_file(path) as temporary:
        writer(done, temporary)
    used = sum(bool(row.n_units or row.n_areas) for row in done.report.codes)
    return f"Wrote {path}: agreement on {used} codes in use."


def write_methods(done: Agreement, path: Path) -> str:
    """Write the methods paragraphs alone, as text."""
    with replace_file(path) as temporary:
        temporary.write_text("\n\n".join(methods(done)) + "\n", encoding="utf-8")
    return f"Wrote {path}: the methods paragraph."


def write_places(done: Agreement, path: Path) -> str:
    """Write the places where coders differ, one a row, as CSV."""
    table = places_table(done)
    with replace_file(path) as temporary, temporary.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(table.header)
        writer.writerows(table.rows)
    return f"Wrote {path}: {len(table.rows)} places where coders differ."


def write_settings(done: Agreement, path: Path) -> str:
    """Write scope, settings and versions alone, as JSON."""
    scope = scope_values(done.report, done.work, done.filters)
    with replace_file(path) as temporary:
        temporary.write_text(json.dumps(scope, ensure_ascii=False, indent=1), encoding="utf-8")
    return f"Wrote {path}: what was compared, and how."


def _json(done: Agreement, path: Path) -> None:
    values = agreement_values(done)
    path.write_text(json.dumps(values, ensure_ascii=False, indent=1), encoding="utf-8")


def _csv(done: Agreement, path: Path) -> None:
    """Write the codes and all codes pooled, exact, with NA for what is not estimable."""
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\r\n")
        table.writerow(["code", "code_id", *(key for key, _ in NUMBERS), "why_not_estimable"])
        for row in (*done.report.codes, done.report.overall):
            cells = ["NA" if cell is None else cell for cell in numbers_of(row)]
            why = {**row.text.why_null, **row.why_null}
            reasons = "; ".join(f"{name}: {reason}" for name, reason in sorted(why.items()))
            table.writerow([row.name, row.id, *cells, reasons])


def _xlsx(done: Agreement, path: Path) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False}) as book:
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        sheet = book.add_worksheet("Methods")
        sheet.set_column(0, 0, 110, wrapped)
        for line, paragraph in enumerate(methods(done)):
            sheet.write_string(line, 0, paragraph, wrapped)
        for table in tables(done):
            xlsx_sheet(book, table)


def xlsx_sheet(book: "Workbook", table: Table) -> None:
    """Write one table as a sheet of its own."""
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    number = book.add_format({"num_format": "0.000"})
    whole = book.add_format({"num_format": "#,##0"})
    faint = book.add_format({"italic": True})
    sheet = book.add_worksheet(table.key.replace("_", " ").capitalize())
    sheet.freeze_panes(1, 1)
    sheet.set_column(0, 0, 36)
    sheet.set_column(1, len(table.header), 13)
    for column, heading in enumerate(table.header):
        sheet.write_string(0, column, heading, bold)
    for line, row in enumerate(table.rows, 1):
        for column, cell in enumerate(row):
            if cell is None:
                sheet.write_string(line, column, words(cell), faint)
            elif isinstance(cell, str):
                sheet.write_string(line, column, cell)
            else:
                style = number if isinstance(cell, float) else whole
                sheet.write_number(line, column, cell, style)
    if table.note:
        sheet.write_string(len(table.rows) + 2, 0, table.note, faint)


def for_reading(table: Table) -> Table:
    """Return a table of scores with the columns that fit on a page; others as they are."""
    headings = dict(NUMBERS)
    if headings["n_passages"] not in table.header:
        return table
    first = table.header.index(headings["n_passages"])
    wanted = {headings[key] for key in FOR_READING}
    kept = [n for n, name in enumerate(table.header) if n < first or name in wanted]
    return Table(
        table.key,
        table.title,
        tuple(table.header[column] for column in kept),
        tuple(tuple(row[column] for column in kept) for row in table.rows),
        table.note,
    )


def landscape(title: str) -> "Document":
    """Return an empty document on its side, with a title."""
    import docx
    from docx.enum.section import WD_ORIENT

    document = docx.Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    document.add_heading(title, 1)
    return document


def _docx(done: Agreement, path: Path) -> None:
    document = landscape(TITLE)
    for paragraph in methods(done):
        document.add_paragraph(paragraph)
    for table in tables(done):
        if table.key not in TOO_WIDE:
            docx_table(document, for_reading(table))
    document.save(str(path))


def docx_table(document: "Document", table: Table) -> None:
    """Write one table with its title and note at the end of a document."""
    from docx.shared import Pt

    document.add_heading(table.title, 2)
    grid = document.add_table(rows=1, cols=len(table.header), style="Light Grid Accent 1")
    lines = [table.header, *(tuple(map(words, row)) for row in table.rows)]
    for _ in table.rows:
        grid.add_row()
    # The cells of the whole table are read once; asking row by row takes quadratic time.
    cells = grid._cells
    for place, text in enumerate(cell for line in lines for cell in line):
        paragraph = cells[place].paragraphs[0]
        paragraph.add_run(text).font.size = Pt(8)
    if table.note:
        document.add_paragraph(table.note)


STYLE = """body{font:15px/1.5 system-ui,sans-serif;max-width:80rem;margin:2rem auto;padding:0 1rem}
table{border-collapse:collapse;font-size:13px}
td,th{padding:.25rem .6rem;text-align:right;vertical-align:top}
td:first-child,th:first-child{text-align:left;min-width:14rem;position:sticky;left:0;
background:Canvas}
td.text,th.text{text-align:left;min-width:8rem}
thead th{border-bottom:1px solid;vertical-align:bottom}
tr+tr td{border-top:1px solid rgb(128 128 128 / .3)}
.scroll{overflow-x:auto}.missing{font-style:italic;opacity:.75}
:root{color-scheme:light dark}"""


def _html(done: Agreement, path: Path) -> None:
    path.write_text(html_page(TITLE, methods(done), tables(done)), encoding="utf-8")


def html_page(title: str, paragraphs: Iterable[str], shown: Iterable[Table]) -> str:
    """Return a page that needs nothing beside itself."""
    parts = [
        "<!doctype html>",
        '<html lang="en"><head><meta charset="utf-8">',
        f"<title>{title}</title><style>{STYLE}</style></head><body>",
        f"<h1>{title}</h1>",
        *(f"<p>{html.escape(paragraph)}</p>" for paragraph in paragraphs),
        *map(_html_table, shown),
        "</body></html>",
    ]
    return "\n".join(parts)


def _html_table(table: Table) -> str:
    head = "".join(f'<th scope="col">{html.escape(name)}</th>' for name in table.header)
    body = "\n".join(f"<tr>{''.join(map(_html_cell, row))}</tr>" for row in table.rows)
    note = f"<p>{html.escape(table.note)}</p>" if table.note else ""
    return (
        f'<h2 id="{table.key}">{html.escape(table.title)}</h2><div class="scroll"><table>'
        f"<thead><tr>{head}</tr></thead><tbody>\n{body}\n</tbody></table></div>{note}"
    )


def _html_cell(cell: str | int | float | None) -> str:
    kind = ' class="missing"' if cell is None else ' class="text"' if isinstance(cell, str) else ""
    return f"<td{kind}>{html.escape(words(cell))}</td>"
