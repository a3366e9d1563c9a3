"""What a person does in the window, step by step, for the tests that tell a whole story."""

import csv
import re
import unicodedata
from pathlib import Path

import pymupdf
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QFileDialog

from app.coding.codebook import Code
from app.coding.codebooks import load_codebook
from app.coding.passages import Coding, list_codings
from app.ui.main_window import MainWindow
from app.ui.new_project import NewProjectPanel
from app.ui.reading.place import ReadingPlace
from app.ui.tour import Hands
from app.ui.tour.hands import PATIENCE
from app.ui.tour.reading import free_sentence, pages_there
from app.ui.views.extracts import ExtractsPlace
from app.ui.views.studies import StudiesPlace

LEFT, NO_BUTTON = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
NO_KEYS = Qt.KeyboardModifier.NoModifier


class Teller(Hands):
    """Hands that know the way through the window."""

    def __init__(self, window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
        super().__init__(window)
        self._monkeypatch = monkeypatch
        self._clock = 100_000

    # Places

    @property
    def studies(self) -> StudiesPlace:
        place = self.window.workbench.place
        assert isinstance(place, StudiesPlace)
        return place

    @property
    def reading(self) -> ReadingPlace:
        place = self.window.workbench.place
        assert isinstance(place, ReadingPlace)
        return place

    @property
    def extracts(self) -> ExtractsPlace:
        place = self.window.workbench.place
        assert isinstance(place, ExtractsPlace)
        return place

    # Project and studies

    def new_project(self, path: Path, coder: str) -> None:
        """Fill the form of the start view in; Enter makes the project."""
        self.step = "new project"
        self.press("Ctrl+N")
        form = self.window.start.form()
        assert isinstance(form, NewProjectPanel)
        self.type("Quality of care")
        self.write(form.path, str(path))
        self.write(form.coder, coder)
        assert form.chosen_codebook() == "case-management"
        self.press("Return")
        self.until(lambda: self.window.bridge.is_open, "the new project")

    def answer(self, name: str, *answer: object) -> None:
        """Let the platform's file dialog answer at once."""
        self._monkeypatch.setattr(QFileDialog, name, lambda *_args, **_kwargs: answer)

    def add_by_menu(self, *paths: Path) -> None:
        """Add PDFs with the key of the menu entry and wait until they are in."""
        self.step = "adding PDFs"
        self.answer("getOpenFileNames", [str(path) for path in paths], "")
        self.press("Ctrl+Shift+A")
        self.wait_for_files(len(paths))

    def wait_for_files(self, number: int) -> None:
        """Wait until so many files are added, then put the card away."""
        panel = self.studies.adding
        self.until(lambda: panel.job is not None and not panel.job.running, "the end of adding")
        assert panel.model.count("added", "weak") == number, panel.model.lines
        self.settle()
        panel.hide()

    def open_study(self, row: int = 0) -> None:
        """Click a study, press Enter and wait for its pages."""
        self.step = "opening a study"
        self.press("Ctrl+1")
        table = self.studies.table
        self.until(lambda: table.model().rowCount() > row, "the study in the list")
        self.click_row(table, table.model().index(row, 0))
        self.press("Return")
        self.until(lambda: self.window.workbench.shown == "read", "the reading view")
        self.pages()

    def pages(self, seconds: float = PATIENCE) -> None:
        """Wait until the pages in view are there."""
        self.until(lambda: self.reading.state.is_open, "the document")
        pages_there(self, self.reading, seconds=seconds)

    # Selecting and coding

    def free_point(self) -> QPoint:
        """Return a point in a sentence that is not coded yet."""
        return free_sentence(self.reading)

    def click_times(self, at: QPoint, times: int) -> None:
        """Click quickly, as a hand does: press, release, double, release and so on."""
        self._clock += 5000
        viewport = self.reading.canvas.viewport()
        for number in range(times):
            first = QEvent.Type.MouseButtonDblClick if number % 2 else QEvent.Type.MouseButtonPress
            for kind in (first, QEvent.Type.MouseButtonRelease):
                held = NO_BUTTON if kind == QEvent.Type.MouseButtonRelease else LEFT
                everywhere = QPointF(viewport.mapToGlobal(at))
                event = QMouseEvent(kind, QPointF(at), everywhere, LEFT, held, NO_KEYS)
                self._clock += 40
                event.setTimestamp(self._clock)
                QApplication.sendEvent(viewport, event)
        QApplication.processEvents()

    def selected(self) -> str:
        """Return the selected words, in one line."""
        selection = self.reading.state.selection
        return one_line(self.reading.state.bounds.text[selection.start : selection.end])

    def code_by_palette(self, query: str) -> None:
        """Find a code in the palette and use it."""
        self.press("/")
        self.pick_in_palette(query)

    def pick_in_palette(self, query: str) -> None:
        palette = self.reading.overlays.palette
        self.until(palette.isVisible, "the palette")
        self.type(query)
        self.press("Return")
        self.until(lambda: not palette.isVisible(), "the end of the palette")

    # What is stored

    def stored(self, coder_id: str | None = None) -> list[Coding]:
        """Return the codings of the open document in the order they were made."""
        info = self.reading.state.info
        assert info is not None
        found = list_codings(self.window.bridge.project, document_id=info.id, coder_id=coder_id)
        return sorted(found, key=lambda coding: (coding.made_at, coding.id))

    def code_named(self, coding: Coding) -> Code:
        return load_codebook(self.window.bridge.project).code(coding.code_id)

    def become(self, name: str) -> None:
        """Choose who you are by typing a new name into the menu of the strip."""
        self.step = f"becoming {name}"
        self.click(self.window.workbench.strip.person)
        menu = self.window._window_actions.menu
        self.until(menu.isVisible, "the menu of coders")
        menu.name.setFocus()
        self.type(name)
        self.press("Return")
        self.until(lambda: self.window.workbench.strip.person.text() == name, "the new coder")


def one_line(text: str) -> str:
    """Return a text with single spaces."""
    return " ".join(text.split())


def words_of_pdf(path: Path) -> str:
    """Return the words of a PDF in one line, words broken at a line end put together."""
    with pymupdf.open(path) as document:
        text = "\n".join(page.get_text() for page in document)
    text = unicodedata.normalize("NFKC", text)
    return one_line(re.sub(r"(?<=\w)[-\u00ad]\n(?=[a-z])", "", text))


def rows_of(path: Path) -> list[dict[str, str]]:
    """Return the rows of an exported table."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
