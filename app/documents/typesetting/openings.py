"""How a report opens: title block of an article, cover, contents, title page of a thesis."""

from dataclasses import replace

from app.documents.typesetting.composer import Composer
from app.documents.typesetting.layouts import Layout
from app.documents.typesetting.lines import Type, break_lines, words_of
from app.documents.typesetting.manuscript import Manuscript
from app.documents.typesetting.pdf_file import OutlineEntry
from app.documents.typesetting.sheet import Align, Sheet


def open_on_page(composer: Composer) -> None:
    """Set title, authors and abstract over the full width of the first page."""
    layout, manuscript = composer.layout, composer.manuscript
    sheet = composer.sheet
    left, measure = layout.margins[0], layout.text_width
    block = _Block(sheet, left, measure, layout, layout.margins[1] - 24)
    kind = layout.furniture
    block.set(manuscript.source_line, kind)
    if manuscript.doi:
        block.set(f"https://doi.org/{manuscript.doi}", kind)
    if layout.opening == "journal":
        block.y += 4
        sheet.rule(left, block.y, left + measure, block.y, 0.6)
        block.y += 16
    else:
        block.y += 26
    block.set(manuscript.title, layout.title)
    block.y += 9
    block.set(_names(manuscript), _size(layout.body, 1.08))
    block.y += 2
    block.set(manuscript.affiliation, replace(layout.small, roman=layout.small.italic))
    block.y += 13
    _abstract(block, manuscript)
    block.y += 6
    if layout.columns > 1:
        sheet.rule(left, block.y, left + measure, block.y, 0.4)
        block.y += 8
    block.y += layout.body.leading
    composer.top = composer.y = block.y


def open_plainly(composer: Composer) -> None:
    """Begin with the body, because cover and contents come from elsewhere."""


def cover_sheets(
    layout: Layout, manuscript: Manuscript, entries: list[OutlineEntry], labels: list[str]
) -> list[Sheet]:
    """Return the cover, the summary and the contents, which are numbered i, ii, iii."""
    cover = _thesis_cover if layout.opening == "thesis" else _report_cover
    sheets = [cover(layout, manuscript)]
    if layout.opening == "thesis":
        sheets.append(_abstract_sheet(layout, manuscript))
    return [*sheets, *_contents(layout, manuscript, entries, labels)]


class _Block:
    """A stack of lines that grows downwards."""

    def __init__(self, sheet: Sheet, x: float, measure: float, layout: Layout, y: float) -> None:
        self.sheet, self.x, self.measure, self.layout, self.y = sheet, x, measure, layout, y

    def set(self, text: str, kind: Type, *, justified: bool = False, hyphens: bool = False) -> None:
        lines = break_lines(
            words_of(text, kind), self.measure, kind.size, hyphens=hyphens, justified=justified
        )
        plain: Align = "right" if self.layout.right_to_left else "left"
        for line in lines:
            baseline = self.y + kind.leading * 0.5 + kind.size * 0.32
            align: Align = "justify" if justified else plain
            self.sheet.line(self.x, baseline, self.measure, line, kind, align)
            self.y += kind.leading


def _abstract(block: _Block, manuscript: Manuscript) -> None:
    layout = block.layout
    inset = 0.0 if layout.columns > 1 else 22.0
    block.x += inset
    block.measure -= 2 * inset
    kind = _size(layout.body, 0.93)
    block.set(manuscript.words[0], replace(layout.headings[0], size=kind.size + 0.4))
    block.set(manuscript.abstract, kind, justified=layout.justified, hyphens=layout.hyphens)
    block.y += 5
    block.set(f"{manuscript.words[1]}: {'; '.join(manuscript.keywords)}", kind)


def _report_cover(layout: Layout, manuscript: Manuscript) -> Sheet:
    width, height = layout.paper
    sheet = Sheet(width, height)
    sheet.box(0, 0, width, 26, layout.colour)
    sheet.box(layout.margins[0], 150, 46, 4, layout.colour)
    measure = width - layout.margins[0] - layout.margins[2]
    block = _Block(sheet, layout.margins[0], measure, layout, 176)
    block.set(manuscript.title, layout.title)
    block.y += 22
    block.set(_names(manuscript), _size(layout.body, 1.2))
    block.y += 4
    block.set(manuscript.affiliation, layout.body)
    block.y = max(block.y + 60, height - 250)
    block.set(manuscript.source_line, layout.body)
    block.set(str(manuscript.year), layout.body)
    return sheet


def _thesis_cover(layout: Layout, manuscript: Manuscript) -> Sheet:
    width, height = layout.paper
    sheet = Sheet(width, height)
    measure = width - layout.margins[0] - layout.margins[2]
    block = _Block(sheet, layout.margins[0], measure, layout, 190)
    block.set(manuscript.title, layout.title)
    block.y += 34
    block.set(_names(manuscript), _size(layout.body, 1.2))
    block.y = height - 330
    block.set(manuscript.source_line, layout.body)
    block.set(manuscript.affiliation, layout.body)
    block.set(str(manuscript.year), layout.body)
    return sheet


def _abstract_sheet(layout: Layout, manuscript: Manuscript) -> Sheet:
    sheet = Sheet(*layout.paper)
    block = _Block(sheet, layout.margins[0], layout.text_width, layout, layout.margins[1])
    block.set(manuscript.words[0], layout.headings[0])
    block.y += layout.headings[0].leading
    block.set(manuscript.abstract, layout.body, justified=True, hyphens=True)
    block.y += layout.body.leading
    block.set(f"{manuscript.words[1]}: {'; '.join(manuscript.keywords)}", layout.body)
    return sheet


def _contents(
    layout: Layout, manuscript: Manuscript, entries: list[OutlineEntry], labels: list[str]
) -> list[Sheet]:
    """Return the pages with the headings and the printed number of each."""
    kind = layout.body
    left, measure = layout.margins[0], layout.text_width
    sheets: list[Sheet] = []
    y = 0.0
    for entry in (one for one in entries if one.level <= 2):
        above = kind.leading * 0.45 if entry.level == 1 else 0.0
        if not sheets or y + above + kind.leading > layout.paper[1] - layout.margins[3]:
            sheets.append(Sheet(*layout.paper))
            block = _Block(sheets[-1], left, measure, layout, layout.margins[1])
            if len(sheets) == 1:
                block.set(manuscript.words[2], layout.headings[0])
                block.y += layout.headings[0].leading
            y = block.y
        y += above
        base = y + kind.leading * 0.7
        inset = 14.0 * (entry.level - 1)
        sheets[-1].text(left + inset, base, entry.title, kind)
        sheets[-1].text(left, base, labels[entry.page], kind, "right", measure)
        y += kind.leading
    return sheets


def _names(manuscript: Manuscript) -> str:
    return ", ".join(" ".join(reversed(author.split(", "))) for author in manuscript.authors)


def _size(kind: Type, factor: float) -> Type:
    return replace(kind, size=kind.size * factor, leading=kind.leading * factor)
