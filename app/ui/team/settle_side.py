"""The right panel of Differences: what was coded, what the code means, how to decide."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.ui.actions import Actions
from app.ui.dates import spoken_date
from app.ui.team.settle_acts import ActGrid, AskForm
from app.ui.team.settle_cards import CardLine, coder_card, definition_block, thread_block
from app.ui.team.settle_choices import Act
from app.ui.team.settle_facts import Facts, decision_of
from app.ui.team.settle_lanes import LaneHead
from app.ui.team.settle_rows import Row
from app.ui.widgets import KeyCap, button, clear, frame, label, line, tight

MOST_PRECEDENTS = 3
ADJUSTING = "Select the words that count with the mouse or the keys of the page."


class SettleSide(QWidget):
    """Shows one difference; ``wanted`` and ``pointed`` carry the names of decisions."""

    wanted = Signal(str)
    pointed = Signal(str)
    gone_to = Signal(str)
    """The key of the row of an earlier decision."""
    noted = Signal(str)
    """Words to be added to the thread of the difference."""
    taken = Signal()
    left = Signal()

    def __init__(self, actions: Actions) -> None:
        """Build it, empty."""
        super().__init__()
        self._actions = actions
        self.grid = ActGrid(actions)
        self.form = AskForm()
        self.note = QLineEdit()
        self.note.setPlaceholderText("Add a note")
        self.note.setAccessibleName("Add a note")
        self._content = QWidget()
        self._column = tight(QVBoxLayout(self._content), 12, (16, 14, 16, 14))
        self._scroll = QScrollArea()
        self._lower = QStackedWidget()
        self._caps: list[tuple[KeyCap, str]] = []
        self._build()
        self.grid.wanted.connect(self.wanted)
        self.grid.pointed.connect(self.pointed)
        self.note.returnPressed.connect(self._send_note)
        actions.keys_changed.connect(self._show_caps)

    def _build(self) -> None:
        panel = frame("panel_right")
        column = tight(QVBoxLayout(panel))
        self._scroll.setWidget(self._content)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column.addWidget(self._scroll, 1)
        column.addWidget(line())
        decide = QWidget()
        rows = tight(QVBoxLayout(decide), 8, (16, 10, 16, 12))
        rows.addWidget(label("Decide", "small", "text_2"))
        rows.addWidget(self.grid)
        rows.addStretch(1)
        asking = QWidget()
        rows = tight(QVBoxLayout(asking), 8, (16, 12, 16, 12))
        rows.addWidget(self.form)
        rows.addStretch(1)
        for page in (decide, asking, self._adjust_page(), QWidget()):
            self._lower.addWidget(page)
        column.addWidget(self._lower)
        column.addWidget(line())
        column.addLayout(self._foot())
        tight(QVBoxLayout(self)).addWidget(panel)

    def _adjust_page(self) -> QWidget:
        page = QWidget()
        rows = tight(QVBoxLayout(page), 8, (16, 12, 16, 12))
        rows.addWidget(label("Set the ends", "small_group"))
        rows.addWidget(label(ADJUSTING, "small", "text_2", wrap=True))
        acts = tight(QHBoxLayout(), 8)
        take, cancel = button("Take these words", "primary"), button("Cancel", "quiet")
        take.clicked.connect(self.taken)
        cancel.clicked.connect(self.left)
        for made, key in ((take, "Enter"), (cancel, "Esc")):
            acts.addWidget(made)
            acts.addWidget(KeyCap(key))
        acts.addStretch(1)
        rows.addLayout(acts)
        rows.addStretch(1)
        return page

    def _foot(self) -> QHBoxLayout:
        foot = tight(QHBoxLayout(), 6, (16, 8, 16, 8))
        for ids, words in (
            (("settle.previous", "settle.next"), "Previous, next"),
            (("edit.undo",), "Undo"),
        ):
            for action_id in ids:
                cap = KeyCap(self._cap(action_id))
                self._caps.append((cap, action_id))
                foot.addWidget(cap)
            foot.addWidget(label(words, "small", "text_2"))
            if len(ids) > 1:
                foot.addStretch(1)
        return foot

    def _cap(self, action_id: str) -> str:
        names = self._actions.key_names(action_id)
        return "Z" if "Z" in names else self._actions.cap(action_id)

    def _show_caps(self) -> None:
        for cap, action_id in self._caps:
            cap.show_key(self._cap(action_id))

    # -- what is shown -----------------------------------------------------------------------

    def show_acts(self, acts: Sequence[Act]) -> None:
        """Offer these decisions; none where there is nothing to decide."""
        self.grid.show_acts([(act.name, act.words, act.action_id, act.why) for act in acts])
        self._lower.setCurrentIndex(0 if acts else 3)
        self._lower.setVisible(bool(acts))

    def show_decide(self) -> None:
        """Show the decisions instead of a question."""
        self._lower.setCurrentIndex(0)

    def show_asking(self) -> None:
        """Show the form that asks."""
        self._lower.setCurrentIndex(1)

    def show_adjusting(self) -> None:
        """Say how the ends are set."""
        self._lower.setCurrentIndex(2)

    @property
    def is_asking(self) -> bool:
        """True while a reason or question is asked for."""
        return self._lower.currentIndex() == 1

    def show_difference(
        self,
        row: Row,
        facts: Facts,
        cards: Sequence[tuple[LaneHead, Sequence[CardLine]]],
        precedents: Sequence[tuple[Row, str]],
        names: Mapping[str, str],
    ) -> None:
        """Show one difference; ``precedents`` are rows with what was decided, in words."""
        keep = self.note.text()
        self.note.setParent(None)
        clear(self._column)
        if facts.stale:
            self._column.addWidget(self._notice(facts.stale))
        told = _decided(row, names)
        if told:
            self._column.addWidget(label(told, "small", "text_2", wrap=True))
        for head, lines in cards:
            self._column.addWidget(coder_card(head, lines, "Nothing coded here."))
        for code in facts.codes:
            self._column.addWidget(definition_block(code))
        if precedents:
            self._column.addWidget(self._precedents(precedents))
        if facts.thread:
            self._column.addWidget(thread_block(facts.thread, names))
        if decision_of(row) is not None:
            self.note.setText(keep)
            self._column.addWidget(self.note)
            self.note.show()
        self._column.addStretch(1)
        self._scroll.verticalScrollBar().setValue(0)

    def show_nothing(self) -> None:
        """Show that no difference is chosen."""
        self.note.setParent(None)
        clear(self._column)
        self.show_acts(())

    def _notice(self, words: str) -> QWidget:
        notice = frame("notice_warning")
        inside = tight(QVBoxLayout(notice), 4, (12, 8, 12, 8))
        inside.addWidget(label(words, "small", wrap=True))
        return notice

    def _precedents(self, precedents: Sequence[tuple[Row, str]]) -> QWidget:
        holder = QWidget()
        column = tight(QVBoxLayout(holder), 2)
        number = len(precedents)
        more = f" ({MOST_PRECEDENTS} of {number})" if number > MOST_PRECEDENTS else ""
        column.addWidget(label(f"Earlier decisions on this code{more}", "small", "text_2"))
        for row, words in precedents[:MOST_PRECEDENTS]:
            decision = decision_of(row)
            line_ = tight(QHBoxLayout(), 8)
            go = button(f"{row.where}: {words}", "link")
            go.setToolTip("Go to that difference")
            go.clicked.connect(lambda _on=False, key=row.key: self.gone_to.emit(key))
            line_.addWidget(go)
            line_.addStretch(1)
            at = spoken_date(decision.at) if decision is not None else ""
            line_.addWidget(label(at, "small", "text_2"))
            column.addLayout(line_)
        return holder

    def _send_note(self) -> None:
        words = self.note.text().strip()
        if words:
            self.note.clear()
            self.noted.emit(words)


def _decided(row: Row, names: Mapping[str, str]) -> str:
    decision = decision_of(row)
    if decision is None:
        return ""
    who = names.get(decision.coder_id, "")
    reason = f" Reason: {decision.reason}" if decision.reason else ""
    return f"Decided by {who}, {spoken_date(decision.at)}.{reason}" if who else ""
