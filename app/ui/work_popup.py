"""The pop-up of the status strip: all running and lately finished work."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from app.ui.tasks import Job, tasks
from app.ui.theme import icon, px, theme
from app.ui.widgets.elided import ElidedLabel
from app.ui.widgets.layout import button, clear, icon_button, label, line, tight
from app.ui.widgets.popup import Popup, shadow_margin
from app.ui.widgets.progress_bar import ProgressBar

WIDTH = 344
SHOWN_FINISHED = 6


class _RunningRow(QWidget):
    """Title, count, stop; a bar below."""

    def __init__(self, job: Job) -> None:
        super().__init__()
        self.job = job
        self._count = label("", "small", "text_2")
        self._bar = ProgressBar()
        stop = icon_button(icon("x", size=14), f"Stop {job.title}", size=14)
        stop.clicked.connect(job.cancel)
        top = tight(QHBoxLayout(), 4)
        top.addWidget(ElidedLabel(job.title, "small"), 1)
        top.addWidget(self._count)
        top.addWidget(stop)
        column = tight(QVBoxLayout(self), 0, (0, 0, 0, 4))
        column.addLayout(top)
        column.addWidget(self._bar)
        self.refresh()

    def refresh(self) -> None:
        """Show how far the work is."""
        job = self.job
        self._count.setText("stopping" if job.progress.cancelled else job.count())
        self._bar.show_share(job.done, job.total or 0)
        self.setToolTip(", ".join(part for part in (job.text, job.remaining()) if part))


class WorkPopup(Popup):
    """Opens above the strip at the right; closes with Esc, a click elsewhere, or the strip."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._rows: list[_RunningRow] = []
        self._shown: list[tuple[Job, str]] = []
        self._column = tight(QVBoxLayout(self), 4, (16, 16, 16, 12))
        tasks.changed.connect(self._refresh)
        theme.changed.connect(self._rebuild)

    def toggle(self, foot: int) -> None:
        """Open with its lower edge ``foot`` pixels above the window's, or close."""
        if self.isVisible():
            self.hide()
            return
        self._rebuild()
        self._place(foot)
        self.show()
        self.raise_()
        QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]

    def hideEvent(self, event: object) -> None:
        """Stop listening for clicks elsewhere."""
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Close on a click elsewhere in the window, but not on the strip that opened it."""
        if (
            event.type() == QEvent.Type.MouseButtonPress
            and isinstance(watched, QWidget)
            and watched is not self
            and not self.isAncestorOf(watched)
            and watched.objectName() != "work"
        ):
            self.hide()
        return False

    def _place(self, foot: int) -> None:
        self._foot = foot
        window, margin = self.host, shadow_margin()
        self.setFixedWidth(px(WIDTH) + 2 * margin)
        # Lines that wrap need their height for this width, which adjustSize does not ask for.
        self._column.activate()
        self.resize(self.width(), self._column.totalHeightForWidth(self.width()))
        self.move(
            window.width() - self.width() + margin - px(12),
            window.height() - foot - self.height() + margin - px(8),
        )

    def _refresh(self) -> None:
        if not self.isVisible():
            return
        if self._shown == self._wanted():
            for row in self._rows:
                row.refresh()
        else:
            self._rebuild()
            self._place(self._foot)

    def _wanted(self) -> list[tuple[Job, str]]:
        jobs = [*tasks.running, *tasks.finished[:SHOWN_FINISHED]]
        return [(job, job.state) for job in jobs]

    def _rebuild(self) -> None:
        clear(self._column)
        self._shown = self._wanted()
        self._column.addWidget(label("Under way", "group"))
        self._rows = [_RunningRow(job) for job in tasks.running]
        for row in self._rows:
            self._column.addWidget(row)
        if not self._rows:
            self._column.addWidget(label("Nothing is running.", "small", "text_2"))
        finished = tasks.finished[:SHOWN_FINISHED]
        if finished:
            self._column.addWidget(line())
        for job in finished:
            self._column.addWidget(self._finished_row(job))

    def _finished_row(self, job: Job) -> QWidget:
        row = QWidget()
        layout = tight(QHBoxLayout(row), 8)
        name, token = {
            "done": ("check", "success"),
            "stopped": ("square", "text_2"),
            "failed": ("circle-alert", "error"),
        }[job.state]
        mark = label()
        mark.setPixmap(icon(name, token).pixmap(px(16), px(16)))
        mark.setFixedHeight(px(24))
        words = job.outcome or {"stopped": f"{job.title}, stopped"}.get(job.state, job.title)
        layout.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        outcome = label(words, "small", "text_2", wrap=True)
        outcome.setContentsMargins(0, px(4), 0, px(4))
        layout.addWidget(outcome, 1, Qt.AlignmentFlag.AlignTop)
        if job.show is not None and job.state == "done":
            show = button("Show", "link")
            show.clicked.connect(self.hide)
            show.clicked.connect(job.show)
            layout.addWidget(show, 0, Qt.AlignmentFlag.AlignTop)
        row.setMinimumHeight(px(28))
        return row
