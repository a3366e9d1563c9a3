import json
import os
import signal
import subprocess
import sys
import time

import pytest

from app.coding.adding import add_pdfs, find_pdfs
from app.coding.checking import check_project, count_contents
from app.coding.documents import list_documents, load_text, pdf_bytes
from app.documents.engine import PdfEngine
from app.models import Project
from tests.shared_data import shared_data


@pytest.fixture
def engine():
    made = PdfEngine()
    yield made
    made.close()


@pytest.fixture
def project(tmp_path):
    made = Project.create(tmp_path / "r.cofactor", title="R")
    yield made
    made.close()


def test_a_pdf_goes_in_with_text_labels_and_bytes_and_only_once(project, engine):
    path = shared_data("studies/en_wiley_evalpolicy_federal.pdf")
    heard = []
    result = add_pdfs(project, engine, [path], progress=lambda *told: heard.append(told))
    assert len(result.added) == 1
    assert heard == [(0, 1, path.name), (1, 1, "")]
    (info,) = list_documents(project)
    assert (info.page_count, info.language, info.text_state) == (16, "en", "good")
    text = load_text(project, info.id)
    assert text.label_of(1) == "85"
    assert "evaluation" in text.text
    assert pdf_bytes(project, info.id) == path.read_bytes()
    again = add_pdfs(project, engine, [path])
    assert (again.added, again.present) == ((), (path.name,))
    assert project.undo() == "Add PDFs"
    assert list_documents(project) == ()
    project.redo()
    assert len(list_documents(project)) == 1


def test_the_odd_ones_are_told_apart(project, engine):
    folder = shared_data("pdfs")
    names = [
        "pj_rotation.pdf",
        "pj_Pages-tree-refs.pdf",
        "pm_encryption_aes-128.pdf",
        "mu_test_4090.pdf",
        "ok_protected.pdf",
    ]
    result = add_pdfs(project, engine, [*(folder / name for name in names), folder / "gone.pdf"])
    assert {p.file: p.kind for p in result.problems} == {
        "pj_Pages-tree-refs.pdf": "damaged",
        "pm_encryption_aes-128.pdf": "password",
        str(folder / "gone.pdf"): "missing",
    }
    assert {d.file_name: d.text_state for d in list_documents(project)} == {
        "pj_rotation.pdf": "good",
        "mu_test_4090.pdf": "none",
        "ok_protected.pdf": "good",
    }


def test_several_files_undo_as_one_and_cancel_keeps_what_is_done(project, engine):
    files = find_pdfs([shared_data("corpus46")])[0][:3]
    done = []
    result = add_pdfs(project, engine, files, outcome=done.append, cancelled=lambda: len(done) == 2)
    assert result.cancelled
    assert len(result.added) == 2
    project.undo()
    assert list_documents(project) == ()


def test_files_that_are_no_pdf_say_so(project, engine, tmp_path):
    letter = tmp_path / "letter.pdf"
    letter.write_text("Dear colleagues")
    empty = tmp_path / "empty.pdf"
    empty.write_bytes(b"")
    result = add_pdfs(project, engine, [letter, empty])
    assert len(result.problems) == 2
    assert all(problem.why.endswith(".") for problem in result.problems)


@pytest.mark.slow
def test_killing_the_program_while_it_adds_loses_nothing_that_was_reported(tmp_path):
    corpus = shared_data("corpus46")
    path = tmp_path / "r.cofactor"
    Project.create(path, title="R").close()
    command = [sys.executable, "-m", "app.cli", "add", str(path), str(corpus)]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=dict(os.environ))
    reported = []
    for line in process.stderr:
        reported.append(line)
        if len(reported) == 5:
            break
    time.sleep(0.12)
    process.send_signal(signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
    process.communicate()
    project = Project.open(path, back_up=False)
    names = {d.file_name for d in list_documents(project)}
    assert all(line.split(": ")[1].strip() in names for line in reported)
    assert check_project(project).is_clean
    project.close()


@pytest.mark.slow
def test_the_whole_reference_set(project, engine):
    outcomes = {}
    for folder in ("corpus46", "pdfs", "studies"):
        result = add_pdfs(project, engine, [shared_data(folder)])
        outcomes[folder] = (len(result.added), sorted(problem.kind for problem in result.problems))
    assert outcomes == {
        "corpus46": (46, []),
        "pdfs": (32, ["damaged"] * 3 + ["password"] * 4),
        "studies": (21, []),
    }
    states = {d.file_name: d.text_state for d in list_documents(project)}
    for name in ("vi_udhr_wrongmap.pdf", "ru_mvd_crime_2011_04_wrongmap.pdf", "pj_TAMReview.pdf"):
        assert states[name] == "unreadable"
    for name in ("mu_test_4090.pdf", "pj_issue7229.pdf", "mu_test_3863.pdf"):
        assert states[name] == "none"
    assert check_project(project).is_clean
    assert json.dumps(count_contents(project))
