"""What a codebook file would change, before anything is written."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.coding.codebook import Code
from app.coding.codebook_files import ChangedCode, Plan
from app.ui.theme import px
from app.ui.views.code_side import diff_html
from app.ui.views.studies_rows import count
from app.ui.widgets import Tag, button, clear, frame, label, line, tight

MOST_SHOWN = 200
TEXT_WIDTH = 760


class ImportPreview(QWidget):
    """New, changed and missing codes; ``accepted`` carries whether the missing ones retire."""

    accepted = Signal(bool)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.retire = QCheckBox()
        self.main = button("Take in", "primary")
        self._cancel = button("Cancel", "quiet")
        self._head = label("", "title", wrap=True)
        self._told = label("", "body", "text_2", wrap=True)
        self._list = tight(QVBoxLayout(), 8)
        self._build()
        self.main.clicked.connect(lambda: self.accepted.emit(self.retire.isChecked()))
        self._cancel.clicked.connect(self.left)

    def _build(self) -> None:
        ground = frame("base")
        tight(QVBoxLayout(self)).addWidget(ground)
        column = tight(QVBoxLayout(ground), 8, (36, 24, 36, 24))
        column.addWidget(self._head)
        column.addWidget(self._told)
        row = tight(QHBoxLayout(), 8)
        row.addWidget(self.main)
        row.addWidget(self._cancel)
        row.addWidget(self.retire)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(line())
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setAccessibleName("What the file changes")
        holder = frame("base")
        inside = tight(QVBoxLayout(holder))
        width = QWidget()
        width.setMaximumWidth(px(TEXT_WIDTH))
        width.setLayout(self._list)
        inside.addWidget(width)
        inside.addStretch(1)
        area.setWidget(holder)
        column.addWidget(area, 1)

    def show_plan(self, file_name: str, plan: Plan) -> None:
        """Show what a file would change; nothing is written yet."""
        self._head.setText(f"Take in {file_name}?")
        self._told.setText(f"{plan.sentence()}. Nothing is written yet; one undo takes it back.")
        self.main.setEnabled(plan.changes_anything or bool(plan.missing))
        self.main.setToolTip("" if self.main.isEnabled() else "The file changes nothing")
        self.retire.setText(f"Retire {count(len(plan.missing), 'code')} that the file lacks")
        self.retire.setVisible(bool(plan.missing))
        self.retire.setChecked(False)
        clear(self._list)
        if plan.groups:
            self._list.addWidget(_line("New groups", ", ".join(plan.groups)))
        self._add("New", "success", [_new(code) for code in plan.new[:MOST_SHOWN]])
        self._add("Changed", "info", [_changed(one) for one in plan.changed[:MOST_SHOWN]])
        missing = [_line(code.name, "") for code in plan.missing[:MOST_SHOWN]]
        self._add("Not in the file", "plain", missing)
        if not plan.changes_anything:
            words = "The project says the same already."
            self._list.addWidget(label(words, "body", "text_2"))
        self._list.addStretch(1)
        self.main.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes it in, Esc leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.main.isEnabled():
            self.main.click()
        else:
            super().keyPressEvent(event)

    def _add(self, head: str, kind: str, rows: Sequence[QWidget]) -> None:
        if not rows:
            return
        top = QWidget()
        row = tight(QHBoxLayout(top), 8, (0, 8, 0, 0))
        row.addWidget(Tag(f"{head} {len(rows)}", kind))
        row.addStretch(1)
        self._list.addWidget(top)
        for one in rows:
            self._list.addWidget(one)


def _new(code: Code) -> QWidget:
    return _line(code.name, code.definition)


def _changed(one: ChangedCode) -> QWidget:
    made = _line(one.name, "")
    column = made.layout()
    assert column is not None
    for change in one.changes:
        words = label("", "body", wrap=True)
        words.setTextFormat(Qt.TextFormat.RichText)
        words.setText(diff_html(change))
        column.addWidget(words)
    return made


def _line(name: str, text: str) -> QWidget:
    made = QWidget()
    column = tight(QVBoxLayout(made), 2)
    column.addWidget(label(name, "name", wrap=True))
    if text:
        column.addWidget(label(text, "small", "text_2", wrap=True))
    return made
