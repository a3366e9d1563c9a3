"""What one coding says, editable in place: used by the card and by the right panel."""

from collections.abc import Mapping
from datetime import datetime

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.coding.codebook import STAGE, VALENCE, Codebook, Facet, FacetValue
from app.coding.passages import Coding
from app.coding.people import CoderInfo
from app.ui.reading.facet_lines import FacetLines
from app.ui.reading.marks import Mark
from app.ui.reading.valence_row import ValenceRow
from app.ui.reading.values_button import ValuesButton
from app.ui.theme import icon, paint_swatch, px
from app.ui.widgets import Person, ValenceMark, button, label, tight

KEEP_AFTER_MS = 1200


class CodingForm(QWidget):
    """Valence, condition, stage, further facets, memo, who and when; emits what is changed."""

    valence_chosen = Signal(str)
    stage_toggled = Signal(str)
    facet_picked = Signal(str, str)
    """Facet and value that were chosen or taken away."""
    resized = Signal()
    condition_written = Signal(str, str)
    memo_written = Signal(str, str)
    recode_wanted = Signal(str)
    remove_wanted = Signal(str)
    left = Signal()

    def __init__(self, *, folds: bool = False) -> None:
        """Start empty; ``show_coding`` fills it. With ``folds`` further facets fold away."""
        super().__init__()
        self.coding_id = ""
        self._own = False
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._swatch = _Swatch()
        self._name = label("", "group", wrap=True)
        self._category = label("", "small", "text_2", wrap=True)
        self._mark = ValenceMark("")
        self.valences = ValenceRow(compact=True)
        self.condition = QLineEdit()
        self.stage = ValuesButton("Stage", numbered=True)
        self._stage_words = label("", "small", "text_2", wrap=True)
        self.further = FacetLines(folds=folds)
        self.memo = QPlainTextEdit()
        self._memo_words = label("", "small", "text", wrap=True)
        self._person = Person()
        self._made = label("", "small", "text_2", wrap=True)
        self.recode_button = button(
            "Change code", "small", icon=icon("pencil", size=14), tip="Change the code  F2"
        )
        self.remove_button = button(
            "Remove", "small", icon=icon("trash-2", size=14), tip="Remove the coding  Del"
        )
        self._where = label("", "small", "text_2")
        self._keep = QTimer(self, singleShot=True, interval=KEEP_AFTER_MS)
        self._build()
        self._connect()

    def _build(self) -> None:
        column = tight(QVBoxLayout(self), 8)
        head = tight(QHBoxLayout(), 8)
        head.addWidget(self._swatch, 0, Qt.AlignmentFlag.AlignTop)
        names = tight(QVBoxLayout(), 2)
        names.addWidget(self._name)
        names.addWidget(self._category)
        head.addLayout(names, 1)
        head.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        column.addWidget(self.valences)
        column.addWidget(self.condition)
        self.condition.setPlaceholderText("It depends on…")
        self.condition.setAccessibleName("Condition")
        self._stage_row = QWidget()
        stages = tight(QHBoxLayout(self._stage_row), 8)
        stages.addWidget(label("Stage", "small", "text_2"))
        stages.addWidget(self.stage)
        stages.addStretch(1)
        column.addWidget(self._stage_row)
        column.addWidget(self._stage_words)
        column.addWidget(self.further)
        column.addWidget(self.memo)
        column.addWidget(self._memo_words)
        self.memo.setPlaceholderText("Memo: why this code here?")
        self.memo.setAccessibleName("Memo")
        self.memo.setTabChangesFocus(True)
        self.memo.setFixedHeight(px(64))
        who = tight(QHBoxLayout(), 8)
        who.addWidget(self._person)
        who.addWidget(self._made, 1)
        column.addLayout(who)
        self._acts = QWidget()
        acts = tight(QHBoxLayout(self._acts), 8)
        acts.addWidget(self.recode_button)
        acts.addWidget(self.remove_button)
        acts.addStretch(1)
        acts.addWidget(self._where)
        column.addWidget(self._acts)

    def _connect(self) -> None:
        self.valences.chosen.connect(self.valence_chosen)
        self.stage.picked.connect(self.stage_toggled)
        self.further.picked.connect(self.facet_picked)
        self.further.resized.connect(self.resized)
        self.condition.editingFinished.connect(self._keep_condition)
        self.memo.textChanged.connect(self._keep.start)
        self._keep.timeout.connect(self.keep)
        self.recode_button.clicked.connect(lambda: self.recode_wanted.emit(self.coding_id))
        self.remove_button.clicked.connect(lambda: self.remove_wanted.emit(self.coding_id))
        self.memo.installEventFilter(self)
        self.condition.installEventFilter(self)

    def show_coding(
        self,
        coding: Coding,
        mark: Mark,
        codebook: Codebook | None,
        coders: Mapping[str, CoderInfo],
        where: str = "",
    ) -> None:
        """Show a coding; ``where`` says how many overlap ("2 of 3 here")."""
        if coding.id != self.coding_id:
            self.keep()
        self.coding_id, self._own = coding.id, mark.own
        number, colour = ("", mark.tint) if mark.tint.startswith("#") else (mark.tint, "")
        self._swatch.show_code(number, colour)
        self._name.setText(mark.name)
        self._category.setText(category_of(codebook, coding.code_id))
        valences, stages = facet(codebook, VALENCE), facet(codebook, STAGE)
        self.valences.show_values(valences)
        self.valences.choose(coding.valence)
        value = next((v for v in valences if v.key == coding.valence), None)
        self._show_condition(coding, value)
        self.stage.show_values(stages)
        self.stage.choose(coding.stages)
        self.further.show_coding(coding, codebook, own=mark.own)
        self._show_own(coding, mark, stages, value)
        self._show_person(coding, mark, coders.get(coding.coder_id))
        self._where.setText(where)

    def _show_condition(self, coding: Coding, value: FacetValue | None) -> None:
        if not self.condition.hasFocus() or self.condition.text() == "":
            self.condition.setText(coding.condition)
        needed = bool(coding.condition) or (value is not None and value.needs_condition)
        self.condition.setVisible(needed)
        self.condition.setReadOnly(not self._own)

    def _show_own(
        self, coding: Coding, mark: Mark, stages: tuple[FacetValue, ...], value: FacetValue | None
    ) -> None:
        own = mark.own
        if not (self.memo.hasFocus() and self._keep.isActive()) and (
            self.memo.toPlainText() != coding.memo
        ):
            self.memo.blockSignals(True)
            self.memo.setPlainText(coding.memo)
            self.memo.blockSignals(False)
        named = [stage.label for stage in stages if stage.key in coding.stages]
        self._stage_words.setText(f"Stage: {', '.join(named)}" if named else "")
        self._memo_words.setText(coding.memo)
        self._mark.show_valence("" if own else coding.valence, value.label if value else "")
        self._mark.setVisible(not own and bool(coding.valence))
        for editable in (self.valences, self._stage_row, self.memo, self._acts):
            editable.setVisible(own)
        self._stage_row.setVisible(own and bool(stages))
        self._stage_words.setVisible(not own and bool(named))
        self._memo_words.setVisible(not own and bool(coding.memo))

    def _show_person(self, coding: Coding, mark: Mark, coder: CoderInfo | None) -> None:
        name = coder.name if coder else "Unknown coder"
        kind = "you" if mark.own else "other"
        if coder is not None and coder.role == "consensus":
            kind = "consensus"
        self._person.show_person(coder.initials if coder else "?", kind, name)
        when = spoken_time(coding.made_at)
        text = ", ".join(part for part in ("You" if mark.own else name, when) if part)
        if not mark.own:
            text += ". Only they can change it."
        if coding.anchor_state == "review":
            text += " The passage is to be checked: its place in the text is not certain."
        self._made.setText(text)

    def keep(self) -> None:
        """Write what was typed but not kept yet."""
        if self._keep.isActive() and self.coding_id and self._own:
            self._keep.stop()
            self.memo_written.emit(self.coding_id, self.memo.toPlainText())

    def _keep_condition(self) -> None:
        if self.coding_id and self._own:
            self.condition_written.emit(self.coding_id, self.condition.text().strip())

    def focus_first(self) -> None:
        """Put the focus on the valence, or, where nothing can be changed, on the whole."""
        first = self.valences.entry()
        (first if self._own and first is not None else self).setFocus(Qt.FocusReason.TabFocusReason)

    def ask_condition(self) -> None:
        """Put the cursor into the condition."""
        self.condition.show()
        self.condition.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc and, in the memo, leaving the field keep what was typed."""
        if event.type() == QEvent.Type.FocusOut and watched is self.memo:
            self.keep()
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            ends = event.key() == Qt.Key.Key_Escape or (
                watched is self.condition and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            )
            if ends:
                self.keep()
                self._keep_condition()
                self.left.emit()
                return True
        return super().eventFilter(watched, event)


class _Swatch(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._number, self._colour = "", ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_code(self, number: str, colour: str) -> None:
        self._number, self._colour = number, colour
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(10), px(18))

    def paintEvent(self, event: QPaintEvent) -> None:
        box = QRectF(0, px(4), px(10), px(10))
        paint_swatch(QPainter(self), box, self._number, self._colour)


def facet(codebook: Codebook | None, key: str) -> tuple[FacetValue, ...]:
    """Return the values of a facet, none where the codebook lacks it."""
    found: Facet | None = None
    if codebook is not None:
        found = next((known for known in codebook.facets if known.key == key), None)
    return found.values if found is not None else ()


def category_of(codebook: Codebook | None, code_id: str) -> str:
    """Return cluster and category of a code in one line."""
    if codebook is None:
        return ""
    try:
        code = codebook.code(code_id)
    except KeyError:
        return ""
    cluster = codebook.cluster(code.cluster_id).name
    category = codebook.category(code.category_id).name if code.category_id else ""
    return f"{cluster}, {category}" if category else cluster


def spoken_time(made_at: str) -> str:
    """Return "14 November, 14:02" in local time, "" where the time is not known."""
    try:
        when = datetime.fromisoformat(made_at).astimezone()
    except ValueError:
        return ""
    year = "" if when.year == datetime.now().astimezone().year else f" {when.year}"
    return f"{when.day} {when:%B}{year}, {when:%H:%M}"
