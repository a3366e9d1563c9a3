"""The one error door, and what the window says: notices, undo messages, the error dialog."""

import platform
import sys
import threading
import traceback
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QThread, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from app import __version__
from app.errors import UserError
from app.ui.theme import fixed_font, icon, px
from app.ui.widgets.dialog import Dialog
from app.ui.widgets.layout import button, label, tight
from app.ui.widgets.notices import Notice, NoticeStack, UndoMessage

if TYPE_CHECKING:
    from app.models.changes import Changes

AGAIN = "defect again"
REMOVES = "Remove"
"""How the undo menu names acts that remove something; the undo message may be about them."""

__all__ = ["ErrorDialog", "Messages", "Notice", "install_error_door"]


class Messages(QObject):
    """What a view calls to say something, on the GUI thread; ``report`` takes any thread."""

    _reported = Signal(object)

    def __init__(self, window: QWidget, stack: NoticeStack, undo_message: UndoMessage) -> None:
        """Use the window's notice slot and undo message."""
        super().__init__(window)
        self._window, self._stack, self._undo_message = window, stack, undo_message
        self.dialog: ErrorDialog | None = None
        self._told: set[str] = set()
        self._reported.connect(self.report)

    def show(self, notice: Notice) -> None:
        """Show a notice in the slot under the filter row."""
        self._stack.add(notice)

    def success(self, text: str, detail: str = "", *, undo: bool = False) -> None:
        """Show a success notice; ``undo`` offers to take the act back."""
        buttons = (("Undo", self._take_back),) if undo else ()
        self.show(Notice("success", text, detail, buttons))

    def removed(self, text: str) -> None:
        """Show the undo message after an act that removed something."""
        self._undo_message.show_removed(text, self._take_back)

    def not_removed(self) -> None:
        """Take the undo message away: the act came to nothing, and another would be undone."""
        self._undo_message.hide()

    def follow(self, changes: "Changes") -> None:
        """Take the undo message away once its Undo would take back something else."""
        coded = changes.origin == "act" and changes.touches("coding", "memo")
        is_later = coded and not changes.label.startswith(REMOVES)
        if is_later or changes.origin in ("undo", "redo"):
            self._undo_message.hide()

    def show_undo_key(self, key: str) -> None:
        """Show in the undo message which key undoes."""
        self._undo_message.show_key(key)

    def clear(self, key: str = "") -> None:
        """Take away the notice with this key, or all notices."""
        if key:
            self._stack.remove(key)
        else:
            self._stack.remove_all()

    def report(self, error: BaseException, key: str = "") -> None:
        """Take any exception: a UserError becomes a notice, anything else an error dialog.

        ``key`` is what ``clear`` takes the notice away by. A defect that comes again is not shown
        in a second dialog.
        """
        if QThread.currentThread() != self.thread():
            self._reported.emit(error)
        elif isinstance(error, UserError):
            self.show(Notice("error", error.message, error.hint, key=key or error.message))
        elif not isinstance(error, KeyboardInterrupt):
            self._show_defect(error)

    ask_who: Callable[[], object] | None = None
    """What asks who is coding; the window sets it."""

    take_back: Callable[[], object] | None = None
    """What undo does; the window sets it."""

    def _take_back(self) -> None:
        if self.take_back is not None:
            self.take_back()

    def _show_defect(self, error: BaseException) -> None:
        place = _place_of(error)
        if place in self._told:
            self._tell_again()
            return
        self._told.add(place)
        sys.stderr.write("".join(traceback.format_exception(error)))
        if self.dialog is None:
            self.dialog = ErrorDialog(error, self._window)
        else:
            self.dialog.add(error)
        self.dialog.show()

    def _tell_again(self) -> None:
        """Say in one notice, not in a further dialog, that a known defect came up again."""
        if self.dialog is None or self.dialog.isVisible() or self._stack.holds(AGAIN):
            return
        self.show(
            Notice(
                "error",
                "The same defect came up again.",
                "Your project is saved. Close Cofactor and start it again.",
                (("Show report", self.dialog.show),),
                key=AGAIN,
            )
        )


class ErrorDialog(Dialog):
    """A defect of the program: what it means for your work, and a report to copy."""

    def __init__(self, error: BaseException, parent: QWidget | None = None) -> None:
        """Build it for one exception; ``add`` appends further ones."""
        super().__init__("A defect in Cofactor", parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        self.report = QPlainTextEdit(defect_report(error))
        self.report.setReadOnly(True)
        self.report.setFont(fixed_font())
        self.report.setAccessibleName("Report")
        self.report.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        copy = button("Copy report", icon=icon("copy"))
        copy.clicked.connect(self.copy)
        close = button("Close", "primary")
        close.clicked.connect(self.accept)
        column = tight(QVBoxLayout(self), 8, (24, 24, 24, 24))
        column.addWidget(label("Cofactor came to a point it was not built for", "heading"))
        column.addWidget(
            label(
                "Your project is saved up to your last act. You can go on; if the same thing "
                "happens again, close Cofactor and send this report to those who look after it.",
                "body",
                "text_2",
                wrap=True,
            )
        )
        column.addSpacing(px(8))
        column.addWidget(self.report, 1)
        row = tight(QHBoxLayout(), 8)
        row.addWidget(label("The report holds no text of your documents.", "small", "text_2"), 1)
        row.addWidget(copy)
        row.addWidget(close)
        column.addSpacing(px(8))
        column.addLayout(row)
        self.resize(px(680), px(440))

    def add(self, error: BaseException) -> None:
        """Append a further exception, where it is not the same one again."""
        text = defect_report(error)
        if text not in self.report.toPlainText():
            self.report.appendPlainText("\n" + text)

    def copy(self) -> None:
        """Put the report on the clipboard."""
        QGuiApplication.clipboard().setText(self.report.toPlainText())


def _place_of(error: BaseException) -> str:
    """Return what tells one defect from another: its kind and the lines it came by."""
    frames = traceback.extract_tb(error.__traceback__)
    lines = [f"{frame.filename}:{frame.lineno}" for frame in frames] or [str(error)]
    return " ".join((type(error).__qualname__, *lines))


def defect_report(error: BaseException) -> str:
    """Return versions and traceback as text; file paths are shortened to the project's own."""
    from PySide6 import __version__ as pyside_version
    from PySide6.QtCore import qVersion

    versions = (
        f"Cofactor {__version__}, Python {platform.python_version()}, PySide6 {pyside_version}, "
        f"Qt {qVersion()}, {platform.platform()}"
    )
    return f"{versions}\n\n{''.join(traceback.format_exception(error))}".rstrip()


def install_error_door(messages: Messages) -> None:
    """Send every exception that nobody caught, on any thread, through ``messages.report``."""

    def main_hook(
        kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
        else:
            messages.report(error)

    def thread_hook(event: threading.ExceptHookArgs) -> None:
        if event.exc_value is not None:
            messages.report(event.exc_value)

    sys.excepthook = main_hook
    threading.excepthook = thread_hook
