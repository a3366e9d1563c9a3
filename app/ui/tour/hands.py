"""Hands on the real window: keys, clicks, drops, waiting for what should happen, pictures."""

import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QMimeData, QModelIndex, QPoint, QPointF, QRect, Qt, QUrl
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QKeySequence,
    QPainter,
    QPen,
    QPixmap,
    QWindow,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QDialog,
    QLabel,
    QWidget,
)

from app.errors import UserError
from app.ui.main_window import MainWindow
from app.ui.tasks import tasks
from app.ui.theme import theme

PATIENCE = 15.0
"""Seconds until a step that does not come about is given up."""
LEFT = Qt.MouseButton.LeftButton


class TourError(UserError):
    """A step of the tour did not come about."""


class Hands:
    """Works a window as a person does; ``step`` names what is being tried, for the error."""

    def __init__(self, window: MainWindow) -> None:
        """Work ``window``, which is shown already."""
        self.window = window
        self.step = "start"

    # Waiting

    def until(
        self, condition: Callable[[], object], what: str, *, seconds: float = PATIENCE
    ) -> None:
        """Let the window work until a condition holds.

        Raises:
            TourError: it did not hold in time, or the window has shown a defect.
        """
        ends = time.monotonic() + seconds
        while True:
            QApplication.processEvents()
            self._look_for_defects()
            if condition():
                return
            if time.monotonic() > ends:
                raise TourError(
                    f"The tour stopped at “{self.step}”: {what} did not come about within "
                    f"{seconds:.0f} seconds.",
                    "The pictures made until then are kept.",
                )
            time.sleep(0.004)

    def settle(self) -> None:
        """Wait until no work is left in the background and everything is painted."""
        self.until(lambda: not tasks._endings, "the end of the work in the background")
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        for _ in range(3):
            QApplication.processEvents()
        self._look_for_defects()

    def _look_for_defects(self) -> None:
        dialog = self.window.messages.dialog
        if dialog is not None and dialog.isVisible():
            report = dialog.report.toPlainText()
            dialog.close()
            raise TourError(f"The window showed a defect at “{self.step}”.", report)

    # Keys

    def press(self, *keys: str) -> None:
        """Press keys written as menus write them ("Ctrl+K", "Down", "-"), one after another."""
        for name in keys:
            sequence: Any = QKeySequence(name)  # its type stub lacks __getitem__
            combination = sequence[0]
            QTest.keyClick(self._keyboard(), combination.key(), combination.keyboardModifiers())
            QApplication.processEvents()

    def type(self, text: str) -> None:
        """Type into whatever has the focus."""
        for letter in text:
            code = Qt.Key(ord(letter.upper())) if letter.isascii() else Qt.Key.Key_unknown
            QTest.sendKeyEvent(
                QTest.KeyAction.Click, self._keyboard(), code, letter,
                Qt.KeyboardModifier.NoModifier,
            )  # fmt: skip
        QApplication.processEvents()

    def write(self, field: QWidget, text: str) -> None:
        """Click into a field, clear it and type."""
        self.click(field)
        self.press("Ctrl+A", "Del")
        self.type(text)

    def _keyboard(self) -> QWindow:
        if QGuiApplication.focusWindow() is None:
            # Where no desktop runs, nobody gives the keyboard back after a menu.
            (QApplication.activeModalWidget() or self.window).activateWindow()
        self.until(QGuiApplication.focusWindow, "a window with the keyboard")
        focused = QGuiApplication.focusWindow()
        assert focused is not None
        return focused

    # Mouse

    def click(
        self, widget: QWidget, at: QPoint | QPointF | None = None, *, double: bool = False
    ) -> None:
        """Click a widget that can be seen, by default in its middle."""
        self.until(widget.isVisible, f"{name_of(widget)} in sight")
        place = widget.rect().center() if at is None else QPointF(at).toPoint()
        self._see(widget, place)
        act = QTest.mouseDClick if double else QTest.mouseClick
        act(widget, LEFT, Qt.KeyboardModifier.NoModifier, place)
        QApplication.processEvents()

    def click_row(
        self, view: QAbstractItemView, index: QModelIndex, *, double: bool = False
    ) -> None:
        """Click a row of a list, scrolled into view first."""
        view.scrollTo(index)
        self.click(view.viewport(), view.visualRect(index).center(), double=double)

    def point_at(self, widget: QWidget, at: QPoint | QPointF) -> None:
        """Move the pointer over a widget."""
        QTest.mouseMove(widget, QPointF(at).toPoint())
        QApplication.processEvents()

    def covered(self, widget: QWidget, at: QPoint | None = None) -> QWidget | None:
        """Return what lies over a point of a widget, by default its middle, or None."""
        top = widget.window()
        place = widget.rect().center() if at is None else at
        there = top.childAt(widget.mapTo(top, place))
        if there is None or there is widget or widget.isAncestorOf(there):
            return None
        passes = there.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        # A click on a label goes on to the button that holds it.
        return None if passes or isinstance(there, QLabel) else there

    def _see(self, widget: QWidget, place: QPoint) -> None:
        """Refuse to click what is covered; a person could not."""
        above = self.covered(widget, place)
        if above is not None:
            raise TourError(
                f"The tour stopped at “{self.step}”: {name_of(widget)} is covered by "
                f"{name_of(above)}."
            )

    def drop(self, widget: QWidget, paths: Iterable[Path]) -> bool:
        """Drag files over a widget and let go; tell whether anything took them."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        middle, none = widget.rect().center(), Qt.KeyboardModifier.NoModifier
        copy = Qt.DropAction.CopyAction
        enter = QDragEnterEvent(middle, copy, data, LEFT, none)
        QApplication.sendEvent(widget, enter)
        if enter.isAccepted():
            drop = QDropEvent(QPointF(middle), copy, data, LEFT, none)
            QApplication.sendEvent(widget, drop)
        QApplication.processEvents()
        return enter.isAccepted()


def name_of(widget: QWidget | None) -> str:
    """Return how a person would call a widget."""
    if widget is None:
        return "nothing"
    text = getattr(widget, "text", None)
    words = widget.accessibleName() or (str(text()) if callable(text) else "")
    return f"“{words}”" if words else type(widget).__name__


def picture(window: QWidget) -> QPixmap:
    """Return the window as it looks now, with the menus and dialogs above it."""
    shown = window.grab()
    painter = QPainter(shown)
    corner = window.mapToGlobal(QPoint(0, 0))
    for top in QApplication.topLevelWidgets():
        hint = top.windowType() in (Qt.WindowType.ToolTip, Qt.WindowType.Desktop)
        if top is window or not top.isVisible() or hint or top.parentWidget() is None:
            continue
        place = QRect(top.mapToGlobal(QPoint(0, 0)) - corner, top.size())
        if isinstance(top, QDialog):
            # A dialog has no place of its own without a desktop that gives it one.
            place.moveCenter(window.rect().center())
        painter.drawPixmap(place.topLeft(), top.grab())
        if isinstance(top, QDialog):
            painter.setPen(QPen(theme.token("line_strong"), 1))
            painter.drawRect(place.adjusted(-1, -1, 0, 0))
    painter.end()
    if shown.size() != window.size():
        shown = shown.scaled(
            window.size(),
            Qt.AspectRatioMode.IgnoreAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
    return shown
