"""Memos between their markup and the document of a text field."""

from collections.abc import Collection, Iterable

from PySide6.QtGui import (
    QFont,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextList,
    QTextListFormat,
)

from app.coding.memo_text import Line, Run
from app.ui.theme import px, theme

STYLES = {
    "bullet": QTextListFormat.Style.ListDisc,
    "number": QTextListFormat.Style.ListDecimal,
}
BOLD = QFont.Weight.DemiBold


def fill(document: QTextDocument, lines: Iterable[Line], gone: Collection[str] = ()) -> None:
    """Show paragraphs; links in ``gone`` lead nowhere and are struck out."""
    document.clear()
    document.setIndentWidth(px(18))
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    point = ""
    for number, line in enumerate(lines):
        if number:
            cursor.insertBlock(QTextBlockFormat(), QTextCharFormat())
        if line.point:
            if line.point == point and cursor.block().previous().textList():
                cursor.block().previous().textList().add(cursor.block())
            else:
                cursor.createList(list_format(line.point))
        point = line.point
        for run in line.runs:
            cursor.insertText(run.text, char_format(run, run.link in gone))
    cursor.endEditBlock()


def list_format(point: str) -> QTextListFormat:
    """Return the format of a list of points."""
    made = QTextListFormat()
    made.setStyle(STYLES[point])
    made.setIndent(1)
    return made


def char_format(run: Run, is_gone: bool = False) -> QTextCharFormat:
    """Return how words look."""
    made = QTextCharFormat()
    if run.bold:
        made.setFontWeight(BOLD)
    if run.italic:
        made.setFontItalic(True)
    if run.link:
        made.setAnchor(True)
        made.setAnchorHref(run.link)
        made.setForeground(theme.token("text_3" if is_gone else "accent"))
        made.setFontUnderline(not is_gone)
        made.setFontStrikeOut(is_gone)
    return made


def lines_of(document: QTextDocument) -> tuple[Line, ...]:
    """Return the paragraphs of a document."""
    lines = []
    block = document.begin()
    while block.isValid():
        lines.append(Line(_runs(block), point_of(block)))
        block = block.next()
    return tuple(lines)


def point_of(block: QTextBlock) -> str:
    """Return what kind of point a paragraph is, "" for none."""
    found: QTextList | None = block.textList()  # None outside a list, whatever the stubs say
    if not found:
        return ""
    ordered = found.format().style() == QTextListFormat.Style.ListDecimal
    return "number" if ordered else "bullet"


def _runs(block: QTextBlock) -> tuple[Run, ...]:
    runs = []
    place = block.begin()
    while not place.atEnd():
        fragment = place.fragment()
        look = fragment.charFormat()
        runs.append(
            Run(
                fragment.text(),
                look.fontWeight() >= BOLD,
                look.fontItalic(),
                look.anchorHref() if look.isAnchor() else "",
            )
        )
        place += 1
    return tuple(runs)
