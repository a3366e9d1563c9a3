"""A header whose sort arrow stands beside the name, and whose coders show their picture."""

from collections.abc import Mapping

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from app.ui.theme import font, paint_icon, paint_person, px, theme
from app.ui.views.people import Person
from app.ui.views.row_painting import LEFT, RIGHT, paint_rule, paint_text

HEIGHT = 34
PADDING = 8


class TableHeader(QHeaderView):
    """Paints heads of columns; ``people`` by column, ``first_left`` where the first one begins."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.people: Mapping[int, Person] = {}
        self.first_left = 16
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMouseTracking(True)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """Return the height of one line."""
        return QSize(super().sizeHint().width(), px(HEIGHT))

    def paintSection(self, painter: QPainter, rect: QRect, logical: int) -> None:
        """Paint one head."""
        painter.save()
        area = QRectF(rect)
        painter.fillRect(area, theme.token("base"))
        paint_rule(painter, area, "line_strong")
        cell = area.adjusted(px(PADDING), 0, -px(PADDING), 0)
        if logical == 0:
            cell.setLeft(area.left() + px(self.first_left))
        person = self.people.get(logical)
        if person is not None:
            side = px(18)
            disc = QRectF(cell.left(), cell.center().y() - side / 2, side, side)
            paint_person(painter, disc, person.initials, person.kind)
            cell.setLeft(disc.right() + px(6))
        self._name(painter, cell, logical)
        painter.restore()

    def _name(self, painter: QPainter, cell: QRectF, logical: int) -> None:
        face = font("small_name")
        text = str(self.model().headerData(logical, self.orientation()) or "")
        sorted_by = self.isSortIndicatorShown() and self.sortIndicatorSection() == logical
        alignment = self.model().headerData(
            logical, self.orientation(), Qt.ItemDataRole.TextAlignmentRole
        )
        is_right = bool(alignment) and bool(
            Qt.AlignmentFlag(alignment) & Qt.AlignmentFlag.AlignRight
        )
        side = px(13)
        room = QRectF(cell)
        if sorted_by and not is_right:
            room.setRight(cell.right() - side - px(3))
        paint_text(painter, room, text, face, "text_2", RIGHT if is_right else LEFT)
        if not sorted_by:
            return
        width = min(QFontMetricsF(face).horizontalAdvance(text), room.width())
        left = room.right() - width - side - px(2) if is_right else room.left() + width + px(3)
        arrow = QRectF(left, cell.center().y() - side / 2, side, side)
        # An arrow up stands for the smallest first, as people expect of lists.
        up = self.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder
        paint_icon(painter, arrow, "arrow-up" if up else "arrow-down", "text_2")
