"""What one coding says, editable in place: used by the card and by the right panel."""

from collections.abc import Mapping
from datetime import datetime

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
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
from app.ui.views.memo_box import MemoBox
from app.ui.widgets import Person, ValenceMark, button, label, tight

OWN_MEMO = "Why this code here?"
OTHERS_MEMO = "A memo of your own on their coding"
MEANING = 180
"""Characters of a definition that the card shows."""


class CodingForm(QWidget):
    """Valence, condition, stage, further facets, memo, who and when; emits what is changed."""

    valence_chosen = Signal(str)
    stage_toggled = Signal(str)
    facet_picked = Signal(str, str)
    """Facet and value that were chosen or taken away."""
    resized = Signal()
    condition_written = Signal(str, str)
    recode_wanted = Signal(str)
    remove_wanted = Signal(str)
    left = Signal()
    shown = Signal(str)
    """The id of the coding that is shown now, for what others have put below the memo."""

    def __init__(self, *, folds: bool = False) -> None:
        """Start empty; ``show_coding`` fills it. With ``folds`` further facets fold away."""
        super().__init__()
        self.coding_id = ""
        self._own = False
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._swatch = _Swatch()
        self._name = label("", "group", wrap=True)
        self._category = label("", "small", "text_2", wrap=True)
        self._definition = label("", "small", "text_2", wrap=True)
        self._definition.setVisible(False)
        self._says_meaning = folds
        self._mark = ValenceMark("")
        self._valence_words = label("", "small", "text_2", wrap=True)
        self.valences = ValenceRow(compact=True)
        self.condition = QLineEdit()
        self.stage = ValuesButton("Stage", numbered=True)
        self._stage_words = label("", "small", "text_2", wrap=True)
        self.further = FacetLines(folds=folds)
        self.memos = MemoBox("coding", grows=(64, 180))
        self.memo = self.memos.memo
        self._person = Person()
        self._made = label("", "small", "text_2", wrap=True)
        self.recode_button = button(
            "Change code", "small", icon=icon("pencil", size=14), tip="Change the code"
        )
        self.remove_button = button(
            "Remove", "small", icon=icon("trash-2", size=14), tip="Remove the coding"
        )
        self._where = label("", "small", "text_2")
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
        column.addWidget(self._definition)
        column.addWidget(self.valences)
        column.addWidget(self._valence_words)
        column.addWidget(self.condition)
        self.condition.setPlaceholderText("It depends on…")
        self.condition.setAccessibleName("Condition")
        self._stage_row = QWidget()
        stages = tight(QHBoxLayout(self._stage_row), 8)
        self._stage_name = label("Stage", "small", "text_2")
        stages.addWidget(self._stage_name)
        stages.addWidget(self.stage)
        stages.addStretch(1)
        column.addWidget(self._stage_row)
        column.addWidget(self._stage_words)
        column.addWidget(self.further)
        column.addWidget(self.memos)
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
        self.further.resized.connect(self._align)
        self.further.resized.connect(self.resized)
        self.condition.editingFinished.connect(self._keep_condition)
        self.memos.resized.connect(self.resized)
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
        self._show_meaning(codebook, coding.code_id)
        valences, stages = facet(codebook, VALENCE), facet(codebook, STAGE)
        self.valences.show_values(valences)
        self.valences.choose(coding.valence)
        value = next((v for v in valences if v.key == coding.valence), None)
        told = value.label if value is not None else coding.valence or "none given"
        self._valence_words.setText(f"Valence: {told}")
        self._valence_words.setVisible(bool(valences) and (mark.own or bool(coding.valence)))
        self._show_condition(coding, value)
        self.stage.show_values(stages)
        self.stage.choose(coding.stages)
        self.further.show_coding(coding, codebook, own=mark.own)
        self._align()
        self._show_own(coding, mark, stages, value)
        self._show_person(coding, mark, coders.get(coding.coder_id))
        self._where.setText(where)
        self.shown.emit(coding.id)

    def add_below_memo(self, widget: QWidget) -> None:
        """Put a further note below the memo."""
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        column.insertWidget(column.indexOf(self.memos) + 1, widget)

    def show_keys(self, recode: str, remove: str) -> None:
        """Say in the tooltips which keys do the same."""
        self.recode_button.setToolTip(f"Change the code  {recode}".strip())
        self.remove_button.setToolTip(f"Remove the coding  {remove}".strip())

    def _align(self) -> None:
        """Let the stage stand in one column with the facets below it."""
        row = self._stage_row.layout()
        spacing = row.spacing() if row is not None else 0
        self._stage_name.setMinimumWidth(max(self.further.name_width - spacing, 0))

    def _show_meaning(self, codebook: Codebook | None, code_id: str) -> None:
        """Say in the card what the code means; the panel has more room for it below."""
        try:
            meaning = codebook.code(code_id).definition if codebook is not None else ""
        except KeyError:
            meaning = ""
        self._definition.setText(shortened(meaning, MEANING))
        self._definition.setToolTip(meaning if len(meaning) > MEANING else "")
        self.say_meaning(self._says_meaning)

    def say_meaning(self, wanted: bool) -> None:
        """Show what the code means, and of which category it is, or leave both out."""
        self._definition.setVisible(wanted and bool(self._definition.text()))
        self._category.setVisible(wanted or not self._says_meaning)

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
        self.memos.show_subject("coding", coding.id)
        self.memos.memo.setPlaceholderText(OWN_MEMO if own else OTHERS_MEMO)
        named = [stage.label for stage in stages if stage.key in coding.stages]
        self._stage_words.setText(f"Stage: {', '.join(named)}" if named else "")
        self._mark.show_valence("" if own else coding.valence, value.label if value else "")
        self._mark.setVisible(not own and bool(coding.valence))
        for editable in (self.valences, self._stage_row, self._acts):
            editable.setVisible(own)
        self._stage_row.setVisible(own and bool(stages))
        self._stage_words.setVisible(not own and bool(named))

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
        self.memo.keep()

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
        """Esc keeps what was typed and goes back."""
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


def shortened(text: str, most: int) -> str:
    """Return a text cut after a word where it is longer than ``most`` characters."""
    return text if len(text) <= most else f"{text[:most].rpartition(' ')[0].rstrip(' ,;:.')} …"


def spoken_time(made_at: str) -> str:
    """Return "14 November, 14:02" in local time, "" where the time is not known."""
    try:
        when = datetime.fromisoformat(made_at).astimezone()
    except ValueError:
        return ""
    year = "" if when.year == datetime.now().astimezone().year else f" {when.year}"
    return f"{when.day} {when:%B}{year}, {when:%H:%M}"
