"""The palette and the card upon the page."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from app.coding.memos import memos_on
from app.coding.passages import code_passage
from app.coding.people import list_coders
from app.ui.reading.margins import MarginBox
from app.ui.theme import theme
from tests.ui.reading.pages import Reader

SHIFT = Qt.KeyboardModifier.ShiftModifier
PANEL = "Most members described the panel"


def test_palette_finds_codes_and_stands_clear_of_the_selection(reader: Reader) -> None:
    start, end = reader.select(PANEL)
    reader.type("/")
    palette = reader.overlays.palette
    assert palette.isVisible()
    box = reader.canvas.span_rect(start, end).toAlignedRect()
    assert not palette.panel().intersects(box)
    QTest.keyClicks(palette.field, "mandate")
    QTest.keyClicks(palette.field, "-")
    assert palette.valence == "barrier"
    assert palette.field.text() == "mandate"
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    (coding,) = reader.stored()
    assert reader.state.codebook is not None
    assert "mandate" in reader.state.codebook.code(coding.code_id).name
    assert coding.valence == "barrier"
    assert not palette.isVisible()


def test_palette_opens_above_when_there_is_no_room_below(reader: Reader) -> None:
    start, end = reader.find("The long version was kept")
    reader.canvas.go_to_page(2)
    reader.settle()
    bar = reader.canvas.verticalScrollBar()
    box = reader.canvas.span_rect(start, end)
    bar.setValue(round(bar.value() + box.bottom() - reader.canvas.viewport().height() + 60))
    reader.drag(start, end)
    reader.key(Qt.Key.Key_Return)
    palette = reader.overlays.palette
    box = reader.canvas.span_rect(start, end).toAlignedRect()
    assert palette.isVisible()
    assert not palette.panel().intersects(box)
    assert reader.canvas.viewport().rect().contains(palette.panel())


def test_shift_enter_codes_and_stays_and_esc_closes(reader: Reader) -> None:
    reader.select(PANEL)
    reader.type("/")
    palette = reader.overlays.palette
    QTest.keyClicks(palette.field, "mandate")
    QTest.keyClick(palette.field, Qt.Key.Key_Return, SHIFT)
    assert palette.isVisible()
    assert palette.field.text() == ""
    QTest.keyClicks(palette.field, "trust")
    QTest.keyClick(palette.field, Qt.Key.Key_Return, SHIFT)
    assert len(reader.stored()) == 2
    QTest.keyClick(palette.field, Qt.Key.Key_Escape)
    assert not palette.isVisible()
    assert reader.canvas.hasFocus()


def test_recode_through_the_palette(reader: Reader) -> None:
    reader.select(PANEL)
    reader.press_hot_key()
    reader.trigger("code.recode")
    palette = reader.overlays.palette
    QTest.keyClicks(palette.field, "trust")
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    (coding,) = reader.stored()
    assert reader.state.codebook is not None
    assert "rust" in reader.state.codebook.code(coding.code_id).name
    mark = reader.state.active
    assert mark is not None
    assert mark.code_id == coding.code_id


def _stripe_point(reader: Reader) -> QPoint:
    left, _top, width, height = reader.canvas.layout_.rect(1)
    box = MarginBox(width, height, left, left)
    margins, scale = reader.canvas.painter.margins, reader.canvas.layout_.scale
    rect = margins.stripe_rect(reader.view(1).stripes[0], box, scale)
    return (rect.center() + reader.canvas.page_origin(1)).toPoint()


def test_click_on_a_stripe_opens_the_card(reader: Reader) -> None:
    reader.select("No handover had been planned")
    reader.press_hot_key()
    reader.key(Qt.Key.Key_Escape)
    assert reader.state.active is None
    reader.click(_stripe_point(reader))
    card = reader.overlays.card
    assert card.isVisible()
    assert card.form.coding_id == reader.stored()[0].id
    assert reader.state.active_id == reader.stored()[0].id
    assert card.form.memo.height() > 20


def test_memo_is_written_in_the_card(reader: Reader) -> None:
    reader.select(PANEL)
    reader.press_hot_key()
    reader.trigger("code.memo")
    memo = reader.overlays.card.form.memo
    assert memo.hasFocus()
    QTest.keyClicks(memo, "Says who moved first.")
    QTest.keyClick(memo, Qt.Key.Key_Escape)
    assert reader.stored()[0].memo == "Says who moved first."
    assert not reader.overlays.card.isVisible()


def test_card_by_keyboard_alone(reader: Reader) -> None:
    reader.select(PANEL)
    reader.press_hot_key()
    reader.key(Qt.Key.Key_Return)
    card = reader.overlays.card
    focused = QApplication.focusWidget()
    assert card.isVisible()
    assert focused is not None
    assert card.isAncestorOf(focused)
    QTest.keyClick(focused, Qt.Key.Key_Minus)
    assert reader.stored()[0].valence == "barrier"
    QTest.keyClick(focused, Qt.Key.Key_Escape)
    assert not card.isVisible()
    assert reader.state.active is not None
    assert reader.canvas.hasFocus()


def test_card_of_another_coder_cannot_be_changed(reader: Reader) -> None:
    assert reader.state.info is not None
    project = reader.window.bridge.project
    other = next(c for c in list_coders(project) if c.id != project.actor_id)
    span = reader.find(PANEL)
    code_passage(
        project, reader.state.info.id, *span, reader.hot_code.id,
        facets={"valence": ["barrier"]}, coder_id=other.id,
    )  # fmt: skip
    reader.qtbot.waitUntil(lambda: len(reader.state.marks) == 1)
    reader.click(reader.middle(PANEL))
    reader.key(Qt.Key.Key_Return)
    form = reader.overlays.card.form
    assert reader.overlays.card.isVisible()
    for editable in (form.valences, form.remove_button):
        assert not editable.isVisible()
    reader.type("+")
    assert reader.stored()[0].valence == "barrier"
    reader.trigger("code.memo")
    reader.qtbot.keyClicks(form.memo, "I read it otherwise.")
    reader.qtbot.keyClick(form.memo, Qt.Key.Key_Escape)
    (coding,) = reader.stored()
    (memo,) = memos_on(project, "coding", coding.id)
    assert (memo.is_own, coding.memo, coding.coder_id) == (True, "I read it otherwise.", other.id)


def test_right_panel_stands_in_for_the_card(reader: Reader) -> None:
    reader.trigger("read.right_panel")
    reader.select(PANEL)
    reader.press_hot_key()
    assert reader.place.about.form.coding_id == reader.state.active_id
    reader.key(Qt.Key.Key_Return)
    assert not reader.overlays.card.isVisible()
    reader.place.about.form.valences.chosen.emit("barrier")
    assert reader.stored()[0].valence == "barrier"


def test_the_card_says_in_words_what_shapes_and_letters_stand_for(reader: Reader) -> None:
    reader.select("Minutes were kept")
    reader.press_hot_key()
    reader.type("-")
    reader.trigger("code.memo")
    card = reader.overlays.card
    reader.qtbot.waitUntil(card.isVisible)
    said = [each.text() for each in card.findChildren(QLabel) if each.isVisible()]
    assert "Valence: Barrier" in said
    meaning = reader.hot_code.definition
    long = [text.removesuffix(" …") for text in said if len(text) > 20]
    assert any(meaning.startswith(text) for text in long)
    assert card.form.remove_button.toolTip() == "Remove the coding  Del"
    reader.window.actions_table.change_keys({"code.remove": ("Ctrl+D",)})
    assert card.form.remove_button.toolTip() == "Remove the coding  Ctrl+D"


def test_the_palette_says_how_long_a_stage_stays(reader: Reader) -> None:
    reader.select("Minutes were kept")
    reader.trigger("code.find")
    palette = reader.overlays.palette

    def said() -> list[str]:
        return [each.text() for each in palette.findChildren(QLabel) if each.isVisible()]

    assert "What you choose stays for the next codings" in said()
    assert palette.stage.text() == "None"
    QTest.keyClick(palette.field, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert "stays for the next codings" in said()
    assert palette._stage_cap.accessibleName() == "Alt 1–7"
    reader.window.actions_table.change_keys({"page.stage_2": ("F9",)})
    QTest.keyClick(palette.field, Qt.Key.Key_F9)
    assert "What you choose stays for the next codings" in said()


def test_palette_and_card_fit_in_the_view_with_text_of_twice_the_size(reader: Reader) -> None:
    theme.choose("light", font_percent=200)
    reader.settle()
    view = reader.canvas.viewport().rect()
    reader.select(PANEL)
    reader.key(Qt.Key.Key_Return)
    palette = reader.overlays.palette
    assert palette.isVisible()
    assert view.contains(palette.panel())
    assert palette.list.height() >= 2 * 34
    reader.qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    reader.key(Qt.Key.Key_Return)
    card = reader.overlays.card
    assert card.isVisible()
    assert view.left() <= card.panel().left() <= card.panel().right() <= view.right()


def test_without_a_coder_the_question_comes_in_place_of_an_error(reader: Reader) -> None:
    asked: list[int] = []
    reader.window.messages.ask_who = lambda: asked.append(1)
    project = reader.window.bridge.project
    project.actor_id = None
    reader.select(PANEL)
    reader.press_hot_key()
    assert asked == [1]
    assert not reader.notices()


def test_the_left_panel_gives_way_where_both_leave_the_page_no_room(reader: Reader) -> None:
    place = reader.place
    reader.trigger("read.right_panel")
    assert place.left.isVisible()
    reader.trigger("read.right_panel")
    theme.choose("light", font_percent=200)
    reader.trigger("read.right_panel")
    assert place.about.isVisible()
    assert not place.left.isVisible()
    reader.trigger("read.right_panel")
    assert place.left.isVisible()
