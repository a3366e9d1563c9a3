"""new, add, info, text, search, check: commands on the evidence."""

import sqlite3
from contextlib import closing

import pytest

from tests.cli.conftest import LIND, OKAFOR, code_passage
from tests.documents.making import lines, make_pdf
from tests.shared_data import shared_data

INFO_KEYS = {
    "studies",
    "reports",
    "documents",
    "pages",
    "characters",
    "codes",
    "codings",
    "coders",
    "rounds",
    "schema",
}


def test_new_makes_a_project_with_the_whole_codebook(run, tmp_path):
    outcome = run("new", tmp_path / "review", "--title", "Panels")
    assert (outcome.code, outcome.out) == (0, "")
    assert (tmp_path / "review.cofactor").is_file()
    assert run("info", tmp_path / "review.cofactor", "--json").json["codes"] == 70
    assert run("info", tmp_path / "review.cofactor").out.startswith("Panels\n")


def test_new_takes_the_starter_list_or_a_file(run, tmp_path, project):
    assert run("info", project, "--json").json["codes"] == 33
    own = tmp_path / "own.yaml"
    assert run("export", project, "codebook", "--out", own).code == 0
    assert run("new", tmp_path / "other.cofactor", "--codebook", own).code == 0
    assert run("info", tmp_path / "other.cofactor", "--json").json["codes"] == 33


def test_new_never_replaces_a_project(run, project):
    before = project.read_bytes()
    outcome = run("new", project)
    assert outcome.code == 1
    assert "exists already" in outcome.err
    assert project.read_bytes() == before


def test_new_with_an_unknown_codebook_names_the_shipped_ones(run, tmp_path):
    outcome = run("new", tmp_path / "r.cofactor", "--codebook", "nothing")
    assert outcome.code == 1
    assert "case-management-starter" in outcome.err
    assert not (tmp_path / "r.cofactor").exists()


def test_add_says_which_files_went_in_and_which_could_not(run, tmp_path):
    project = tmp_path / "r.cofactor"
    run("new", project)
    folder = tmp_path / "folder" / "inner"
    folder.mkdir(parents=True)
    (folder / "One 2020.pdf").write_bytes(make_pdf([lines("One page of words to read here.")]))
    (folder / "empty.pdf").write_bytes(b"")
    (folder / "locked.pdf").write_bytes(make_pdf([lines("Nobody reads this.")], password="x"))
    (folder / "letter.txt").write_text("not a PDF and not named like one")
    missing = tmp_path / "gone.pdf"
    outcome = run("add", project, tmp_path / "folder", missing, "--json")
    assert outcome.code == 1
    assert set(outcome.json) == {"added", "present", "problems"}
    assert outcome.json["added"] == ["One 2020.pdf"]
    assert outcome.json["present"] == []
    assert {(p["file"], p["kind"]) for p in outcome.json["problems"]} == {
        ("empty.pdf", "empty"),
        ("locked.pdf", "password"),
        (str(missing), "missing"),
    }
    assert all(p["why"].endswith(".") for p in outcome.json["problems"])
    assert "added: One 2020.pdf" in outcome.err


def test_add_of_what_is_there_already_is_no_problem(run, project):
    outcome = run("add", project, project.parent / "pdfs", "--json")
    assert outcome.code == 0
    assert outcome.json == {"added": [], "present": sorted([OKAFOR, LIND]), "problems": []}
    assert run("info", project, "--json").json["documents"] == 2


def test_add_matches_a_reference_list_and_lists_both_leftovers(run, project, tmp_path):
    references = tmp_path / "references.ris"
    references.write_text(
        "TY  - JOUR\nAU  - Okafor, Ngozi\nPY  - 2021\nTI  - Panels and remits\nER  - \n"
        "TY  - RPRT\nAU  - Nobody, Ann\nPY  - 1999\nTI  - A report without a PDF\nER  - \n",
        encoding="utf-8",
    )
    outcome = run("add", project, project.parent / "pdfs", "--references", references, "--json")
    assert outcome.code == 0
    assert outcome.json["references"] == {
        "matched": 1,
        "unsure": [],
        "records_without_pdf": ["A report without a PDF"],
        "pdfs_without_record": [LIND],
    }
    assert run("info", project, "--json").json["reports"] == 3


def test_a_reference_list_that_is_none_is_refused_before_anything_is_added(run, project, tmp_path):
    (tmp_path / "list.ris").write_text("not a reference list")
    (tmp_path / "New 2022.pdf").write_bytes(make_pdf([lines("A page of words.")]))
    new = tmp_path / "New 2022.pdf"
    outcome = run("add", project, new, "--references", tmp_path / "list.ris", "--json")
    assert (outcome.code, outcome.out) == (1, "")
    assert "holds no RIS reference" in outcome.err
    assert run("info", project, "--json").json["documents"] == 2


def test_info_counts_everything_by_name(run, project):
    counts = run("info", project, "--json").json
    assert set(counts) == INFO_KEYS
    assert (counts["studies"], counts["reports"], counts["documents"]) == (2, 2, 2)
    assert (counts["pages"], counts["codings"], counts["rounds"]) == (3, 0, 1)
    assert counts["characters"] > 250
    assert all(isinstance(number, int) for number in counts.values())


def test_text_prints_what_was_read(run, project):
    whole = run("text", project, OKAFOR)
    assert whole.code == 0
    assert "coordin-\nators" in whole.out
    assert whole.out.count("\f") == 1


def test_text_of_one_page_is_found_by_its_place_not_its_printed_number(run, project):
    second = run("text", project, "okafor 2021", "--page", "2")
    assert second.out.startswith("A two-page agreement")
    assert "panel" not in second.out
    outside = run("text", project, OKAFOR, "--page", "102")
    assert outside.code == 1
    assert "Pages run from 1 to 2" in outside.err


def test_clean_text_joins_lines_and_broken_words_but_keeps_compounds(run, project):
    clean = run("text", project, OKAFOR, "--clean").out
    assert "the coordinators said that nobody had told them where" in clean
    assert "two-page agreement" in clean
    assert "\f" not in clean
    assert clean.count("\n") == 1


def test_text_of_an_unknown_document_exits_1(run, project):
    outcome = run("text", project, "Nobody 1999")
    assert (outcome.code, outcome.out) == (1, "")
    assert "There is no document Nobody 1999" in outcome.err


def test_two_documents_of_one_name_are_told_apart_by_id(run, project, tmp_path):
    (tmp_path / "again").mkdir()
    other = tmp_path / "again" / OKAFOR
    other.write_bytes(make_pdf([lines("Another study under the same file name.")]))
    assert run("add", project, other).code == 0
    outcome = run("text", project, OKAFOR)
    assert outcome.code == 1
    hits = run("search", project, "another study", "--json").json
    assert hits[0]["document_id"] in outcome.err
    assert "Another study" in run("text", project, hits[0]["document_id"]).out


def test_search_finds_a_broken_word_and_says_where(run, project):
    hits = run("search", project, "coordinators panel", "--json").json
    assert len(hits) == 1
    hit = hits[0]
    assert {"document", "page", "start", "end", "snippet"} <= set(hit)
    assert (hit["document"], hit["page"], hit["page_label"]) == (OKAFOR, 1, "101")
    text = run("text", project, OKAFOR).out
    assert text[hit["start"] : hit["end"]] in ("coordin-\nators", "panel")
    assert "coordinators said" in hit["snippet"]


def test_search_ands_words_and_keeps_phrases_together(run, project):
    assert len(run("search", project, "funding lost", "--json").json) == 2
    assert len(run("search", project, '"funding ended in March"', "--json").json) == 1
    assert run("search", project, '"march in ended"', "--json").json == []
    assert len(run("search", project, "funding", "--limit", "1", "--json").json) == 1


def test_search_wants_at_least_one_place(run, project):
    assert run("search", project, "funding", "--limit", "0").code == 2


@pytest.mark.parametrize("query", ["NEAR(a", "body:x OR", "funding*", "a AND (", '"'])
def test_no_query_is_read_as_a_language_of_its_own(run, project, query):
    outcome = run("search", project, query, "--json")
    assert outcome.code == 0 or "There is no word" in outcome.err


def test_check_of_a_sound_project_says_that_all_is_well(run, project):
    code_passage(run, project)
    outcome = run("check", project, "--json")
    assert outcome.code == 0
    assert outcome.json["ok"] is True
    assert outcome.json["findings"] == []
    assert (outcome.json["anchors"], outcome.json["files"]) == (1, 2)
    assert "all is well" in run("check", project).out


@pytest.mark.parametrize(
    ("damage", "sentence"),
    [
        ("UPDATE text_layer SET text = replace(text, 'panel', 'jury')", "text is damaged"),
        ("UPDATE coding SET start = start + 1", "differs from its log"),
        ("DELETE FROM coding", "a row that is missing"),
        ("UPDATE file_bytes SET data = x'00'", "stored PDF is damaged"),
        ("DELETE FROM change WHERE seq = (SELECT max(seq) FROM change)", "belong to no change"),
    ],
)
def test_check_finds_what_was_done_to_the_file_past_the_log(run, project, damage, sentence):
    code_passage(run, project)
    with closing(sqlite3.connect(project)) as connection:
        connection.execute(damage)
        connection.commit()
    outcome = run("check", project, "--json")
    assert outcome.code == 1
    assert outcome.json["ok"] is False
    assert any(sentence in finding["what"] for finding in outcome.json["findings"])
    assert run("check", project).code == 1


def test_a_file_that_is_no_longer_a_database_is_told_in_one_sentence(run, project):
    project.write_bytes(b"\0" * 4096)
    outcome = run("check", project)
    assert outcome.code == 1
    assert outcome.err.count("\n") == 1
    assert "review.cofactor is" in outcome.err


def test_real_pdfs_go_in_or_are_refused_in_a_sentence(run, tmp_path):
    project = tmp_path / "r.cofactor"
    run("new", project)
    good = shared_data("pdfs/pj_copy_paste_ligatures.pdf")
    locked = shared_data("pdfs/py_encryption_r6-user-password.pdf")
    outcome = run("add", project, good, locked, "--json")
    assert outcome.code == 1
    assert outcome.json["added"] == [good.name]
    assert [(p["file"], p["kind"]) for p in outcome.json["problems"]] == [(locked.name, "password")]
