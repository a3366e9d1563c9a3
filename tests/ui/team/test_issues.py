"""Codebook issues in the window: raised while settling, cleared up, closed, opened again."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.coding.codebook_issues import list_issues
from app.coding.codebooks import load_codebook
from app.coding.rechecks import list_rechecks
from app.ui.team.issues import IssuesView
from tests.ui.team.conftest import open_row

Key = Qt.Key


def issues_of(settler) -> IssuesView:
    view = settler.window.workbench.place.show_view("issues")
    settler.wait()
    return view


def test_an_issue_is_cleared_up_closed_and_opened_again(settler):
    view = issues_of(settler)
    assert view._stack.currentWidget() is view._empty
    settler.window.workbench.place.show_view("settle")
    settler.wait()
    settler.choose(open_row(settler, "boundary"))
    settler.press("k", *"unclear", Key.Key_Return)
    view = issues_of(settler)
    row = view.chosen()
    assert (row.issue.title, row.code_name, len(row.passages)) == (
        "unclear", "Clarity of mandate", 2,
    )  # fmt: skip
    assert view.fact == "1 open"
    view.definition.edit.setPlainText("Whether each body knows what it may do, in writing.")
    view.again.setChecked(True)
    QTest.mouseClick(view.close_button, Qt.MouseButton.LeftButton)
    settler.wait()
    code = load_codebook(settler.project).code("x1")
    assert code.definition == "Whether each body knows what it may do, in writing."
    (recheck,) = list_rechecks(settler.project)
    assert recheck.reason == "unclear"
    assert view.fact == "0 open"
    assert not view.close_button.isVisible()
    QTest.mouseClick(view.reopen_button, Qt.MouseButton.LeftButton)
    settler.wait()
    assert [issue.state for issue in list_issues(settler.project)] == ["open"]
    assert view.close_button.isVisible()
    settler.project.undo()
    settler.project.undo()
    settler.wait()
    assert load_codebook(settler.project).code("x1").definition == (
        "Whether each body knows what it may do."
    )


def test_its_passages_lead_to_the_page_and_its_code_to_the_codebook(settler, monkeypatch):
    settler.choose(open_row(settler, "nested"))
    settler.press("k", Key.Key_Return)
    view = issues_of(settler)
    asked = []
    monkeypatch.setattr(settler.window, "open_passage", lambda *place: asked.append(place))
    monkeypatch.setattr(settler.window, "show_code", lambda code: asked.append(code))
    view.passages.enter()
    QTest.keyClick(view.passages, Key.Key_Return)
    row = view.chosen().passages[0]
    view.code_button.click()
    assert asked == [(row.document_id, row.start, row.end), "x1"]


def test_a_changed_definition_is_marked_beside_the_difference(settler):
    settler.choose(open_row(settler, "boundary"))
    settler.press("k", Key.Key_Return)
    view = issues_of(settler)
    view.definition.edit.setPlainText("Whether each body knows what it must do.")
    view.close_button.click()
    settler.wait()
    settler.window.workbench.place.show_view("settle")
    settler.wait()
    (waiting,) = settler.rows("boundary", "issue")
    settler.choose(waiting)
    told = " ".join(settler.said())
    assert "Changed since" in told
    assert ">may</s>" in told.replace(" may<", ">may<").replace("> may", ">may")
    assert "must" in told
    settler.view.left.meaning.click()
    kinds = {row.code_ids for row in settler.view.left.list.differences.rows}
    assert kinds == {("x1",)}
