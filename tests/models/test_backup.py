import sqlite3
import threading

import pytest
from sqlalchemy import select

from app.errors import UserError
from app.models import Project, backup, migrations
from app.models.device import DeviceIdentity
from app.models.evidence import Document, FileBytes, Report, Study, TextLayer

ONE = DeviceIdentity("device-1", "One")


@pytest.fixture
def with_pdf(project):
    with project.change("Add PDF") as session:
        session.add(Study(id="s", label="Okafor 2021"))
        session.add(Report(id="r", study_id="s"))
        session.add(
            Document(
                id="d",
                report_id="r",
                file_name="a.pdf",
                sha256="ab",
                text_layer_id="t",
                page_count=1,
                character_count=5,
            )
        )
        session.add(FileBytes(sha256="ab", data=b"%PDF" * 50_000))
        session.add(
            TextLayer(
                id="t",
                document_id="d",
                device_id="device-1",
                text="words",
                text_sha256="",
                extractor="",
                extractor_version="",
                flags=0,
            )
        )
    return project


def test_opening_takes_a_verified_backup_without_pdf_bytes(with_pdf):
    path = with_pdf.path
    with_pdf.close()
    again = Project.open(path, device=ONE)
    again.close()
    (made,) = backup.list_backups(path)
    assert made.stat().st_size < path.stat().st_size - 150_000
    connection = sqlite3.connect(made)
    assert connection.execute("SELECT text FROM text_layer").fetchone() == ("words",)
    assert connection.execute("SELECT count(*) FROM file_bytes").fetchone() == (0,)
    connection.close()


def test_no_second_backup_of_an_unchanged_file(with_pdf):
    path = with_pdf.path
    with_pdf.close()
    for _ in range(3):
        Project.open(path, device=ONE).close()
    assert len(backup.list_backups(path)) == 1


def test_a_backup_can_be_restored_with_the_pdfs_of_the_damaged_file(with_pdf, tmp_path):
    path = with_pdf.path
    made = backup.take(path, whole=False)
    restored = tmp_path / "restored.cofactor"
    assert backup.restore(made, restored) == 1
    restored.unlink()
    assert backup.restore(made, restored, pdfs_from=path) == 0
    again = Project.open(restored, device=ONE)
    with again.read() as session:
        assert session.scalars(select(Study.label)).all() == ["Okafor 2021"]
        assert session.get_one(FileBytes, "ab").data == b"%PDF" * 50_000
    again.close()


def test_a_backup_that_cannot_be_made_says_so_and_leaves_nothing(with_pdf):
    folder = backup.folder_of(with_pdf.path)
    folder.write_text("a file stands where the folder should be")
    with pytest.raises(UserError, match="No backup"):
        backup.take(with_pdf.path)


def test_old_backups_are_thinned_out(with_pdf):
    folder = backup.folder_of(with_pdf.path)
    folder.mkdir()
    for number in range(30):
        (folder / f"2020-01-{number + 1:02d} 000000000.cofactor").write_bytes(b"old")
    backup._prune(with_pdf.path)
    assert len(backup.list_backups(with_pdf.path)) == backup.KEEP_NEWEST


def test_a_migration_backs_up_first_and_a_failing_one_changes_nothing(with_pdf):
    def rename(connection):
        connection.exec_driver_sql("ALTER TABLE meta RENAME COLUMN value TO worth")

    def fail(connection):
        connection.exec_driver_sql("ALTER TABLE meta RENAME COLUMN value TO worth")
        raise RuntimeError("power cut")

    path, taken = with_pdf.path, []
    step = migrations.MigrationStep(migrations.SCHEMA + 1, "rename a column", fail)
    with pytest.raises(RuntimeError):
        migrations.migrate(with_pdf._engine, path, lambda: taken.append(1), (step,))
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT value FROM meta").fetchone()
    step = migrations.MigrationStep(migrations.SCHEMA + 1, "rename a column", rename)
    assert migrations.migrate(with_pdf._engine, path, lambda: taken.append(1), (step,))
    assert len(taken) == 2
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA user_version").fetchone() == (migrations.SCHEMA + 1,)
    connection.close()


def test_backups_that_begin_at_once_do_not_get_in_each_others_way(with_pdf):
    path, made = with_pdf.path, []
    threads = [
        threading.Thread(target=lambda: made.append(backup.take(path, whole=False)))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(made, reverse=True) == backup.list_backups(path)
    assert len(set(made)) == 8
