"""One line at the foot of the pages: what the keys do while an area is drawn."""

from PySide6.QtWidgets import QWidget

from app.ui.reading.popup import SHADOW, Popup
from app.ui.theme import px
from app.ui.widgets import label

ABOVE_EDGE = 8


class KeyHint(Popup):
    """Stands over the pages without moving them; takes no focus."""

    def __init__(self, parent: QWidget) -> None:
        """Start hidden."""
        super().__init__(parent)
        self._words = label("", "small")
        self._words.setContentsMargins(12, 8, 12, 8)
        self.column.addWidget(self._words)

    def say(self, words: str) -> None:
        """Show a line at the foot of the parent."""
        self._words.setText(words)
        self.adjustSize()
        view = self._view()
        left = (view.width() - self.width()) // 2
        self.move(max(left, 0), view.height() - self.height() + px(SHADOW) - px(ABOVE_EDGE))
        self.show()
        self.raise_()
