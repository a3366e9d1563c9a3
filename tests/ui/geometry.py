"""What is wrong with the layout of a live window: cut words, widgets outside, small targets."""

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSlider,
    QApplication,
    QHeaderView,
    QLabel,
    QLineEdit,
    QWidget,
)

from app.ui.status_strip import StripButton

LEAST_TARGET = 24
SLACK = 1


def problems(window: QWidget) -> list[str]:
    """Return one line for each thing wrong with the window or with what stands above it."""
    tops = [top for top in QApplication.topLevelWidgets() if top.isVisible()]
    found: list[str] = []
    for top in tops:
        if top is window or top.parentWidget() is not None:
            shown = [top, *top.findChildren(QWidget)]
            found += [line for widget in shown if widget.isVisible() for line in wrong(widget)]
    return sorted(set(found))


def wrong(widget: QWidget) -> list[str]:
    """Return what is wrong with one visible widget."""
    found = []
    name = describe(widget)
    if isinstance(widget, QLabel) and words_cut(widget):
        found.append(f"cut: {name}")
    if isinstance(widget, QAbstractButton) and not isinstance(widget, StripButton):
        wanted = widget.sizeHint()
        if widget.text() and wanted.width() > widget.width() + SLACK:
            found.append(f"cut: {name} is {widget.width()} px wide and wants {wanted.width()}")
    if outside(widget):
        found.append(f"outside the window: {name}")
    found += [f"small target: {name} is {height} px high" for height in small_target(widget)]
    return found


def words_cut(label: QLabel) -> bool:
    """Tell whether a label shows less than its text."""
    if not label.text() or not label.pixmap().isNull():
        return False
    room = label.contentsRect()
    if label.wordWrap():
        return label.heightForWidth(label.width()) > label.height() + SLACK
    metrics = QFontMetrics(label.font())
    width = max(metrics.horizontalAdvance(line) for line in label.text().split("\n"))
    return width > room.width() + SLACK or metrics.height() > room.height() + 2 * SLACK


def outside(widget: QWidget) -> bool:
    """Tell whether a widget reaches beyond its window, save what scrolls."""
    top = widget.window()
    if widget is top or widget.width() * widget.height() == 0:
        return False
    parent = widget.parentWidget()
    while parent is not None and parent is not top:
        area = parent.parentWidget()
        if isinstance(area, QAbstractScrollArea) and area.viewport() is parent:
            return False
        parent = parent.parentWidget()
    if widget.property("look") is None and not isinstance(widget, (QLabel, QAbstractButton)):
        return False  # a pop-up's shadow may end outside
    place = QRect(widget.mapTo(top, QPoint(0, 0)), widget.size())
    return not top.rect().adjusted(-SLACK, -SLACK, SLACK, SLACK).contains(place)


def small_target(widget: QWidget) -> list[int]:
    """Return the height of a click target that is too low, or nothing."""
    heights: list[int] = []
    if isinstance(widget, (QAbstractSlider, QHeaderView)):
        return []
    if isinstance(widget, QAbstractItemView):
        rows = widget.model().rowCount() if widget.model() is not None else 0
        heights = [widget.sizeHintForRow(0)] if rows else []
    elif isinstance(widget, QLineEdit) and not _inside_item_view(widget):
        heights = [widget.height()]
    elif isinstance(widget, QAbstractButton) and widget.isEnabled():
        heights = [min(widget.height(), widget.width())]
    return [height for height in heights if 0 <= height < LEAST_TARGET]


def describe(widget: QWidget) -> str:
    """Return kind, words and place of a widget."""
    text = getattr(widget, "text", None)
    words = str(text()) if callable(text) else ""
    above = widget.parentWidget()
    kind = f"{type(widget).__name__} in {type(above).__name__}"
    return f"{kind} “{words or widget.accessibleName() or widget.toolTip()}”"


def _inside_item_view(widget: QWidget) -> bool:
    return isinstance(widget.parentWidget(), QAbstractItemView)
