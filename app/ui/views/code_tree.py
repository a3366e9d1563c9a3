"""The panel with the codes: a search field, heads of the columns, the tree."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QModelIndex, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from app.coding.codebook import Codebook
from app.coding.codebooks import count_use
from app.models.changes import Changes
from app.ui.bridge import ProjectBridge
from app.ui.theme import font, px, theme
from app.ui.views.code_tree_delegate import CodeTreeDelegate, Columns
from app.ui.views.code_tree_model import (
    CATEGORY,
    CODE,
    RETIRED,
    CodeFilter,
    CodeRole,
    CodeTreeModel,
)
from app.ui.views.evidence_source import EvidenceSource
from app.ui.views.row_painting import LEFT, RIGHT, paint_text
from app.ui.views.studies_rows import count
from app.ui.widgets import SearchField, tight


class CodeTreePanel(QFrame):
    """Codes to find, choose and apply.

    ``code_chosen`` tells which code the cursor is on, ``code_activated`` that it is to be used
    (Enter or double click). The column Here is shown while a document is set. ``key`` is the key
    that leads to the search field, shown in it.
    """

    code_chosen = Signal(str)
    code_activated = Signal(str)
    group_chosen = Signal(str, str)
    """With a tree for editing: kind and id of the cluster or category that the cursor is on."""

    def __init__(
        self,
        bridge: ProjectBridge,
        parent: QWidget | None = None,
        *,
        key: str = "",
        tree: "type[CodeTree] | None" = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("look", "window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._bridge = bridge
        self._document_id: str | None = None
        self._codebook: Codebook | None = None
        self._sought = ""
        self._folded: frozenset[str] = frozenset()
        self._source = EvidenceSource.of(bridge)
        self.model = CodeTreeModel(self, editing=tree is not None)
        self.proxy = CodeFilter(self)
        self.proxy.setSourceModel(self.model)
        self.field = SearchField("Find a code", key=key)
        self.tree = (tree or CodeTree)(self.proxy)
        self.heads = _Heads(self.tree)
        layout = tight(QVBoxLayout(self))
        self.top_row = tight(QHBoxLayout(), 8, (12, 12, 12, 4))
        self.top_row.addWidget(self.field, 1)
        layout.addLayout(self.top_row)
        layout.addWidget(self.heads)
        layout.addWidget(self.tree, 1)
        self._connect()
        self.refresh()

    def code_id(self) -> str:
        """Return the id of the chosen code, "" when none is chosen."""
        index = self.tree.currentIndex()
        return index.data(CodeRole.ID) if index.data(CodeRole.KIND) == CODE else ""

    def chosen(self) -> tuple[str, str]:
        """Return kind and id of the row the cursor is on; empty ones when there is none."""
        index = self.tree.currentIndex()
        return index.data(CodeRole.KIND) or "", index.data(CodeRole.ID) or ""

    def choose_code(self, code_id: str) -> bool:
        """Put the cursor on a code (or group) and bring it into sight; False when not shown."""
        if not self.proxy.mapFromSource(self.model.index_of(code_id)).isValid():
            self.field.clear()
        index = self.proxy.mapFromSource(self.model.index_of(code_id))
        if not index.isValid():
            return False
        self.tree.setCurrentIndex(index)
        self.tree.scrollTo(index, QAbstractItemView.ScrollHint.EnsureVisible)
        return True

    def set_here_counts(self, counts: Mapping[str, int]) -> None:
        """Show these numbers of codings per code id in the column Here, until told others."""
        self.model.set_here(counts)

    def set_document(self, document_id: str | None) -> None:
        """Count the codings of this document in the column Here; None hides the column."""
        self._document_id = document_id
        self.tree.set_shows_here(document_id is not None)
        self.heads.update()
        if document_id is None:
            self.model.set_here({})
        self._count_here()

    def focus_search(self) -> None:
        """Put the cursor into the search field."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def refresh(self) -> None:
        """Read codebook and counts again; the chosen code and what is folded stay."""
        codebook = self._source.codebook()
        if codebook != self._codebook:
            _kind, chosen = self.chosen()
            folded = self.tree.folded() if self.model.editing else frozenset()
            # Retired codes stay folded until someone looks for them.
            folded |= frozenset() if self.model.index_of(RETIRED).isValid() else {RETIRED}
            place = self.tree.verticalScrollBar().value()
            self._codebook = codebook
            self.model.set_codebook(codebook)
            self.tree.unfold(folded)
            self.tree.verticalScrollBar().setValue(place)
            if chosen and self.model.index_of(chosen).isValid():
                self.choose_code(chosen)
        self.model.set_all(self._source.studies_of_codes())
        self.heads.set_fact(self._fact())
        self._count_here()

    def _connect(self) -> None:
        self._source.changed.connect(self.refresh)
        self._bridge.changed.connect(self._notice)
        self.field.textChanged.connect(self._search)
        self.field.installEventFilter(self)
        self.tree.selectionModel().currentChanged.connect(self._tell_chosen)
        self.tree.used.connect(self.code_activated)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let arrow keys and Enter in the field work on the tree."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                self.tree.step(1 if event.key() == Qt.Key.Key_Down else -1)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.code_id():
                self.code_activated.emit(self.code_id())
                return True
            if event.key() == Qt.Key.Key_Escape and self.field.text():
                self.field.clear()
                return True
        return super().eventFilter(watched, event)

    def _search(self, query: str) -> None:
        chosen = self.code_id()
        if query.strip() and not self._sought:
            self._folded = self.tree.folded()
        self._sought = query.strip()
        self.proxy.set_query(query)
        # What the search had hidden comes back folded; clusters folded by hand stay so.
        self.tree.unfold(frozenset() if self._sought else self._folded)
        if chosen and self.proxy.mapFromSource(self.model.index_of(chosen)).isValid():
            self.choose_code(chosen)
        elif query:
            self.tree.choose_first()
        self.heads.set_fact(self._fact())

    def _fact(self) -> str:
        if self._codebook is None:
            return ""
        if self.field.text().strip():
            found = sum(
                self.proxy.mapFromSource(self.model.index_of(code_id)).isValid()
                for code_id in self.model.code_ids()
            )
            return f"{found} of {count(self.model.counts(CODE), 'code')}"
        return count(self.model.counts(CODE), "code")

    def _count_here(self) -> None:
        # Without a document the counts are those that ``set_here_counts`` was given.
        if self._document_id is None or not self._bridge.is_open:
            return
        uses = count_use(self._bridge.project, document_id=self._document_id)
        self.model.set_here({code_id: use.codings for code_id, use in uses.items()})

    def _notice(self, changes: Changes) -> None:
        if self._document_id is None or not changes.touches("coding"):
            return
        if not changes.documents or self._document_id in changes.documents:
            self._count_here()

    def _tell_chosen(self, current: QModelIndex) -> None:
        kind = current.data(CodeRole.KIND)
        if kind == CODE:
            self.code_chosen.emit(current.data(CodeRole.ID))
        elif kind and self.model.editing:
            self.group_chosen.emit(kind, current.data(CodeRole.ID))


class CodeTree(QTreeView):
    """The tree itself: clusters fold, codes are chosen, Enter or a double click uses one."""

    used = Signal(str)

    def __init__(self, proxy: CodeFilter) -> None:
        super().__init__()
        self._delegate = CodeTreeDelegate(self)
        self.setProperty("look", "panel")
        self.setModel(proxy)
        self.setItemDelegate(self._delegate)
        self.setHeaderHidden(True)
        self.setIndentation(0)
        self.setRootIsDecorated(False)
        self.setMouseTracking(True)
        self.setExpandsOnDoubleClick(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("Codes")
        self.clicked.connect(self._fold)
        self.doubleClicked.connect(self._use)
        theme.changed.connect(self._measure)

    @property
    def shows_here(self) -> bool:
        """Whether the column Here is painted."""
        return self._delegate.shows_here

    def set_shows_here(self, shown: bool) -> None:
        """Show or hide the column Here."""
        self._delegate.shows_here = shown
        self.viewport().update()

    def folded(self) -> frozenset[str]:
        """Return the ids of the clusters that are folded."""
        tops = [self.model().index(row, 0) for row in range(self.model().rowCount())]
        return frozenset(top.data(CodeRole.ID) for top in tops if not self.isExpanded(top))

    def unfold(self, folded: frozenset[str] = frozenset()) -> None:
        """Unfold everything but these clusters."""
        self.expandAll()
        for row in range(self.model().rowCount()):
            top = self.model().index(row, 0)
            if top.data(CodeRole.ID) in folded:
                self.collapse(top)

    def step(self, by: int) -> None:
        """Move the cursor to the next or previous code."""
        step = self.indexBelow if by > 0 else self.indexAbove
        index = self.currentIndex()
        index = step(index) if index.isValid() else self.model().index(0, 0)
        while index.isValid() and index.data(CodeRole.KIND) != CODE:
            index = step(index)
        if index.isValid():
            self.setCurrentIndex(index)

    def choose_first(self) -> None:
        """Put the cursor on the first code shown."""
        self.setCurrentIndex(QModelIndex())
        self.step(1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Skip rows that cannot be chosen; Enter uses the code, Left and Right fold its cluster."""
        walks_all = self.dragEnabled()
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up) and not walks_all:
            self.step(1 if event.key() == Qt.Key.Key_Down else -1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._use(self.currentIndex())
        elif event.text() and event.key() not in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            event.ignore()  # single letters are hot keys of the codebook, not a search in the tree
        else:
            super().keyPressEvent(event)

    def _fold(self, index: QModelIndex) -> None:
        if index.data(CodeRole.KIND) not in (CODE, CATEGORY):
            self.setExpanded(index, not self.isExpanded(index))

    def _use(self, index: QModelIndex) -> None:
        if index.data(CodeRole.KIND) == CODE:
            self.used.emit(index.data(CodeRole.ID))

    def _measure(self) -> None:
        self.scheduleDelayedItemsLayout()
        self.viewport().update()


class _Heads(QWidget):
    """The line above the tree: how many codes, and what the columns hold."""

    def __init__(self, tree: CodeTree) -> None:
        super().__init__()
        self._tree = tree
        self.here = "Here"
        self._fact = ""
        self.setToolTip("Here: codings in this document. All: studies that use the code.")
        theme.changed.connect(self.updateGeometry)

    def set_fact(self, fact: str) -> None:
        """Show a number with its unit at the left."""
        self._fact = fact
        self.update()

    def sizeHint(self) -> QSize:
        """Return the height of one line."""
        return QSize(px(120), px(24))

    def minimumSizeHint(self) -> QSize:
        """Return the height of one line."""
        return QSize(0, px(24))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the fact and the heads above their columns."""
        painter = QPainter(self)
        row = QRectF(0, 0, self._tree.viewport().width(), self.height())
        columns = Columns(row, here=self._tree.shows_here)
        face = font("tiny")
        left = row.adjusted(px(14), 0, 0, 0)
        left.setRight(columns.here.left())
        paint_text(painter, left, self._fact, face, "text_3", LEFT)
        if self._tree.shows_here:
            paint_text(painter, columns.here, self.here, face, "text_3", RIGHT)
        paint_text(painter, columns.all, "All", face, "text_3", RIGHT)
        paint_text(painter, columns.key, "Key", face, "text_3", RIGHT)
        painter.end()
