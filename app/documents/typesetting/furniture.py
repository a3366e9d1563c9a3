"""What stands on every page: running head, page number and the mark of invented text."""

from collections.abc import Sequence

from app.documents.typesetting.figures import table_figure
from app.documents.typesetting.layouts import Layout
from app.documents.typesetting.lines import Type
from app.documents.typesetting.manuscript import Manuscript, Table
from app.documents.typesetting.sheet import Sheet

HEAD = 46.0  # baseline of the running head, from the top edge
FOOT = 40.0  # baseline of the foot line, from the bottom edge


def turned_sheet(table: Table, layout: Layout) -> Sheet:
    """Return a landscape sheet that holds one wide table and is stored with /Rotate 90."""
    width, height = layout.paper[1], layout.paper[0]
    sheet = Sheet(width, height, turned=True)
    side = 72.0
    figure = table_figure(table, layout, width - 2 * side)
    figure.draw(sheet, side, 76.0)
    return sheet


def number_sheets(
    sheets: Sequence[Sheet], layout: Layout, manuscript: Manuscript, labels: Sequence[str]
) -> None:
    """Draw head and foot on every sheet; the first sheet of a journal article has no head."""
    for at, (sheet, label) in enumerate(zip(sheets, labels, strict=True)):
        opening = at == 0 and layout.opening in ("journal", "plain")
        _furnish(sheet, layout, manuscript, label, at, opening=opening)


def _furnish(
    sheet: Sheet, layout: Layout, manuscript: Manuscript, label: str, at: int, *, opening: bool
) -> None:
    kind = layout.furniture
    left = 72.0 if sheet.turned else layout.margins[0]
    measure = sheet.width - left - (72.0 if sheet.turned else layout.margins[2])
    even = at % 2 == 1
    sheet.layer = "head"
    if not label:
        pass
    elif layout.opening == "journal":
        if not opening:
            _journal_head(sheet, manuscript, kind, left, measure, label, even=even)
    elif layout.opening == "thesis":
        sheet.text(left, HEAD, manuscript.running_head, _italic(kind), "right", measure)
        sheet.rule(left, HEAD + 5, left + measure, HEAD + 5, 0.4)
    elif layout.opening == "cover":
        sheet.text(left, HEAD, manuscript.running_head, kind, "left", measure)
    elif not opening:
        sheet.text(left, HEAD, manuscript.running_head, _italic(kind), "centre", measure)
    sheet.layer = "foot"
    _foot(sheet, layout, manuscript, label, left, measure, opening=opening)
    sheet.layer = "body"


def _journal_head(
    sheet: Sheet,
    manuscript: Manuscript,
    kind: Type,
    left: float,
    measure: float,
    label: str,
    *,
    even: bool,
) -> None:
    names = short_names(manuscript.authors)
    if even:
        sheet.text(left, HEAD, label, kind)
        sheet.text(left, HEAD, names, _italic(kind), "right", measure)
    else:
        sheet.text(left, HEAD, manuscript.running_head, _italic(kind))
        sheet.text(left, HEAD, label, kind, "right", measure)


def _foot(
    sheet: Sheet,
    layout: Layout,
    manuscript: Manuscript,
    label: str,
    left: float,
    measure: float,
    *,
    opening: bool,
) -> None:
    kind = layout.furniture
    y = sheet.height - FOOT
    marks = manuscript.mark.split("\n")
    if layout.opening == "journal" and not opening:
        for at, mark in enumerate(marks):
            sheet.text(left, y + at * kind.leading, mark, kind, "centre", measure)
        return
    if layout.opening == "cover":
        sheet.text(left, y, label, kind, "right", measure)
        for at, mark in enumerate(marks):
            sheet.text(left, y + at * kind.leading, mark, kind)
        return
    sheet.text(left, y - kind.leading - 2, label, kind, "centre", measure)
    for at, mark in enumerate(marks):
        sheet.text(left, y + at * kind.leading, mark, kind, "centre", measure)


def short_names(authors: Sequence[str]) -> str:
    """Return family names as a running head gives them."""
    names = [author.split(",")[0] for author in authors]
    if len(names) > 2:
        return f"{names[0]} et al."
    return " and ".join(names)


def _italic(kind: Type) -> Type:
    return Type(kind.italic, kind.italic, kind.size, kind.leading, grey=kind.grey)
