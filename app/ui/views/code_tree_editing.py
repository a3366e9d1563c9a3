"""Editing the codebook in its tree: rename in place, drag and drop, a field for new rows."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QMimeData, QObject, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QDrag,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QLineEdit, QVBoxLayout

from app.coding.codebook import Codebook
from app.ui.theme import px, theme
from app.ui.views.code_tree import CodeTree
from app.ui.views.code_tree_model import CATEGORY, CLUSTER, CODE, RETIRED, CodeRole
from app.ui.widgets import label, tight
from app.ui.widgets.rows import Index

MIME = "application/x-cofactor-codebook-row"
BEFORE, AFTER, INTO = "before", "after", "into"


@dataclass(frozen=True, slots=True)
class Move:
    """What a drop or a key asks for: put a row into a group, before another row or at its end.

    ``group_id`` is the category of a code or the cluster of a category, ``RETIRED`` to retire.
    """

    kind: str
    row_id: str
    group_id: str
    before: str = ""


def moved_by_drop(
    codebook: Codebook, dragged: tuple[str, str], target: tuple[str, str], where: str
) -> Move | None:
    """Return what dropping a row before, after or into another one means; None for nothing."""
    (kind, row_id), (onto, target_id) = dragged, target
    if row_id == target_id and onto == kind:
        return None
    if kind == CODE and (onto == RETIRED or (onto == CODE and codebook.code(target_id).retired)):
        return Move(kind, row_id, RETIRED)
    if kind == CODE and onto == CATEGORY:
        return Move(kind, row_id, target_id)
    if kind == CODE and onto == CODE:
        group = codebook.code(target_id).category_id
        siblings = codes_in(codebook, group)
        return Move(kind, row_id, group, _next(siblings, target_id, row_id, where))
    if kind == CATEGORY and onto == CLUSTER:
        return Move(kind, row_id, target_id)
    if kind == CATEGORY and onto in (CATEGORY, CODE):
        beside = codebook.code(target_id).category_id if onto == CODE else target_id
        where = AFTER if onto == CODE else where
        if beside == row_id:
            return None
        group = codebook.category(beside).cluster_id
        siblings = categories_in(codebook, group)
        return Move(kind, row_id, group, _next(siblings, beside, row_id, where))
    if kind == CLUSTER and onto == CLUSTER:
        siblings = [cluster.id for cluster in codebook.clusters]
        return Move(kind, row_id, "", _next(siblings, target_id, row_id, where))
    return None


def moved_by_key(codebook: Codebook, kind: str, row_id: str, by: int) -> Move | None:
    """Return the move of a row by one place up or down, into the next group at the ends."""
    if kind == CLUSTER:
        return _step([cluster.id for cluster in codebook.clusters], kind, row_id, "", by)
    if kind == CATEGORY:
        group = codebook.category(row_id).cluster_id
        groups = [cluster.id for cluster in codebook.clusters]
        members: Callable[[Codebook, str], list[str]] = categories_in
    elif kind == CODE and not codebook.code(row_id).retired:
        group = codebook.code(row_id).category_id
        groups = [category.id for category in codebook.categories]
        members = codes_in
    else:
        return None
    within = _step(members(codebook, group), kind, row_id, group, by)
    place = groups.index(group) + by
    if within is not None or not 0 <= place < len(groups):
        return within
    beyond = members(codebook, groups[place])
    return Move(kind, row_id, groups[place], beyond[0] if by > 0 and beyond else "")


def codes_in(codebook: Codebook, category_id: str) -> list[str]:
    """Return the ids of the codes of a category that are not retired, in their order."""
    return [c.id for c in codebook.codes if c.category_id == category_id and not c.retired]


def categories_in(codebook: Codebook, cluster_id: str) -> list[str]:
    """Return the ids of the categories of a cluster, in their order."""
    return [one.id for one in codebook.categories if one.cluster_id == cluster_id]


def _step(siblings: list[str], kind: str, row_id: str, group: str, by: int) -> Move | None:
    place = siblings.index(row_id) + by
    if not 0 <= place < len(siblings):
        return None
    after = [one for one in siblings if one != row_id]
    return Move(kind, row_id, group, after[place] if place < len(after) else "")


def _next(siblings: list[str], beside: str, moving: str, where: str) -> str:
    """Return the sibling before which a row dropped before or after another one goes."""
    others = [one for one in siblings if one != moving]
    place = others.index(beside) + (where == AFTER)
    return others[place] if place < len(others) else ""


class CodebookTree(CodeTree):
    """The tree of codes with rows that can be dragged; ``dropped`` carries a Move."""

    dropped = Signal(object)

    def __init__(self, proxy: QObject) -> None:
        super().__init__(proxy)  # type: ignore[arg-type]
        self._codebook: Codebook | None = None
        self._drop: tuple[Index, str] | None = None
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.viewport().setAcceptDrops(True)
        self.setDropIndicatorShown(False)

    def set_codebook(self, codebook: Codebook | None) -> None:
        """Take the codebook that drops refer to."""
        self._codebook = codebook

    def dragged(self, index: Index) -> QMimeData:
        """Return what a dragged row carries."""
        data = QMimeData()
        row = f"{index.data(CodeRole.KIND)} {index.data(CodeRole.ID)}"
        data.setData(MIME, row.encode())
        data.setText(str(index.data()))
        return data

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave Enter to the field in which a name is written."""
        if self.state() != QAbstractItemView.State.EditingState:
            super().keyPressEvent(event)

    def startDrag(self, supportedActions: Qt.DropAction) -> None:
        """Drag the whole row."""
        index = self.currentIndex()
        if not index.isValid() or not index.flags() & Qt.ItemFlag.ItemIsDragEnabled:
            return
        drag = QDrag(self)
        drag.setMimeData(self.dragged(index))
        drag.setPixmap(self.viewport().grab(self.visualRect(index)))
        drag.setHotSpot(QPoint(px(24), self.visualRect(index).height() // 2))
        drag.exec(Qt.DropAction.MoveAction)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take rows of this tree."""
        if event.mimeData().hasFormat(MIME):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show where the row would go."""
        super().dragMoveEvent(event)
        move, self._drop = self._move_at(event)
        if move is None:
            self._drop = None
            event.ignore()
        else:
            event.accept()
        self.viewport().update()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Show nothing any more."""
        super().dragLeaveEvent(event)
        self._drop = None
        self.viewport().update()

    def dropEvent(self, event: QDropEvent) -> None:
        """Ask for the move; the tree follows the codebook."""
        move, _at = self._move_at(event)
        self._drop = None
        self.viewport().update()
        if move is not None:
            event.accept()
            self.dropped.emit(move)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows, and the line or frame where a dragged one would go."""
        super().paintEvent(event)
        if self._drop is None:
            return
        index, where = self._drop
        row = QRectF(self.visualRect(index)).adjusted(px(8), 1, -px(8), -1)
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.token("accent"), 2))
        if where == INTO:
            painter.drawRoundedRect(row, px(6), px(6))
        else:
            y = row.top() if where == BEFORE else row.bottom()
            painter.drawLine(QPointF(row.left(), y), QPointF(row.right(), y))
        painter.end()

    def _move_at(self, event: QDropEvent) -> tuple[Move | None, tuple[Index, str] | None]:
        at = event.position().toPoint()
        index = self.indexAt(at)
        if self._codebook is None or not index.isValid():
            return None, None
        kind, _, row_id = bytes(event.mimeData().data(MIME).data()).decode().partition(" ")
        onto = index.data(CodeRole.KIND)
        where = INTO
        if onto == kind or (kind == CATEGORY and onto == CODE):
            where = BEFORE if at.y() < self.visualRect(index).center().y() else AFTER
        target = (onto, index.data(CodeRole.ID))
        return moved_by_drop(self._codebook, (kind, row_id), target, where), (index, where)


class NewRow(QFrame):
    """A field above the tree for the name of a new row; ``named`` carries the name."""

    named = Signal(str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._head = label("", "small", "text_2", wrap=True)
        self.field = QLineEdit()
        column = tight(QVBoxLayout(self), 4, (12, 4, 12, 8))
        column.addWidget(self._head)
        column.addWidget(self.field)
        self.field.returnPressed.connect(lambda: self.named.emit(self.field.text()))
        self.hide()

    def ask(self, what: str, example: str) -> None:
        """Open the field; ``what`` says what will be made and where."""
        self._head.setText(what)
        self.field.setAccessibleName(what)
        self.field.setPlaceholderText(example)
        self.field.clear()
        self.show()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc puts the field away."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            self.left.emit()
        else:
            super().keyPressEvent(event)
