"""A change paints what looks different, and nothing that looks as before."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QImage, QPaintEvent, QRegion
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip

from app.coding.passages import code_passage
from app.coding.people import list_coders
from app.ui.reading.lanes import place_labels
from app.ui.reading.selection import Selection
from app.ui.widgets import UndoMessage
from tests.ui.reading.pages import Reader

PANEL = "Most members described the panel"
HANDOVER = "No handover had been planned"


class Painted(QObject):
    """Adds up what of a canvas is painted."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.region = QRegion()
        self._viewport = reader.canvas.viewport()
        self._viewport.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            self.region = self.region.united(event.region())
        return False

    def during(self, act: Callable[[], object]) -> QRegion:
        QApplication.processEvents()
        self.region = QRegion()
        act()
        QApplication.processEvents()
        return self.region

    def share(self, act: Callable[[], object]) -> float:
        """Return the share of the viewport that an act painted again."""
        area = sum(rect.width() * rect.height() for rect in self.during(act))
        return area / (self._viewport.width() * self._viewport.height())


def on_screen(reader: Reader) -> QImage:
    """Return what the screen shows of the pages: the pieces as they were painted."""
    viewport, window = reader.canvas.viewport(), reader.window
    corner = viewport.mapTo(window, QPoint(0, 0))
    whole = window.screen().grabWindow(window.winId())
    return (
        whole.copy(QRect(corner, viewport.size()))
        .toImage()
        .convertToFormat(QImage.Format.Format_RGB32)
    )


def afresh(reader: Reader) -> QImage:
    """Return how the pages look when all is painted at once."""
    return reader.canvas.viewport().grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def settle(reader: Reader) -> None:
    reader.settle()
    QToolTip.hideText()
    for message in reader.window.findChildren(UndoMessage):
        message.hide()
    QTest.qWait(90)


@pytest.fixture
def crowded(reader: Reader) -> Reader:
    """Some codings of two coders on the first page."""
    assert reader.state.info is not None
    project = reader.window.bridge.project
    other = next(c for c in list_coders(project) if c.id != project.actor_id)
    for words in (HANDOVER, "Minutes were kept", "Trust did not follow"):
        for number, coder in enumerate((None, other.id)):
            span = reader.find(words)
            code_passage(
                project, reader.state.info.id, *span, reader.hot_codes[number].id, coder_id=coder
            )
    reader.qtbot.waitUntil(lambda: len(reader.state.marks) == 6)
    settle(reader)
    return reader


def test_coding_a_passage_paints_its_bands_only(crowded: Reader) -> None:
    crowded.select(PANEL)
    settle(crowded)
    painted = Painted(crowded)
    assert painted.share(crowded.press_hot_key) < 0.25
    box = crowded.canvas.span_rect(*crowded.find(PANEL)).toAlignedRect()
    assert painted.region.intersected(QRegion(box)) == QRegion(box)


@pytest.mark.parametrize("act", ["code", "valence", "remove", "select", "walk", "shrink"])
def test_the_screen_shows_what_painting_all_would_show(crowded: Reader, act: str) -> None:
    """Pieces painted one by one make the same picture as one painted at once."""
    reader = crowded
    reader.select(PANEL)
    if act in ("valence", "remove", "walk", "shrink"):
        reader.press_hot_key()
    reader.canvas.setFocus()
    settle(reader)
    before = on_screen(reader)
    if act == "code":
        reader.press_hot_key()
    elif act == "valence":
        reader.type("+")
    elif act == "remove":
        reader.trigger("code.remove")
    elif act == "select":
        start, end = reader.find(HANDOVER)
        reader.state.select(Selection(start, end))
        reader.state.select(Selection(start, end - 5))
    elif act == "walk":
        reader.state.set_active(reader.state.marks.at(reader.find(HANDOVER)[0])[0].id)
    else:
        reader.key(Qt.Key.Key_BraceRight)
    settle(reader)
    shown = on_screen(reader)
    assert shown != before
    assert shown == afresh(reader)


def test_moving_the_caret_paints_two_carets(crowded: Reader) -> None:
    start, _end = crowded.find("Minutes were kept")
    crowded.state.select(Selection(start + 2, start + 2))
    settle(crowded)
    share = Painted(crowded).share(lambda: crowded.key(Qt.Key.Key_Right))
    assert 0 < share < 0.02


def test_pointing_at_a_stripe_paints_its_passage(crowded: Reader) -> None:
    at = crowded.middle("Minutes were kept")
    stripe = QPoint(crowded.canvas.layout_.rect(1)[0] - 12, at.y())
    share = Painted(crowded).share(lambda: crowded.hover(stripe))
    assert crowded.canvas.painter.overlay.hover is not None
    assert 0 < share < 0.05


def test_a_thousand_labels_are_placed_in_a_moment() -> None:
    """Those that join one label are gathered once, not copied for each."""
    places = place_labels([0.0] * 20_000, 18.0, 0.0, 400.0, 45.0)
    assert sum(len(place.members) for place in places) == 20_000
    assert places[-1].members[-1] == 19_999


def test_the_tree_of_codes_keeps_its_rows_when_a_count_changes(crowded: Reader) -> None:
    model, changed, reset = crowded.place.codes.model, [], []
    model.dataChanged.connect(lambda first, _last, _roles: changed.append(first.data()))
    model.modelReset.connect(lambda: reset.append(True))
    crowded.select(PANEL)
    crowded.press_hot_key(3)
    crowded.qtbot.waitUntil(lambda: bool(changed))
    settle(crowded)
    assert set(changed) == {crowded.hot_codes[3].name}
    assert not reset
    assert crowded.place.codes.code_id() == crowded.hot_codes[3].id
