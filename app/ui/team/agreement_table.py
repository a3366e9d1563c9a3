"""The table of agreement: numbers, intervals on one scale, and a door behind each number."""

from PySide6.QtCore import QModelIndex, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QMouseEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from app.ui.team.agreement_columns import (
    COUNT,
    INTERVAL,
    NAME,
    NOTE,
    NUMBER,
    RANGE,
    SCALE_NARROW,
    SCALE_WIDTH,
    WORDS,
    Column,
)
from app.ui.team.agreement_frozen import FrozenNames
from app.ui.team.agreement_lines import Line
from app.ui.team.agreement_model import MISSING, AgreementModel, AgreementRole, words_of
from app.ui.theme import font, paint_icon, paint_tag, px, tag_size, theme
from app.ui.views.row_painting import LEFT, RIGHT, paint_coloured, paint_row_part, paint_text
from app.ui.widgets.rows import Index

THRESHOLDS = (0.667, 0.8)
EDGE, PAD, DOT = 16, 10, 4.5
NAME_LEAST, NAME_MOST = 220, 460


def scale_x(box: QRectF, value: float) -> float:
    """Return where a value from 0 to 1 stands in a cell; what lies outside stands at the end."""
    left, right = box.left() + px(PAD), box.right() - px(PAD)
    return left + (right - left) * min(max(value, 0.0), 1.0)


class _Delegate(QStyledItemDelegate):
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line: Line = index.data(AgreementRole.LINE)
        column: Column = index.data(AgreementRole.COLUMN)
        rect = QRectF(option.rect)
        view: object = option.widget
        if isinstance(view, FrozenNames):
            view = view.parent()
        assert isinstance(view, AgreementTable)
        shown, current = QStyleOptionViewItem(option), view.currentIndex()
        shown.state &= ~(QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver)
        if current.isValid() and current.row() == index.row():
            shown.state |= QStyle.StateFlag.State_Selected
        elif view.pointed_row == index.row():
            shown.state |= QStyle.StateFlag.State_MouseOver
        last = index.column() == view.model().columnCount() - 1
        paint_row_part(painter, shown, rect, first=index.column() == 0, last=last)
        here = current == index
        missing = line.values.get("main") is None
        if missing and column.kind in (INTERVAL, RANGE):
            self._paint_reason(painter, rect, line, view, index.column())
        elif column.kind == NAME:
            self._paint_name(painter, rect, line, here)
        elif column.kind == INTERVAL:
            self._paint_interval(painter, rect, line)
        elif column.kind == WORDS:
            words = rect.adjusted(px(PAD), 0, -px(4), 0)
            paint_text(painter, words, str(index.data()), font("small"), "text_2", LEFT)
        elif column.kind == NOTE:
            self._paint_note(painter, rect, str(index.data()))
        else:
            self._paint_value(painter, rect, line, column, here)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(px(60), theme.row("table") - px(4))

    def _paint_name(self, painter: QPainter, rect: QRectF, line: Line, here: bool) -> None:
        left = px(EDGE) + (px(12) if line.indent else 0)
        words = rect.adjusted(left, 0, -px(8), 0)
        if line.kind == "group":
            colour = theme.cluster(line.tint, "text")
            paint_coloured(painter, words, line.name, font("group"), colour)
            return
        face = font("group" if line.kind == "overall" else "name")
        _underlined(face, here)
        paint_text(painter, words, line.name, face, "accent" if here else "text", LEFT)

    def _paint_value(
        self, painter: QPainter, rect: QRectF, line: Line, column: Column, here: bool
    ) -> None:
        words = words_of(line, column)
        strong = column.key == "main" or line.kind == "overall"
        face = font("group" if strong else "body", tabular=True)
        _underlined(face, here)
        quiet = words == MISSING or column.kind == RANGE
        ink = "accent" if here else "text_2" if quiet else "text"
        paint_text(painter, rect.adjusted(0, 0, -px(PAD), 0), words, face, ink, RIGHT)

    def _paint_reason(
        self, painter: QPainter, rect: QRectF, line: Line, view: "AgreementTable", place: int
    ) -> None:
        """Say why there is no number, over the columns of the scale and of the interval."""
        columns = view.agreement.columns
        scale = next((n for n, column in enumerate(columns) if column.kind == INTERVAL), place)
        follows = scale + 1 < len(columns) and columns[scale + 1].kind == RANGE
        width = view.columnWidth(scale) + (view.columnWidth(scale + 1) if follows else 0)
        left = rect.left() - (view.columnWidth(scale) if place > scale else 0)
        box = QRectF(left + px(PAD), rect.top(), width - px(PAD), rect.height())
        painter.save()
        painter.setClipRect(rect)
        words = words_of(line, Column("scale", "", "", INTERVAL))
        paint_text(painter, box, words, font("small"), "text_2", LEFT)
        painter.restore()

    def _paint_interval(self, painter: QPainter, rect: QRectF, line: Line) -> None:
        value = line.values.get("main")
        if not isinstance(value, int | float):
            return
        middle = rect.center().y()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        framed = theme.tokens.framed
        painter.setPen(QPen(theme.token("line"), 1 if framed else px(2)))
        painter.drawLine(QPointF(scale_x(rect, 0), middle), QPointF(scale_x(rect, 1), middle))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for number, at in enumerate(THRESHOLDS):
            pen = QPen(theme.token("line_strong"), 1)
            if not number:
                pen.setDashPattern([2, 2])
            painter.setPen(pen)
            x = round(scale_x(rect, at))
            painter.drawLine(x, round(middle - px(7)), x, round(middle + px(7)))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = theme.token("text")
        if line.interval is not None:
            low, high = line.interval
            painter.setPen(QPen(ink, px(4 if framed else 2)))
            ends = QPointF(scale_x(rect, low), middle), QPointF(scale_x(rect, high), middle)
            painter.drawLine(*ends)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ink))
        if 0 <= value <= 1:
            painter.drawEllipse(QPointF(scale_x(rect, value), middle), px(DOT), px(DOT))
        else:
            _paint_beyond(painter, rect, middle)
        painter.restore()

    def _paint_note(self, painter: QPainter, rect: QRectF, words: str) -> None:
        if words:
            size = tag_size(words)
            at = QPointF(rect.left() + px(PAD), rect.center().y() - size.height() / 2)
            kind = "info" if words == "Consensus" else "warning"
            paint_tag(painter, QRectF(at, size), words, kind)


def _paint_beyond(painter: QPainter, rect: QRectF, middle: float) -> None:
    """Paint an arrow to the left: the value lies below what the scale shows."""
    x, side = scale_x(rect, 0), px(5)
    painter.drawPolygon(
        [QPointF(x - side, middle), QPointF(x + 1, middle - side), QPointF(x + 1, middle + side)]
    )


def _underlined(face: QFont, here: bool) -> None:
    face.setUnderline(here)


class _Head(QHeaderView):
    """Heads with the arrow of sorting; the scale is drawn here, once."""

    def __init__(self, table: "AgreementTable") -> None:
        super().__init__(Qt.Orientation.Horizontal, table)
        self._table = table
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMouseTracking(True)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), theme.row("table") - px(4))

    def paintSection(self, painter: QPainter, rect: QRect, logical: int) -> None:
        column: Column | None = self.model().headerData(
            logical, self.orientation(), AgreementRole.COLUMN
        )
        box = QRectF(rect)
        painter.save()
        painter.fillRect(box, theme.token("base"))
        painter.fillRect(
            QRectF(box.left(), box.bottom(), box.width(), 1), theme.token("line_strong")
        )
        if column is None:
            painter.restore()
            return
        face = font("small_name")
        if column.kind == INTERVAL:
            self._paint_scale(painter, box)
        elif column.kind in (NUMBER, COUNT, RANGE):
            words = box.adjusted(0, 0, -px(PAD), 0)
            paint_text(painter, words, column.head, face, "text_2", RIGHT)
        else:
            left = EDGE if column.kind == NAME else PAD
            words = box.adjusted(px(left), 0, -px(4), 0)
            paint_text(painter, words, column.head, face, "text_2", LEFT)
        model = self._table.agreement
        if model.sort_key == column.key:
            side = px(12)
            at = box.left() + px(2) if column.kind != NAME else box.right() - side - px(4)
            name = "chevron-down" if model.descending else "chevron-up"
            arrow = QRectF(at, box.center().y() - side / 2, side, side)
            paint_icon(painter, arrow, name, "text_2")
        painter.restore()

    def _paint_scale(self, painter: QPainter, box: QRectF) -> None:
        face = font("tiny", tabular=True)
        for value, words in ((0.0, "0"), (0.667, ".667"), (0.8, ".8"), (1.0, "1")):
            x, wide = scale_x(box, value), px(40)
            shift = -px(5) if words == ".667" else px(4) if words == ".8" else 0
            place = QRectF(x - wide / 2 + shift, box.top(), wide, box.height())
            paint_text(painter, place, words, face, "text_2", Qt.AlignmentFlag.AlignCenter)


class AgreementTable(QTableView):
    """``moved`` tells that another cell is the current one, ``entered`` that Enter was pressed."""

    moved = Signal()
    entered = Signal()

    def __init__(self, model: AgreementModel) -> None:
        super().__init__()
        self.agreement = model
        self.pointed_row = -1
        self.setModel(model)
        self.setItemDelegate(_Delegate(self))
        self.setHorizontalHeader(_Head(self))
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName("Agreement")
        self.names = FrozenNames(self, _Head(self))
        for head in (self.horizontalHeader(), self.names.horizontalHeader()):
            head.sectionClicked.connect(model.sort_by)
        self.selectionModel().currentChanged.connect(self._tell)
        model.modelReset.connect(self.measure)
        theme.changed.connect(self.measure)

    def measure(self) -> None:
        """Set all sizes from the font; the name takes the room that is left."""
        columns = self.agreement.columns
        self.verticalHeader().setDefaultSectionSize(theme.row("table") - px(4))
        self.horizontalHeader().setFixedHeight(theme.row("table") - px(4))
        for place, column in enumerate(columns):
            self.setColumnWidth(place, px(column.width))
        self._fill()
        self.names.follow()
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the name the room that is left, within reason."""
        super().resizeEvent(event)
        self._fill()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Know which row is pointed at."""
        super().mouseMoveEvent(event)
        row = self.rowAt(event.position().toPoint().y())
        if row != self.pointed_row:
            self.pointed_row = row
            self.viewport().update()

    def leaveEvent(self, event: object) -> None:
        """Point at nothing."""
        self.pointed_row = -1
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the passages; letters stay free for keys of the window."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif event.text().isalnum() and not event.modifiers():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _fill(self) -> None:
        columns = self.agreement.columns
        if not columns:
            return
        fixed = sum(px(column.width) for column in columns if column.kind not in (NAME, INTERVAL))
        scales = [n for n, column in enumerate(columns) if column.kind == INTERVAL]
        wide = self.viewport().width() - fixed - px(SCALE_WIDTH) >= px(NAME_LEAST)
        scale = px(SCALE_WIDTH if wide else SCALE_NARROW) * len(scales)
        for place in scales:
            self.setColumnWidth(place, scale)
        room = self.viewport().width() - fixed - scale
        self.setColumnWidth(0, max(px(NAME_LEAST), min(room, px(NAME_MOST))))

    def _tell(self, index: QModelIndex) -> None:
        self.viewport().update()
        self.names.viewport().update()
        if index.isValid():
            self.moved.emit()
