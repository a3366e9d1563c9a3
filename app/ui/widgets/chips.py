"""Filter chips and the row they stand in."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QMenu, QSizePolicy, QWidget

from app.ui.theme import font, icon_size, paint_icon, px, theme
from app.ui.widgets.elided import ElidedLabel
from app.ui.widgets.layout import FlowLayout, tight

CHIP_HEIGHT = 26
ROW_HEIGHT = 48
LEAST_ROW = 240
REMOVING = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


class Chip(QAbstractButton):
    """A rounded filter of 26 px: off ("Stage: any"), set (tint, accent line, x) or "add" (dashed).

    ``clicked`` asks for its menu or its change, ``removed`` comes from the x and from Delete.
    Give it a menu with ``set_menu`` and it opens that on a click, Enter or Space.
    """

    removed = Signal()

    def __init__(
        self, text: str, *, is_set: bool = False, icon: str = "", kind: str = "filter",
        removable: bool = True,
    ) -> None:  # fmt: skip
        """``kind`` is "filter" or "add"; ``icon`` the name of a Lucide icon."""
        super().__init__()
        self._icon, self._kind, self._removable = icon, kind, removable
        self._is_set = is_set
        self._menu: Callable[[], QMenu] | None = None
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setText(text)
        theme.changed.connect(self.updateGeometry)
        self.clicked.connect(self._open_menu)

    @property
    def is_set(self) -> bool:
        """True while the filter holds something back."""
        return self._is_set

    def show_state(self, text: str, is_set: bool) -> None:
        """Show what the filter is set to now."""
        self.setText(text)
        self._is_set = is_set
        self.updateGeometry()
        self.update()

    def set_menu(self, make: Callable[[], QMenu]) -> None:
        """Open the menu that ``make`` returns below the chip."""
        self._menu = make

    def sizeHint(self) -> QSize:
        """Return the size of icon, text and x."""
        width = QFontMetrics(self._font()).horizontalAdvance(self.text()) + px(22)
        width += px(20) if self._shown_icon() else 0
        width += px(18) if self._shows_x() else 0
        return QSize(width, px(CHIP_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Return the same size: a chip is never squeezed."""
        return self.sizeHint()

    def paintEvent(self, event: object) -> None:
        """Paint outline, icon, text and x."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        focused = self.hasFocus()
        line = "accent" if self._is_set or focused else "line_strong"
        pen = QPen(theme.token(line), 2 if focused else 1)
        if self._kind == "add" and not focused:
            pen.setStyle(Qt.PenStyle.CustomDashLine)
            pen.setDashPattern([3, 2])
        painter.setPen(pen)
        painter.setBrush(theme.token(self._background()))
        inset = 0.5 if focused else 0.0
        box.adjust(inset, inset, -inset, -inset)
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        ink = "text_2" if self._kind == "add" else "text"
        ink = ink if self.isEnabled() else "off"
        left = px(11)
        if self._shown_icon():
            glyph = QRectF(left, (self.height() - px(14)) / 2, px(14), px(14))
            paint_icon(painter, glyph, self._shown_icon(), "text_2" if self.isEnabled() else "off")
            left += px(20)
        right = self.width() - px(11)
        if self._shows_x():
            paint_icon(painter, self._x_box(), "x", "text_2")
            right -= px(18)
        painter.setFont(self._font())
        painter.setPen(theme.token(ink))
        words = QRectF(left, 0, right - left + 1, self.height())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self.text())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Take a click on the x as removing, elsewhere as a click on the chip."""
        grown = self._x_box().adjusted(-px(6), -px(6), px(6), px(6))
        if self._shows_x() and grown.contains(event.position()):
            self.setDown(False)
            self.removed.emit()
            return
        super().mouseReleaseEvent(event)

    def event(self, event: QEvent) -> bool:
        """Keep Delete from being a shortcut of the view while there is something to remove."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and event.key() in REMOVING
            and self._shows_x()
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete removes, Enter and Space open."""
        if event.key() in REMOVING and self._shows_x():
            self.removed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.click()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show that it can be pressed."""
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: object) -> None:
        """Show it at rest."""
        self.update()

    def _font(self) -> QFont:
        return font("small_name")

    def _background(self) -> str:
        if self.isDown():
            return "pressed"
        if self.underMouse() and self.isEnabled():
            return "hover"
        return "tint" if self._is_set else "base"

    def _shown_icon(self) -> str:
        return "plus" if self._kind == "add" else self._icon

    def _shows_x(self) -> bool:
        return self._is_set and self._removable and self._kind != "add"

    def _x_box(self) -> QRectF:
        side = icon_size(14).width()
        return QRectF(self.width() - px(9) - side, (self.height() - side) / 2, side, side)

    def _open_menu(self) -> None:
        if self._menu is not None:
            self._menu().popup(self.mapToGlobal(QPoint(0, self.height() + px(4))))


class FilterRow(QWidget):
    """All filters of a view in one row of 48 px that wraps; count and unit at the right end."""

    def __init__(self) -> None:
        """Start without chips."""
        super().__init__()
        self._flow = FlowLayout(spacing=8, line=ROW_HEIGHT - 18)
        holder = QWidget()
        holder.setLayout(self._flow)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        holder.setSizePolicy(policy)
        # Cut where there is no room: the row must not keep a side panel from its width.
        self._count = ElidedLabel("", "small", "text_2")
        row = tight(QHBoxLayout(self), 16, (16, 9, 16, 9))
        row.addWidget(holder, 1)
        row.addWidget(self._count, 0, Qt.AlignmentFlag.AlignTop)
        self._trim()
        theme.changed.connect(self._trim)

    def add(self, widget: QWidget) -> None:
        """Add a chip, a segmented control or another small control at the end."""
        self._flow.addWidget(widget)

    def insert(self, index: int, widget: QWidget) -> None:
        """Put a chip before the one at ``index``."""
        self._flow.insertWidget(index, widget)

    def chips(self) -> list[Chip]:
        """Return the chips in their order."""
        items = [self._flow.itemAt(index) for index in range(self._flow.count())]
        widgets = [item.widget() for item in items if item is not None]
        return [widget for widget in widgets if isinstance(widget, Chip)]

    def show_count(self, text: str) -> None:
        """Show count and unit, such as "46 studies, 2,791 codings"."""
        self._count.setText(text)

    def resizeEvent(self, event: object) -> None:
        """Keep all lines of chips whole where the view below would squeeze them."""
        needed = self.heightForWidth(self.width()) if self.width() >= px(LEAST_ROW) else 0
        most = self.window().height() * 2 // 5
        self.setMinimumHeight(max(px(ROW_HEIGHT), min(needed, most)))

    def _trim(self) -> None:
        self.setMinimumHeight(px(ROW_HEIGHT))
        self._count.setMinimumHeight(px(ROW_HEIGHT - 18))
