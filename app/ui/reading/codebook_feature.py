"""Codebook work from the reading view: create a code that is not found, edit one, take examples."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from app.coding.code_editing import create_code
from app.coding.code_passages import set_example
from app.coding.codebook import Codebook
from app.errors import UserError
from app.ui.reading.keys import SHIFT
from app.ui.reading.matching import fold
from app.ui.theme import icon
from app.ui.views.code_tree_model import CODE, CodeRole
from app.ui.widgets import KeyCap, button, tight

if TYPE_CHECKING:
    from app.ui.reading.place import ReadingPlace

LONGEST = 44
SHORTEST = 3
"""Letters from which on what was typed may be a name and not a key or the start of one."""
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class CodebookFeature(QObject):
    """Ties itself to palette, tree of codes and actions."""

    def __init__(self, place: "ReadingPlace") -> None:
        super().__init__(place)
        self._place = place
        self._palette = place.overlays.palette
        self._offer: _Offer | None = None
        self._palette.field.textChanged.connect(self._look)
        self._palette.field.installEventFilter(self)
        tree = place.codes.tree
        tree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        tree.customContextMenuRequested.connect(self._open_menu)
        table = place.window_of_places.actions_table
        table.connect("code.edit", self.edit)
        table.connect("code.example", self.take_example)

    def edit(self) -> None:
        """Go to the code of the active coding, else to the one chosen in the tree or used last."""
        code_id = self._code_id()
        if code_id:
            self._place.window_of_places.show_code(code_id)
        else:
            self._say("There is no code to edit here.", "Choose a coding or a code first.")

    def take_example(self) -> None:
        """Make the active coding's passage the example of its code."""
        coding = self._place.state.active_coding
        if coding is None or not coding.quote:
            self._say("There is no coded passage here.", "Go to a coding first.")
            return
        where = (coding.document_id, coding.start, coding.end)
        try:
            set_example(self._place.bridge.project, coding.code_id, *where)
        except UserError as problem:
            self._place.window_of_places.messages.report(problem)
            return
        name = self._name_of(coding.code_id)
        self._place.window_of_places.messages.removed(f"Made this the example of “{name}”")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Enter create what was not found, and Ctrl+Enter what is not meant."""
        if not isinstance(event, QKeyEvent) or event.key() not in ENTER or not self._offers():
            return super().eventFilter(watched, event)
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if event.type() == QEvent.Type.KeyPress:
            asked = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if asked or not self._palette.model.rowCount():
                self.create(stay=bool(event.modifiers() & SHIFT))
                return True
        return super().eventFilter(watched, event)

    def create(self, *, stay: bool = False) -> None:
        """Create a code with the words of the palette and code the passage with it."""
        codebook = self._place.state.codebook
        name = as_name(self._palette.field.text())
        category = self._category(codebook) if codebook is not None else ""
        if not name or not category:
            return
        condition = self._palette.condition.text().strip()
        with self._place.acts.as_one() as group:
            try:
                made = create_code(
                    self._place.bridge.project, name, category,
                    label="Code with a new code", group=group,
                )  # fmt: skip
            except UserError as problem:
                self._place.window_of_places.messages.report(problem)
                return
            self._palette.chosen.emit(made, self._palette.valence, condition, stay)

    # -- the offer in the palette ------------------------------------------------------------

    def _offers(self) -> bool:
        return self._offer is not None and self._offer.isVisibleTo(self._palette)

    def _look(self, query: str) -> None:
        codebook = self._place.state.codebook
        name = as_name(query)
        new = len(name) >= SHORTEST and codebook is not None and not _is_known(codebook, name)
        category = self._category(codebook) if codebook is not None and new else ""
        if self._offer is None and category:
            self._offer = _Offer()
            self._offer.maker.clicked.connect(lambda: self.create())
            self._palette.add_row(self._offer)
        if self._offer is not None and category and codebook is not None:
            found = self._palette.model.rowCount() > 0
            self._offer.show_name(name, codebook.category(category).name, found=found)
        self._palette.show_row(bool(category))

    def _category(self, codebook: Codebook) -> str:
        """Return where a new code goes: beside the code used last, else to the first ones."""
        known = {code.id: code for code in codebook.codes if not code.retired}
        for code_id in self._place.acts.recent:
            if code_id in known:
                return known[code_id].category_id
        return codebook.categories[0].id if codebook.categories else ""

    # -- the tree ----------------------------------------------------------------------------

    def _open_menu(self, at: QPoint) -> None:
        tree = self._place.codes.tree
        index = tree.indexAt(at)
        if index.data(CodeRole.KIND) != CODE:
            return
        tree.setCurrentIndex(index)
        code_id = index.data(CodeRole.ID)
        menu = QMenu(tree)
        use = menu.addAction("Code the selection")
        use.triggered.connect(lambda: self._place.codes.code_activated.emit(code_id))
        edit = menu.addAction(icon("pencil"), "Edit this code")
        edit.triggered.connect(lambda: self._place.window_of_places.show_code(code_id))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(tree.viewport().mapToGlobal(at))

    def _code_id(self) -> str:
        coding = self._place.state.active_coding
        if coding is not None:
            return coding.code_id
        recent = self._place.acts.recent
        return self._place.codes.code_id() or (recent[0] if recent else "")

    def _name_of(self, code_id: str) -> str:
        codebook = self._place.state.codebook
        codes = codebook.codes if codebook is not None else ()
        return next((code.name for code in codes if code.id == code_id), "")

    def _say(self, sentence: str, way_out: str) -> None:
        self._place.window_of_places.messages.report(UserError(sentence, way_out))


class _Offer(QWidget):
    """The row of the palette that makes a code of what was typed."""

    def __init__(self) -> None:
        super().__init__()
        row = tight(QHBoxLayout(self), 8, (4, 0, 8, 0))
        self.maker = button("", "quiet", icon=icon("plus"))
        self._cap = KeyCap("Enter")
        row.addWidget(self.maker)
        row.addStretch(1)
        row.addWidget(self._cap)

    def show_name(self, name: str, category: str, *, found: bool) -> None:
        """Offer a code of this name; where others were ``found``, Enter alone takes one of them."""
        short = name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…"
        self.maker.setText(f"Create code “{short}”")
        self.maker.setToolTip(f"Create “{name}” in {category} and code the passage with it")
        self._cap.show_key("Ctrl Enter" if found else "Enter")


def _is_known(codebook: Codebook, name: str) -> bool:
    return any(fold(code.name) == fold(name) for code in codebook.codes)


def as_name(query: str) -> str:
    """Return what was typed as the name of a code, beginning with a capital."""
    name = " ".join(query.split())
    return name[:1].upper() + name[1:]
