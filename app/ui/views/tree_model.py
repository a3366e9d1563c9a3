"""The part of an item model that all trees share: nodes, and how Qt walks through them."""

from typing import Any, Generic, Protocol, Self, TypeVar

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject

from app.ui.widgets.rows import Index


class TreeNode(Protocol):
    """A node knows what is above and below it, and its place among its siblings."""

    place: int
    children: list[Self]
    parent: Any


Node = TypeVar("Node", bound=TreeNode)


class TreeModel(QAbstractItemModel, Generic[Node]):
    """A tree below an unseen root. Models that have several columns say so in ``columnCount``."""

    def __init__(self, root: Node, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._root = root

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:
        """Return the index of a cell below the parent."""
        node = self._node(parent)
        if not 0 <= column < self.columnCount() or not 0 <= row < len(node.children):
            return QModelIndex()
        return self.createIndex(row, column, node.children[row])

    def parent(self, child: Index = QModelIndex()) -> QModelIndex:  # type: ignore[override]
        """Return the index of the row above; an invalid one for the rows at the top."""
        if not child.isValid():
            return QModelIndex()
        above = child.internalPointer().parent
        if above is None or above is self._root:
            return QModelIndex()
        return self.createIndex(above.place, 0, above)

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """Return how many rows stand below the parent."""
        return 0 if parent.column() > 0 else len(self._node(parent).children)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        """Return one: a whole row is painted by the delegate."""
        return 1

    def _node(self, index: Index) -> Node:
        node: Node = index.internalPointer() if index.isValid() else self._root
        return node
