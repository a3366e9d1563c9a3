"""Files are read one ahead, handed over in their order, and let go of at once."""

import hashlib
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from app.coding.adding import add_pdfs
from app.coding.documents import list_documents
from app.coding.reading_ahead import ReadAhead
from app.documents.problems import DocumentProblem
from app.models import Project
from tests.coding.conftest import extracted


class SlowReader:
    """Stands in for the worker process: a file of one letter is a document of that name."""

    def __init__(self):
        self.read = []
        self.gates = {}

    def extract(self, data, *, password=None, time_limit=60.0):
        name = data.decode()
        self.read.append(name)
        if name in self.gates:
            assert self.gates[name].wait(10)
        if name == "!":
            raise DocumentProblem("damaged", "The PDF is damaged.", "Save it again.")
        return replace(extracted(name), sha256=hashlib.sha256(data).hexdigest())


@pytest.fixture
def project(tmp_path):
    made = Project.create(tmp_path / "r.cofactor", title="R")
    yield made
    made.close()


def write(folder: Path, names: str) -> list[Path]:
    paths = [folder / f"{number}_{ord(name)}.pdf" for number, name in enumerate(names)]
    for path, name in zip(paths, names, strict=True):
        path.write_text(name)
    return paths


def ahead_of(engine, paths, known=frozenset()):
    return ReadAhead(engine, paths, known=set(known), passwords={}, time_limit=5)


def test_at_most_one_file_is_read_beyond_the_one_that_was_taken(tmp_path):
    engine = SlowReader()
    engine.gates["b"] = threading.Event()
    paths = write(tmp_path, "abcd")
    with ahead_of(engine, paths) as ahead:
        assert ahead.take(lambda: False).path == paths[0]
        assert "c" not in engine.read
        engine.gates["b"].set()
        assert [ahead.take(lambda: False).path for _ in "bcd"] == paths[1:]
        assert ahead.take(lambda: False) is None
    assert engine.read == ["a", "b", "c", "d"]


def test_cancelling_does_not_wait_for_the_file_being_read(tmp_path):
    engine = SlowReader()
    engine.gates["a"] = threading.Event()
    with ahead_of(engine, write(tmp_path, "ab")) as ahead:
        assert ahead.take(lambda: True) is None
    engine.gates["a"].set()


def test_content_that_is_known_is_not_read_again(tmp_path):
    engine = SlowReader()
    paths = write(tmp_path, "aab")
    with ahead_of(engine, paths) as ahead:
        reads = [ahead.take(lambda: False) for _ in paths]
    assert engine.read == ["a", "b"]
    assert [read.extracted is None for read in reads] == [False, True, False]
    assert not any(read.problem for read in reads)


def test_a_problem_stays_with_its_file(project, tmp_path):
    engine = SlowReader()
    paths = [*write(tmp_path, "a!b"), tmp_path / "0_97.pdf"]
    told = []
    result = add_pdfs(
        project, engine, paths, outcome=told.append, progress=lambda *p: told.append(p)
    )
    assert [(p.file, p.kind) for p in result.problems] == [("1_33.pdf", "damaged")]
    assert len(result.added) == 2
    assert [t[:2] if isinstance(t, tuple) else t.state for t in told] == [
        (0, 3), "added", (1, 3), "problem", (2, 3), "added", (3, 3),
    ]  # fmt: skip
    again = add_pdfs(project, engine, paths[:3])
    assert again.present == ("0_97.pdf", "2_98.pdf")
    assert len(list_documents(project)) == 2


def test_cancelling_while_a_file_is_read_keeps_the_ones_before(project, tmp_path):
    engine = SlowReader()
    engine.gates["b"] = threading.Event()
    done = []
    result = add_pdfs(
        project,
        engine,
        write(tmp_path, "abc"),
        outcome=done.append,
        cancelled=lambda: "b" in engine.read and bool(done),
    )
    engine.gates["b"].set()
    assert result.cancelled
    assert [outcome.state for outcome in done] == ["added"]
    assert "c" not in engine.read
