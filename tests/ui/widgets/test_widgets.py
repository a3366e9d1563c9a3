from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QMenu, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.ui.theme import px, theme
from app.ui.widgets import (
    Chip,
    CountLabel,
    EmptyView,
    FilterRow,
    NoticeStack,
    ProgressBar,
    RememberingSplitter,
    SearchField,
    SegmentedControl,
    UndoMessage,
    button,
    fix,
    icon_button,
    label,
    tight,
)
from app.ui.widgets.notices import Notice


def shown(qtbot: QtBot, widget: QWidget, width: int = 600, height: int = 400) -> QWidget:
    qtbot.addWidget(widget)
    widget.resize(width, height)
    widget.show()
    return widget


def test_a_chip_is_26_high_and_its_x_removes(look: QApplication, qtbot: QtBot) -> None:
    chip = Chip("Round 2", is_set=True)
    chip.adjustSize()
    qtbot.addWidget(chip)
    chip.show()
    assert chip.height() == 26
    said: list[str] = []
    chip.clicked.connect(lambda: said.append("clicked"))
    chip.removed.connect(lambda: said.append("removed"))
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton, pos=QPoint(12, 13))
    x_mark = QPoint(chip.width() - 16, 13)
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton, pos=x_mark)
    qtbot.keyClick(chip, Qt.Key.Key_Delete)
    qtbot.keyClick(chip, Qt.Key.Key_Return)
    assert said == ["clicked", "removed", "removed", "clicked"]
    chip.show_state("Round: any", False)
    qtbot.keyClick(chip, Qt.Key.Key_Delete)
    assert said[-1] == "clicked"
    assert not chip.is_set


def test_a_chip_opens_its_menu(look: QApplication, qtbot: QtBot) -> None:
    chip = Chip("Stage: any")
    qtbot.addWidget(chip)
    chip.show()
    menu = QMenu(chip)
    menu.addAction("Assessment")
    chip.set_menu(lambda: menu)
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert menu.isVisible()
    menu.close()


def test_the_filter_row_is_48_high_and_wraps(look: QApplication, qtbot: QtBot) -> None:
    holder = QWidget()
    row = FilterRow()
    column = tight(QVBoxLayout(holder))
    column.addWidget(row)
    column.addStretch(1)
    for number in range(6):
        row.add(Chip(f"Filter number {number}"))
    row.show_count("46 studies, 2,791 codings")
    shown(qtbot, holder, 1200, 300)
    assert row.height() == 48
    holder.resize(420, 300)
    QApplication.processEvents()
    assert row.height() > 100
    tops = {chip.y() for chip in row.chips()}
    assert len(tops) > 2
    for one, other in zip(row.chips(), row.chips()[1:], strict=False):
        assert not one.geometry().intersects(other.geometry())


def test_a_segmented_control_tells_the_key(look: QApplication, qtbot: QtBot) -> None:
    control = SegmentedControl((("codes", "Codes"), ("pairs", "Pairs")))
    shown(qtbot, control)
    said: list[str] = []
    control.chosen.connect(said.append)
    qtbot.mouseClick(control.segment("pairs"), Qt.MouseButton.LeftButton)
    assert (control.key, said) == ("pairs", ["pairs"])
    control.choose("codes")
    assert (control.key, said) == ("codes", ["pairs"])
    assert control.sizeHint().height() == 30


def test_escape_in_a_search_field_goes_back_by_one_step(look: QApplication, qtbot: QtBot) -> None:
    field = SearchField("Find a code", key="/")
    shown(qtbot, field)
    left: list[int] = []
    field.left.connect(lambda: left.append(1))
    qtbot.keyClicks(field, "shar")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert (field.text(), left) == ("", [])
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert left == [1]
    with qtbot.waitSignal(field.entered):
        qtbot.keyClick(field, Qt.Key.Key_Down)


def test_a_number_is_a_door_of_24_px(look: QApplication, qtbot: QtBot) -> None:
    count = CountLabel("7")
    shown(qtbot, count, count.sizeHint().width(), count.sizeHint().height())
    assert count.width() >= 24
    assert count.height() >= 24
    with qtbot.waitSignal(count.clicked):
        qtbot.mouseClick(count, Qt.MouseButton.LeftButton)


def test_a_busy_bar_moves_only_where_motion_is_wanted(look: QApplication, qtbot: QtBot) -> None:
    bar = ProgressBar()
    qtbot.addWidget(bar)
    theme.choose(still=False)
    bar.show_share(0, 0)
    assert (bar.minimum(), bar.maximum()) == (0, 0)
    theme.choose(still=True)
    bar.show_share(0, 0)
    assert (bar.maximum(), bar.value()) == (1, 0)
    bar.show_share(3, 7)
    assert (bar.maximum(), bar.value()) == (7, 3)
    theme.choose(still=False)


def test_notices_keep_their_height_and_wait_where_there_is_no_room_for_three(
    look: QApplication, qtbot: QtBot
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    stack = NoticeStack()
    column.addWidget(stack)
    column.addStretch(1)
    window.setFixedSize(500, 460)
    window.show()
    for number in range(3):
        stack.add(Notice("error", f"Notice {number}", "what to do " * 12, key=str(number)))
    QApplication.processEvents()
    assert [bar.isHidden() for bar in stack.bars] == [False, False, True]
    bar = stack.bars[0]
    assert bar.height() >= bar._row.totalHeightForWidth(bar.width()) > 40
    stack.remove("2")
    assert [bar.isHidden() for bar in stack.bars] == [False, False]


def test_notices_replace_each_other_by_key_and_belong_to_places(
    look: QApplication, qtbot: QtBot
) -> None:
    stack = NoticeStack()
    qtbot.addWidget(stack)
    stack.add(Notice("error", "A.", key="same"))
    stack.add(Notice("warning", "B.", key="same"))
    assert [bar.notice.text for bar in stack.bars] == ["B."]
    stack.add(Notice("info", "C.", place="read"))
    stack.show_place("studies")
    assert [bar.isHidden() for bar in stack.bars] == [True, False]
    stack.show_place("read")
    assert [bar.isHidden() for bar in stack.bars] == [False, False]
    for number in range(5):
        stack.add(Notice("info", f"{number}."))
    assert len(stack.bars) == NoticeStack.MOST


def test_a_notice_acts_and_leaves(look: QApplication, qtbot: QtBot) -> None:
    stack = NoticeStack()
    shown(qtbot, stack)
    done: list[int] = []
    offer = (("Enter password", lambda: done.append(1)),)
    stack.add(Notice("warning", "Locked.", "It waits.", offer))
    (bar,) = stack.bars
    made = [each for each in bar.findChildren(QWidget) if getattr(each, "text", str)() != ""]
    press = next(each for each in made if each.text() == "Enter password")
    qtbot.mouseClick(press, Qt.MouseButton.LeftButton)
    assert done == [1]
    assert stack.bars == ()
    assert not stack.isVisible()


def test_the_undo_message_takes_back(look: QApplication, qtbot: QtBot) -> None:
    view = shown(qtbot, QWidget())
    message = UndoMessage(view)
    done: list[int] = []
    message.show_removed("Removed “Supervision” from p. 112", lambda: done.append(1))
    assert message.isVisible()
    assert view.rect().contains(message.geometry())
    view.resize(600, 300)
    QApplication.processEvents()
    assert view.rect().contains(message.geometry())
    qtbot.mouseClick(message._button, Qt.MouseButton.LeftButton)
    assert done == [1]
    assert not message.isVisible()


def test_an_empty_view_keeps_its_words_inside(look: QApplication, qtbot: QtBot) -> None:
    pressed: list[str] = []
    view = EmptyView(
        "search-x",
        "No passage matches",
        "Four filters are on. The nearest match is found without “Stage: exit”.",
        (("Remove that filter", lambda: pressed.append("one")), ("Clear all", lambda: None)),
        primary=True,
    )
    shown(qtbot, view)
    for percent, width in ((100, 600), (200, 600), (100, 300)):
        theme.choose(font_percent=percent)
        view.resize(width, 400)
        QApplication.processEvents()
        for words in view.findChildren(QLabel):
            assert words.x() >= 0
            assert words.geometry().right() <= view.width()
            assert words.height() >= words.heightForWidth(words.width())
    qtbot.mouseClick(view.buttons()[0], Qt.MouseButton.LeftButton)
    assert pressed == ["one"]


def test_layouts_and_icons_follow_the_size_of_text(look: QApplication, qtbot: QtBot) -> None:
    view = QWidget()
    row = tight(QHBoxLayout(view), 8, (4, 4, 4, 4))
    close = icon_button(look.windowIcon(), "Close", size=18)
    panel = fix(QWidget(), width=100)
    row.addWidget(button("Add PDFs"))
    row.addSpacing(px(8))
    row.addWidget(close)
    row.addWidget(panel)
    shown(qtbot, view)
    theme.choose(font_percent=200)
    assert row.contentsMargins().left() == 8
    assert row.spacing() == 16
    assert row.itemAt(1).sizeHint().width() == 16
    assert close.iconSize().width() == 36
    assert panel.width() == 200
    theme.choose(font_percent=100)
    assert (row.contentsMargins().left(), row.itemAt(1).sizeHint().width()) == (4, 8)
    assert panel.maximumWidth() == 100


def test_a_splitter_remembers_where_it_was(look: QApplication, qtbot: QtBot) -> None:
    def split() -> RememberingSplitter:
        made = RememberingSplitter("test")
        made.fill(QWidget(), QWidget(), sizes=[200, 400])
        shown(qtbot, made, 601, 100)
        return made

    first = split()
    before = first.sizes()
    first.moveSplitter(300, 1)
    qtbot.wait(600)
    assert first.sizes() != before
    assert split().sizes() == first.sizes()


def test_chips_and_their_count_stand_on_one_line(look: QApplication, qtbot: QtBot) -> None:
    row = FilterRow()
    qtbot.addWidget(row)
    chip = Chip("Coder: any")
    row.add(chip)
    row.show_count("45 studies, 2,973 codings")
    row.resize(800, row.sizeHint().height())
    row.show()
    middles = [each.mapTo(row, each.rect().center()).y() for each in (chip, row._count)]
    assert abs(middles[0] - middles[1]) <= 1
    assert row.height() == 48


def test_links_begin_where_the_label_above_begins(look: QApplication, qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    column = tight(QVBoxLayout(holder))
    words, link = label("Keyboard"), button("Keyboard", "link")
    row = tight(QHBoxLayout())
    row.addWidget(link)
    row.addStretch(1)
    column.addWidget(words)
    column.addLayout(row)
    holder.show()
    first = [_first_inked_column(each) for each in (words, link)]
    assert abs(first[0] - first[1]) <= 1


def _first_inked_column(widget: QWidget) -> int:
    image = widget.grab().toImage()
    ground = image.pixel(image.width() - 1, 0)
    rows = range(2, image.height() - 3)
    return next(x for x in range(image.width()) if any(image.pixel(x, y) != ground for y in rows))
