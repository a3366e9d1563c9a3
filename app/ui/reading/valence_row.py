"""The row of valences: shape, name, key; used by the palette and the card."""

from collections.abc import Iterable

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from app.coding.codebook import FacetValue
from app.ui.theme import font, key_cap_size, paint_key_cap, paint_valence, px, theme
from app.ui.widgets import clear, tight

SHAPE = 14


class ValenceButton(QAbstractButton):
    """One valence; checked it is framed and tinted. ``compact`` leaves the name out."""

    def __init__(self, value: FacetValue, *, compact: bool = False) -> None:
        """Show ``value``."""
        super().__init__()
        self.value, self._compact = value, compact
        self.setText(value.label)
        self.setCheckable(True)
        self.setAccessibleName(value.label)
        self.setToolTip(f"{value.label}  {value.symbol}")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.MinimumExpanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """Return the room of shape, name and key."""
        words = QFontMetrics(font("small_name")).horizontalAdvance(self.text())
        width = px(SHAPE) + px(6) + round(key_cap_size(self.value.symbol).width()) + px(12)
        return QSize(width + (0 if self._compact else words + px(6)), px(28))

    def minimumSizeHint(self) -> QSize:
        """Keep room for the shape; where there is more, the key and the name are said as well."""
        return QSize(px(SHAPE) + px(8), px(28))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        if self.isChecked() or self.hasFocus():
            painter.setPen(QPen(theme.token("accent"), 2 if self.hasFocus() else 1.4))
        else:
            painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self.isChecked() or self.underMouse():
            painter.setBrush(theme.token("tint" if self.isChecked() else "hover"))
        painter.drawRoundedRect(box, 6, 6)
        cap = key_cap_size(self.value.symbol)
        words = 0.0
        if not self._compact and self.width() >= self.sizeHint().width() - px(8):
            painter.setFont(font("small_name"))
            words = QFontMetrics(painter.font()).horizontalAdvance(self.text()) + px(6)
        used = px(SHAPE) + px(6) + words + cap.width()
        has_cap = used <= box.width()
        if not has_cap:
            used = px(SHAPE)
        x = max(box.center().x() - used / 2, box.left() + px(4))
        shape = QRectF(x, box.center().y() - px(SHAPE) / 2, px(SHAPE), px(SHAPE))
        paint_valence(painter, shape, self.value.key)
        x += px(SHAPE) + px(6)
        if words:
            painter.setPen(theme.token("text"))
            area = QRectF(x, box.top(), words, box.height())
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, self.text())
            x += words
        if has_cap:
            cap_box = QRectF(x, box.top(), cap.width(), box.height())
            paint_key_cap(painter, cap_box, self.value.symbol)


class ValenceRow(QWidget):
    """All valences of the codebook; ``chosen`` carries the key that was clicked."""

    chosen = Signal(str)

    def __init__(self, *, compact: bool = False) -> None:
        """Start empty; ``show_values`` fills it."""
        super().__init__()
        self._compact = compact
        self._buttons: dict[str, ValenceButton] = {}
        self._row = tight(QHBoxLayout(self), 4)

    def show_values(self, values: Iterable[FacetValue]) -> None:
        """Show these valences."""
        values = tuple(values)
        if tuple(made.value for made in self._buttons.values()) == values:
            return
        clear(self._row)
        self._buttons = {}
        for value in values:
            made = ValenceButton(value, compact=self._compact)
            made.clicked.connect(lambda _checked=False, key=value.key: self.chosen.emit(key))
            self._buttons[value.key] = made
            self._row.addWidget(made)

    def entry(self) -> ValenceButton | None:
        """Return the button that takes the focus: the chosen one, else the first."""
        buttons = list(self._buttons.values())
        return next((made for made in buttons if made.isChecked()), next(iter(buttons), None))

    def choose(self, key: str) -> None:
        """Show which one holds, "" for none."""
        for known, made in self._buttons.items():
            made.setChecked(known == key)
