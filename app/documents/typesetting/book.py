"""Binds composed sheets into one PDF file."""

from app.documents.typesetting.composer import Composer
from app.documents.typesetting.furniture import number_sheets
from app.documents.typesetting.layouts import LAYOUTS, Layout
from app.documents.typesetting.manuscript import LayoutName, Manuscript
from app.documents.typesetting.openings import cover_sheets, open_on_page, open_plainly
from app.documents.typesetting.pdf_file import LabelRange, OutlineEntry, assemble
from app.documents.typesetting.sheet import Sheet, faces_of

ROMAN = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")


def typeset(manuscript: Manuscript, layout_name: LayoutName) -> bytes:
    """Return the manuscript as a PDF; the same manuscript always gives the same bytes."""
    layout = LAYOUTS[layout_name]
    composer = Composer(layout, manuscript)
    opening = open_plainly if layout.front else open_on_page
    composer.compose(manuscript.body, opening=opening)
    labels = [str(manuscript.first_page + at) for at in range(len(composer.sheets))]
    front = _front(layout, manuscript, composer.outline, labels)
    number_sheets(composer.sheets, layout, manuscript, labels)
    sheets = [*front, *composer.sheets]
    ranges = [LabelRange(len(front), "D", manuscript.first_page)]
    if front:
        ranges.insert(0, LabelRange(0, "r", 1))
    return assemble(
        [sheet.finished() for sheet in sheets],
        faces_of(sheets),
        title=manuscript.title,
        author="; ".join(manuscript.authors),
        language=manuscript.language,
        labels=ranges,
        outline=[
            OutlineEntry(one.title, one.level, one.page + len(front), one.top)
            for one in composer.outline
        ],
    )


def _front(
    layout: Layout, manuscript: Manuscript, entries: list[OutlineEntry], labels: list[str]
) -> list[Sheet]:
    if not layout.front:
        return []
    sheets = cover_sheets(layout, manuscript, entries, labels)
    number_sheets(sheets, layout, manuscript, ["", *ROMAN[2 : len(sheets) + 1]])
    return sheets
