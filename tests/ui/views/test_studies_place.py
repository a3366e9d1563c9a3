from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QFontMetricsF
from PySide6.QtWidgets import QPushButton

from app.coding.documents import list_documents
from app.coding.studies import list_studies
from app.documents.language import _SCRIPTS, COMMONEST
from app.models import Project
from app.ui.theme import font
from app.ui.views.adding_model import FileLine, LineRole, told_apart
from app.ui.views.adding_panel import WRONG_PASSWORD
from app.ui.views.matching_model import CANDIDATE, MatchRole
from app.ui.views.studies_rows import language_name, percent
from tests.ui.views.pdfs import write_pdf

RIS = """TY  - JOUR
AU  - Okafor, Ada
AU  - Lind, Per
PY  - 2021
TI  - Panels in five towns
ER  -

TY  - JOUR
AU  - Nowak, Jan
PY  - 2014
TI  - Handing over without a word
ER  -
"""


@pytest.fixture
def place(coded):
    made = coded.go("studies")
    assert made is not None
    return made


def labels(place) -> list[str]:
    proxy = place.proxy
    return [proxy.index(row, 0).data() for row in range(proxy.rowCount())]


def states(place) -> dict[str, str]:
    return {line.file: line.state for line in place.adding.model.lines}


def test_lists_studies_with_the_progress_of_each_coder(place) -> None:
    assert labels(place) == ["Iyer 2020", "Lindqvist 2022", "Okafor 2021"]
    spoken = place.proxy.index(2, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.endswith("Amina 3 codings, Jonas 1 coding")
    assert place.filters()._count.text() == "3 studies, 3 reports, 3 PDFs"


def test_enter_opens_the_document(place, opened, qtbot) -> None:
    iyer = next(row for row in place._shown.rows if row.label == "Iyer 2020")
    place.show_study(iyer.id)
    qtbot.keyClick(place.table, Qt.Key.Key_Return)
    at = place.table.visualRect(place.proxy.index(2, 1)).center()
    qtbot.mouseClick(place.table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    qtbot.mouseDClick(place.table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert [name for name, _ in opened] == ["Iyer_2020.pdf", "Okafor_2021.pdf"]


def test_the_panel_shows_the_chosen_study_and_its_file(place) -> None:
    place.table.choose(place._shown.rows[0].id)
    place.panel.show_tab("reports")
    texts = [child.text() for child in place.panel.findChildren(QPushButton)]
    assert {"Read", "Extracts", "Remove"} <= set(texts)


def test_words_and_chips_narrow_the_table(place, qtbot) -> None:
    qtbot.keyClicks(place.bar.field, "okafor")
    assert labels(place) == ["Okafor 2021"]
    qtbot.keyClicks(place.bar.field, "xx")
    assert place._none_left.isVisible()
    place._none_left.buttons()[0].click()
    assert len(labels(place)) == 3
    assert not any(chip.isEnabled() for chip in place.bar.conditions)


def test_adding_says_what_became_of_each_file_and_asks_for_the_password(
    coded, place, qtbot, settled, tmp_path: Path
) -> None:
    folder = tmp_path / "more"
    folder.mkdir()
    write_pdf(folder / "New_2018.pdf", ("Something new", "A line that nobody has read yet."))
    locked = write_pdf(
        folder / "Locked_2019.pdf", ("Behind a lock", "Words behind a lock."), password="sesame"
    )
    (folder / "Broken_2003.pdf").write_bytes(b"%PDF-1.4\nnothing follows")
    (folder / "Copy_of_new.pdf").write_bytes((folder / "New_2018.pdf").read_bytes())
    place.add_files([str(folder)])
    assert place.adding.isVisible()
    settled()
    assert states(place) == {
        "Broken_2003.pdf": "damaged",
        "Copy_of_new.pdf": "added",
        "Locked_2019.pdf": "password",
        "New_2018.pdf": "present",
    }
    assert place.adding._headline.text() == (
        "1 PDF added, 1 already there, 1 needs a password, 1 not added"
    )
    assert place.adding._password_row.isVisible()
    qtbot.keyClicks(place.adding._password, "wrong")
    qtbot.keyClick(place.adding._password, Qt.Key.Key_Return)
    settled()
    assert states(place)[locked.name] == "password"
    qtbot.keyClicks(place.adding._password, "sesame")
    qtbot.keyClick(place.adding._password, Qt.Key.Key_Return)
    settled()
    assert states(place)[locked.name] == "added"
    assert len(list_documents(coded.bridge.project)) == 5
    assert len(labels(place)) == 5


def test_stopping_keeps_what_was_added(coded, place, settled, tmp_path: Path) -> None:
    for number in range(4):
        write_pdf(tmp_path / f"Study_{number}.pdf", (f"Study {number}", f"Line {number} of it."))
    place.add_files([str(tmp_path)])
    place.adding._stop()
    settled()
    assert place.adding._headline.text().startswith("Stopped. ")
    added = place.adding.model.count("added", "weak")
    assert len(list_documents(coded.bridge.project)) == 3 + added < 7


def test_dropped_files_are_added(coded, place, settled, tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "Dropped_2001.pdf", ("Dropped", "It fell on the window."))
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    place.dropEvent(
        QDropEvent(
            QPointF(50, 50), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )  # fmt: skip
    settled()
    assert "Dropped 2001" in labels(place)


def test_a_reference_list_names_what_it_could_and_could_not_match(
    place, settled, tmp_path: Path
) -> None:
    path = tmp_path / "library.ris"
    path.write_text(RIS, encoding="utf-8")
    place.add_references(path)
    settled()
    panel = place.matching
    assert panel.isVisible()
    assert panel._headline.text() == ("1 matched, 1 record without a PDF, 2 PDFs without a record")
    assert "Nowak 2014" in labels(place)
    chips = {chip.name: chip.text() for chip in place.bar.conditions}
    assert chips["Needs PDF"] == "Needs PDF 1"


def test_an_unsure_record_takes_the_pdf_that_is_chosen(coded, place, qtbot) -> None:
    from app.coding.references import Match, ReferenceRecord, Unsure
    from app.coding.studies import MatchResult

    documents = list_documents(coded.bridge.project)
    record = ReferenceRecord(title="Scoring and being seen", authors=("Iyer, R.",), year=2020)
    matches = tuple(Match(record, one.id, "title", 80.0) for one in documents[:2])
    place.matching.show_result(
        MatchResult((), (Unsure(record, matches),), (), (documents[0].file_name,)), "a list"
    )
    tree = place.matching.tree
    assert tree.currentIndex().data(MatchRole.LINE).kind == CANDIDATE
    qtbot.keyClick(tree, Qt.Key.Key_Return)
    assert place.matching._headline.text() == "1 matched"
    assert any(row.title == "Scoring and being seen" for row in list_studies(coded.bridge.project))


def test_joining_and_parting_studies(coded, place) -> None:
    place.table.selectAll()
    coded.actions_table["studies.join"].trigger()
    assert labels(place) == ["Iyer 2020"]
    assert place._shown.rows[0].reports == 3
    report = place._shown.rows[0].children[1]
    place.table.expandAll()
    place.table.choose(report.id)
    coded.actions_table["studies.part"].trigger()
    assert len(labels(place)) == 2
    coded.undo()
    coded.undo()
    assert len(labels(place)) == 3


def test_removing_is_refused_where_someone_has_coded_and_undone_elsewhere(
    coded, place, settled, tmp_path: Path
) -> None:
    path = write_pdf(tmp_path / "Gone_1999.pdf", ("Soon gone", "Nobody has coded this."))
    place.add_files([str(path)])
    settled()
    place.adding.hide()
    gone = next(row for row in place._shown.rows if row.label == "Gone 1999")
    place.table.choose(gone.id)
    coded.actions_table["studies.remove"].trigger()
    assert "Gone 1999" not in labels(place)
    coded.undo()
    assert "Gone 1999" in labels(place)
    place.show_study(place._shown.rows[0].id)
    coded.actions_table["studies.remove"].trigger()
    assert len(labels(place)) == 4


def test_lines_of_added_files_are_a_sound_model(place, qtmodeltester, tmp_path: Path) -> None:
    from app.ui.views.adding_model import FileLine

    place.adding.model.put(FileLine("a.pdf", "reading"))
    place.adding.model.put(FileLine("a.pdf", "added", fact="12 pages"))
    qtmodeltester.check(place.adding.model)
    assert place.adding.model.index(0, 0).data(LineRole.LINE).state == "added"
    spoken = place.adding.model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "a.pdf, Added, 12 pages"


def test_a_wrong_password_is_answered(coded, place, settled, qtbot, tmp_path: Path) -> None:
    locked = write_pdf(tmp_path / "Locked_1999.pdf", ("Locked", "A line."), password="sesame")
    place.add_files([str(locked)])
    settled()
    panel = place.adding
    assert WRONG_PASSWORD not in panel._hint.text()
    qtbot.keyClicks(panel._password, "wrong")
    qtbot.keyClick(panel._password, Qt.Key.Key_Return)
    settled()
    assert panel.model.lines[0].detail == WRONG_PASSWORD
    assert panel._hint.text().startswith(WRONG_PASSWORD)
    assert panel._password.hasFocus()


def test_the_card_stands_over_the_table_when_the_first_studies_arrive(
    window, settled, tmp_path: Path
) -> None:
    path = tmp_path / "first.cofactor"
    Project.create(path, title="First").close()
    assert window.open_project(path)
    place = window.go("studies")
    assert place._empty.isVisible()
    assert place.tools() == []
    assert not place.filters().isVisible()
    assert not place.panel.isVisible()
    broken = tmp_path / "Broken_2010.pdf"
    broken.write_bytes(b"%PDF-1.7\nnothing else")
    fine = write_pdf(tmp_path / "Fine_2001.pdf", ("Fine", "A line of text."))
    place.add_files([str(fine), str(broken)])
    settled()
    assert place.table.isVisible()
    assert place.filters().isVisible()
    assert place.panel.isVisible()
    assert len(place.tools()) == 3
    middle = place.adding.mapTo(place, place.adding.rect().center())
    hit = place.childAt(middle)
    assert hit is place.adding or place.adding.isAncestorOf(hit)
    reason = next(line for line in place.adding.model.lines if line.state == "damaged")
    assert reason.detail.startswith("The PDF is damaged. ")
    assert "(" not in reason.detail
    assert reason.technical


def test_reasons_are_whole_at_every_width(place, qtbot) -> None:
    why = "The PDF is damaged. Print or save it again as a PDF from another viewer and add it."
    place.adding.model.put(FileLine("a.pdf", "damaged", why, technical="no objects found"))
    place.adding.model.put(FileLine("b.pdf", "added"))
    place.adding.resize(420, 440)
    place.adding.show()
    rows = place.adding.list
    first, second = (rows.visualRect(rows.model().index(row, 0)).height() for row in (0, 1))
    lines = rows.itemDelegate()._reason(place.adding.model.lines[0], rows.viewport().width())
    assert " ".join(line.text for line in lines.plain) == why
    assert len(lines.plain) > 1
    assert first > second + 2 * 12


def test_closing_while_files_arrive_leaves_nothing_behind(
    coded, place, settled, tmp_path: Path
) -> None:
    for number in range(3):
        write_pdf(tmp_path / f"Study_{number}.pdf", (f"Study {number}", f"Line {number} of it."))
    place.add_files([str(tmp_path)])
    place.add_files([str(tmp_path)])
    coded.close_project()
    settled()
    assert place.adding.model.lines == ()
    assert not place.adding.isVisible()
    assert place.adding.job is not None
    assert not place.adding.job.running


def test_names_of_studies_are_whole_and_progress_is_in_percent(place) -> None:
    metrics = QFontMetricsF(font("name"))
    room = place.table.columnWidth(0)
    assert all(metrics.horizontalAdvance(label) < room for label in labels(place))
    assert [percent(share) for share in (0.0, 0.002, 0.5, 1.0)] == ["0 %", "1 %", "50 %", "100 %"]


def test_every_language_that_texts_are_recognised_in_has_a_name() -> None:
    for code in {*COMMONEST, *_SCRIPTS}:
        assert language_name(code) != code
        assert language_name(code)[0].isupper()


def test_what_the_engine_said_is_told_apart_from_the_sentence() -> None:
    assert told_apart("It is broken. Save it. (no objects found)") == (
        "It is broken. Save it.", "no objects found",
    )  # fmt: skip
    assert told_apart("The file could not be read (Is a directory).") == (
        "The file could not be read.", "Is a directory",
    )  # fmt: skip
    assert told_apart("The file is empty.") == ("The file is empty.", "")
