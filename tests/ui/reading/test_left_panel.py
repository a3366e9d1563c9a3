"""The left panel: names of codes are read in full wherever there is room."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF

from app.ui.theme import font, px
from app.ui.views.code_tree_delegate import Columns
from app.ui.views.code_tree_model import CodeRole
from tests.ui.reading.pages import Reader


def row_of(reader: Reader) -> QRectF:
    return QRectF(0, 0, reader.place.codes.tree.viewport().width(), 26)


def test_the_panel_is_304_wide_and_columns_are_narrow(reader: Reader) -> None:
    assert reader.place.left.width() == 304
    columns = Columns(row_of(reader), here=True)
    for column in (columns.here, columns.all, columns.key):
        assert px(24) <= column.width() <= px(28)
    assert columns.here.right() == columns.all.left()
    assert columns.all.right() == columns.key.left()
    assert row_of(reader).contains(columns.key)


def test_a_name_takes_all_that_the_numbers_leave(reader: Reader) -> None:
    columns = Columns(row_of(reader), here=True)
    bold = font("group", tabular=True)
    one, many = columns.name_before("4", bold), columns.name_before("128", bold)
    assert one.left() == many.left() == px(26)
    digits = QFontMetricsF(bold).horizontalAdvance("12")
    assert abs(one.right() - many.right() - digits) < 1
    name = QFontMetricsF(font("body")).horizontalAdvance("Shared understanding of aims")
    assert name < one.width()
    without = Columns(row_of(reader), here=False)
    assert without.name_before("31", bold).right() < without.all.right()


def test_a_cut_name_is_in_the_tooltip(reader: Reader) -> None:
    model = reader.place.codes.model
    for code_id in model.code_ids():
        index = model.index_of(code_id)
        name = index.data(Qt.ItemDataRole.DisplayRole)
        assert index.data(CodeRole.ID) == code_id
        assert index.data(Qt.ItemDataRole.ToolTipRole).startswith(name)
