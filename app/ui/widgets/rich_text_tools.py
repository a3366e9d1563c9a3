"""The small buttons above a memo: bold, italic, lists, link."""

from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from app.ui.theme import icon
from app.ui.widgets.layout import icon_button, tight
from app.ui.widgets.rich_text import RichMemo


class MemoTools(QWidget):
    """Buttons for one memo; they show what holds at the cursor."""

    def __init__(self, memo: RichMemo) -> None:
        """Belong to ``memo``; a click gives the cursor back to it."""
        super().__init__()
        self._memo = memo
        row = tight(QHBoxLayout(self), 2)
        self.bold = self._add("bold", "Bold", "Ctrl+B", memo.toggle_bold)
        self.italic = self._add("italic", "Italic", "Ctrl+I", memo.toggle_italic)
        self.bullets = self._add(
            "list", "List", "Ctrl+Shift+8", lambda: memo.toggle_points("bullet")
        )
        self.numbers = self._add(
            "list-ordered", "Numbered list", "Ctrl+Shift+7", lambda: memo.toggle_points("number")
        )
        self.link = self._add("link", "Link to a passage, code or study", "Ctrl+L", self._ask)
        for made in (self.bold, self.italic, self.bullets, self.numbers, self.link):
            row.addWidget(made)
        for made in (self.bold, self.italic, self.bullets, self.numbers):
            made.setCheckable(True)
        memo.moved.connect(self._show)
        memo.currentCharFormatChanged.connect(lambda _look: self._show())

    def _add(self, name: str, words: str, key: str, act) -> QToolButton:  # type: ignore[no-untyped-def]
        made = icon_button(icon(name, size=16, checked="accent"), words, tip=f"{words}  {key}",
                           size=16)  # fmt: skip

        def clicked(_on: bool = False) -> None:
            self._memo.setFocus()
            act()
            self._show()

        made.clicked.connect(clicked)
        return made

    def _ask(self) -> None:
        self._memo.link_wanted.emit()

    def _show(self) -> None:
        look, point = self._memo.currentCharFormat(), self._memo.point_here()
        self.bold.setChecked(look.fontWeight() >= 600)
        self.italic.setChecked(look.fontItalic())
        self.bullets.setChecked(point == "bullet")
        self.numbers.setChecked(point == "number")
