"""What the window's own actions do; one small method for each row of the table."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QFileDialog

from app.errors import UserError
from app.ui.actions import WINDOW_IDS, cap_text
from app.ui.look import apply_look, current_look
from app.ui.places import PLACES
from app.ui.settings import Look, RecentProject, settings
from app.ui.theme import CHOICES, FONT_STEPS, theme
from app.ui.window_findings import WindowFindings

if TYPE_CHECKING:
    from app.coding.codebook import Codebook
    from app.ui.main_window import MainWindow

FIRST = "Say first who is coding, then code again."
FILE_FILTER = "Cofactor projects (*.cofactor)"
NEEDS_PROJECT = (
    "file.close", "file.add_pdfs", "file.add_folder", "team.who", "team.add_coder",
    "window.next_panel", "window.previous_panel",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Who:
    """What the strip shows of you and of the round."""

    initials: str
    name: str
    kind: str
    round: str


class WindowActions:
    """Connects the table of actions with the window."""

    def __init__(self, window: "MainWindow") -> None:
        self._window = window
        self._table = window.actions_table
        self._findings = WindowFindings(window)
        window.palette_popup.add_source(self._findings.quick)
        window.palette_popup.set_slow_source(self._findings.passages)
        window.palette_popup.set_more(self._show_all_found)
        self._who: Who | None = None
        self.dialog: QDialog | None = None
        for signal in (window.bridge.opened, window.bridge.closed, window.bridge.changed):
            signal.connect(self._forget_who)
        self._recent_menu = window.menus["File"].addMenu("Open recent")
        first = window.actions_table["file.sample"]
        window.menus["File"].insertMenu(first, self._recent_menu)
        self._recent_menu.aboutToShow.connect(self._fill_recent)
        self._connect()
        self.refresh()

    def _connect(self) -> None:
        window, connect = self._window, self._table.connect
        connect("file.new", self.new_project)
        connect("file.open", self.open_project)
        connect("file.sample", self.open_sample)
        connect("file.restore", self.restore)
        connect("file.close", window.close_project)
        connect("file.add_pdfs", self.add_pdfs)
        connect("file.add_folder", self.add_folder)
        connect("file.settings", self.show_settings)
        connect("file.quit", window.close)
        connect("edit.undo", window.undo)
        connect("edit.redo", window.redo)
        connect("edit.search", window.palette_popup.open)
        for spec in PLACES:
            connect(f"go.{spec.key}", lambda key=spec.key: window.go(key))
        connect("view.side_panel", self.toggle_side_panel)
        connect("view.larger_text", lambda: self.step_font(1))
        connect("view.smaller_text", lambda: self.step_font(-1))
        for choice in CHOICES:
            connect(f"view.theme_{choice}", lambda _on, choice=choice: self.choose_theme(choice))
        connect("team.who", self.ask_who)
        connect("team.add_coder", self.add_coder)
        connect("window.next_panel", lambda: self.cycle_panels(1))
        connect("window.previous_panel", lambda: self.cycle_panels(-1))
        connect("window.work", self.show_work)
        connect("window.full_screen", self.toggle_full_screen)
        self._connect_openers()
        connect("help.keyboard", self.show_keyboard)
        connect("help.change_keys", self.change_shortcuts)
        self._table.keys_changed.connect(self.refresh)
        connect("help.news", self.show_news)
        connect("help.about", self.show_about)

    def _connect_openers(self) -> None:
        """Let actions of places not yet visited first go there, which connects them."""
        places = {spec.key for spec in PLACES}
        for row in self._table.rows.values():
            place = row.id.partition(".")[0]
            if place in places and row.scope == "window" and row.id not in WINDOW_IDS:
                self._table.connect(row.id, lambda *_, row=row: self._go_and_do(row.id))
        self._table.block_places("Open a project first.")

    def _go_and_do(self, action_id: str) -> None:
        before = self._table.act(action_id)
        self._window.go(action_id.partition(".")[0])
        if self._table.act(action_id) is not before:
            self._table.trigger(action_id)

    def refresh(self) -> None:
        """Enable what can be done now, and say what undo and redo would do."""
        is_open = self._window.bridge.is_open
        why = "" if is_open else "Open a project first."
        for action_id in (*NEEDS_PROJECT, *(f"go.{spec.key}" for spec in PLACES)):
            self._table.enable(action_id, is_open, why)
        undo, redo = self._window.bridge.undo_text, self._window.bridge.redo_text
        self._table.set_text("edit.undo", f"Undo “{undo}”" if undo else "")
        self._table.set_text("edit.redo", f"Redo “{redo}”" if redo else "")
        self._table.enable("edit.undo", bool(undo), why or "Nothing to take back.")
        self._table.enable("edit.redo", bool(redo), why or "Nothing was taken back.")
        frame = self._window.workbench.frame
        has_side = is_open and frame is not None and frame.side is not None
        self._table.enable("view.side_panel", has_side, "There is no side panel here.")
        self._window.workbench.header.side.setToolTip(self._table.tooltip("view.side_panel"))
        self._window.workbench.header.search.show_key(self._table.cap("edit.search"))
        undo_caps = [cap_text(name) for name in self._table.key_names("edit.undo")]
        self._window.messages.show_undo_key(min(undo_caps, key=len, default=""))
        for choice in CHOICES:
            self._table[f"view.theme_{choice}"].setChecked(choice == theme.setting)
        for spec in PLACES:
            tip = self._table.tooltip(f"go.{spec.key}")
            self._window.workbench.rail.button(spec.key).setToolTip(tip)

    def _show_all_found(self, query: str) -> None:
        """Show all that a query finds in the place Search."""
        if self._window.bridge.is_open:
            self._window.open_search(query)

    # Project

    def new_project(self) -> None:
        """Show the form for a new project on the start view."""
        if self._window.bridge.is_open:
            self._window.close_project()
        self._window.start.show_new_project()

    def open_project(self) -> None:
        """Ask for a project file and open it."""
        path, _ = QFileDialog.getOpenFileName(
            self._window, "Open project", self._folder(), FILE_FILTER
        )
        if path:
            self._window.open_project(path)

    def open_sample(self) -> None:
        """Open the sample review, made in the background when it is not there yet."""
        from app.ui.sample import open_sample

        open_sample(self._window)

    def restore(self) -> None:
        """Show the backups on the start view."""
        if self._window.bridge.is_open:
            self._window.close_project()
        self._window.start.show_restore()

    def add_pdfs(self) -> None:
        """Ask for PDFs and add them."""
        paths, _ = QFileDialog.getOpenFileNames(
            self._window, "Add PDFs", self._pdf_folder(), "PDF files (*.pdf *.PDF)"
        )
        self._add(paths)

    def add_folder(self) -> None:
        """Ask for a folder and add the PDFs in it."""
        folder = QFileDialog.getExistingDirectory(
            self._window, "Add a folder of PDFs", self._pdf_folder()
        )
        self._add([folder] if folder else [])

    def recent(self, *, closed: bool) -> RecentProject:
        """Return what the start view is to remember of the open project.

        The studies are counted when it is closed; while it is open those of last time count.
        """
        from app.coding.documents import list_documents
        from app.coding.people import current_round
        from app.coding.studies import count_codings_by_coder, list_studies

        project = self._window.bridge.project
        path, opened_at = str(project.path), datetime.now(UTC).isoformat(timespec="seconds")
        title, round_ = project.title, current_round(project).name
        for known in () if closed else settings().recent_projects():
            if known.path == path:
                return replace(known, title=title, opened_at=opened_at, round=round_, closed=False)
        documents = list_documents(project)
        study_of = {document.id: document.study_id for document in documents}
        coded = {
            study_of.get(document_id)
            for document_id, coder_id in count_codings_by_coder(project)
            if coder_id == project.actor_id
        }
        return RecentProject(
            path=path,
            title=title,
            opened_at=opened_at,
            studies=len(list_studies(project)),
            coded=len(coded),
            round=round_,
            closed=closed,
        )

    # People

    def who(self) -> Who:
        """Return who you are in the open project, and its round."""
        if self._who is None:
            self._who = self._load_who()
        return self._who

    def _forget_who(self, changes: object = None) -> None:
        touches = getattr(changes, "touches", None)
        if touches is None or touches("coder", "round"):
            self._who = None

    def _load_who(self) -> Who:
        from app.coding.people import current_round, list_coders

        project = self._window.bridge.project
        round_name = current_round(project).name
        for coder in list_coders(project):
            if coder.id == project.actor_id:
                kind = "consensus" if coder.role == "consensus" else "you"
                return Who(coder.initials, coder.name, kind, round_name)
        return Who("?", "Choose who you are", "other", round_name)

    def ask_who(self) -> None:
        """Open the menu of coders above your name."""
        from app.ui.who_menu import WhoMenu

        menu = WhoMenu(self._window.bridge, self._became, self._window)
        self.menu = menu
        self._window.open_menu_above(menu, self._window.workbench.strip.person)

    def ask_who_once(self) -> None:
        """Ask in a notice where this computer has not chosen a coder; go on without an answer."""
        from app.ui.who_notice import question

        asked = question(self._window.bridge.project, self.become, self.add_coder)
        if asked is not None:
            self._window.messages.show(asked)

    def ask_who_first(self) -> None:
        """Ask once more, because something was to be done that needs an answer."""
        from app.ui.who_notice import question

        asked = question(self._window.bridge.project, self.become, self.add_coder)
        if asked is not None:
            self._window.messages.show(replace(asked, kind="warning", text=FIRST))

    def become(self, coder_id: str) -> None:
        """Be one of the coders of the project."""
        from app.ui.who_menu import become

        become(self._window.bridge, coder_id)
        self._became()

    def add_coder(self) -> None:
        """Open the same menu with the cursor in the field for a new coder."""
        self.ask_who()
        self.menu.name.setFocus()

    def _became(self) -> None:
        from app.models import Changes

        self._window.messages.clear("who")
        self._window.bridge.changed.emit(Changes(everything=True, origin="outside"))
        self._window.show_status()

    # View

    def choose_theme(self, choice: str) -> None:
        """Choose "system", "light", "dark" or "contrast"."""
        self.keep(replace(current_look(), theme=choice))

    def step_font(self, by: int) -> None:
        """Go one step up or down between 100 and 200 %."""
        place = FONT_STEPS.index(theme.font_percent) if theme.font_percent in FONT_STEPS else 0
        place = min(max(place + by, 0), len(FONT_STEPS) - 1)
        self.keep(replace(current_look(), font_percent=FONT_STEPS[place]))

    @staticmethod
    def keep(look: Look) -> None:
        """Use a look and remember it."""
        settings().choose_look(look)
        apply_look(look)

    def toggle_side_panel(self) -> None:
        """Show or hide the panel at the right."""
        frame = self._window.workbench.frame
        if frame is not None:
            frame.toggle_side(self._window.width())
            self._window.workbench.refresh()

    def toggle_full_screen(self) -> None:
        """Fill the screen, or leave it."""
        if self._window.isFullScreen():
            self._window.showNormal()
        else:
            self._window.showFullScreen()

    def cycle_panels(self, by: int) -> None:
        """Move the focus through rail, panels of the place, and strip."""
        from app.ui.panels import cycle

        cycle(self._window.workbench, by)

    def show_work(self) -> None:
        """Open the list of running and finished work."""
        self._window.work_popup.toggle(self._window.workbench.strip.height())

    # Dialogs

    def show_settings(self) -> None:
        """Open the settings."""
        from app.ui.settings_view import SettingsDialog

        dialog = SettingsDialog(self._window)
        dialog.shortcuts_wanted.connect(self.change_shortcuts)
        self._open(dialog)

    def show_keyboard(self) -> None:
        """Open the sheet of shortcuts."""
        from app.ui.reading.recent_codes import RecentCodes
        from app.ui.shortcut_sheet import ShortcutSheet

        recent = RecentCodes()
        if self._window.bridge.is_open:
            recent.open(self._window.bridge.project.id)
        sheet = ShortcutSheet(self._table, self._window, self._codebook(), recent.digits())
        sheet.change_wanted.connect(self.change_shortcuts)
        self._open(sheet, modal=False)

    def change_shortcuts(self) -> None:
        """Open the list in which keys are changed."""
        from app.ui.shortcuts_view import ShortcutsDialog

        self._open(ShortcutsDialog(self._table, self._window, self._codebook()))

    def _codebook(self) -> "Codebook | None":
        from app.coding.codebooks import load_codebook

        try:
            return load_codebook(self._window.bridge.project)
        except (LookupError, UserError):
            return None

    def show_news(self) -> None:
        """Show what is new in this version."""
        from app.ui.whats_new import WhatsNewDialog, read_news

        news = read_news()
        if news is not None:
            self._open(WhatsNewDialog(news, self._window))

    def show_about(self) -> None:
        """Say what this program is."""
        from app.ui.about import AboutDialog

        self._open(AboutDialog(self._window))

    def _open(self, dialog: QDialog, *, modal: bool = True) -> None:
        if self.dialog is not None:
            self.dialog.close()
            self.dialog.deleteLater()
        self.dialog = dialog
        if modal:
            dialog.open()
        else:
            dialog.show()

    def _add(self, paths: list[str]) -> None:
        if paths:
            settings().remember("add.folder", str(Path(paths[0]).parent))
            self._window.add_files(paths)

    def _fill_recent(self) -> None:
        self._recent_menu.clear()
        for project in settings().recent_projects():
            if project.exists:
                action = self._recent_menu.addAction(project.title or Path(project.path).stem)
                action.setToolTip(project.path)
                action.triggered.connect(
                    lambda _checked=False, path=project.path: self._window.open_project(path)
                )
        if self._recent_menu.isEmpty():
            self._recent_menu.addAction("No project yet").setEnabled(False)

    @staticmethod
    def _folder() -> str:
        recent = settings().recent_projects()
        return str(Path(recent[0].path).parent) if recent else str(Path.home())

    def _pdf_folder(self) -> str:
        return str(settings().value("add.folder", "")) or self._folder()
