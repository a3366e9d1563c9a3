"""Pages, zoom, layers, documents: the place as a whole."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest

from app.coding.documents import list_documents
from app.coding.passages import code_passage
from app.coding.people import list_coders
from app.ui.reading.context_menu import open_context_menu
from app.ui.reading.page_marks import LEFT, RIGHT
from app.ui.settings import Settings, settings
from app.ui.theme import theme
from tests.ui.reading.pages import Reader

CONTROL = Qt.KeyboardModifier.ControlModifier
PANEL = "Most members described the panel"


def test_opens_the_first_document_and_shows_its_page(reader: Reader) -> None:
    assert reader.place.title.startswith("Okafor")
    assert reader.canvas.page == 1
    picture = reader.canvas.viewport().grab().toImage()
    ink = reader.middle("Most members")
    colours = {
        picture.pixelColor(ink.x() + dx, ink.y() + dy).lightness()
        for dx in range(-4, 5)
        for dy in range(-4, 5)
    }
    assert min(colours) < 120
    assert max(colours) == 255


def test_stripes_stand_beside_their_column(reader: Reader) -> None:
    assert reader.state.info is not None
    project, document = reader.window.bridge.project, reader.state.info.id
    for words in (PANEL, "No handover had been planned", "The long version"):
        code_passage(project, document, *reader.find(words), reader.hot_code.id)
    reader.qtbot.waitUntil(lambda: len(reader.state.marks) == 3)
    assert [stripe.side for stripe in reader.view(1).stripes] == [LEFT, RIGHT]
    reader.canvas.go_to_page(2)
    reader.settle()
    assert [stripe.side for stripe in reader.view(2).stripes] == [RIGHT]


def test_other_coders_are_dashed_and_can_be_hidden(reader: Reader) -> None:
    assert reader.state.info is not None
    project = reader.window.bridge.project
    other = next(c for c in list_coders(project) if c.id != project.actor_id)
    span = reader.find("No handover had been planned")
    code_passage(project, reader.state.info.id, *span, reader.hot_code.id, coder_id=other.id)
    reader.qtbot.waitUntil(lambda: len(reader.state.marks) == 1)
    assert (len(reader.view(1).fills), len(reader.view(1).underlines)) == (0, 1)
    assert reader.view(1).labels[0].marks[0].initials == other.initials
    reader.click(reader.middle("No handover"))
    reader.key(Qt.Key.Key_Delete)
    assert len(reader.stored()) == 1
    reader.trigger("read.others")
    assert not reader.view(1).stripes
    assert reader.state.active is None
    assert reader.place.status()[0] == "Own layer, others hidden"
    reader.trigger("read.others")
    assert len(reader.view(1).stripes) == 1


def test_ctrl_wheel_zooms_at_the_pointer(reader: Reader) -> None:
    at = reader.middle("Trust did not follow")
    before, zoom = reader.canvas.to_page(QPointF(at)), reader.canvas.zoom
    reader.wheel(at, 2, CONTROL)
    after = reader.canvas.to_page(QPointF(at))
    assert reader.canvas.zoom == pytest.approx(zoom * 1.21)
    assert after[0] == before[0]
    assert after[1:] == pytest.approx(before[1:], abs=1.5)
    sharp = reader.canvas.layout_.scale
    reader.qtbot.waitUntil(lambda: any(key[1] == sharp for key in reader.place.images.cache))


def test_zoom_actions_and_fit_width(reader: Reader) -> None:
    fitting = reader.canvas.zoom
    reader.trigger("read.zoom_whole")
    assert reader.canvas.zoom == 1.0
    reader.trigger("read.zoom_in")
    assert reader.canvas.zoom == pytest.approx(1.1)
    assert not reader.canvas.fits_width
    reader.trigger("read.zoom_width")
    assert reader.canvas.zoom == pytest.approx(fitting)


def test_position_and_zoom_are_remembered(reader: Reader) -> None:
    assert reader.state.info is not None
    document = reader.state.info.id
    reader.canvas.set_zoom(1.25)
    reader.canvas.go_to_page(2, 0.3)
    reader.place.remember_position()
    kept = settings().reading_position(document)
    assert kept is not None
    assert (kept.page, kept.zoom) == (2, 1.25)
    other = next(d.id for d in list_documents(reader.window.bridge.project) if d.id != document)
    reader.open(other)
    reader.open(document)
    assert reader.canvas.zoom == 1.25
    assert reader.canvas.position()[0] == 2


def test_each_of_two_documents_keeps_its_own_place_and_zoom(reader: Reader) -> None:
    documents = {d.file_name: d.id for d in list_documents(reader.window.bridge.project)}
    study, scan = documents["Okafor 2021.pdf"], documents["Scan 1999.pdf"]
    reader.canvas.set_zoom(1.5)
    reader.canvas.go_to_page(2, 0.25)
    reader.open(scan)
    assert reader.canvas.fits_width, "a document not yet seen fills the width"
    reader.canvas.set_zoom(0.75)
    for _ in range(2):
        reader.open(study)
        assert reader.canvas.zoom == 1.5
        page, share = reader.canvas.position()
        assert (page, share) == (2, pytest.approx(0.25, abs=0.02))
        reader.open(scan)
        assert reader.canvas.zoom == 0.75
    settings().flush()
    assert Settings(settings().path).reading_position(scan).zoom == 0.75


def test_scan_says_that_it_has_no_text(reader: Reader) -> None:
    assert reader.state.info is not None
    project = reader.window.bridge.project
    scan = next(d.id for d in list_documents(project) if d.id != reader.state.info.id)
    reader.open(scan)
    assert any("no text" in text for text in reader.notices())
    reader.click(reader.canvas.viewport().rect().center())
    reader.type("s")
    assert reader.state.selection.empty


def test_open_passage_goes_there_and_outlines_it(reader: Reader) -> None:
    assert reader.state.info is not None
    start, end = reader.find("This table stands")
    reader.window.open_passage(reader.state.info.id, start, end)
    reader.settle()
    assert 3 in reader.canvas.visible_parts()
    assert reader.canvas.painter.overlay.flash == (start, end)


def test_minimap_click_jumps(reader: Reader) -> None:
    minimap = reader.place.minimap
    before = reader.canvas.verticalScrollBar().value()
    at = minimap.rect().center() + QPoint(0, minimap.height() // 3)
    QTest.mouseClick(minimap, Qt.MouseButton.LeftButton, pos=at)
    assert reader.canvas.verticalScrollBar().value() > before


def test_dark_pages_are_inverted(reader: Reader) -> None:
    theme.choose("dark")
    reader.settle()
    reader.qtbot.waitUntil(lambda: bool(list(reader.place.images.cache)))
    at = reader.canvas.page_origin(1).toPoint()
    picture = reader.canvas.viewport().grab().toImage()
    paper = picture.pixelColor(at.x() + 20, max(at.y(), 0) + 20)
    assert paper == theme.token("paper")


def test_closing_the_project_lets_go_of_the_document(reader: Reader) -> None:
    reader.window.bridge.close()
    assert not reader.state.is_open
    assert len(list(reader.place.images.cache)) == 0
    assert reader.place.tools()[0].isVisible()


def test_context_menu_offers_what_the_coding_allows(reader: Reader) -> None:
    reader.select(PANEL)
    reader.press_hot_key()
    reader.key(Qt.Key.Key_Escape)
    menu = open_context_menu(reader.place, reader.middle("described"))
    names = [action.objectName() for action in menu.actions() if action.objectName()]
    assert names[:3] == ["code.recode", "code.memo", "code.remove"]
    menu.close()
    menu = open_context_menu(reader.place, reader.middle("Referrals"))
    assert menu.actions()[0].objectName() == "code.find"
    menu.close()


def test_screen_readers_get_text_caret_and_selection(reader: Reader) -> None:
    start, end = reader.select(PANEL)
    spoken = QAccessible.queryAccessibleInterface(reader.canvas)
    assert spoken.role() == QAccessible.Role.Document
    assert spoken.text(QAccessible.Text.Name).startswith("Pages of Okafor")
    text = spoken.textInterface()
    assert text.text(start, end) == reader.selected
    assert (text.cursorPosition(), text.selectionCount()) == (end, 1)
    assert text.characterRect(start).height() > 4
    text.setCursorPosition(start)
    assert reader.state.selection.empty
    assert text.offsetAtPoint(text.characterRect(start).center()) in {start, start + 1}


def test_pointing_at_a_stripe_shows_its_card_after_a_moment(reader: Reader) -> None:
    reader.select(PANEL)
    reader.press_hot_key()
    reader.key(Qt.Key.Key_Escape)
    left = reader.canvas.layout_.rect(1)[0]
    at = QPoint(left - 12, reader.middle(PANEL).y())
    reader.hover(at)
    card = reader.overlays.card
    assert reader.canvas.painter.overlay.hover is not None
    reader.qtbot.waitUntil(card.isVisible)
    assert not card.pinned
    assert reader.state.active is None
    reader.hover(QPoint(left + 300, 10))
    reader.qtbot.waitUntil(lambda: not card.isVisible())
