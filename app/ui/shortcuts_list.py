"""All actions with their keys as a list: model and delegate of the dialog that changes keys."""

from enum import IntEnum

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from app.ui.action_row import ActionRow
from app.ui.actions import Actions, cap_text, key_sequences
from app.ui.shortcuts import NATIVE
from app.ui.theme import font, key_cap_size, paint_key_cap, px, theme
from app.ui.widgets.rows import RowDelegate

Index = QModelIndex | QPersistentModelIndex
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
WHERE, KEYS = 0.52, 0.72
"""Where the columns begin, as shares of the row."""


class Role(IntEnum):
    """What a row answers beside its words."""

    ID = Qt.ItemDataRole.UserRole + 1
    WHERE = Qt.ItemDataRole.UserRole + 2
    CAPS = Qt.ItemDataRole.UserRole + 3
    CHANGED = Qt.ItemDataRole.UserRole + 4
    FIXED = Qt.ItemDataRole.UserRole + 5


def caps_of(actions: Actions, action_id: str) -> tuple[str, ...]:
    """Return all keys of an action as caps show them."""
    names = actions.key_names(action_id)
    shown = [cap_text(key.toString(NATIVE)) for name in names for key in key_sequences(name)]
    return tuple(dict.fromkeys(shown))


def where(row: ActionRow) -> str:
    """Return where an action is found: its menu, or the page."""
    if row.scope == "page":
        return "On the page"
    return row.menu.replace("/", ", ") or "Everywhere"


class ShortcutsModel(QAbstractListModel):
    """The actions whose words, place or keys hold what is looked for."""

    def __init__(self, actions: Actions) -> None:
        """Show all actions of the table."""
        super().__init__()
        self._actions = actions
        self._words: list[str] = []
        rows = list(actions.rows.values())
        self._all = [row for row in rows if row.scope == "page"]
        self._all += [row for row in rows if row.scope != "page"]
        self._shown = list(self._all)
        actions.keys_changed.connect(self._tell)

    def filter(self, query: str) -> None:
        """Show the actions that hold all words."""
        self._words = query.casefold().split()
        self.beginResetModel()
        self._shown = [row for row in self._all if self._fits(row)]
        self.endResetModel()

    def action_id(self, row: int) -> str:
        """Return the action of a row, "" where there is none."""
        return self._shown[row].id if 0 <= row < len(self._shown) else ""

    def row_of(self, action_id: str) -> int:
        """Return the row of an action, -1 where it is not shown."""
        return next((at for at, row in enumerate(self._shown) if row.id == action_id), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """Return the number of actions shown."""
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Answer for one action."""
        if not index.isValid():
            return None
        row = self._shown[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.text.rstrip("…")
        if role == Role.ID:
            return row.id
        if role == Role.WHERE:
            return where(row)
        if role == Role.CAPS:
            return caps_of(self._actions, row.id)
        if role == Role.CHANGED:
            return self._actions.is_changed(row.id)
        if role == Role.FIXED:
            return row.fixed
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(row)
        return None

    def _spoken(self, row: ActionRow) -> str:
        keys = " or ".join(caps_of(self._actions, row.id)) or "no key"
        changed = "changed" if self._actions.is_changed(row.id) else ""
        parts = (row.text.rstrip("…"), where(row), keys, changed or ("stays" if row.fixed else ""))
        return ", ".join(part for part in parts if part)

    def _fits(self, row: ActionRow) -> bool:
        text = f"{row.text} {where(row)} {' '.join(caps_of(self._actions, row.id))}".casefold()
        # A single letter is a key, not a part of every word.
        return all(word in (text if len(word) > 1 else text.split()) for word in self._words)

    def _tell(self) -> None:
        if self._shown:
            self.dataChanged.emit(self.index(0), self.index(len(self._shown) - 1))


class ShortcutDelegate(RowDelegate):
    """The action, where it is, its keys; a word where they were changed."""

    kind = "table"

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of a row."""
        return QSize(0, theme.row(self.kind))

    def paint_content(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, box: QRectF
    ) -> None:
        """Paint one action."""
        inner = box.adjusted(px(12), 0, -px(12), 0)
        at_where, at_keys = (inner.left() + inner.width() * share for share in (WHERE, KEYS))
        name = QRectF(inner.left(), inner.top(), at_where - inner.left() - px(8), inner.height())
        place = QRectF(at_where, inner.top(), at_keys - at_where - px(8), inner.height())
        self._words(painter, name, index.data(), "name", "text")
        self._words(painter, place, index.data(Role.WHERE), "small", "text_2")
        left = at_keys
        for cap in index.data(Role.CAPS):
            width = key_cap_size(cap).width()
            if left + width > inner.right():
                break
            paint_key_cap(painter, QRectF(left, inner.top(), width, inner.height()), cap)
            left += width + px(4)
        if not index.data(Role.CAPS):
            self._words(
                painter, QRectF(left, inner.top(), px(60), inner.height()), "–", "small", "text_2"
            )
        note = "changed" if index.data(Role.CHANGED) else "stays" if index.data(Role.FIXED) else ""
        wide = QFontMetricsF(font("tiny")).horizontalAdvance(note)
        if note and left + wide + px(4) <= inner.right():
            area = QRectF(inner.right() - wide - 1, inner.top(), wide + 1, inner.height())
            self._words(painter, area, note, "tiny", "accent" if note == "changed" else "text_2")

    @staticmethod
    def _words(painter: QPainter, area: QRectF, words: str, role: str, token: str) -> None:
        face = font(role)
        shown = QFontMetricsF(face).elidedText(
            words, Qt.TextElideMode.ElideRight, max(area.width(), 0)
        )
        painter.setFont(face)
        painter.setPen(theme.token(token))
        painter.drawText(area, LEFT, shown)
