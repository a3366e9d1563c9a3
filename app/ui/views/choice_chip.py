"""A filter chip whose choices open below it: find, tick several, the view follows at once."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPoint,
    QRectF,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QCloseEvent, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHBoxLayout,
    QListView,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.ui.theme import font, paint_icon, paint_swatch, paint_valence, px, theme
from app.ui.views.folding import holds_all_words
from app.ui.views.row_painting import LEFT, RIGHT, paint_text
from app.ui.widgets import Chip, RowDelegate, SearchField, button, tight
from app.ui.widgets.popup import Popup, shadow_margin
from app.ui.widgets.rows import Index

TICKING = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)
SEARCHED_FROM = 9  # choices; fewer are seen at a glance


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to tick; ``mark`` is "valence" or "cluster" where a shape stands before it."""

    key: str
    label: str
    fact: str = ""
    mark: str = ""
    mark_key: str = ""


class _Role(IntEnum):
    CHOICE = Qt.ItemDataRole.UserRole + 1


class ChoicesModel(QAbstractListModel):
    """Choices with their ticks."""

    ticked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._choices: tuple[Choice, ...] = ()
        self.chosen: frozenset[str] = frozenset()

    @property
    def choices(self) -> tuple[Choice, ...]:
        """All choices in their order."""
        return self._choices

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Offer other choices; ticks of what is gone go with it."""
        if tuple(choices) == self._choices:
            return  # an open list keeps its place
        self.beginResetModel()
        self._choices = tuple(choices)
        self.chosen = self.chosen & {choice.key for choice in choices}
        self.endResetModel()

    def tick(self, keys: Collection[str]) -> None:
        """Tick exactly these keys."""
        self.chosen = frozenset(keys) & {choice.key for choice in self._choices}
        if self._choices:
            last = self.index(len(self._choices) - 1, 0)
            self.dataChanged.emit(self.index(0, 0), last, [Qt.ItemDataRole.CheckStateRole])
        self.ticked.emit()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """Return the number of choices."""
        return 0 if parent.isValid() else len(self._choices)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let every choice be ticked."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return (
            Qt.ItemFlag.ItemIsEnabled
            | Qt.ItemFlag.ItemIsSelectable
            | Qt.ItemFlag.ItemIsUserCheckable
            | Qt.ItemFlag.ItemNeverHasChildren
        )

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Answer for one choice."""
        if not index.isValid():
            return None
        choice = self._choices[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return choice.label
        if role == _Role.CHOICE:
            return choice
        if role == Qt.ItemDataRole.CheckStateRole:
            ticked = choice.key in self.chosen
            return Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.AccessibleTextRole:
            state = "chosen" if choice.key in self.chosen else "not chosen"
            return ", ".join(part for part in (choice.label, choice.fact, state) if part)
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tick or untick one choice."""
        if not index.isValid() or role != Qt.ItemDataRole.CheckStateRole:
            return False
        key = self._choices[index.row()].key
        on = Qt.CheckState(value) == Qt.CheckState.Checked  # type: ignore[arg-type]
        self.tick(self.chosen | {key} if on else self.chosen - {key})
        return True


class _Matching(QSortFilterProxyModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._query = ""

    def find(self, query: str) -> None:
        self.beginFilterChange()
        self._query = query
        self.endFilterChange()

    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:
        index = self.sourceModel().index(source_row, 0, source_parent)
        return holds_all_words(index.data(), self._query)


class _ChoiceDelegate(RowDelegate):
    kind = "tree"

    def paint_content(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: Index,
        box: QRectF,
    ) -> None:
        choice: Choice = index.data(_Role.CHOICE)
        middle, side = box.center().y(), px(14)
        tick = QRectF(box.left() + px(6), middle - side / 2, side, side)
        ticked = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
        _paint_box(painter, tick, ticked=ticked)
        left = tick.right() + px(8)
        if choice.mark == "valence":
            paint_valence(painter, QRectF(left, middle - side / 2, side, side), choice.mark_key)
            left += side + px(8)
        elif choice.mark == "cluster":
            square = px(9)
            place = QRectF(left, middle - square / 2, square, square)
            paint_swatch(painter, place, choice.mark_key)
            left += square + px(8)
        words = QRectF(left, box.top(), box.right() - px(8) - left, box.height())
        if choice.fact:
            paint_text(painter, words, choice.fact, font("small", tabular=True), "text_2", RIGHT)
            words.setRight(words.right() - px(46))
        paint_text(painter, words, choice.label, font("body"), "text", LEFT)


class ChoicePopup(Popup):
    """The list below a chip; it stays open while things are ticked.

    A part of the window, not a window of its own, so that keys and focus stay where they were.
    """

    def __init__(self, model: ChoicesModel, name: str, chip: QWidget) -> None:
        super().__init__(chip.window())
        self.setAccessibleName(name)
        self._model, self._chip = model, chip
        self.field = SearchField("Find")
        self._proxy = _Matching(self)
        self._proxy.setSourceModel(model)
        self.view = QListView()
        self.view.setProperty("look", "raised")
        self.view.setModel(self._proxy)
        self.view.setItemDelegate(_ChoiceDelegate(self.view))
        self.view.setMouseTracking(True)
        self.view.setUniformItemSizes(True)
        self.view.setAccessibleName(name)
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._all = button("Show all", "small", tip="Take this filter away")
        self._all.clicked.connect(lambda: model.tick(()))
        foot = tight(QHBoxLayout(), 8)
        foot.addStretch(1)
        foot.addWidget(self._all)
        column = tight(QVBoxLayout(self), 8, (8, 8, 8, 8))
        column.addWidget(self.field)
        column.addWidget(self.view, 1)
        column.addLayout(foot)
        self.field.setVisible(model.rowCount() >= SEARCHED_FROM)
        self.field.textChanged.connect(self._proxy.find)
        self.field.entered.connect(self._enter)
        self.field.left.connect(self.close)
        self.view.clicked.connect(self.toggle)
        self.view.installEventFilter(self)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def open(self) -> None:
        """Show it under its chip, as high as its choices need, inside the window."""
        window, edge = self._chip.window(), shadow_margin()
        rows = min(self._model.rowCount(), 12)
        extra = px(38) if self.field.isVisibleTo(self) else 0
        width = px(300) + 2 * edge
        height = rows * theme.row("tree") + px(56) + extra + 2 * edge
        corner = self._chip.mapTo(window, QPoint(0, self._chip.height() + px(4)))
        left = min(corner.x(), window.width() - width + edge - px(8))
        self.setGeometry(left - edge, corner.y() - edge, width, height)
        self.show()
        self.raise_()
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(self)
        if self.field.isVisibleTo(self):
            self.field.setFocus()
        else:
            self._enter()

    def say_clear(self, words: str, tip: str) -> None:
        """Name the button that unticks everything."""
        self._all.setText(words)
        self._all.setToolTip(tip)

    def toggle(self, index: QModelIndex) -> None:
        """Tick or untick one row."""
        ticked = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
        state = Qt.CheckState.Unchecked if ticked else Qt.CheckState.Checked
        self._proxy.setData(index, state, Qt.ItemDataRole.CheckStateRole)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tick by Space and Enter; go away with Esc, a click elsewhere, or another size."""
        kind = event.type()
        if kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape and self.isAncestorOf(_widget(watched)):
                if not self.field.text():
                    self.close()
                    self._chip.setFocus()
                    return True
            elif watched is self.view and event.key() in TICKING:
                self.toggle(self.view.currentIndex())
                return True
        elif kind == QEvent.Type.MouseButtonPress and isinstance(event, QMouseEvent):
            inside = self.panel().contains(self.mapFromGlobal(event.globalPosition()))
            if not inside:
                self.close()
        elif kind == QEvent.Type.Resize and watched is self.window():
            self.close()
        return False

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop watching the application."""
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(self)
        super().closeEvent(event)

    def _enter(self) -> None:
        self.view.setFocus()
        if not self.view.currentIndex().isValid():
            self.view.setCurrentIndex(self._proxy.index(0, 0))


class ChoiceChip(Chip):
    """A filter of several keys ("Stage: any"); none ticked means all pass."""

    changed = Signal()

    def __init__(self, name: str, *, icon: str = "") -> None:
        super().__init__(f"{name}: any", icon=icon)
        self.name = name
        self.model = ChoicesModel(self)
        self.popup: ChoicePopup | None = None
        self.model.ticked.connect(self._tell)
        self.removed.connect(lambda: self.model.tick(()))
        self.clicked.connect(self.open)

    @property
    def keys(self) -> frozenset[str]:
        """What is ticked; empty means no filter."""
        return self.model.chosen

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Offer these choices; what was ticked stays where it still exists."""
        before = self.keys
        self.model.set_choices(choices)
        self._show()
        if self.keys != before:
            self.changed.emit()

    def choose(self, keys: Collection[str]) -> None:
        """Tick exactly these."""
        self.model.tick(keys)

    def open(self) -> None:
        """Show the choices."""
        self.popup = ChoicePopup(self.model, self.name, self)
        self.popup.destroyed.connect(self._forget_popup)
        self.popup.open()

    def words(self) -> str:
        """Return the filter in words ("Stage: Case planning"), as captions print it."""
        labels = [choice.label for choice in self.model.choices if choice.key in self.keys]
        if not labels:
            return f"{self.name}: any"
        return f"{self.name}: {', '.join(labels)}"

    def _forget_popup(self) -> None:
        self.popup = None

    def _tell(self) -> None:
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        words = self.words()
        if len(self.keys) > 1:
            words = f"{self.name}: {len(self.keys)} of {len(self.model.choices)}"
        self.show_state(words if len(words) < 44 else f"{words[:43].rstrip()}…", bool(self.keys))


def _widget(watched: QObject) -> QWidget:
    return watched if isinstance(watched, QWidget) else QWidget()


def _paint_box(painter: QPainter, box: QRectF, *, ticked: bool) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.token("accent" if ticked else "control"), 1))
    painter.setBrush(theme.token("accent" if ticked else "base"))
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    painter.restore()
    if ticked:
        paint_icon(painter, box.adjusted(px(1), px(1), -px(1), -px(1)), "check", "on_accent")
