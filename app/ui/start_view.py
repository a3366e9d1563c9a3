"""The start view: new, open, restore; recent projects; the sample review."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app import __version__
from app.errors import UserError
from app.ui.sample_card import SampleCard
from app.ui.settings import settings
from app.ui.start_list import RecentList, RecentModel
from app.ui.theme import icon, paint_mark, px, scale, theme
from app.ui.widgets.counts import KeyCap
from app.ui.widgets.layout import button, fit_icon, frame, label, tight
from app.ui.widgets.notices import Notice, NoticeStack
from app.ui.widgets.search_field import SearchField

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow

LEFT_WIDTH, NARROW_LEFT = 340, 260
WIDEST = 1120
MOST_NEWS = 3
NARROW, LOW = 720, 560
"""Below this width the list cannot be searched, below this height the news are in the menu only."""


class ProductMark(QWidget):
    """The three joined dots, 28 px, in the cluster colours of the theme."""

    def __init__(self) -> None:
        super().__init__()
        self._trim()
        theme.changed.connect(self._trim)

    def paintEvent(self, event: object) -> None:
        """Paint the mark."""
        paint_mark(QPainter(self), QRectF(self.rect()))

    def _trim(self) -> None:
        self.setFixedSize(QSize(px(32), px(32)))


class StartView(QWidget):
    """Left: what to do. Right: recent projects and the sample, or a form in their place."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__()
        self._window = window
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._model = RecentModel()
        self._caps: dict[str, KeyCap] = {}
        self.list = RecentList(self._model)
        self.finder = SearchField("Find a project")
        self.card = SampleCard()
        self._notices = NoticeStack()
        self._pages = QStackedWidget()
        self._pages.addWidget(self._recent_page())
        right = frame("base")
        column = tight(QVBoxLayout(right))
        column.addWidget(self._notices)
        column.addWidget(self._pages, 1)
        row = tight(QHBoxLayout(self))
        row.addWidget(self._left())
        row.addWidget(right, 1)
        self._connect()
        theme.changed.connect(self._trim)
        self._trim()

    def refresh(self) -> None:
        """Show the recent projects as they are now."""
        self._model.show_projects(settings().recent_projects())
        self._none.setVisible(self._model.rowCount() == 0)
        self._fit()
        self._pages.setCurrentIndex(0)
        if self._model.rowCount():
            self.list.setCurrentIndex(self._model.index(0))
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_new_project(self) -> None:
        """Show the form for a new project."""
        from app.ui.new_project import NewProjectPanel

        self._show_form(NewProjectPanel(self._window, self.refresh))

    def show_restore(self) -> None:
        """Show the backups."""
        from app.ui.restore_panel import RestorePanel

        self._show_form(RestorePanel(self._window, self.refresh))

    def form(self) -> QWidget | None:
        """Return the form that is shown, or None."""
        return self._pages.currentWidget() if self._pages.currentIndex() > 0 else None

    def tell(self, problem: BaseException) -> None:
        """Show a problem here, since the places' notices cannot be seen now."""
        if isinstance(problem, UserError):
            self._notices.add(Notice("error", problem.message, problem.hint, key="start"))
        else:
            self._window.messages.report(problem)

    def tell_first_open(self) -> None:
        """Say what has to come before PDFs."""
        self._notices.add(
            Notice(
                "info",
                "PDFs belong to a project.",
                "Make a new project or open one, then drop them again.",
                (("New project", self.show_new_project),),
                key="start",
            )
        )

    def hideEvent(self, event: object) -> None:
        """Take away what was said here: a project is open now."""
        self._notices.remove_all()

    def _left(self) -> QWidget:
        left = frame("rail")
        self._left_panel = left
        column = self._left_column = QVBoxLayout(left)
        head = tight(QHBoxLayout(), 12)
        head.addWidget(ProductMark())
        head.addWidget(label("Cofactor", "display"), 1)
        column.addLayout(head)
        column.addSpacing(px(8))
        column.addWidget(
            label("Code what helps and hinders, and see how it hangs together.", "body", "text_2",
                  wrap=True)
        )  # fmt: skip
        column.addSpacing(px(24))
        self._buttons = {
            action_id: self._start_button(action_id, name, text)
            for action_id, name, text in (
                ("file.new", "plus", "New project"),
                ("file.open", "folder-open", "Open project"),
                ("file.restore", "history", "Restore from backup"),
            )
        }
        for made in self._buttons.values():
            column.addWidget(made)
        column.addStretch(1)
        column.addWidget(self._news())
        column.addWidget(label(f"Version {__version__}", "small", "text_2"))
        column.addSpacing(px(4))
        links = tight(QHBoxLayout(), 12)
        for text, action_id in (("Keyboard", "help.keyboard"), ("About", "help.about"),
                                ("Settings", "file.settings")):  # fmt: skip
            link = button(text, "link")
            link.clicked.connect(
                lambda _checked=False, act=action_id: self._window.actions_table.trigger(act)
            )
            links.addWidget(link)
        links.addStretch(1)
        column.addLayout(links)
        return left

    def _news(self) -> QWidget:
        """Return a few lines on what is new, with a way to all of it."""
        from app.ui.whats_new import read_news

        made, news = QWidget(), read_news()
        self._news_box, self._has_news = made, news is not None
        column = tight(QVBoxLayout(made), 4, (0, 0, 0, 16))
        if news is None:
            return made
        column.addWidget(label(news.title, "small_group"))
        for item in news.items[:MOST_NEWS]:
            column.addWidget(label(item, "small", "text_2", wrap=True))
        link = button("What is new", "link")
        link.clicked.connect(lambda: self._window.actions_table.trigger("help.news"))
        row = tight(QHBoxLayout())
        row.addWidget(link)
        row.addStretch(1)
        column.addLayout(row)
        return made

    def _start_button(self, action_id: str, name: str, text: str) -> QPushButton:
        primary = action_id == "file.new"
        made = button(text, "start_primary" if primary else "start")
        made.setIcon(icon(name, "on_accent" if primary else "text_2", 18))
        fit_icon(made, 18, beside=True)
        made.clicked.connect(lambda: self._window.actions_table.trigger(action_id))
        row = tight(QHBoxLayout(made), 0, (0, 0, 12, 0))
        row.addStretch(1)
        self._caps[action_id] = KeyCap("", on="accent" if primary else "raised")
        row.addWidget(self._caps[action_id])
        return made

    def _show_keys(self) -> None:
        for action_id, cap in self._caps.items():
            cap.show_key(self._window.actions_table.cap(action_id))
            cap.setVisible(bool(self._window.actions_table.cap(action_id)))

    def _recent_page(self) -> QWidget:
        inner = frame("base")
        inner.setMaximumWidth(px(WIDEST))
        column = self._recent_column = QVBoxLayout(inner)
        head = tight(QHBoxLayout(), 16, (16, 0, 16, 0))
        head.addWidget(label("Recent projects", "title"), 1)
        head.addWidget(self.finder)
        column.addLayout(head)
        column.addSpacing(px(12))
        self._none = label(
            "Projects you open are listed here. Start a new one, or look around in the sample.",
            "body", "text_2", wrap=True,
        )  # fmt: skip
        none_row = tight(QHBoxLayout(), 0, (16, 0, 16, 0))
        none_row.addWidget(self._none)
        column.addLayout(none_row)
        column.addWidget(self.list)
        column.addSpacing(px(32))
        card_row = tight(QHBoxLayout(), 0, (16, 0, 16, 0))
        card_row.addWidget(self.card)
        column.addLayout(card_row)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(inner)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        return area

    def _show_form(self, form: QWidget) -> None:
        while self._pages.count() > 1:
            old = self._pages.widget(1)
            assert old is not None
            self._pages.removeWidget(old)
            old.deleteLater()
        self._pages.addWidget(form)
        self._pages.setCurrentWidget(form)

    def _connect(self) -> None:
        self._window.actions_table.keys_changed.connect(self._show_keys)
        self._show_keys()
        self.finder.textChanged.connect(self._model.filter)
        self.finder.entered.connect(self.list.setFocus)
        self.list.activated.connect(self._open)
        self.list.clicked.connect(self._open)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._ask)
        self.card.asked.connect(lambda: self._window.actions_table.trigger("file.sample"))

    def _open(self, index: object) -> None:
        project = self._model.project(index)  # type: ignore[arg-type]
        if project.exists:
            self._window.open_project(project.path)
        else:
            forget = ("Take it off the list", lambda: self._forget(project.path))
            self._notices.add(
                Notice("warning", f"{project.title} is not where it was.", project.path,
                       (forget,), key="start")
            )  # fmt: skip

    def _ask(self, point: QPoint) -> None:
        index = self.list.indexAt(point)
        if index.isValid():
            path = self._model.project(index).path
            menu = QMenu(self)
            menu.addAction("Take it off the list").triggered.connect(lambda: self._forget(path))
            menu.aboutToHide.connect(menu.deleteLater)
            menu.popup(self.list.viewport().mapToGlobal(point))

    def resizeEvent(self, event: object) -> None:
        """Leave out what would push the rest over the edge."""
        self._fit()

    def _fit(self) -> None:
        narrow = self.width() < px(NARROW)
        several = len(settings().recent_projects()) > 1
        self.finder.setVisible(several and not narrow)
        tight(self._recent_column, 0, (8, 24, 8, 16) if narrow else (40, 56, 40, 32))
        low = self.height() < px(LOW)
        tight(self._left_column, 0, (32, 16, 32, 8) if low else (32, 56, 32, 24))
        self._news_box.setVisible(self._has_news and not low)

    def _forget(self, path: str) -> None:
        settings().forget_project(path)
        self.refresh()

    def _trim(self) -> None:
        self._left_panel.setFixedWidth(px(LEFT_WIDTH if scale() < 1.4 else NARROW_LEFT))
        self._fit()
        self.finder.setFixedWidth(px(200))
