"""The form in which an attribute is named, typed and given its list of values."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.coding.attributes import KIND_NAMES, LISTED, NUMBER, TEXT, AttributeDraft, AttributeInfo
from app.errors import UserError
from app.ui.theme import px
from app.ui.widgets import button, frame, label, tight


class AttributeEditor(QScrollArea):
    """``saved`` carries id ("" for a new one), draft, and the values that got another name."""

    saved = Signal(str, object, object)
    retired = Signal(str, bool)

    def __init__(self) -> None:
        super().__init__()
        self._attribute: AttributeInfo | None = None
        self.setWidgetResizable(True)
        self._form = frame("raised")
        column = tight(QVBoxLayout(self._form), 4, (20, 16, 24, 16))
        self._head = label("", "group")
        self._hint = label("", "body", "text_2", wrap=True)
        column.addWidget(self._head)
        column.addWidget(self._hint)
        self._fields = QWidget()
        fields = tight(QVBoxLayout(self._fields), 4)
        self.name = QLineEdit()
        self.kind = QComboBox()
        for key, words in KIND_NAMES.items():
            self.kind.addItem(words, key)
        self.options = QPlainTextEdit()
        self.options.setTabChangesFocus(True)
        self.options.setFixedHeight(px(132))
        self.unit = QLineEdit()
        self.description = QLineEdit()
        self._labels: dict[QWidget, QWidget] = {}
        for words, field in (
            ("Name", self.name),
            ("Kind", self.kind),
            ("Values, one on each line", self.options),
            ("Unit", self.unit),
            ("What is recorded", self.description),
        ):
            caption = label(words, "small", "text_2")
            self._labels[field] = caption
            field.setAccessibleName(words)
            fields.addWidget(caption)
            fields.addWidget(field)
        self._problem = label("", "small", "error", wrap=True)
        fields.addWidget(self._problem)
        self._save = button("Save", "primary")
        self._retire = button("Retire", tip="Put it out of use; its values are kept")
        row = tight(QHBoxLayout(), 8, (0, 8, 0, 0))
        row.addWidget(self._save)
        row.addWidget(self._retire)
        row.addStretch(1)
        fields.addLayout(row)
        column.addWidget(self._fields)
        column.addStretch(1)
        self.setWidget(self._form)
        self.kind.currentIndexChanged.connect(lambda _index: self._dress())
        self._save.clicked.connect(self.save)
        self.name.returnPressed.connect(self.save)
        self.description.returnPressed.connect(self.save)
        self.unit.returnPressed.connect(self.save)
        self._retire.clicked.connect(self._put_out_of_use)
        self.show_column("")

    def show_attribute(self, attribute: AttributeInfo | None) -> None:
        """Show an attribute to change, or empty fields for a new one."""
        self._attribute = attribute
        shown = attribute or AttributeInfo("", "", "")
        self._head.setText(shown.name or "New attribute")
        self._hint.setVisible(shown.retired)
        self._hint.setText("Out of use: no column shows it. Its values are kept.")
        self._fields.show()
        self.name.setText(shown.name)
        self.kind.setCurrentIndex(self.kind.findData(shown.kind or TEXT))
        self.options.setPlainText("\n".join(shown.options))
        self.unit.setText(shown.unit)
        self.description.setText(shown.description)
        self._problem.hide()
        self._retire.setVisible(attribute is not None)
        self._retire.setText("Bring back" if shown.retired else "Retire")
        self._save.setText("Save" if attribute is not None else "Add attribute")
        self._dress()

    def show_column(self, name: str) -> None:
        """Say of a column that it is none of the team's attributes."""
        self._attribute = None
        self._fields.hide()
        self._head.setText(name or "Attributes")
        self._hint.setText(
            "This column is always there to choose. Choose an attribute to change it, or add one."
        )
        self._hint.show()

    def begin(self) -> None:
        """Put the cursor into the first field."""
        self.name.setFocus()

    def tell(self, problem: UserError) -> None:
        """Show what is in the way."""
        self._problem.setText(f"{problem.message} {problem.hint or ''}".strip())
        self._problem.show()

    def save(self) -> None:
        """Hand over what stands in the fields."""
        options = tuple(
            " ".join(one.split()) for one in self.options.toPlainText().splitlines() if one.strip()
        )
        before = self._attribute.options if self._attribute is not None else ()
        renamed: dict[str, str] = {}
        if len(before) == len(options):
            pairs = zip(before, options, strict=True)
            renamed = {a: b for a, b in pairs if a not in options and b not in before}
        draft = AttributeDraft(
            self.name.text(), self.kind.currentData(), options, self.description.text(),
            self.unit.text() if self.kind.currentData() == NUMBER else "",
        )  # fmt: skip
        self._problem.hide()
        self.saved.emit(self._attribute.id if self._attribute is not None else "", draft, renamed)

    def _put_out_of_use(self) -> None:
        if self._attribute is not None:
            self.retired.emit(self._attribute.id, not self._attribute.retired)

    def _dress(self) -> None:
        kind = self.kind.currentData()
        for field, wanted in ((self.options, kind in LISTED), (self.unit, kind == NUMBER)):
            field.setVisible(wanted)
            self._labels[field].setVisible(wanted)
