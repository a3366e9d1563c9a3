from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.coding.codebooks import load_codebook
from app.coding.people import list_coders
from app.models import Project, backup
from app.ui.dates import counted, spoken_date
from app.ui.main_window import MainWindow
from app.ui.new_project import NewProjectPanel
from app.ui.project_files import file_name_for
from app.ui.restore_panel import RestorePanel
from app.ui.settings import RecentProject, settings
from app.ui.start_list import progress_words
from app.ui.theme import theme
from tests.ui.test_main_window import quiet_places


def new_project_form(window: MainWindow) -> NewProjectPanel:
    QTest.mouseClick(window.start._buttons["file.new"], Qt.MouseButton.LeftButton)
    form = window.start.form()
    assert isinstance(form, NewProjectPanel)
    return form


def test_a_project_is_made_from_the_form(
    window: MainWindow, tmp_path: Path, monkeypatch, qtbot: QtBot
) -> None:
    quiet_places(monkeypatch)
    settings().remember("project.folder", str(tmp_path / "reviews"))
    form = new_project_form(window)
    qtbot.keyClicks(form.title, "Mentoring in custody")
    assert form.path.text() == str(tmp_path / "reviews" / "mentoring-in-custody.cofactor")
    qtbot.keyClicks(form.coder, "Amina Rahman")
    qtbot.keyClick(form.coder, Qt.Key.Key_Return)
    assert window.bridge.is_open
    project = window.bridge.project
    assert project.title == "Mentoring in custody"
    assert [coder.name for coder in list_coders(project)] == ["Amina Rahman"]
    assert project.actor_id == list_coders(project)[0].id
    assert len(load_codebook(project).codes) > 60
    assert settings().value("coder.name") == "Amina Rahman"


def test_the_form_says_what_is_missing(window: MainWindow, qtbot: QtBot) -> None:
    form = new_project_form(window)
    QTest.mouseClick(form.main, Qt.MouseButton.LeftButton)
    assert form.problem.text() == "The project needs a title."
    qtbot.keyClicks(form.title, "x")
    assert form.problem.isHidden()
    qtbot.keyClick(form.title, Qt.Key.Key_Escape)
    assert window.start.form() is None


def test_nothing_is_overwritten(window: MainWindow, project_path: Path, qtbot: QtBot) -> None:
    form = new_project_form(window)
    qtbot.keyClicks(form.title, "A review")
    form.path.setText(str(project_path))
    form.accept()
    assert "exists already" in form.problem.text()
    assert not window.bridge.is_open


def test_a_backup_becomes_a_project_beside_the_old_one(
    window: MainWindow, project_path: Path, monkeypatch, qtbot: QtBot
) -> None:
    quiet_places(monkeypatch)
    backup.take(project_path)
    settings().remember_project(RecentProject(str(project_path), "A small review", ""))
    window.actions_table.trigger("file.restore")
    form = window.start.form()
    assert isinstance(form, RestorePanel)
    assert form.backups.count() == 1
    assert form.backups.item(0).text().startswith("Today, ")
    QTest.mouseClick(form.main, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.bridge.is_open)
    assert window.bridge.project.path.name == "review restored.cofactor"
    assert window.bridge.project.title == "A small review"
    assert project_path.exists()


def test_recent_projects_open_with_enter_and_can_be_found(
    window: MainWindow, project_path: Path, tmp_path: Path, monkeypatch, qtbot: QtBot
) -> None:
    quiet_places(monkeypatch)
    other = tmp_path / "other.cofactor"
    Project.create(other, title="School pathways").close()
    settings().remember_project(RecentProject(str(other), "School pathways", ""))
    settings().remember_project(RecentProject(str(project_path), "A small review", ""))
    window.start.refresh()
    qtbot.keyClicks(window.start.finder, "school")
    assert window.start._model.rowCount() == 1
    window.start.list.setCurrentIndex(window.start._model.index(0))
    qtbot.keyClick(window.start.list, Qt.Key.Key_Return)
    assert window.bridge.project.title == "School pathways"


def test_dates_and_counts_are_spoken() -> None:
    now = datetime(2026, 11, 23, 15, 0).astimezone()
    assert spoken_date(now.replace(hour=14, minute=2).isoformat(), now) == "Today, 14:02"
    assert spoken_date(now.replace(day=22).isoformat(), now) == "Yesterday"
    assert spoken_date(now.replace(day=14).isoformat(), now) == "14 November"
    assert spoken_date(now.replace(year=2024).isoformat(), now) == "23 November 2024"
    assert spoken_date("never", now) == ""
    assert counted(1, "study", "studies") == "1 study"
    assert counted(1204, "study", "studies") == "1,204 studies"


def test_progress_says_what_it_counts() -> None:
    project = RecentProject("/a", "A", "", studies=46, coded=31, round="Round 2")
    assert progress_words(project) == "31 of 46 coded in round 2"
    assert progress_words(RecentProject("/a", "A", "")) == ""


def test_file_names_come_from_titles() -> None:
    assert file_name_for("Case management: a review!") == "case-management-a-review.cofactor"
    assert file_name_for("Übergänge") == "übergänge.cofactor"
    assert file_name_for("???") == "review.cofactor"


def test_settings_take_effect_at_once_and_stay(window: MainWindow, qtbot: QtBot) -> None:
    window.actions_table.trigger("file.settings")
    dialog = window._window_actions.dialog
    dark = dialog.theme.segment("dark")
    qtbot.mouseClick(dark, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(dialog.font_size.segment("125"), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(dialog.density.segment("compact"), Qt.MouseButton.LeftButton)
    assert (theme.name, theme.font_percent, theme.compact) == ("dark", 125, True)
    assert QApplication.font().pixelSize() == 16
    look = settings().look
    assert (look.theme, look.font_percent, look.compact) == ("dark", 125, True)
    dialog.close()
