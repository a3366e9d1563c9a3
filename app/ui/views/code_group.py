"""A cluster or category in the middle of the codebook: what is in it, what can be done."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from app.coding.codebook import Codebook
from app.ui.theme import icon, px, theme
from app.ui.views.code_fields import NameField
from app.ui.views.code_parts import Swatch, full_name
from app.ui.views.code_tree_model import CLUSTER
from app.ui.views.studies_rows import count
from app.ui.widgets import FlowLayout, button, clear, frame, label, tight


class GroupPage(QWidget):
    """Name, number of codes, buttons. Signals carry kind and id (and the new name)."""

    renamed = Signal(str, str, str)
    code_wanted = Signal(str, str)
    group_wanted = Signal(str, str)
    removed = Signal(str, str)
    version_named = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._row = ("", "")
        ground = frame("base")
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(ground)
        tight(QVBoxLayout(self)).addWidget(area)
        column = tight(QVBoxLayout(ground), 8, (36, 24, 36, 32))
        self._path = tight(QHBoxLayout(), 6)
        self.name = NameField()
        self._told = label("", "body", "text_2", wrap=True)
        self.new_code = button("New code", icon=icon("plus"), tip="Add a code here  Ins")
        self.new_group = button("New category", icon=icon("plus"))
        self.remove = button("Remove", icon=icon("trash-2"), tip="Remove it while it is empty  Del")
        column.addLayout(self._path)
        column.addWidget(self.name)
        column.addWidget(self._told)
        self._buttons = QWidget()
        row = FlowLayout(self._buttons, spacing=8)
        for made in (self.new_code, self.new_group, self.remove):
            row.addWidget(made)
        column.addWidget(self._buttons)
        column.addSpacing(px(16))
        column.addWidget(label("Version of the codebook", "small", "text_2"))
        self.version = QLineEdit()
        self.version.setAccessibleName("Version of the codebook")
        self.version.setMaximumWidth(px(140))
        self.version.setToolTip("Type a new version and press Enter: changes are listed since then")
        self.version.returnPressed.connect(lambda: self.version_named.emit(self.version.text()))
        column.addWidget(self.version)
        column.addStretch(1)
        self.name.named.connect(lambda name: self.renamed.emit(*self._row, name))
        self.new_code.clicked.connect(lambda: self.code_wanted.emit(*self._row))
        self.new_group.clicked.connect(lambda: self.group_wanted.emit(*self._row))
        self.remove.clicked.connect(lambda: self.removed.emit(*self._row))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def resizeEvent(self, event: object) -> None:
        """Give the buttons the lines they need at this width."""
        needed = self._buttons.heightForWidth(max(self.width() - px(72), px(120)))
        self._buttons.setMinimumHeight(needed)

    def show_version(self, version: str) -> None:
        """Show which version the codebook has."""
        if not self.version.hasFocus() or not self.version.isModified():
            self.version.setText(version)

    def show_group(self, codebook: Codebook, kind: str, row_id: str) -> None:
        """Show a cluster or category."""
        self._row = (kind, row_id)
        is_cluster = kind == CLUSTER
        categories = [
            one for one in codebook.categories
            if (one.cluster_id if is_cluster else one.id) == row_id
        ]  # fmt: skip
        cluster = codebook.cluster(row_id if is_cluster else categories[0].cluster_id)
        inside = {category.id for category in categories}
        codes = [one for one in codebook.codes if one.category_id in inside and not one.retired]
        clear(self._path)
        number = "context" if cluster.is_context else cluster.number
        self._path.addWidget(Swatch(cluster.number))
        words = "Cluster" if is_cluster else full_name(cluster)
        self._path.addWidget(label(words, "name", theme.cluster_token(number, "text")))
        self._path.addStretch(1)
        self.name.setAccessibleName("Name of the cluster" if is_cluster else "Name of the category")
        self.name.show_name(cluster.name if is_cluster else categories[0].name)
        told = count(len(codes), "code")
        if is_cluster:
            number_of = len(categories)
            noun = "category" if number_of == 1 else "categories"
            told += f" in {number_of} {noun}"
        elif categories[0].description:
            told += f". {categories[0].description}"
        self._told.setText(told)
        self.new_group.setVisible(is_cluster)
        self.new_code.setVisible(bool(categories))
