"""A translation beside a coded passage that is in another language than the project."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from app.coding.translations import is_foreign, list_translations, set_translation
from app.errors import UserError
from app.models.changes import Changes
from app.ui.theme import px
from app.ui.views.studies_rows import language_name
from app.ui.widgets import label, tight

if TYPE_CHECKING:
    from app.ui.reading.coding_form import CodingForm
    from app.ui.reading.place import ReadingPlace

KEEP_AFTER_MS = 1200


class TranslationNote(QWidget):
    """Your translation to type, and what others have written; kept when the field is left."""

    def __init__(self, place: "ReadingPlace", form: "CodingForm") -> None:
        super().__init__()
        self._place, self._form = place, form
        self._coding_id = ""
        self._written = ""
        self._head = label("Translation", "small", "text_2")
        self.field = QPlainTextEdit()
        self.field.setAccessibleName("Translation of the passage")
        self.field.setPlaceholderText("In the language of the project")
        self.field.setTabChangesFocus(True)
        self.field.setFixedHeight(px(64))
        self._others = label("", "small", "text_2", wrap=True)
        column = tight(QVBoxLayout(self), 4)
        for widget in (self._head, self.field, self._others):
            column.addWidget(widget)
        self._keep = QTimer(self, singleShot=True, interval=KEEP_AFTER_MS)
        self._keep.timeout.connect(self.keep)
        self.field.textChanged.connect(self._keep.start)
        self.field.installEventFilter(self)
        form.shown.connect(self.show_coding)
        self.hide()

    def show_coding(self, coding_id: str) -> None:
        """Show what is written of a coding; nothing where its text is not foreign."""
        if coding_id != self._coding_id:
            self.keep()
        self._coding_id = coding_id
        info = self._place.state.info
        project = self._place.bridge.project if self._place.bridge.is_open else None
        if project is None or info is None or not is_foreign(project, info.language):
            self.hide()
            return
        written = list_translations(project, [coding_id]).get(coding_id, {})
        names = self._place.overlays.coders
        own = written.pop(project.actor_id or "", "")
        self._head.setText(f"Translation from {language_name(info.language)}")
        if not self._keep.isActive() and self.field.toPlainText() != own:
            self.field.blockSignals(True)
            self.field.setPlainText(own)
            self.field.blockSignals(False)
        self._written = own
        lines = [
            f"{names[coder].name if coder in names else 'Another coder'}: {text}"
            for coder, text in written.items()
        ]
        self._others.setText("\n".join(lines))
        self._others.setVisible(bool(lines))
        self.show()

    def keep(self) -> None:
        """Write what was typed but not kept yet."""
        if not self._keep.isActive():
            return
        self._keep.stop()
        text = self.field.toPlainText().strip()
        if not self._coding_id or text == self._written or not self._place.bridge.is_open:
            return
        self._written = text
        try:
            set_translation(self._place.bridge.project, self._coding_id, text)
        except UserError as problem:
            self._place.window_of_places.messages.report(problem)

    def again(self) -> None:
        """Read what is written again."""
        if self._coding_id:
            self.show_coding(self._coding_id)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep what was typed when the field is left."""
        if event.type() == QEvent.Type.FocusOut:
            self.keep()
        return super().eventFilter(watched, event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Keep what was typed when card or panel go away."""
        self.keep()
        super().hideEvent(event)


class TranslationNotes:
    """The feature: one note in the card of a coding and one in the right panel."""

    def __init__(self, place: "ReadingPlace") -> None:
        """Put the notes below the memos."""
        self._place = place
        forms = (place.overlays.card.form, place.about.form)
        self.notes = tuple(TranslationNote(place, form) for form in forms)
        for note, form in zip(self.notes, forms, strict=True):
            form.add_below_memo(note)
        place.bridge.changed.connect(self._follow)
        place.bridge.about_to_close.connect(self._keep)

    def _follow(self, changes: Changes) -> None:
        if changes.touches("translation"):
            for note in self.notes:
                note.again()

    def _keep(self) -> None:
        for note in self.notes:
            note.keep()
