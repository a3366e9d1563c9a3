"""A protected PDF asks for its password above its pages, once while the program runs."""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLineEdit

from app.coding.documents import pdf_bytes
from app.coding.passwords import forget_password, give_password, is_remembered
from app.documents.problems import DocumentProblem
from app.ui.reading.opening import OpenedDocument
from app.ui.reading.page_bar import PageBar
from app.ui.tasks import run
from app.ui.widgets import button
from app.ui.widgets.notices import Notice

if TYPE_CHECKING:
    from app.ui.reading.place import ReadingPlace

KEY = "read.password"
WRONG = "This password does not open it. Mind capitals, and try again."
WHY = "Whoever has the project file can then read the PDF; else you are asked each time"


class PasswordBar(PageBar):
    """A password, and the choice to remember it."""

    def __init__(self) -> None:
        """Build the row."""
        super().__init__("Password", "This PDF is protected. Password:", width=200)
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.remember = QCheckBox("Remember in this project")
        self.remember.setToolTip(WHY)
        self.open = button("Open", "small", tip="Open the PDF  Enter")
        self.add(self.remember, self.open)


class Passwords:
    """The feature: asks when pages could not be rendered for want of a password."""

    def __init__(self, place: "ReadingPlace") -> None:
        """Tie it to the pages and the actions."""
        self._place = place
        self.bar: PasswordBar | None = None
        self._closed_for = ""
        place.images.failed.connect(self._failed)
        place.state.document_changed.connect(self._document_changed)
        place.window_of_places.actions_table.connect("read.forget_password", self.forget)

    def _document_changed(self) -> None:
        if self.bar is not None:
            self.bar.hide()
            self.bar.field.clear()
        if self._closed_for != self._place.state.info_id:
            self._closed_for = ""

    def _failed(self, page: int, _why: str) -> None:
        if self._place.images.kind_of(page) != "password" or self._closed_for:
            return
        if self.bar is None:
            self.bar = PasswordBar()
            self.bar.field.returnPressed.connect(self._try)
            self.bar.open.clicked.connect(self._try)
            self.bar.left.connect(self._close)
            self._place.add_bar(self.bar)
        if not self.bar.isVisibleTo(self._place):
            self.bar.begin()

    def _close(self) -> None:
        if self.bar is not None:
            self._closed_for = self._place.state.info_id
            self.bar.hide()
            self._place.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def _try(self) -> None:
        bar, opened = self.bar, self._place.opened
        if bar is None or opened is None or not bar.field.text():
            return
        password, remember = bar.field.text(), bar.remember.isChecked()
        project, engine = self._place.bridge.project, self._place.bridge.reader
        bar.tell("")

        def attempt(_progress: object) -> bool:
            engine.open(opened.key, pdf_bytes(project, opened.info.id), password)
            try:
                engine.outline(opened.key).result()
            except DocumentProblem as problem:
                if problem.kind == "password":
                    return False
                raise
            give_password(project, opened.info.id, password, remember=remember)
            return True

        run(attempt, "Open protected PDF", lambda right: self._take(opened, right), listed=False)

    def _take(self, opened: OpenedDocument, right: bool) -> None:
        bar, now = self.bar, self._place.opened
        if bar is None or now is None or now.info.id != opened.info.id:
            return
        if not right:
            bar.tell(WRONG)
            bar.field.selectAll()
            bar.field.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        codings = tuple(self._place.state.codings.values())
        self._place.show_anew(replace(now, codings=codings, first=None))

    def forget(self) -> None:
        """Take the password out of the project file; the next opening asks again."""
        place = self._place
        if place.state.info is None:
            return
        held = is_remembered(place.bridge.project, place.state.info_id)
        words = "This project holds no password of this PDF."
        if held:
            forget_password(place.bridge.project, place.state.info_id)
            words = "The password is no longer in this project."
        place.window_of_places.messages.show(Notice("info", words, "", key=KEY, place="read"))
