"""The header: title of the place, one fact, its tools, and the search of everything."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QPainter, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from app.ui.actions import cap_text, key_sequences
from app.ui.theme import font, icon, key_cap_size, paint_icon, paint_key_cap, px, theme
from app.ui.widgets.elided import ElidedLabel
from app.ui.widgets.layout import icon_button, tight

HEIGHT = 52
SEARCH_WIDTH, NARROW_SEARCH = 216, 88
ICON_SEARCH = 36
NARROW, NARROWEST = 880, 560
BESIDE, LEAST_FACT = 96, 80
"""Pixels of all gaps together, and the least that is worth showing of the fact."""
NATIVE = QKeySequence.SequenceFormat.NativeText


class SearchButton(QAbstractButton):
    """Looks like a field and opens the palette, which holds the real one."""

    def __init__(self) -> None:
        super().__init__()
        self.setText("Search everything")
        self.setAccessibleName("Search everything")
        self.narrow = self.bare = False
        self.key = cap_text(key_sequences("Ctrl+K")[0].toString(NATIVE))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.IBeamCursor)

    def show_key(self, key: str) -> None:
        """Show another key that opens the search."""
        self.key = key
        self.update()

    def sizeHint(self) -> QSize:
        """Return 216 x 30; without its words where it is narrow."""
        width = ICON_SEARCH if self.bare else NARROW_SEARCH if self.narrow else SEARCH_WIDTH
        return QSize(px(width), px(30))

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
        if not self.bare:
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
        self._fit()
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
        self._fit()

    def show_side(self, *, offered: bool, shown: bool) -> None:
        """Offer the side panel where it is not simply there; ``shown`` says whether it is now."""
        self.side.setVisible(offered)
        self.side.setChecked(shown)

    def resizeEvent(self, event: object) -> None:
        """Drop the search's words and the fact before the title has to be cut."""
        self._fit()

    def _fit(self) -> None:
        narrow = self.width() < px(NARROW)
        taken = self._tools.sizeHint().width() + self.search.sizeHint().width()
        room = self.width() - taken - self.title.sizeHint().width() - px(BESIDE)
        has_room = not narrow and room >= px(LEAST_FACT)
        self.fact.setVisible(bool(self.fact.text()) and has_room)
        # Where there is room for both, the fact is cut first.
        self.title.setMinimumWidth(self.title.sizeHint().width() if has_room else 0)
        self._fit_tools(narrow)
        bare = self.width() < px(NARROWEST)
        if (narrow, bare) != (self.search.narrow, self.search.bare):
            self.search.narrow, self.search.bare = narrow, bare
            self.search.setToolTip(f"Search everything  {self.search.key}" if bare else "")
            self.search.updateGeometry()

    def _fit_tools(self, narrow: bool) -> None:
        """Leave only the icons of buttons in a narrow header; their words become tooltips."""
        for at in range(self._tool_row.count()):
            item = self._tool_row.itemAt(at)
            tool = item.widget() if item is not None else None
            if not isinstance(tool, QPushButton) or tool.icon().isNull():
                continue
            words = tool.property("words") or ""
            if narrow and tool.text():
                tool.setProperty("words", tool.text())
                tool.setAccessibleName(tool.text())
                tool.setToolTip(tool.toolTip() or tool.text())
                tool.setText("")
            elif not narrow and words and not tool.text():
                tool.setText(words)

    def paintEvent(self, event: object) -> None:
        """Paint the ground and the line below."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.token("base"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.token("line"))

    def _trim(self) -> None:
        self.setFixedHeight(px(HEIGHT))
