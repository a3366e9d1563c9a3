"""How agreement moved from round to round: a line with its intervals."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.team.agreement_lines import Line
from app.ui.team.agreement_table import THRESHOLDS
from app.ui.theme import font, px, theme
from app.ui.views.row_painting import CENTRE, RIGHT, paint_text

HEIGHT, LEFT_EDGE, FOOT, WIDEST_STEP = 240, 56, 30, 220


class RoundsChart(QWidget):
    """Rounds from left to right, the number of the unit upwards."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: tuple[Line, ...] = ()
        self._head = ""
        self.setFixedHeight(px(HEIGHT))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Agreement by round")
        theme.changed.connect(self._fit)

    def _fit(self) -> None:
        self.setFixedHeight(px(HEIGHT))

    def show_lines(self, lines: Sequence[Line], head: str) -> None:
        """Show these rounds; ``head`` names the number."""
        self.lines, self._head = tuple(lines), head
        said = [f"{line.name}: {_told(line)}" for line in lines]
        self.setAccessibleDescription("; ".join(said))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint grid, line, intervals and names."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.token("base"))
        box = QRectF(self.rect()).adjusted(px(LEFT_EDGE), px(26), -px(24), -px(FOOT))
        title = QRectF(px(16), px(4), self.width() - px(32), px(18))
        paint_text(painter, title, self._head, font("small_name"), "text_2")
        lowest = min([0.0, *(value for line in self.lines for value in _values(line))])
        floor = 0.0 if lowest >= 0 else max(-1.0, lowest)

        def y(value: float) -> float:
            return box.bottom() - box.height() * (min(max(value, floor), 1) - floor) / (1 - floor)

        for value, words, token in (
            (0.0, "0", "line"), (THRESHOLDS[0], ".667", "line_strong"),
            (THRESHOLDS[1], ".8", "line_strong"), (1.0, "1", "line"),
        ):  # fmt: skip
            pen = QPen(theme.token(token), 1)
            if value == THRESHOLDS[0]:
                pen.setDashPattern([3, 3])
            painter.setPen(pen)
            at = round(y(value))
            painter.drawLine(round(box.left()), at, round(box.right()), at)
            label = QRectF(0, at - px(9), box.left() - px(8), px(18))
            paint_text(painter, label, words, font("tiny", tabular=True), "text_2", RIGHT)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_line(painter, box, y)

    def _paint_line(self, painter: QPainter, box: QRectF, y) -> None:  # type: ignore[no-untyped-def]
        step = min(box.width() / max(len(self.lines), 1), px(WIDEST_STEP))
        ink, before = theme.token("text"), None
        for number, line in enumerate(self.lines):
            x = box.left() + step * (number + 0.5)
            name = QRectF(x - step / 2 + px(4), box.bottom() + px(6), step - px(8), px(18))
            paint_text(painter, name, line.name, font("small"), "text", CENTRE)
            value = line.values.get("main")
            if not isinstance(value, int | float):
                paint_text(painter, QRectF(x - step / 2, box.center().y(), step, px(18)),
                           "not estimable", font("small"), "text_2", CENTRE)  # fmt: skip
                before = None
                continue
            here = QPointF(x, y(value))
            if before is not None:
                painter.setPen(QPen(theme.token("accent"), px(2)))
                painter.drawLine(before, here)
            if line.interval is not None:
                painter.setPen(QPen(ink, 1.5))
                painter.drawLine(QPointF(x, y(line.interval[0])), QPointF(x, y(line.interval[1])))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(ink))
            painter.drawEllipse(here, px(4.5), px(4.5))
            words = QRectF(x + px(8), here.y() - px(20), px(60), px(18))
            paint_text(painter, words, f"{value:.2f}", font("small_group", tabular=True), "text")
            before = here


def _values(line: Line) -> list[float]:
    value = line.values.get("main")
    found = [value] if isinstance(value, int | float) else []
    return [*found, *(line.interval or ())]


def _told(line: Line) -> str:
    value = line.values.get("main")
    return f"{value:.2f}" if isinstance(value, int | float) else "not estimable"
