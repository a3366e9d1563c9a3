"""The table of the overview: cells are chosen and changed by mouse and keys."""

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView

from app.coding.roster import SUBMITTED, UNASSIGNED, Work
from app.ui.actions import Actions
from app.ui.bridge import ProjectBridge
from app.ui.team.roster_model import Role, RosterDelegate, RosterModel
from app.ui.theme import px, theme
from app.ui.views.people import people_of
from app.ui.views.table_header import TableHeader

NAME_WIDTH, CODER_WIDTH = 280, 190
MENU = ("team.read", "team.show_codings", "", "team.assign", "team.unassign", "team.reopen")


class RosterTable(QTableView):
    """``picked`` when the choice of cells moves; ``opened`` carries a document."""

    picked = Signal()
    opened = Signal(str)

    def __init__(self, bridge: ProjectBridge, actions: Actions) -> None:
        """Start empty."""
        super().__init__()
        self._bridge, self._actions = bridge, actions
        self.roster = RosterModel(self)
        self.setModel(self.roster)
        self.setItemDelegate(RosterDelegate(self))
        self._head = TableHeader(self)
        self.setHorizontalHeader(self._head)
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName("Who codes what")
        self.selectionModel().selectionChanged.connect(lambda *_: self.picked.emit())
        self.selectionModel().currentChanged.connect(lambda *_: self.picked.emit())
        self.doubleClicked.connect(self._open)
        theme.changed.connect(self.fit)
        self.roster.modelReset.connect(self.fit)
        actions.attach("team", self)

    def chosen_work(self) -> list[Work]:
        """Return the work of all chosen cells; of a chosen name, that of its whole row."""
        found: dict[tuple[str, str], Work] = {}
        for index in self.selectionModel().selectedIndexes():
            work = index.data(Role.WORK)
            row = index.data(Role.ROW)
            several = row.work.values() if work is None else (work,)
            found |= {(one.document_id, one.coder_id): one for one in several}
        return list(found.values())

    def chosen_documents(self) -> list[str]:
        """Return the documents of all chosen cells, from top to bottom."""
        rows = sorted({index.row() for index in self.selectionModel().selectedIndexes()})
        return [self.roster.rows[row].document_id for row in rows]

    def current_work(self) -> Work | None:
        """Return the work of the cell the cursor is on, None on a name."""
        index = self.currentIndex()
        return index.data(Role.WORK) if index.isValid() else None

    def current_document(self) -> str:
        """Return the document of the row the cursor is on, or ""."""
        index = self.currentIndex()
        return self.roster.rows[index.row()].document_id if index.isValid() else ""

    def fit(self) -> None:
        """Give names and coders their room."""
        people = people_of(self._bridge)
        self._head.people = {
            number: people[coder.id]
            for number, coder in enumerate(self.roster.coders, start=1)
            if coder.id in people
        }
        head = self.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for column in range(self.roster.columnCount()):
            head.resizeSection(column, px(CODER_WIDTH if column else NAME_WIDTH))
        self.verticalHeader().setDefaultSectionSize(theme.row("table"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the document, Space puts it on the list or takes it off."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with the chosen cells."""
        at = self.viewport().mapFrom(self, event.pos())
        index = self.indexAt(at)
        if index.isValid() and not self.selectionModel().isSelected(index):
            self.setCurrentIndex(index)
        self.open_menu(event.globalPos())

    def open_menu(self, at: QPoint) -> QMenu:
        """Open the menu and return it."""
        menu = QMenu(self)
        for action_id in MENU:
            if action_id:
                menu.addAction(self._actions[action_id])
            else:
                menu.addSeparator()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)
        return menu

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(self.roster.rows[index.row()].document_id)


def can_assign(works: list[Work]) -> bool:
    """Say whether any of these is not on a list yet."""
    return any(not work.assigned for work in works)


def can_unassign(works: list[Work]) -> bool:
    """Say whether any of these is on a list and not finished."""
    return any(work.assigned and work.state != SUBMITTED for work in works)


def is_empty(work: Work) -> bool:
    """Say whether nothing is known of it at all."""
    return work.state == UNASSIGNED
