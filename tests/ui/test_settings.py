import json
import os
from pathlib import Path

from app.ui.settings import (
    Look,
    ReadingPosition,
    RecentProject,
    Settings,
    home,
    settings,
)


def test_home_follows_the_environment_and_never_the_real_one() -> None:
    assert home() == Path(os.environ["COFACTOR_HOME"])
    assert settings().path.parent == home()


def test_what_is_remembered_is_there_after_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    first = Settings(path)
    first.choose_look(Look("dark", 125, compact=True, white_paper=True))
    first.remember_splitter("read", [280, 900, 320])
    first.remember_reading_position("d1", ReadingPosition(4, 0.25, 1.18))
    first.remember("add.folder", "/papers")
    again = Settings(path)
    assert again.look == Look("dark", 125, compact=True, white_paper=True)
    assert again.splitter("read") == [280, 900, 320]
    assert again.reading_position("d1") == ReadingPosition(4, 0.25, 1.18)
    assert again.reading_position("d2") is None
    assert again.value("add.folder") == "/papers"


def test_recent_projects_are_newest_first_and_not_doubled(tmp_path: Path) -> None:
    kept = Settings(tmp_path / "settings.json")
    for name in ("a", "b", "a"):
        kept.remember_project(RecentProject(f"/{name}.cofactor", name, "2026-11-23T10:00:00+00:00"))
    assert [project.title for project in kept.recent_projects()] == ["a", "b"]
    kept.forget_project("/a.cofactor")
    assert [project.title for project in kept.recent_projects()] == ["b"]


def test_a_broken_file_counts_as_none(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text("{ not json", encoding="utf-8")
    assert Settings(path).look == Look()
    path.write_text(
        json.dumps({"look": {"theme": 7, "font_percent": "big", "other": 1}, "recent": "none"}),
        encoding="utf-8",
    )
    assert Settings(path).look == Look()
    assert Settings(path).recent_projects() == ()


def test_a_folder_that_cannot_be_written_does_not_end_the_program(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    kept = Settings(blocked / "settings.json")
    kept.remember("a", 1)
    assert kept.value("a") == 1


def test_old_reading_positions_are_dropped(tmp_path: Path) -> None:
    kept = Settings(tmp_path / "settings.json")
    kept._data["reading"] = {f"d{n}": {"page": n} for n in range(500)}
    kept.remember_reading_position("new", ReadingPosition(2))
    assert kept.reading_position("d0") is None
    assert kept.reading_position("new") == ReadingPosition(2)
