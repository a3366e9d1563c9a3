import hashlib
from collections import Counter
from dataclasses import replace
from itertools import combinations
from random import Random

import pymupdf
import pytest

from app.coding.adding import add_pdfs
from app.coding.attribute_values import read_cells
from app.coding.codebooks import install_codebook, load_codebook
from app.coding.extracts import load_extracts
from app.coding.memos import KINDS, list_memos
from app.coding.passages import list_codings
from app.coding.studies import list_studies, match_references
from app.documents.engine import PdfEngine
from app.exchange.codebook_files import find_codebook
from app.exchange.ris import read_ris
from app.exchange.sample_review import profiles
from app.exchange.sample_review.analysts import MarkedParagraph, read
from app.exchange.sample_review.coding import code_review
from app.exchange.sample_review.demo import make_demo
from app.exchange.sample_review.files import pdf_of, write_pdfs, write_ris
from app.exchange.sample_review.findings import Mark
from app.exchange.sample_review.grammar import Deck, fill
from app.exchange.sample_review.making import _free_name
from app.exchange.sample_review.plan import plan_review
from app.exchange.sample_review.records import SamplePlan
from app.exchange.sample_review.sources import factors, links
from app.models import Project

MARK = "Sample text, invented for demonstration"


@pytest.fixture(scope="module")
def plan():
    return plan_review()


def small(plan, *numbers):
    """Return a plan with some of the reports only."""
    places = {number: at for at, number in enumerate(numbers)}
    codings = tuple(
        replace(one, report=places[one.report]) for one in plan.codings if one.report in places
    )
    return SamplePlan(plan.seed, tuple(plan.reports[number] for number in numbers), codings)


def one_of_each(plan):
    """Return the first report of each layout that is short."""
    numbers = {}
    for number, report in enumerate(plan.reports):
        if report.layout != "thesis":
            numbers.setdefault((report.layout, report.manuscript.language), number)
    scan = next(n for n, report in enumerate(plan.reports) if report.scanned)
    return small(plan, *dict.fromkeys([*numbers.values(), scan]))


def quiet(*_arguments):
    return None


def test_plan_has_the_promised_kinds_of_studies(plan):
    assert plan.study_count == 46
    assert len(plan.reports) == 47
    assert Counter(Counter(r.study for r in plan.reports).values()) == {1: 45, 2: 1}
    assert Counter(r.manuscript.language for r in plan.reports) == {
        "en": 44,
        "de": 1,
        "nb": 1,
        "he": 1,
    }
    assert sum(report.scanned for report in plan.reports) == 1
    assert len({report.layout for report in plan.reports}) >= 6
    assert len({report.file_name for report in plan.reports}) == 47
    assert len({report.record.key for report in plan.reports}) == 47
    assert len({report.record.title for report in plan.reports}) == 47


def test_plan_is_the_same_for_the_same_seed(plan):
    again = plan_review.__wrapped__(46)
    assert again == plan
    assert plan_review.__wrapped__(47) != plan


def test_every_code_of_the_codebook_is_written_for_and_no_other():
    codebook = find_codebook("case-management")
    assert set(factors()) == {code.key for code in codebook.codes}
    stages = {value.key for value in codebook.facet("stage").values}
    for factor in factors().values():
        assert set(factor.stages) <= stages, factor.key
        assert set(factor.neighbours) <= set(factors()) - {factor.key}
        assert len({template.text for template in factor.templates}) >= 4
    for link in links():
        assert set(link.codes) <= set(factors())


def test_amount_and_spread_of_codings(plan):
    assert 2500 <= len(plan.codings) <= 3200
    by_report = Counter(one.report for one in plan.codings).most_common()
    assert by_report[0][1] > 3 * by_report[len(by_report) // 2][1]
    assert all(not plan.reports[one.report].scanned for one in plan.codings)
    assert len({one.code for one in plan.codings}) == 70
    assert all(one.condition for one in plan.codings if one.valence == "moderates")


def test_analysts_agree_on_about_seven_passages_of_ten(plan):
    views = {
        analyst: {
            (one.report, one.quote, one.code, one.valence)
            for one in plan.codings
            if one.analyst == analyst
        }
        for analyst in "AB"
    }
    shared = len(views["A"] & views["B"])
    assert 0.6 < shared / len(views["A"]) < 0.8


def test_planted_links_stand_out_from_chance(plan):
    """A planted pair overlaps in more studies than nine of ten other pairs do."""
    texts = [
        " ".join(getattr(block, "text", "") for block in report.manuscript.body)
        for report in plan.reports
    ]
    studies = Counter()
    for number, report in enumerate(plan.reports):
        spans = [
            (texts[number].find(one.quote), len(one.quote), one.code)
            for one in plan.codings
            if one.report == number and one.analyst == "A"
        ]
        pairs = {
            tuple(sorted((a[2], b[2])))
            for a, b in combinations(spans, 2)
            if a[2] != b[2] and a[0] < b[0] + b[1] and b[0] < a[0] + a[1]
        }
        studies.update((report.study, *pair) for pair in pairs)
    counts = Counter(key[1:] for key in studies)
    planted = {tuple(sorted(link.codes)) for link in links()}
    assert len(planted) >= 12
    others = sorted(count for pair, count in counts.items() if pair not in planted)
    limit = others[int(len(others) * 0.9)]
    assert all(counts[pair] > limit for pair in planted), {p: counts[p] for p in planted}


def test_pages_are_marked_and_labelled(plan):
    for report in one_of_each(plan).reports:
        document = pymupdf.open(stream=pdf_of(report), filetype="pdf")
        assert document.page_count >= 4
        if report.scanned:
            assert not any(page.get_text() for page in document)
            continue
        assert all(MARK in page.get_text() for page in document), report.file_name
        assert str(report.manuscript.first_page) in [page.get_label() for page in document]
        first = document[0].get_text()
        assert report.manuscript.doi in first


def test_two_runs_give_the_same_bytes(plan):
    for report in one_of_each(plan).reports:
        digests = {hashlib.sha256(pdf_of(report)).hexdigest() for _ in range(2)}
        assert len(digests) == 1, report.file_name


def test_passages_are_found_again_in_a_project(plan, tmp_path):
    part = one_of_each(plan)
    paths = write_pdfs(part, tmp_path / "pdfs", quiet)
    write_ris(part, tmp_path / "references.ris")
    project = Project.create(tmp_path / "part.cofactor", title="Part")
    engine = PdfEngine()
    try:
        install_codebook(project, find_codebook("case-management"))
        assert len(add_pdfs(project, engine, paths).added) == len(part.reports)
        matched = match_references(project, read_ris(tmp_path / "references.ris"))
        assert len(matched.matched) == len(part.reports)
        coded = code_review(project, part, quiet)
        assert coded.missed == ()
        codings = list_codings(project)
        assert coded.coding_count == len(codings)
        assert 0.97 * len(part.codings) <= len(codings) <= len(part.codings)
        assert {coding.anchor_state for coding in codings} == {"exact"}
        planned = {one.quote for one in part.codings}
        unjoined = [one.clean for one in load_extracts(project) if one.clean not in planned]
        assert len(unjoined) <= 0.02 * len(codings), unjoined[:3]
        keys = {code.id: code.key for code in load_codebook(project).codes}
        assert Counter(keys[one.code_id] for one in codings).keys() == {
            one.code for one in part.codings
        }
    finally:
        engine.close()
        project.close()


def test_records_say_what_the_reports_print(plan, tmp_path):
    write_ris(plan, tmp_path / "references.ris")
    records = read_ris(tmp_path / "references.ris")
    assert [record.title for record in records] == [
        report.manuscript.title for report in plan.reports
    ]
    assert {record.type for record in records} == {"article", "report", "thesis"}
    years = {record.year for record in records}
    assert min(years) >= profiles.FIRST_YEAR
    assert max(years) <= profiles.LAST_YEAR


def test_grammar_chooses_fills_and_begins_with_a_capital():
    text = fill(
        "{who} [said|said] that it's [{n} times|{n} times] so , yes.",
        Random(1),
        {"who": "a mentor", "n": lambda: "two"},
    )
    assert text == "A mentor said that it\u2019s two times so, yes."


def test_deck_deals_everything_before_it_repeats():
    deck = Deck(("a", "b", "c"), Random(3))
    assert sorted(deck.deal() for _ in range(3)) == ["a", "b", "c"]
    assert deck.fresh == 0
    assert deck.deal() in "abc"


def test_second_analyst_differs_in_every_way_that_teams_know():
    passage = (
        "The panel met each week in town, and plans were signed. It helped the team. "
        "Money was short."
    )
    end = passage.index(" It helped")
    mark = Mark(0, end, "maw.arrangement", "facilitator", ("planning",))
    paragraph = MarkedParagraph(0, passage, (mark,))
    views = [read([paragraph], "B", Random(seed)) for seed in range(400)]
    quotes = {one.quote for view in views for one in view}
    assert passage[:end] in quotes
    assert any(len(quote) < end for quote in quotes)
    assert any(len(quote) > end for quote in quotes)
    assert {one.valence for view in views for one in view} == {"facilitator", "mixed"}
    assert {one.code for view in views for one in view} > {"maw.arrangement"}
    assert [] in views


@pytest.mark.slow
def test_the_whole_demonstration(tmp_path):
    said = []
    project_path = make_demo(tmp_path / "demo", said.append, said.append)
    project = Project.open(project_path)
    try:
        studies = list_studies(project)
        assert len(studies) == 46
        assert sum(study.report_count for study in studies) == 47
        assert sum(study.document_count for study in studies) == 47
        assert 2500 <= len(list_codings(project)) <= 3200
        assert [study.flag for study in studies if study.flag] == ["retracted"]
        cells = read_cells(project).values()
        assert {"agree", "differ", "settled"} <= {cell.state for cell in cells}
        assert sum(cell.evidence is not None for cell in cells) >= 16
        memos = list_memos(project)
        assert {memo.subject.kind for memo in memos} == set(KINDS)
        assert all(memo.words.startswith("Sample") for memo in memos)
    finally:
        project.close()
    assert not any("not found" in line for line in said)
    assert (tmp_path / "demo" / "network.svg").stat().st_size > 10_000
    assert (tmp_path / "demo" / "extracts.csv").read_text(encoding="utf-8").count("\n") > 2500


def test_a_review_that_is_there_already_stays(tmp_path):
    names = ["sample-review.cofactor", "sample-review 2.cofactor", "sample-review 3.cofactor"]
    for name in names:
        free = _free_name(tmp_path)
        assert free == tmp_path / name
        free.touch()
