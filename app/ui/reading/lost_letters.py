"""Words that lost letters in the PDF: what they mean, in the card of a coding and for finding."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from app.coding.ligatures import may_be_damaged, repairs_of
from app.documents.words import WORD
from app.ui.tasks import run
from app.ui.widgets import label

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLabel

    from app.ui.reading.coding_form import CodingForm
    from app.ui.reading.place import ReadingPlace

MOST = 4
"""Words that the card explains; the extracts hold the whole passage as it was meant."""


class LostLetters:
    """The feature: asks once for each document, off the window's thread."""

    def __init__(self, place: "ReadingPlace") -> None:
        """Tie it to the document and to the forms."""
        self._place = place
        self.repairs: Mapping[str, str] = {}
        """The damaged words of the document that is open, and what they mean."""
        forms = (place.overlays.card.form, place.about.form)
        self.notes = tuple(label("", "small", "text_2", wrap=True) for _form in forms)
        for note, form in zip(self.notes, forms, strict=True):
            note.hide()
            form.add_below_memo(note)
            form.shown.connect(lambda coding_id, n=note, f=form: self._say(n, f, coding_id))
        place.state.document_changed.connect(self._ask)

    def _ask(self) -> None:
        self.repairs = {}
        info, text = self._place.state.info, self._place.state.text
        if info is None or text is None or not may_be_damaged(text.text):
            return
        project, document_id, layer = self._place.bridge.project, info.id, info.text_layer_id

        def take(repairs: Mapping[str, str]) -> None:
            now = self._place.state.info
            if now is not None and (now.id, now.text_layer_id) == (document_id, layer):
                self.repairs = repairs

        run(
            lambda _progress: repairs_of(project, document_id),
            "Look for lost letters",
            take,
            lambda _problem: None,
            listed=False,
        )

    def _say(self, note: "QLabel", form: "CodingForm", coding_id: str) -> None:
        """Say which words of a passage are not as they were meant."""
        coding = self._place.state.codings.get(coding_id)
        words = explained(coding.quote if coding is not None else "", self.repairs)
        note.setText(words)
        if bool(words) == note.isHidden():
            note.setVisible(bool(words))
            form.resized.emit()


def explained(quote: str, repairs: Mapping[str, str]) -> str:
    """Return a sentence about the words of a quote that lost letters, "" where none did."""
    found = dict.fromkeys(word for word in WORD.findall(quote) if word in repairs)
    if not found:
        return ""
    told = [f"“{word}” is “{repairs[word]}”" for word in list(found)[:MOST]]
    more = f", and {len(found) - MOST} more" if len(found) > MOST else ""
    return f"Letters are lost in this PDF: {', '.join(told)}{more}."
