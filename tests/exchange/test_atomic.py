import errno
import os
import sys
from pathlib import Path

import pytest

from app.errors import UserError
from app.exchange.atomic import read_bytes, replace_file


def only(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_the_new_file_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    target = tmp_path / "extracts.csv"
    target.write_text("old")
    with replace_file(target) as temporary:
        assert temporary.suffix == ".csv"
        temporary.write_text("new")
        assert target.read_text() == "old"
    assert target.read_text() == "new"
    assert only(tmp_path) == ["extracts.csv"]


def test_a_failure_half_way_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "extracts.csv"
    target.write_text("old")
    with pytest.raises(ZeroDivisionError), replace_file(target) as temporary:
        temporary.write_bytes(b"half" * (1 // 0))
    assert target.read_text() == "old"
    assert only(tmp_path) == ["extracts.csv"]


@pytest.mark.parametrize(
    ("code", "told"),
    [(errno.ENOSPC, "disk is full"), (errno.EACCES, "could not be written")],
)
def test_a_full_disk_or_a_locked_file_is_told_plainly(tmp_path: Path, code: int, told: str) -> None:
    target = tmp_path / "extracts.csv"
    target.write_text("old")
    with pytest.raises(UserError, match=told) as caught, replace_file(target):
        raise OSError(code, os.strerror(code))
    assert caught.value.hint
    assert target.read_text() == "old"
    assert only(tmp_path) == ["extracts.csv"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_device_that_is_really_full_is_told_plainly(tmp_path: Path) -> None:
    full = Path("/dev/full")
    with pytest.raises(UserError, match="disk is full"), replace_file(tmp_path / "a.csv"):
        full.write_bytes(b"x" * 100_000)
    assert only(tmp_path) == []


def test_a_missing_folder_and_a_folder_as_target_are_told_plainly(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="There is no folder"), replace_file(tmp_path / "no" / "a"):
        pass
    (tmp_path / "folder").mkdir()
    with pytest.raises(UserError, match="is a folder"), replace_file(tmp_path / "folder"):
        pass
    assert only(tmp_path) == ["folder"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no file modes")
def test_the_new_file_can_be_read_by_those_who_could_read_the_old_one(tmp_path: Path) -> None:
    target = tmp_path / "a.csv"
    target.write_text("old")
    target.chmod(0o640)
    with replace_file(target) as temporary:
        temporary.write_text("new")
    assert target.stat().st_mode & 0o777 == 0o640


def test_reading_what_is_not_there_is_an_expected_problem(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="There is no file"):
        read_bytes(tmp_path / "a.ris")
    with pytest.raises(UserError, match="is a folder"):
        read_bytes(tmp_path)
