from dataclasses import replace

import pytest

from app.coding.adding import store_document
from app.coding.citations import author_year, label_from_file_name
from app.coding.documents import list_documents, remove_documents
from app.coding.passages import code_passage
from app.coding.references import ReferenceRecord
from app.coding.studies import (
    join_studies,
    list_reports,
    list_studies,
    match_references,
    part_report,
    rename_study,
    settle_match,
)
from app.errors import UserError
from tests.coding.conftest import extracted

OKAFOR = ReferenceRecord(title="Title of a", authors=("Okafor, Ngozi", "Lind, Per"), year=2021)
LOST = ReferenceRecord(title="Never found anywhere", authors=("Ruiz, Ana",), year=2001)


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("02_Okafor_2021.pdf", "Okafor 2021"),
        ("Okafor et al. - 2021 - Panels in five towns.pdf", "Okafor et al. 2021"),
        ("report-final.PDF", "report-final"),
        ("2019.pdf", "2019"),
    ],
)
def test_labels_from_file_names(name, label):
    assert label_from_file_name(name) == label


def test_author_and_year():
    assert author_year(["Okafor, N."], 2021) == "Okafor 2021"
    assert author_year(["Okafor, N.", "Per Lind"], 2021) == "Okafor and Per Lind 2021"
    assert author_year(["A, B", "C, D", "E, F"], None) == "A et al."
    assert author_year([], 2021) == ""


def test_a_reference_list_names_studies_and_lists_both_leftovers(review):
    result = match_references(review.project, [OKAFOR, LOST])
    assert [m.document_id for m in result.matched] == [review.document]
    assert result.records_without_pdf == (LOST,)
    assert result.pdfs_without_record == ("Lind 2019.pdf",)
    labels = [study.label for study in list_studies(review.project)]
    assert sorted(labels) == ["Lind 2019", "Okafor and Lind 2021", "Ruiz 2001"]
    lost = next(s for s in list_studies(review.project) if s.label == "Ruiz 2001")
    assert (lost.report_count, lost.document_count) == (1, 0)
    match_references(review.project, [OKAFOR, LOST])
    assert len(list_studies(review.project)) == 3
    review.project.undo()
    assert len(list_studies(review.project)) == 2


def test_a_person_settles_an_unsure_match(review):
    settle_match(review.project, review.other_document, LOST)
    info = next(d for d in list_documents(review.project) if d.id == review.other_document)
    assert info.study_label == "Ruiz 2001"


def test_reports_of_one_study_are_joined_and_parted(review):
    first, second = (study.id for study in list_studies(review.project))
    join_studies(review.project, [first, second])
    (joined,) = list_studies(review.project)
    assert (joined.report_count, joined.document_count) == (2, 2)
    part_report(review.project, list_reports(review.project)[1].id)
    assert len(list_studies(review.project)) == 2
    with pytest.raises(UserError, match="only report"):
        part_report(review.project, list_reports(review.project)[1].id)
    review.project.undo()
    assert len(list_studies(review.project)) == 1
    review.project.undo()
    assert len(list_studies(review.project)) == 2


def test_a_document_that_was_coded_stays(review):
    code_passage(review.project, review.document, 20, 30, review.code("trust"))
    with pytest.raises(UserError, match="has been coded"):
        remove_documents(review.project, [review.document])
    remove_documents(review.project, [review.other_document])
    assert [s.label for s in list_studies(review.project)] == ["Okafor 2021"]
    review.project.undo()
    assert len(list_documents(review.project)) == 2


def test_renaming_needs_a_name(review):
    (study, *_) = list_studies(review.project)
    with pytest.raises(UserError):
        rename_study(review.project, study.id, "  ")
    rename_study(review.project, study.id, "Panels study")
    assert list_studies(review.project)[0].label in {"Panels study", "Lind 2019"}


def test_studies_of_like_named_files_are_told_apart(review):
    third = store_document(review.project, "1_Okafor_2021.pdf", b"%PDF-c", extracted("c"), "add")
    info = next(d for d in list_documents(review.project) if d.id == third)
    assert info.study_label == "Okafor 2021b"
    match_references(review.project, [replace(OKAFOR, title="Title of c", authors=("Roe, J.",))])
    info = next(d for d in list_documents(review.project) if d.id == third)
    assert info.study_label == "Roe 2021"


def test_a_record_that_came_before_its_pdf_is_not_doubled(review):
    name = "mentors in seventeen quiet harbour towns"
    title = f"Title of {name}"
    record = ReferenceRecord(title=title, authors=("Roe, Jo",), year=2020)
    match_references(review.project, [record])
    assert len(list_studies(review.project)) == 3
    store_document(review.project, "roe.pdf", b"%PDF-c", extracted(name), "add")
    match_references(review.project, [record])
    (study,) = [s for s in list_studies(review.project) if s.title == title]
    assert (study.report_count, study.document_count) == (1, 1)
    assert len(list_studies(review.project)) == 3
