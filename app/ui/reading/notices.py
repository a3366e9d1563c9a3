"""What the reading view says above the pages about the document, or where there is none."""

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.coding.documents import DocumentInfo
from app.ui.place import Window
from app.ui.widgets import EmptyView, NoticeBar, clear, tight
from app.ui.widgets.notices import Notice

STATES = {
    "none": (
        "This PDF has no text.",
        "It is a picture of pages: there are no words to search or quote. Code areas of its "
        "pages: drag with Alt and Shift held.",
    ),
    "unreadable": (
        "The text of this PDF cannot be read.",
        "Its characters are wrongly mapped, so that quotes and search would be wrong.",
    ),
    "partly": (
        "Parts of this PDF have no usable text.",
        "Passages on some pages cannot be selected or found.",
    ),
}


def text_notice(info: DocumentInfo, show_text: Callable[[], object] | None = None) -> Notice | None:
    """Return the notice about a document's text, None where the text is good."""
    if info.text_state not in STATES:
        return None
    heading, detail = STATES[info.text_state]
    kind = "info" if info.text_state == "partly" else "warning"
    note = "" if info.text_state == "none" else info.text_note
    buttons = (("See what can be done", show_text),) if show_text else ()
    return Notice(kind, heading, note or detail, buttons, key="text")


def pdf_notice(add_pdfs: Callable[[], object]) -> Notice:
    """Return the notice about a document whose PDF is not in the project."""
    return Notice(
        "warning",
        "The PDF of this document is not in this project.",
        "Its codings are kept. Add your own copy of the PDF; it is recognised by its content.",
        (("Add PDFs", add_pdfs),),
        key="pdf",
    )


GONE = "read.gone"
"""Key of the notice about a document that is no longer in the project."""
WAYS_BACK = {
    "act": ("Undo", "edit.undo"),
    "redo": ("Undo", "edit.undo"),
    "undo": ("Redo", "edit.redo"),
}
"""What brings a removed document back, by the origin of the change that removed it."""


def gone_notice(title: str, origin: str, window: Window) -> Notice:
    """Return the notice about the open document that was taken out of the project."""
    buttons: tuple[tuple[str, Callable[[], object]], ...] = ()
    if origin in WAYS_BACK:
        words, act = WAYS_BACK[origin]
        buttons = ((words, lambda: window.actions_table.trigger(act)),)
    return Notice(
        "info", f"{title} was removed from the project.", "", buttons, key=GONE, place="read"
    )


def say_empty(view: EmptyView, window: Window, *, has_documents: bool) -> None:
    """Say what to do while no document is open."""
    if has_documents:
        view.show_message(
            "book-open-text",
            "Nothing open yet",
            "Choose a study in the list, or search everything for a document.",
            (("Show the studies", lambda: window.go("studies"), "library"),),
        )
        return
    view.show_message(
        "file-plus-2",
        "No PDFs yet",
        "Add the PDFs of your studies; their pages are read and coded here.",
        (("Add PDFs", lambda: window.actions_table.trigger("file.add_pdfs"), "file-plus-2"),),
        primary=True,
    )


class NoticeBars(QWidget):
    """The bars above the pages; takes no room while there is nothing to say."""

    def __init__(
        self, add_pdfs: Callable[[], object], show_text: Callable[[], object] | None = None
    ) -> None:
        """Offer ``add_pdfs`` where the PDF is missing, ``show_text`` where its text is bad."""
        super().__init__()
        self._add_pdfs, self._show_text = add_pdfs, show_text
        self._column = tight(QVBoxLayout(self), 8, (16, 8, 16, 8))
        self.hide()

    def show_document(self, info: DocumentInfo) -> None:
        """Say what there is to say about a document."""
        clear(self._column)
        notices = [None if info.has_pdf else pdf_notice(self._add_pdfs)]
        notices.append(text_notice(info, self._show_text))
        for notice in notices:
            if notice is not None:
                made = NoticeBar(notice)
                made.closed.connect(lambda made=made: self._close(made))
                self._column.addWidget(made)
        self.setVisible(self._column.count() > 0)

    def _close(self, made: NoticeBar) -> None:
        self._column.removeWidget(made)
        made.deleteLater()
        self.setVisible(self._column.count() > 0)
