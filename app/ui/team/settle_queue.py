"""The left panel of Differences: how far it is, the filters, the queue."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QProgressBar,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.coding.people import RoundInfo
from app.ui.settings import settings
from app.ui.team.settle_list import DifferencesList
from app.ui.team.settle_rows import (
    KIND_WORDS,
    STATE_WORDS,
    Filters,
    Queue,
    Row,
    pairs_of,
)
from app.ui.theme import icon
from app.ui.views.choice_chip import Choice, ChoiceChip
from app.ui.views.toggle_chip import ToggleChip
from app.ui.widgets import Chip, EmptyView, FlowLayout, button, frame, icon_button, label, tight

FILTERS_SHOWN = "team.settle.filters"
CHIPS = ("Kind", "Code", "Study", "Coders", "State")


class SettleQueue(QWidget):
    """Tells by ``filtered`` that other rows are wanted; the view gives them with ``show_rows``."""

    filtered = Signal()
    round_wanted = Signal(str)
    own_wanted = Signal(bool)
    accept_wanted = Signal()

    def __init__(self) -> None:
        """Build it, empty."""
        super().__init__()
        self.list = DifferencesList()
        self.rounds: tuple[RoundInfo, ...] = ()
        self.round_chip = Chip("Round", removable=False)
        self.round_chip.set_menu(self._round_menu)
        self.own = ToggleChip("You and consensus", lambda _row: True)
        self.chips = {name: ChoiceChip(name) for name in CHIPS}
        self.meaning = ToggleChip("Definition changed since", lambda row: row.meaning_changed)
        self.funnel = icon_button(icon("funnel"), "Filters", tip="Show or hide the filters")
        self.funnel.setCheckable(True)
        self.accept = button("Accept agreed", "small", icon=icon("copy-check"))
        self._done = label("", "group")
        self._left = label("", "small", "text_2")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._head = label("Differences", "small", "text_2")
        self._effect = label("Effect on alpha", "small", "text_2")
        self._effect.setToolTip("How much the alpha of the code would rise if this were settled")
        self.empty = EmptyView("check", "All settled", "")
        self._filters = QWidget()
        self._build()
        self._connect()

    def _build(self) -> None:
        panel = frame("panel_left")
        column = tight(QVBoxLayout(panel))
        top = tight(QVBoxLayout(), 8, (14, 12, 14, 8))
        words = tight(QHBoxLayout(), 8)
        words.addWidget(self._done, 1)
        words.addWidget(self._left)
        top.addLayout(words)
        top.addWidget(self._bar)
        row = tight(QHBoxLayout(), 8)
        row.addWidget(self.round_chip)
        row.addWidget(self.own)
        row.addStretch(1)
        row.addWidget(self.funnel)
        top.addLayout(row)
        flow = FlowLayout(spacing=6)
        for chip in (*self.chips.values(), self.meaning):
            flow.addWidget(chip)
        self._filters.setLayout(flow)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self._filters.setSizePolicy(policy)
        top.addWidget(self._filters)
        top.addWidget(self.accept)
        heads = tight(QHBoxLayout(), 8, (10, 2, 8, 0))
        heads.addWidget(self._head, 1)
        heads.addWidget(self._effect)
        top.addLayout(heads)
        column.addLayout(top)
        # No stack: it would keep the panel as wide as the sentence that is not shown.
        column.addWidget(self.list, 1)
        column.addWidget(self.empty, 1)
        self.empty.hide()
        tight(QVBoxLayout(self)).addWidget(panel)
        shown = bool(settings().value(FILTERS_SHOWN, False))
        self.funnel.setChecked(shown)
        self._filters.setVisible(shown)

    def _connect(self) -> None:
        for chip in self.chips.values():
            chip.changed.connect(self.filtered)
        self.meaning.toggled_by_hand.connect(self.filtered)
        self.own.toggled_by_hand.connect(lambda: self.own_wanted.emit(self.own.is_set))
        self.funnel.toggled.connect(self._show_filters)
        self.accept.clicked.connect(self.accept_wanted)

    def filters(self) -> Filters:
        """Return what is to be shown."""
        keys = {name: chip.keys for name, chip in self.chips.items()}
        return Filters(
            keys["Code"], keys["Study"], keys["Coders"], keys["Kind"], keys["State"],
            self.meaning.is_set,
        )  # fmt: skip

    def clear_filters(self) -> None:
        """Let everything through that is to be settled."""
        self.meaning.set_on(False)
        for chip in self.chips.values():
            if chip.keys:
                chip.choose(())
        self.filtered.emit()

    def show_queue(
        self, queue: Queue, rounds: Sequence[RoundInfo], names: Sequence[tuple[str, str]]
    ) -> None:
        """Show progress and offer filters; ``names`` are coder ids with the names to show."""
        self.rounds = tuple(rounds)
        known = next((r.name for r in rounds if r.id == queue.round_id), "Round")
        self.round_chip.show_state(known, False)
        self.round_chip.setVisible(len(rounds) > 1)
        total, settled = queue.total, queue.settled
        if queue.own:
            same = sum(row.state == "agreed" for row in queue.rows)
            self._done.setText(f"{same} of {len(queue.rows)} as the consensus")
            total, settled = len(queue.rows), same
            self._left.setText(f"{len(queue.rows) - same} differ")
        else:
            self._done.setText(f"{settled:,} of {total:,} settled")
            self._left.setText(f"{total - settled:,} open")
        self._bar.setRange(0, max(total, 1))
        self._bar.setValue(settled)
        self._bar.setAccessibleName(self._done.text())
        agreed = 0 if queue.own else len(queue.agreed)
        self.accept.setText(f"Accept {agreed:,} agreed")
        self.accept.setToolTip("Take what all coders agree on into the consensus, in one act")
        self.accept.setVisible(agreed > 0)
        self._offer(queue, dict(names))

    def show_rows(self, rows: Sequence[Row], key: str) -> None:
        """Show these rows with the cursor on one of them."""
        self.list.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        self.list.show_rows(rows, key)

    def _offer(self, queue: Queue, names: dict[str, str]) -> None:
        kinds = {row.kind for row in queue.rows if row.counts}
        states = {row.state for row in queue.rows}
        codes: dict[str, str] = {}
        pairs: dict[str, str] = {}
        for row in queue.rows:
            for code in row.code_ids:
                codes.setdefault(code, _code_name(queue, code))
            for pair in pairs_of(row.coders):
                one, _, other = pair.partition(" ")
                pairs[pair] = f"{names.get(one, '?')} and {names.get(other, '?')}"
        studies = {row.document_id: row.where for row in queue.rows if row.document_id}
        offered = {
            "Kind": [(k, words) for k, words in KIND_WORDS.items() if k in kinds],
            "Code": sorted(codes.items(), key=lambda pair: pair[1].casefold()),
            "Study": sorted(studies.items(), key=lambda pair: pair[1].casefold()),
            "Coders": sorted(pairs.items(), key=lambda pair: pair[1]),
            "State": [(s, words) for s, words in STATE_WORDS.items() if s in states],
        }
        for name, found in offered.items():
            chip = self.chips[name]
            wanted = [Choice(key, words) for key, words in found]
            if list(chip.model.choices) != wanted:
                chip.set_choices(wanted)
        self.chips["Coders"].setVisible(len(pairs) > 1)

    def _round_menu(self) -> QMenu:
        menu = QMenu(self)
        for known in self.rounds:
            act = menu.addAction(known.name)
            act.triggered.connect(lambda _on=False, key=known.id: self.round_wanted.emit(key))
        return menu

    def _show_filters(self, shown: bool) -> None:
        self._filters.setVisible(shown)
        settings().remember(FILTERS_SHOWN, shown)
        if not shown and self.filters() != Filters():
            self.clear_filters()


def _code_name(queue: Queue, code_id: str) -> str:
    try:
        return queue.codebook.code(code_id).name if queue.codebook is not None else ""
    except KeyError:
        return "Unknown code"
