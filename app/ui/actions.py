"""The one table of actions: menus, tooltips, key caps, shortcut sheet and palette come from it."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from app.ui.action_row import ActionRow
from app.ui.reading.actions import READING_ACTIONS
from app.ui.reading.page_keys import ALL_PAGE_ACTIONS
from app.ui.settings import settings
from app.ui.theme import icon
from app.ui.views.actions import VIEW_ACTIONS

__all__ = ["MENUS", "ROWS", "ActionRow", "Actions"]

MENUS = ("File", "Edit", "View", "Coding", "Team", "Analysis", "Window", "Help")

WINDOW_ACTIONS: tuple[ActionRow, ...] = (
    ActionRow("file.new", "New project", ("Ctrl+N",), "plus", "File"),
    ActionRow("file.open", "Open project…", ("Ctrl+O",), "folder-open", "File"),
    ActionRow("file.sample", "Open sample review", (), "play", "File"),
    ActionRow("file.restore", "Restore from backup…", (), "history", "File"),
    ActionRow("file.close", "Close project", ("Ctrl+W",), "x", "File", group="close"),
    ActionRow("file.add_pdfs", "Add PDFs…", ("Ctrl+Shift+A",), "file-plus-2", "File", group="add"),
    ActionRow("file.add_folder", "Add a folder of PDFs…", (), "folder-open", "File", group="add"),
    ActionRow("file.settings", "Settings", ("Ctrl+,",), "settings", "File", group="end"),
    ActionRow("file.quit", "Quit Cofactor", ("Ctrl+Q",), "", "File", group="end"),
    ActionRow("edit.undo", "Undo", ("Ctrl+Z", "Z"), "undo-2", "Edit"),
    ActionRow("edit.redo", "Redo", ("Ctrl+Shift+Z", "Ctrl+Y"), "redo-2", "Edit"),
    ActionRow(
        "edit.search", "Search everything", ("Ctrl+K",), "search", "Edit", group="find",
        tooltip="Search codes, studies, memos, passages, actions", listed=False,
    ),
    ActionRow("go.studies", "Studies", ("Ctrl+1",), "library", "View", group="places"),
    ActionRow("go.read", "Read", ("Ctrl+2",), "book-open-text", "View", group="places"),
    ActionRow("go.codebook", "Codebook", ("Ctrl+3",), "list-tree", "View", group="places"),
    ActionRow("go.extracts", "Extracts", ("Ctrl+4",), "quote", "View", group="places"),
    ActionRow("go.team", "Team", ("Ctrl+5",), "users", "View", group="places"),
    ActionRow("go.analysis", "Analysis", ("Ctrl+6",), "waypoints", "View", group="places"),
    ActionRow("go.memos", "Memos", ("Ctrl+7",), "sticky-note", "View", group="places"),
    ActionRow(
        "go.search", "Search in full", ("Ctrl+Shift+F",), "text-search", "Edit", group="find",
        tooltip="Search texts, memos, codes and studies, and code what is found",
    ),
    ActionRow("view.side_panel", "Side panel", ("Ctrl+\\",), "panel-right", "View", group="look"),
    ActionRow("view.larger_text", "Larger text", ("Ctrl+Shift++",), "", "View", group="look"),
    ActionRow("view.smaller_text", "Smaller text", ("Ctrl+Shift+-",), "", "View", group="look"),
    ActionRow("view.theme_system", "As system", (), "", "View/Theme", checkable=True, group="look"),
    ActionRow("view.theme_light", "Light", (), "", "View/Theme", checkable=True, group="look"),
    ActionRow("view.theme_dark", "Dark", (), "", "View/Theme", checkable=True, group="look"),
    ActionRow(
        "view.theme_contrast", "High contrast", (), "", "View/Theme", checkable=True, group="look"
    ),
    ActionRow("team.who", "Choose who you are", (), "user", "Team"),
    ActionRow("team.add_coder", "Add a coder", (), "user-plus", "Team"),
    ActionRow("window.next_panel", "Next panel", ("F6",), "", "Window"),
    ActionRow("window.previous_panel", "Previous panel", ("Shift+F6",), "", "Window"),
    ActionRow("window.work", "Work under way", (), "loader", "Window", group="work"),
    ActionRow("window.full_screen", "Full screen", ("F11",), "expand", "Window", group="size"),
    ActionRow("help.keyboard", "Keyboard shortcuts", ("F1",), "keyboard", "Help"),
    ActionRow("help.news", "What is new", (), "", "Help"),
    ActionRow("help.change_keys", "Change shortcuts…", (), "", "Help"),
    ActionRow("help.about", "About Cofactor", (), "info", "Help"),
)  # fmt: skip

ROWS: tuple[ActionRow, ...] = (
    *WINDOW_ACTIONS, *READING_ACTIONS, *ALL_PAGE_ACTIONS, *VIEW_ACTIONS,
)  # fmt: skip
CHANGED_KEYS = "shortcuts"
"""The setting with the keys that were changed: a list for each action."""


ARROWS = {"Left": "←", "Right": "→", "Up": "↑", "Down": "↓"}
WINDOW_IDS = frozenset(row.id for row in WINDOW_ACTIONS)


def key_sequences(name: str) -> list[QKeySequence]:
    """Return the keys of a portable text ("Ctrl+K") or of a standard key ("Copy")."""
    if name == "Return":
        # Both keys do it, and the one that keyboards name is shown.
        return [QKeySequence("Enter"), QKeySequence("Return")]
    standard = getattr(QKeySequence.StandardKey, name, None)
    bound = [] if standard is None else list(QKeySequence.keyBindings(standard))
    return bound or [QKeySequence(name)]


def _changed_keys() -> dict[str, Any]:
    found = settings().value(CHANGED_KEYS, {})
    return found if isinstance(found, dict) else {}


def cap_text(keys: str) -> str:
    """Return keys as a cap shows them: "Ctrl+Shift++" becomes "Ctrl Shift +", "Up" an arrow."""
    spaced = re.sub(r"(?<=[^+])\+(?=.)", " ", keys).replace("Return", "Enter")
    return re.sub(r"\b(Left|Right|Up|Down)\b", lambda found: ARROWS[found[0]], spaced)


class Actions(QObject):
    """Holds one QAction for each row; an action is disabled until something is connected.

    ``actions["edit.undo"]`` is the QAction, ``actions.connect("code.remove", self.remove)`` gives
    it something to do, ``actions.attach("reading", widget)`` says where its keys work. Keys that
    somebody has changed come from the settings; ``keys_changed`` tells who shows keys.
    """

    keys_changed = Signal()

    def __init__(self, owner: QWidget, rows: tuple[ActionRow, ...] = ROWS) -> None:
        """Make the actions; those of scope "window" work everywhere in ``owner``."""
        super().__init__(owner)
        self.rows = {row.id: row for row in rows}
        self._actions: dict[str, QAction] = {}
        self._whys: dict[str, str] = {}
        self._acts: dict[str, Callable[..., Any]] = {}
        self._wanted: dict[str, bool] = {}
        self._blocked = ""
        for row in rows:
            action = QAction(row.text, owner)
            action.setObjectName(row.id)
            action.setCheckable(row.checkable)
            if row.icon:
                action.setIcon(icon(row.icon))
            if row.scope == "window":
                owner.addAction(action)
            else:
                action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            self._actions[row.id] = action
            self._use_keys(row.id)
            self.enable(row.id, False, "Go to its place first.")

    def __getitem__(self, action_id: str) -> QAction:
        """Return an action; KeyError where the table has no such row."""
        return self._actions[action_id]

    def __iter__(self) -> Iterator[str]:
        """Go through the ids in the order of the table."""
        return iter(self._actions)

    def connect(  # type: ignore[override]
        self, action_id: str, act: Callable[..., Any], *, enabled: bool = True
    ) -> QAction:
        """Let an action call ``act()`` (``act(checked)`` where it is checkable); enable it.

        An action does one thing: connecting it again replaces what it did.
        """
        action = self._actions[action_id]
        if action_id not in self._acts:
            action.triggered.connect(lambda checked=False: self._act(action_id, checked))
        self._acts[action_id] = act
        self.enable(action_id, enabled)
        return action

    def act(self, action_id: str) -> Callable[..., Any] | None:
        """Return what an action does, None where nothing is connected."""
        return self._acts.get(action_id)

    def attach(self, scope: str, widget: QWidget) -> None:
        """Let the keys of a scope work while the focus is in ``widget``."""
        for row in self.rows.values():
            if row.scope == scope:
                widget.addAction(self._actions[row.id])

    def enable(self, action_id: str, enabled: bool, why: str = "") -> None:
        """Enable an action, or disable it and say ``why`` in its tooltip."""
        self._wanted[action_id] = enabled
        self._whys[action_id] = "" if enabled else why
        self._dress(action_id)

    def block_places(self, why: str) -> None:
        """Disable what belongs to places while no project is open; "" lets them work again."""
        self._blocked = why
        for action_id in self._actions:
            self._dress(action_id)

    def set_text(self, action_id: str, text: str) -> None:
        """Give an action a text that says more, such as what undo would take back."""
        self._actions[action_id].setText(text or self.rows[action_id].text)
        self._actions[action_id].setToolTip(self.tooltip(action_id))

    def key_names(self, action_id: str) -> tuple[str, ...]:
        """Return the keys of an action as portable texts, changed ones in place of its own."""
        changed = _changed_keys().get(action_id)
        row = self.rows[action_id]
        if row.fixed or not isinstance(changed, list):
            return row.keys
        return tuple(str(name) for name in changed)

    def is_changed(self, action_id: str) -> bool:
        """Tell whether somebody has given an action other keys."""
        return self.key_names(action_id) != self.rows[action_id].keys

    def change_keys(self, changes: Mapping[str, Sequence[str] | None]) -> None:
        """Give actions other keys, None gives back their own; kept in the user's settings."""
        kept = dict(_changed_keys())
        for action_id, names in changes.items():
            kept.pop(action_id, None)
            if names is not None and tuple(names) != self.rows[action_id].keys:
                kept[action_id] = list(names)
        settings().remember(CHANGED_KEYS, kept)
        self.take_keys()

    def take_keys(self) -> None:
        """Use the keys that the settings hold now, everywhere at once."""
        for action_id in self._actions:
            self._use_keys(action_id)
            self._dress(action_id)
        self.keys_changed.emit()

    def _use_keys(self, action_id: str) -> None:
        names = self.key_names(action_id)
        self._actions[action_id].setShortcuts(
            [key for name in names for key in key_sequences(name)]
        )

    def cap(self, action_id: str) -> str:
        """Return the first key as a key cap shows it ("Ctrl K")."""
        return cap_text(self.keys(action_id))

    def keys(self, action_id: str) -> str:
        """Return the first key as people read it ("Ctrl+K"; "⌘K" on a Mac), or ""."""
        shortcut = self._actions[action_id].shortcut()
        return shortcut.toString(QKeySequence.SequenceFormat.NativeText)

    def tooltip(self, action_id: str) -> str:
        """Return verb and key, and why it cannot be done now."""
        row = self.rows[action_id]
        words = row.tooltip or self._actions[action_id].text().rstrip("…")
        keys = self.keys(action_id)
        why = self._why_blocked(action_id) or self._whys.get(action_id, "")
        return "\n".join(part for part in (f"{words}  {keys}" if keys else words, why) if part)

    def trigger(self, action_id: str) -> None:
        """Do it, as its key would."""
        self._actions[action_id].trigger()

    def _act(self, action_id: str, checked: bool) -> None:
        if self.rows[action_id].checkable:
            self._acts[action_id](checked)
        else:
            self._acts[action_id]()

    def _why_blocked(self, action_id: str) -> str:
        return "" if action_id in WINDOW_IDS else self._blocked

    def _dress(self, action_id: str) -> None:
        action = self._actions[action_id]
        action.setEnabled(self._wanted.get(action_id, False) and not self._why_blocked(action_id))
        action.setToolTip(self.tooltip(action_id))

    def fill(self, bar: QMenuBar) -> dict[str, QMenu]:
        """Build the menus; return them by path, such as "File" and "View/Theme".

        Rows of one menu and group stand together, wherever in the table they are.
        """
        menus: dict[str, QMenu] = {}
        groups: dict[str, str] = {}
        for name in MENUS:
            menus[name] = bar.addMenu(name)
            menus[name].setToolTipsVisible(True)
        for row in self._in_menu_order():
            parent = row.menu.partition("/")[0]
            if groups.setdefault(parent, row.group) != row.group:
                menus[parent].addSeparator()
                groups[parent] = row.group
            if row.menu not in menus:
                menus[row.menu] = menus[parent].addMenu(row.menu.partition("/")[2])
            menus[row.menu].addAction(self._actions[row.id])
        for name in MENUS:
            if menus[name].isEmpty():
                menus.pop(name).menuAction().setVisible(False)
        return menus

    def _in_menu_order(self) -> list[ActionRow]:
        rows = [row for row in self.rows.values() if row.menu]
        places = [(row.menu.partition("/")[0], row.group) for row in rows]
        first = {place: places.index(place) for place in places}
        return [row for _, row in sorted(zip(places, rows, strict=True), key=lambda p: first[p[0]])]
