"""A real study in Arabic: pointing, selecting, caret and copying in words from right to left."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from app.coding.adding import add_pdfs
from app.coding.documents import list_documents
from app.documents.engine import PdfEngine
from app.ui.reading.caret import runs_leftwards
from app.ui.reading.selection import Selection
from tests.shared_data import shared_data
from tests.ui.reading.pages import Reader

SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def arabic(reader: Reader, engine: PdfEngine) -> Reader:
    path = shared_data("studies/ar_rdr2018_brief.pdf")
    project = reader.window.bridge.project
    assert not add_pdfs(project, engine, [path]).problems
    reader.open(next(d.id for d in list_documents(project) if d.file_name == path.name))
    return reader


def line_of_words(reader: Reader) -> tuple[int, int]:
    """Return a long line that is Arabic from end to end."""
    text, at = reader.text, 0
    for line in text.split("\n"):
        words = line.split()
        if len(words) > 6 and all(runs_leftwards(word, 0) for word in words):
            return at, at + len(line)
        at += len(line) + 1
    raise AssertionError("no line of Arabic")


def test_words_and_lines_are_selected_where_they_stand(arabic: Reader) -> None:
    reader = arabic
    start, end = line_of_words(reader)
    words = reader.text[start:end].split()
    first, second = (reader.point(offset) for offset in (start, end))
    assert first.x() > second.x() + 100, "the line begins at the right"
    reader.pull(reader.point(start), reader.point(end))
    assert reader.selected.split() == words
    inside = reader.point(start + len(words[0]) + 2)
    reader.click(inside, 2)
    assert reader.selected == words[1].rstrip("،.؛:")
    reader.click(inside, 3)
    sentence = reader.selected
    assert words[1] in sentence
    assert len(sentence.split()) > 3


def test_arrows_go_where_they_point_and_copying_keeps_the_order(arabic: Reader) -> None:
    reader = arabic
    start, _end = line_of_words(reader)
    word = reader.text[start:].split()[0]
    reader.state.select(Selection(start, start))
    reader.key(Qt.Key.Key_Left)
    assert reader.state.selection.head == start + 1
    reader.key(Qt.Key.Key_Right)
    assert reader.state.selection.head == start
    reader.key(Qt.Key.Key_Left, SHIFT | CONTROL)
    assert reader.selected == word
    before = reader.state.selection.head
    reader.key(Qt.Key.Key_Left, SHIFT)
    assert reader.state.selection.head == before + 1
    reader.state.select(Selection(start, start + len(word)))
    reader.trigger("read.copy")
    copied = QGuiApplication.clipboard().text()
    text = reader.state.text
    assert text is not None
    assert text.clean(start, start + len(word)) in copied
    assert f"p. {text.label_of(reader.state.page_of(start))}" in copied
