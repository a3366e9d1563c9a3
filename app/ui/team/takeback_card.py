"""The card that lists what was built on a file before it is taken back."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from app.coding.row_words import RowWords
from app.models.receipts import Dependents, ReceiptInfo
from app.ui.dates import counted
from app.ui.team.form_card import FormCard
from app.ui.widgets import clear, frame, label, tight

MOST = 40


class TakeBackCard(FormCard):
    """``agreed`` when the file is to be taken back."""

    agreed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, "Take back", "", "Take back", size=(620, 480))
        self.receipt: ReceiptInfo | None = None
        self.act = self._agree
        inner = frame("raised")
        self.lines = tight(QVBoxLayout(inner), 6)
        area = QScrollArea()
        area.setWidget(inner)
        area.setWidgetResizable(True)
        self.fields.addWidget(area, 1)
        self.foot_words.setText("Its entries stay in the log. Taken in again, they count again.")

    def show_receipt(
        self, receipt: ReceiptInfo, found: Dependents, rows: Sequence[RowWords]
    ) -> None:
        """Say what would be left without its ground."""
        self.receipt = receipt
        self.heading.setText(f"Take back {receipt.source_name}?")
        every = counted(sum(receipt.rows.values()), "entry", "entries")
        self.sentence.setText(f"{every} that it brought will not count any more.")
        clear(self.lines)
        for text in _sentences(found):
            self.lines.addWidget(label(text, "body", wrap=True))
        for row in rows[:MOST]:
            where = f", {row.where}" if row.where else ""
            words = f": {row.words}" if row.words else ""
            self.lines.addWidget(label(f"{row.title}{where}{words}", "small", "text_2", wrap=True))
        if len(rows) > MOST:
            self.lines.addWidget(label("… and more", "small", "text_2"))
        self.lines.addStretch(1)
        self.tell("")
        self.open()
        self.main.setFocus()

    def _agree(self) -> None:
        self.hide()
        self.agreed.emit()


def _sentences(found: Dependents) -> list[str]:
    if found.none:
        return ["Nothing was built on it since."]
    told = []
    if found.changed_again:
        number = len(found.changed_again)
        told.append(
            "1 entry was changed again since; it keeps its later version."
            if number == 1
            else f"{number} entries were changed again since; they keep their later version."
        )
    if found.decision_ids:
        number = len(found.decision_ids)
        told.append(
            "1 decision weighed what it brought; it goes stale and comes back to be settled."
            if number == 1
            else f"{number} decisions weighed what it brought; they go stale and come back."
        )
    return told
