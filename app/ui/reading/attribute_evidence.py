"""A selected passage as what shows an attribute of its study: a row above the pages asks which."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from app.coding.attribute_evidence import show_evidence
from app.coding.attribute_values import AttributeCell, read_cells
from app.coding.attributes import AttributeInfo, list_attributes, parse_value
from app.errors import UserError
from app.ui.reading.one_bar import YIELDS
from app.ui.theme import icon
from app.ui.views.attribute_edit import ValueEdit
from app.ui.widgets import button, fix, frame, icon_button, label, line, tight
from app.ui.widgets.notices import Notice

if TYPE_CHECKING:
    from app.ui.reading.place import ReadingPlace


class EvidenceBar(QWidget):
    """Attribute and value of the study; ``given`` carries the attribute's id and what is typed."""

    given = Signal(str, str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("This shows an attribute of the study")
        self.setProperty(YIELDS, True)
        self._cells: dict[str, AttributeCell] = {}
        self.choice = QComboBox()
        self.choice.setAccessibleName("Attribute")
        fix(self.choice, width=200)
        self.choice.currentIndexChanged.connect(lambda _index: self._show_field())
        self.field: ValueEdit | None = None
        self.told = label("", "small", "text_2", wrap=True)
        self._place_of_field = tight(QHBoxLayout())
        save = button("Save", "primary", tip="Save value and passage  Enter")
        save.clicked.connect(self._give)
        close = icon_button(icon("x"), "Close", tip="Close  Esc")
        close.clicked.connect(self.left)
        ground = frame("base")
        row = tight(QHBoxLayout(ground), 8, (16, 8, 16, 8))
        row.addWidget(label("This passage shows", "body", "text"))
        row.addWidget(self.choice)
        row.addLayout(self._place_of_field)
        row.addWidget(save)
        row.addWidget(self.told, 1)
        row.addWidget(close)
        column = tight(QVBoxLayout(self))
        column.addWidget(ground)
        column.addWidget(line())
        self.hide()

    def show_attributes(
        self, attributes: tuple[AttributeInfo, ...], cells: dict[str, AttributeCell]
    ) -> None:
        """Offer these attributes with the values that the study has; the last one chosen stays."""
        before = self.attribute_id()
        self._cells = cells
        self.choice.blockSignals(True)
        self.choice.clear()
        for attribute in attributes:
            self.choice.addItem(attribute.head, attribute)
        ids = [attribute.id for attribute in attributes]
        self.choice.setCurrentIndex(ids.index(before) if before in ids else 0)
        self.choice.blockSignals(False)
        self._show_field()

    def attribute_id(self) -> str:
        """Return the chosen attribute."""
        chosen = self.choice.currentData()
        return chosen.id if chosen is not None else ""

    def begin(self) -> None:
        """Show it; the choice of the attribute has the focus."""
        self.show()
        self.choice.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on with Enter, from the attribute to the value and to saving; leave with Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.choice.hasFocus() and self.field is not None:
                self.field.setFocus(Qt.FocusReason.TabFocusReason)
                self.field.selectAll()
            else:
                self._give()
        else:
            super().keyPressEvent(event)

    def _show_field(self) -> None:
        if self.field is not None:
            self.field.hide()
            self.field.deleteLater()
            self.field = None
        attribute = self.choice.currentData()
        if attribute is None:
            return
        self.field = fix(ValueEdit(attribute, parent=self), width=220)
        cell = self._cells.get(attribute.id, AttributeCell())
        self.field.setText(cell.own.text if cell.own is not None else "")
        self._place_of_field.addWidget(self.field)
        self.field.show()
        self.setTabOrder(self.choice, self.field)
        known = cell.own is not None and cell.own.document_id
        words = "It shows another passage now; saving puts this one in its place." if known else ""
        self.told.setText(words)
        self.field.problem_changed.connect(
            lambda words, hint: self.told.setText(f"{words} {hint}".strip())
        )

    def _give(self) -> None:
        if self.field is not None and self.field.value_fits():
            self.given.emit(self.attribute_id(), self.field.text())


class AttributeEvidence:
    """The feature: its action opens the row for the selected words."""

    def __init__(self, place: "ReadingPlace") -> None:
        """Tie it to its action."""
        self._place = place
        self._span = (0, 0)
        self.bar: EvidenceBar | None = None
        place.window_of_places.actions_table.connect("read.attribute", self.ask)
        place.state.document_changed.connect(self._close)

    def ask(self) -> None:
        """Show the row for what is selected."""
        state, messages = self._place.state, self._place.window_of_places.messages
        if not state.is_open:
            return
        messages.clear("show")
        span = (state.selection.start, state.selection.end)
        active = state.active_coding
        if span[0] == span[1] and active is not None:
            span = (active.start, active.end)
        if span[0] == span[1]:
            words = "There is nothing selected to show an attribute with."
            messages.report(UserError(words, "Select the words that show it first."), key="show")
            return
        attributes = list_attributes(self._place.bridge.project)
        if not attributes:
            messages.show(
                Notice(
                    "info",
                    "This project has no attributes of studies yet.",
                    "Country, setting and the like are added in the table of studies.",
                    (("Attributes and columns", self._add_attributes),),
                    key="show",
                    place="read",
                )
            )
            return
        self._span = span
        bar = self._ensure_bar()
        info = state.info
        cells = read_cells(self._place.bridge.project)
        study = info.study_id if info is not None else ""
        own = {attribute: cell for (one, attribute), cell in cells.items() if one == study}
        bar.show_attributes(attributes, own)
        bar.begin()

    def _add_attributes(self) -> None:
        window = self._place.window_of_places
        window.go("studies")
        window.actions_table.trigger("studies.columns")

    def _ensure_bar(self) -> EvidenceBar:
        if self.bar is None:
            self.bar = EvidenceBar()
            self.bar.given.connect(self._give)
            self.bar.left.connect(self._close)
            self._place.add_bar(self.bar)
        return self.bar

    def _give(self, attribute_id: str, text: str) -> None:
        bar, state = self.bar, self._place.state
        if bar is None or not state.is_open:
            return
        attribute = bar.choice.currentData()
        try:
            show_evidence(
                self._place.bridge.project, attribute_id, state.info_id, *self._span,
                parse_value(attribute, text),
            )  # fmt: skip
        except UserError as problem:
            bar.told.setText(f"{problem.message} {problem.hint or ''}".strip())
            return
        self._close()
        words = f"{attribute.name}: {text.strip()}" if text.strip() else attribute.name
        self._place.window_of_places.messages.success(f"{words}. The passage is kept.", undo=True)

    def _close(self) -> None:
        if self.bar is not None and self.bar.isVisibleTo(self._place):
            self.bar.hide()
            self._place.canvas.setFocus(Qt.FocusReason.OtherFocusReason)
