"""The attributes of one study as a form: your values, what others say, what the team settled."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QMenu, QVBoxLayout, QWidget

from app.coding.attribute_values import AttributeCell, ValueInfo
from app.coding.attributes import AttributeInfo
from app.ui.theme import icon, px
from app.ui.views.attribute_edit import ValueEdit
from app.ui.views.people import Person, short_names
from app.ui.widgets import Tag, button, icon_button, label, tight
from app.ui.widgets.elided import ElidedLabel

NOBODY = Person("", "Another coder", "?", "other")
TAGS = {"differ": ("Differ", "warning"), "agree": ("Agree", "plain")}


class AttributeForm(QWidget):
    """One line for each attribute. Signals carry the study's id where they concern it."""

    written = Signal(str, str, str)
    """Study, attribute, what was typed."""
    settled = Signal(str, str, object, str, str)
    """Study, attribute, values (none opens the question again), id of the value taken, why."""
    evidence_asked = Signal(object)
    evidence_dropped = Signal(str)
    attributes_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.study_id = ""
        self.fields: dict[str, ValueEdit] = {}
        self._grid = tight(QGridLayout(self), 8)
        self._grid.setColumnStretch(1, 1)
        self._people: Mapping[str, Person] = {}

    def field(self, attribute_id: str) -> ValueEdit:
        """Return the field of an attribute."""
        return self.fields[attribute_id]

    def show_study(
        self,
        study_id: str,
        attributes: Sequence[AttributeInfo],
        cells: Mapping[str, AttributeCell],
        people: Mapping[str, Person],
        known: Mapping[str, Sequence[str]],
    ) -> None:
        """Fill an empty form; ``known`` are values that other studies have, by attribute."""
        self.study_id, self._people = study_id, people
        for number, attribute in enumerate(attributes):
            cell = cells.get(attribute.id, AttributeCell())
            self._add_line(number, attribute, cell, known.get(attribute.id, ()))
        last = len(attributes)
        if not attributes:
            words = "Record of each study what your review compares: country, setting, design."
            self._grid.addWidget(label(words, "body", "text_2", wrap=True), 0, 0, 1, 2)
        add = button("Attributes and columns", "quiet", icon=icon("table-2"))
        add.setToolTip("Add, change and order attributes; choose columns")
        add.clicked.connect(self.attributes_asked)
        self._grid.addWidget(add, last + 1, 0, 1, 2, Qt.AlignmentFlag.AlignLeft)

    def _add_line(
        self, number: int, attribute: AttributeInfo, cell: AttributeCell, known: Sequence[str]
    ) -> None:
        name = ElidedLabel(attribute.head, "small", "text_2")
        name.setFixedWidth(px(96))
        name.setMinimumHeight(px(30))
        self._grid.addWidget(name, number, 0, Qt.AlignmentFlag.AlignTop)
        field = ValueEdit(attribute, known)
        field.setText(cell.own.text if cell.own is not None else "")
        field.setCursorPosition(0)
        self.fields[attribute.id] = field
        column = tight(QVBoxLayout(), 2)
        first = tight(QHBoxLayout(), 4)
        first.addWidget(field, 1)
        if cell.evidence is not None:
            first.addWidget(self._passage_button(cell.evidence))
        column.addLayout(first)
        problem = label("", "small", "error", wrap=True)
        problem.hide()
        column.addWidget(problem)
        if cell.others or cell.settled is not None:
            column.addLayout(self._others(attribute, cell))
        self._grid.addLayout(column, number, 1)
        field.problem_changed.connect(partial(_tell, problem))
        field.editingFinished.connect(partial(self._write, attribute.id, field, cell))

    def _passage_button(self, value: ValueInfo) -> QWidget:
        words = " ".join(value.quote.split())
        tip = f"“{words[:200]}”"
        if value.anchor_state == "orphan":
            tip = f"Its words are no longer found in the text: {tip}"
        shown = icon_button(icon("quote"), "Passage that shows this", tip=tip, size=16)
        menu = QMenu(shown)
        menu.addAction(f"Show the passage on page {value.page}", partial(self._show, value))
        own = self._people.get(value.coder_id)
        if own is not None and own.kind == "you":
            drop = menu.addAction("Take the passage away from this value")
            drop.triggered.connect(lambda: self.evidence_dropped.emit(value.id))
        shown.clicked.connect(partial(self._show, value))
        shown.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        shown.customContextMenuRequested.connect(lambda at: menu.popup(shown.mapToGlobal(at)))
        return shown

    def _show(self, value: ValueInfo, *_ignored: object) -> None:
        self.evidence_asked.emit(value)

    def _others(self, attribute: AttributeInfo, cell: AttributeCell) -> QVBoxLayout:
        column = tight(QVBoxLayout(), 2, (0, 0, 0, 4))
        short = short_names(self._people.values())
        for other in cell.others:
            person = self._people.get(other.coder_id, NOBODY)
            name = short.get(person.id, person.name)
            line = ElidedLabel(f"{name}: {other.text}", "small", "text_2")
            column.addWidget(line)
        foot = tight(QHBoxLayout(), 6)
        if cell.settled is not None:
            foot.addWidget(Tag(f"Settled: {cell.settled.text}", "plain", "check"))
        elif cell.state in TAGS:
            foot.addWidget(Tag(*TAGS[cell.state]))
        settle = button("Settle", "link")
        settle.setToolTip("Choose the value of the team")
        settle.setAccessibleName(f"Settle {attribute.name}")
        settle.clicked.connect(lambda: self._settle_menu(attribute, cell, settle))
        foot.addWidget(settle)
        foot.addStretch(1)
        column.addLayout(foot)
        if cell.settled is not None:
            column.addWidget(self._reason(attribute, cell.settled))
        return column

    def _reason(self, attribute: AttributeInfo, settled: ValueInfo) -> QLineEdit:
        """Return the field for why the team settled on this value."""
        field = QLineEdit(settled.note)
        field.setPlaceholderText("Why this value")
        field.setAccessibleName(f"Why the team settled on this {attribute.name}")
        field.setCursorPosition(0)

        def keep() -> None:
            if field.text().strip() != settled.note:
                said = (settled.values, settled.id, field.text().strip())
                self.settled.emit(settled.study_id, attribute.id, *said)

        field.editingFinished.connect(keep)
        return field

    def _settle_menu(self, attribute: AttributeInfo, cell: AttributeCell, by: QWidget) -> None:
        menu = QMenu(by)
        offered: list[ValueInfo] = []
        for value in (*((cell.own,) if cell.own else ()), *cell.others):
            if not any(value.same_as(one) for one in offered):
                offered.append(value)
        for value in offered:
            who = [
                "you" if one is cell.own else self._people.get(one.coder_id, NOBODY).name
                for one in (*((cell.own,) if cell.own else ()), *cell.others)
                if one.same_as(value)
            ]
            said = (attribute.id, value.values, value.id, "")
            act = partial(self.settled.emit, self.study_id, *said)
            menu.addAction(f"{value.text} ({', '.join(who)})", act)
        if cell.settled is not None:
            menu.addSeparator()
            act = partial(self.settled.emit, self.study_id, attribute.id, (), "", "")
            menu.addAction("Open the question again", act)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(by.mapToGlobal(by.rect().bottomLeft()))

    def _write(self, attribute_id: str, field: ValueEdit, cell: AttributeCell) -> None:
        before = cell.own.text if cell.own is not None else ""
        if field.text().strip() != before and field.value_fits():
            self.written.emit(self.study_id, attribute_id, field.text())


def _tell(line: object, words: str, hint: str) -> None:
    line.setText(f"{words} {hint}".strip())  # type: ignore[attr-defined]
    line.setVisible(bool(words))  # type: ignore[attr-defined]
