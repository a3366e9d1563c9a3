"""The header: title of the place, one fact, its tools, and the search of everything."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QPainter, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from app.ui.actions import cap_text, key_sequences
from app.ui.theme import font, icon, key_cap_size, paint_icon, paint_key_cap, px, theme
from app.ui.widgets.elided import ElidedLabel
from app.ui.widgets.layout import icon_button, tight

HEIGHT = 52
SEARCH_WIDTH, NARROW_SEARCH = 216, 88
NARROW = 880
NATIVE = QKeySequence.SequenceFormat.NativeText


class SearchButton(QAbstractButton):
    """Looks like a field and opens the palette, which holds the real one."""

    def __init__(self) -> None:
        super().__init__()
        self.setText("Search everything")
        self.setAccessibleName("Search everything")
        self.narrow = False
        self.key = cap_text(key_sequences("Ctrl+K")[0].toString(NATIVE))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.IBeamCursor)

    def sizeHint(self) -> QSize:
        """Return 216 x 30; without its words where it is narrow."""
        return QSize(px(NARROW_SEARCH if self.narrow else SEARCH_WIDTH), px(30))

    def paintEvent(self, event: object) -> None:
        """Paint field, icon, words and key cap."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.token("pressed" if self.underMouse() else "hover"))
        painter.drawRoundedRect(box, 6, 6)
        if self.hasFocus():
            painter.setPen(QPen(theme.token("accent"), 2))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 6, 6)
        side = px(16)
        paint_icon(painter, QRectF(px(10), (box.height() - side) / 2, side, side), "search")
        width = key_cap_size(self.key).width()
        painter.setFont(font("small"))
        painter.setPen(theme.token("text_2"))
        left = px(32)
        words = QRectF(left, 0, box.width() - left - width - px(14), box.height())
        if not self.narrow:
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self.text())
        cap = QRectF(box.width() - width - px(8), 0, width, box.height())
        paint_key_cap(painter, cap, self.key)


class Header(QWidget):
    """52 high; ``search_asked`` and ``side_asked`` when search or side panel are wanted."""

    search_asked = Signal()
    side_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.title = ElidedLabel("", "heading")
        self.fact = ElidedLabel("", "small", "text_2")
        self.search = SearchButton()
        self.search.clicked.connect(self.search_asked)
        self.side = icon_button(icon("panel-right", checked="accent"), "Side panel")
        self.side.setCheckable(True)
        self.side.clicked.connect(self.side_asked)
        self.side.hide()
        self._tools = QWidget()
        self._tool_row = tight(QHBoxLayout(self._tools), 8)
        row = tight(QHBoxLayout(self), 0, (16, 0, 16, 0))
        row.addWidget(self.title)
        row.addSpacing(px(8))
        row.addWidget(self.fact)
        row.addStretch(1)
        row.addSpacing(px(16))
        row.addWidget(self._tools)
        row.addSpacing(px(8))
        row.addWidget(self.side)
        row.addSpacing(px(8))
        row.addWidget(self.search)
        self._trim()
        theme.changed.connect(self._trim)

    def show_place(self, title: str, fact: str, tools: list[QWidget]) -> None:
        """Show title, fact and tools; tools of other places are put aside, not deleted."""
        self.title.setText(title)
        self.fact.setText(fact)
        self.fact.setVisible(bool(fact))
        present = [self._tool_row.itemAt(index) for index in range(self._tool_row.count())]
        if [item.widget() for item in present if item is not None] == tools:
            return
        while (item := self._tool_row.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None and widget not in tools:
                widget.hide()
        for tool in tools:
            self._tool_row.addWidget(tool)
            tool.show()
        self._tools.setVisible(bool(tools))

    def show_side(self, *, offered: bool, shown: bool) -> None:
        """Offer the side panel where it is not simply there; ``shown`` says whether it is now."""
        self.side.setVisible(offered)
        self.side.setChecked(shown)

    def resizeEvent(self, event: object) -> None:
        """Drop the search's words before the title has to be cut."""
        narrow = self.width() < px(NARROW)
        if narrow != self.search.narrow:
            self.search.narrow = narrow
            self.search.updateGeometry()

    def paintEvent(self, event: object) -> None:
        """Paint the ground and the line below."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.token("base"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.token("line"))

    def _trim(self) -> None:
        self.setFixedHeight(px(HEIGHT))
