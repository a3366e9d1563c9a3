import csv
import json
import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.coding.file_names import names_in_files, read_file_name
from app.coding.folding import fold, fold_doi
from app.coding.references import Matching, PdfCandidate, ReferenceRecord, match_records
from tests.shared_data import shared_data

HELP = ReferenceRecord(
    title="With a little help from my colleagues: Notes on emotional support",
    authors=("Haugstvedt, Håvard",),
    year=2022,
    doi="10.1177/14733250211051410",
)
AGENCIES = ReferenceRecord(
    title="Multi-agency approaches to violent extremism",
    authors=("van der Heide, Liesbeth", "Schuurman, Bart"),
    year=2018,
)
REPORT = ReferenceRecord(
    title="Evaluatie Team TER", authors=("Andersson Elffers Felix",), year=2018, type="report"
)


def pdf(file_name: str, **known: object) -> PdfCandidate:
    return PdfCandidate(document_id=file_name, file_name=file_name, **known)  # type: ignore[arg-type]


def pairs(matching: Matching) -> dict[str, str]:
    return {match.record.title: match.document_id for match in matching.matched}


@pytest.mark.parametrize(
    "known",
    [
        {"doi": "https://doi.org/10.1177/14733250211051410"},
        {"title": "WITH A LITTLE HELP FROM MY COLLEAGUES – Notes on emotional support"},
        {"title": "With a little help from my colleagues"},
        {"first_page_text": "Article\nWith a little help from my\ncolleagues: Notes on\nemotional"
         " support\nHåvard Haugstvedt\nAbstract ..."},
    ],
    ids=["doi", "title in capitals", "title without its subtitle", "first page"],
)  # fmt: skip
def test_a_pdf_is_known_by_its_doi_or_title(known: dict[str, object]) -> None:
    other = pdf("other.pdf", title="Annual report of the municipality")
    matching = match_records([AGENCIES, HELP], [other, pdf("download.pdf", **known)])
    assert pairs(matching) == {HELP.title: "download.pdf"}
    assert matching.records_without_pdf == (AGENCIES,)
    assert matching.pdfs_without_record == ("other.pdf",)


@pytest.mark.parametrize(
    ("record", "file_name"),
    [
        (HELP, "Haugstvedt_2022.pdf"),
        (HELP, "haugstvedt2021.pdf"),
        (HELP, "10.1177_14733250211051410.pdf"),
        (HELP, "Haugstvedt - 2022 - With a little help from my colleagues Notes on emot.pdf"),
        (AGENCIES, "van der Heide and Schuurman - 2018 - Multi-agency approaches to.pdf"),
        (AGENCIES, "34_vanderHeide_2020.pdf"),
        (AGENCIES, "van der Heide et al. - 2018 - Multi-Agency Approaches to Violent.PDF"),
        (AGENCIES, "2018 van der Heide.pdf"),
        (AGENCIES, "2018 - van der Heide - Multi-agency approaches.pdf"),
        (REPORT, "AEF_2018.pdf"),
        (REPORT, "Andersson Elffers Felix - 2018 - Evaluatie Team TER.pdf"),
    ],
)
def test_a_pdf_is_known_by_its_file_name(record: ReferenceRecord, file_name: str) -> None:
    matching = match_records([HELP, AGENCIES, REPORT], [pdf(file_name)])
    assert pairs(matching) == {record.title: file_name}


@pytest.mark.parametrize(
    "file_name", ["Haugstvedt_2018.pdf", "Haug_2022.pdf", "scan0012.pdf", "2022.pdf", ".pdf", ""]
)
def test_too_little_in_a_file_name_matches_nothing(file_name: str) -> None:
    assert match_records([HELP, AGENCIES, REPORT], [pdf(file_name)]).matched == ()


def test_a_file_that_the_record_names_is_its_own() -> None:
    record = ReferenceRecord(title="Unlike anything", file_names=("Ærlig talt.pdf",))
    assert pairs(match_records([record], [pdf("folder/ærlig talt.PDF")])) == {
        "Unlike anything": "folder/ærlig talt.PDF"
    }


def test_two_copies_of_one_study_are_left_to_a_person() -> None:
    copies = [pdf("a.pdf", doi=HELP.doi), pdf("b.pdf", doi=HELP.doi)]
    matching = match_records([HELP, AGENCIES], copies)
    assert matching.matched == ()
    (unsure,) = matching.unsure
    assert unsure.record == HELP
    assert {match.document_id for match in unsure.candidates} == {"a.pdf", "b.pdf"}
    assert matching.records_without_pdf == (AGENCIES,)
    assert matching.pdfs_without_record == ()


def test_two_language_editions_are_left_to_a_person() -> None:
    dutch = ReferenceRecord(title="Evaluatie", authors=("Sizoo, B.",), year=2021, language="nl")
    english = ReferenceRecord(title="Evaluation", authors=("Sizoo, B.",), year=2021, language="en")
    matching = match_records([dutch, english], [pdf("Sizoo_2021.pdf")])
    assert matching.matched == ()
    assert {unsure.record for unsure in matching.unsure} == {dutch, english}


def test_the_doi_of_another_work_does_not_decide_alone() -> None:
    reply = pdf("reply.pdf", doi=HELP.doi, title="Editorial: the year in numbers and prizes")
    matching = match_records([HELP], [reply])
    assert matching.matched == ()
    assert [unsure.record for unsure in matching.unsure] == [HELP]


def test_a_title_that_is_only_like_it_is_left_to_a_person() -> None:
    near = pdf("x.pdf", title="Multi-agency approach to violent extremists in the north")
    matching = match_records([AGENCIES], [near])
    assert [unsure.record for unsure in matching.unsure] == [AGENCIES]
    assert 75 <= matching.unsure[0].candidates[0].score < 92


def test_author_and_year_do_not_outweigh_another_title() -> None:
    other = pdf("Haugstvedt_2022.pdf", title="Lone actors on trial", first_page_text="Lone actors")
    matching = match_records([HELP], [other])
    assert matching.matched == ()
    assert [unsure.record for unsure in matching.unsure] == [HELP]


def test_the_exact_year_decides_between_two_works_of_one_author() -> None:
    later = ReferenceRecord(title="B", authors=HELP.authors, year=2023)
    matching = match_records(
        [HELP, later], [pdf("Haugstvedt_2023.pdf"), pdf("Haugstvedt_2022.pdf")]
    )
    assert pairs(matching) == {HELP.title: "Haugstvedt_2022.pdf", "B": "Haugstvedt_2023.pdf"}


def test_46_studies_find_their_pdfs_by_file_name_and_by_first_page() -> None:
    manifest = json.loads(shared_data("corpus46/manifest.json").read_text(encoding="utf-8"))
    truth = shared_data("corpus46/truth")
    records, by_name, by_page = [], [], []
    for entry in manifest:
        number, author, year = re.fullmatch(r"(\d+)_(\w+)_(\d+)\.pdf", entry["file"]).groups()  # type: ignore[union-attr]
        records.append(
            ReferenceRecord(title=entry["title"], authors=(f"{author}, A.",), year=int(year))
        )
        text = (truth / f"{number}.txt").read_text(encoding="utf-8")[:3000]
        by_name.append(PdfCandidate(entry["file"], entry["file"]))
        by_page.append(PdfCandidate(entry["file"], f"scan{number}.pdf", first_page_text=text))
    for candidates in (by_page, by_name):
        matching = match_records(records, candidates)
        wrong = [
            match
            for match in matching.matched
            if match.document_id != manifest[records.index(match.record)]["file"]
        ]
        assert wrong == []
        assert len(matching.matched) >= 40
        assert matching.records_without_pdf == matching.pdfs_without_record == ()


def test_candidate_studies_find_the_names_that_reference_managers_give() -> None:
    with shared_data("candidate_studies.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    records, candidates = [], []
    for row in rows:
        authors = tuple(re.sub(r"\(.*?\)", "", row["authors"]).strip().split("; "))
        year = int(found.group()) if (found := re.search(r"\d{4}", row["year"])) else None
        records.append(ReferenceRecord(title=row["title"], authors=authors, year=year))
        family = authors[0].split(",")[0]
        name = f"{family} et al. - {year} - {re.sub(r'[:?/]', '', row['title'])[:60]}.pdf"
        candidates.append(pdf(name))
    matching = match_records(records, reversed(candidates))
    assert all(
        records.index(match.record)
        == [pdf.document_id for pdf in candidates].index(match.document_id)
        for match in matching.matched
    )
    assert len(matching.matched) >= 0.9 * len(rows)


def test_a_large_library_against_46_pdfs_takes_seconds_at_most() -> None:
    titles = [
        f"Study {number} of case management in town {number * 7919}" for number in range(2000)
    ]
    records = [ReferenceRecord(title=title, authors=(f"Name{number}, A",), year=2000 + number % 20)
               for number, title in enumerate(titles)]  # fmt: skip
    candidates = [pdf(f"{number}.pdf", first_page_text=f"Journal\n{titles[number]}\nName{number}\n"
                      + "words about the intervention and its context " * 60)
                  for number in range(0, 460, 10)]  # fmt: skip
    start = time.perf_counter()
    matching = match_records(records, candidates)
    assert time.perf_counter() - start < 15
    assert len(matching.matched) == 46


texts = st.text(st.characters(whitelist_categories=("L", "N", "P", "Zs")), max_size=30)
some_records = st.builds(
    ReferenceRecord,
    title=st.sampled_from([HELP.title, AGENCIES.title, "Introduction", ""]) | texts,
    authors=st.lists(
        st.sampled_from(["Haugstvedt, H.", "AEF", "", ","]) | texts, max_size=2
    ).map(tuple),
    year=st.none() | st.integers(2017, 2023),
    doi=st.sampled_from(["", HELP.doi]),
    file_names=st.sampled_from([(), ("a.pdf",)]),
)  # fmt: skip
some_pdfs = st.lists(
    st.builds(
        PdfCandidate,
        document_id=st.uuids().map(str),
        file_name=st.sampled_from(["a.pdf", "Haugstvedt_2022.pdf", "AEF 2018.pdf"]) | texts,
        title=st.sampled_from([HELP.title, "", "Introduction"]) | texts,
        doi=st.sampled_from(["", HELP.doi]),
        first_page_text=st.sampled_from(["", HELP.title, AGENCIES.title]),
        year=st.none() | st.integers(2017, 2023),
    ),
    max_size=4,
    unique_by=lambda candidate: candidate.document_id,
)


@settings(max_examples=60)
@given(st.lists(some_records, max_size=4), some_pdfs)
def test_every_record_and_every_pdf_stands_in_the_outcome_once(
    records: list[ReferenceRecord], candidates: list[PdfCandidate]
) -> None:
    matching = match_records(records, candidates)
    shown = [match.record for match in matching.matched]
    shown += [unsure.record for unsure in matching.unsure]
    shown += matching.records_without_pdf
    assert sorted(map(repr, shown)) == sorted(map(repr, records))
    matched = [match.document_id for match in matching.matched]
    asked = {match.document_id for unsure in matching.unsure for match in unsure.candidates}
    assert len(set(matched)) == len(matched)
    assert asked.isdisjoint(matched)
    assert sorted([*matched, *asked, *matching.pdfs_without_record]) == sorted(
        candidate.document_id for candidate in candidates
    )


@settings(max_examples=60)
@given(st.lists(some_records, max_size=4, unique_by=repr), some_pdfs)
def test_the_order_of_the_input_does_not_matter(
    records: list[ReferenceRecord], candidates: list[PdfCandidate]
) -> None:
    there = match_records(records, candidates)
    back = match_records(reversed(records), reversed(candidates))
    assert set(there.matched) == set(back.matched)
    assert set(there.pdfs_without_record) == set(back.pdfs_without_record)


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_folding_removes_diacritics_case_and_punctuation() -> None:
    assert fold("Ærøskøbing – Łódź & Straße: ﬁrst's") == "aeroskobing lodz and strasse firsts"


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("doi:10.1016/S0140-6736(05)66379-9.", "10.1016/s0140-6736(05)66379-9"),
        ("(https://doi.org/10.1177/1473)", "10.1177/1473"),
        ("https://dx.doi.org/10.1177%2F1473", "10.1177/1473"),
        ("no DOI in version 10.2", ""),
    ],
)
def test_a_doi_is_found_in_what_stands_around_it(text: str, doi: str) -> None:
    assert fold_doi(text) == doi


def test_file_names_are_taken_apart() -> None:
    name = read_file_name("12_van Rijn et al. - 2016b - A 2010 cohort revisited.pdf")
    assert (name.year, name.title) == (2016, "a 2010 cohort revisited")
    assert "vanrijn" in name.openings


def test_corporate_authors_go_by_their_initials_too() -> None:
    assert {"aef", "anderssonelffersfelix"} <= names_in_files("Andersson Elffers Felix")
    assert "acil" in names_in_files("ACIL Allen Consulting (ACIL)")
