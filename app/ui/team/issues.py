"""The view Codebook issues: what definitions leave open, the passages, how it was cleared up."""

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QHBoxLayout,
    QListView,
    QStackedWidget,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.coding.codebook_issues import OPEN, close_issue, reopen_issue
from app.errors import UserError
from app.models.changes import Changes
from app.ui.dates import counted, spoken_date
from app.ui.place import Window
from app.ui.tasks import run
from app.ui.team.issues_rows import IssueRow, load_issues
from app.ui.theme import font, paint_swatch, paint_tag, px, tag_size, theme
from app.ui.views.code_fields import TextField
from app.ui.views.passages import open_row
from app.ui.views.passages_list import PassagesList
from app.ui.views.people import people_of
from app.ui.views.row_painting import LEFT, RIGHT, paint_text
from app.ui.views.team import TeamView
from app.ui.widgets import (
    EmptyView,
    RememberingSplitter,
    RowDelegate,
    button,
    frame,
    label,
    line,
    tight,
)
from app.ui.widgets.rows import Index

KINDS = (
    "codebook_issue", "code", "code_alias", "cluster", "coding", "coder", "document", "study",
    "recheck",
)  # fmt: skip
ROW = Qt.ItemDataRole.UserRole + 1
NOTHING = "Press K while you settle a difference, and what a definition leaves open stands here."


class IssuesView(TeamView):
    """Issues at the left, the chosen one with its passages and its definition at the right."""

    def __init__(self, window: Window) -> None:
        """Build list and detail."""
        super().__init__(window)
        self.bridge = window.bridge
        self._is_stale, self._reading = True, 0
        self.model = _IssuesModel(self)
        self.list = QListView()
        self.passages = PassagesList()
        self.passages.setAccessibleName("Passages of the issue")
        self.definition = TextField("Definition", lines=4)
        self.again = QCheckBox("Ask everyone to look again at what is coded with it")
        self.close_button = button("Close issue", "primary")
        self.reopen_button = button("Open again")
        self.code_button = button("", "link", tip="Show the code in the codebook")
        self._title, self._told = label("", "heading", wrap=True), label("", "small", "text_2")
        self._note = label("", "body", wrap=True)
        self._empty = EmptyView("list-tree", "No codebook issues", NOTHING)
        self._stack = QStackedWidget()
        self._build()
        self._connect()

    def _build(self) -> None:
        self.list.setModel(self.model)
        self.list.setItemDelegate(_IssuesDelegate(self.list))
        self.list.setProperty("look", "panel")
        self.list.setMouseTracking(True)
        self.list.setUniformItemSizes(True)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setAccessibleName("Codebook issues")
        left = frame("panel_left")
        tight(QVBoxLayout(left), 0, (0, 8, 0, 8)).addWidget(self.list)
        self.splitter = RememberingSplitter("team.issues", Qt.Orientation.Horizontal)
        self.splitter.fill(left, self._detail(), sizes=[340, 1000])
        self.splitter.setStretchFactor(0, 0)
        self.splitter.setStretchFactor(1, 1)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self.splitter)
        tight(QVBoxLayout(self)).addWidget(self._stack)

    def _detail(self) -> QWidget:
        detail = frame("base")
        column = tight(QVBoxLayout(detail), 8, (24, 20, 24, 16))
        column.addWidget(self._title)
        facts = tight(QHBoxLayout(), 8)
        facts.addWidget(self.code_button)
        facts.addWidget(self._told, 1)
        column.addLayout(facts)
        column.addWidget(self._note)
        column.addSpacing(px(8))
        column.addWidget(self.definition)
        column.addWidget(self.again)
        acts = tight(QHBoxLayout(), 8)
        acts.addWidget(self.close_button)
        acts.addWidget(self.reopen_button)
        acts.addStretch(1)
        column.addLayout(acts)
        column.addSpacing(px(8))
        column.addWidget(line())
        column.addWidget(label("Passages", "small", "text_2"))
        column.addWidget(self.passages, 1)
        return detail

    def _connect(self) -> None:
        self.bridge.changed.connect(self._follow)
        self.list.selectionModel().currentChanged.connect(lambda _now, _old: self._show())
        self.passages.opened.connect(lambda row: open_row(self.window_of_places, row))
        self.close_button.clicked.connect(self.close_chosen)
        self.reopen_button.clicked.connect(self.reopen_chosen)
        theme.changed.connect(self.list.doItemsLayout)
        self.code_button.clicked.connect(self._show_code)

    def panels(self) -> list[QWidget]:
        """Return what F6 goes through."""
        return [self.list, self.definition.edit, self.passages]

    def refresh(self) -> None:
        """Read the issues where something has changed since."""
        if not self._is_stale or not self.bridge.is_open:
            return
        self._is_stale = False
        self._reading += 1
        project, number = self.bridge.project, self._reading
        run(
            lambda _progress: load_issues(project),
            "Read codebook issues",
            lambda rows: self._take(number, rows),
            listed=False,
        )

    def forget(self) -> None:
        """Let go of the project."""
        self._is_stale = True
        self._reading += 1
        self.model.show_rows(())
        self._stack.setCurrentWidget(self._empty)

    def chosen(self) -> IssueRow | None:
        """Return the issue with the cursor."""
        row = self.list.currentIndex().data(ROW) if self.list.currentIndex().isValid() else None
        return row if isinstance(row, IssueRow) else None

    def close_chosen(self) -> None:
        """Close the issue with what the definition says now."""
        row = self.chosen()
        if row is None:
            return
        words = self.definition.text() if self.definition.is_changed else None
        try:
            close_issue(
                self.bridge.project, row.issue.id, definition=words,
                look_again=self.again.isChecked(),
            )  # fmt: skip
        except UserError as problem:
            self.window_of_places.messages.report(problem)
            return
        self.definition.show_text(self.definition.text())
        self.window_of_places.messages.removed(f"Closed the issue on {row.code_name}.")

    def reopen_chosen(self) -> None:
        """Open a closed issue again."""
        row = self.chosen()
        if row is not None:
            reopen_issue(self.bridge.project, row.issue.id)

    def _follow(self, changes: Changes) -> None:
        if changes.touches(*KINDS):
            self._is_stale = True
            if self.isVisible():
                self.refresh()

    def _take(self, number: int, rows: tuple[IssueRow, ...]) -> None:
        if number != self._reading or not self.bridge.is_open:
            return
        before = self.chosen()
        self.model.show_rows(rows)
        self._stack.setCurrentWidget(self.splitter if rows else self._empty)
        waiting = sum(row.issue.state == OPEN for row in rows)
        self.fact = f"{waiting} open" if rows else ""
        self.fact_changed.emit()
        known = [row.issue.id for row in rows]
        place = known.index(before.issue.id) if before and before.issue.id in known else 0
        if rows:
            self.list.setCurrentIndex(self.model.index(place, 0))
        self._show()

    def _show(self) -> None:
        row = self.chosen()
        if row is None:
            return
        is_open = row.issue.state == OPEN
        self._title.setText(row.issue.title)
        self.code_button.setText(row.code_name)
        told = ", ".join(p for p in (f"raised by {row.who}", spoken_date(row.issue.at)) if p)
        asked = ". Asked to look again." if row.issue.recheck_id else ""
        self._told.setText(f"{told}{asked}")
        self._note.setText(row.issue.note)
        self._note.setVisible(bool(row.issue.note))
        words = row.code.definition if row.code is not None else ""
        self.definition.show_text(words, keep_draft=self._drafted == row.issue.id)
        self._drafted = row.issue.id
        self.definition.setEnabled(row.code is not None)
        self.close_button.setVisible(is_open)
        self.again.setVisible(is_open)
        self.reopen_button.setVisible(not is_open)
        self.passages.set_people(people_of(self.bridge))
        self.passages.show_rows(row.passages)

    _drafted = ""

    def _show_code(self) -> None:
        row = self.chosen()
        if row is not None and row.code is not None:
            self.window_of_places.show_code(row.code.id)


class _IssuesModel(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.rows: tuple[IssueRow, ...] = ()

    def show_rows(self, rows: tuple[IssueRow, ...]) -> None:
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return row.issue.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.issue.title}, {row.code_name}, {row.issue.state}"
        return None


class _IssuesDelegate(RowDelegate):
    inset = 8

    def paint_content(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, box: QRectF
    ) -> None:
        row: IssueRow = index.data(ROW)
        inner = box.adjusted(px(12), px(5), -px(12), -px(5))
        upper = QRectF(inner.left(), inner.top(), inner.width(), inner.height() / 2)
        lower = QRectF(inner.left(), upper.bottom(), inner.width(), inner.height() / 2)
        side = px(9)
        swatch = QRectF(inner.left(), lower.center().y() - side / 2, side, side)
        paint_swatch(painter, swatch, row.number or "context")
        if row.issue.state != OPEN:
            size = tag_size("Closed")
            place = QRectF(inner.right() - size.width(), upper.top(), size.width(), upper.height())
            paint_tag(painter, place, "Closed", "success")
            upper.setRight(place.left() - px(6))
        paint_text(painter, upper, row.issue.title, font("name"), "text", LEFT)
        number = counted(len(row.passages), "passage", "passages")
        paint_text(painter, lower, number, font("small"), "text_2", RIGHT)
        words = lower.adjusted(side + px(8), 0, -px(84), 0)
        paint_text(painter, words, row.code_name, font("small"), "text_2", LEFT)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of two lines."""
        return QSize(0, px(49))
