import csv
from pathlib import Path

import docx
import pytest

from app.coding.memo_text import link
from app.coding.memos import list_memos, project_subject, write_memo
from app.coding.passages import code_passage
from app.errors import UserError
from app.exchange.exports import export
from app.exchange.memos_export import write_memos
from tests.coding.conftest import Review, make_review


@pytest.fixture(scope="module")
def review(tmp_path_factory: pytest.TempPathFactory) -> Review:
    made = make_review(tmp_path_factory.mktemp("memos") / "review.cofactor")
    project = made.project
    coding = code_passage(
        project, made.document, *made.place("remit ended"), made.code("mandate")
    )  # fmt: skip
    write_memo(project, "coding", coding, "=Said *once* only")
    leads = link("p. 12", "passage", coding), link("gone", "study", "no-such")
    text = f"We **settle**:\n- {leads[0]}\n- {leads[1]}\n# no head"
    write_memo(project, "project", project_subject(project), text)
    return made


def test_a_word_document_holds_looks_lists_and_places(review: Review, tmp_path: Path) -> None:
    out = tmp_path / "memos.docx"
    write_memos(review.project, list_memos(review.project), out)
    paragraphs = docx.Document(str(out)).paragraphs
    words = [paragraph.text for paragraph in paragraphs]
    assert words[:3] == ["Memos: Review", "Project", "Review"]
    point = next(one for one in paragraphs if one.text.startswith("p. 12 (Mandate, "))
    assert point.style is not None
    assert point.style.name == "List Bullet"
    assert any(run.bold and run.text == "settle" for one in paragraphs for run in one.runs)
    assert "gone (study that is no longer there)" in words
    assert "“remit ended”" in words


def test_markdown_shows_what_the_memo_shows(review: Review, tmp_path: Path) -> None:
    out = tmp_path / "memos.md"
    export(review.project, "memos", out)
    text = out.read_text(encoding="utf-8")
    assert "We **settle**:\n\n- p. 12 (Mandate" in text
    assert "\\# no head" in text
    assert "> remit ended" in text


def test_the_table_is_safe_in_a_spreadsheet(review: Review, tmp_path: Path) -> None:
    out = tmp_path / "memos.csv"
    write_memos(review.project, list_memos(review.project), out)
    with out.open(encoding="utf-8-sig", newline="") as file:
        rows = {row["on"]: row for row in csv.DictReader(file)}
    assert rows["Passage"]["memo"] == "'=Said once only"
    assert rows["Passage"]["subject"] == "Mandate"
    assert rows["Project"]["memo"].splitlines()[1] == "• p. 12"


def test_another_ending_is_refused(review: Review, tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"\.docx, \.md or \.csv"):
        write_memos(review.project, (), tmp_path / "memos.odt")
