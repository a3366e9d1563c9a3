"""What each coder said of one difference, as a card; the definition then and now; the thread."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.coding.code_history import ADDED, GONE
from app.coding.codebook import Codebook
from app.coding.listing import STAGE, VALENCE, Coding
from app.coding.memo_text import plain
from app.ui.dates import spoken_date
from app.ui.team.settle_facts import CodeFacts, Said
from app.ui.team.settle_lanes import LaneHead
from app.ui.theme import theme
from app.ui.widgets import Person, ValenceMark, frame, label, tight
from app.ui.widgets.elided import ElidedLabel
from app.ui.widgets.layout import fix


@dataclass(frozen=True, slots=True)
class CardLine:
    """One coding in a card."""

    title: str
    valence: str = ""
    facts: str = ""
    memo: str = ""
    at: str = ""


def coding_line(coding: Coding, name: str, codebook: Codebook | None) -> CardLine:
    """Return what a card says of a coding."""
    labels = {
        (facet.key, value.key): value.label
        for facet in (codebook.facets if codebook is not None else ())
        for value in facet.values
    }
    valence = labels.get((VALENCE, coding.valence), coding.valence)
    said = [valence, *(labels.get((STAGE, key), key) for key in coding.stages), coding.condition]
    facts = " · ".join(part for part in said if part)
    return CardLine(name, coding.valence, facts, plain(coding.memo), coding.made_at)


def coder_card(head: LaneHead, lines: Iterable[CardLine], nothing: str) -> QWidget:
    """Return the card of one coder; ``nothing`` is what it says without a coding."""
    lines = tuple(lines)
    card = frame("card")
    column = tight(QVBoxLayout(card), 4, (12, 10, 12, 10))
    top = tight(QHBoxLayout(), 8)
    top.addWidget(Person(head.sign, head.kind, head.name))
    top.addWidget(ElidedLabel(head.name, "name"), 1)
    if lines:
        top.addWidget(label(spoken_date(lines[0].at), "small", "text_2"))
    column.addLayout(top)
    if not lines:
        column.addWidget(label(nothing, "body", "text_2", wrap=True))
    for line in lines:
        column.addWidget(label(line.title, "body", wrap=True))
        if line.facts:
            row = tight(QHBoxLayout(), 6)
            if line.valence:
                row.addWidget(fix(ValenceMark(line.valence), width=14, height=14))
            row.addWidget(label(line.facts, "small", "text_2", wrap=True), 1)
            column.addLayout(row)
        if line.memo:
            column.addWidget(label(line.memo, "small", wrap=True))
    return card


def definition_block(code: CodeFacts) -> QWidget:
    """Return a code's definition; what was changed since is struck out and underlined."""
    holder = QWidget()
    column = tight(QVBoxLayout(holder), 4)
    top = tight(QHBoxLayout(), 8)
    top.addWidget(ElidedLabel("Definition when coded", "small", "text_2"), 1)
    changed = "Changed since" if code.changed else "Unchanged since"
    top.addWidget(label(changed, "small_name", "warning" if code.changed else "accent"))
    column.addLayout(top)
    words = QLabel(diff_text(code))
    words.setTextFormat(Qt.TextFormat.RichText)
    words.setWordWrap(True)
    words.setProperty("role", "small")
    words.setAccessibleName(f"{code.name}: {code.before}")
    column.addWidget(words)
    return holder


def diff_text(code: CodeFacts) -> str:
    """Return a definition as rich text, with what went and what came marked."""
    gone, came = theme.token("error").name(), theme.token("success").name()
    marks = {
        GONE: f'<s style="color: {gone}">%s</s>',
        ADDED: f'<u style="color: {came}">%s</u>',
    }
    told = [marks.get(kind, "%s") % escape(words) for kind, words in code.parts]
    body = "".join(told) or "No definition yet."
    return f"<b>{escape(code.name)}.</b> {body}"


def thread_block(thread: Iterable[Said], names: Mapping[str, str]) -> QWidget:
    """Return the notes on a difference, oldest first."""
    holder = QWidget()
    column = tight(QVBoxLayout(holder), 4)
    column.addWidget(label("Notes", "small", "text_2"))
    for said in thread:
        who = names.get(said.coder_id, "")
        told = ", ".join(part for part in (who, spoken_date(said.at)) if part)
        column.addWidget(label(told, "small_name", "text_2"))
        column.addWidget(label(said.text, "body", wrap=True))
    return holder
