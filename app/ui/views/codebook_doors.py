"""What leads out of the codebook and in: files, and the passage of an example."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QWidget

from app.coding.code_passages import passage_of_example
from app.coding.code_rules import slug
from app.coding.codebook_files import Plan
from app.errors import UserError
from app.exchange.codebook_files import SUFFIXES, import_codebook_file, write_codebook_file
from app.ui.tasks import run
from app.ui.theme import icon
from app.ui.views.codebook_preview import ImportPreview
from app.ui.widgets import button

if TYPE_CHECKING:
    from app.ui.views.codebook import CodebookPlace

FILE_NOTICE = "codebook file"


class CodebookDoors:
    """Import with a preview, export, and the way to the passage of an example."""

    def __init__(self, place: "CodebookPlace") -> None:
        self._place = place
        self._path = Path()
        self.preview = ImportPreview()
        self.preview.accepted.connect(self._take_in)
        self.preview.left.connect(self.close_preview)
        self._tools: list[QWidget] = []

    def tools(self) -> list[QWidget]:
        """Return the buttons of the header."""
        if not self._tools:
            take = button("Import", "quiet", icon=icon("folder-open"))
            give = button("Export", "quiet", icon=icon("download"))
            take.clicked.connect(self.ask_import)
            give.clicked.connect(self.ask_export)
            self._tools = [take, give]
        return self._tools

    def ask_import(self) -> None:
        """Ask for a codebook file and show what it would change."""
        kinds = "Codebooks (*.yaml *.yml *.csv *.xlsx)"
        chosen, _kind = QFileDialog.getOpenFileName(self._place, "Import a codebook", "", kinds)
        if chosen:
            self.show_import(Path(chosen))

    def show_import(self, path: Path) -> None:
        """Show what a codebook file would change, or what is wrong with it."""
        project = self._place.window_of_places.bridge.project
        messages = self._place.window_of_places.messages
        messages.clear(FILE_NOTICE)

        def show(plan: Plan) -> None:
            self._path = path
            self.preview.show_plan(path.name, plan)
            self._place.show_preview(self.preview)

        run(
            lambda _progress: import_codebook_file(project, path, dry_run=True),
            f"Read {path.name}",
            show,
            lambda error: messages.report(error, key=FILE_NOTICE),
        )

    def ask_export(self) -> None:
        """Ask where to write the codebook, and write it."""
        codebook = self._place.codebook()
        name = f"{slug(codebook.title)}.yaml" if codebook is not None else "codebook.yaml"
        kinds = "YAML (*.yaml);;Table for Excel (*.xlsx);;CSV (*.csv)"
        chosen, kind = QFileDialog.getSaveFileName(self._place, "Export the codebook", name, kinds)
        if chosen:
            path = Path(chosen)
            fitting = kind.partition("*")[2].rstrip(")") or ".yaml"
            self.export_to(path if path.suffix else path.with_suffix(fitting))

    def export_to(self, path: Path) -> None:
        """Write the codebook to a file, by its suffix."""
        project = self._place.window_of_places.bridge.project
        messages = self._place.window_of_places.messages
        if path.suffix.lower() not in SUFFIXES:
            sentence = (
                f"A codebook cannot be written as {path.suffix or 'a file without an ending'}."
            )
            messages.report(UserError(sentence, f"Use {', '.join(SUFFIXES)}."), key=FILE_NOTICE)
            return
        run(
            lambda _progress: write_codebook_file(project, path),
            f"Write {path.name}",
            lambda codes: messages.success(f"Wrote {codes} codes to {path.name}."),
            lambda error: messages.report(error, key=FILE_NOTICE),
        )

    def close_preview(self) -> None:
        """Put the preview away."""
        self._place.hide_preview()

    def _take_in(self, retire_missing: bool) -> None:
        project = self._place.window_of_places.bridge.project
        messages, path = self._place.window_of_places.messages, self._path

        def done(plan: Plan) -> None:
            self.close_preview()
            messages.removed(f"Took in {path.name}: {plan.sentence()}")

        run(
            lambda _progress: import_codebook_file(project, path, retire_missing=retire_missing),
            f"Take in {path.name}",
            done,
            lambda error: messages.report(error, key=FILE_NOTICE),
        )

    def open_example(self, code_id: str) -> None:
        """Open the passage that the example of a code quotes."""
        place = self._place
        codebook, project = place.codebook(), place.window_of_places.bridge.project
        if codebook is None:
            return
        example = codebook.code(code_id).example

        def show(found: tuple[str, int, int] | None) -> None:
            if found is None:
                place.page.tell("No passage of this code has the words of the example.")
            else:
                place.window_of_places.open_passage(*found)

        run(
            lambda _progress: passage_of_example(project, code_id, example),
            "Find the example",
            show,
            listed=False,
        )
