"""Tables and charts, drawn in one piece."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from app.documents.typesetting.layouts import Layout
from app.documents.typesetting.lines import Line, Type, break_lines, words_of
from app.documents.typesetting.manuscript import Chart, Table
from app.documents.typesetting.sheet import Align, Sheet

CELL_GAP = 7.0
ROW_GAP = 3.5
BAR = 8.0


@dataclass(frozen=True, slots=True)
class Figure:
    """Something with a height in points that can be drawn at a place."""

    height: float
    draw: Callable[[Sheet, float, float], None]


def table_figure(table: Table, layout: Layout, measure: float) -> Figure:
    """Lay out a table in a measure; the columns share it by the length of their words."""
    kind = replace(layout.small, leading=layout.small.size * 1.25)
    head = replace(kind, roman=_bold(kind.roman), heavy=kind.roman == "serif")
    widths = _column_widths(table, kind, measure)
    heads = _cells(table.columns, widths, head)
    rows = [_cells(row, widths, kind) for row in table.rows]
    caption = break_lines(words_of(table.caption, kind), measure, kind.size)
    tall = sum(_row_height(row, kind) for row in [heads, *rows])
    height = len(caption) * kind.leading + 6 + tall + 6

    def draw(sheet: Sheet, x: float, y: float) -> None:
        y = _block(sheet, x, y, caption, kind, measure, layout) + 4
        sheet.rule(x, y, x + measure, y, 0.8)
        for at, row in enumerate([heads, *rows]):
            y = _draw_row(sheet, x, y, row, widths, head if at == 0 else kind, layout)
            if at in (0, len(rows)):
                sheet.rule(x, y, x + measure, y, 0.8 if at else 0.4)

    return Figure(height, draw)


def chart_figure(chart: Chart, layout: Layout, measure: float) -> Figure:
    """Lay out a bar chart: labels to the left, bars on one scale, the number at each end."""
    kind = replace(layout.small, leading=layout.small.size * 1.25)
    caption = break_lines(words_of(chart.caption, kind), measure, kind.size)
    step = BAR + 5.5
    height = len(caption) * kind.leading + 10 + step * len(chart.bars) + 6
    labels = measure * 0.42
    longest = max((count for _, count in chart.bars), default=1) or 1

    def draw(sheet: Sheet, x: float, y: float) -> None:
        y += 4
        top = y
        for label, count in chart.bars:
            length = (measure - labels - 24) * count / longest
            base = y + BAR / 2 + kind.size * 0.34
            sheet.text(x, base, label, kind, "right", labels - 6)
            sheet.box(x + labels, y, length, BAR, (0.42, 0.47, 0.52))
            sheet.text(x + labels + length + 4, base, str(count), kind)
            y += step
        sheet.rule(x + labels, top - 3, x + labels, y - 2, 0.5)
        _block(sheet, x, y + 4, caption, kind, measure, layout)

    return Figure(height, draw)


def _bold(roman: str) -> str:
    return {"times": "times-bold", "sans": "sans-medium"}.get(roman, roman)


def _column_widths(table: Table, kind: Type, measure: float) -> list[float]:
    """Share the measure by the root of each column's longest text, none below its longest word."""
    weights = []
    least = []
    for at, title in enumerate(table.columns):
        texts = [title, *(row[at] for row in table.rows)]
        weights.append(max(len(text) for text in texts) ** 0.7)
        words = [word for text in texts for word in text.split()] or [""]
        longest = max(len(word) for word in words)
        least.append(longest * kind.size * 0.56)
    room = measure - CELL_GAP * (len(table.columns) - 1)
    shares = [room * weight / sum(weights) for weight in weights]
    short = [max(0.0, need - share) for need, share in zip(least, shares, strict=True)]
    spare = [max(0.0, share - need) for need, share in zip(least, shares, strict=True)]
    give = min(1.0, sum(short) / sum(spare)) if sum(spare) else 0.0
    parts = zip(shares, short, spare, strict=True)
    return [share + lack - give * extra for share, lack, extra in parts]


def _cells(texts: Sequence[str], widths: Sequence[float], kind: Type) -> list[list[Line]]:
    return [
        break_lines(words_of(text, kind), width, kind.size)
        for text, width in zip(texts, widths, strict=True)
    ]


def _row_height(row: Sequence[Sequence[Line]], kind: Type) -> float:
    return max(1, *(len(cell) for cell in row)) * kind.leading + 2 * ROW_GAP


def _draw_row(
    sheet: Sheet,
    x: float,
    y: float,
    row: Sequence[Sequence[Line]],
    widths: Sequence[float],
    kind: Type,
    layout: Layout,
) -> float:
    pairs = list(zip(row, widths, strict=True))
    for cell, width in reversed(pairs) if layout.right_to_left else pairs:
        _block(sheet, x, y + ROW_GAP, cell, kind, width, layout)
        x += width + CELL_GAP
    return y + _row_height(row, kind)


def _block(
    sheet: Sheet,
    x: float,
    y: float,
    lines: Sequence[Line],
    kind: Type,
    measure: float,
    layout: Layout,
) -> float:
    align: Align = "right" if layout.right_to_left else "left"
    for line in lines:
        sheet.line(x, y + kind.leading * 0.5 + kind.size * 0.32, measure, line, kind, align)
        y += kind.leading
    return y
