"""Ties the panel about the document's text to the reading view; texts are made apart from it."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from app.coding import rereading
from app.coding.anchor_review import count_anchors
from app.coding.documents import find_document
from app.coding.text_layers import Preview, preview_text, replace_text, text_facts, use_layer
from app.documents.engine import PdfEngine
from app.documents.new_text import NewText
from app.documents.ocr import MISSING, Tesseract, find_tesseract
from app.models import Project
from app.models.changes import Changes
from app.ui.reading.text_panel import AGAIN, COPY, LETTERS, OCR, ORDER, TextPanel, TextReport
from app.ui.tasks import Progress, run
from app.ui.views.studies_rows import language_name

if TYPE_CHECKING:
    from app.ui.reading.place import ReadingPlace

TAB = "text"
WORDS = {
    AGAIN: "Read the PDF again",
    OCR: "Recognise words",
    LETTERS: "Repair letters",
    ORDER: "Change reading order",
    COPY: "Read another copy",
}
NO_LETTERS = "No letters or figures were found that could be repaired."
GLYPHS = "The PDF does not tell all letters; whether they can be learnt shows in the preview."

Maker = Callable[[Project, PdfEngine, str, Progress], NewText | None]


class TextOfDocument:
    """The feature; its tab is made when it is first asked for."""

    def __init__(self, place: "ReadingPlace") -> None:
        """Tie it to the table of actions and to changes of the project."""
        self._place = place
        self.panel: TextPanel | None = None
        self.preview: Preview | None = None
        self._ticket = 0
        table = place.window_of_places.actions_table
        table.connect("read.text", self.open)
        place.state.document_changed.connect(self._document_changed)
        place.bridge.changed.connect(self._follow)

    @property
    def is_shown(self) -> bool:
        """True while the tab is the one in front."""
        return self.panel is not None and self.panel.isVisibleTo(self._place)

    def open(self) -> None:
        """Show the tab."""
        if not self._place.state.is_open:
            return
        if self.panel is None:
            self.panel = TextPanel()
            self._place.left.add_page(TAB, self.panel)
            self.panel.asked.connect(self.ask)
            self.panel.accepted.connect(self.accept)
            self.panel.refused.connect(self.refuse)
            self.panel.layer_asked.connect(self._use_layer)
            self.panel.left.connect(self._leave)
            table = self._place.window_of_places.actions_table
            self.panel.place_asked.connect(lambda: table.trigger("read.to_place"))
        table = self._place.window_of_places.actions_table
        table["read.left_panel"].setChecked(True)
        self._place.show_left(True)
        self._place.left.show_tab(TAB)
        self.panel.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.refresh()

    def refresh(self) -> None:
        """Look at the text again, off the window's thread."""
        info = self._place.state.info
        if self.panel is None or not self._place.bridge.is_open:
            return
        if info is None:
            self.panel.show_nothing()
            return
        project, document_id = self._place.bridge.project, info.id
        self._ticket += 1
        ticket = self._ticket

        def take(report: TextReport) -> None:
            if ticket == self._ticket and self.panel is not None:
                self.panel.show_report(report)

        run(lambda _p: report_on(project, document_id), "Look at the text", take, listed=False)

    def ask(self, what: str) -> None:
        """Make another text of the kind asked for, and preview it."""
        if what == ORDER:
            self._place.window_of_places.actions_table.trigger("read.order")
            return
        if what == COPY:
            name, _kind = QFileDialog.getOpenFileName(
                self._place, "Another copy of the PDF", "", "PDF (*.pdf)"
            )
            if name:
                self.use_copy(Path(name))
            return
        makers: dict[str, Maker] = {
            AGAIN: lambda project, engine, document, _p: rereading.read_again(
                project, engine, document
            ),
            OCR: lambda project, engine, document, progress: rereading.recognised(
                project,
                engine,
                document,
                progress=progress.report,
                cancelled=progress.is_cancelled,
            ),
            LETTERS: lambda project, engine, document, progress: rereading.with_letters(
                project,
                engine,
                document,
                progress=progress.report,
                cancelled=progress.is_cancelled,
            ),
        }
        self.make(makers[what], WORDS[what])

    def use_copy(self, path: Path) -> None:
        """Preview another copy of the PDF."""
        self.make(
            lambda _project, engine, _document, _progress: rereading.another_copy(engine, path),
            WORDS[COPY],
        )

    def make(self, maker: Maker, title: str) -> None:
        """Make a new text in the background and show what it would change."""
        info, bridge = self._place.state.info, self._place.bridge
        if info is None or not bridge.is_open:
            return
        if self.panel is None or not self.is_shown:
            self.open()
        assert self.panel is not None
        self.panel.show_work(f"{title}: under way. The strip at the foot shows how far it is.")
        project, engine, document_id = bridge.project, bridge.importer, info.id

        def work(progress: Progress) -> Preview | None:
            new = maker(project, engine, document_id, progress)
            if new is None:
                return None
            return preview_text(
                project,
                document_id,
                new,
                progress=progress.report,
                cancelled=progress.is_cancelled,
            )

        run(work, title, self._take, self._failed, show=self.open)

    def _take(self, preview: Preview | None) -> None:
        info = self._place.state.info
        if self.panel is None:
            return
        if preview is None or info is None or preview.document_id != info.id:
            self.panel.clear_preview()
            return
        self.preview = preview
        self.panel.show_preview(preview)

    def _failed(self, problem: BaseException) -> None:
        if self.panel is not None:
            self.panel.clear_preview()
        self._place.window_of_places.messages.report(problem)

    def accept(self) -> None:
        """Put the previewed text in the place of the present one."""
        preview, self.preview = self.preview, None
        if preview is None:
            return
        project = self._place.bridge.project
        run(
            lambda _progress: replace_text(project, preview),
            "Use the new text",
            lambda _layer: self.panel.clear_preview() if self.panel else None,
            self._failed,
        )

    def refuse(self) -> None:
        """Leave the text as it is."""
        self.preview = None
        if self.panel is not None:
            self.panel.clear_preview()
            self.panel.setFocus(Qt.FocusReason.OtherFocusReason)

    def _use_layer(self, layer_id: str) -> None:
        info = self._place.state.info
        if info is not None:
            project, document_id = self._place.bridge.project, info.id
            run(
                lambda _progress: use_layer(project, document_id, layer_id),
                "Use an earlier text",
                None,
                self._failed,
                listed=False,
            )

    def _leave(self) -> None:
        self._place.left.show_tab("codes")
        self._place.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def _document_changed(self) -> None:
        self.preview = None
        if self.panel is not None:
            self.panel.clear_preview()
            self.refresh()

    def _follow(self, changes: Changes) -> None:
        if self.is_shown and changes.touches("document", "anchor_fix", "coding"):
            self.refresh()


def recogniser(found: Tesseract, language: str) -> str:
    """Say which program recognises words, and whether it knows the language of the document."""
    names = ", ".join(language_name(code) for code in found.codes)
    told = f"Tesseract {found.version} is installed; it reads {names}."
    if language and language not in found.codes:
        told += f" For {language_name(language)} its language data have to be installed first."
    return told


def report_on(project: Project, document_id: str) -> TextReport:
    """Look at a document's text and at what could be done about it; may take a moment."""
    facts = text_facts(project, document_id)
    found = find_tesseract()
    letters = rereading.letters_on_offer(project, document_id)
    return TextReport(
        facts,
        count_anchors(project, document_id),
        recogniser(found, facts.language) if found else MISSING,
        found is not None,
        letters.sentence if letters else GLYPHS if facts.unmapped else NO_LETTERS,
        letters is not None or facts.unmapped > 0,
        find_document(project, document_id).has_pdf,
    )
