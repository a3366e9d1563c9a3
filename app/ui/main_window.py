"""The window: start view or workbench, menus, messages, navigation between places."""

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, QPoint, Qt, QTimer
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QFontMetrics,
    QGuiApplication,
    QIcon,
    QResizeEvent,
)
from PySide6.QtWidgets import QLabel, QMainWindow, QMenu, QStackedWidget, QWidget

from app.errors import UserError
from app.paths import resource
from app.ui.actions import Actions
from app.ui.bridge import ProjectBridge
from app.ui.command_palette import CommandPalette
from app.ui.messages import Messages
from app.ui.place import Place
from app.ui.places import PLACES
from app.ui.settings import settings
from app.ui.start_view import StartView
from app.ui.tasks import tasks
from app.ui.theme import font, px, theme
from app.ui.widgets.layout import label
from app.ui.widgets.notices import Notice, NoticeStack, UndoMessage
from app.ui.window_actions import WindowActions
from app.ui.work_popup import WorkPopup
from app.ui.workbench import Workbench

if TYPE_CHECKING:
    from app.models.changes import Changes

STOP_WITHIN_MS = 2000
"""How long closing waits for work that was asked to stop."""
LEAVE_WITHIN_MS = 400
"""The end of that time, kept for work that leaves once its engine is gone."""
UNREADABLE = "unreadable project"
HELD_UP = "held up"
LAST_PLACE = "window.place"
LANDING = ("studies", "read")
"""Where work goes on at once; the other places answer questions that come up anew."""


class MainWindow(QMainWindow):
    """Implements ``place.Window``; see there for what places may call."""

    workbench: Workbench
    palette_popup: CommandPalette
    menus: dict[str, QMenu]

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle("Cofactor")
        self.setWindowIcon(window_icon())
        self.setMinimumSize(1024, 680)
        self.setAcceptDrops(True)
        self.bridge = ProjectBridge(self)
        self.actions_table = Actions(self)
        self._notices = NoticeStack()
        self._stack = QStackedWidget()
        self.workbench = Workbench(self, self._notices)
        self.start = StartView(self)
        self._stack.addWidget(self.start)
        self._stack.addWidget(self.workbench)
        self.setCentralWidget(self._stack)
        self.messages = Messages(self, self._notices, UndoMessage(self.workbench.views))
        self.messages.take_back = self.undo
        tasks.report_error = self.messages.report
        self.palette_popup = CommandPalette(self)
        self.work_popup = WorkPopup(self)
        self.menus = self.actions_table.fill(self.menuBar())
        self._title = ""
        self._project_title = self._make_corner()
        self._window_actions = WindowActions(self)
        self._connect()
        self._restore_geometry()
        self.show_start()

    # Navigation

    def go(self, place: str) -> Place:
        """Show a place and return it; LookupError while no project is open."""
        if not self.bridge.is_open:
            raise LookupError("no project is open")
        self._stack.setCurrentWidget(self.workbench)
        shown = self.workbench.go(place)
        self.show_status()
        return shown

    def open_passage(self, document_id: str, start: int = 0, end: int = 0) -> None:
        """Show a passage (document offsets, end-exclusive) in the reading view."""
        self._hand_over("read", "open_passage", document_id, start, end)

    def show_extracts(self, extract_filter: Any) -> None:
        """Show the extracts that a filter lets through."""
        self._hand_over("extracts", "show_filter", extract_filter)

    def show_code(self, code_id: str) -> None:
        """Show a code in the codebook."""
        self._hand_over("codebook", "show_code", code_id)

    def show_study(self, study_id: str) -> None:
        """Show a study in the list of studies."""
        self._hand_over("studies", "show_study", study_id)

    def open_search(self, query: str = "") -> None:
        """Show everything that a query finds."""
        self._hand_over("search", "show_query", query)

    def show_start(self) -> None:
        """Show the start view, with the recent projects as they are now."""
        self.start.refresh()
        self._stack.setCurrentWidget(self.start)
        self._show_title("")
        self.setWindowTitle("Cofactor")
        self._window_actions.refresh()

    @property
    def at_start(self) -> bool:
        """True while the start view is shown."""
        return self._stack.currentWidget() is self.start

    # Projects

    def open_project(self, path: str | Path) -> bool:
        """Open a project; False, with the reason shown, where it cannot be opened."""
        try:
            self.bridge.open(Path(path).expanduser().absolute())
        except Exception as problem:
            if not self.bridge.is_open:
                self.workbench.end_first_look()
                self.show_start()
            self.start.tell(problem) if self.at_start else self.messages.report(problem)
            return False
        return True

    def show_first_look(self, pages: QWidget) -> None:
        """Show the pages of last time while everything else is still being loaded."""
        self._stack.setCurrentWidget(self.workbench)
        self.workbench.show_first_look(pages)

    def close_project(self) -> None:
        """Close the project and go back to the start view, unless the last act was refused."""
        if self.bridge.settle():
            self.bridge.close()
            self.show_start()

    def add_files(self, paths: list[str]) -> None:
        """Add PDFs and folders of PDFs as background work."""
        if not self.bridge.is_open:
            opened = [path for path in paths if path.endswith(".cofactor")]
            if opened:
                self.open_project(opened[0])
            else:
                self.start.tell_first_open()
            return
        self._hand_over("studies", "add_files", paths)

    def undo(self) -> None:
        """Take the last act back; the strip shows what comes next."""
        self.bridge.undo()
        self.show_status()

    def redo(self) -> None:
        """Do again what was taken back."""
        self.bridge.redo()
        self.show_status()

    # Status

    def show_status(self) -> None:
        """Bring strip and undo actions up to date."""
        self._window_actions.refresh()
        if not self.bridge.is_open:
            return
        strip, place = self.workbench.strip, self.workbench.place
        layer, round_text = place.status() if place is not None else ("", "")
        known = self._window_actions.who()
        strip.person.show_person(known.initials, known.name, known.kind)
        strip.show_place(layer or "Own layer", round_text or known.round)
        strip.show_undo(self.bridge.undo_text)
        strip.saved.setToolTip(f"Everything is saved in {self.bridge.project.path}")

    def palette_top(self) -> int:
        """Return where the command palette hangs, in pixels from the window's top."""
        search = self.workbench.header.search
        if self.at_start:
            return self.menuBar().height() + px(11)
        return search.mapTo(self, QPoint(0, 0)).y()

    def open_menu_above(self, menu: QMenu, widget: QWidget) -> None:
        """Open a menu whose lower edge touches a widget of the strip."""
        menu.aboutToHide.connect(menu.deleteLater)
        corner = widget.mapToGlobal(QPoint(0, 0))
        menu.popup(corner - QPoint(0, menu.sizeHint().height() + px(4)))

    # Events

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Pop-ups stand at the right edge, so they follow it."""
        super().resizeEvent(event)
        self.work_popup.hide()
        self._fit_corner()
        if self.palette_popup.isVisible():
            self.palette_popup.place()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take PDFs, folders and projects wherever they are dropped."""
        if self._dropped(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Add what was dropped; a project is opened."""
        paths = self._dropped(event)
        if paths:
            event.acceptProposedAction()
            projects = [path for path in paths if path.endswith(".cofactor")]
            if projects:
                self.open_project(projects[0])
            else:
                self.add_files(paths)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep the geometry, stop what runs, let go of the project.

        Where the last act could not be saved the window stays, once, and says so.
        """
        if not self.bridge.settle():
            event.ignore()
            return
        settings().remember("window.geometry", _text(self.saveGeometry()))
        self.bridge.shut_down()
        tasks.stop_all(STOP_WITHIN_MS)
        settings().flush()
        super().closeEvent(event)

    # Inside

    def _connect(self) -> None:
        self.bridge.opened.connect(self._opened)
        self.bridge.about_to_close.connect(self._note_recent_closed)
        self.bridge.closed.connect(self._closed)
        self.bridge.unreadable.connect(self._unreadable)
        self.bridge.readable_again.connect(self._readable_again)
        self._status_soon = QTimer(self, singleShot=True, interval=0)
        self._status_soon.timeout.connect(self.show_status)
        self.bridge.changed.connect(self._changed)
        self.bridge.saving.connect(self.workbench.strip.show_saving)
        self.bridge.held_up.connect(self._held_up)
        self.bridge.refused.connect(self.messages.report)
        self.workbench.rail.asked.connect(self._asked)
        self.workbench.on_title = self._title_changed
        self.workbench.header.search_asked.connect(self.palette_popup.open)
        self.workbench.header.side_asked.connect(self._window_actions.toggle_side_panel)
        strip = self.workbench.strip
        strip.person_asked.connect(self._window_actions.ask_who)
        strip.undo_asked.connect(self.undo)
        strip.work_asked.connect(self._window_actions.show_work)
        theme.changed.connect(self._fit_corner)
        theme.changed.connect(self.show_status)

    def _changed(self, changes: "Changes") -> None:
        self.messages.follow(changes)
        self._status_soon.start()

    def _asked(self, key: str) -> None:
        if key == "settings":
            self._window_actions.show_settings()
        elif self.bridge.is_open:
            self.go(key)

    def _title_changed(self) -> None:
        self.workbench.refresh()
        self.show_status()

    def _hand_over(self, place: str, method: str, *arguments: Any) -> None:
        getattr(self.go(place), method)(*arguments)

    def _opened(self) -> None:
        project = self.bridge.project
        title = project.title
        self._show_title(title)
        self.setWindowTitle(f"{title} – Cofactor")
        self.messages.clear()
        self._note_recent(closed=False)
        self.actions_table.block_places("")
        self.workbench.show_project()
        self.go(self._last_place(project.id))
        self._window_actions.ask_who_once()
        self.messages.ask_who = self._window_actions.ask_who_first

    def _last_place(self, project_id: str) -> str:
        """Return where this project was left, else the first place."""
        last = settings().value(f"{LAST_PLACE}.{project_id}", "")
        return last if last in LANDING else PLACES[0].key

    def _closed(self) -> None:
        self.actions_table.block_places("Open a project first.")
        tasks.forget_project()
        self.messages.clear()
        self.show_start()

    def _note_recent(self, *, closed: bool) -> None:
        settings().remember_project(self._window_actions.recent(closed=closed))

    def _note_recent_closed(self) -> None:
        if not tasks.stop_project_work(STOP_WITHIN_MS - LEAVE_WITHIN_MS):
            self.bridge.stop_importing()
            tasks.stop_project_work(LEAVE_WITHIN_MS)
        settings().remember(f"{LAST_PLACE}.{self.bridge.project.id}", self.workbench.shown)
        self.workbench.leave()
        with suppress(UserError):
            self._note_recent(closed=True)

    def _held_up(self, is_held_up: bool) -> None:
        """Say why something is not saved yet, for as long as that lasts."""
        if not is_held_up:
            self.messages.clear(HELD_UP)
            return
        text = "Another program is using this project; your last coding is not saved yet."
        detail = "It is saved as soon as that program lets go. You can go on."
        self.messages.show(Notice("warning", text, detail, key=HELD_UP))

    def _unreadable(self, problem: Exception) -> None:
        self.messages.report(problem, key=UNREADABLE)

    def _readable_again(self) -> None:
        self.messages.clear(UNREADABLE)

    def _dropped(self, event: QDropEvent) -> list[str]:
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        wanted = (".pdf", ".cofactor")
        return [path for path in paths if path.lower().endswith(wanted) or Path(path).is_dir()]

    def _make_corner(self) -> QLabel:
        title = label("", "small", "text_2")
        title.setContentsMargins(0, 0, px(16), 0)
        self.menuBar().setCornerWidget(title, Qt.Corner.TopRightCorner)
        return title

    def _show_title(self, title: str) -> None:
        self._title = title
        self._project_title.setToolTip(title)
        self._fit_corner()

    def _fit_corner(self) -> None:
        """Cut the title before it would push a menu out of the bar."""
        bar = self.menuBar()
        menus = sum(
            QFontMetrics(bar.font()).horizontalAdvance(action.text()) + px(20)
            for action in bar.actions()
            if action.isVisible()
        )
        metrics = QFontMetrics(font("small"))
        room = max(0, min(self.width() - menus - px(32), metrics.averageCharWidth() * 72))
        shown = metrics.elidedText(self._title, Qt.TextElideMode.ElideRight, room)
        self._project_title.setFixedHeight(QFontMetrics(font("body")).height() + px(10))
        if shown != self._project_title.text():
            self._project_title.setText(shown)
            # The menu bar measures its corner only when it is given one.
            bar.setCornerWidget(self._project_title, Qt.Corner.TopRightCorner)
            self._project_title.show()

    def _restore_geometry(self) -> None:
        kept = settings().value("window.geometry", "")
        if not kept or not self.restoreGeometry(QByteArray.fromBase64(str(kept).encode())):
            screen = QGuiApplication.primaryScreen()
            room = screen.availableGeometry().size() if screen else self.minimumSize()
            self.resize(min(1440, room.width()), min(900, room.height()))


def window_icon() -> QIcon:
    """Return the product mark in all sizes."""
    mark = QIcon()
    for size in (16, 24, 32, 48, 64, 128, 256, 512):
        mark.addFile(str(resource("icons", f"cofactor-{size}.png")))
    return mark


def _text(data: QByteArray) -> str:
    return bytes(data.toBase64().data()).decode()
