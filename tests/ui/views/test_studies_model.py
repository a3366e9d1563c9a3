from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester

from app.ui.views.studies_model import StudiesFilter, StudiesModel, StudyRole
from app.ui.views.studies_rows import Progress, count
from tests.ui.views.samples import study_rows

STUDY_COLUMN, PAGES = 0, 5


def filled() -> StudiesModel:
    model = StudiesModel()
    model.set_rows(study_rows(), ("Amina", "Jonas"))
    return model


def shown(model) -> list[str]:
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def test_is_a_sound_model(qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(filled())


def test_the_sorted_and_narrowed_table_is_a_sound_model(qtmodeltester: ModelTester) -> None:
    proxy = StudiesFilter()
    proxy.setSourceModel(filled())
    proxy.sort(PAGES)
    proxy.narrow("o")
    qtmodeltester.check(proxy)


def test_has_a_column_per_coder_and_one_for_notes() -> None:
    model = filled()
    heads = [
        model.headerData(column, Qt.Orientation.Horizontal) for column in range(model.columnCount())
    ]
    assert heads == [
        "Study", "Title", "Year", "Reports", "PDFs", "Pages", "Language",
        "Amina", "Jonas", "Note",
    ]  # fmt: skip
    assert model.index(0, model.coder_column(1)).data(StudyRole.PROGRESS).is_submitted
    assert model.index(1, model.note_column).data() == "No PDF"


def test_sorts_without_regard_to_accents_and_numbers_as_numbers() -> None:
    proxy = StudiesFilter()
    proxy.setSourceModel(filled())
    proxy.sort(STUDY_COLUMN)
    assert shown(proxy) == ["Ångström 2004", "Iyer 2020", "Okafor 2021"]
    proxy.sort(PAGES, Qt.SortOrder.DescendingOrder)
    assert shown(proxy) == ["Ångström 2004", "Okafor 2021", "Iyer 2020"]


def test_narrows_by_words_also_of_the_files_and_by_a_condition() -> None:
    proxy = StudiesFilter()
    proxy.setSourceModel(filled())
    proxy.narrow("2021b panels")
    assert shown(proxy) == ["Okafor 2021"]
    proxy.narrow("", lambda row: row.pdfs == 0)
    assert shown(proxy) == ["Iyer 2020"]


def test_a_row_is_spoken_as_a_whole() -> None:
    model = filled()
    text = model.index(0, 3).data(Qt.ItemDataRole.AccessibleTextRole)
    assert text == (
        "Okafor 2021, Panels in five towns, 2021, 1 report, 2 PDFs, 25 pages, English, "
        "Amina 12 codings, Jonas submitted, 13 codings"
    )


def test_progress_of_a_study_joins_that_of_its_documents() -> None:
    joined = Progress(3, 1, 1, 1.0) + Progress(0, 0, 1, 0.0)
    assert (joined.codings, joined.submitted, joined.documents) == (3, 1, 2)
    assert joined.reached == 0.5
    assert not joined.is_submitted
    assert not Progress().is_started


def test_units_follow_their_number() -> None:
    assert [count(1, "study"), count(2, "study"), count(1200, "page")] == [
        "1 study",
        "2 studies",
        "1,200 pages",
    ]
