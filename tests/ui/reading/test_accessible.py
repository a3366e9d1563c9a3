"""What screen readers are given, and that everything is reached with Tab."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from app.ui.reading.accessible import last_said
from app.ui.theme import theme
from tests.ui.reading.pages import Reader

PANEL = "Most members described"


def described(reader: Reader) -> str:
    spoken = QAccessible.queryAccessibleInterface(reader.canvas)
    return str(spoken.text(QAccessible.Text.Description))


def test_page_and_codings_at_the_caret_are_described(reader: Reader) -> None:
    start, _end = reader.select(PANEL)
    spoken = QAccessible.queryAccessibleInterface(reader.canvas)
    assert spoken.text(QAccessible.Text.Value) == PANEL
    label = reader.state.text.label_of(1)
    assert described(reader) == f"Page {label}, 1 of {reader.state.page_count}. Not coded."
    reader.press_hot_key(0)
    reader.type("-")
    name = reader.hot_code.name
    assert described(reader).endswith(f"Coded: {name}, Barrier, by you.")
    reader.press_hot_key(1)
    assert described(reader).endswith(f"Coded: {reader.hot_codes[1].name}, by you; "
                                      f"{name}, Barrier, by you.")  # fmt: skip
    text = spoken.textInterface()
    text.setCursorPosition(start)
    assert text.cursorPosition() == start
    text.addSelection(start, start + 4)
    assert spoken.text(QAccessible.Text.Value) == "Most"
    text.removeSelection(0)
    assert spoken.text(QAccessible.Text.Value) == ""


def test_codings_are_announced_as_they_are_made_changed_and_met(reader: Reader) -> None:
    name = reader.hot_code.name
    reader.select(PANEL)
    reader.press_hot_key(0)
    assert last_said(reader.canvas) == f"Coded: {name}, by you"
    reader.type("+")
    assert last_said(reader.canvas) == f"Coded: {name}, Facilitator, by you"
    reader.key(Qt.Key.Key_Escape)
    reader.type("]")
    assert last_said(reader.canvas).startswith("Moving an end needs a coding")
    reader.trigger("code.previous")
    assert last_said(reader.canvas) == f"Coded: {name}, Facilitator, by you"
    reader.trigger("code.remove")
    assert last_said(reader.canvas) == f"Removed: {name}"


def test_tab_reaches_everything_in_the_reading_view(reader: Reader) -> None:
    stand = reader.window
    reader.trigger("read.right_panel")
    reader.trigger("read.filters")
    reader.select(PANEL)
    reader.press_hot_key()
    reader.state.set_active(reader.state.active_id)
    stand.activateWindow()
    reader.qtbot.waitUntil(stand.isActiveWindow)
    wanted = {
        widget
        for widget in stand.findChildren(QWidget)
        if widget.isVisible()
        and widget.isEnabled()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.focusProxy() is None
        and isinstance(widget, QAbstractButton | type(reader.canvas))
    }
    assert len(wanted) > 20
    reader.canvas.setFocus()
    met: list[QWidget] = []
    for _ in range(200):
        QTest.keyClick(QApplication.focusWidget() or stand, Qt.Key.Key_Tab)
        now = QApplication.focusWidget()
        if now is None or (met and now is met[0]):
            break
        met.append(now)
    groups = {each.group() for each in met if isinstance(each, QAbstractButton) and each.group()}
    missed = [
        each
        for each in wanted - set(met)
        if not (isinstance(each, QAbstractButton) and each.group() in groups)
    ]
    assert [each.accessibleName() or type(each).__name__ for each in missed] == []
    nameless = [
        type(each).__name__
        for each in met
        if not QAccessible.queryAccessibleInterface(each).text(QAccessible.Text.Name)
    ]
    assert nameless == []


def test_nothing_flashes_where_motion_is_not_wanted(reader: Reader) -> None:
    start, end = reader.find(PANEL)
    reader.canvas.reveal(start, end)
    assert reader.canvas.painter.overlay.flash == (start, end)
    reader.canvas.painter.overlay.flash = None
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    blinking = application.cursorFlashTime()
    theme.choose(still=True)
    assert theme.reduced_motion
    assert application.cursorFlashTime() == 0
    reader.canvas.reveal(start, end)
    assert reader.canvas.painter.overlay.flash is None
    theme.choose(still=False)
    assert application.cursorFlashTime() == blinking
    assert not theme.reduced_motion
