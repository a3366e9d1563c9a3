"""The card of attributes and columns: what the team records, and what you see of it."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.coding.attributes import (
    STARTERS,
    AttributeDraft,
    AttributeInfo,
    add_attributes,
    change_attribute,
    list_attributes,
    reorder_attributes,
    retire_attribute,
)
from app.errors import UserError
from app.ui.bridge import ProjectBridge
from app.ui.theme import icon, px, theme
from app.ui.views.attribute_editor import AttributeEditor
from app.ui.views.card import Card
from app.ui.views.studies_columns import (
    FIRST,
    Arrangement,
    Column,
    hidden_keys,
    in_order,
    moved,
    with_shown,
)
from app.ui.widgets import button, icon_button, label, line, paint_row_background, tight
from app.ui.widgets.rows import Index

WIDTH, HEIGHT = 780, 560
KEY = Qt.ItemDataRole.UserRole + 1
RETIRED = "retired."


class _ColumnDelegate(QStyledItemDelegate):
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        paint_row_background(painter, option, QRectF(option.rect), radius=6.0)
        super().paint(painter, option, index)


class AttributeCard(Card):
    """Columns to show, hide and order at the left, the chosen attribute at the right."""

    arranged = Signal(object)

    def __init__(self, bridge: ProjectBridge, parent: QWidget) -> None:
        super().__init__(parent, "Attributes and columns", WIDTH, HEIGHT)
        self._bridge = bridge
        self._columns: Sequence[Column] = ()
        self._arrangement = Arrangement()
        self._attributes: dict[str, AttributeInfo] = {}
        self.model = QStandardItemModel(self)
        self.list = QListView()
        self.list.setProperty("look", "raised")
        self.list.setModel(self.model)
        self.list.setItemDelegate(_ColumnDelegate(self.list))
        self.list.setMouseTracking(True)
        self.list.setAccessibleName("Columns")
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.editor = AttributeEditor()
        self._build()
        self.model.itemChanged.connect(self._toggle)
        self.list.selectionModel().currentChanged.connect(self._choose)
        self.editor.saved.connect(self._save)
        self.editor.retired.connect(self._retire)

    def show_columns(self, columns: Sequence[Column], arrangement: Arrangement) -> None:
        """Show all columns there are, in the order in which they stand."""
        key = self._key(self.list.currentIndex())
        self._columns, self._arrangement = columns, arrangement
        known = list_attributes(self._bridge.project, retired=True)
        self._attributes = {one.id: one for one in known}
        hidden = hidden_keys(columns, arrangement)
        self.model.blockSignals(True)
        self.model.clear()
        for column in in_order(columns, arrangement.order):
            self._put(column.key, column.head, column.key not in hidden)
        for attribute in known:
            if attribute.retired:
                self._put(f"{RETIRED}{attribute.id}", f"{attribute.head} (retired)", None)
        self.model.blockSignals(False)
        self.model.layoutChanged.emit()
        self._starters.setVisible(any(one.name not in self._names() for one in STARTERS))
        self._go_to(key or FIRST)

    def new_attribute(self) -> None:
        """Begin another attribute."""
        self.editor.show_attribute(None)
        self.editor.begin()

    def add_starters(self) -> None:
        """Add those of the usual set that are not there yet."""
        missing = [one for one in STARTERS if one.name not in self._names()]
        add_attributes(self._bridge.project, missing)
        self._told.setText(f"{len(missing)} attributes added. Undo takes them away.")
        self._told.show()

    def shift(self, step: int) -> None:
        """Move the chosen column; attributes move for the whole team."""
        key = self._key(self.list.currentIndex())
        if not key or key == FIRST or key.startswith(RETIRED):
            return
        before = self._attribute_order(self._arrangement)
        arrangement = moved(self._columns, self._arrangement, key, step)
        after = self._attribute_order(arrangement)
        self.arranged.emit(arrangement)
        if after != before:
            reorder_attributes(self._bridge.project, after)
        self._go_to(key)

    def _attribute_order(self, arrangement: Arrangement) -> list[str]:
        ordered = in_order(self._columns, arrangement.order)
        return [one.attribute.id for one in ordered if one.attribute is not None]

    def _names(self) -> set[str]:
        return {one.name for one in self._attributes.values()}

    def _put(self, key: str, words: str, is_shown: bool | None) -> None:
        item = QStandardItem(words)
        item.setData(key, KEY)
        item.setEditable(False)
        item.setSizeHint(QSize(px(200), theme.row("tree")))
        if is_shown is not None:
            item.setCheckable(key != FIRST)
            state = Qt.CheckState.Checked if is_shown else Qt.CheckState.Unchecked
            if key != FIRST:
                item.setCheckState(state)
        self.model.appendRow(item)

    def _key(self, index: QModelIndex) -> str:
        return str(index.data(KEY) or "") if index.isValid() else ""

    def _go_to(self, key: str) -> None:
        for row in range(self.model.rowCount()):
            if self._key(self.model.index(row, 0)) == key:
                self.list.setCurrentIndex(self.model.index(row, 0))

    def _toggle(self, item: QStandardItem) -> None:
        is_shown = item.checkState() == Qt.CheckState.Checked
        self._arrangement = with_shown(self._columns, self._arrangement, item.data(KEY), is_shown)
        self.arranged.emit(self._arrangement)

    def _choose(self, index: QModelIndex, *_before: object) -> None:
        key = self._key(index)
        attribute_id = key.removeprefix(RETIRED).removeprefix("attribute.")
        attribute = self._attributes.get(attribute_id)
        movable = bool(key) and key != FIRST and not key.startswith(RETIRED)
        self._up.setEnabled(movable)
        self._down.setEnabled(movable)
        if attribute is not None:
            self.editor.show_attribute(attribute)
        else:
            self.editor.show_column(str(index.data() or ""))

    def _save(self, attribute_id: str, draft: AttributeDraft, renamed: dict[str, str]) -> None:
        try:
            if attribute_id:
                change_attribute(self._bridge.project, attribute_id, draft, renamed=renamed)
            else:
                (attribute_id,) = add_attributes(self._bridge.project, [draft])
        except UserError as problem:
            self.editor.tell(problem)
            return
        self._told.setText(f"{draft.name.strip()} is saved.")
        self._told.show()
        self._go_to(f"attribute.{attribute_id}")
        self.list.setFocus()

    def _retire(self, attribute_id: str, retired: bool) -> None:
        retire_attribute(self._bridge.project, attribute_id, retired=retired)
        self._go_to(f"{RETIRED if retired else 'attribute.'}{attribute_id}")

    def _build(self) -> None:
        close = icon_button(icon("x"), "Close", size=16)
        close.clicked.connect(self.hide)
        top = tight(QHBoxLayout(), 8, (24, 20, 24, 0))
        top.addWidget(label("Attributes and columns", "heading"), 1)
        top.addWidget(close)
        words = (
            "Attributes are what the team records of each study. Ticked columns are shown to you."
        )
        hint = tight(QHBoxLayout(), 0, (24, 4, 24, 12))
        hint.addWidget(label(words, "body", "text_2", wrap=True))
        self._up = button("Up", "small", icon=icon("arrow-up"), tip="Move the column to the left")
        self._down = button("Down", "small", icon=icon("arrow-down"), tip="Move it to the right")
        self._up.clicked.connect(lambda: self.shift(-1))
        self._down.clicked.connect(lambda: self.shift(1))
        order = tight(QHBoxLayout(), 8, (16, 8, 16, 8))
        order.addWidget(self._up)
        order.addWidget(self._down)
        order.addStretch(1)
        left = tight(QVBoxLayout(), 0, (8, 0, 0, 0))
        left.addWidget(self.list, 1)
        left.addLayout(order)
        middle = tight(QHBoxLayout())
        middle.addLayout(left, 4)
        middle.addWidget(line(vertical=True))
        middle.addWidget(self.editor, 5)
        self._starters = button("Add the usual set", tip=", ".join(one.name for one in STARTERS))
        self._starters.clicked.connect(self.add_starters)
        new = button("New attribute", icon=icon("plus"))
        new.clicked.connect(self.new_attribute)
        done = button("Done", "primary")
        done.clicked.connect(self.hide)
        self._told = label("", "small", "text_2")
        foot = tight(QHBoxLayout(), 8, (24, 12, 24, 16))
        foot.addWidget(new)
        foot.addWidget(self._starters)
        foot.addWidget(self._told, 1)
        foot.addStretch(1)
        foot.addWidget(done)
        column = tight(QVBoxLayout(self), 0, (1, 1, 1, 1))
        column.addLayout(top)
        column.addLayout(hint)
        column.addWidget(line())
        column.addLayout(middle, 1)
        column.addWidget(line())
        column.addLayout(foot)
