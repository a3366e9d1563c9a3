"""The command line as a contract: exit codes, what goes where, codings, team files, results."""

import csv
import io
import subprocess
import sys
from pathlib import Path

import pytest

from app.coding.passages import code_passage as set_coding
from app.coding.passages import list_codings
from app.coding.people import add_coder
from app.exchange.exports import EXPORTS
from app.models import Project
from tests.cli.conftest import BROKEN_QUOTE, LIND, OKAFOR, code_passage
from tests.shared_data import shared_data

ROOT = Path(__file__).resolve().parent.parent.parent
COMMANDS = {
    "agreement",
    "new",
    "add",
    "info",
    "text",
    "search",
    "code",
    "codings",
    "handout",
    "submit",
    "handin",
    "receipts",
    "takeback",
    "network",
    "export",
    "check",
    "demo",
    "bench",
    "tour",
    "version",
}


def in_a_process(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "app.cli", *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
    )


# --- exit codes and streams -----------------------------------------------------------------------


def test_help_names_every_command(run):
    outcome = run("--help")
    assert outcome.code == 0
    assert {line.split()[0] for line in outcome.out.splitlines() if line.strip()} >= COMMANDS


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_explains_itself(run, name):
    outcome = run(name, "--help")
    assert outcome.code == 0
    assert f"main.py {name}" in outcome.out


@pytest.mark.parametrize(
    "arguments",
    [
        ("frobnicate",),
        ("frobnicate", "review.cofactor"),
        ("agreement",),
        ("agreement", "--ratings", "table.csv"),
        ("import", "review.cofactor"),
        ("info",),
        ("info", "review.cofactor", "--nonsense"),
        ("--nonsense",),
        ("network", "review.cofactor"),
        ("text", "review.cofactor", "a.pdf", "--page", "one"),
        ("export", "review.cofactor", "everything", "--out", "x.csv"),
        ("export",),
    ],
)
def test_wrong_usage_exits_2_and_leaves_standard_output_empty(run, arguments):
    outcome = run(*arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err


@pytest.mark.parametrize(
    "command",
    [
        ("info",),
        ("add", "x.pdf"),
        ("text", "x.pdf"),
        ("search", "x"),
        ("codings", "--json"),
        ("check", "--json"),
        ("network", "--out", "x.svg"),
        ("submit", "--out", "x"),
        ("handin", "x"),
        ("export", "extracts", "--out", "x.csv"),
    ],
)
def test_a_missing_project_exits_1_with_one_sentence(run, tmp_path, command):
    name, *rest = command
    outcome = run(name, tmp_path / "missing.cofactor", *rest)
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.startswith("There is no project missing.cofactor here.")
    assert outcome.err.count("\n") == 1


@pytest.mark.parametrize("path", [".", "", "..", "/"])
def test_a_folder_is_not_a_project(run, path):
    for command in (("info", path), ("new", path)):
        outcome = run(*command)
        assert (outcome.code, outcome.out) == (1, "")
        assert outcome.err.count("\n") == 1


def test_a_place_where_the_demo_cannot_be_written_is_told(run, tmp_path):
    (tmp_path / "file").write_text("in the way")
    outcome = run("demo", "--no-window", "--out", tmp_path / "file" / "sample")
    assert outcome.code == 1
    assert outcome.err.startswith("The sample review could not be written")


def test_the_real_process_keeps_streams_and_exit_codes(project):
    missing = in_a_process("info", project.with_name("missing.cofactor"), "--json")
    assert (missing.returncode, missing.stdout) == (1, "")
    assert "Traceback" not in missing.stderr
    unknown = in_a_process("frobnicate", project)
    assert (unknown.returncode, unknown.stdout) == (2, "")
    window_of_nothing = in_a_process(project.with_name("missing.cofactor"))
    assert window_of_nothing.returncode == 1
    assert "Traceback" not in window_of_nothing.stderr


def test_the_ending_of_a_project_may_be_left_out(run, project):
    assert run("info", project.with_suffix(""), "--json").json["documents"] == 2
    project.with_suffix("").mkdir()
    assert run("info", project.with_suffix(""), "--json").json["documents"] == 2


# --- codings --------------------------------------------------------------------------------------


def test_a_quote_is_found_across_line_ends_and_coded_with_all_it_carries(run, project):
    outcome = run(
        "code",
        project,
        "--document",
        OKAFOR,
        "--quote",
        BROKEN_QUOTE,
        "--code",
        "Clarity of mandate",
        "--valence",
        "barrier",
        "--stage",
        "assessment",
        "--stage",
        "delivery",
        "--coder",
        "Ada Sample",
        "--json",
    )
    assert outcome.code == 0
    coding = outcome.json
    assert (coding["code"], coding["code_key"]) == ("Clarity of mandate", "maw.mandate")
    assert (coding["valence"], coding["stages"]) == ("barrier", ["assessment", "delivery"])
    assert (coding["page"], coding["page_label"], coding["anchor"]) == (1, "101", "exact")
    assert coding["quote"].count("\n") == 2
    assert coding["clean"] == BROKEN_QUOTE
    text = run("text", project, OKAFOR).out
    assert text[coding["start"] : coding["end"]] == coding["quote"]
    assert "Added the coder Ada Sample." in outcome.err


def test_a_known_coder_is_not_announced_again_whatever_the_case(run, project):
    code_passage(run, project)
    again = code_passage(run, project, coder="ada sample", code="res.funding")
    assert again.code == 0
    assert "Added" not in again.err
    assert run("info", project, "--json").json["coders"] == 1


def test_coding_the_same_passage_again_changes_the_coding_that_is_there(run, project):
    first = code_passage(run, project).json["id"]
    second = code_passage(run, project, valence="mixed").json
    assert (second["id"], second["valence"]) == (first, "mixed")
    assert run("info", project, "--json").json["codings"] == 1


def test_words_that_stand_at_several_places_are_coded_once_and_it_is_said(run, project):
    outcome = code_passage(run, project, document=LIND, quote="The funding ended early")
    assert outcome.json["places"] == 2
    assert "2 places" in outcome.err


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"document": "Nobody 1999"}, "There is no document"),
        ({"quote": "words that nobody wrote"}, "These words are not in"),
        ({"code": "no.such"}, "There is no code no.such"),
        ({"valence": "good"}, "good is not a valence"),
        ({"stage": "later"}, "later is not a stage"),
        ({"round": "Round 9"}, "There is no round Round 9"),
    ],
)
def test_what_does_not_exist_is_told_in_one_sentence_and_changes_nothing(
    run, project, changed, sentence
):
    code_passage(run, project)
    before = run("info", project, "--json").json
    outcome = code_passage(run, project, **changed)
    assert (outcome.code, outcome.out) == (1, "")
    assert sentence in outcome.err
    assert run("info", project, "--json").json == before


def test_a_new_coder_is_not_made_by_an_act_that_fails(run, project):
    assert code_passage(run, project, valence="good").code == 1
    assert run("info", project, "--json").json["coders"] == 0


def test_codings_are_listed_by_coder_and_code(run, project):
    code_passage(run, project)
    code_passage(run, project, coder="Ben Sample", code="res.funding", valence="facilitator")
    everything = run("codings", project, "--json").json
    assert len(everything) == 2
    assert {"id", "document", "study", "page", "page_label", "start", "end", "quote", "clean"} <= (
        set(everything[0])
    )
    ada = run("codings", project, "--coder", "Ada Sample", "--json").json
    assert [row["coder"] for row in ada] == ["Ada Sample"]
    funding = run("codings", project, "--code", "res.funding", "--json").json
    assert [row["coder"] for row in funding] == ["Ben Sample"]
    none = run("codings", project, "--coder", "Ada Sample", "--code", "res.funding", "--json")
    assert none.json == []
    assert run("codings", project, "--coder", "Nobody").code == 1
    assert "p. 101: Clarity of mandate (barrier, Ada Sample)" in run("codings", project).out


def test_a_real_passage_is_coded_across_its_line_ends(run, tmp_path):
    pdf = shared_data("corpus46/02_Okafor_2021.pdf")
    project = tmp_path / "r.cofactor"
    run("new", project)
    assert run("add", project, pdf).code == 0
    words = run("text", project, pdf.name, "--page", "2", "--clean").out.split()
    quote = " ".join(words[60:90])
    outcome = code_passage(run, project, document=pdf.name, quote=quote)
    assert outcome.code == 0
    assert outcome.json["page"] == 2
    assert " ".join(outcome.json["clean"].split()) == quote
    assert "\n" in outcome.json["quote"]
    assert run("check", project).code == 0


# --- hand-out, submission, hand-in ----------------------------------------------------------------


@pytest.fixture
def team(run, project, tmp_path, monkeypatch):
    """Ada has coded; Ben, on another computer, has coded in his hand-out and sent it back."""
    code_passage(run, project)
    code_passage(run, project, coder="Ben Sample", code="res.funding")
    handout, submission = tmp_path / "ben.cofactor", tmp_path / "from-ben.cofactor"
    told = run("handout", project, "--coder", "Ben Sample", "--out", handout)
    with monkeypatch.context() as elsewhere:
        elsewhere.setenv("COFACTOR_HOME", str(tmp_path / "bens-computer"))
        done = code_passage(
            run,
            handout,
            coder="Ben Sample",
            document=LIND,
            quote="trust between the partners was lost",
            code="rel.partner_trust",
        )
        assert done.code == 0, done.err
        sent = run("submit", handout, "--out", submission)
    return handout, submission, told, sent


def test_a_handout_is_blind_and_holds_the_coders_own_work(run, team):
    handout, _submission, told, _sent = team
    assert (told.code, told.out) == (0, "")
    assert "2 documents, 1 coding of Ben Sample, with PDFs" in told.err
    rows = run("codings", handout, "--json").json
    assert {row["coder"] for row in rows} == {"Ben Sample"}
    assert b"Ada Sample" not in handout.read_bytes()


def test_in_a_handout_nobody_else_can_code(run, team):
    handout, _submission, _told, _sent = team
    outcome = code_passage(run, handout, coder="Cleo Sample", code="res.funding")
    assert outcome.code == 1
    assert run("info", handout, "--json").json["coders"] == 1


def test_a_handout_can_go_without_pdfs(run, project, tmp_path):
    code_passage(run, project)
    out = tmp_path / "ada.cofactor"
    told = run("handout", project, "--coder", "Ada Sample", "--without-pdfs", "--out", out)
    assert "without PDFs" in told.err
    assert b"%PDF-" not in out.read_bytes()
    assert run("text", out, OKAFOR).code == 0
    assert run("add", out, project.parent / "pdfs", "--json").json["present"] == [LIND, OKAFOR]


def test_a_submission_is_no_project_and_holds_no_pdfs(run, team):
    _handout, submission, _told, sent = team
    assert (sent.code, sent.out) == (0, "")
    assert b"%PDF-" not in submission.read_bytes()
    opened = run("info", submission)
    assert opened.code == 1
    assert "not a project" in opened.err


def test_handin_says_first_what_it_would_do_and_then_does_it_once(run, project, team):
    _handout, submission, _told, _sent = team
    before = run("info", project, "--json").json
    tried = run("handin", project, submission, "--dry-run", "--json")
    assert tried.code == 0
    (report,) = tried.json
    assert (report["file"], report["coder"], report["dry_run"]) == (
        submission.name,
        "Ben Sample",
        True,
    )
    assert report["adds"]["coding"] == 1
    assert (report["changes"], report["withdraws"], report["conflicts"]) == ({}, {}, [])
    assert run("info", project, "--json").json == before
    done = run("handin", project, submission)
    assert done.code == 0
    assert "from Ben Sample: adds 1 coding" in done.out
    assert run("info", project, "--json").json["codings"] == before["codings"] + 1
    assert "brings nothing new" in run("handin", project, submission).out
    assert run("check", project).code == 0


def test_a_hand_in_is_listed_and_taken_back(run, project, team):
    _handout, submission, _told, _sent = team
    before = run("info", project, "--json").json["codings"]
    (tried,) = run("handin", project, submission, "--dry-run", "--json").json
    (done,) = run("handin", project, submission, "--json").json
    assert {**tried, "dry_run": False} == done
    assert done["facts"]["studies"] == 1
    (listed,) = run("receipts", project, "--json").json
    assert (listed["file"], listed["taken_back"]) == (submission.name, False)
    asked = run("takeback", project, submission.name, "--dry-run", "--json").json
    assert (asked["changed_again"], asked["stale_decisions"]) == ([], [])
    assert run("info", project, "--json").json["codings"] == before + 1
    outcome = run("takeback", project, submission.name)
    assert (outcome.code, "took back" in outcome.out) == (0, True)
    assert run("info", project, "--json").json["codings"] == before
    assert "taken back" in run("receipts", project).out
    assert run("takeback", project, submission.name).code == 1
    assert run("takeback", project, "nothing.cofactor").code == 1


def test_the_work_of_another_project_is_refused(run, team, tmp_path):
    _handout, submission, _told, _sent = team
    other = tmp_path / "other.cofactor"
    run("new", other)
    outcome = run("handin", other, submission, "--json")
    assert (outcome.code, outcome.out) == (1, "")
    assert "belongs to another project" in outcome.err


def test_a_handout_for_nobody_or_over_another_file_is_refused(run, project, tmp_path):
    nobody = run("handout", project, "--coder", "Nobody", "--out", tmp_path / "x.cofactor")
    assert nobody.code == 1
    assert not (tmp_path / "x.cofactor").exists()
    code_passage(run, project)
    over = run("handout", project, "--coder", "Ada Sample", "--out", project)
    assert over.code == 1
    assert "exists already" in over.err


def test_submit_from_a_project_where_nobody_is_chosen_is_refused(run, project, tmp_path):
    outcome = run("submit", project, "--out", tmp_path / "x.cofactor")
    assert outcome.code == 1
    assert "whose work" in outcome.err


# --- figures and exports --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("suffix", "begins"),
    [
        (".svg", b"<?xml"),
        (".pdf", b"%PDF-"),
        (".png", b"\x89PNG"),
        (".graphml", b"<?xml"),
        (".gexf", b"<?xml"),
        (".csv", b"code_a,"),
    ],
)
def test_the_network_is_drawn_in_every_format_even_without_ties(
    run, project, tmp_path, suffix, begins
):
    code_passage(run, project)
    out = tmp_path / f"network{suffix}"
    outcome = run("network", project, "--out", out)
    assert (outcome.code, outcome.out) == (0, "")
    assert "33 codes, 0 ties" in outcome.err
    assert out.read_bytes().lstrip(b"\xef\xbb\xbf").startswith(begins)


def test_the_network_has_a_tie_where_codes_overlap_in_enough_studies(run, project, tmp_path):
    code_passage(run, project)
    code_passage(run, project, code="res.funding")
    out = tmp_path / "ties.csv"
    assert "1 tie." in run("network", project, "--minimum-studies", "1", "--out", out).err
    with out.open(encoding="utf-8", newline="") as file:
        (tie,) = csv.DictReader(file)
    assert (tie["n_studies"], tie["studies"]) == ("1", "Okafor 2021")
    assert "0 ties" in run("network", project, "--minimum-studies", "2", "--out", out).err


def test_the_network_of_one_coder_leaves_the_others_out(run, project, tmp_path):
    code_passage(run, project)
    code_passage(run, project, coder="Ben Sample", code="res.funding")
    one = ("--minimum-studies", "1", "--out", tmp_path / "n.csv")
    assert "0 ties" in run("network", project, "--coder", "Ben Sample", *one).err
    assert "1 tie." in run("network", project, *one).err


def test_an_unknown_figure_format_is_refused_with_the_known_ones(run, project, tmp_path):
    outcome = run("network", project, "--out", tmp_path / "network.xyz")
    assert outcome.code == 1
    assert ".svg" in outcome.err


def test_tidy_extracts_are_exact(run, project, tmp_path):
    coding = code_passage(run, project).json
    out = tmp_path / "extracts.csv"
    outcome = run("export", project, "extracts", "--out", out)
    assert (outcome.code, outcome.out) == (0, "")
    data = out.read_bytes()
    assert not data.startswith(b"\xef\xbb\xbf")
    (row,) = csv.DictReader(io.StringIO(data.decode(), newline=""))
    assert row["quote"] == coding["quote"]
    assert (row["quote_clean"], row["page"], row["page_index"]) == (BROKEN_QUOTE, "101", "1")
    assert (row["valence"], row["coder"], row["coding_id"]) == (
        "barrier",
        "Ada Sample",
        coding["id"],
    )


def test_the_consensus_stands_in_no_list_unless_it_is_asked_for(run, project, tmp_path):
    code_passage(run, project)
    out = tmp_path / "extracts.csv"
    assert run("export", project, "extracts", "--out", out).err.endswith("1 extracts.\n")
    with_consensus(project)
    left_out = "The consensus is left out; --coder Consensus asks for it."
    listed = run("codings", project, "--json")
    assert [row["coder"] for row in listed.json] == ["Ada Sample"]
    assert left_out in listed.err
    told = run("export", project, "extracts", "--out", out)
    assert told.err.strip().endswith(f"1 extracts. {left_out}")
    assert coders_in(out) == ["Ada Sample"]
    told = run("export", project, "extracts", "--coder", "Consensus", "--out", out)
    assert left_out not in told.err
    assert coders_in(out) == ["Consensus"]
    listed = run("codings", project, "--coder", "Consensus", "--json")
    assert [row["coder"] for row in listed.json] == ["Consensus"]
    refused = run("export", project, "codebook", "--coder", "Ada", "--out", tmp_path / "c.csv")
    assert refused.code == 1


def with_consensus(path: Path) -> None:
    """Let the consensus repeat the one coding of a project."""
    opened = Project.open(path, back_up=False)
    (made,) = list_codings(opened)
    owner = add_coder(opened, "Consensus", role="consensus")
    set_coding(opened, made.document_id, made.start, made.end, made.code_id, coder_id=owner)
    opened.close()


def coders_in(path: Path) -> list[str]:
    with path.open(encoding="utf-8", newline="") as file:
        return [row["coder"] for row in csv.DictReader(file)]


def test_extracts_for_excel_have_a_byte_order_mark_and_no_formulas(run, project, tmp_path):
    code_passage(run, project, coder="=cmd|' /C calc'!A0")
    out = tmp_path / "extracts.csv"
    assert run("export", project, "extracts", "--for-excel", "--out", out).code == 0
    data = out.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    (row,) = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    assert row["coder"].startswith("'=")


def test_the_list_of_exports_names_all_of_them(run):
    outcome = run("export", "--list")
    assert outcome.code == 0
    assert [line.split()[0] for line in outcome.out.splitlines()] == [door.what for door in EXPORTS]


def test_an_export_in_the_wrong_format_exits_1(run, project, tmp_path):
    outcome = run("export", project, "extracts", "--out", tmp_path / "extracts.docx")
    assert outcome.code == 1
    assert "Use .csv" in outcome.err


def test_an_area_is_coded_listed_and_exported(run, project, tmp_path):
    asked = ["--document", OKAFOR, "--code", "maw.mandate", "--coder", "Ada Sample"]
    made = run("code", project, *asked, "--page", 2, "--area", "72,120,300,260.5", "--json")
    assert made.code == 0
    assert made.json["area"] == [72, 120, 300, 260.5]
    assert (made.json["quote"], made.json["clean"]) == ("", "(area on p. 102)")
    assert [row["page"] for row in run("codings", project, "--json").json] == [2]
    assert "(area on p. 102)" in run("codings", project).out
    assert run("export", project, "extracts", "--out", tmp_path / "e.csv").code == 0
    assert "72 120 300 260.5" in (tmp_path / "e.csv").read_text(encoding="utf-8")
    assert run("check", project).code == 0


def test_an_area_needs_a_page_and_four_numbers_on_it(run, project):
    asked = ["--document", OKAFOR, "--code", "maw.mandate", "--coder", "Ada Sample"]
    assert run("code", project, *asked, "--area", "1,2,3,4").code == 2
    assert run("code", project, *asked).code == 2
    assert run("code", project, *asked, "--quote", "x", "--page", 1, "--area", "1,2,3,4").code == 2
    outcome = run("code", project, *asked, "--page", 1, "--area", "1,2,three")
    assert outcome.code == 1
    assert "four numbers" in outcome.err
    assert run("code", project, *asked, "--page", 9, "--area", "1,2,30,40").code == 1
    assert run("codings", project, "--json").json == []
