"""Type to find a code for the selected passage, with its valence and stage."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QListView,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.coding.codebook import Codebook, FacetValue
from app.ui.reading.keys import ALT, EXTRA_VALENCE_KEYS, SHIFT
from app.ui.reading.matching import Entry, rank
from app.ui.reading.palette_list import MatchDelegate, MatchModel, Row
from app.ui.reading.popup import APART, Popup
from app.ui.reading.valence_row import ValenceRow
from app.ui.reading.values_button import ValuesButton
from app.ui.theme import font, paint_icon, px, theme
from app.ui.widgets import KeyCap, label, line, tight

WIDTH = 556
ROWS, LEAST_ROWS = 5, 2
"""Codes that are seen at once, and in a low window."""


class Palette(Popup):
    """``chosen`` carries code id, valence, condition, and whether to stay for another code."""

    chosen = Signal(str, str, str, bool)
    stage_toggled = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        """Build it, hidden; ``set_codebook`` and ``set_facets`` fill it."""
        super().__init__(parent)
        self._entries: list[Entry] = []
        self._hot_keys: dict[str, str] = {}
        self._digits: dict[str, str] = {}
        self._wanted_digits: dict[str, str] = {}
        self._stage_keys: tuple[str, ...] = ()
        self._stage_hint = label("", "small", "text_2")
        self.stage_of: Callable[[QKeyEvent], int | None] = lambda _event: None
        """Which stage (from 0) a pressed key stands for."""
        self._colours: dict[str, tuple[str, str]] = {}
        self._symbols: dict[str, FacetValue] = {}
        self._stages: tuple[FacetValue, ...] = ()
        self._recent: Sequence[str] = ()
        self._valence = ""
        self.field = _FindField()
        self.model = MatchModel()
        self.list = QListView()
        self.valences = ValenceRow()
        self.stage = ValuesButton("Stage", numbered=True)
        self.condition = QLineEdit()
        self._count = label("", "small", "text_2")
        self._condition_row = QWidget()
        self._below: QWidget | None = None
        self._shown_rows = ROWS
        self._build()
        self._connect()
        self._measure()
        theme.changed.connect(self._measure)

    def _build(self) -> None:
        self.list.setModel(self.model)
        self.list.setItemDelegate(MatchDelegate(self.list))
        self.list.setProperty("look", "raised")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setMouseTracking(True)
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName("Codes found")
        top = tight(QHBoxLayout(), 8, (16, 6, 16, 6))
        top.addWidget(self.field, 1)
        top.addWidget(self._count)
        self.column.addLayout(top)
        self.column.addWidget(line())
        self._rows = QWidget()
        rows = tight(QVBoxLayout(self._rows), 0, (4, 6, 4, 6))
        rows.addWidget(self.list)
        rows.addStretch(1)
        self.column.addWidget(self._rows)
        self.column.addWidget(line())
        facets = tight(QVBoxLayout(), 6, (12, 8, 12, 8))
        facets.addWidget(self.valences)
        facets.addWidget(self._condition_row)
        facets.addWidget(self._stage_row())
        self.column.addLayout(facets)
        self.column.addWidget(line())
        self.column.addLayout(self._foot())
        self.condition.setPlaceholderText("It depends on… (the condition in a few words)")
        self.condition.setAccessibleName("Condition")
        row = tight(QHBoxLayout(self._condition_row), 8, (4, 0, 4, 0))
        row.addWidget(self.condition)
        self._condition_row.hide()

    def _stage_row(self) -> QWidget:
        made = QWidget()
        row = tight(QHBoxLayout(made), 8, (4, 0, 4, 0))
        row.addWidget(label("Stage", "small", "text_2"))
        row.addWidget(self.stage)
        self._stage_hint.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row.addWidget(self._stage_hint, 1)
        self._stage_cap = KeyCap("")
        row.addWidget(self._stage_cap)
        return made

    def _foot(self) -> QHBoxLayout:
        row = tight(QHBoxLayout(), 4, (16, 7, 16, 8))
        for keys, words in (("Enter", "Code"), ("Shift Enter", "Code, add another")):
            row.addWidget(KeyCap(keys))
            row.addWidget(label(words, "small", "text_2"))
            row.addSpacing(px(8))
        row.addStretch(1)
        self._close_hint = QWidget()
        hint = tight(QHBoxLayout(self._close_hint), 4)
        hint.addWidget(KeyCap("Esc"))
        hint.addWidget(label("Close", "small", "text_2"))
        row.addWidget(self._close_hint)
        return row

    def _connect(self) -> None:
        self.field.textChanged.connect(self._search)
        self.field.installEventFilter(self)
        self.condition.installEventFilter(self)
        self.valences.chosen.connect(self._toggle_valence)
        self.stage.picked.connect(self.stage_toggled)
        self.list.clicked.connect(lambda _index: self._choose(stay=False))

    def set_codebook(self, codebook: Codebook | None) -> None:
        """Offer the codes of this codebook; retired ones are left out."""
        self._entries, self._colours, self._hot_keys = [], {}, {}
        for code in codebook.codes if codebook is not None else ():
            if code.retired or codebook is None:
                continue
            category = codebook.category(code.category_id).name if code.category_id else ""
            texts = (*code.former_names, code.definition, code.include, code.example)
            words = tuple(text for text in texts if text)
            hot_key = self._hot_keys[code.id] = code.hot_key.upper()
            shown = hot_key or self._digits.get(code.id, "")
            self._entries.append(Entry(code.id, code.name, category, shown, words, code.key))
            self._colours[code.id] = (codebook.cluster(code.cluster_id).number, code.colour)

    def show_digits(self, caps: Mapping[str, str]) -> None:
        """Show keys of the codes used last, by code id, where a code has no hot key of its own."""
        self._wanted_digits = dict(caps)
        if self.isVisible():
            self._take_digits()
            self._search(self.field.text())

    def _take_digits(self) -> None:
        """Put the digits on their codes; only when they are seen, since it takes a moment."""
        if self._digits == self._wanted_digits:
            return
        self._digits = self._wanted_digits
        keys = {**self._digits, **{code: key for code, key in self._hot_keys.items() if key}}
        self._entries = [
            entry if entry.hot_key == key else replace(entry, hot_key=key)
            for entry in self._entries
            for key in (keys.get(entry.code_id, ""),)
        ]

    def set_facets(self, valences: Sequence[FacetValue], stages: Sequence[FacetValue]) -> None:
        """Offer these valences and stages."""
        self._symbols = {value.symbol: value for value in valences if value.symbol}
        self._stages = tuple(stages)
        self.valences.show_values(valences)
        self.stage.show_values(stages)
        self._show_stage_keys()

    def show_stages(self, keys: Sequence[str]) -> None:
        """Show which stages new codings get."""
        self.stage.choose(keys)
        self._stage_hint.setText(
            "stays for the next codings" if keys else "What you choose stays for the next codings"
        )

    def use_stage_keys(self, caps: Sequence[str]) -> None:
        """Show these keys of the stages, in their order."""
        self._stage_keys = tuple(caps)
        self._show_stage_keys()

    def _show_stage_keys(self) -> None:
        keys = [cap for cap in self._stage_keys[: len(self._stages)] if cap]
        if keys:
            stems = {cap.rpartition(" ")[0] for cap in keys}
            last = keys[-1].rpartition(" ")[2] if len(stems) == 1 else keys[-1]
            self._stage_cap.show_key(keys[0] if len(keys) == 1 else f"{keys[0]}–{last}")
        self._stage_cap.setVisible(bool(keys))

    @property
    def valence(self) -> str:
        """The chosen valence, "" for none."""
        return self._valence

    def open(self, *, recent: Sequence[str] = (), valence: str = "", query: str = "") -> None:
        """Make ready for a new search; the caller places it."""
        self._recent = recent
        self._take_digits()
        self.condition.clear()
        self._set_valence(valence)
        self.field.setText(query)
        self._search(query)
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def again(self) -> None:
        """Stay open for another code on the same passage."""
        self.condition.clear()
        self._set_valence("")
        self.field.clear()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys that are not for the field."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and (event.modifiers() & ALT or event.key() == Qt.Key.Key_Escape)
        ):
            event.accept()
            return True
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event, in_field=watched is self.field)
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent, *, in_field: bool) -> bool:
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.left.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(stay=bool(event.modifiers() & SHIFT))
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._step(-1 if key == Qt.Key.Key_Up else 1)
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self._step(-ROWS if key == Qt.Key.Key_PageUp else ROWS)
        elif (place := self.stage_of(event)) is not None:
            if place < len(self._stages):
                self.stage_toggled.emit(self._stages[place].key)
        elif in_field and self._symbol(event.text()) is not None:
            self._toggle_valence(self._symbols[self._symbol(event.text()) or ""].key)
        else:
            return False
        return True

    def _symbol(self, text: str) -> str | None:
        symbol = EXTRA_VALENCE_KEYS.get(text, text)
        return symbol if symbol and symbol in self._symbols else None

    def _toggle_valence(self, key: str) -> None:
        self._set_valence("" if key == self._valence else key)

    def _set_valence(self, key: str) -> None:
        self._valence = key
        self.valences.choose(key)
        value = next((v for v in self._symbols.values() if v.key == key), None)
        needs = value is not None and value.needs_condition
        if needs != self._condition_row.isVisibleTo(self):
            self._condition_row.setVisible(needs)
            self.fit()

    def _search(self, query: str) -> None:
        found = rank(self._entries, query, self._recent)
        self.model.show_rows([Row(m, *self._colours[m.entry.code_id]) for m in found])
        if found:
            self.list.setCurrentIndex(self.model.index(0))
            self.list.scrollToTop()
        total = len(self._entries)
        unit = "code" if total == 1 else "codes"
        self._count.setText(f"{len(found)} of {total} {unit}" if query else f"{total} {unit}")

    def add_row(self, widget: QWidget) -> None:
        """Give what can be done beside choosing a code a row of its own below those found."""
        self._below = widget
        layout = self._rows.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(1, widget)
        self._share_rows()

    def show_row(self, shown: bool) -> None:
        """Show or hide that row; the panel keeps its height."""
        if self._below is not None:
            self._below.setVisible(shown)
        self._share_rows()

    def _share_rows(self) -> None:
        below = self._below is not None and self._below.isVisibleTo(self._rows)
        rows = self._shown_rows - below if self.model.rowCount() or not below else 0
        self.list.setFixedHeight(rows * px(34))
        if below and self._below is not None:
            self._below.setFixedHeight(px(34))

    def _step(self, by: int) -> None:
        rows = self.model.rowCount()
        if rows:
            row = min(max(self.list.currentIndex().row() + by, 0), rows - 1)
            self.list.setCurrentIndex(self.model.index(row))

    def _choose(self, *, stay: bool) -> None:
        code_id = self.model.code_id(self.list.currentIndex().row())
        if not code_id:
            return
        value = next((v for v in self._symbols.values() if v.key == self._valence), None)
        condition = self.condition.text().strip()
        lacks = value is not None and value.needs_condition and not condition
        if lacks and not self.condition.hasFocus():
            self.condition.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.chosen.emit(code_id, self._valence, condition, stay)

    def _measure(self) -> None:
        self.field.measure()
        self._use_rows(ROWS)
        self.wish(px(WIDTH) + self.column.contentsMargins().left() * 2)
        self.list.doItemsLayout()

    def fit(self) -> None:
        """Show fewer codes where the view is too low for all rows."""
        self._use_rows(ROWS)
        super().fit()
        over = self.panel().height() + 2 * px(APART) - self._view().height()
        if over > 0:
            self._use_rows(max(ROWS - math.ceil(over / px(34)), LEAST_ROWS))
            super().fit()
        self._close_hint.setVisible(self.panel().width() >= px(WIDTH) * 0.9)

    def _use_rows(self, rows: int) -> None:
        self._shown_rows = rows
        self._rows.setFixedHeight(rows * px(34) + px(12))
        self._share_rows()


class _FindField(QLineEdit):
    """The bare field with its icon."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "bare")
        self.setPlaceholderText("Find a code")
        self.setAccessibleName("Find a code")

    def measure(self) -> None:
        """Take the font of headings and leave room for the icon."""
        self.setFont(font("heading"))
        self.setTextMargins(px(28), 0, 0, 0)

    def sizeHint(self) -> QSize:
        return QSize(px(200), px(32))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        side = px(16)
        box = QRectF(px(2), (self.height() - side) / 2, side, side)
        paint_icon(QPainter(self), box, "search", "text_2")
