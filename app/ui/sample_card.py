"""The card on the start view that leads to the sample review."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.ui.theme import icon, px, theme
from app.ui.widgets.layout import button, frame, label, tight
from app.ui.widgets.progress_bar import ProgressBar

# A drawing in a box of 524 x 188: hulls, dots (cluster, x, y, radius, share), ties.
HULLS = (("1", 15, 5, 252, 110), ("2", 299, 5, 234, 110), ("context", 34, 126, 188, 64),
         ("3", 245, 121, 288, 69))  # fmt: skip
DOTS = (
    ("1", 57, 24, 8, 0.6), ("1", 135, 20, 9, 0.8), ("1", 224, 22, 10, 0.5),
    ("1", 128, 47, 10, 0.55), ("1", 213, 56, 15, 0.75), ("1", 45, 79, 9, 0.1),
    ("1", 103, 85, 14, 0.07), ("1", 198, 93, 11, 0.7), ("2", 340, 22, 10, 0.05),
    ("2", 427, 18, 10, 0.75), ("2", 501, 28, 9, 0.8), ("2", 348, 56, 12, 0.6),
    ("2", 427, 47, 15, 0.9), ("2", 376, 89, 10, 0.15), ("2", 462, 87, 11, 0.8),
    ("3", 318, 139, 15, 0.85), ("3", 400, 131, 8, 0.4), ("3", 479, 140, 10, 0.75),
    ("3", 282, 172, 9, 0.55), ("3", 402, 162, 10, 0.7), ("3", 479, 175, 8, 0.2),
    ("context", 83, 148, 9, 0.06), ("context", 167, 139, 12, 0.06), ("context", 128, 175, 9, 0.4),
)  # fmt: skip
TIES = ((0, 1, 1), (3, 4, 2), (5, 6, 3), (1, 4, 1), (2, 8, 2), (4, 11, 3), (9, 12, 2), (12, 10, 2),
        (11, 13, 2), (7, 15, 4), (15, 14, 4), (15, 17, 2), (18, 19, 1), (19, 20, 2), (21, 22, 2),
        (23, 19, 1), (6, 22, 1))  # fmt: skip


class NetworkPicture(QWidget):
    """A small invented network, only to look at."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("A picture of a network of codes")

    def sizeHint(self) -> QSize:
        """Return the size of the drawing with an edge."""
        return QSize(px(546), px(196))

    def minimumSizeHint(self) -> QSize:
        """Ask for nothing: the picture may be left out."""
        return QSize(0, 0)

    def paintEvent(self, event: object) -> None:
        """Paint ground, hulls, ties and dots."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QPainterPath()
        ground.addRoundedRect(QRectF(self.rect()).adjusted(-10, 1, -1, -1), 9, 9)
        painter.setClipRect(self.rect())
        painter.fillPath(ground, theme.token("window"))
        painter.fillRect(QRectF(0, 0, 1, self.height()), theme.token("line"))
        factor = min(self.width() / 548, self.height() / 196)
        painter.translate((self.width() - 548 * factor) / 2, (self.height() - 196 * factor) / 2)
        painter.scale(factor, factor)
        self._paint_hulls(painter)
        self._paint_ties(painter)
        for number, x, y, radius, share in DOTS:
            self._paint_dot(painter, number, QPointF(x, y), radius, share)

    @staticmethod
    def _paint_hulls(painter: QPainter) -> None:
        for number, x, y, width, height in HULLS:
            pen = QPen(theme.cluster(number), 1)
            if number == "context":
                pen.setDashPattern([4, 3])
            painter.setPen(pen)
            painter.setBrush(theme.cluster(number, "tint"))
            painter.setOpacity(0.6)
            painter.drawRoundedRect(QRectF(x, y, width, height), 8, 8)
        painter.setOpacity(1)

    @staticmethod
    def _paint_ties(painter: QPainter) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for first, second, width in TIES:
            one, other = DOTS[first], DOTS[second]
            same = one[0] == other[0]
            strong = theme.cluster(one[0]) if same else theme.token("text")
            pen = QPen(strong if width > 1 else theme.token("text_3"), width if width > 1 else 0.6)
            if (first, second) in ((11, 13), (15, 17)):
                pen.setDashPattern([3, 2])
            painter.setPen(pen)
            start, end = QPointF(one[1], one[2]), QPointF(other[1], other[2])
            bend = (start + end) / 2 + QPointF(0, 10)
            path = QPainterPath(start)
            path.quadTo(bend, end)
            painter.drawPath(path)

    @staticmethod
    def _paint_dot(
        painter: QPainter, number: str, centre: QPointF, radius: float, share: float
    ) -> None:
        colour = theme.cluster(number)
        painter.setPen(QPen(colour, 1.4))
        painter.setBrush(theme.token("base"))
        painter.drawEllipse(centre, radius, radius)
        painter.setBrush(colour)
        painter.setPen(Qt.PenStyle.NoPen)
        box = QRectF(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius)
        painter.drawPie(box, 90 * 16, -round(share * 360 * 16))


class SampleCard(QWidget):
    """Words and button at the left, the picture at the right."""

    asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        card = frame("card")
        outer = tight(QVBoxLayout(self))
        outer.addWidget(card)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.open = button("Open sample review", icon=icon("play"))
        self.open.clicked.connect(self.asked)
        self.progress = ProgressBar()
        self.progress.hide()
        self.says = label("", "small", "text_2")
        self.says.hide()
        words = tight(QVBoxLayout(), 4, (28, 24, 28, 24))
        words.addStretch(1)
        words.addWidget(label("Look around with the sample review", "heading", wrap=True))
        words.addWidget(
            label(
                "Invented studies, coded by invented analysts. Nothing you do in it can harm "
                "your own work.",
                "body",
                "text_2",
                wrap=True,
            )
        )
        words.addSpacing(px(16))
        row = tight(QHBoxLayout(), 12)
        row.addWidget(self.open)
        row.addWidget(self.says, 1)
        row.addStretch(1)
        words.addLayout(row)
        words.addSpacing(px(4))
        words.addWidget(self.progress)
        words.addStretch(1)
        inside = tight(QHBoxLayout(card), 0, (0, 0, 0, 0))
        inside.addLayout(words, 4)
        self._picture = NetworkPicture()
        inside.addWidget(self._picture, 5)
        self._trim()
        theme.changed.connect(self._trim)

    def show_progress(self, done: int, total: int, text: str = "") -> None:
        """Show how far the making of the sample is; total 0 means not at work."""
        busy = total > 0
        self.open.setEnabled(not busy)
        self.progress.setVisible(busy)
        self.says.setVisible(busy)
        self.progress.show_share(done, total)
        self.says.setText(text)

    def resizeEvent(self, event: object) -> None:
        """Leave the picture out where it would squeeze the words."""
        self._picture.setVisible(self.width() >= px(600))

    def _trim(self) -> None:
        self.setMinimumHeight(px(196))
