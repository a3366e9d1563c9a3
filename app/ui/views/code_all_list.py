"""The list of proposals: a tick, the words with what was found, the page, and a note."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyleOptionViewItem

from app.ui.finding_prose import prose
from app.ui.theme import font, paint_icon, paint_tag, px, tag_size, theme
from app.ui.views.code_all_model import CHECK, ROW, ProposalModel, StudyHead
from app.ui.views.row_painting import LEFT, RIGHT, paint_rule, paint_text
from app.ui.widgets import RowDelegate
from app.ui.widgets.rows import Index

if TYPE_CHECKING:
    from app.coding.coding_hits import Proposal

HEAD = 36
LEFT_OF_WORDS, PAGE, NOTE, SCROLL_BAR = 50, 72, 110, 14


class ProposalDelegate(RowDelegate):
    """Paints heads and proposals."""

    def __init__(self, model: ProposalModel, parent: QListView) -> None:
        super().__init__(parent)
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of a head, or of the words."""
        row = index.data(ROW)
        if isinstance(row, StudyHead):
            return QSize(0, px(HEAD))
        return QSize(0, prose(row.words, row.found, self._room()).height() + px(16))

    def _room(self) -> int:
        """Return how wide the words of a row may be, with a scroll bar or without it."""
        view = self.parent()
        width = view.width() if isinstance(view, QListView) else 0
        return width - 2 * self.inset - px(LEFT_OF_WORDS + SCROLL_BAR + 12 + PAGE + NOTE)

    def paint_content(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, box: QRectF
    ) -> None:
        """Paint one row."""
        row: StudyHead | Proposal = index.data(ROW)
        is_head = isinstance(row, StudyHead)
        side = px(16)
        left = box.left() + px(8 if is_head else 24)
        top = box.center().y() - side / 2 if is_head else box.top() + px(9)
        tick = QRectF(left, top, side, side)
        words = box.adjusted(0, 0, -px(12), 0)
        words.setLeft(tick.right() + px(10))
        if isinstance(row, StudyHead):
            paint_tick(painter, tick, index.data(CHECK))
            number = f"{len(row.numbers):,} places" if len(row.numbers) > 1 else "1 place"
            paint_text(painter, words, number, font("small", tabular=True), "text_2", RIGHT)
            words.setRight(words.right() - px(90))
            paint_text(painter, words, row.study, font("group"), "text", LEFT)
            return
        paint_tick(painter, tick, index.data(CHECK), able=not row.is_frozen)
        note = self._model.note(self._model.number(index.row()))
        line = QRectF(words.left(), box.top() + px(6), words.width(), px(22))
        place = f"p. {row.page_label}"
        paint_text(painter, line, place, font("small", tabular=True), "text_2", RIGHT)
        if note:
            size = tag_size(note)
            tag = QRectF(0, line.center().y() - size.height() / 2, size.width(), size.height())
            tag.moveRight(line.right() - px(PAGE))
            paint_tag(painter, tag, note)
        prose(row.words, row.found, self._room()).paint(painter, words.left(), box.top() + px(7))
        paint_rule(painter, box)


def paint_tick(painter: QPainter, box: QRectF, state: Qt.CheckState, *, able: bool = True) -> None:
    """Paint a tick box: empty, ticked, or partly (a dash)."""
    on = state != Qt.CheckState.Unchecked
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    line = ("accent" if on else "control") if able else "line_strong"
    painter.setPen(QPen(theme.token(line), 1))
    painter.setBrush(theme.token("accent" if on else "base"))
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    painter.restore()
    if on:
        name = "check" if state == Qt.CheckState.Checked else "minus"
        paint_icon(painter, box.adjusted(px(1), px(1), -px(1), -px(1)), name, "on_accent")


class ProposalList(QListView):
    """Space ticks, Enter opens the place, Ctrl+Enter codes, Esc leaves."""

    opened = Signal(object)
    applied = Signal()
    left = Signal()

    def __init__(self, model: ProposalModel) -> None:
        super().__init__()
        self._source = model
        self.setModel(model)
        self.setItemDelegate(ProposalDelegate(model, self))
        self.setMouseTracking(True)
        self.setAccessibleName("Passages found")
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        theme.changed.connect(self.scheduleDelayedItemsLayout)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Read the keys of the list; letters stay free for keys of the window."""
        key, row = event.key(), self.currentIndex().row()
        if key == Qt.Key.Key_Space:
            self._source.toggle(row)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.applied.emit()
            else:
                self._open(row)
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.text().isalnum() and not event.modifiers():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Tick a row that is clicked at its left edge."""
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        edge = px(56) if not isinstance(index.data(ROW), StudyHead) else px(40)
        if index.isValid() and event.position().x() < edge:
            self._source.toggle(index.row())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the place; at the left edge, tick again."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.position().x() < px(56):
            self._source.toggle(index.row())
        elif index.isValid():
            self._open(index.row())

    def _open(self, row: int) -> None:
        what = self._source.row(row)
        if what is not None and not isinstance(what, StudyHead):
            self.opened.emit(what)
