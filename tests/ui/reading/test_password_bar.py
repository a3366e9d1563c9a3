"""A protected PDF asks above its pages, and remembers only when told to."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.coding import passwords
from app.coding.adding import add_pdfs
from app.coding.passwords import is_remembered
from app.documents.engine import PdfEngine
from app.ui.reading.password_bar import WRONG, Passwords
from tests.documents.making import lines, make_pdf
from tests.ui.reading.pages import Reader

SECRET = "Maple-77"


@pytest.fixture
def locked(reader: Reader, engine: PdfEngine, tmp_path: Path) -> str:
    """The id of a protected document whose password nobody has given in this session."""
    path = tmp_path / "Locked 2020.pdf"
    path.write_bytes(make_pdf([lines("The minutes were kept in a drawer.")], password=SECRET))
    given = {path.name: SECRET}
    added = add_pdfs(reader.window.bridge.project, engine, [path], passwords=given).added
    passwords._session.clear()
    return added[0]


def asking(reader: Reader, document_id: str) -> Passwords:
    """Open the document and wait for the question."""
    reader.place.open_passage(document_id)
    feature = reader.place.features["Passwords"]
    assert isinstance(feature, Passwords)
    reader.qtbot.waitUntil(lambda: feature.bar is not None and feature.bar.isVisible())
    return feature


def type_password(feature: Passwords, words: str) -> None:
    assert feature.bar is not None
    feature.bar.field.clear()
    QTest.keyClicks(feature.bar.field, words)
    QTest.keyClick(feature.bar.field, Qt.Key.Key_Return)


def test_a_wrong_password_is_said_and_the_right_one_opens(reader: Reader, locked: str) -> None:
    feature = asking(reader, locked)
    type_password(feature, "maple")
    reader.qtbot.waitUntil(lambda: feature.bar.told.text() == WRONG)
    type_password(feature, SECRET)
    reader.wait_for(locked)
    assert not feature.bar.isVisible()
    reader.select("minutes were kept")
    assert reader.selected == "minutes were kept"
    assert not is_remembered(reader.window.bridge.project, locked)
    other = next(iter(i for i in reader.document_ids() if i != locked))
    reader.open(other)
    reader.open(locked)
    assert not feature.bar.isVisible()


def test_it_is_remembered_when_told_so_and_forgotten_again(reader: Reader, locked: str) -> None:
    feature = asking(reader, locked)
    feature.bar.remember.setChecked(True)
    type_password(feature, SECRET)
    reader.wait_for(locked)
    project = reader.window.bridge.project
    assert is_remembered(project, locked)
    reader.trigger("read.forget_password")
    assert not is_remembered(project, locked)
    assert any("no longer" in words for words in reader.notices())


def test_one_may_decline(reader: Reader, locked: str) -> None:
    feature = asking(reader, locked)
    QTest.keyClick(feature.bar.field, Qt.Key.Key_Escape)
    assert not feature.bar.isVisible()
    assert reader.canvas.hasFocus()
