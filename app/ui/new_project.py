"""The form for a new project."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import (
    QButtonGroup,
    QFileDialog,
    QLineEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from app.errors import UserError
from app.ui.form_panel import FormPanel
from app.ui.project_files import (
    create_project,
    documents_folder,
    file_name_for,
    shipped_choices,
)
from app.ui.settings import settings
from app.ui.theme import px
from app.ui.widgets.layout import button, label, tight

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow


class NewProjectPanel(FormPanel):
    """Title, place, codebook, your name; one file is made, and opened."""

    def __init__(self, window: "MainWindow", leave: Callable[[], object]) -> None:
        super().__init__(
            "New project",
            "One file holds the PDFs, the codes and everything you decide.",
            "Create project",
            leave,
        )
        self._window = window
        self._file: Path | None = None
        self._codebook_file = ""
        self.title = QLineEdit()
        self.title.setPlaceholderText("Case management review")
        self.title.textChanged.connect(self._title_changed)
        self.path = QLineEdit()
        self.path.textEdited.connect(self._path_edited)
        choose = button("Choose…")
        choose.clicked.connect(self._choose_path)
        self.coder = QLineEdit(str(settings().value("coder.name", "")))
        self.add_field("Title", self.title)
        self.add_field("File", self.path, choose)
        self.add_field(
            "Your name",
            self.coder,
            hint="Your codings carry it. Others are added later, each with a layer of their own.",
        )
        self._add_codebooks()
        self._title_changed("")
        self.setFocusProxy(self.title)

    def showEvent(self, event: object) -> None:
        """Start with the title."""
        self.title.setFocus()

    def chosen_codebook(self) -> str:
        """Return the id of the chosen codebook, or the path of a file."""
        button = self._group.checkedButton()
        key = str(button.property("codebook")) if button is not None else ""
        return key or self._codebook_file

    def accept(self) -> None:
        """Make the project, then open it."""
        title = self.title.text().strip()
        if not title:
            self.tell("The project needs a title.")
            self.title.setFocus()
            return
        if not self.chosen_codebook():
            self.tell("Choose a codebook.")
            return
        path = Path(self.path.text()).expanduser()
        if path.suffix != ".cofactor":
            path = path.with_name(path.name + ".cofactor")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            project = create_project(path, title, self.chosen_codebook(), self.coder.text())
        except UserError as problem:
            self.tell(str(problem))
            return
        except OSError as problem:
            self.tell(f"The file cannot be made there: {problem.strerror}.")
            return
        settings().remember("coder.name", self.coder.text().strip())
        self._window.bridge.adopt(project)

    def _add_codebooks(self) -> None:
        self._group = QButtonGroup(self)
        holder = QWidget()
        holder.setAccessibleName("Codebook")
        column = tight(QVBoxLayout(holder), 0)
        for choice in shipped_choices():
            self._add_choice(column, choice.key, choice.title, choice.fact)
        self._own = self._add_choice(
            column, "", "A codebook of your own…", "A YAML file with clusters, categories and codes"
        )
        self._own.clicked.connect(self._choose_codebook)
        first = self._group.buttons()[0]
        first.setChecked(bool(first.property("codebook")))
        self.add_field("Codebook", holder)

    def _add_choice(self, column: QVBoxLayout, key: str, title: str, fact: str) -> QRadioButton:
        made = QRadioButton(title)
        made.setProperty("codebook", key)
        made.setAccessibleDescription(fact)
        self._group.addButton(made)
        words = label(fact, "small", "text_2")
        words.setContentsMargins(px(26), 0, 0, px(6))
        column.addWidget(made)
        column.addWidget(words)
        if not key:
            self._own_fact = words
        return made

    def _choose_codebook(self) -> None:
        path, _ = QFileDialog.getOpenFileName(
            self, "Codebook", str(documents_folder()), "Codebooks (*.yaml *.yml)"
        )
        if path:
            self._codebook_file = path
            self._own_fact.setText(path)
        elif not self._codebook_file:
            self._group.buttons()[0].setChecked(True)

    def _choose_path(self) -> None:
        path, _ = QFileDialog.getSaveFileName(
            self, "File of the project", self.path.text(), "Cofactor projects (*.cofactor)"
        )
        if path:
            self._file = Path(path)
            self.path.setText(path)

    def _path_edited(self, text: str) -> None:
        self._file = Path(text) if text else None

    def _title_changed(self, text: str) -> None:
        self.tell("")
        if self._file is None:
            folder = Path(str(settings().value("project.folder", documents_folder())))
            self.path.setText(str(folder / file_name_for(text)))
