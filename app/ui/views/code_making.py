"""New codes, categories and clusters: a field above the tree asks for the name."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QVBoxLayout

from app.coding.codebook import Codebook
from app.ui.views.code_acts import CodebookActs
from app.ui.views.code_tree import CodeTreePanel
from app.ui.views.code_tree_editing import NewRow
from app.ui.views.code_tree_model import CATEGORY, CLUSTER, CODE


class CodeMaking(QObject):
    """Puts its field into the panel of the tree; ``made`` carries the id of a new row."""

    made = Signal(str)

    def __init__(
        self, tree: CodeTreePanel, acts: CodebookActs, codebook: Callable[[], Codebook | None]
    ) -> None:
        super().__init__(tree)
        self._tree, self._acts, self._codebook = tree, acts, codebook
        self._kind, self._beside = CODE, ("", "")
        self.row = NewRow()
        column = tree.layout()
        assert isinstance(column, QVBoxLayout)
        column.insertWidget(1, self.row)
        self.row.named.connect(self._create)
        self.row.left.connect(tree.tree.setFocus)

    def new_code(self) -> None:
        """Ask for the name of a code beside the one the cursor is on."""
        self.ask(CODE, self._tree.chosen())

    def new_category(self) -> None:
        """Ask for the name of a category in the cluster the cursor is in."""
        self.ask(CATEGORY, self._tree.chosen())

    def new_cluster(self) -> None:
        """Ask for the name of a cluster."""
        self.ask(CLUSTER, ("", ""))

    def ask(self, kind: str, beside: tuple[str, str]) -> None:
        """Open the field for a new row beside another one; groups that are missing come first."""
        codebook = self._codebook()
        if codebook is None:
            return
        if kind == CODE and not codebook.categories:
            kind = CATEGORY
        if kind == CATEGORY and not codebook.clusters:
            kind = CLUSTER
        self._kind, self._beside = kind, beside
        if kind == CODE:
            category, _after = self._acts.new_code_place(codebook, *beside)
            what = f"New code in “{codebook.category(category).name}”"
        elif kind == CATEGORY:
            what = f"New category in “{codebook.cluster(self._cluster(codebook)).name}”"
        else:
            what = "New cluster"
        self.row.ask(what, "Type its name, then Enter")

    def _cluster(self, codebook: Codebook) -> str:
        kind, row_id = self._beside
        if kind == CLUSTER:
            return row_id
        if kind == CATEGORY:
            return codebook.category(row_id).cluster_id
        return codebook.code(row_id).cluster_id if kind == CODE else codebook.clusters[0].id

    def _create(self, name: str) -> None:
        codebook = self._codebook()
        if codebook is None:
            return
        if self._kind == CODE:
            category, after = self._acts.new_code_place(codebook, *self._beside)
            made = self._acts.create_code(name, category, after)
        else:
            cluster = self._cluster(codebook) if self._kind == CATEGORY else ""
            made = self._acts.create_group(self._kind, name, cluster)
        if made:
            self.row.hide()
            self.made.emit(made)
