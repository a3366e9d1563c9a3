import sqlite3

from app.analysis.cooccurrence import cooccurrence
from app.coding.checking import check_project, count_contents
from app.coding.evidence import load_evidence
from app.coding.passages import code_passage
from app.models import Project
from app.models.device import DeviceIdentity


def overlap(review, document):
    start, end = review.place("nobody had told\nthem")
    code_passage(
        review.project,
        document,
        start,
        end,
        review.code("mandate"),
        facets={"valence": ["barrier"], "stage": ["delivery"]},
    )
    code_passage(review.project, document, start + 5, end + 5, review.code("trust"))


def test_ties_count_studies_and_double_coding_does_not_inflate(review):
    for coder in (review.ada, review.ben):
        review.project.actor_id = coder
        overlap(review, review.document)
    overlap(review, review.other_document)
    evidence = load_evidence(review.project)
    assert len(evidence.coding_ids) == 6
    result = cooccurrence(evidence)
    at = {code.id: number for number, code in enumerate(evidence.codes)}
    assert result.studies[at[review.code("mandate")], at[review.code("trust")]] == 2
    assert evidence.valences[evidence.valence[0]] == "barrier"
    assert evidence.stages == ("assessment", "delivery", "whole")
    assert evidence.stage_mask[0] == 0b010


def test_contents_are_counted(review):
    counts = count_contents(review.project)
    assert (counts["studies"], counts["documents"], counts["pages"]) == (2, 2, 4)
    assert (counts["codes"], counts["coders"], counts["rounds"]) == (4, 2, 1)


def test_a_sound_project_is_clean_and_each_kind_of_damage_is_found(review):
    overlap(review, review.document)
    assert check_project(review.project).is_clean
    path = review.project.path
    review.project.close()
    damages = {
        "the quote is not at its place": "UPDATE coding SET quote = 'other words'",
        "the row differs from its log": "UPDATE study SET label = 'slipped in'",
        "a row that is missing": "DELETE FROM memo WHERE 1; DELETE FROM coding",
        "the stored PDF is damaged": "UPDATE file_bytes SET data = x'00'",
        "its stored text is damaged": "UPDATE text_layer SET text = 'x' || text",
        "some of its pages are missing": "DELETE FROM page WHERE page = 2",
    }
    for number, (what, statements) in enumerate(damages.items()):
        copy = path.with_name(f"damaged{number}.cofactor")
        copy.write_bytes(path.read_bytes())
        connection = sqlite3.connect(copy)
        connection.executescript(statements)
        connection.commit()
        connection.close()
        project = Project.open(copy, device=DeviceIdentity("d", "D"), back_up=False)
        found = {finding.what for finding in check_project(project).findings}
        project.close()
        assert any(what in words for words in found), (what, found)
