"""The names of the rows, which stay in sight while the columns beside them are scrolled."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from app.ui.widgets import line


class FrozenNames(QTableView):
    """Lies over the first column of a table and shares its model, cursor and scrolling."""

    def __init__(self, table: QTableView, head: QHeaderView) -> None:
        """``head`` is a head of its own, as that of the table."""
        super().__init__(table)
        self._table = table
        self._edge = line(vertical=True, strong=True)
        self._edge.setParent(table)
        self._edge.hide()
        self.setHorizontalHeader(head)
        self.setModel(table.model())
        self.setSelectionModel(table.selectionModel())
        self.setItemDelegate(table.itemDelegate())
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setProperty("look", "frozen")
        self.setFrameStyle(0)
        self.setSelectionMode(table.selectionMode())
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(table.verticalScrollMode())
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.clicked.connect(table.clicked)
        table.verticalScrollBar().valueChanged.connect(self.verticalScrollBar().setValue)
        table.horizontalScrollBar().valueChanged.connect(lambda _value: self.follow())
        table.viewport().installEventFilter(self)
        self.hide()

    def follow(self) -> None:
        """Lie where the first column would be; only seen while that is scrolled away."""
        table, model = self._table, self.model()
        self.setVisible(table.horizontalScrollBar().value() > 0 and model.columnCount() > 1)
        self._edge.setVisible(self.isVisible())
        if not self.isVisible():
            return
        for column in range(model.columnCount()):
            self.setColumnHidden(column, column > 0)
        self.setColumnWidth(0, table.columnWidth(0))
        self.verticalHeader().setDefaultSectionSize(table.verticalHeader().defaultSectionSize())
        area = table.viewport().geometry()
        above = table.horizontalHeader().height()
        self.horizontalHeader().setFixedHeight(above)
        top, high = area.top() - above, area.height() + above
        self.setGeometry(area.left(), top, table.columnWidth(0), high)
        self._edge.setGeometry(area.left() + table.columnWidth(0) - 1, top, 1, high)
        self.verticalScrollBar().setValue(table.verticalScrollBar().value())
        self.raise_()
        self._edge.raise_()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll the table, not the names alone."""
        self._table.wheelEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size of the table."""
        if event.type() == QEvent.Type.Resize:
            self.follow()
        return False
