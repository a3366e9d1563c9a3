"""What the keyboard does on the page: the caret, the selection, hot keys, valence keys."""

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from app.ui.reading.areas_view import reveal_place
from app.ui.reading.caret import (
    line_ends,
    line_step,
    runs_leftwards,
    screen_step,
    word_step,
)
from app.ui.reading.page_keys import ALL_PAGE_ACTIONS
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
PORTABLE = QKeySequence.SequenceFormat.PortableText


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
        self._acts: dict[str, Callable[[], bool]] = {
            "page.sentence": lambda: self._grow(Unit.SENTENCE, 1),
            "page.sentence_before": lambda: self._grow(Unit.SENTENCE, -1),
            "page.paragraph": lambda: self._grow(Unit.PARAGRAPH, 1),
            "page.paragraph_before": lambda: self._grow(Unit.PARAGRAPH, -1),
            "page.enter": self._enter,
            "page.overlapping": lambda: self._cycle(1),
            "page.leave": self._escape,
            "page.longer_end": lambda: self._resize("end", 1),
            "page.shorter_end": lambda: self._resize("end", -1),
            "page.longer_start": lambda: self._resize("start", -1),
            "page.shorter_start": lambda: self._resize("start", 1),
        }
        self._named: dict[str, str] = {}
        self.use({row.id: row.keys for row in ALL_PAGE_ACTIONS if not row.fixed})

    def use(self, keys: Mapping[str, Iterable[str]]) -> None:
        """Take these keys (portable texts) for the page's own actions, by their ids."""
        self._named = {
            QKeySequence(name).toString(PORTABLE): action_id
            for action_id, names in keys.items()
            for name in names
        }

    def act(self, action_id: str) -> bool:
        """Do one of the page's own actions, as its key would."""
        known = self._acts.get(action_id)
        if known is not None:
            return self._canvas.state.is_open and known()
        kind, _, number = action_id.removeprefix("page.").partition("_")
        return number.isdigit() and self._command(kind, int(number) - 1)

    def number_of(self, event: QKeyEvent, kind: str) -> int | None:
        """Return which stage or recent code (from 0) a key stands for, None where it is no such."""
        found = self._action_of(event)
        prefix = f"page.{kind}_"
        return int(found.removeprefix(prefix)) - 1 if found.startswith(prefix) else None

    def tab_is_ours(self) -> bool:
        """Tell whether Tab goes through overlapping codings now."""
        state = self._canvas.state
        if not state.is_open or not self._canvas.hasFocus():
            return False
        found = state.overlapping()
        return len(found) > 1 or (len(found) == 1 and state.active is None)

    def claims(self, event: QKeyEvent) -> bool:
        """Tell whether a key belongs to the page, whatever the menus want with it."""
        if self._action_of(event):
            return True
        if event.modifiers() & (CONTROL | META):
            return event.key() in MOVES and not _turns_page(event)
        if event.modifiers() & ALT:
            return False
        return event.key() in MOVES or event.text().upper() in self.hot_keys

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
        plain = not modifiers & (CONTROL | META | ALT) or _types(event)
        if plain and self._of_codebook(event):
            return True
        action_id = self._action_of(event)
        if action_id:
            return self.act(action_id)
        if key in MOVES and not modifiers & ALT and not _turns_page(event):
            return self._move(event)
        return False

    def _of_codebook(self, event: QKeyEvent) -> bool:
        """Give a valence or code where the codebook has the key; its keys come first."""
        text = event.text()
        symbol = EXTRA_VALENCE_KEYS.get(text, text)
        if symbol and symbol in self.valences:
            return self._command("valence", self.valences[symbol])
        upper = text.upper()
        if upper and upper in self.hot_keys and not self._is_shifted_action(event):
            return self._command("code", self.hot_keys[upper])
        return False

    def _is_shifted_action(self, event: QKeyEvent) -> bool:
        """Tell whether Shift and this letter is an action of its own; else it codes as well."""
        return bool(event.modifiers() & SHIFT) and bool(self._action_of(event))

    def _action_of(self, event: QKeyEvent) -> str:
        """Return the page's action of a pressed key, "" where it has none."""
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        combined = QKeySequence(int(modifiers.value) | int(event.key())).toString(PORTABLE)
        found = self._named.get(combined, "")
        if not found and (not modifiers & (CONTROL | ALT | META) or _types(event)):
            # A sign is known by itself, whatever keys this keyboard needs for it.
            found = self._named.get(event.text(), "")
        return found

    def _command(self, name: str, value: object = None) -> bool:
        self._canvas.commanded.emit(name, value)
        return True

    def _cycle(self, direction: int) -> bool:
        chosen = self._canvas.state.cycle(direction)
        if chosen is not None:
            reveal_place(self._canvas, self._canvas.state.place_of(chosen), flash=False)
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
        find = state.area is not None or not state.selection.empty
        return self._command("find" if find else "card")

    def _resize(self, end: str, direction: int) -> bool:
        active = self._canvas.state.active
        if active is None or not active.own:
            return self._command("resize")
        if active.area is not None:
            return self._command("resize_area", (end, direction))
        text = self._canvas.state.bounds.text
        start, stop = active.start, active.end
        if end == "start":
            start = word_step(text, start, direction, landing="start")
        else:
            stop = word_step(text, stop, direction, landing="end")
        if start < stop:
            self._canvas.resized_coding.emit(active.id, start, stop)
        return True

    def _grow(self, unit: Unit, direction: int) -> bool:
        state = self._canvas.state
        self._column = None
        state.select(grow(state.bounds, state.selection, unit, direction))
        self._show_head()
        return True

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
        # Arrows go where they point, also in words written from right to left.
        forward = (key == Key.Key_Right) != runs_leftwards(text, selection.head)
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


def _types(event: QKeyEvent) -> bool:
    """Tell whether Ctrl and Alt together only type a sign (AltGr)."""
    both = CONTROL | ALT
    return event.modifiers() & both == both and event.text().isprintable() and bool(event.text())


def caret_point(canvas: "Canvas", offset: int) -> QPointF | None:
    """Return the middle of the caret in the viewport; None while its page is not known."""
    page = canvas.state.page_of(offset)
    lines = canvas.geometries.get(page) if page else None
    if lines is None:
        return None
    x, top, bottom = lines.geometry.caret(offset - canvas.state.page_start(page))
    scale = canvas.layout_.scale
    return canvas.page_origin(page) + QPointF(x * scale, (top + bottom) / 2 * scale)
