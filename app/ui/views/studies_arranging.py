"""Which columns the table of studies shows: chosen, dragged, hidden, sorted, and remembered."""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, QTimer
from PySide6.QtWidgets import QMenu

from app.ui.views.people import short_names
from app.ui.views.studies_columns import (
    FIRST,
    Arrangement,
    Column,
    all_columns,
    in_order,
    keep_arrangement,
    load_arrangement,
    shown,
    with_shown,
)
from app.ui.views.studies_loading import StudyTable

if TYPE_CHECKING:
    from app.ui.views.studies import StudiesPlace


class Arranging(QObject):
    """Keeps the arrangement of columns of the project that is open, and shows it."""

    def __init__(self, place: "StudiesPlace") -> None:
        super().__init__(place)
        self._place = place
        self._table = StudyTable()
        self._project = ""
        self._put_back = False
        self.columns: tuple[Column, ...] = ()
        self.now = Arrangement()
        self._header = place.table.header()
        self._header.setSectionsMovable(True)
        self._header.setFirstSectionMovable(False)
        self._header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._header.customContextMenuRequested.connect(self._menu)
        self._header.sectionMoved.connect(self._moved)
        self._header.sortIndicatorChanged.connect(lambda *_: self.remember())

    def show(self, table: StudyTable, project_id: str) -> None:
        """Show these studies in the columns that were chosen for their project."""
        self._table = table
        names = short_names(table.coders)
        everyone = [(coder.id, names[coder.id]) for coder in table.coders]
        self.columns = all_columns(table.attributes, everyone)
        is_new = self._project != project_id
        if is_new:
            self._project = ""
            self.now = load_arrangement(project_id)
        self._show()
        if is_new:
            self._place.bar.attributes.restore(self.now.filters)
            self._place.table.sort_by(self.now.sorted_by, self.now.descending)
            self._project = project_id

    def arrange(self, arrangement: Arrangement) -> None:
        """Show the columns so, and remember it."""
        self.now = arrangement
        keep_arrangement(self._project, arrangement)
        self._show()

    def remember(self) -> None:
        """Keep what the rows are sorted and filtered by."""
        key, descending = self._place.table.sorted_by()
        filters = self._place.bar.attributes.keys
        now = replace(self.now, sorted_by=key, descending=descending, filters=filters)
        if self._project and now != self.now:
            self.now = now
            keep_arrangement(self._project, now)

    def forget(self) -> None:
        """Let go of the project that was closed."""
        self._project = ""
        self._table = StudyTable()

    def _show(self) -> None:
        table = self._table
        self._place.table.set_rows(table.rows, table.coders, shown(self.columns, self.now))
        self._place.bar.attributes.show(table.attributes, table.rows)
        card = self._place.attributes
        if card.isVisible():
            card.show_columns(self.columns, self.now)

    def _moved(self, _logical: int, before: int, after: int) -> None:
        """Take over where a column was dropped; the model keeps the order, not the header."""
        if self._put_back:
            return
        keys = [column.key for column in self._place.model.columns]
        keys.insert(after, keys.pop(before))
        everyone = [one.key for one in in_order(self.columns, self.now.order)]
        for key in everyone:
            if key not in keys:
                left = everyone[: everyone.index(key)]
                neighbour = next((k for k in reversed(left) if k in keys), FIRST)
                keys.insert(keys.index(neighbour) + 1, key)
        QTimer.singleShot(0, self, lambda: self._put(tuple(keys), before, after))

    def _put(self, order: tuple[str, ...], before: int, after: int) -> None:
        self._put_back = True
        self._header.moveSection(after, before)
        self._put_back = False
        self.arrange(replace(self.now, order=order))

    def _menu(self, at: QPoint) -> None:
        place = self._header.logicalIndexAt(at)
        if place < 0:
            return
        key = self._place.model.columns[place].key
        table = self._place.table
        menu = QMenu(self._header)
        menu.addAction("Sort upwards", lambda: table.sort_by(key, False))
        menu.addAction("Sort downwards", lambda: table.sort_by(key, True))
        menu.addSeparator()
        hide = menu.addAction("Hide this column")
        hide.setEnabled(key != FIRST)
        hide.triggered.connect(lambda: self.arrange(with_shown(self.columns, self.now, key, False)))
        menu.addAction("Attributes and columns…", self._place.show_columns)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._header.mapToGlobal(at))
