"""A raised card over a place: not modal, in the middle, away with Esc."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.ui.theme import px, theme
from app.ui.widgets.popup import Popup, shadow_margin

TOP = 28


class Card(Popup):
    """Stands over ``parent`` and follows its size; ``width`` and ``height`` in px at 100 %."""

    def __init__(self, parent: QWidget, name: str, width: int, height: int) -> None:
        super().__init__(parent)
        self._wanted = (width, height)
        self.setAccessibleName(name)
        parent.installEventFilter(self)
        theme.changed.connect(self.place)
        self.hide()

    def open(self) -> None:
        """Show it above everything else in the place."""
        self.place()
        self.show()
        self.raise_()

    def place(self) -> None:
        """Keep to the middle, inside the place."""
        parent = self.parentWidget()
        assert parent is not None
        room = parent.size()
        width = min(px(self._wanted[0]), room.width() - px(48))
        height = min(px(self._wanted[1]), room.height() - px(TOP + 24))
        edge = shadow_margin()
        left = (room.width() - width) // 2
        self.setGeometry(left - edge, px(TOP) - edge, width + 2 * edge, height + 2 * edge)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size of the place."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.place()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc puts the card away."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)
