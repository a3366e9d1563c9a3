"""The codebook as a tree: cluster > category > code, with what is counted for each code."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from functools import partial

from PySide6.QtCore import (
    QModelIndex,
    QObject,
    QSortFilterProxyModel,
    Qt,
    QTimer,
    Signal,
)

from app.coding.codebook import Category, Cluster, Code, Codebook
from app.ui.views.folding import holds_all_words
from app.ui.views.tree_model import TreeModel
from app.ui.widgets.rows import Index

CLUSTER, CATEGORY, CODE, RETIRED = "cluster", "category", "code", "retired"


class CodeRole(IntEnum):
    """What a row of the tree answers beside its name."""

    KIND = Qt.ItemDataRole.UserRole + 1
    ID = Qt.ItemDataRole.UserRole + 2
    NUMBER = Qt.ItemDataRole.UserRole + 3  # of the cluster, "" for the context
    HERE = Qt.ItemDataRole.UserRole + 4  # codings in the open document
    ALL = Qt.ItemDataRole.UserRole + 5  # studies in the whole project
    HOT_KEY = Qt.ItemDataRole.UserRole + 6
    COLOUR = Qt.ItemDataRole.UserRole + 7  # the code's own, "" for its cluster's
    SEARCH = Qt.ItemDataRole.UserRole + 8
    IS_RETIRED = Qt.ItemDataRole.UserRole + 9


@dataclass(eq=False, slots=True)
class _Node:
    kind: str
    id: str
    name: str
    number: str
    parent: "_Node | None"
    place: int
    code: Code | None = None
    children: list["_Node"] = field(default_factory=list)


class CodeTreeModel(TreeModel[_Node]):
    """Codes of a codebook under their main cluster and category; retired codes are left out.

    With ``editing`` empty groups and, at the end, retired codes are shown too, all rows can be
    chosen, and names be changed: ``renamed`` carries kind, id and the new name.
    """

    renamed = Signal(str, str, str)

    def __init__(self, parent: QObject | None = None, *, editing: bool = False) -> None:
        super().__init__(_Node("root", "", "", "", None, 0), parent)
        self.editing = editing
        self._codes: dict[str, _Node] = {}
        self._others: dict[str, _Node] = {}
        self._here: dict[str, int] = {}
        self._further_keys: dict[str, str] = {}
        self._all: dict[str, int] = {}

    def set_codebook(self, codebook: Codebook | None) -> None:
        """Show this codebook; None shows nothing."""
        self.beginResetModel()
        self._root = _Node("root", "", "", "", None, 0)
        self._codes, self._others = {}, {}
        if codebook is not None:
            self._build(codebook)
        self.endResetModel()

    def set_further_keys(self, keys: Mapping[str, str]) -> None:
        """Show keys, by code id, that codes without a hot key have for now (the digits)."""
        before, self._further_keys = self._further_keys, dict(keys)
        for code_id in (before.keys() | keys.keys()) & self._codes.keys():
            if before.get(code_id) != keys.get(code_id):
                index = self.index_of(code_id)
                self.dataChanged.emit(
                    index, index, [CodeRole.HOT_KEY, Qt.ItemDataRole.AccessibleTextRole]
                )

    def set_here(self, counts: Mapping[str, int]) -> None:
        """Take the number of codings per code id in the open document."""
        before, self._here = self._here, _counted(counts)
        self._tell(before, self._here, CodeRole.HERE)

    def set_all(self, counts: Mapping[str, int]) -> None:
        """Take the number of studies per code id in the project."""
        before, self._all = self._all, _counted(counts)
        self._tell(before, self._all, CodeRole.ALL)

    def code_ids(self) -> tuple[str, ...]:
        """Return the ids of all codes shown, in the order shown."""
        return tuple(self._codes)

    def index_of(self, code_id: str) -> QModelIndex:
        """Return the index of a code or group; an invalid one when it is not shown."""
        node = self._codes.get(code_id) or self._others.get(code_id)
        return QModelIndex() if node is None else self.createIndex(node.place, 0, node)

    def counts(self, kind: str) -> int:
        """Return how many codes or categories are shown."""
        if kind == CODE:
            return len(self._codes)
        return sum(node.kind == CATEGORY for node in self._others.values())

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let only codes be chosen, unless the codebook is edited here."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if self.editing:
            return _editing_flags(index.internalPointer())
        if index.internalPointer().kind == CODE:
            return (
                Qt.ItemFlag.ItemIsEnabled
                | Qt.ItemFlag.ItemIsSelectable
                | Qt.ItemFlag.ItemNeverHasChildren
            )
        return Qt.ItemFlag.ItemIsEnabled

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Answer for one row; the roles beyond Qt's are those of CodeRole."""
        if not index.isValid():
            return None
        node: _Node = index.internalPointer()
        if role == Qt.ItemDataRole.DisplayRole:
            return node.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(node)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(node)
        if role == CodeRole.KIND:
            return node.kind
        if role == CodeRole.ID:
            return node.id
        if role == CodeRole.NUMBER:
            return node.number
        if role == CodeRole.SEARCH:
            return _searchable(node)
        if role == Qt.ItemDataRole.EditRole:
            return node.name
        return self._code_data(node, role)

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Ask for another name; the row changes when the codebook has."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        node: _Node = index.internalPointer()
        name = " ".join(str(value).split())
        if not name or name == node.name:
            return False
        # The tree is built anew by it, which must wait until the field for the name is gone.
        QTimer.singleShot(0, self, partial(self.renamed.emit, node.kind, node.id, name))
        return True

    def _code_data(self, node: _Node, role: int) -> object:
        if node.code is None:
            return None
        if role == CodeRole.HERE:
            return self._here.get(node.id, 0)
        if role == CodeRole.ALL:
            return self._all.get(node.id, 0)
        if role == CodeRole.HOT_KEY:
            return node.code.hot_key.upper() or self._further_keys.get(node.id, "")
        if role == CodeRole.COLOUR:
            return node.code.colour
        if role == CodeRole.IS_RETIRED:
            return node.code.retired
        return None

    def _tell(self, before: Mapping[str, int], after: Mapping[str, int], role: CodeRole) -> None:
        """Tell the views which codes have another number now."""
        for code_id in (before.keys() | after.keys()) & self._codes.keys():
            if before.get(code_id) != after.get(code_id):
                index = self.index_of(code_id)
                self.dataChanged.emit(index, index, [role, Qt.ItemDataRole.AccessibleTextRole])

    def _build(self, codebook: Codebook) -> None:
        for cluster in codebook.clusters:
            top = _below(self._root, CLUSTER, cluster.id, cluster.name, cluster.number)
            self._others[cluster.id] = top
            for category in codebook.categories:
                codes = _codes_of(codebook, cluster, category)
                belongs = self.editing and category.cluster_id == cluster.id
                if not codes and not belongs:
                    continue
                group = _below(top, CATEGORY, category.id, category.name, cluster.number)
                self._others.setdefault(category.id, group)
                self._add_codes(group, codes, cluster)
            self._add_codes(top, _codes_of(codebook, cluster, None), cluster)
        if self.editing:
            self._add_retired(codebook)

    def _add_retired(self, codebook: Codebook) -> None:
        retired = [code for code in codebook.codes if code.retired]
        if not retired:
            return
        top = _below(self._root, RETIRED, RETIRED, f"Retired ({len(retired)})", "")
        self._others[RETIRED] = top
        clusters = {cluster.id: cluster.number for cluster in codebook.clusters}
        for code in retired:
            node = _below(top, CODE, code.id, code.name, clusters.get(code.cluster_id, ""))
            node.code = code
            self._others[code.id] = node

    def _add_codes(self, parent: _Node, codes: Iterable[Code], cluster: Cluster) -> None:
        for code in codes:
            node = _below(parent, CODE, code.id, code.name, cluster.number)
            node.code = code
            self._codes[code.id] = node

    def _spoken(self, node: _Node) -> str:
        if node.code is None:
            return f"{node.number} {node.name}".strip()
        if node.code.retired:
            return f"{node.name}, retired"
        parts = [
            node.name,
            f"{self._here.get(node.id, 0)} here",
            f"in {studies(self._all.get(node.id, 0))} in all",
        ]
        hot_key = node.code.hot_key.upper() or self._further_keys.get(node.id, "")
        if hot_key:
            parts.append(f"key {hot_key}")
        return ", ".join(parts)

    def _tip(self, node: _Node) -> str:
        if node.code is None:
            return node.name
        return "\n".join(part for part in (node.name, node.code.definition) if part)


class CodeFilter(QSortFilterProxyModel):
    """Keeps the codes whose name, category or hot key answers the words typed."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._query = ""
        self.setRecursiveFilteringEnabled(True)
        self.setAutoAcceptChildRows(True)

    def set_query(self, query: str) -> None:
        """Keep only what answers these words; "" keeps all."""
        self.beginFilterChange()
        self._query = query.strip()
        self.endFilterChange()

    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:
        """Say whether the row itself answers the words."""
        if not self._query:
            return True
        index = self.sourceModel().index(source_row, 0, source_parent)
        return holds_all_words(index.data(CodeRole.SEARCH), self._query)


def studies(count: int) -> str:
    """Return a count of studies with its unit."""
    return "1 study" if count == 1 else f"{count:,} studies"


def _editing_flags(node: _Node) -> Qt.ItemFlag:
    flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsDropEnabled
    if node.kind == RETIRED:
        return flags
    flags |= Qt.ItemFlag.ItemIsSelectable
    if node.kind == CODE:
        flags |= Qt.ItemFlag.ItemNeverHasChildren
        if node.code is not None and node.code.retired:
            return flags
    return flags | Qt.ItemFlag.ItemIsEditable | Qt.ItemFlag.ItemIsDragEnabled


def _counted(counts: Mapping[str, int]) -> dict[str, int]:
    return {code_id: count for code_id, count in counts.items() if count}


def _below(parent: _Node, kind: str, node_id: str, name: str, number: str) -> _Node:
    node = _Node(kind, node_id, name, number, parent, len(parent.children))
    parent.children.append(node)
    return node


def _codes_of(codebook: Codebook, cluster: Cluster, category: Category | None) -> list[Code]:
    """Return the codes of one category inside one cluster; of none, those without a known one."""
    known = {one.id for one in codebook.categories}
    return [
        code
        for code in codebook.codes
        if not code.retired
        and code.cluster_id == cluster.id
        and (
            code.category_id == category.id
            if category is not None
            else code.category_id not in known
        )
    ]


def _searchable(node: _Node) -> str:
    if node.code is None:
        return node.name
    names = " ".join((node.name, *node.code.former_names))
    return f"{names} {node.code.hot_key} {node.code.key}"
