"""Writes the log of differences and decisions; the suffix says in which format."""

import csv
from pathlib import Path

from app.coding.decision_log import DecisionLine, list_decision_lines
from app.errors import UserError
from app.exchange.agreement_files import docx_table, html_page, landscape, xlsx_sheet
from app.exchange.agreement_tables import Table
from app.exchange.atomic import replace_file
from app.models import Project

SUFFIXES = (".xlsx", ".csv", ".docx", ".html")
TITLE = "Differences and decisions"
HEADER = (
    "Round", "Study", "Document", "Kind", "Codes", "Compared", "Action", "Consensus", "Reason",
    "Note", "Who", "When (UTC)", "Superseded", "Decided together", "Decision id",
)  # fmt: skip


def write_decision_log(project: Project, path: Path, round_id: str | None = None) -> str:
    """Write all decisions and return a sentence that says what was written.

    Raises:
        UserError: the suffix is none of ``SUFFIXES``, or the file cannot be written.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise UserError(
            f"Decisions cannot be written as {path.suffix or 'a file without an ending'}.",
            f"Use {', '.join(SUFFIXES)}.",
        )
    table = decision_table(list_decision_lines(project, round_id))
    with replace_file(path) as temporary:
        _write(table, temporary, suffix)
    return f"Wrote {path}: {len(table.rows)} decisions."


def decision_table(lines: tuple[DecisionLine, ...]) -> Table:
    """Return the decisions as one table, oldest first."""
    rows = tuple(
        (
            line.round, line.study, line.document, line.kind, "; ".join(line.codes),
            "\n".join(line.compared), line.action, "\n".join(line.consensus), line.reason,
            line.note, line.coder, line.at, "yes" if line.superseded else "",
            "yes" if line.together else "", line.id,
        )
        for line in lines
    )  # fmt: skip
    note = "" if rows else "Nothing has been settled yet."
    return Table("decisions", TITLE, HEADER, rows, note)


def _write(table: Table, path: Path, suffix: str) -> None:
    if suffix == ".csv":
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\r\n")
            writer.writerow(table.header)
            writer.writerows(table.rows)
    elif suffix == ".html":
        path.write_text(html_page(TITLE, (), (table,)), encoding="utf-8")
    elif suffix == ".docx":
        document = landscape(TITLE)
        docx_table(document, _for_paper(table))
        document.save(str(path))
    else:
        import xlsxwriter

        with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False}) as book:
            xlsx_sheet(book, table)


def _for_paper(table: Table) -> Table:
    """Return the columns that fit on a page."""
    wanted = ("Study", "Kind", "Compared", "Action", "Consensus", "Reason", "Who", "When (UTC)")
    kept = [table.header.index(name) for name in wanted]
    rows = tuple(tuple(row[place] for place in kept) for row in table.rows)
    return Table(table.key, table.title, wanted, rows, table.note)
