"""Extracts as a table of comma-separated values, one row for each coding.

Two flavours. "tidy" is exact: UTF-8 without a byte-order mark, every cell verbatim, for R, Python
and archives. "excel" is safe to open by a double click: with a byte-order mark, and with an
apostrophe before cells that a spreadsheet would take for a formula. Both end lines with CRLF and
quote as RFC 4180 says; line breaks inside a cell stay the single LF they are.
"""

import csv
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Literal

from app.coding.extracts import Extract
from app.exchange.atomic import replace_file

Flavour = Literal["tidy", "excel"]

COLUMNS = (
    "study",
    "report",
    "document",
    "page",
    "page_index",
    "code",
    "code_id",
    "category",
    "cluster",
    "valence",
    "stages",
    "coder",
    "round",
    "quote",
    "quote_clean",
    "memo",
    "condition",
    "coding_id",
    "made_at",
    "area",
    "integrity",
    "translation",
    "quote_repaired",
)
EXCEL_CELL_LIMIT = 32_767
_CUT_MARK = " […]"
_LIKE_A_FORMULA = re.compile(r"""[\s"'\ufeff\u200b]*[=+\-@＝＋－＠]|[\t\r]""")


def write_extracts(
    extracts: Iterable[Extract], path: Path, *, flavour: Flavour = "tidy"
) -> tuple[str, ...]:
    """Write extracts and return what a reader has to be told, one sentence each; often nothing.

    ``page`` is the printed label, ``page_index`` the 1-based place in the PDF, ``valence`` and
    ``stages`` the keys of the codebook's facets. Raises UserError when the file cannot be written;
    an earlier file of that name then stays as it was.
    """
    shortened: list[str] = []
    with replace_file(path) as temporary:
        encoding = "utf-8-sig" if flavour == "excel" else "utf-8"
        with temporary.open("w", encoding=encoding, newline="", errors="replace") as file:
            table = csv.writer(file, lineterminator="\r\n")
            table.writerow(COLUMNS)
            for extract in extracts:
                row = _row(extract)
                if flavour == "excel":
                    safe = [_for_excel(cell) for cell in row]
                    shortened += [extract.coding_id] if any(cut for _, cut in safe) else []
                    row = [cell for cell, _ in safe]
                table.writerow(row)
    return _told(shortened)


def _row(extract: Extract) -> Sequence[str]:
    return (
        extract.study,
        extract.report,
        extract.document,
        extract.page_label,
        str(extract.page),
        extract.code,
        extract.code_id,
        extract.category,
        extract.cluster,
        extract.valence,
        "; ".join(extract.stages),
        extract.coder,
        extract.round,
        extract.quote,
        extract.clean,
        extract.memo,
        extract.condition,
        extract.coding_id,
        extract.made_at,
        " ".join(f"{edge:g}" for edge in extract.area),
        extract.integrity,
        extract.translation,
        extract.repaired,
    )


def _for_excel(cell: str) -> tuple[str, bool]:
    """Return a cell that no spreadsheet takes for a formula, and whether it had to be cut."""
    safe = f"'{cell}" if _LIKE_A_FORMULA.match(cell) else cell
    if _cell_length(safe) <= EXCEL_CELL_LIMIT:
        return safe, False
    room = EXCEL_CELL_LIMIT - len(_CUT_MARK)
    kept = safe.encode("utf-16-le", "replace")[: 2 * room].decode("utf-16-le", "ignore")
    return kept + _CUT_MARK, True


def safe_cell(cell: str) -> str:
    """Return a cell that a spreadsheet takes for words, cut at the most that it can hold."""
    return _for_excel(cell)[0]


def _cell_length(text: str) -> int:
    """Return the length as Excel counts it, in UTF-16 units."""
    return len(text) + sum(character > "\uffff" for character in text)


def _told(shortened: Sequence[str]) -> tuple[str, ...]:
    if not shortened:
        return ()
    rows = "1 row" if len(shortened) == 1 else f"{len(shortened)} rows"
    return (
        f"Excel holds {EXCEL_CELL_LIMIT:,} characters in a cell: {rows} had longer text, which is"
        f" cut and marked […] (codings {', '.join(shortened[:5])}"
        f"{' and more' if len(shortened) > 5 else ''}). The tidy file holds all of it.",
    )
