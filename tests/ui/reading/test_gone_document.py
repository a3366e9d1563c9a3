"""The open document is removed, by undo or otherwise."""

import pytest
from PySide6.QtWidgets import QPushButton

from app.coding.adding import add_pdfs
from app.coding.documents import list_documents, remove_documents
from app.documents.engine import PdfEngine
from app.ui.reading.notices import GONE
from app.ui.widgets import NoticeBar
from tests.ui.reading.pages import Reader
from tests.ui.reading.pdfs import one_column_pdf


@pytest.fixture
def added(reader: Reader, engine: PdfEngine, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A document that was added just now and is open."""
    path = tmp_path_factory.mktemp("more") / "Lorimer 2020.pdf"
    path.write_bytes(one_column_pdf())
    result = add_pdfs(reader.window.bridge.project, engine, [path])
    reader.open(result.added[0])
    return result.added[0]


def bars(reader: Reader) -> list[NoticeBar]:
    return [bar for bar in reader.window.findChildren(NoticeBar) if bar.notice.key == GONE]


def press(bar: NoticeBar, words: str) -> None:
    next(one for one in bar.findChildren(QPushButton) if one.text() == words).click()


def test_undoing_the_adding_closes_the_document_and_redo_brings_it_back(
    reader: Reader, added: str
) -> None:
    title = reader.place.title
    reader.window.bridge.undo()
    reader.qtbot.waitUntil(lambda: not reader.state.is_open)
    assert added not in {one.id for one in list_documents(reader.window.bridge.project)}
    assert reader.place.title == "Read"
    assert reader.place._stack.currentWidget() is reader.place.empty
    assert reader.place._tools._pages.text() == "No page"
    (bar,) = bars(reader)
    assert bar.notice.text == f"{title} was removed from the project."
    press(bar, "Redo")
    reader.wait_for(added)
    assert reader.place.title == title
    reader.qtbot.waitUntil(lambda: not bars(reader))


def test_a_removed_document_can_be_brought_back_by_undo(reader: Reader, added: str) -> None:
    remove_documents(reader.window.bridge.project, [added])
    assert not reader.state.is_open
    press(bars(reader)[0], "Undo")
    reader.wait_for(added)


def test_the_way_back_is_not_offered_after_another_act(reader: Reader, added: str) -> None:
    remove_documents(reader.window.bridge.project, [added])
    others = [one.id for one in list_documents(reader.window.bridge.project)]
    remove_documents(reader.window.bridge.project, others[-1:])
    reader.qtbot.waitUntil(lambda: not bars(reader))
    assert not reader.state.is_open


def test_the_removal_of_another_document_changes_nothing(reader: Reader, added: str) -> None:
    others = [d.id for d in list_documents(reader.window.bridge.project) if d.id != added]
    remove_documents(reader.window.bridge.project, others[-1:])
    assert reader.state.info is not None
    assert reader.state.info.id == added
    assert not bars(reader)
