import threading
import time
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QPointF, QRect, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.coding.people import add_coder, list_coders
from app.errors import UserError
from app.models import Project
from app.ui.main_window import MainWindow
from app.ui.place import Place
from app.ui.places import PLACES
from app.ui.settings import RecentProject, settings
from app.ui.tasks import Progress, run, tasks
from app.ui.theme import icon, px, theme
from app.ui.who_notice import question
from app.ui.widgets.layout import button
from app.ui.widgets.notices import Notice, NoticeBar


class QuietPlace(Place):
    """A place that only notes what the window asks of it."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.title = "Quiet"
        self.asked: list[tuple[object, ...]] = []
        self.projects: list[str] = []

    def set_project(self, bridge: object) -> None:
        self.projects.append(self.window_of_places.bridge.project.title)

    def open_passage(self, *arguments: object) -> None:
        self.asked.append(arguments)

    show_filter = show_code = show_study = add_files = open_passage


def quiet_places(monkeypatch) -> None:
    monkeypatch.setattr("app.ui.workbench.make_place", _make_quiet)


def _make_quiet(spec, window) -> QuietPlace:
    place = QuietPlace(window)
    place.key, place.title = spec.key, spec.label
    return place


def opened(window: MainWindow, path: Path, monkeypatch) -> MainWindow:
    quiet_places(monkeypatch)
    assert window.open_project(path)
    return window


def test_the_window_starts_with_the_start_view(window: MainWindow) -> None:
    assert window.at_start
    assert window.windowTitle() == "Cofactor"
    assert not window.actions_table["go.read"].isEnabled()
    assert window.actions_table["file.new"].isEnabled()


def test_a_project_opens_the_places(window: MainWindow, project_path: Path, monkeypatch) -> None:
    opened(window, project_path, monkeypatch)
    assert not window.at_start
    assert window.workbench.shown == "studies"
    assert "A small review" in window.windowTitle()
    assert window.workbench.strip.person.text() == "Amina Rahman"
    assert window.workbench.strip.round.text() == "Round 1"
    for spec in PLACES:
        QTest.mouseClick(window.workbench.rail.button(spec.key), Qt.MouseButton.LeftButton)
        assert window.workbench.shown == spec.key
        assert window.workbench.header.title.text() == spec.label
        assert window.workbench.rail.button(spec.key).isChecked()


def test_keys_lead_to_places(
    window: MainWindow, project_path: Path, monkeypatch, qtbot: QtBot
) -> None:
    opened(window, project_path, monkeypatch)
    with qtbot.waitActive(window):
        window.activateWindow()
    qtbot.keyClick(window, Qt.Key.Key_4, Qt.KeyboardModifier.ControlModifier)
    assert window.workbench.shown == "extracts"


def test_navigation_is_handed_to_the_right_place(
    window: MainWindow, project_path: Path, monkeypatch
) -> None:
    opened(window, project_path, monkeypatch)
    window.open_passage("d1", 10, 20)
    place = window.workbench.place
    assert isinstance(place, QuietPlace)
    assert (place.key, place.asked) == ("read", [("d1", 10, 20)])
    window.show_extracts("a filter")
    assert window.workbench.shown == "extracts"
    window.show_code("c1")
    assert window.workbench.shown == "codebook"
    window.show_study("s1")
    assert window.workbench.shown == "studies"


def test_places_live_on_and_show_the_next_project(
    window: MainWindow, project_path: Path, tmp_path: Path, monkeypatch
) -> None:
    opened(window, project_path, monkeypatch)
    place = window.workbench.place
    other = tmp_path / "other.cofactor"
    Project.create(other, title="Another review").close()
    window.close_project()
    assert window.at_start
    assert window.open_project(other)
    assert window.workbench.place is place
    assert isinstance(place, QuietPlace)
    assert place.projects == ["A small review", "Another review"]


def test_what_cannot_be_opened_is_told_in_a_sentence(window: MainWindow, tmp_path: Path) -> None:
    assert not window.open_project(tmp_path / "gone.cofactor")
    bars = window.start._notices.bars
    assert bars[0].notice.text == "There is no project gone.cofactor here."
    assert window.at_start


def test_undo_in_the_strip_names_the_act_and_takes_it_back(
    window: MainWindow, project_path: Path, monkeypatch, qtbot: QtBot
) -> None:
    opened(window, project_path, monkeypatch)
    add_coder(window.bridge.project, "Jonas Weiss")
    strip = window.workbench.strip
    qtbot.waitUntil(lambda: strip.undo.text() == "Undo “Add coder”")
    QTest.mouseClick(strip.undo, Qt.MouseButton.LeftButton)
    assert [coder.name for coder in list_coders(window.bridge.project)] == ["Amina Rahman"]
    assert window.actions_table["edit.redo"].text() == "Redo “Add coder”"


def test_who_you_are_can_be_changed_from_the_strip(
    window: MainWindow, project_path: Path, monkeypatch, qtbot: QtBot
) -> None:
    opened(window, project_path, monkeypatch)
    QTest.mouseClick(window.workbench.strip.person, Qt.MouseButton.LeftButton)
    menu = window._window_actions.menu
    assert [action.text() for action in menu.actions() if action.isChecked()] == ["Amina Rahman"]
    qtbot.keyClicks(menu.name, "Amina Rahman")
    qtbot.keyClick(menu.name, Qt.Key.Key_Return)
    assert "already" in menu.problem.text()
    menu.name.setText("Jonas Weiss")
    qtbot.keyClick(menu.name, Qt.Key.Key_Return)
    assert window.workbench.strip.person.text() == "Jonas Weiss"
    assert len(list_coders(window.bridge.project)) == 2


def unchosen(tmp_path: Path, *names: str) -> Path:
    """Make a project in which this computer has not chosen anybody."""
    path = tmp_path / "copied.cofactor"
    project = Project.create(path, title="A copied review")
    for name in names:
        add_coder(project, name, role="coder")
    project.close()
    return path


def test_a_copied_project_asks_once_who_is_coding(
    window: MainWindow, tmp_path: Path, monkeypatch
) -> None:
    path = unchosen(tmp_path, "Amina Rahman", "Jonas Weiss")
    opened(window, path, monkeypatch)
    (bar,) = window._notices.bars
    assert bar.isVisible()
    assert bar.notice.text == "Who is coding on this computer?"
    names = [button.text() for button in bar.findChildren(QPushButton)]
    assert names == ["Amina Rahman", "Jonas Weiss", "Add a coder"]
    jonas = bar.findChildren(QPushButton)[1]
    QTest.mouseClick(jonas, Qt.MouseButton.LeftButton)
    assert window.workbench.strip.person.text() == "Jonas Weiss"
    assert window._notices.bars == ()
    window.close_project()
    assert window.open_project(path)
    assert window.workbench.strip.person.text() == "Jonas Weiss"
    assert window._notices.bars == ()


def test_the_question_leaves_when_it_is_answered_in_the_strip(
    window: MainWindow, tmp_path: Path, monkeypatch, qtbot: QtBot
) -> None:
    opened(window, unchosen(tmp_path), monkeypatch)
    (bar,) = window._notices.bars
    (add,) = bar.findChildren(QPushButton)
    assert add.text() == "Add a coder"
    window._window_actions.add_coder()
    menu = window._window_actions.menu
    menu.name.setText("Ines Moreau")
    qtbot.keyClick(menu.name, Qt.Key.Key_Return)
    assert window.workbench.strip.person.text() == "Ines Moreau"
    assert window._notices.bars == ()


def test_many_coders_are_not_all_buttons_and_a_hand_out_never_asks(
    window: MainWindow, tmp_path: Path, monkeypatch
) -> None:
    names = ("Amina Rahman", "Jonas Weiss", "Ines Moreau", "Tomasz Lis")
    opened(window, unchosen(tmp_path, *names), monkeypatch)
    (bar,) = window._notices.bars
    shown = [button.text() for button in bar.findChildren(QPushButton)]
    assert shown == [*names[:3], "Somebody else"]
    project = window.bridge.project
    monkeypatch.setattr(project, "kind", "handout")
    assert question(project, lambda _coder: None, lambda: None) is None


def dropped(window: MainWindow, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    where, none = QPoint(200, 200), Qt.KeyboardModifier.NoModifier
    left = Qt.MouseButton.LeftButton
    enter = QDragEnterEvent(where, Qt.DropAction.CopyAction, data, left, none)
    window.dragEnterEvent(enter)
    assert enter.isAccepted()
    window.dropEvent(QDropEvent(QPointF(where), Qt.DropAction.CopyAction, data, left, none))


def test_files_dropped_anywhere_are_added(
    window: MainWindow, project_path: Path, tmp_path: Path, monkeypatch
) -> None:
    opened(window, project_path, monkeypatch)
    paper = tmp_path / "Kilbride_2016.PDF"
    paper.write_bytes(b"%PDF-")
    dropped(window, paper)
    place = window.workbench.place
    assert isinstance(place, QuietPlace)
    assert (place.key, place.asked) == ("studies", [([str(paper)],)])


def test_a_project_dropped_on_the_start_view_is_opened(
    window: MainWindow, project_path: Path, monkeypatch
) -> None:
    quiet_places(monkeypatch)
    dropped(window, project_path)
    assert window.bridge.is_open


def test_pdfs_dropped_without_a_project_are_answered(window: MainWindow, tmp_path: Path) -> None:
    dropped(window, tmp_path)
    assert window.start._notices.bars[0].notice.text == "PDFs belong to a project."


def test_running_work_shows_in_the_strip_and_its_list(
    window: MainWindow, project_path: Path, monkeypatch, qtbot: QtBot
) -> None:
    opened(window, project_path, monkeypatch)

    def work(progress: Progress) -> None:
        progress.report(23, 46, "Marlowe_2015.pdf")
        while not progress.cancelled:
            progress.report(46, 46)

    job = run(work, "Adding PDFs")
    strip = window.workbench.strip
    qtbot.waitUntil(lambda: strip.work.text() == "Adding PDFs, 46 of 46")
    QTest.mouseClick(strip.work, Qt.MouseButton.LeftButton)
    assert window.work_popup.isVisible()
    job.cancel()
    qtbot.waitUntil(lambda: not job.running)
    assert not strip.work.isVisible()
    assert job in tasks.finished
    qtbot.keyClick(window.work_popup, Qt.Key.Key_Escape)
    assert not window.work_popup.isVisible()


def test_finished_work_of_a_closed_project_is_not_listed_in_the_next(
    window: MainWindow, project_path: Path, monkeypatch, qtbot: QtBot
) -> None:
    opened(window, project_path, monkeypatch)
    job = run(lambda _progress: None, "Adding PDFs", show=lambda: None)
    sample = run(lambda _progress: None, "Making the sample review", of_project=False)
    qtbot.waitUntil(lambda: not job.running and not sample.running)
    assert job in tasks.finished
    window.close_project()
    assert job not in tasks.finished
    assert sample in tasks.finished


def test_closing_waits_a_moment_for_work_and_not_longer(
    window: MainWindow, project_path: Path, monkeypatch, qtbot: QtBot
) -> None:
    opened(window, project_path, monkeypatch)
    monkeypatch.setattr("app.ui.main_window.STOP_WITHIN_MS", 150)
    monkeypatch.setattr("app.ui.main_window.LEAVE_WITHIN_MS", 50)
    go_on, heard = threading.Event(), []
    job = run(lambda _progress: go_on.wait(10), "Adding PDFs", heard.append)
    before = time.monotonic()
    window.close()
    assert time.monotonic() - before < 2
    assert not window.bridge.is_open
    assert not window.isVisible()
    go_on.set()
    assert job.left.wait(5)
    QApplication.processEvents()
    assert heard == []
    assert window.messages.dialog is None


def test_a_project_out_of_reach_is_told_in_one_notice_that_leaves_by_itself(
    window: MainWindow, project_path: Path, monkeypatch
) -> None:
    opened(window, project_path, monkeypatch)
    bridge = window.bridge

    def fail() -> bool:
        raise UserError("review.cofactor cannot be reached.")

    with monkeypatch.context() as patch:
        patch.setattr(bridge.project, "poll", fail)
        for _ in range(3):
            bridge._poll()
        assert [bar.notice.text for bar in window._notices.bars] == [
            "review.cofactor cannot be reached."
        ]
    bridge._poll()
    assert window._notices.bars == ()


class SidedPlace(QuietPlace):
    """A quiet place with a panel at the right."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.panel = QLabel("About the study")

    def side(self) -> QWidget:
        return self.panel


def test_a_hidden_side_panel_is_offered_in_the_header(
    window: MainWindow, project_path: Path, monkeypatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr("app.ui.workbench.make_place", _make_sided)
    assert window.open_project(project_path)
    place, header = window.workbench.place, window.workbench.header
    assert isinstance(place, SidedPlace)
    assert place.panel.isVisible()
    assert not header.side.isVisible()
    window.resize(1100, 760)
    qtbot.waitUntil(lambda: not place.panel.isVisible())
    assert header.side.isVisible()
    assert "Ctrl+\\" in header.side.toolTip()
    QTest.mouseClick(header.side, Qt.MouseButton.LeftButton)
    assert place.panel.isVisible()
    assert header.side.isChecked()
    QTest.mouseClick(header.side, Qt.MouseButton.LeftButton)
    assert not place.panel.isVisible()
    window.resize(1440, 900)
    qtbot.waitUntil(lambda: window.workbench.width() == 1440)
    assert header.side.isVisible(), "put away by hand, so it can be had again"
    window.actions_table.trigger("view.side_panel")
    assert place.panel.isVisible()
    assert not header.side.isVisible()
    window.resize(1100, 760)
    qtbot.waitUntil(header.side.isVisible)
    frame = window.workbench.frame
    assert frame is not None
    frame.show_filters(False)
    assert not header.side.isVisible(), "nothing to show, so nothing to offer"


def test_the_side_panel_grows_with_the_text(
    window: MainWindow, project_path: Path, monkeypatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr("app.ui.workbench.make_place", _make_sided)
    assert window.open_project(project_path)
    place = window.workbench.place
    assert isinstance(place, SidedPlace)
    qtbot.waitUntil(lambda: abs(place.panel.width() - 316) <= 2)
    theme.choose(font_percent=150)
    qtbot.waitUntil(lambda: not place.panel.isVisible())
    QTest.mouseClick(window.workbench.header.side, Qt.MouseButton.LeftButton)
    wide = px(316)
    assert wide > 450
    qtbot.waitUntil(lambda: abs(place.panel.width() - wide) <= 4)
    theme.choose(font_percent=100)
    qtbot.waitUntil(lambda: abs(place.panel.width() - 316) <= 4)


def _make_sided(spec, window) -> SidedPlace:
    place = SidedPlace(window)
    place.key, place.title = spec.key, spec.label
    return place


def test_a_long_title_pushes_no_menu_out(
    window: MainWindow, tmp_path: Path, monkeypatch, qtbot: QtBot
) -> None:
    path = tmp_path / "long.cofactor"
    title = "Case management in programmes against violent extremism, a synthesis"
    Project.create(path, title=title).close()
    opened(window, path, monkeypatch)
    corner = window._project_title
    assert corner.text() == title
    theme.choose(font_percent=150)
    window.resize(1024, 700)
    QApplication.processEvents()
    assert corner.text() != title
    assert corner.toolTip() == title
    bar = window.menuBar()
    menus = [bar.actionGeometry(action) for action in bar.actions() if action.isVisible()]
    assert all(menu.isValid() and menu.right() < corner.x() for menu in menus)
    theme.choose(font_percent=100)
    window.resize(1440, 900)
    QApplication.processEvents()
    assert corner.text() == title


def test_outcomes_of_work_are_shown_whole(
    window: MainWindow, project_path: Path, monkeypatch, qtbot: QtBot
) -> None:
    opened(window, project_path, monkeypatch)
    job = run(lambda _progress: None, "Adding PDFs", show=lambda: None)
    qtbot.waitUntil(lambda: not job.running)
    job.outcome = "12 PDFs added, 2 already there, 1 needs a password, 1 not added"
    for percent in (100, 150):
        theme.choose(font_percent=percent)
        window._window_actions.show_work()
        QApplication.processEvents()
        popup = window.work_popup
        (words,) = [
            each
            for each in popup.findChildren(QLabel)
            if each.isVisible() and each.text() == job.outcome
        ]
        assert words.height() >= words.heightForWidth(words.width())
        panel = popup.panel().toRect()
        inside = QRect(words.mapTo(popup, QPoint(0, 0)), words.size())
        assert panel.contains(inside)
        popup.hide()


def test_recent_projects_know_how_they_ended(
    window: MainWindow, project_path: Path, monkeypatch
) -> None:
    opened(window, project_path, monkeypatch)
    (kept,) = settings().recent_projects()
    assert (kept.title, kept.closed, kept.round) == ("A small review", False, "Round 1")
    window.close_project()
    (kept,) = settings().recent_projects()
    assert kept.closed
    assert window.start._model.rowCount() == 1


def test_f6_goes_round_the_panels(
    window: MainWindow, project_path: Path, monkeypatch, qtbot: QtBot
) -> None:
    opened(window, project_path, monkeypatch)
    with qtbot.waitActive(window):
        window.activateWindow()
    held = []
    for _ in range(4):
        window.actions_table.trigger("window.next_panel")
        focused = QApplication.focusWidget()
        parts = (window.workbench.rail, window.workbench.place, window.workbench.strip)
        held.append(next(n for n, part in enumerate(parts) if _within(part, focused)))
    assert sorted(set(held)) == [0, 1, 2]
    assert held[3] == held[0]


def _within(part: QWidget | None, focused: QWidget | None) -> bool:
    assert part is not None
    return focused is not None and (part is focused or part.isAncestorOf(focused))


def test_the_window_remembers_its_size(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(1024, 700)
    window.close()
    again = MainWindow()
    qtbot.addWidget(again)
    assert (again.width(), again.height()) == (1024, 700)
    again.bridge.shut_down()


def test_missing_recent_project_can_be_taken_off_the_list(window: MainWindow) -> None:
    settings().remember_project(RecentProject("/gone/x.cofactor", "Gone", "2026-01-01T00:00:00Z"))
    window.start.refresh()
    window.start._open(window.start._model.index(0))
    bar = window.start._notices.bars[0]
    assert bar.notice.text == "Gone is not where it was."
    bar.notice.buttons[0][1]()
    assert settings().recent_projects() == ()


def clipped(root: QWidget) -> list[str]:
    """Return the texts of labels that are wider than their label, and not meant to be cut."""
    found = []
    for label in root.findChildren(QLabel):
        if label.isVisible() and label.text() and not label.wordWrap():
            label.ensurePolished()
            wanted = QFontMetrics(label.font()).horizontalAdvance(label.text())
            if wanted > label.width() + 1:
                found.append(label.text())
    return found


def test_no_words_are_cut_at_any_size_of_text(
    window: MainWindow, project_path: Path, monkeypatch, qtbot: QtBot
) -> None:
    quiet_places(monkeypatch)
    for percent in (100, 150, 200):
        theme.choose(font_percent=percent)
        window.start.show_new_project()
        QApplication.processEvents()
        assert clipped(window.start) == []
        window.start.refresh()
    window.open_project(project_path)
    for percent in (200, 100):
        theme.choose(font_percent=percent)
        QApplication.processEvents()
        assert clipped(window.workbench) == []
        for spec in PLACES:
            button = window.workbench.rail.button(spec.key)
            assert min(button.width(), button.height()) >= px(24)


def test_titles_and_tools_are_whole_in_a_small_window_with_large_text(
    window: MainWindow, project_path: Path, monkeypatch, qtbot: QtBot
) -> None:
    quiet_places(monkeypatch)
    window.resize(1024, 680)
    theme.choose(font_percent=200)
    window.open_project(project_path)
    header = window.workbench.header
    tool = button("Add PDFs", icon=icon("plus"))
    for title in ("Studies", "Codebook", "Extracts", "Analysis"):
        header.show_place(title, "A fact that would take the room of the title", [tool])
        QApplication.processEvents()
        assert header.title.width() >= header.title.sizeHint().width(), title
    assert not header.fact.isVisible()
    assert tool.text() == ""
    assert tool.accessibleName() == tool.toolTip() == "Add PDFs"
    theme.choose(font_percent=100)
    window.resize(1440, 900)
    qtbot.waitUntil(lambda: tool.text() == "Add PDFs")
    assert header.fact.isVisible()


def test_buttons_of_a_notice_stand_below_its_words_where_there_is_no_room(
    look: QApplication, qtbot: QtBot
) -> None:
    names = ("Amina Rahman (sample)", "Jonas Weiss (sample)", "Somebody else")
    bar = NoticeBar(Notice("info", "Who is coding?", "", tuple((name, int) for name in names)))
    qtbot.addWidget(bar)
    bar.resize(900, 60)
    bar.show()
    words = bar.findChildren(QLabel)[0]
    QApplication.processEvents()
    assert bar._acts.geometry().left() > words.geometry().right()
    bar.resize(460, 60)
    QApplication.processEvents()
    assert bar._acts.geometry().top() >= words.geometry().bottom()
    made = bar._acts.findChildren(QPushButton)
    assert all(one.width() >= one.sizeHint().width() for one in made)
    assert bar._acts.rect().contains(made[-1].geometry())
