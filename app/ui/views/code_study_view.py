"""Codes x studies as a table: numbers over a bar that says which way, totals beside the names."""

from PySide6.QtCore import QModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from app.ui.theme import font, paint_swatch, px, theme
from app.ui.views.code_study_model import Cell, CellRole, CodeStudyModel, RowHead
from app.ui.views.row_painting import (
    CENTRE,
    LEFT,
    RIGHT,
    paint_coloured,
    paint_ground,
    paint_rule,
    paint_text,
)
from app.ui.widgets.rows import Index

CELL, TOTAL, INDENT = 38, 62, 33
NAMES_LEAST, NAMES_MOST, HEADS_LEAST, HEADS_MOST = 240, 400, 84, 240
OTHER_WAYS = "line_strong"


class _CellDelegate(QStyledItemDelegate):
    """A number, and below it how its codings split: facilitator, other, barrier."""

    valences: tuple[str, ...] = ()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect = QRectF(option.rect)
        paint_rule(painter, rect)
        cell: Cell | None = index.data(CellRole.CELL)
        if cell is None:
            return
        paint_ground(painter, option, rect.adjusted(1, 1, -1, -2), px(4))
        if not cell.codings:
            return
        words = rect.adjusted(0, px(2), 0, -px(9))
        paint_text(painter, words, str(cell.codings), font("small", tabular=True), "text", CENTRE)
        bar = QRectF(rect.left() + px(6), rect.bottom() - px(10), rect.width() - px(12), px(4))
        self._paint_ways(painter, bar, cell)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(px(CELL), theme.row("table") - px(4))

    def _paint_ways(self, painter: QPainter, bar: QRectF, cell: Cell) -> None:
        ways = dict(zip(self.valences, cell.by_valence, strict=False))
        helps, hinders = ways.get("facilitator", 0), ways.get("barrier", 0)
        parts = (
            ("facilitator", helps),
            (OTHER_WAYS, cell.codings - helps - hinders),
            ("barrier", hinders),
        )
        left = bar.left()
        for token, number in parts:
            width = bar.width() * number / cell.codings
            if width > 0:
                paint_way(painter, QRectF(left, bar.top(), width, bar.height()), token)
                left += width


class _Names(QHeaderView):
    """Cluster and code names with their number of studies."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMouseTracking(True)

    def wanted(self) -> int:
        """Return the width that the longest name fits into, in pixels."""
        longest = max(_advances(self, font("body")), default=0)
        return _between(px(NAMES_LEAST), longest + px(INDENT + TOTAL), px(NAMES_MOST))

    def sizeHint(self) -> QSize:
        return QSize(self.wanted(), super().sizeHint().height())

    def paintSection(self, painter: QPainter, rect: QRect, logical: int) -> None:
        head: RowHead = self.model().headerData(logical, self.orientation(), CellRole.ROW)
        area = QRectF(rect)
        painter.save()
        painter.fillRect(area, theme.token("base"))
        paint_rule(painter, area, "line_strong" if head.code < 0 else "line")
        words = area.adjusted(px(16), 0, -px(TOTAL), 0)
        if head.code < 0:
            side = px(9)
            square = QRectF(words.left(), words.center().y() - side / 2, side, side)
            paint_swatch(painter, square, head.number)
            words = words.adjusted(side + px(8), 0, px(TOTAL) - px(8), 0)
            colour = theme.cluster(head.number, "text")
            paint_coloured(painter, words, head.text, font("group"), colour)
        else:
            words = words.adjusted(px(INDENT - 16), 0, 0, 0)
            paint_text(painter, words, head.text, font("body"), "text", LEFT)
            total = QRectF(area.right() - px(TOTAL), area.top(), px(TOTAL) - px(12), area.height())
            number = str(head.studies) if head.studies else "–"
            token = "text" if head.studies else "text_2"
            paint_text(painter, total, number, font("name", tabular=True), token, RIGHT)
        painter.fillRect(
            QRectF(area.right() - 1, area.top(), 1, area.height()), theme.token("line_strong")
        )
        painter.restore()


class _Studies(QHeaderView):
    """Study labels, turned so that forty-six fit."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMouseTracking(True)

    def wanted(self) -> int:
        """Return the height that the longest label fits into, in pixels."""
        widths = _advances(self, font("small"))
        return _between(px(HEADS_LEAST), max(widths, default=0) + px(22), px(HEADS_MOST))

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.wanted())

    def paintSection(self, painter: QPainter, rect: QRect, logical: int) -> None:
        area = QRectF(rect)
        painter.save()
        painter.fillRect(area, theme.token("base"))
        paint_rule(painter, area, "line_strong")
        painter.translate(area.left(), area.bottom())
        painter.rotate(-90)
        words = QRectF(px(8), 0, area.height() - px(12), area.width())
        text = str(self.model().headerData(logical, self.orientation()) or "")
        paint_text(painter, words, text, font("small"), "text_2", LEFT)
        painter.restore()


class _Corner(QWidget):
    """Says what stands in the two columns of names."""

    def paintEvent(self, event: object) -> None:
        painter = QPainter(self)
        area = QRectF(self.rect())
        painter.fillRect(area, theme.token("base"))
        paint_rule(painter, area, "line_strong")
        painter.fillRect(
            QRectF(area.right() - 1, area.top(), 1, area.height()), theme.token("line_strong")
        )
        line = QRectF(area.left(), area.bottom() - px(30), area.width(), px(26))
        face = font("small_name")
        paint_text(painter, line.adjusted(px(16), 0, 0, 0), "Code", face, "text_2", LEFT)
        paint_text(painter, line.adjusted(0, 0, -px(12), 0), "Studies", face, "text_2", RIGHT)
        painter.end()


class CodeStudyTable(QTableView):
    """``cell_chosen`` carries (code id index, study index), -1 for a whole row or column."""

    cell_chosen = Signal(int, int)
    entered = Signal()

    def __init__(self, model: CodeStudyModel) -> None:
        super().__init__()
        self._source = model
        self._delegate = _CellDelegate(self)
        self._names, self._studies = _Names(self), _Studies(self)
        self.setVerticalHeader(self._names)
        self.setHorizontalHeader(self._studies)
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName("Codes by study")
        self._corner = _Corner(self)
        self._names.sectionClicked.connect(self._choose_row)
        self._studies.sectionClicked.connect(lambda column: self._choose_column(column))
        self.selectionModel().currentChanged.connect(self._choose_cell)
        model.modelReset.connect(self.measure)
        theme.changed.connect(self.measure)

    def set_valences(self, valences: tuple[str, ...]) -> None:
        """Say in which order cells count the valences."""
        self._delegate.valences = valences

    def measure(self) -> None:
        """Set all sizes from the font."""
        self._names.setDefaultSectionSize(theme.row("table") - px(4))
        self._names.setFixedWidth(self._names.wanted())
        self._studies.setDefaultSectionSize(px(CELL))
        self._studies.setFixedHeight(self._studies.wanted())
        self._place_corner()
        self._corner.raise_()
        self.viewport().update()

    def resizeEvent(self, event: object) -> None:
        """Keep the corner in its place."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._place_corner()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on to the passages; letters stay free for keys of the window."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif event.text().isalnum() and not event.modifiers():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _place_corner(self) -> None:
        self._corner.setGeometry(0, 0, self._names.maximumWidth(), self._studies.maximumHeight())

    def _choose_cell(self, index: QModelIndex) -> None:
        head = self._source.row_head(index.row()) if index.isValid() else None
        if head is not None and head.code >= 0:
            self.cell_chosen.emit(head.code, self._source.study_at(index.column()))

    def _choose_row(self, row: int) -> None:
        head = self._source.row_head(row)
        if head.code >= 0:
            self.clearSelection()
            self.cell_chosen.emit(head.code, -1)

    def _choose_column(self, column: int) -> None:
        self.clearSelection()
        self.cell_chosen.emit(-1, self._source.study_at(column))


def _advances(header: QHeaderView, face: QFont) -> list[float]:
    """Return the widths of all heads in pixels."""
    model, metrics = header.model(), QFontMetricsF(face)
    heads = (model.headerData(at, header.orientation()) for at in range(header.count()))
    return [metrics.horizontalAdvance(str(head or "")) for head in heads]


def _between(least: int, wanted: float, most: int) -> int:
    return max(least, min(round(wanted), most))


def paint_way(painter: QPainter, part: QRectF, token: str) -> None:
    """Paint one part of a cell's bar; a barrier is hatched as well as coloured."""
    painter.fillRect(part, theme.token(token))
    if token == "barrier":
        _hatch(painter, part)


def _hatch(painter: QPainter, part: QRectF) -> None:
    """Mark a barrier by strokes as well, for eyes that see no difference in colour."""
    painter.save()
    painter.setClipRect(part)
    painter.setPen(QPen(theme.token("base"), 1))
    x = part.left()
    while x < part.right() + part.height():
        painter.drawLine(int(x), int(part.bottom()), int(x + part.height()), int(part.top()))
        x += px(4)
    painter.restore()
