"""A tree whose first column stays in sight while the others are scrolled aside."""

from PySide6.QtCore import QModelIndex, QPoint, QRect
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem, QTreeView

from app.ui.theme import theme
from app.ui.views.row_painting import paint_rule
from app.ui.views.table_header import TableHeader
from app.ui.widgets.rows import Index


class FrozenTree(QTreeView):
    """Paints the first column once more over what is scrolled below it."""

    def __init__(self) -> None:
        super().__init__()
        self._header = FrozenHeader(self)
        self.setHeader(self._header)

    @property
    def covered(self) -> int:
        """The width at the left that the first column covers; 0 while nothing is scrolled."""
        aside = self.horizontalScrollBar().value()
        return self._header.sectionSize(0) if aside > 0 and self._header.count() else 0

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows, then the first column over them."""
        super().paintEvent(event)
        width = self.covered
        if not width:
            return
        painter = QPainter(self.viewport())
        painter.setClipRect(0, 0, width, self.viewport().height())
        painter.fillRect(0, 0, width, self.viewport().height(), theme.token("base"))
        index = super().indexAt(QPoint(self.columnViewportPosition(0) + 1, 0))
        while index.isValid():
            row = self.visualRect(index)
            if row.top() > self.viewport().height():
                break
            self._paint_first(painter, index, QRect(0, row.top(), width, row.height()))
            index = self.indexBelow(index)
        painter.fillRect(width - 1, 0, 1, self.viewport().height(), theme.token("line_strong"))
        painter.end()

    def indexAt(self, point: QPoint) -> QModelIndex:
        """Return the index at a point; the first column lies above the others."""
        if point.x() < self.covered:
            point = QPoint(self.columnViewportPosition(0) + point.x(), point.y())
        return super().indexAt(point)

    def scrollTo(
        self,
        index: Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Bring a cell into sight, and out from under the first column."""
        bar = self.horizontalScrollBar()
        aside = bar.value()
        super().scrollTo(index, hint)
        if index.column() == 0:
            bar.setValue(aside)  # it is always in sight
            return
        hidden = self._header.sectionSize(0) - self.visualRect(index).left()
        if hidden > 0 and bar.value() > 0:
            bar.setValue(bar.value() - hidden)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Paint anew what a scroll aside would shift along."""
        super().scrollContentsBy(dx, dy)
        if dx:
            self.viewport().update()
            self._header.viewport().update()

    def _paint_first(self, painter: QPainter, index: QModelIndex, rect: QRect) -> None:
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        option.rect = rect
        if self.selectionModel().isSelected(index):
            option.state |= option.state.State_Selected
        if self.underMouse() and self.viewport().underMouse():
            at = self.viewport().mapFromGlobal(self.cursor().pos())
            if rect.top() <= at.y() <= rect.bottom():
                option.state |= option.state.State_MouseOver
        delegate = self.itemDelegateForIndex(index)
        delegate.paint(painter, option, index)


class FrozenHeader(TableHeader):
    """Keeps the head of the first column in sight."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the heads, then the first one over them."""
        super().paintEvent(event)
        if self.offset() <= 0 or not self.count():
            return
        painter = QPainter(self.viewport())
        head = QRect(0, 0, self.sectionSize(0), self.height())
        self.paintSection(painter, head, 0)
        paint_rule(painter, head.toRectF(), "line_strong")
        painter.fillRect(head.right(), 0, 1, self.height(), theme.token("line_strong"))
        painter.end()
