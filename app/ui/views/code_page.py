"""One code in full: what it means, where it belongs, which neighbours to use instead."""

import re
from dataclasses import dataclass
from html import escape

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.coding.codebook import Code, Codebook
from app.ui.theme import paint_swatch, px, theme
from app.ui.views.studies_rows import count
from app.ui.widgets import (
    CountLabel,
    FlowLayout,
    KeyCap,
    Tag,
    ValenceMark,
    button,
    frame,
    label,
    line,
    tight,
)

CODE_KEY = re.compile(r"\b[a-z]+\.[a-z_]+\b")
TEXT_WIDTH = 660  # px at 100 %: no line of prose longer than about 100 characters


@dataclass(frozen=True, slots=True)
class CodeUses:
    """How often a code is used; the numbers are doors to its extracts.

    ``directions`` are (valence key, label, number of studies) of the valences that occur.
    """

    codings: int = 0
    studies: int = 0
    directions: tuple[tuple[str, str, int], ...] = ()


class Swatch(QWidget):
    """The square of a cluster, split where the code has a colour of its own."""

    def __init__(self, number: str, colour: str = "", *, side: int = 11) -> None:
        super().__init__()
        self._number, self._colour, self._side = number, colour, side
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return the size of the square."""
        return QSize(px(self._side), px(self._side))

    def paintEvent(self, event: object) -> None:
        """Paint it."""
        painter = QPainter(self)
        paint_swatch(painter, QRectF(self.rect()), self._number, self._colour)
        painter.end()


class CodePage(QWidget):
    """Shows one code.

    ``code_asked`` carries a code id, ``extracts_asked`` a code id and the key of a valence or "".
    """

    code_asked = Signal(str)
    extracts_asked = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        ground = frame("base")
        tight(QVBoxLayout(ground)).addWidget(self._area)
        tight(QVBoxLayout(self)).addWidget(ground)
        self._shown: tuple[Codebook, Code, CodeUses] | None = None
        self._column = tight(QVBoxLayout())
        theme.changed.connect(self._show_again)

    def show_code(self, codebook: Codebook, code: Code, uses: CodeUses) -> None:
        """Show a code with how often it is used."""
        self._shown = (codebook, code, uses)
        holder = QWidget()
        holder.setMaximumWidth(px(TEXT_WIDTH) + px(72))
        self._column = tight(QVBoxLayout(holder), 0, (36, 28, 36, 36))
        self._show_head(codebook, code)
        self._show_facts(codebook, code)
        self._section("Definition", code.definition or "No definition yet.", codebook)
        pair = tight(QGridLayout(), 0)
        pair.setHorizontalSpacing(px(24))
        pair.setColumnStretch(0, 1)
        pair.setColumnStretch(1, 1)
        texts = (("Include", code.include), ("Exclude", code.exclude))
        for place, (head, text) in enumerate(texts):
            pair.addWidget(_head(head), 0, place)
            words = self._linked(text or "–", codebook)
            words.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
            pair.addWidget(words, 1, place)
        pair.setVerticalSpacing(px(4))
        self._column.addSpacing(px(20))
        self._column.addLayout(pair)
        self._show_example(code)
        self._show_neighbours(codebook, code)
        self._show_uses(code, uses)
        self._column.addStretch(1)
        page = frame("base")
        beside = tight(QHBoxLayout(page))
        beside.addWidget(holder, 1)
        beside.addStretch(0)
        self._area.setWidget(page)

    def _show_head(self, codebook: Codebook, code: Code) -> None:
        cluster = codebook.cluster(code.cluster_id)
        number = "context" if cluster.is_context else cluster.number
        path = tight(QHBoxLayout(), 6)
        path.addWidget(Swatch(cluster.number, code.colour))
        tone = theme.cluster_token(number, "text")
        path.addWidget(label(f"{cluster.number} {cluster.name}".strip(), "name", tone))
        category = next((c for c in codebook.categories if c.id == code.category_id), None)
        if category is not None:
            path.addWidget(label("›", "name", "text_3"))
            path.addWidget(label(category.name, "name", tone))
        path.addStretch(1)
        self._column.addLayout(path)
        self._column.addSpacing(px(4))
        title = label(code.name, "title", wrap=True)
        title.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._column.addWidget(title)

    def _show_facts(self, codebook: Codebook, code: Code) -> None:
        facts = FlowLayout(spacing=8)
        if code.hot_key:
            facts.addWidget(label("Hot key", "small", "text_2"))
            facts.addWidget(KeyCap(code.hot_key.upper()))
        for cluster_id in code.further_cluster_ids:
            known = [cluster for cluster in codebook.clusters if cluster.id == cluster_id]
            for cluster in known:
                if facts.count() < 3:
                    facts.addWidget(label("Also belongs to", "small", "text_2"))
                kind = "context" if cluster.is_context else cluster.number
                facts.addWidget(Tag(f"{cluster.number} {cluster.name}".strip(), kind))
        if code.colour:
            facts.addWidget(label("Own colour", "small", "text_2"))
            facts.addWidget(Swatch("", code.colour, side=14))
        if code.starter:
            facts.addWidget(Tag("In the starter codebook"))
        if code.retired:
            facts.addWidget(Tag("Retired", "warning", "archive"))
        if facts.count():
            self._column.addSpacing(px(8))
            self._column.addLayout(facts)

    def _show_example(self, code: Code) -> None:
        if not code.example:
            return
        self._column.addSpacing(px(20))
        self._column.addWidget(_head("Example"))
        self._column.addSpacing(px(4))
        card = frame("card")
        inside = tight(QVBoxLayout(card), 4, (16, 12, 16, 12))
        text = code.example.strip()
        quoted = text if text.startswith(("“", '"', "‘", "'")) else f"“{text}”"
        inside.addWidget(_prose(quoted, "quotation"))
        self._column.addWidget(card)

    def _show_neighbours(self, codebook: Codebook, code: Code) -> None:
        neighbours = [one for key in code.see_instead for one in codebook.codes if one.key == key]
        if not neighbours:
            return
        self._column.addSpacing(px(20))
        self._column.addWidget(_head("See instead"))
        self._column.addSpacing(px(4))
        flow = FlowLayout(spacing=4)
        for neighbour in neighbours:
            link = button(neighbour.name, "link")
            link.setToolTip(neighbour.definition or neighbour.name)
            link.clicked.connect(lambda _on=False, one=neighbour: self.code_asked.emit(one.id))
            flow.addWidget(link)
        self._column.addLayout(flow)

    def _show_uses(self, code: Code, uses: CodeUses) -> None:
        self._column.addSpacing(px(24))
        self._column.addWidget(line())
        self._column.addSpacing(px(12))
        row = tight(QHBoxLayout(), 0)
        if uses.codings:
            for words, after in (
                (count(uses.studies, "study"), "with"),
                (count(uses.codings, "coding"), "of this code"),
            ):
                door = CountLabel(words, role="name", tone="text")
                door.setToolTip("Show the extracts of this code")
                door.clicked.connect(lambda: self.extracts_asked.emit(code.id, ""))
                row.addWidget(door)
                row.addWidget(label(f" {after} ", "body", "text_2"))
        else:
            row.addWidget(label("Nothing is coded with this code yet.", "body", "text_2"))
        row.addStretch(1)
        self._column.addLayout(row)
        self._show_directions(code, uses)
        if code.basis:
            self._column.addSpacing(px(8))
            self._column.addWidget(label(f"Basis: {code.basis}", "small", "text_2", wrap=True))

    def _show_directions(self, code: Code, uses: CodeUses) -> None:
        if not uses.directions:
            return
        row = FlowLayout(spacing=12)
        for key, name, number in uses.directions:
            one = QWidget()
            inside = tight(QHBoxLayout(one), 4)
            inside.addWidget(ValenceMark(key, name))
            door = CountLabel(f"{name} in {count(number, 'study')}", role="small", tone="text_2")
            door.setToolTip(f"Show the extracts coded {name.lower()}")
            door.clicked.connect(lambda _on=False, key=key: self.extracts_asked.emit(code.id, key))
            inside.addWidget(door)
            row.addWidget(one)
        self._column.addSpacing(px(4))
        self._column.addLayout(row)

    def _section(self, head: str, text: str, codebook: Codebook) -> None:
        self._column.addSpacing(px(20))
        self._column.addWidget(_head(head))
        self._column.addSpacing(px(4))
        self._column.addWidget(self._linked(text, codebook))

    def _linked(self, text: str, codebook: Codebook) -> QLabel:
        """Return prose in which the keys of other codes are links with their names."""
        words = _prose(text)
        linked = with_links(text, codebook)
        if linked != escape(text):
            words.setTextFormat(Qt.TextFormat.RichText)
            words.setText(linked)
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
            words.linkActivated.connect(self.code_asked)
        return words

    def _show_again(self) -> None:
        if self._shown is not None:
            self.show_code(*self._shown)


def with_links(text: str, codebook: Codebook) -> str:
    """Return the text as HTML; keys of codes such as ``maw.roles`` become links to their ids."""
    ids = {code.key: code for code in codebook.codes if not code.retired}

    def name(match: re.Match[str]) -> str:
        code = ids.get(match.group())
        if code is None:
            return match.group()
        return f'<a href="{escape(code.id)}">{escape(code.name)}</a>'

    return CODE_KEY.sub(name, escape(text))


def _head(text: str) -> QLabel:
    return label(text, "small_name", "text_2")


def _prose(text: str, role: str = "body") -> QLabel:
    words = label(text, role, wrap=True)
    words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return words
