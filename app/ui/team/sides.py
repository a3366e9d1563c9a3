"""Versions of one thing side by side; none is chosen until somebody chooses."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QRadioButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.coding.handin_facts import Side, TrueConflict
from app.ui.dates import spoken_date
from app.ui.widgets import label, tight


class SideCard(QFrame):
    """One version, with the button that chooses it."""

    def __init__(self, side: Side, heading: str) -> None:
        super().__init__()
        self.setProperty("look", "card")
        self.choose = QRadioButton(heading)
        self.choose.setAccessibleName(f"{heading}: {side.row.words or side.row.title}")
        head = tight(QHBoxLayout(), 8)
        head.addWidget(self.choose, 1)
        head.addWidget(label(spoken_date(side.at), "small", "text_2"))
        column = tight(QVBoxLayout(self), 6, (12, 10, 12, 12))
        column.addLayout(head)
        row = side.row
        if side.is_gone:
            column.addWidget(label("Removed", "body", "text_2"))
        else:
            if row.words:
                quoted = f"“{row.words}”" if row.kind == "coding" else row.words
                column.addWidget(label(quoted, "body", wrap=True))
            column.addWidget(label(row.title, "name", wrap=True))
            for name, value in row.details:
                column.addWidget(label(f"{name}: {value}", "small", "text_2", wrap=True))
        column.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)


class ConflictSides(QWidget):
    """One conflict; ``chosen`` carries the revision that is to count."""

    chosen = Signal(str)

    def __init__(self, conflict: TrueConflict, number: str = "") -> None:
        """Show all versions; ``number`` is "1 of 2"."""
        super().__init__()
        self.conflict = conflict
        self.answer = ""
        self.cards: list[SideCard] = []
        self._group = QButtonGroup(self)
        column = tight(QVBoxLayout(self), 6)
        column.addWidget(label(conflict.title, "name", wrap=True))
        head = tight(QHBoxLayout(), 8)
        head.addWidget(label(conflict.question(), "small", "text_2", wrap=True), 1)
        head.addWidget(label(number, "small", "text_2"))
        column.addLayout(head)
        row = tight(QHBoxLayout(), 12)
        for at, side in enumerate(conflict.sides):
            card = SideCard(side, _heading(conflict, side, at))
            card.choose.clicked.connect(self._chooser(side.revision_id))
            self._group.addButton(card.choose)
            self.cards.append(card)
            row.addWidget(card, 1)
        column.addLayout(row)

    @property
    def key(self) -> tuple[str, str]:
        """The row that the conflict is about."""
        return self.conflict.conflict.kind, self.conflict.conflict.row_id

    def _chooser(self, revision_id: str) -> Callable[[], None]:
        def choose() -> None:
            self.answer = revision_id
            self.chosen.emit(revision_id)

        return choose


def _heading(conflict: TrueConflict, side: Side, at: int) -> str:
    if not conflict.one_person:
        return side.coder or "Someone"
    names = {other.device for other in conflict.sides}
    return side.device if side.device and len(names) > 1 else f"Copy {at + 1}"
