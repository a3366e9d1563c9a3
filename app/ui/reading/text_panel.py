"""The panel "Text of this document": what the text is, what can be done about it, and a preview."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from app.coding.anchor_review import AnchorCounts
from app.coding.text_layers import LayerFacts, Preview, TextFacts
from app.ui.theme import icon
from app.ui.views.studies_rows import language_name
from app.ui.widgets import button, clear, frame, icon_button, label, tight

AGAIN, OCR, LETTERS, ORDER, COPY = "again", "ocr", "letters", "order", "copy"
NAMES = {"mupdf": "MuPDF", "tesseract": "Tesseract"}
STATES = {
    "good": "It reads well.",
    "partly": "Parts of it are of no use.",
    "unreadable": "It cannot be read: its letters are stored wrongly.",
    "none": "There is none: the pages are pictures.",
}


_FEW_COMMON = 0.03
_BROKEN = re.compile(r"(?<=[a-z])-\n(?=[a-z])")


@dataclass(frozen=True, slots=True)
class TextReport:
    """What the panel shows; ``tesseract`` and ``letters`` say what is on offer, or why not."""

    facts: TextFacts
    anchors: AnchorCounts
    tesseract: str
    has_tesseract: bool
    letters: str
    has_letters: bool
    has_pdf: bool


class TextPanel(QScrollArea):
    """``asked`` carries what is to be made, ``accepted`` when the preview is to be used."""

    asked = Signal(str)
    accepted = Signal()
    refused = Signal()
    layer_asked = Signal(str)
    place_asked = Signal()
    left = Signal()

    def __init__(self) -> None:
        """Build it empty."""
        super().__init__()
        self.setAccessibleName("Text of this document")
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        inner = frame("window")
        self.setWidget(inner)
        column = tight(QVBoxLayout(inner), 0, (16, 16, 16, 16))
        self._facts = tight(QVBoxLayout(), 4)
        self._preview = tight(QVBoxLayout(), 8)
        self._offers = tight(QVBoxLayout(), 4)
        for part in (self._facts, self._preview, self._offers):
            column.addLayout(part)
            column.addSpacing(12)
        column.addStretch(1)
        self.buttons: dict[str, QPushButton] = {}
        self.use: QPushButton | None = None

    def show_nothing(self) -> None:
        """Say that no document is open."""
        for part in (self._facts, self._preview, self._offers):
            clear(part)
        self.buttons.clear()
        self._facts.addWidget(label("No document is open.", "body", "text_2", wrap=True))

    def show_report(self, report: TextReport) -> None:
        """Show what the text is and what is on offer."""
        clear(self._facts)
        self._facts.addWidget(panel_head("Text of this document", self.left.emit))
        for sentence in sentences(report):
            self._facts.addWidget(label(sentence, "small", "text_2", wrap=True))
        if report.anchors.open:
            place = button(f"Place {counted(report.anchors.open, 'coding')}", "small")
            place.clicked.connect(self.place_asked)
            self._facts.addWidget(_row(place))
        self._show_offers(report)

    def show_work(self, words: str) -> None:
        """Say that a new text is being made; the strip shows how far it is."""
        self.clear_preview()
        self._preview.addWidget(label(words, "small", "text_2", wrap=True))

    def show_preview(self, preview: Preview) -> None:
        """Show what a new text would change, with the two answers."""
        self.clear_preview()
        card = frame("card")
        column = tight(QVBoxLayout(card), 4, (12, 12, 12, 12))
        column.addWidget(label(f"Preview: {preview.new.reason}", "group", wrap=True))
        for sentence in preview.sentences:
            column.addWidget(label(sentence, "small", "text_2", wrap=True))
        for words in _samples(preview):
            column.addWidget(label(words, "quotation", "text", wrap=True))
        leave = button("Close" if preview.is_same else "Leave it as it is", "quiet")
        leave.clicked.connect(self.refused)
        answers = [leave]
        self.use = None
        if not preview.is_same:
            self.use = button("Use this text", "primary")
            self.use.clicked.connect(self.accepted)
            answers.insert(0, self.use)
        column.addWidget(_row(*answers))
        self._preview.addWidget(card)
        self.ensureWidgetVisible(card)
        answers[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def clear_preview(self) -> None:
        """Take the preview away."""
        clear(self._preview)
        self.use = None

    def _show_offers(self, report: TextReport) -> None:
        clear(self._offers)
        self.buttons.clear()
        self._offers.addWidget(label("Another text", "group"))
        hint = "It is previewed first; nothing changes before you say so, and undo goes back."
        self._offers.addWidget(label(hint, "small", "text_2", wrap=True))
        missing = "" if report.has_pdf else "The PDF is not in this project."
        for key, text, sentence, is_able in (
            (AGAIN, "Read the PDF again", "With the PDF engine of this version.", True),
            (OCR, "Recognise words (OCR)", report.tesseract, report.has_tesseract),
            (LETTERS, "Repair letters", report.letters, report.has_letters),
            (ORDER, "Change the reading order", "See it on the pages, and change it there.", True),
            (COPY, "Use another copy of the PDF…", "With a cover page or a watermark, say.", True),
        ):
            made = button(text)
            made.setEnabled(is_able and (not missing or key == COPY))
            told = sentence if not missing or key == COPY else missing
            made.setAccessibleDescription(told)
            made.clicked.connect(lambda _checked=False, key=key: self.asked.emit(key))
            self.buttons[key] = made
            self._offers.addSpacing(4)
            self._offers.addWidget(made)
            self._offers.addWidget(label(told, "small", "text_2", wrap=True))
        self._show_earlier(report.facts.layers[1:])

    def _show_earlier(self, layers: Sequence[LayerFacts]) -> None:
        if not layers:
            return
        self._offers.addSpacing(8)
        self._offers.addWidget(label("Earlier texts", "group"))
        for layer in layers:
            words = f"{_reader(layer)}; {counted(layer.codings, 'coding')} made on it."
            self._offers.addWidget(label(words, "small", "text_2", wrap=True))
            again = button("Use it again", "small")
            again.clicked.connect(lambda _c=False, key=layer.id: self.layer_asked.emit(key))
            self._offers.addWidget(_row(again))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves the preview, then the panel."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self._preview.count():
            self.refused.emit()
        else:
            self.left.emit()


def sentences(report: TextReport) -> list[str]:
    """Return what is to be said of a text, one fact a sentence."""
    facts, anchors = report.facts, report.anchors
    language = language_name(facts.language) if facts.language else ""
    share = f"{100 * facts.common_words:.0f} % of its words are common ones"
    told = [
        f"{_reader(facts.layer)}.",
        facts.text_note or _reads(facts),
        f"{language}; {share}." if language else f"Its language is not known; {share}.",
    ]
    if facts.empty_pages and "no text" not in facts.text_note:
        pages = ", ".join(str(page) for page in facts.empty_pages[:8])
        more = " …" if len(facts.empty_pages) > 8 else ""
        told.append(f"No text on page{'' if len(facts.empty_pages) == 1 else 's'} {pages}{more}.")
    if facts.unmapped:
        told.append(f"{counted(facts.unmapped, 'letter')} that the PDF does not tell.")
    if facts.private:
        told.append(f"{counted(facts.private, 'letter')} stored as private characters.")
    if facts.reordered_pages:
        told.append(f"{counted(len(facts.reordered_pages), 'page')} not read as stored.")
    if anchors.moved or anchors.open or anchors.settled:
        placed = anchors.moved + anchors.settled
        if placed:
            told.append(f"{counted(placed, 'coding')} of an earlier text placed in this one.")
    return told


def _reads(facts: TextFacts) -> str:
    if facts.text_state == "good" and facts.common_words < _FEW_COMMON:
        return "It looks like text, but hardly any of its words are known: look before you code."
    return STATES.get(facts.text_state, "")


def panel_head(heading: str, leave: Callable[[], object]) -> QWidget:
    """Return the head of a panel: what it is, and the way back to the codes."""
    close = icon_button(icon("x", size=16), "Close", tip="Back to the codes  Esc", size=16)
    close.clicked.connect(lambda _checked=False: leave())
    holder = QWidget()
    row = tight(QHBoxLayout(holder))
    row.addWidget(label(heading, "heading", wrap=True), 1)
    row.addWidget(close)
    return holder


def counted(number: int, noun: str) -> str:
    """Return "1 coding", "2 codings"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _reader(layer: LayerFacts) -> str:
    first, *rest = layer.extractor.split("; ")
    verb = "Recognised" if first == "tesseract" else "Read"
    told = f"{verb} by {NAMES.get(first, first)} {layer.extractor_version}"
    return "; ".join([told, *rest])


def _samples(preview: Preview) -> list[str]:
    """Return the beginning of the first page that changes, as it would be."""
    if not preview.changed_pages or preview.is_same:
        return []
    words = preview.new.pages[preview.changed_pages[0] - 1].text
    return [f"p. {preview.changed_pages[0]}: {flat(words)[:240]} …"] if words else []


def flat(words: str) -> str:
    """Return words on one line, those broken at a line end joined."""
    return " ".join(_BROKEN.sub("", words).split())


def _row(*widgets: QWidget) -> QWidget:
    holder = QWidget()
    row = tight(QHBoxLayout(holder), 8)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return holder
