"""The card that shows what the columns of a table of references are, before it is added."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.exchange.references_table import ATTRIBUTE, FIELDS, NOTHING, ReferenceTable
from app.ui.theme import icon
from app.ui.views.card import Card
from app.ui.views.studies_rows import count
from app.ui.widgets import Tag, button, frame, icon_button, label, line, tight
from app.ui.widgets.elided import ElidedLabel

WIDTH, HEIGHT = 780, 560
EXAMPLE_TAG = "Example list: unchecked candidates"
EXAMPLE_WORDS = (
    "Nobody has checked these records. They are candidates to try the program with, not the "
    "studies of any review. They are added to the project that is open."
)
CONFIRM = "I know that these 56 records are unchecked"


class TableCard(Card):
    """One line for each column: its head, its first text, and what it is taken as."""

    confirmed = Signal(object, object)
    """The table, and what each column is."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, "Columns of the table", WIDTH, HEIGHT)
        self._table: ReferenceTable | None = None
        self.boxes: list[QComboBox] = []
        self._build()

    def show_table(self, table: ReferenceTable, *, is_example: bool = False) -> None:
        """Show a table; an example has to be confirmed as what it is."""
        self._table = table
        self._is_example = is_example
        self._source.setText(f"{count(len(table.rows), 'row')} in {table.name}")
        self._tag.setVisible(is_example)
        self._note.setText(EXAMPLE_WORDS if is_example else table.note)
        self._note.setVisible(bool(self._note.text()))
        self.sure.setChecked(False)
        self.sure.setText(CONFIRM.replace("56", str(len(table.rows))))
        self.sure.setVisible(is_example)
        holder = frame("raised")
        grid = tight(QGridLayout(holder), 8, (24, 12, 24, 12))
        for place, words in enumerate(("Column", "First text", "Is taken as")):
            grid.addWidget(label(words, "small_name", "text_2"), 0, place)
        self.boxes = []
        for number, head in enumerate(table.heads):
            name = ElidedLabel(head or f"Column {number + 1}", "name")
            grid.addWidget(name, number + 1, 0)
            grid.addWidget(ElidedLabel(table.example(number), "body", "text_2"), number + 1, 1)
            box = self._box(head, table.mapping[number])
            grid.addWidget(box, number + 1, 2)
            self.boxes.append(box)
        for place, share in enumerate((3, 5, 3)):
            grid.setColumnStretch(place, share)
        grid.setRowStretch(len(table.heads) + 1, 1)
        self._area.setWidget(holder)
        self._dress()
        self.open()
        (self.boxes[0] if self.boxes else self).setFocus()

    def mapping(self) -> tuple[str, ...]:
        """Return what each column is taken as now."""
        return tuple(box.currentData() for box in self.boxes)

    def confirm(self) -> None:
        """Add the table as it is shown."""
        if self._table is not None and self.add.isEnabled():
            self.hide()
            self.confirmed.emit(self._table, self.mapping())

    def leave_out_attributes(self, wanted: bool) -> None:
        """Take the columns that are no part of a reference as attributes, or leave them out."""
        for box, before in zip(self.boxes, self._table.mapping if self._table else (), strict=True):
            if before == ATTRIBUTE:
                box.setCurrentIndex(box.findData(ATTRIBUTE if wanted else NOTHING))

    def _box(self, head: str, chosen: str) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(f"{head} is taken as")
        box.addItem("Leave out", NOTHING)
        box.addItem("Attribute of the study", ATTRIBUTE)
        for key, words in FIELDS.items():
            box.addItem(words, key)
        box.setCurrentIndex(box.findData(chosen))
        box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        box.currentIndexChanged.connect(lambda _index: self._dress())
        return box

    def _dress(self) -> None:
        mapping = self.mapping()
        fields = [field for field in mapping if field not in (NOTHING, ATTRIBUTE)]
        number = mapping.count(ATTRIBUTE)
        doubled = {FIELDS[field] for field in fields if fields.count(field) > 1}
        missing = not {"title", "doi"} & set(fields)
        words = ""
        if doubled:
            words = f"Two columns are taken as {sorted(doubled)[0]}. Choose one."
        elif missing:
            words = "One column has to be the title or the DOI."
        elif self._is_example and not self.sure.isChecked():
            words = "Confirm above that you know what this list is."
        elif number:
            words = f"{count(number, 'column')} will be attributes; their values count as yours."
        self._hint.setText(words)
        unsure = self._is_example and not self.sure.isChecked()
        self.add.setEnabled(not doubled and not missing and not unsure)
        # The state follows the boxes, and must not change them.
        self.as_attributes.blockSignals(True)
        self.as_attributes.setChecked(number > 0)
        self.as_attributes.blockSignals(False)
        offered = self._table.mapping.count(ATTRIBUTE) if self._table is not None else 0
        self.as_attributes.setVisible(offered > 0)
        self.as_attributes.setText(
            f"Create {offered} attributes from the columns that are no part of a reference"
            if offered > 1
            else "Create an attribute from the column that is no part of a reference"
        )

    def _build(self) -> None:
        self._is_example = False
        close = icon_button(icon("x"), "Close without adding", size=16)
        close.clicked.connect(self.hide)
        top = tight(QHBoxLayout(), 8)
        top.addWidget(label("Add reference list", "heading"))
        self._tag = Tag(EXAMPLE_TAG, "warning", "triangle-alert")
        top.addWidget(self._tag)
        top.addStretch(1)
        top.addWidget(close)
        self._source = label("", "body", "text_2")
        self._note = label("", "body", "text", wrap=True)
        self.sure = QCheckBox()
        self.sure.toggled.connect(lambda _on: self._dress())
        self.as_attributes = QCheckBox()
        self.as_attributes.toggled.connect(self.leave_out_attributes)
        head = tight(QVBoxLayout(), 4, (24, 20, 24, 12))
        head.addLayout(top)
        for widget in (self._source, self._note, self.sure, self.as_attributes):
            head.addWidget(widget)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._hint = label("", "small", "text_2", wrap=True)
        cancel = button("Cancel")
        cancel.clicked.connect(self.hide)
        self.add = button("Add references", "primary")
        self.add.clicked.connect(self.confirm)
        foot = tight(QHBoxLayout(), 8, (24, 12, 24, 16))
        foot.addWidget(self._hint, 1)
        foot.addWidget(cancel)
        foot.addWidget(self.add)
        column = tight(QVBoxLayout(self), 0, (1, 1, 1, 1))
        column.addLayout(head)
        column.addWidget(line())
        column.addWidget(self._area, 1)
        column.addWidget(line())
        column.addLayout(foot)
