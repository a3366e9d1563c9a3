"""What the keyboard does on the page: the caret, the selection, hot keys, valence keys."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QKeyEvent

from app.ui.reading.caret import line_ends, line_step, screen_step, word_step
from app.ui.reading.selection import Selection, Unit, grow

if TYPE_CHECKING:
    from app.ui.reading.canvas import Canvas

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
META = Qt.KeyboardModifier.MetaModifier

MOVES = {
    Key.Key_Left, Key.Key_Right, Key.Key_Up, Key.Key_Down, Key.Key_Home, Key.Key_End,
    Key.Key_PageUp, Key.Key_PageDown,
}  # fmt: skip
EXTRA_VALENCE_KEYS = {"=": "+", "−": "-", "–": "-"}
RESIZE_KEYS = {"[": ("start", -1), "{": ("start", 1), "]": ("end", 1), "}": ("end", -1)}
"""A bracket makes the passage longer at its side, with Shift shorter."""


class Keys:
    """Reads key presses; what changes data goes out as ``canvas.commanded``."""

    def __init__(self, canvas: "Canvas") -> None:
        """Act on ``canvas``."""
        self._canvas = canvas
        self._column: float | None = None
        self.listeners: list[Callable[[QKeyEvent], bool]] = []
        """What may take a key press before the page does, in order."""
        self.hot_keys: dict[str, str] = {}
        """Code id by hot key, in capitals."""
        self.valences: dict[str, str] = {}
        """Valence key by symbol."""

    def tab_is_ours(self) -> bool:
        """Tell whether Tab goes through overlapping codings now."""
        state = self._canvas.state
        if not state.is_open or not self._canvas.hasFocus():
            return False
        active = state.active
        start = active.start if active else state.selection.start
        end = active.end if active else state.selection.end
        found = state.marks.at(start, max(end, start + 1))
        return len(found) > 1 or (len(found) == 1 and active is None)

    def claims(self, event: QKeyEvent) -> bool:
        """Tell whether a key belongs to the page, whatever the menus want with it."""
        if event.modifiers() & (CONTROL | META):
            return event.key() in MOVES and not _turns_page(event)
        if event.modifiers() & ALT:
            return event.key() in (Key.Key_Left, Key.Key_Right)
        text = event.text().upper()
        return event.key() in MOVES or text in self.hot_keys or text in {"S", "P"}

    def press(self, event: QKeyEvent) -> bool:
        """Do what a key says; False where it is not one of the page's."""
        if not self._canvas.state.is_open:
            return False
        if any(listener(event) for listener in self.listeners):
            return True
        key, modifiers = event.key(), event.modifiers()
        if key in (Key.Key_Tab, Key.Key_Backtab):
            return self._cycle(-1 if key == Key.Key_Backtab else 1)
        if key == Key.Key_Escape:
            return self._escape()
        if key in (Key.Key_Return, Key.Key_Enter):
            return self._enter()
        if modifiers & ALT and not modifiers & CONTROL:
            return self._with_alt(event)
        if key in MOVES and not _turns_page(event):
            return self._move(event)
        if modifiers & (CONTROL | META) and not modifiers & ALT:
            return False
        return self._character(event.text(), bool(modifiers & SHIFT))

    def _character(self, text: str, shift: bool) -> bool:
        upper = text.upper()
        symbol = EXTRA_VALENCE_KEYS.get(text, text)
        if symbol and symbol in self.valences:
            return self._command("valence", self.valences[symbol])
        if upper in ("S", "P") and upper:
            self._grow(Unit.SENTENCE if upper == "S" else Unit.PARAGRAPH, -1 if shift else 1)
            return True
        if text in RESIZE_KEYS:
            return self._resize(*RESIZE_KEYS[text])
        if upper and upper in self.hot_keys:
            return self._command("code", self.hot_keys[upper])
        return False

    def _with_alt(self, event: QKeyEvent) -> bool:
        if Key.Key_1 <= event.key() <= Key.Key_9:
            return self._command("stage", event.key() - Key.Key_1)
        if event.key() in (Key.Key_Left, Key.Key_Right):
            direction = -1 if event.key() == Key.Key_Left else 1
            return self._resize("start" if event.modifiers() & SHIFT else "end", direction)
        return False

    def _command(self, name: str, value: object = None) -> bool:
        self._canvas.commanded.emit(name, value)
        return True

    def _cycle(self, direction: int) -> bool:
        chosen = self._canvas.state.cycle(direction)
        if chosen is not None:
            self._canvas.reveal(chosen.start, chosen.end, flash=False)
        return chosen is not None

    def _escape(self) -> bool:
        state = self._canvas.state
        if any(popup.isVisible() for popup in self._canvas.popups):
            return self._command("close")
        if not state.selection.empty:
            state.select(Selection(state.selection.head, state.selection.head), follow=False)
            return True
        if state.active is not None:
            state.set_active(None)
            return True
        return False

    def _enter(self) -> bool:
        state = self._canvas.state
        return self._command("find" if not state.selection.empty else "card")

    def _resize(self, end: str, direction: int) -> bool:
        active = self._canvas.state.active
        if active is None or not active.own:
            return False
        text = self._canvas.state.bounds.text
        start, stop = active.start, active.end
        if end == "start":
            start = word_step(text, start, direction, landing="start")
        else:
            stop = word_step(text, stop, direction, landing="end")
        if start < stop:
            self._canvas.resized_coding.emit(active.id, start, stop)
        return True

    def _grow(self, unit: Unit, direction: int) -> None:
        state = self._canvas.state
        self._column = None
        state.select(grow(state.bounds, state.selection, unit, direction))
        self._show_head()

    def _move(self, event: QKeyEvent) -> bool:
        state, key, modifiers = self._canvas.state, event.key(), event.modifiers()
        extends, by_words = bool(modifiers & SHIFT), bool(modifiers & CONTROL)
        head = state.selection.head
        if key in (Key.Key_Left, Key.Key_Right):
            target = self._sideways(key, extends, by_words)
            self._column = None
        elif key in (Key.Key_Home, Key.Key_End):
            ends = (0, len(state.bounds.text)) if by_words else line_ends(self._canvas, head)
            target = ends[0 if key == Key.Key_Home else 1]
            self._column = None
        else:
            target = self._up_or_down(key, head)
        state.select(Selection(state.selection.anchor if extends else target, target))
        self._show_head()
        return True

    def _sideways(self, key: int, extends: bool, by_words: bool) -> int:
        selection, text = self._canvas.state.selection, self._canvas.state.bounds.text
        forward = key == Key.Key_Right
        if not extends and not selection.empty and not by_words:
            return selection.end if forward else selection.start
        if by_words:
            landing = "end" if forward else "start"
            return word_step(text, selection.head, 1 if forward else -1, landing=landing)
        return selection.head + (1 if forward else -1)

    def _up_or_down(self, key: int, head: int) -> int:
        down = key in (Key.Key_Down, Key.Key_PageDown)
        if key in (Key.Key_Up, Key.Key_Down):
            target, self._column = line_step(self._canvas, head, self._column, down)
            return target
        return screen_step(self._canvas, head, down)

    def _show_head(self) -> None:
        head = self._canvas.state.selection.head
        box = self._canvas.span_rect(head, head)
        view = self._canvas.viewport().rect()
        bar = self._canvas.verticalScrollBar()
        if box.isNull():
            self._canvas.reveal(head, head + 1, flash=False)
        elif box.bottom() > view.height() - 24:
            bar.setValue(round(bar.value() + box.bottom() - view.height() + 48))
        elif box.top() < 24:
            bar.setValue(round(bar.value() + box.top() - 48))


def _turns_page(event: QKeyEvent) -> bool:
    paging = event.key() in (Key.Key_PageUp, Key.Key_PageDown)
    return paging and bool(event.modifiers() & CONTROL)


def caret_point(canvas: "Canvas", offset: int) -> QPointF | None:
    """Return the middle of the caret in the viewport; None while its page is not known."""
    page = canvas.state.page_of(offset)
    lines = canvas.geometries.get(page) if page else None
    if lines is None:
        return None
    x, top, bottom = lines.geometry.caret(offset - canvas.state.page_start(page))
    scale = canvas.layout_.scale
    return canvas.page_origin(page) + QPointF(x * scale, (top + bottom) / 2 * scale)
