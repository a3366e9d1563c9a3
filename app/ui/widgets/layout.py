"""Layouts with margins from the grid, and the few ready-made labels, lines and buttons.

No layout keeps the style's own margins: use ``tight`` (none) or ``roomy`` (inside a form).
"""

from typing import TypeVar

from PySide6.QtCore import QObject, QRect, QSize, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QLabel,
    QLayout,
    QLayoutItem,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from app.ui.theme import beside_text, icon_size, px, scale

LayoutT = TypeVar("LayoutT", bound=QLayout)
WidgetT = TypeVar("WidgetT", bound=QWidget)
Margins = tuple[int, int, int, int]


def tight(layout: LayoutT, spacing: int = 0, margins: Margins = (0, 0, 0, 0)) -> LayoutT:
    """Set spacing and margins (left, top, right, bottom; pixels at 100 %), none by default.

    They follow the size of text while the program runs, as do spacings added with ``addSpacing``.
    """
    layout.setProperty("measures", [spacing, *margins])
    layout.setContentsMargins(*(gap(margin) for margin in margins))
    layout.setSpacing(gap(spacing))
    return layout


def gap(length: int) -> int:
    """Return an empty length in pixels; wide gaps grow half as fast as the text does."""
    return px(length) if length <= 8 else round(length * (1 + (scale() - 1) / 2))


def roomy(layout: LayoutT, spacing: int = 8, margin: int = 16) -> LayoutT:
    """Set the spacing of related things and the same margin on all sides."""
    return tight(layout, spacing, (margin, margin, margin, margin))


def fix(widget: WidgetT, *, width: int | None = None, height: int | None = None) -> WidgetT:
    """Fix width or height (pixels at 100 %), also when the size of text changes later."""
    widget.setProperty("fixed", [width or 0, height or 0])
    if width:
        widget.setFixedWidth(px(width))
    if height:
        widget.setFixedHeight(px(height))
    return widget


def fit_icon(widget: QAbstractButton, size: int, *, beside: bool = False) -> None:
    """Set the icon size of a button (pixels at 100 %); ``beside`` leaves a gap before words."""
    widget.setProperty("icon_px", [size, int(beside)])
    widget.setIconSize(beside_text(size) if beside else icon_size(size))


def rescale(top: QWidget, ratio: float) -> None:
    """Let all that was measured with the functions above follow the size of text.

    ``ratio`` is the new size of text by the old one.
    """
    for layout in top.findChildren(QLayout):
        measures = layout.property("measures")
        if measures is not None:
            tight(layout, measures[0], tuple(measures[1:]))
            _rescale_spacers(layout, ratio)
    for widget in top.findChildren(QWidget):
        fixed, icon = widget.property("fixed"), widget.property("icon_px")
        if fixed is not None:
            fix(widget, width=fixed[0] or None, height=fixed[1] or None)
        if icon is not None and isinstance(widget, QAbstractButton):
            fit_icon(widget, icon[0], beside=bool(icon[1]))


def _rescale_spacers(layout: QLayout, ratio: float) -> None:
    for index in range(layout.count()):
        item = layout.itemAt(index)
        spacer = item.spacerItem() if item is not None else None
        if spacer is not None and not spacer.expandingDirections():
            size = spacer.sizeHint()
            policy = spacer.sizePolicy()
            spacer.changeSize(
                round(size.width() * ratio),
                round(size.height() * ratio),
                policy.horizontalPolicy(),
                policy.verticalPolicy(),
            )
    layout.invalidate()


def set_look(widget: QWidget, look: str, name: str = "look") -> None:
    """Set a property that the sheet selects by, on a widget that may already be shown."""
    if widget.property(name) == look:
        return
    widget.setProperty(name, look)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def label(text: str = "", role: str = "body", tone: str = "text", *, wrap: bool = False) -> QLabel:
    """Return a plain-text label in a font role and a colour token."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("role", role)
    made.setProperty("tone", tone)
    made.setWordWrap(wrap)
    return made


def frame(look: str) -> QFrame:
    """Return a frame in one of the sheet's looks: base, window, card, popup, panel_left ..."""
    made = QFrame()
    made.setProperty("look", look)
    made.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    return made


def line(*, vertical: bool = False, strong: bool = False) -> QFrame:
    """Return a separator of one pixel."""
    made = frame("line_strong" if strong else "line")
    if vertical:
        made.setFixedWidth(1)
    else:
        made.setFixedHeight(1)
    return made


def button(text: str, look: str = "", *, icon: QIcon | None = None, tip: str = "") -> QPushButton:
    """Return a push button: "" plain, "primary", "quiet", "danger", "link" or "small".

    It takes the focus by Tab only, so that a click leaves the keys where they were.
    """
    made = QPushButton(text)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    made.setAutoDefault(False)
    if look:
        made.setProperty("look", look)
    if icon is not None:
        made.setIcon(icon)
        fit_icon(made, 16, beside=True)
    if tip:
        made.setToolTip(tip)
    return made


def icon_button(icon: QIcon, name: str, *, tip: str = "", size: int = 18) -> QToolButton:
    """Return a button that is only an icon; ``name`` is spoken and, without ``tip``, shown."""
    made = QToolButton()
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    made.setIcon(icon)
    fit_icon(made, size)
    if size <= 14:
        made.setProperty("look", "tiny")
    made.setAccessibleName(name)
    made.setToolTip(tip or name)
    return made


def stretch() -> QWidget:
    """Return an empty widget that takes all room there is in its row."""
    made = QWidget()
    made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    return made


class FlowLayout(QLayout):
    """Lays widgets out in lines, as words in a paragraph."""

    def __init__(self, parent: QWidget | None = None, *, spacing: int = 8, line: int = 0) -> None:
        """``spacing`` is used along a line and between lines, ``line`` is the least height of one.

        Both are in pixels at 100 %.
        """
        super().__init__(parent)
        self._least = line
        self._items: list[QLayoutItem] = []
        tight(self, spacing)

    def addItem(self, item: QLayoutItem) -> None:
        """Take an item, as every layout does."""
        self._items.append(item)

    def insertWidget(self, index: int, widget: QWidget) -> None:
        """Put a widget before the item at ``index``."""
        self.addWidget(widget)
        self._items.insert(index, self._items.pop())
        self.invalidate()

    def count(self) -> int:
        """Return the number of items."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # type: ignore[override]
        """Return an item, or None past the end."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # type: ignore[override]
        """Take an item out, or return None past the end."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """Ask for no more room than it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Its height follows from its width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of all lines at a width."""
        return self._arrange(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        """Place the items."""
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def sizeHint(self) -> QSize:
        """Return the size of everything in one line."""
        sizes = [item.sizeHint() for item in self._items if not item.isEmpty()]
        width = sum(size.width() for size in sizes) + self.spacing() * max(0, len(sizes) - 1)
        heights = [size.height() for size in sizes]
        return QSize(width, max([*heights, px(self._least)]) if heights else 0)

    def minimumSize(self) -> QSize:
        """Return the size of the largest item."""
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        y = rect.y()
        for line_items in self._lines(rect.width()):
            x = rect.x()
            heights = [item.sizeHint().height() for item in line_items]
            height = max([*heights, px(self._least)])
            for item in line_items if move else ():
                size = item.sizeHint()
                size.setWidth(min(size.width(), rect.width()))
                top = y + (height - size.height()) // 2
                item.setGeometry(QRect(x, top, size.width(), size.height()))
                x += size.width() + self.spacing()
            y += height + self.spacing()
        return max(0, y - rect.y() - self.spacing())

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        """Return the items of each line."""
        lines: list[list[QLayoutItem]] = []
        x = 0
        for item in self._items:
            if item.isEmpty():
                continue
            wanted = item.sizeHint().width()
            if not lines or x + wanted > width:
                lines.append([])
                x = 0
            lines[-1].append(item)
            x += wanted + self.spacing()
        return lines


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and delete its widgets."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()


def owner_of(thing: QObject) -> QWidget | None:
    """Return the nearest widget above an object, or None."""
    parent = thing.parent()
    while parent is not None and not isinstance(parent, QWidget):
        parent = parent.parent()
    return parent
