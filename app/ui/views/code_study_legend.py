"""The strip under the table of codes by study: what number and bar of a cell mean."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QWidget

from app.ui.theme import font, px, theme
from app.ui.views.code_study_view import OTHER_WAYS, paint_way
from app.ui.views.row_painting import LEFT, paint_text

HEIGHT = 44
WAYS = (
    ("facilitator", "facilitator"),
    (OTHER_WAYS, "mixed, moderates, unclear or none"),
    ("barrier", "barrier"),
)


class CodeStudyLegend(QWidget):
    """Number: codings. Bar: how they split. At the left: studies that use the code."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(
            "Number: codings. Bar: their valences. At the left: studies that use the code."
        )
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """Return the height of one line."""
        return QSize(px(400), px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Return the height of one line."""
        return QSize(px(200), px(HEIGHT))

    def paintEvent(self, event: object) -> None:
        """Paint words and samples, as many as there is room for."""
        painter = QPainter(self)
        face = font("small")
        metrics = QFontMetricsF(face)
        left = float(px(16))
        for token, words in (("", "Number: codings in the study. Bar:"), *WAYS):
            sample = px(26) + px(6) if token else 0
            width = metrics.horizontalAdvance(words) + 2
            if left + sample + width > self.width():
                break
            if token:
                bar = QRectF(left, self.height() / 2 - px(2), px(26), px(4))
                paint_way(painter, bar, token)
            room = QRectF(left + sample, 0, width, self.height())
            paint_text(painter, room, words, face, "text_2", LEFT)
            left += sample + width + px(14)
        painter.end()
