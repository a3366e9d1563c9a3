"""What stands on the paper of a page that could not be read."""

import os
import signal
import sys

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.documents.engine import DocumentProblem, PdfEngine
from tests.ui.reading.pages import Reader

WHY = "This part of the PDF is damaged."


def refuse(monkeypatch: pytest.MonkeyPatch, verb: str, page: int) -> None:
    """Let one page fail in the engine, whatever is asked for."""
    real = getattr(PdfEngine, verb)

    def failing(self: PdfEngine, key: str, wanted: int, *args: object, **more: object) -> object:
        future = real(self, key, wanted, *args, **more)
        if wanted != page:
            return future
        future.cancel()
        bad = type(future)()
        bad.set_exception(DocumentProblem("damaged", WHY))
        return bad

    monkeypatch.setattr(PdfEngine, verb, failing)


def test_a_page_that_cannot_be_drawn_says_so_and_can_be_tried_again(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    cards = reader.canvas.troubles.cards
    with monkeypatch.context() as broken:
        refuse(broken, "render", 5)
        reader.canvas.go_to_page(5)
        reader.qtbot.waitUntil(lambda: 5 in cards)
    card = cards[5]
    assert card.words.text() == f"This page cannot be shown. {WHY}"
    assert reader.canvas.viewport().rect().contains(card.geometry())
    page = reader.canvas.layout_.rect(5)
    assert page[0] <= card.x() + reader.canvas.scroll_offset().x()
    assert card.geometry().right() + reader.canvas.scroll_offset().x() <= page[0] + page[2]
    QTest.mouseClick(card.button, Qt.MouseButton.LeftButton)
    reader.settle()
    assert not cards


def test_a_page_without_characters_is_shown_with_a_sentence_at_its_head(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    cards = reader.canvas.troubles.cards
    with monkeypatch.context() as broken:
        refuse(broken, "geometry", 5)
        reader.canvas.go_to_page(5)
        reader.qtbot.waitUntil(lambda: 5 in cards)
    assert cards[5].words.text() == f"Nothing can be selected on this page. {WHY}"
    top = cards[5].y()
    reader.canvas.verticalScrollBar().setValue(reader.canvas.verticalScrollBar().value() - 100)
    assert cards[5].y() == top + 100
    reader.canvas.go_to_page(1)
    assert not cards
    reader.canvas.go_to_page(5)
    QTest.mouseClick(cards[5].button, Qt.MouseButton.LeftButton)
    reader.settle()
    assert not cards


def test_another_document_begins_without_troubles(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert reader.state.info is not None
    document = reader.state.info.id
    with monkeypatch.context() as broken:
        refuse(broken, "render", 5)
        reader.canvas.go_to_page(5)
        reader.qtbot.waitUntil(lambda: 5 in reader.canvas.troubles.cards)
    reader.place.close_document()
    assert not reader.canvas.troubles.cards
    reader.open(document)
    reader.canvas.go_to_page(5)
    reader.settle()
    assert not reader.place.images.broken


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_a_killed_worker_is_not_seen(reader: Reader, engine: PdfEngine) -> None:
    process = engine.process_id
    assert process is not None
    os.kill(process, signal.SIGKILL)
    reader.canvas.go_to_page(6)
    reader.settle()
    assert engine.process_id not in (None, process)
    assert not reader.canvas.troubles.cards
