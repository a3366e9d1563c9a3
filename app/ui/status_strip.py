"""The strip at the foot: who you are, layer, round; undo, running work, Saved."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from app.ui.tasks import tasks
from app.ui.theme import font, icon, paint_icon, paint_person, px, theme
from app.ui.widgets.layout import icon_button, line, tight
from app.ui.widgets.progress_bar import ProgressBar

HEIGHT = 28


class StripButton(QAbstractButton):
    """Icon or disc, then words; 24 high, flat until pointed at."""

    def __init__(self, icon: str = "", *, tone: str = "text_2") -> None:
        super().__init__()
        self._icon, self._tone = icon, tone
        self._initials = ""
        self._kind = "you"
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def show_words(self, text: str, tip: str = "") -> None:
        """Show other words."""
        self.setText(text)
        self.setAccessibleName(text)
        self.setToolTip(tip)
        self.updateGeometry()

    def show_person(self, initials: str, name: str, kind: str = "you") -> None:
        """Show a coder's disc before the name."""
        self._initials, self._kind = initials, kind
        self.show_words(name)

    def sizeHint(self) -> QSize:
        """Return the size of mark and words."""
        metrics = QFontMetrics(font("small"))
        width = metrics.horizontalAdvance(self.text()) + px(13)
        return QSize(width + (px(26) if self._marked() else 0), px(24))

    def minimumSizeHint(self) -> QSize:
        """Let the words be cut; the mark stays."""
        return QSize(min(self.sizeHint().width(), px(64)), px(24))

    def paintEvent(self, event: object) -> None:
        """Paint ground, mark and words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        if self.isEnabled() and (self.underMouse() or self.isDown()):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.token("pressed" if self.isDown() else "hover"))
            painter.drawRoundedRect(box, 4, 4)
        if self.hasFocus():
            painter.setPen(QPen(theme.token("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 4, 4)
        left = px(6)
        token = self._tone if self.isEnabled() else "text_3"
        if self._marked():
            left += self._paint_mark(painter, left, token)
        painter.setFont(font("small"))
        painter.setPen(theme.token(token))
        words = QRectF(left, 0, box.width() - left - px(5), box.height())
        shown = painter.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, round(words.width())
        )
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, shown)

    def _paint_mark(self, painter: QPainter, left: int, token: str) -> int:
        side = px(20) if self._initials else px(14)
        place = QRectF(left, (self.height() - side) / 2, side, side)
        if self._initials:
            paint_person(painter, place, self._initials, self._kind)
        else:
            paint_icon(painter, place, self._icon, token)
        return side + px(6)

    def _marked(self) -> bool:
        return bool(self._initials or self._icon)


class StatusStrip(QWidget):
    """28 high. The window fills it; clicks come out as signals."""

    person_asked = Signal()
    undo_asked = Signal()
    work_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Status")
        self.person = StripButton()
        self.person.clicked.connect(self.person_asked)
        self.layer = StripButton("layers")
        self.layer.setEnabled(False)
        self.round = StripButton()
        self.round.setEnabled(False)
        self.undo = StripButton("undo-2")
        self.undo.clicked.connect(self.undo_asked)
        self.work = StripButton("loader")
        self.work.setObjectName("work")
        self.work.clicked.connect(self.work_asked)
        self.saved = StripButton("check", tone="success")
        self.saved.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, False)
        self.saved.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.saved.show_words("Saved")
        self._bar = ProgressBar()
        self._stop = icon_button(icon("x", size=14), "Stop", size=14)
        self._stop.clicked.connect(self._stop_first)
        self._work_line = line(vertical=True, strong=True)
        self._undo_line = line(vertical=True, strong=True)
        self._round_line = line(vertical=True, strong=True)
        self._lay_out()
        tasks.changed.connect(self.show_work)
        theme.changed.connect(self._trim)
        self._trim()
        self.show_work()

    def _lay_out(self) -> None:
        row = tight(QHBoxLayout(self), 6, (8, 2, 10, 2))
        middle = Qt.AlignmentFlag.AlignVCenter
        self._lines = [line(vertical=True, strong=True), self._round_line]
        row.addWidget(self.person)
        row.addWidget(self._lines[0], 0, middle)
        row.addWidget(self.layer)
        row.addWidget(self._lines[1], 0, middle)
        row.addWidget(self.round)
        row.addStretch(1)
        row.addWidget(self.undo)
        row.addWidget(self._undo_line, 0, middle)
        row.addWidget(self.work)
        row.addWidget(self._bar, 0, middle)
        row.addWidget(self._stop)
        row.addWidget(self._work_line, 0, middle)
        row.addWidget(self.saved)
        self._lines += [self._undo_line, self._work_line]

    def show_place(self, layer: str, round_text: str) -> None:
        """Show layer and round."""
        self.layer.show_words(layer)
        self.round.show_words(round_text)
        self.round.setVisible(bool(round_text))
        self._round_line.setVisible(bool(round_text))

    def show_undo(self, text: str) -> None:
        """Show what undo would take back; "" hides it."""
        self.undo.show_words(f"Undo “{text}”" if text else "", "Undo  Z")
        self.undo.setVisible(bool(text))
        self._undo_line.setVisible(bool(text))

    def show_saving(self, acts: int) -> None:
        """Say "Saved" only while everything is on the disk."""
        words = "Saving …" if acts else "Saved"
        if self.saved.text() != words:
            self.saved.show_words(words, self.saved.toolTip())

    def show_work(self) -> None:
        """Show the oldest running job, or nothing."""
        running = tasks.running
        for widget in (self.work, self._bar, self._stop, self._work_line):
            widget.setVisible(bool(running))
        if running:
            job = running[0]
            more = f" and {len(running) - 1} more" if len(running) > 1 else ""
            count = f", {job.count()}" if job.count() else ""
            self.work.show_words(f"{job.title}{count}{more}", job.remaining() or job.text)
            self._bar.show_share(job.done, job.total or 0)
            self._stop.setToolTip(f"Stop {job.title}")

    def paintEvent(self, event: object) -> None:
        """Paint the ground and the line above."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.token("window"))
        painter.fillRect(0, 0, self.width(), 1, theme.token("line"))

    def _stop_first(self) -> None:
        for job in tasks.running[:1]:
            job.cancel()

    def _trim(self) -> None:
        self.setFixedHeight(px(HEIGHT))
        self._bar.setFixedWidth(px(96))
        for separator in self._lines:
            separator.setFixedHeight(px(12))
