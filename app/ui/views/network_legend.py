"""The strip under the network: sizes, valences, ties, in the scale of the picture."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.analysis.network_model import NetworkFigure
from app.ui.theme import font, px, theme
from app.ui.views.row_painting import LEFT, paint_text
from app.ui.views.studies_rows import count

HEIGHT, LINE = 44, 30
_Group = list[tuple[float, Callable[[QPainter, QRectF], None], str]]


class NetworkLegend(QWidget):
    """Says what the marks of the figure mean; it takes its numbers from the figure's own legend."""

    def __init__(self) -> None:
        super().__init__()
        self._figure: NetworkFigure | None = None
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self.updateGeometry)

    def show_figure(self, figure: NetworkFigure) -> None:
        """Explain this figure."""
        self._figure = figure
        self.setAccessibleName(figure.alt_text)
        self.setToolTip(figure.caption)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the height of one line."""
        return QSize(px(400), px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Return the height of one line."""
        return QSize(px(200), px(HEIGHT))

    def paintEvent(self, event: object) -> None:
        """Paint all groups, in as many lines as they need."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        lines = self._lines(self.width())
        height = px(HEIGHT) if len(lines) == 1 else px(LINE)
        top = (self.height() - height * len(lines)) / 2
        for groups in lines:
            left = float(px(16))
            for group in groups:
                left = self._paint(painter, QPointF(left, top), height, group)
            top += height
        painter.end()

    def heightForWidth(self, width: int) -> int:
        """Return the height of all lines."""
        lines = len(self._lines(width))
        return px(HEIGHT) if lines < 2 else lines * px(LINE) + px(8)

    def _lines(self, width: int) -> list[list[_Group]]:
        lines: list[list[_Group]] = []
        left = 0.0
        for group in self._groups():
            needed = self._width(group)
            if not lines or left + needed > width:
                lines.append([])
                left = px(16)
            lines[-1].append(group)
            left += needed
        return lines

    def _groups(self) -> list[_Group]:
        if self._figure is None:
            return []
        marks, words = self._figure.legend.marks, [w.text for w in self._figure.legend.words]
        texts = [word for word in words if word not in ("Studies", "Valence", "Tie")]
        sizes, ties = [], []
        top = max((m.radius for m in marks if m.kind == "size"), default=1.0)
        for mark, text in zip(marks, texts, strict=False):
            if mark.kind == "size":
                radius = px(11) * mark.radius / top
                sizes.append((2 * radius, _ring(radius), text))
            elif mark.kind == "tie":
                ties.append((float(px(26)), _stroke(max(1.0, mark.width * 4), "text"), text))
        if sizes:
            width, paint, text = sizes[-1]
            sizes[-1] = (width, paint, count(int(text), "study"))
        side = float(px(13))
        directions = [
            (side, _disc("text_2"), "only facilitator"),
            (side, _disc("line_strong"), "both or unclear"),
            (side, _disc("base"), "only barrier"),
        ]
        groups = [sizes, ties, directions]
        if ties:
            groups[1] = [*ties, (0.0, _nothing, "black joins clusters")]
        if theme.tokens.is_dark and ties:
            groups[1][-1] = (0.0, _nothing, "white joins clusters")
        return [group for group in groups if group]

    def _width(self, group: _Group) -> float:
        metrics = QFontMetricsF(font("small", tabular=True))
        return sum(w + px(18) + metrics.horizontalAdvance(text) for w, _, text in group) + px(8)

    def _paint(self, painter: QPainter, at: QPointF, height: float, group: _Group) -> float:
        metrics = QFontMetricsF(font("small", tabular=True))
        left = at.x()
        for width, paint, text in group:
            paint(painter, QRectF(left, at.y(), width, height))
            left += width + (px(6) if width else 0)
            room = metrics.horizontalAdvance(text) + 2
            words = QRectF(left, at.y(), room, height)
            paint_text(painter, words, text, font("small", tabular=True), "text_2", LEFT)
            left += room + px(12)
        return left + px(12)


def _ring(radius: float) -> Callable[[QPainter, QRectF], None]:
    def paint(painter: QPainter, rect: QRectF) -> None:
        painter.setPen(QPen(theme.token("text_2"), 1.2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(rect.center(), radius - 0.6, radius - 0.6)

    return paint


def _disc(token: str) -> Callable[[QPainter, QRectF], None]:
    def paint(painter: QPainter, rect: QRectF) -> None:
        painter.setPen(QPen(theme.token("text_2"), 1.2))
        painter.setBrush(theme.token(token))
        radius = rect.width() / 2 - 0.6
        painter.drawEllipse(rect.center(), radius, radius)

    return paint


def _stroke(width: float, token: str) -> Callable[[QPainter, QRectF], None]:
    def paint(painter: QPainter, rect: QRectF) -> None:
        pen = QPen(theme.token(token), width)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        middle = rect.center().y()
        painter.drawLine(QPointF(rect.left(), middle), QPointF(rect.right(), middle))

    return paint


def _nothing(painter: QPainter, rect: QRectF) -> None:
    """Paint nothing: the words stand alone."""
