"""Where pages stand between their margins, and what cut labels still tell."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip

from app.coding.adding import add_pdfs
from app.coding.passages import code_passage
from app.coding.people import list_coders
from app.ui.reading.columns import is_two_column, page_has_columns
from app.ui.reading.margin_hits import names_at
from app.ui.reading.margins import FIRST, SHAPE
from app.ui.reading.page_layout import PageLayout, Sides
from app.ui.reading.page_marks import LEFT, RIGHT
from tests.ui.reading.pages import Reader
from tests.ui.reading.pdfs import one_column_pdf
from tests.ui.reading.test_page_layout import RIGHT_SIDE, SIZES


@pytest.fixture
def column(reader: Reader, tmp_path: Path) -> Reader:
    """A document in one column, one page of it lying on its side."""
    path = tmp_path / "Lind 2016.pdf"
    path.write_bytes(one_column_pdf())
    bridge = reader.window.bridge
    (document_id,) = add_pdfs(bridge.project, bridge.reader, [path]).added
    reader.open(document_id)
    return reader


def test_labels_at_the_right_get_the_free_width() -> None:
    for width in (1000, 1400, 2000):
        layout = PageLayout.build(SIZES[:1], 0.75, width, RIGHT_SIDE)
        left = int(layout.lefts[0])
        right = layout.width - left - int(layout.widths[0])
        assert left >= 24
        assert right >= min(320, width - 595 - 24)
        assert left == 24 or right - 320 == pytest.approx(left - 24, abs=1)


def test_pages_of_one_document_share_an_axis() -> None:
    for sides, shared in ((Sides(56, 56), (0, 1, 2)), (RIGHT_SIDE, (0, 2))):
        layout = PageLayout.build(SIZES, 0.75, 1000, sides)
        axes = layout.lefts + layout.widths / 2
        assert np.ptp(axes[list(shared)]) <= 1
        assert layout.lefts.min() >= sides.left
        assert (layout.width - layout.lefts - layout.widths).min() >= sides.right - 1


def test_a_page_too_wide_for_the_view_leaves_the_usual_ones_where_they_are() -> None:
    sizes = [(595.0, 842.0)] * 3 + [(1190.0, 842.0)]
    layout = PageLayout.build(sizes, 0.75, 1000, RIGHT_SIDE)
    alone = PageLayout.build(sizes[:3], 0.75, 1000, RIGHT_SIDE)
    assert layout.lefts.tolist() == [*alone.lefts.tolist(), 24]
    assert (layout.width, layout.home) == (24 + 1190 + 88, 0)
    assert layout.room_beside(1) == alone.room_beside(1)
    assert layout.room_beside(4) == (24, 88)


def test_a_page_larger_than_the_view_is_shown_by_its_middle() -> None:
    layout = PageLayout.build(SIZES[:1], 3.0, 800, RIGHT_SIDE)
    axis = layout.lefts[0] + layout.widths[0] / 2
    assert layout.home + 400 == pytest.approx(axis, abs=1)


def test_columns_are_told_from_the_text(reader: Reader, column: Reader) -> None:
    narrow, wide = ["plain words, half a line of them in all"], ["plain words, " * 7]
    assert page_has_columns(narrow * 90, 595, 842) is True
    assert page_has_columns(wide * 45, 595, 842) is False
    assert page_has_columns(wide * 3, 595, 842) is None
    assert not column.state.two_columns
    assert column.state.text is not None
    assert not is_two_column(column.state.text)


def test_a_document_in_two_columns_has_labels_on_both_sides(reader: Reader) -> None:
    assert reader.state.two_columns
    left, _top, width, _height = reader.canvas.layout_.rect(1)
    assert left == pytest.approx(reader.canvas.layout_.width - left - width, abs=1)


def test_a_document_in_one_column_has_all_labels_at_the_right(column: Reader) -> None:
    assert column.state.info is not None
    project, layout = column.window.bridge.project, column.canvas.layout_
    left, _top, width, _height = layout.rect(1)
    assert 24 <= left < 56
    assert layout.room_beside(1)[1] == column.canvas.viewport().width() - left - width > 190
    span = column.find("Staff turnover cut across this.")
    code_passage(project, column.state.info.id, *span, column.hot_code.id)
    column.qtbot.waitUntil(lambda: len(column.state.marks) == 1)
    assert {stripe.side for stripe in column.view(1).stripes} == {RIGHT}
    assert {label.side for label in column.view(1).labels} == {RIGHT}


def test_pages_do_not_move_sideways_while_reading(column: Reader) -> None:
    seen = set()
    for page in (1, 3, 2, 1):
        column.canvas.go_to_page(page)
        column.settle()
        seen.add((column.canvas.page_origin(1).x(), column.canvas.horizontalScrollBar().value()))
    assert len(seen) == 1


def test_stripes_of_another_layout_go_to_the_right_in_one_column(reader: Reader) -> None:
    assert reader.state.info is not None
    span = reader.find("Most members described the panel")
    code_passage(reader.window.bridge.project, reader.state.info.id, *span, reader.hot_code.id)
    reader.qtbot.waitUntil(lambda: len(reader.state.marks) == 1)
    assert [stripe.side for stripe in reader.view(1).stripes] == [LEFT]
    reader.state.two_columns = False
    reader.canvas.views.forget()
    assert [stripe.side for stripe in reader.view(1).stripes] == [RIGHT]


def test_a_cut_label_tells_its_full_name(column: Reader) -> None:
    assert column.state.info is not None
    assert column.state.codebook is not None
    project, canvas = column.window.bridge.project, column.canvas
    other = next(c for c in list_coders(project) if c.id != project.actor_id)
    longest = max(column.state.codebook.codes, key=lambda code: len(code.name))
    shortest = min(column.state.codebook.codes, key=lambda code: len(code.name))
    for words, code in (("Staff turnover", longest), ("Further pages", shortest)):
        code_passage(project, column.state.info.id, *column.find(words), code.id, coder_id=other.id)
    column.qtbot.waitUntil(lambda: len(column.state.marks) == 2)
    canvas.set_zoom(canvas.zoom * 1.13)
    column.settle()

    def tip_at(name: str) -> str:
        labels = column.view(1).labels
        label = next(one for one in labels if one.marks[0].name == name)
        _left, _top, width, _height = canvas.layout_.rect(1)
        inside = QPointF(width + FIRST + SHAPE + 24, label.y + 4)
        at = (canvas.page_origin(1) + inside).toPoint()
        everywhere = canvas.viewport().mapToGlobal(at)
        event = QHelpEvent(QEvent.Type.ToolTip, at, everywhere)
        QApplication.sendEvent(canvas.viewport(), event)
        return QToolTip.text() if QToolTip.isVisible() else ""

    assert tip_at(longest.name) == f"{longest.name} ({other.initials})"
    QToolTip.hideText()
    assert names_at(canvas, QPointF(QPoint(2, 2))) == ()
    column.qtbot.waitUntil(lambda: not QToolTip.isVisible())
    assert tip_at(shortest.name) == ""
