"""The list of recent projects on the start view."""

from pathlib import Path

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListView, QStyleOptionViewItem

from app.ui.dates import counted, spoken_date
from app.ui.settings import RecentProject
from app.ui.theme import font, paint_icon, paint_tag, px, tag_size, theme
from app.ui.widgets.rows import RowDelegate

Index = QModelIndex | QPersistentModelIndex
PROJECT = Qt.ItemDataRole.UserRole
PROGRESS_WIDTH = 256


def progress_words(project: RecentProject) -> str:
    """Return "31 of 46 coded in round 2", or "" where nothing is known."""
    if not project.studies:
        return ""
    round_name = project.round[:1].lower() + project.round[1:]
    where = f" in {round_name}" if round_name else ""
    return f"{project.coded} of {project.studies} coded{where}"


def state_words(project: RecentProject) -> str:
    """Return what is unusual about a project, "" for nothing."""
    if not project.exists:
        return "Not found"
    return "" if project.closed else "Not closed properly, nothing lost"


def short_path(path: str) -> str:
    """Return a path from the home folder on, with forward slashes."""
    try:
        return Path(path).relative_to(Path.home()).as_posix()
    except ValueError:
        return Path(path).as_posix()


class RecentModel(QAbstractListModel):
    """Recent projects whose title or path holds what is looked for."""

    def __init__(self) -> None:
        super().__init__()
        self._all: tuple[RecentProject, ...] = ()
        self._shown: list[RecentProject] = []
        self._words = ""

    def show_projects(self, projects: tuple[RecentProject, ...]) -> None:
        """Show these projects."""
        self._all = projects
        self.filter(self._words)

    def filter(self, words: str) -> None:
        """Show those that hold all words."""
        self._words = words
        self.beginResetModel()
        wanted = words.casefold().split()
        self._shown = [
            project
            for project in self._all
            if all(word in f"{project.title} {project.path}".casefold() for word in wanted)
        ]
        self.endResetModel()

    def project(self, index: Index) -> RecentProject:
        """Return the project of a row."""
        return self._shown[index.row()]

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """Return the number of projects shown."""
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Answer for title, tooltip and what is read aloud."""
        project = self._shown[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return project.title
        if role == PROJECT:
            return project
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(part for part in (project.path, state_words(project)) if part)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            parts = (
                project.title, state_words(project), progress_words(project),
                spoken_date(project.opened_at),
            )  # fmt: skip
            return ", ".join(part for part in parts if part)
        return None


class RecentDelegate(RowDelegate):
    """Icon, title and path; progress; number of studies; date."""

    kind = "list_tall"
    radius = 8.0
    inset = 0

    def paint_content(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, box: QRectF
    ) -> None:
        """Paint one project."""
        project: RecentProject = index.data(PROJECT)
        inner = box.adjusted(px(16), 0, -px(16), 0)
        if index.row() + 1 < (index.model().rowCount() if index.model() else 0):
            edge = QRectF(box.left(), box.bottom() - 1, box.width(), 1)
            painter.fillRect(edge, theme.token("line"))
        self._paint_icon(painter, inner)
        right = self._paint_facts(painter, inner, project)
        self._paint_names(painter, inner, right, project)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of a tall row."""
        return QSize(px(480), theme.row(self.kind))

    @staticmethod
    def _paint_icon(painter: QPainter, inner: QRectF) -> None:
        side = px(36)
        plate = QRectF(inner.left(), inner.center().y() - side / 2, side, side)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.token("hover"))
        painter.drawRoundedRect(plate, 8, 8)
        glyph = QRectF(0, 0, px(18), px(18))
        glyph.moveCenter(plate.center())
        paint_icon(painter, glyph, "folder-open")

    def _paint_facts(self, painter: QPainter, inner: QRectF, project: RecentProject) -> float:
        """Paint date, studies and progress from the right; return where they begin."""
        if inner.width() < px(400):
            return inner.right()
        painter.setFont(font("small", tabular=True))
        painter.setPen(theme.token("text_2"))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        metrics = painter.fontMetrics()
        date_width = metrics.horizontalAdvance("14 November 2024") + px(2)
        date = QRectF(inner.right() - date_width, inner.top(), date_width, inner.height())
        painter.drawText(date, flags, spoken_date(project.opened_at))
        if not project.studies:
            return date.left()
        count_width = metrics.horizontalAdvance("1,000 studies")
        count = QRectF(date.left() - count_width, inner.top(), count_width, inner.height())
        painter.drawText(count, flags, counted(project.studies, "study", "studies"))
        width = px(PROGRESS_WIDTH)
        left = count.left() - width - px(8)
        if left < inner.left() + px(280):
            return count.left()
        middle = inner.center().y()
        words = QRectF(left, middle - px(17), width, px(18))
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, progress_words(project))
        bar = QRectF(left, middle + px(8), width, px(4))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.token("pressed"))
        painter.drawRoundedRect(bar, 2, 2)
        done = QRectF(bar)
        done.setWidth(bar.width() * min(1.0, project.coded / project.studies))
        painter.setBrush(theme.token("accent"))
        painter.drawRoundedRect(done, 2, 2)
        return left

    @staticmethod
    def _paint_names(
        painter: QPainter, inner: QRectF, right: float, project: RecentProject
    ) -> None:
        left, middle = inner.left() + px(52), inner.center().y()
        room = right - left - px(16)
        tag, kind, icon = state_words(project), "plain", "file-question-mark"
        if tag and project.exists:
            kind, icon = "warning", "triangle-alert"
        if tag and room < px(120) + tag_size(tag, with_icon=True).width():
            tag = ""
        tag_width = tag_size(tag, with_icon=True).width() + px(8) if tag else 0
        painter.setFont(font("name"))
        painter.setPen(theme.token("text"))
        shown = painter.fontMetrics().elidedText(
            project.title, Qt.TextElideMode.ElideRight, int(max(px(80), room - tag_width))
        )
        width = painter.fontMetrics().horizontalAdvance(shown)
        title = QRectF(left, middle - px(18), room, px(19))
        painter.drawText(title, Qt.AlignmentFlag.AlignVCenter, shown)
        if tag:
            place = QRectF(left + width + px(8), middle - px(18), tag_width, px(19))
            paint_tag(painter, place, tag, kind, icon)
        painter.setFont(font("small"))
        painter.setPen(theme.token("text_2"))
        path = painter.fontMetrics().elidedText(
            short_path(project.path), Qt.TextElideMode.ElideMiddle, int(room)
        )
        painter.drawText(
            QRectF(left, middle + px(1), room, px(17)), Qt.AlignmentFlag.AlignVCenter, path
        )


class RecentList(QListView):
    """As high as its rows, so that the view around it scrolls as one."""

    def __init__(self, model: RecentModel) -> None:
        super().__init__()
        self.setModel(model)
        self.setItemDelegate(RecentDelegate(self))
        self.setMouseTracking(True)
        self.setAccessibleName("Recent projects")
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        model.modelReset.connect(self.fit)
        theme.changed.connect(self.fit)

    def fit(self) -> None:
        """Take the height of the rows."""
        self.doItemsLayout()
        self.setFixedHeight(self.model().rowCount() * theme.row("list_tall"))
