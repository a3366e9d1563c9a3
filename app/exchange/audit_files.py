"""The log as a table: CSV, or a workbook."""

from pathlib import Path

from app.coding.audit import AuditFilter, list_audit, write_audit_csv
from app.exchange.atomic import replace_file
from app.models import Project

EVERYTHING = AuditFilter()
HEADS = ("Time (UTC)", "Who", "Computer", "Act", "Kind", "Rows", "Came with")
WIDTHS = (22, 24, 18, 44, 10, 36, 30)


def write_audit(project: Project, path: Path, wanted: AuditFilter = EVERYTHING) -> int:
    """Write the acts that the filter lets through, oldest first; return how many.

    Raises:
        UserError: the file cannot be written.
    """
    with replace_file(path) as temporary:
        if path.suffix.lower() == ".xlsx":
            return _workbook(project, temporary, wanted)
        with temporary.open("w", encoding="utf-8", newline="", errors="replace") as out:
            return write_audit_csv(project, out, wanted)


def _workbook(project: Project, path: Path, wanted: AuditFilter) -> int:
    import xlsxwriter

    entries = list_audit(project, wanted, limit=None)
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        sheet = book.add_worksheet("Log")
        sheet.write_row(0, 0, HEADS, book.add_format({"bold": True, "bottom": 1}))
        sheet.freeze_panes(1, 0)
        for place, width in enumerate(WIDTHS):
            sheet.set_column(place, place, width)
        for number, entry in enumerate(reversed(entries), start=1):
            rows = "; ".join(f"{n} {kind}" for kind, n in sorted(entry.rows.items()))
            source = f"{entry.source} (taken back)" if entry.withdrawn else entry.source
            told = (entry.at, entry.coder, entry.device, entry.label, entry.kind, rows, source)
            sheet.write_row(number, 0, told)
    return len(entries)
