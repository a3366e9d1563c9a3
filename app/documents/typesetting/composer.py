"""Lets a manuscript run into the columns and pages of a layout."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from app.documents.typesetting import furniture
from app.documents.typesetting.figures import Figure, chart_figure, table_figure
from app.documents.typesetting.layouts import Layout
from app.documents.typesetting.lines import Line, Type, break_lines, words_of
from app.documents.typesetting.manuscript import (
    Block,
    BlockQuote,
    Chart,
    Heading,
    Listing,
    Manuscript,
    Paragraph,
    Table,
)
from app.documents.typesetting.pdf_file import OutlineEntry
from app.documents.typesetting.sheet import Align, Sheet

SHORTEST_PART = 2  # lines of a paragraph that may stand alone at the foot or head of a column
LEAST_BELOW_HEADING = 3  # lines
MOST_HEADINGS = 4  # blocks looked at below a heading
ROUNDING = 0.01


@dataclass(slots=True)
class Note:
    """A note that waits for the foot of its column."""

    number: str
    lines: list[Line]


@dataclass(slots=True)
class Composer:
    """Fills sheets from top to bottom, column by column. ``y`` is the top of the next line."""

    layout: Layout
    manuscript: Manuscript
    sheets: list[Sheet] = field(default_factory=list)
    outline: list[OutlineEntry] = field(default_factory=list)
    column: int = 0
    y: float = 0.0
    top: float = 0.0
    notes: list[Note] = field(default_factory=list)
    waiting: list[Figure] = field(default_factory=list)
    turned: list[Table] = field(default_factory=list)
    note_count: int = 0
    after_heading: bool = True

    @property
    def sheet(self) -> Sheet:
        """The sheet that is being filled."""
        return self.sheets[-1]

    @property
    def x(self) -> float:
        """Left edge of the current column."""
        layout = self.layout
        return layout.margins[0] + self.column * (layout.measure + layout.gutter)

    @property
    def bottom(self) -> float:
        """Lowest point for text in this column, above the notes it already has."""
        return self.layout.paper[1] - self.layout.margins[3] - self._note_height(self.notes)

    def compose(self, blocks: Sequence[Block], *, opening: Callable[["Composer"], None]) -> None:
        """Set all blocks and the list of references, then the running heads."""
        self.start_sheet()
        opening(self)
        for at, block in enumerate(blocks):
            self._set(block, blocks[at + 1 : at + 1 + MOST_HEADINGS])
        self._references()
        self._close_column()
        while self.waiting or self.turned:
            self.next_column()

    def start_sheet(self) -> None:
        """Begin a sheet at its first column."""
        self.sheets.append(Sheet(*self.layout.paper))
        self.column = 0
        self.top = self.y = self.layout.margins[1]

    def next_column(self) -> None:
        """Go to the next column, and to the next page after the last one."""
        self._close_column()
        if self.column + 1 < self.layout.columns:
            self.column += 1
            self.y = self.top
        else:
            self._turned_pages()
            self.start_sheet()
        waiting, self.waiting = self.waiting, []
        for figure in waiting:
            self._place(figure)

    def room(self, leading: float) -> int:
        """Return how many lines of a leading still fit in this column."""
        return max(0, int((self.bottom - self.y + ROUNDING) / leading))

    def lines(
        self,
        lines: Sequence[Line],
        kind: Type,
        *,
        left: float = 0.0,
        measure: float | None = None,
        indent: float = 0.0,
        note: Note | None = None,
        solid: bool = False,
    ) -> None:
        """Set the lines of one paragraph, parted where a column ends."""
        width = self.layout.measure if measure is None else measure
        rest = list(lines)
        first = True
        while rest:
            extra = self._note_height([note]) if note else 0.0
            room = int((self.bottom - extra - self.y + ROUNDING) / kind.leading)
            count = len(rest) if len(rest) <= room else self._part(len(rest), kind, solid=solid)
            for line in rest[:count]:
                self._line(line, kind, left, width, indent if first else 0.0)
                first = False
            rest = rest[count:]
            if rest:
                self.next_column()
        if note:
            self.notes.append(note)

    def _part(self, count: int, kind: Type, *, solid: bool) -> int:
        """Return how many of the lines stay here; none where the page must end first."""
        fitting = min(self.room(kind.leading), count - SHORTEST_PART)
        fresh = self.y <= self.top + ROUNDING
        if fresh:
            return max(1, fitting)
        if solid and self._crowded():
            return 0
        return fitting if fitting >= SHORTEST_PART else 0

    def _line(self, line: Line, kind: Type, left: float, width: float, indent: float) -> None:
        rtl = self.layout.right_to_left
        align: Align = "justify" if self.layout.justified else ("right" if rtl else "left")
        x = self.x + left + (0.0 if rtl else indent)
        baseline = self.y + kind.leading * 0.5 + kind.size * 0.32
        self.sheet.line(x, baseline, width - indent, line, kind, align)
        self.y += kind.leading

    def _set(self, block: Block, following: Sequence[Block]) -> None:
        match block:
            case Heading():
                self._heading(block, following)
            case Paragraph():
                self._paragraph(block)
            case BlockQuote():
                self._quote(block)
            case Listing():
                self._listing(block)
            case Table(wide=True):
                self.turned.append(block)
            case Table():
                self._float(table_figure(block, self.layout, self.layout.measure))
            case Chart():
                self._float(chart_figure(block, self.layout, self.layout.measure))

    def _heading(self, block: Heading, following: Sequence[Block]) -> None:
        layout = self.layout
        kind = layout.headings[min(block.level, 3) - 1]
        if layout.chapters and block.level == 1 and self.y > layout.margins[1] + ROUNDING:
            self._end_page()
        fresh = self.y <= self.top + ROUNDING
        above = 0.0 if fresh else kind.leading * (0.95 if block.level == 1 else 0.7)
        lines = break_lines(words_of(block.text, kind), layout.measure, kind.size)
        needed = above + len(lines) * kind.leading + self._least_below(following)
        if not fresh and self.y + needed > self.bottom:
            self.next_column()
            above = 0.0
        self.y += above
        top = layout.paper[1] - self.y
        self.outline.append(OutlineEntry(block.text, block.level, len(self.sheets) - 1, top))
        for line in lines:
            line.last = True
        self._unbroken(lines, kind)
        self.y += layout.body.leading * (0.35 if block.level == 1 else 0.2)
        if layout.chapters and block.level == 1:
            self.y += kind.leading
        self.after_heading = True

    def _least_below(self, following: Sequence[Block]) -> float:
        """Return the height that must stay with a heading: headings below it and some text."""
        height, turned = 0.0, False
        leading = self.layout.body.leading
        for block in following:
            if isinstance(block, Heading):
                height += self.layout.headings[min(block.level, 3) - 1].leading * 1.9
                continue
            if isinstance(block, Table) and block.wide:
                turned = True
                continue
            lines = LEAST_BELOW_HEADING
            if isinstance(block, Paragraph) and block.solid and (turned or self._crowded()):
                lines = len(self.broken(block.text, self.layout.body, self.layout.measure))
            return height + (lines + 0.5) * leading
        return height + LEAST_BELOW_HEADING * leading

    def _crowded(self) -> bool:
        """Tell whether a solid paragraph may not run on from this column."""
        at_page_end = self.column + 1 == self.layout.columns
        return at_page_end and bool(self.sheet.layers["extra"] or self.notes or self.turned)

    def _unbroken(self, lines: Sequence[Line], kind: Type) -> None:
        align: Align = "right" if self.layout.right_to_left else "left"
        for line in lines:
            baseline = self.y + kind.leading * 0.5 + kind.size * 0.32
            self.sheet.line(self.x, baseline, self.layout.measure, line, kind, align)
            self.y += kind.leading

    def _paragraph(self, block: Paragraph) -> None:
        layout = self.layout
        indent = 0.0 if self.after_heading else layout.indent
        lines = self.broken(block.text, layout.body, layout.measure, indent)
        note = self._note(block.note) if block.note else None
        self.lines(lines, layout.body, indent=indent, note=note, solid=block.solid)
        if note:
            self._note_sign(lines[-1], note, indent if len(lines) == 1 else 0.0)
        self.y += layout.gap
        self.after_heading = False

    def broken(self, text: str, kind: Type, measure: float, indent: float = 0.0) -> list[Line]:
        """Break text by the habits of this layout."""
        return break_lines(
            words_of(text, kind),
            measure,
            kind.size,
            indent=indent,
            hyphens=self.layout.hyphens,
            justified=self.layout.justified,
        )

    def _quote(self, block: BlockQuote) -> None:
        layout = self.layout
        kind = Type(
            layout.body.roman, layout.body.italic, layout.body.size * 0.94, layout.body.leading
        )
        inset = 14.0 if layout.columns > 1 else 26.0
        measure = layout.measure - 2 * inset
        self.y += layout.body.leading * 0.4
        text = f"{block.text} ({block.source})" if block.source else block.text
        self.lines(self.broken(text, kind, measure), kind, left=inset, measure=measure)
        self.y += layout.body.leading * 0.4 + layout.gap
        self.after_heading = True

    def _listing(self, block: Listing) -> None:
        layout, kind = self.layout, self.layout.body
        inset = 16.0
        measure = layout.measure - inset
        self.y += kind.leading * 0.3
        for number, item in enumerate(block.items, start=1):
            lines = self.broken(item, kind, measure)
            if self.room(kind.leading) < min(len(lines), SHORTEST_PART):
                self.next_column()
            sign = f"{number}." if block.numbered else "\u2013"
            baseline = self.y + kind.leading * 0.5 + kind.size * 0.32
            if layout.right_to_left:
                self.sheet.text(self.x, baseline, sign, kind, "right", layout.measure)
            else:
                self.sheet.text(self.x, baseline, sign, kind)
            self.lines(lines, kind, left=0.0 if layout.right_to_left else inset, measure=measure)
        self.y += kind.leading * 0.3 + layout.gap
        self.after_heading = True

    def _float(self, figure: Figure) -> None:
        space = self.layout.body.leading
        if not self.waiting and self.y + space + figure.height <= self.bottom:
            self.y += space
            self._place(figure)
        else:
            self.waiting.append(figure)

    def _place(self, figure: Figure) -> None:
        inside = self.y > self.top + ROUNDING
        self.sheet.layer = "body" if inside else "extra"
        figure.draw(self.sheet, self.x, self.y)
        self.sheet.layer = "body"
        self.y += figure.height + self.layout.body.leading

    def _end_page(self) -> None:
        while True:
            count = len(self.sheets)
            self.next_column()
            if len(self.sheets) > count and not self.waiting and self.y <= self.top + ROUNDING:
                return

    def _turned_pages(self) -> None:
        for table in self.turned:
            self.sheets.append(furniture.turned_sheet(table, self.layout))
        self.turned = []

    def _note(self, text: str) -> Note:
        self.note_count += 1
        kind = self.layout.small
        lines = self.broken(text, kind, self.layout.measure - 9)
        return Note(str(self.note_count), lines)

    def _note_height(self, notes: Sequence[Note]) -> float:
        if not notes:
            return 0.0
        return sum(len(note.lines) for note in notes) * self.layout.small.leading + 9.0

    def _note_sign(self, line: Line, note: Note, indent: float) -> None:
        kind = self.layout.body
        baseline = self.y - kind.leading * 0.5 + kind.size * 0.32
        if self.layout.right_to_left:
            x = self.x + self.layout.measure - indent - line.width * kind.size / 1000 - 5
        else:
            x = self.x + indent + line.width * kind.size / 1000 + 0.5
        self.sheet.superior(x, baseline, note.number, kind)

    def _close_column(self) -> None:
        """Draw the notes of the column under a short rule."""
        if not self.notes:
            return
        kind, sheet = self.layout.small, self.sheet
        y = self.bottom + 7.0
        sheet.layer = "extra"
        sheet.rule(self.x, y - 3, self.x + 60, y - 3, 0.4)
        for note in self.notes:
            sheet.superior(self.x, y + kind.leading * 0.5 + kind.size * 0.32, note.number, kind)
            for line in note.lines:
                baseline = y + kind.leading * 0.5 + kind.size * 0.32
                measure = self.layout.measure - 9
                align: Align = "right" if self.layout.right_to_left else "justify"
                sheet.line(self.x + 9, baseline, measure, line, kind, align)
                y += kind.leading
        sheet.layer = "body"
        self.notes = []

    def _references(self) -> None:
        if not self.manuscript.references:
            return
        layout, kind = self.layout, self.layout.small
        self._heading(Heading(self.manuscript.words[3], 1), ())
        inset = 12.0
        measure = layout.measure - inset
        for text in self.manuscript.references:
            lines = break_lines(
                words_of(text, kind), measure, kind.size, indent=-inset, hyphens=layout.hyphens
            )
            if self.room(kind.leading) < len(lines):
                self.next_column()
            for at, line in enumerate(lines):
                line.last = True
                shift = inset if at else 0.0
                self._line(line, kind, shift, layout.measure - shift, 0.0)
            self.y += kind.leading * 0.25
