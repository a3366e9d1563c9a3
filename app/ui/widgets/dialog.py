"""Dialogs: the platform's frame, 24 px edge, no focus ring before a key is used."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QWidget


class Dialog(QDialog):
    """Base of all dialogs; Esc cancels, Enter is the default button."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def showEvent(self, event: QShowEvent) -> None:
        """Take the focus itself; Tab goes on to the first control."""
        super().showEvent(event)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
