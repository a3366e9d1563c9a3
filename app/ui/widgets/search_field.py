"""A field to find things in a list."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit

from app.ui.theme import key_cap_size, paint_icon, paint_key_cap, px, theme


class SearchField(QLineEdit):
    """Search icon, text, and the key that leads here as long as it is empty.

    Esc empties it first and then emits ``left``; Down and Enter emit ``entered``.
    """

    left = Signal()
    entered = Signal()

    def __init__(self, placeholder: str, *, key: str = "") -> None:
        """``key`` is shown as a key cap at the right end."""
        super().__init__()
        self._key = key
        self.setProperty("look", "search")
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self._trim()
        theme.changed.connect(self._trim)

    def show_key(self, key: str) -> None:
        """Show another key that leads here."""
        self._key = key
        self._trim()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the field, then icon and key."""
        super().paintEvent(event)
        painter = QPainter(self)
        side = px(16)
        glyph = QRectF(px(10), (self.height() - side) / 2, side, side)
        paint_icon(painter, glyph, "search", "text_2")
        if self._key and not self.text() and not self.hasFocus():
            width = key_cap_size(self._key).width()
            box = QRectF(self.width() - width - px(8), 0, width, self.height())
            paint_key_cap(painter, box, self._key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back by one step; Down and Enter go on into the list."""
        if event.key() == Qt.Key.Key_Escape:
            if self.text():
                self.clear()
            else:
                self.left.emit()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def _trim(self) -> None:
        right = round(key_cap_size(self._key).width()) + px(8) if self._key else 0
        self.setTextMargins(px(24), 0, right, 0)
