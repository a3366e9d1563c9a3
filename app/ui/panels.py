"""F6: the focus goes round rail, panels of the place, and strip."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from app.ui.workbench import Workbench


def cycle(workbench: Workbench, by: int) -> None:
    """Move the focus to the next panel (``by`` 1) or the one before (-1)."""
    place = workbench.place
    inner = place.panels() if place is not None else []
    frame = workbench.frame
    if frame is not None and frame.side is not None and frame.side not in inner:
        inner = [*inner, frame.side]
    ring = [workbench.rail, *inner, workbench.strip]
    ring = [panel for panel in ring if panel.isVisible() and _entry(panel) is not None]
    if not ring:
        return
    focused = QApplication.focusWidget()
    here = next((n for n, panel in enumerate(ring) if _holds(panel, focused)), -by)
    entry = _entry(ring[(here + by) % len(ring)])
    if entry is not None:
        entry.setFocus(Qt.FocusReason.TabFocusReason)


def _holds(panel: QWidget, focused: QWidget | None) -> bool:
    return focused is not None and (panel is focused or panel.isAncestorOf(focused))


def _entry(panel: QWidget) -> QWidget | None:
    """Return the widget of a panel that takes the focus: the chosen one, else the first."""
    candidates = [panel, *panel.findChildren(QWidget)]
    able = [
        widget
        for widget in candidates
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.isVisible()
        and widget.isEnabled()
    ]
    checked = [widget for widget in able if getattr(widget, "isChecked", lambda: False)()]
    itself = [panel] if panel.focusPolicy() != Qt.FocusPolicy.NoFocus else []
    return next(iter(checked or able or itself), None)
