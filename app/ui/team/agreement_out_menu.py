"""The menus of the view of agreement: what is saved, and which further columns are shown."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QMenu, QPushButton

from app.errors import UserError
from app.paths import ROOT
from app.ui.tasks import run
from app.ui.team.agreement_out import WAYS_OUT, way_out

if TYPE_CHECKING:
    from app.ui.team.agreement import AgreementView


GUIDE = ROOT / "docs" / "agreement.md"


class Saving:
    """Asks for a file and writes it off the window's thread."""

    def __init__(self, view: "AgreementView") -> None:
        self._view = view

    def open_menu(self, under: QPushButton) -> None:
        """Show everything that can be saved."""
        menu = QMenu(self._view)
        for key, words, *_rest in WAYS_OUT:
            menu.addAction(words, partial(self.ask, key))
        pop_up(menu, under)

    def ask(self, key: str) -> None:
        """Ask where to, and save."""
        words, name, kinds, _write = way_out(key)
        shown = {f"{kind} (*{suffix})": suffix for kind, suffix in kinds}
        path, kind = QFileDialog.getSaveFileName(
            self._view, words.rstrip("…"), f"{name}{kinds[0][1]}", ";;".join(shown)
        )
        if path:
            chosen = Path(path)
            suffix = shown.get(kind, kinds[0][1])
            self.save(key, chosen if chosen.suffix else chosen.with_suffix(suffix))

    def save(self, key: str, path: Path) -> None:
        """Write one way out to a file."""
        view, done = self._view, self._view.done
        if done is None:
            return
        project, write = view.window_of_places.bridge.project, way_out(key)[3]
        messages = view.window_of_places.messages

        def told(sentence: str) -> None:
            messages.success(f"Saved as {path.name}.", sentence.partition(": ")[2])

        def failed(error: BaseException) -> None:
            if not isinstance(error, UserError):
                raise error
            messages.report(error)

        run(lambda _progress: write(project, done, path), f"Save {path.name}", told, failed)


def columns_menu(view: "AgreementView", under: QPushButton) -> None:
    """Let further columns be chosen."""
    menu = QMenu(view)
    menu.setToolTipsVisible(True)
    for column in view.model.board.further:
        entry = menu.addAction(column.head)
        entry.setToolTip(column.tip)
        entry.setCheckable(True)
        entry.setChecked(column.key in view.further)
        entry.toggled.connect(partial(view.show_column, column.key))
    if menu.isEmpty():
        menu.addAction("This table has no further columns").setEnabled(False)
    menu.addSeparator()
    menu.addAction("What each number means", open_guide)
    pop_up(menu, under)


def open_guide() -> None:
    """Open what each number means, with formulas and sources, in the program for text files."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(GUIDE)))


def pop_up(menu: QMenu, under: QPushButton) -> None:
    """Open a menu below a button."""
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(under.mapToGlobal(QPoint(0, under.height() + 4)))
