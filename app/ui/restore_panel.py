"""Making a project of one of its backups."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFileDialog, QListWidget, QListWidgetItem

from app.errors import UserError
from app.ui.dates import counted, spoken_date
from app.ui.form_panel import FormPanel
from app.ui.settings import settings
from app.ui.tasks import Progress, run
from app.ui.theme import px
from app.ui.widgets.layout import button, label
from app.ui.widgets.notices import Notice

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow

OTHER = "Another project…"


class RestorePanel(FormPanel):
    """Which project, which backup; the restored project is a new file beside the old one."""

    def __init__(self, window: "MainWindow", leave: Callable[[], object]) -> None:
        super().__init__(
            "Restore from backup",
            "A backup becomes a new project file beside the old one. Nothing is overwritten.",
            "Restore",
            leave,
        )
        self._window = window
        self.project = QComboBox()
        for recent in settings().recent_projects():
            self.project.addItem(recent.title or Path(recent.path).stem, recent.path)
        self.project.currentIndexChanged.connect(self._show_backups)
        other = button(OTHER)
        other.clicked.connect(self._choose_project)
        self.backups = QListWidget()
        self.backups.setProperty("look", "fields")
        self.backups.setFixedHeight(px(200))
        self.backups.itemSelectionChanged.connect(self._check)
        self.backups.itemActivated.connect(lambda _item: self.accept())
        self._none = label("", "small", "text_2", wrap=True)
        self.add_field("Project", self.project, other)
        self.add_field("Backups, newest first", self.backups)
        self.fields.addWidget(self._none)
        self._show_backups()

    def accept(self) -> None:
        """Restore in the background and open the result."""
        from app.models import backup

        item = self.backups.currentItem()
        if item is None or not self.main.isEnabled():
            return
        source = Path(str(item.data(Qt.ItemDataRole.UserRole)))
        old = Path(str(self.project.currentData()))
        target = _free_name(old)
        self.main.setEnabled(False)

        def work(_progress: Progress) -> int:
            return backup.restore(source, target, old if old.is_file() else None)

        run(work, "Restoring a backup", lambda missing: self._done(target, missing), self._failed)

    def _done(self, target: Path, missing: int) -> None:
        if not self._window.open_project(target):
            return
        lacking = counted(missing, "PDF is missing and has", "PDFs are missing and have")
        detail = f"{lacking} to be added again." if missing else "All PDFs are there."
        self._window.messages.show(Notice("success", f"Restored as {target.name}.", detail))

    def _failed(self, problem: BaseException) -> None:
        self._check()
        if isinstance(problem, UserError):
            self.tell(str(problem))
        else:
            self._window.messages.report(problem)

    def _show_backups(self) -> None:
        from app.models import backup

        self.backups.clear()
        path = self.project.currentData()
        found = backup.list_backups(Path(str(path))) if path else []
        for one in found:
            item = QListWidgetItem(_backup_words(one))
            item.setData(Qt.ItemDataRole.UserRole, str(one))
            self.backups.addItem(item)
        self._none.setText(
            "" if found else "No backup of this project is beside its file."
            if path else "Choose a project first."
        )  # fmt: skip
        self._none.setVisible(not found)
        if found:
            self.backups.setCurrentRow(0)
        self._check()

    def _check(self) -> None:
        self.main.setEnabled(self.backups.currentItem() is not None)

    def _choose_project(self) -> None:
        path, _ = QFileDialog.getOpenFileName(
            self, "Project", str(Path.home()), "Cofactor projects (*.cofactor)"
        )
        if path:
            self.project.addItem(Path(path).stem, path)
            self.project.setCurrentIndex(self.project.count() - 1)


def _backup_words(path: Path) -> str:
    """Return "Today, 14:02, 3.1 MB" for a backup named by its time in UTC."""
    stamp = path.stem.removesuffix(" with PDFs")
    size = f"{path.stat().st_size / 1e6:.1f} MB"
    try:
        moment = datetime.strptime(stamp[:17], "%Y-%m-%d %H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return f"{path.stem}, {size}"
    words = spoken_date(moment.isoformat())
    if not words.startswith("Today"):
        words = f"{words}, {moment.astimezone():%H:%M}"
    return f"{words}, {size}" + (", with PDFs" if path.stem.endswith("with PDFs") else "")


def _free_name(old: Path) -> Path:
    number = 1
    while True:
        suffix = "" if number == 1 else f" {number}"
        target = old.with_name(f"{old.stem} restored{suffix}.cofactor")
        if not target.exists():
            return target
        number += 1
