"""Coding areas of a page: drawn with the mouse or with keys, then coded like a passage."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent

from app.ui.reading.areas_box import PageBox
from app.ui.reading.areas_hint import KeyHint
from app.ui.reading.areas_paint import AreaPainter, corners
from app.ui.reading.areas_view import box_rect, point_on, reveal_place
from app.ui.reading.keys import CONTROL, SHIFT, Key
from app.ui.reading.marks import Mark

if TYPE_CHECKING:
    from app.ui.reading.place import ReadingPlace

STEP, FINE = 8.0, 1.0
"""Points by which an arrow key moves or sizes an area, and with Ctrl."""
NEAR = 12
"""Pixels from a corner within which it is taken."""
EDGE = 5
"""Pixels from an edge within which a coded area is taken and moved; inside it text is selected."""
ARROWS = {
    Key.Key_Left: (-1, 0), Key.Key_Right: (1, 0), Key.Key_Up: (0, -1), Key.Key_Down: (0, 1),
}  # fmt: skip
DRAW = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier
HINT = "Arrows move the area, with Shift they size it. Enter finds a code, Esc leaves."
HINT_RESHAPE = "Arrows move the area, with Shift they size it. Enter keeps it, Esc leaves."


class Areas:
    """The feature: draws areas, sizes them, and lets the keys of the page act on them."""

    def __init__(self, place: "ReadingPlace") -> None:
        """Tie it to canvas, keys and actions."""
        self._place, self._canvas, self._state = place, place.canvas, place.state
        self.painter = AreaPainter(self._canvas)
        self.hint = KeyHint(self._canvas)
        self._reshaped = ""
        """The coding whose area is changed by keys."""
        self._start: tuple[float, float] | None = None
        self._corner = ""
        self._grip: tuple[float, float] | None = None
        canvas = self._canvas
        canvas.painter.extras.append(self.painter)
        canvas.pointer.tools.insert(0, self)
        canvas.pointer.cursors.append(self._cursor)
        canvas.pointer.clicks.append(self._clicked)
        canvas.keys.listeners.append(self.key)
        self._state.area_changed.connect(self._area_changed)
        self._shown: PageBox | None = None
        place.commands.known["resize_area"] = self._resize_by_key
        place.window_of_places.actions_table.connect("read.area", self.begin)

    # -- keyboard ----------------------------------------------------------------------------

    def begin(self) -> None:
        """Draw an area in the middle of the view, or take up the active area's edges."""
        if not self._state.is_open:
            return
        active = self._own_active_area()
        box = active.area if active is not None else self._first_box()
        if box is None:
            return
        self._state.draw_area(box)
        self._reshaped = active.id if active is not None else ""
        reveal_place(self._canvas, box, flash=False)
        self._canvas.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.hint.say(HINT_RESHAPE if self._reshaped else HINT)

    def _first_box(self) -> PageBox | None:
        parts = self._canvas.visible_parts()
        page = self._canvas.page
        part = parts.get(page)
        if part is None:
            return None
        wide, high = part.width() / 3, min(part.height() / 4, part.width() / 3)
        middle = part.center()
        return PageBox.between(
            page,
            (middle.x() - wide / 2, middle.y() - high / 2),
            (middle.x() + wide / 2, middle.y() + high / 2),
            self._size(page),
        )

    def key(self, event: QKeyEvent) -> bool:
        """Take the keys that move, size, keep or leave the area that is drawn."""
        box, key, modifiers = self._state.area, event.key(), event.modifiers()
        if box is None:
            return False
        if key in ARROWS and not modifiers & Qt.KeyboardModifier.AltModifier:
            step = FINE if modifiers & CONTROL else STEP
            dx, dy = (step * part for part in ARROWS[Key(key)])
            change = box.grown if modifiers & SHIFT else box.moved
            self._state.draw_area(change(dx, dy, self._size(box.page)))
            reveal_place(self._canvas, self._state.area or box, flash=False)
            return True
        if key in (Key.Key_Return, Key.Key_Enter) and self._reshaped:
            self._keep_reshaped(box)
            return True
        if key == Key.Key_Escape and not any(p.isVisible() for p in self._canvas.popups):
            self._leave()
            return True
        if key in (Key.Key_PageUp, Key.Key_PageDown):
            self._to_page(box, -1 if key == Key.Key_PageUp else 1)
            return True
        return False

    def _leave(self) -> None:
        reshaped, self._reshaped = self._reshaped, ""
        self._state.draw_area(None)
        if reshaped:
            self._state.set_active(reshaped)

    def _keep_reshaped(self, box: PageBox) -> None:
        coding_id, self._reshaped = self._reshaped, ""
        self._state.draw_area(None)
        self._place.acts.resize_area(coding_id, box)
        self._state.set_active(coding_id)

    def _to_page(self, box: PageBox, by: int) -> None:
        page = box.page + by
        if self._reshaped or not 1 <= page <= self._state.page_count:
            return
        moved = PageBox.between(page, box.edges[:2], box.edges[2:], self._size(page))
        if moved.is_large_enough:
            self._state.draw_area(moved)
            reveal_place(self._canvas, moved, flash=False)

    def _resize_by_key(self, what: tuple[str, int]) -> None:
        """Make the active area wider or narrower, higher or lower, with the keys of passages."""
        active = self._own_active_area()
        if active is None or active.area is None:
            return
        end, direction = what
        dx, dy = (STEP * direction, 0.0) if end == "end" else (0.0, -STEP * direction)
        box = active.area.grown(dx, dy, self._size(active.area.page))
        if box != active.area:
            self._place.acts.resize_area(active.id, box)

    # -- mouse -------------------------------------------------------------------------------

    def press(self, event: QMouseEvent) -> bool:
        """Take a press with Alt and Shift, on a corner, or inside the area that is drawn."""
        at = event.position()
        self._corner = self._corner_at(at)
        if self._corner:
            return True
        page, x, y = self._canvas.to_page(at)
        if event.modifiers() & DRAW == DRAW and page:
            self._begin_drawing(page, x, y)
            return True
        box = self._held_box(at)
        if box is not None and not event.modifiers():
            self._grip = (x - box.left, y - box.top)
            return True
        return False

    def _held_box(self, at: QPointF) -> PageBox | None:
        """Return the area that a pull at a point moves: the one drawn, or a coded one's edge."""
        page, x, y = self._canvas.to_page(at)
        box = self._state.area
        if box is not None:
            return box if page == box.page and box.holds(x, y) else None
        active = self._own_active_area()
        if active is None or active.area is None:
            return None
        rect = box_rect(self._canvas, active.area)
        near = rect.adjusted(-EDGE, -EDGE, EDGE, EDGE).contains(at)
        inside = rect.adjusted(EDGE, EDGE, -EDGE, -EDGE)
        return active.area if near and not inside.contains(at) else None

    def _begin_drawing(self, page: int, x: float, y: float) -> None:
        self._reshaped = ""
        self._start = (x, y)
        self._state.draw_area(PageBox(page, x, y, x, y))

    def move(self, event: QMouseEvent) -> None:
        """Follow the mouse."""
        box = self._pulled_box()
        if box is None:
            return
        x, y = point_on(self._canvas, box.page, event.position())
        size = self._size(box.page)
        if self._corner:
            pulled = box.pulled(self._corner, x, y, size)
            if self._state.area is not None:
                self._state.draw_area(pulled)
            else:
                self._show_pulled(pulled)
        elif self._grip is not None:
            left, top = x - self._grip[0], y - self._grip[1]
            moved = box.moved(left - box.left, top - box.top, size)
            if self._state.area is not None:
                self._state.draw_area(moved)
            else:
                self._show_pulled(moved)
        elif self._start is not None:
            self._state.draw_area(PageBox.between(box.page, self._start, (x, y), size))

    def release(self, event: QMouseEvent) -> None:
        """End what the press began."""
        area, pulled = self._state.area, self.painter.pulled
        active = self._own_active_area()
        self._show_pulled(None)
        self._start = self._grip = None
        self._corner = ""
        if area is not None and not area.is_large_enough:
            self._state.draw_area(None)
        elif pulled is not None and active is not None and pulled.is_large_enough:
            self._place.acts.resize_area(active.id, pulled)

    def _pulled_box(self) -> PageBox | None:
        """Return the area that the mouse changes, as it was when the corner was taken."""
        if self._state.area is not None:
            return self._state.area
        active = self._own_active_area()
        return active.area if active is not None else None

    def _show_pulled(self, box: PageBox | None) -> None:
        before, self.painter.pulled = self.painter.pulled, box
        for known in (before, box):
            if known is not None:
                self._canvas.repaints.page(known.page)

    def _corner_at(self, at: QPointF) -> str:
        box = self._pulled_box()
        if box is None:
            return ""
        here = at - self._canvas.page_origin(box.page)
        for name, corner in corners(box, self._canvas.layout_.scale).items():
            if (here - corner).manhattanLength() <= NEAR:
                return name
        return ""

    def _cursor(self, at: QPointF) -> Qt.CursorShape | None:
        corner = self._corner_at(at)
        if corner:
            falling = corner in ("top left", "bottom right")
            shape = Qt.CursorShape
            return shape.SizeFDiagCursor if falling else shape.SizeBDiagCursor
        return None if self._held_box(at) is None else Qt.CursorShape.SizeAllCursor

    def _clicked(self, at: QPointF) -> None:
        """Make the smallest area under a click active, unless a coded passage is there."""
        page, x, y = self._canvas.to_page(at)
        if not page or self._state.active is not None:
            return
        found = self._state.marks.areas_at(PageBox(page, x - 0.5, y - 0.5, x + 0.5, y + 0.5))
        if found:
            self._state.set_active(found[0].id)

    # -- inner workings ----------------------------------------------------------------------

    def _own_active_area(self) -> Mark | None:
        active = self._state.active
        return active if active is not None and active.own and active.area is not None else None

    def _size(self, page: int) -> tuple[float, float]:
        text = self._state.text
        return text.sizes[page - 1] if text is not None else (0.0, 0.0)

    def _area_changed(self) -> None:
        before, self._shown = self._shown, self._state.area
        if self._state.area is None:
            self._reshaped = ""
            self.hint.hide()
        for box in (before, self._shown):
            if box is not None:
                self._canvas.repaints.page(box.page)
