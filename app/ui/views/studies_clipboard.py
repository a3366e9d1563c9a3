"""Rows and values of the table of studies, to and from other programs, as tab-separated text."""

from PySide6.QtCore import QModelIndex
from PySide6.QtGui import QGuiApplication

from app.coding.attribute_values import ValueEntry, set_values
from app.errors import UserError
from app.models import Project
from app.ui.views.attribute_cells import is_editable
from app.ui.views.studies_model import StudyRole
from app.ui.views.studies_table import StudiesTable


def copy_rows(table: StudiesTable) -> int:
    """Copy the chosen rows with the heads of the columns shown; return how many rows."""
    model = table.model()
    columns = range(model.columnCount())
    heads = [str(model.headerData(one, table.header().orientation())) for one in columns]
    indexes = table.selectionModel().selectedRows()
    indexes.sort(key=lambda index: table.visualRect(index).top())
    lines = [heads]
    for index in indexes:
        texts = [str(index.siblingAtColumn(one).data() or "") for one in columns]
        lines.append(["" if text == "–" else " ".join(text.split()) for text in texts])
    QGuiApplication.clipboard().setText("\n".join("\t".join(line) for line in lines))
    return len(indexes)


def entries_from_text(table: StudiesTable, text: str) -> list[ValueEntry]:
    """Lay tab-separated text over the table, from the cell of the cursor to the right and down.

    Raises:
        UserError: the cursor is on no attribute, or the text reaches beyond the attributes.
    """
    start = table.currentIndex()
    if not is_editable(start):
        raise UserError("Values go into attributes.", "Put the cursor on a value, then paste.")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n").split("\n")
    places = _places(start)
    entries = []
    row = start
    for line in lines:
        if not row.isValid():
            raise UserError(
                f"{len(lines)} lines do not fit below this study.",
                "Begin further up, or show more studies.",
            )
        cells = line.split("\t")
        if len(cells) > len(places):
            raise UserError(
                f"{len(cells)} columns do not fit here: {len(places)} attributes stand from here "
                "to the right.",
                "Begin further to the left, or show more attributes.",
            )
        study = row.data(StudyRole.ROW)
        for place, cell in zip(places, cells, strict=False):
            attribute = row.siblingAtColumn(place).data(StudyRole.COLUMN).attribute
            entries.append(ValueEntry(study.id, attribute.id, cell))
        row = row.siblingAtRow(row.row() + 1)
    return entries


def paste(table: StudiesTable, project: Project) -> int:
    """Paste values, all of them or none; return how many.

    Raises:
        UserError: as ``entries_from_text``; or a value does not fit its attribute.
    """
    entries = entries_from_text(table, QGuiApplication.clipboard().text())
    return set_values(project, entries, label=f"Paste {len(entries)} values")


def clear_values(table: StudiesTable, project: Project) -> int:
    """Take your values away from the chosen studies, in the column of the cursor."""
    column = table.current_column()
    if column is None or column.attribute is None:
        return 0
    entries = [
        ValueEntry(row.id, column.attribute.id, "")
        for row in table.chosen_rows()
        if column.attribute.id in row.cells and row.cells[column.attribute.id].own is not None
    ]
    if entries:
        number = len(entries)
        label = "Clear value" if number == 1 else f"Clear {number} values"
        set_values(project, entries, label=label)
    return len(entries)


def _places(start: QModelIndex) -> list[int]:
    columns = range(start.column(), start.model().columnCount())
    return [one for one in columns if is_editable(start.siblingAtColumn(one))]
