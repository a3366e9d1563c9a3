"""A line of what a file brings: icon, number, words; it opens the rows behind the number."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.coding.row_words import RowWords
from app.ui.theme import icon, px
from app.ui.widgets import Tag, icon_button, label, line, tight

MOST = 30


class FactRow(QWidget):
    """A click, Enter or Space on the arrow opens the rows."""

    def __init__(
        self,
        icon_name: str,
        number: int,
        words: str,
        detail: str,
        lines: Sequence[RowWords],
        tag: tuple[str, str] | None = None,
    ) -> None:
        super().__init__()
        self._lines, self._body = tuple(lines), QWidget()
        self._body.hide()
        glyph = label("")
        glyph.setPixmap(icon(icon_name).pixmap(px(18), px(18)))
        count = label(f"{number:,}", "name")
        count.setMinimumWidth(px(44))
        count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        said = tight(QVBoxLayout(), 0)
        said.addWidget(label(words, "body"))
        said.addWidget(label(detail, "small", "text_2", wrap=True))
        row = tight(QHBoxLayout(), 12, (16, 7, 8, 7))
        for widget in (glyph, count):
            row.addWidget(widget)
        row.addLayout(said, 1)
        if tag is not None:
            row.addWidget(Tag(*tag))
        self.arrow = icon_button(icon("chevron-right"), f"Show: {number} {words}", size=16)
        self.arrow.clicked.connect(self.toggle)
        policy = self.arrow.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.arrow.setSizePolicy(policy)
        self.arrow.setVisible(bool(self._lines))
        row.addWidget(self.arrow)
        column = tight(QVBoxLayout(self))
        column.addLayout(row)
        column.addWidget(self._body)
        column.addWidget(line())
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)

    def toggle(self) -> None:
        """Show the rows, or put them away."""
        if not self._lines:
            return
        if self._body.layout() is None:
            self._fill()
        self._body.setVisible(self._body.isHidden())
        opened = not self._body.isHidden()
        self.arrow.setIcon(icon("chevron-down" if opened else "chevron-right"))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Open the rows."""
        self.toggle()

    def _fill(self) -> None:
        column = tight(QVBoxLayout(self._body), 6, (92, 0, 24, 10))
        for row in self._lines[:MOST]:
            where = f"{row.where} · " if row.where else ""
            column.addWidget(label(f"{where}{row.title}", "small", "text_2", wrap=True))
            if row.words:
                quoted = f"“{row.words}”" if row.kind == "coding" else row.words
                column.addWidget(label(quoted, "body", wrap=True))
            for name, value in row.details[:2]:
                column.addWidget(label(f"{name}: {value}", "small", "text_2", wrap=True))
        if len(self._lines) > MOST:
            column.addWidget(label("… and more", "small", "text_2"))
