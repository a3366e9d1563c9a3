"""The table of studies as CSV, or as a workbook with every coder's values on a second sheet."""

import csv
from pathlib import Path

from app.coding.study_table import VALUE_HEADS, StudyTable
from app.exchange.atomic import replace_file
from app.exchange.extracts_csv import safe_cell

WIDEST = 60


def write_study_table(table: StudyTable, path: Path, *, for_excel: bool = False) -> None:
    """Write the table; the suffix decides. Raises UserError when it cannot be written."""
    with replace_file(path) as temporary:
        if path.suffix.lower() == ".xlsx":
            _write_workbook(table, temporary)
        else:
            _write_csv(table, temporary, for_excel=for_excel)


def _write_csv(table: StudyTable, path: Path, *, for_excel: bool) -> None:
    encoding = "utf-8-sig" if for_excel else "utf-8"
    with path.open("w", encoding=encoding, newline="", errors="replace") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        for row in (table.heads, *table.rows):
            cells = [safe_cell(one) if for_excel and isinstance(one, str) else one for one in row]
            writer.writerow(cells)


def _write_workbook(table: StudyTable, path: Path) -> None:
    import xlsxwriter

    # Words stay words: no formulas, no links made of what was typed.
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(path, options) as book:
        bold = book.add_format({"bold": True, "bottom": 1})
        for name, heads, rows in (
            ("Studies", table.heads, table.rows),
            ("Values and passages", VALUE_HEADS, table.values),
        ):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, heads, bold)
            sheet.freeze_panes(1, 1)
            for number, row in enumerate(rows, start=1):
                sheet.write_row(number, 0, row)
            for place, head in enumerate(heads):
                texts = [head, *(str(row[place]) for row in rows)]
                sheet.set_column(place, place, min(WIDEST, max(map(len, texts)) + 2))
