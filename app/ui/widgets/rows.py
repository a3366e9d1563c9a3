"""What all list delegates share: the background of a row and what is read aloud."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.ui.theme import theme

Index = QModelIndex | QPersistentModelIndex


def paint_row_background(
    painter: QPainter, option: QStyleOptionViewItem, rect: QRectF, *, radius: float = 0
) -> None:
    """Paint selected, selected without focus, pointed at; a frame where the theme wants one.

    ``radius`` is 0 for rows of tables and 6 for rounded rows of trees and lists.
    """
    state = option.state
    selected = bool(state & QStyle.StateFlag.State_Selected)
    active = _has_attention(option)
    pointed = bool(state & QStyle.StateFlag.State_MouseOver)
    if not selected and not pointed:
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, radius > 0)
    token = ("selected" if active else "selected_idle") if selected else "hover"
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.token(token))
    box = rect
    if selected and theme.tokens.framed:
        painter.setPen(QPen(theme.token("text" if active else "off"), 2))
        box = rect.adjusted(1, 1, -1, -1)
    painter.drawRoundedRect(box, radius, radius)
    painter.restore()


def _has_attention(option: QStyleOptionViewItem) -> bool:
    """Say whether the view has the focus; one that never takes it is steered from elsewhere."""
    view: QWidget | None = option.widget  # type: ignore[attr-defined]
    if view is None:
        return bool(option.state & QStyle.StateFlag.State_Active)  # type: ignore[attr-defined]
    return view.hasFocus() or view.focusPolicy() == Qt.FocusPolicy.NoFocus


class RowDelegate(QStyledItemDelegate):
    """Base of delegates: paints the row's background and then ``paint_content``.

    Override ``paint_content`` and ``kind`` (the row height by ``theme.row``). Delegates hold no
    colours and no fonts; views call ``doItemsLayout`` on ``theme.changed``.
    """

    kind = "list"
    radius = 6.0
    inset = 4

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row."""
        box = QRectF(option.rect)  # type: ignore[attr-defined]
        if self.radius:
            box.adjust(self.inset, 0, -self.inset, 0)
        painter.save()
        paint_row_background(painter, option, box, radius=self.radius)
        self.paint_content(painter, option, index, box)
        painter.restore()

    def paint_content(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, box: QRectF
    ) -> None:
        """Paint what stands in the row; ``box`` is the row without its outer edge."""
        painter.setPen(theme.token("text"))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, str(index.data() or ""))

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the row height of ``kind``."""
        return QSize(0, theme.row(self.kind))
