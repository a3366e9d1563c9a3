"""The rail: the places at the left edge of the window."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QVBoxLayout, QWidget

from app.ui.places import PLACES
from app.ui.theme import font, paint_icon, px, scale, theme
from app.ui.widgets.layout import tight

WIDTH, ITEM_WIDTH, ITEM_HEIGHT = 76, 64, 52
BARE_WIDTH, BARE_ITEM = 52, 40


class RailButton(QAbstractButton):
    """Icon above label, 64 x 52; icon alone where the rail is bare."""

    def __init__(self, text: str, icon: str, *, checkable: bool = True) -> None:
        super().__init__()
        self._icon = icon
        self.bare = False
        self.setText(text)
        self.setAccessibleName(text)
        self.setCheckable(checkable)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """Return 64 x 52, or a square where the rail is bare."""
        if self.bare:
            return QSize(px(BARE_ITEM), px(BARE_ITEM))
        return QSize(px(ITEM_WIDTH), px(ITEM_HEIGHT))

    def paintEvent(self, event: object) -> None:
        """Paint background, icon, label and focus."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        self._paint_ground(painter, box)
        token = "accent" if self.isChecked() else "text_2"
        side = px(20)
        glyph = QRectF((self.width() - side) / 2, px(7), side, side)
        if self.bare:
            glyph.moveCenter(box.center())
        paint_icon(painter, glyph, self._icon, token)
        if not self.bare:
            painter.setFont(font("tiny_group" if self.isChecked() else "tiny"))
            painter.setPen(theme.token(token))
            words = QRectF(0, px(30), self.width(), px(16))
            painter.drawText(words, Qt.AlignmentFlag.AlignCenter, self.text())

    def _paint_ground(self, painter: QPainter, box: QRectF) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        token = ""
        if self.isChecked():
            token = "selected"
        elif self.isDown():
            token = "pressed"
        elif self.underMouse():
            token = "hover"
        if token:
            painter.setBrush(theme.token(token))
            painter.drawRoundedRect(box, 6, 6)
        if self.hasFocus() or (self.isChecked() and theme.tokens.framed):
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.token("accent" if self.hasFocus() else "text"), 2))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 6, 6)


class Rail(QWidget):
    """Emits ``asked`` with the key of a place, or "settings"."""

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Places")
        self._group = QButtonGroup(self)
        self._column = tight(QVBoxLayout(self), 2, (6, 8, 6, 8))
        self._buttons: dict[str, RailButton] = {}
        for spec in PLACES:
            self._add(spec.key, spec.label, spec.icon, shown=spec.in_rail)
        self._column.addStretch(1)
        self._add("settings", "Settings", "settings", checkable=False)
        self.fit(10_000)
        theme.changed.connect(self.update)

    def choose(self, key: str) -> None:
        """Show a place as the one you are in."""
        self._buttons[key].setChecked(True)

    def button(self, key: str) -> RailButton:
        """Return one button, to give it a tooltip."""
        return self._buttons[key]

    def fit(self, window_width: int) -> None:
        """Drop the labels where the font is large and the window narrow."""
        bare = scale() >= 1.4 and window_width < 1500
        for made in self._buttons.values():
            made.bare = bare
            made.updateGeometry()
        self.setFixedWidth(px(BARE_WIDTH if bare else WIDTH))

    def paintEvent(self, event: object) -> None:
        """Paint the ground and the line at the right."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.token("window"))
        painter.fillRect(self.width() - 1, 0, 1, self.height(), theme.token("line"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down go through the places."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
        else:
            super().keyPressEvent(event)

    def _add(
        self, key: str, text: str, icon: str, *, checkable: bool = True, shown: bool = True
    ) -> None:
        made = RailButton(text, icon, checkable=checkable)
        made.clicked.connect(lambda _checked=False: self.asked.emit(key))
        if checkable:
            self._group.addButton(made)
        self._buttons[key] = made
        self._column.addWidget(made, 0, Qt.AlignmentFlag.AlignHCenter)
        if not shown:
            made.hide()
