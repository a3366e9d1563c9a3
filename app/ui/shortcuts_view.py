"""The dialog that changes keys: find an action, press its new key, see what stands in the way."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QHBoxLayout, QListView, QVBoxLayout, QWidget

from app.ui.actions import Actions
from app.ui.shortcuts import Obstacle, key_of, obstacle, shown, without
from app.ui.shortcuts_list import KEYS, WHERE, ShortcutDelegate, ShortcutsModel, caps_of
from app.ui.theme import font, px, theme
from app.ui.widgets.dialog import Dialog
from app.ui.widgets.layout import button, label, line, tight
from app.ui.widgets.rows import RowDelegate
from app.ui.widgets.search_field import SearchField

if TYPE_CHECKING:
    from app.coding.codebook import Codebook


def keys_of_codebook(codebook: "Codebook | None") -> dict[str, str]:
    """Return what the keys of a codebook mean, in words that follow the key."""
    if codebook is None:
        return {}
    found = {}
    for code in codebook.codes:
        if code.hot_key and not code.retired:
            found[code.hot_key.upper()] = f"is the hot key of “{code.name}” in this project."
    for facet in codebook.facets:
        for value in facet.values if facet.key == "valence" else ():
            if value.symbol:
                found[value.symbol] = f"gives the valence “{value.label}” in this project."
    return found


class KeyCatcher(QWidget):
    """Takes the very next key, whatever it means elsewhere; ``left`` on Esc."""

    pressed = Signal(object)
    left = Signal()
    lost = Signal()
    """The focus went elsewhere."""

    def __init__(self) -> None:
        """Start at rest."""
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFixedSize(0, 0)

    def catch(self) -> None:
        """Wait for a key."""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def event(self, event: QEvent) -> bool:
        """Keep shortcuts of the window, Tab and Esc from acting."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape:
                self.left.emit()
            elif key_of(event):
                self.pressed.emit(event)
            return True
        return super().event(event)

    def focusOutEvent(self, event: QEvent) -> None:
        """Wait no longer."""
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.lost.emit()


class ShortcutsDialog(Dialog):
    """Every change takes effect at once; Close leaves."""

    def __init__(
        self, actions: Actions, parent: QWidget, codebook: "Codebook | None" = None
    ) -> None:
        """``codebook`` has keys of its own, which come first on the page."""
        super().__init__("Change shortcuts", parent)
        self._actions = actions
        self._of_codebook: Mapping[str, str] = keys_of_codebook(codebook)
        self._waiting = ""
        self._offer: tuple[str, Obstacle] | None = None
        self.finder = SearchField("Find an action or a key")
        self.model = ShortcutsModel(actions)
        self.list = QListView()
        self.catcher = KeyCatcher()
        self.says = label("", "body", "text_2", wrap=True)
        self.press = button("Press a new key", "primary")
        self.none = button("No key")
        self.reset = button("Back to its own")
        self.take = button("Take it from there")
        self.reset_all = button("Reset all…")
        self._lay_out()
        self._connect()
        self._choose_first()
        room = parent.size()
        self.resize(min(px(780), room.width() - px(48)), min(px(640), room.height() - px(72)))

    def _lay_out(self) -> None:
        self.list.setModel(self.model)
        self.list.setItemDelegate(ShortcutDelegate(self.list))
        self.list.setProperty("look", "raised")
        self.list.setMouseTracking(True)
        self.list.setUniformItemSizes(True)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName("Actions and their keys")
        column = tight(QVBoxLayout(self), 8, (24, 24, 24, 24))
        head = tight(QHBoxLayout(), 16)
        head.addWidget(label("Change shortcuts", "heading"), 1)
        head.addWidget(self.finder, 1)
        column.addLayout(head)
        column.addWidget(_Heads(self.list))
        column.addWidget(line())
        column.addWidget(self.list, 1)
        column.addWidget(line())
        self.says.setMinimumHeight(px(38))
        column.addWidget(self.says)
        acts = tight(QHBoxLayout(), 8)
        for made in (self.press, self.take, self.none, self.reset):
            acts.addWidget(made)
        acts.addWidget(self.catcher)
        acts.addStretch(1)
        column.addLayout(acts)
        column.addSpacing(px(8))
        foot = tight(QHBoxLayout(), 8)
        hint = "Hot keys of codes and the signs of valences are changed in the codebook."
        foot.addWidget(label(hint, "small", "text_2", wrap=True), 1)
        foot.addWidget(self.reset_all)
        close = button("Close")
        close.clicked.connect(self.accept)
        foot.addWidget(close)
        column.addLayout(foot)

    def _connect(self) -> None:
        self.finder.textChanged.connect(self._search)
        self.finder.left.connect(self.reject)
        self.finder.entered.connect(self.list.setFocus)
        self.list.selectionModel().currentChanged.connect(lambda *_rows: self._rest())
        self.list.activated.connect(lambda _index: self.wait())
        self.list.installEventFilter(self)
        self.press.clicked.connect(self.wait)
        self.none.clicked.connect(lambda: self._set(()))
        self.reset.clicked.connect(lambda: self._set(None))
        self.take.clicked.connect(self._take)
        self.reset_all.clicked.connect(self._reset_all)
        self.catcher.pressed.connect(self._pressed)
        self.catcher.left.connect(self._give_up)
        self.catcher.lost.connect(self._lost)
        theme.changed.connect(self.list.doItemsLayout)

    @property
    def action_id(self) -> str:
        """The chosen action."""
        return self.model.action_id(self.list.currentIndex().row())

    @property
    def is_waiting(self) -> bool:
        """True while the next key becomes the key of the chosen action."""
        return bool(self._waiting)

    def choose(self, action_id: str) -> None:
        """Choose an action."""
        row = self.model.row_of(action_id)
        if row >= 0:
            self.list.setCurrentIndex(self.model.index(row))
            self.list.scrollTo(self.model.index(row))

    def wait(self) -> None:
        """Wait for the new key of the chosen action."""
        row = self._actions.rows.get(self.action_id)
        if row is None or row.fixed:
            return
        self._waiting, self._offer = row.id, None
        self._show_buttons()
        self.says.setText(
            f"Press the new key for “{row.text.rstrip('…')}”. Esc leaves it as it is."
        )
        self.catcher.catch()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Del takes the key away, Enter waits for a new one."""
        if watched is self.list and isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.KeyPress and event.key() in (
                Qt.Key.Key_Delete,
                Qt.Key.Key_Backspace,
            ):
                if self.none.isEnabled():
                    self._set(())
                return True
            if event.type() == QEvent.Type.KeyPress and event.key() in (
                Qt.Key.Key_Return,
                Qt.Key.Key_Enter,
            ):
                self.wait()
                return True
        return super().eventFilter(watched, event)

    def _pressed(self, event: QKeyEvent) -> None:
        action_id, key = self._waiting, key_of(event)
        found = obstacle(self._actions, action_id, event, self._of_codebook)
        if found is None:
            self._waiting = ""
            self._actions.change_keys({action_id: (key,)})
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
            self._rest()
            return
        self._offer = (key, found) if found.owners else None
        again = "Take it from there, or press" if found.owners else "Press"
        self.says.setText(f"{found.text} {again} another key. Esc leaves everything as it is.")
        self._show_buttons()

    def _take(self) -> None:
        """Give the chosen action the key of others, who go without it."""
        if self._offer is None:
            return
        key, found = self._offer
        action_id = self.action_id
        changes: dict[str, tuple[str, ...] | None] = {
            owner: without(self._actions, owner, key) for owner in found.owners
        }
        changes[action_id] = (key,)
        self._waiting, self._offer = "", None
        self._actions.change_keys(changes)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self._rest()

    def _set(self, names: tuple[str, ...] | None) -> None:
        """Give the chosen action these keys, or its own again where nothing else has them now."""
        action_id = self.action_id
        if names is None:
            from app.ui.shortcuts import rivals

            for key in self._actions.rows[action_id].keys:
                for owner in rivals(self._actions, action_id, key):
                    name = self._actions.rows[owner].text.rstrip("…")
                    self.says.setText(
                        f"{shown(key)} belongs to “{name}” now. Change that one first."
                    )
                    return
        self._actions.change_keys({action_id: names})
        self._rest()

    def _reset_all(self) -> None:
        self._actions.change_keys({row: None for row in self._actions.rows})
        self._rest()
        self.says.setText("All actions have their own keys again.")

    def _give_up(self) -> None:
        self._waiting, self._offer = "", None
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self._rest()

    def _lost(self) -> None:
        """Wait no longer; what was offered can still be taken."""
        if not self._waiting:
            return
        self._waiting = ""
        if self._offer is None:
            self._rest()
        else:
            self._show_buttons()

    def _rest(self) -> None:
        """Say what the chosen action has, while no key is waited for."""
        self._waiting, self._offer = "", None
        row = self._actions.rows.get(self.action_id)
        if row is None:
            self.says.setText("No action is called so." if self.finder.text() else "")
        else:
            keys = " or ".join(caps_of(self._actions, row.id))
            name = row.text.rstrip("…")
            says = f"{keys} does “{name}”." if keys else f"“{name}” has no key."
            if row.fixed:
                says += " It means the same in every program and stays as it is."
            elif self._actions.is_changed(row.id):
                own = " or ".join(dict.fromkeys(shown(key) for key in row.keys)) or "none"
                says += f" Its own key is {own}."
            self.says.setText(says)
        self._show_buttons()

    def _show_buttons(self) -> None:
        row = self._actions.rows.get(self.action_id)
        free = row is not None and not row.fixed
        waiting = bool(self._waiting)
        self.press.setEnabled(free and not waiting)
        self.take.setVisible(self._offer is not None)
        self.none.setEnabled(free and not waiting and bool(caps_of(self._actions, self.action_id)))
        self.reset.setEnabled(free and not waiting and self._actions.is_changed(self.action_id))
        self.reset_all.setEnabled(any(self._actions.is_changed(one) for one in self._actions.rows))

    def _search(self, query: str) -> None:
        self.model.filter(query)
        self._choose_first()

    def _choose_first(self) -> None:
        self.list.setCurrentIndex(self.model.index(0) if self.model.rowCount() else QModelIndex())
        self._rest()


class _Heads(QWidget):
    """The heads of the columns, above the rows of a list."""

    def __init__(self, rows: QListView) -> None:
        super().__init__()
        self._rows = rows

    def sizeHint(self) -> QSize:
        return QSize(px(300), px(24))

    def paintEvent(self, event: object) -> None:
        painter = QPainter(self)
        painter.setFont(font("small_name"))
        painter.setPen(theme.token("text_2"))
        edge = px(12) + RowDelegate.inset
        left = self._rows.viewport().mapTo(self.window(), QPoint(0, 0)).x()
        left -= self.mapTo(self.window(), QPoint(0, 0)).x()
        width = self._rows.viewport().width()
        inner = QRectF(left + edge, 0, width - 2 * edge, self.height())
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        for share, words in ((0.0, "Action"), (WHERE, "Where"), (KEYS, "Keys")):
            begin = inner.left() + inner.width() * share
            painter.drawText(QRectF(begin, 0, inner.right() - begin, self.height()), flags, words)
