"""Files of every earlier form open, keep what they held, and are as if made today."""

import shutil
import sqlite3
from pathlib import Path

import pytest

from app.coding.listing import list_codings
from app.coding.passages import code_passage
from app.models import Project, backup, migrations

FILES = sorted((Path(__file__).parent / "files").glob("schema-*.cofactor"))


@pytest.fixture(params=FILES, ids=lambda path: path.stem)
def old_file(request, tmp_path):
    return Path(shutil.copy(request.param, tmp_path / "old.cofactor"))


def _tables(path):
    connection = sqlite3.connect(path)
    names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    shape = {
        name: {(row[1], row[2], row[5]) for row in connection.execute(f"PRAGMA table_info({name})")}
        for (name,) in names
        if not name.startswith("sqlite_")
    }
    indexes = connection.execute("SELECT name, tbl_name FROM sqlite_master WHERE type = 'index'")
    return shape, set(indexes.fetchall())


def test_there_is_a_file_of_every_earlier_form():
    assert [path.stem for path in FILES] == [f"schema-{n}" for n in range(1, migrations.SCHEMA)]


def test_an_old_file_has_the_tables_of_today(old_file, tmp_path):
    Project.create(tmp_path / "new.cofactor", title="New").close()
    Project.open(old_file).close()
    assert _tables(old_file) == _tables(tmp_path / "new.cofactor")
    assert len(backup.list_backups(old_file)) >= 1


def test_an_old_file_keeps_its_codings_and_takes_new_ones(old_file):
    project = Project.open(old_file)
    (coding,) = list_codings(project)
    assert coding.quote == "met weekly with police and schools"
    assert project.undo_label is None  # the list of what can be undone ends at a new form
    project.choose_actor(coding.coder_id)
    code_passage(project, coding.document_id, 0, 11, coding.code_id)
    assert len(list_codings(project)) == 2
    project.undo()
    assert [found.id for found in list_codings(project)] == [coding.id]
    project.close()
