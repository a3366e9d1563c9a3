"""Differences in the window: decided by keyboard, rows asserted, undone, gone stale, in bulk."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from app.coding.attribute_differences import list_attribute_differences
from app.coding.codebook_issues import list_issues
from app.coding.disagreements import list_queue
from app.coding.documents import load_text
from app.coding.listing import list_codings
from app.coding.passages import resize
from app.coding.people import current_round, list_coders, list_layers
from app.coding.reconciling import consensus_coder
from app.coding.roster import reopen_documents, submit_documents
from app.models.team import Decision
from tests.ui.team.conftest import LINE, open_row

Key = Qt.Key

# Kind of difference, keys, and the consensus then: (code, start and end in its line, valence).
STEPS = (
    ("boundary", "u", [("x1", 5, 36, "barrier")]),
    ("boundary", "i", [("x1", 5, 30, "barrier")]),
    ("boundary", "a", [("x1", 5, 30, "barrier")]),
    ("boundary", "b", [("x1", 5, 36, "barrier")]),
    ("nested", "o", [("x1", 5, 50, ""), ("x1", 12, 30, "")]),
    ("nested", "u", [("x1", 5, 50, "")]),
    ("nested", "b", [("x1", 12, 30, "")]),
    ("nested", ("d", Key.Key_Return), [("x1", 5, 50, "")]),
    ("only A", "a", [("x2", 5, 30, "")]),
    ("only A", ("n", "1"), []),
    ("only A", ("n", "s", "o", Key.Key_Return), []),
    ("only B", "b", [("x2", 5, 30, "")]),
    ("only B", "i", None),
    ("only B", ("d", Key.Key_Return), [("x2", 5, 30, "")]),
    ("only B", "l", []),
    ("only B", ("?", "w", "h", "y", Key.Key_Return), []),
    ("only A", ("k", Key.Key_Return), []),
    ("other_code", "a", [("x3", 5, 40, "")]),
    ("other_code", ("c", *"shared", Key.Key_Return, "2"), [("x2", 5, 40, "")]),
    ("facets", "a", [("x4", 5, 30, "barrier")]),
    ("facets", "b", [("x4", 5, 30, "facilitator")]),
    ("split", "a", [("x5", 5, 44, "")]),
    ("split", "b", [("x5", 5, 20, ""), ("x5", 26, 44, "")]),
)


def consensus(settler):
    owner = consensus_coder(settler.project)
    return sorted(
        (c.document_id, c.code_id, c.start, c.end, c.valence)
        for c in list_codings(settler.project, coder_id=owner)
    )


def expected(settler, row, results):
    text = load_text(settler.project, row.document_id).text
    line = row.entry.item.start // LINE * LINE
    made = []
    for code, start, end, valence in results:
        first, last = line + start, line + end
        words = text[first:last]
        first += len(words) - len(words.lstrip())
        last -= len(words) - len(words.rstrip())
        made.append((row.document_id, code, first, last, valence))
    return made


def test_all_kinds_are_settled_by_keyboard_and_the_rows_are_what_was_decided(settler):
    kinds = {row.kind for row in settler.view.queue.rows}
    assert kinds == {"boundary", "nested", "one_sided", "other_code", "facets", "identical",
                     "split", "attribute"}  # fmt: skip
    assert settler.view.left._done.text() == "0 of 23 settled"
    before = [c for c in list_codings(settler.project)]
    wanted, settled = [], 0
    for kind, keys, results in STEPS:
        row = open_row(settler, kind)
        settler.choose(row)
        settler.press(*keys)
        after = settler.view.queue.row(row.key)
        if results is None:
            # One coder alone shares nothing: the key does not do it.
            assert after.state == "open"
            continue
        wanted += expected(settler, row, results)
        states = {"l": "deferred", "?": "asked", "k": "issue"}
        assert after.state == states.get(keys[0], "settled"), (kind, keys)
        settled += after.state == "settled"
        assert consensus(settler) == sorted(wanted), (kind, keys)
        here = settler.view.left.list.row()
        assert here is None or here.key != row.key or after.state != "settled"
    assert settled >= 19
    settler.choose(settler.row("attribute"))
    settler.press("b")
    (difference,) = list_attribute_differences(settler.project)
    assert (difference.state, difference.settled.text) == ("settled", "Norway")
    fresh = list_queue(settler.project, current_round(settler.project).id)
    assert sum(entry.state == "settled" for entry in fresh) == settled
    assert settler.view.queue.settled == settled + 1
    originals = [c for c in list_codings(settler.project) if c in before]
    assert originals == before
    (issue,) = list_issues(settler.project)
    assert len(issue.coding_ids) == 1


def test_reasons_and_questions_are_kept_with_the_decision(settler):
    settler.choose(open_row(settler, "one_sided"))
    settler.press("n", "2")
    settler.choose(open_row(settler, "split"))
    settler.press("?", "w", "h", "y", Key.Key_Return)
    with settler.project.read() as session:
        found = {d.action: (d.reason, d.note) for d in session.query(Decision)}
    assert found == {
        "nothing": ("Not evidence (method, background)", ""),
        "ask": ("", "why"),
    }
    settler.choose(settler.row("split", "asked"))
    settler.view.side.note.setFocus()
    settler.press("y", "e", "s", Key.Key_Return)
    (row,) = settler.rows("split", "asked")
    settler.choose(row)
    shown = settler.said()
    assert "why" in shown
    assert "yes" in shown


def test_the_next_open_one_comes_up_and_z_takes_back(settler):
    rows = settler.view.left.list.differences.rows
    first = next(r for r in rows if r.kind == "boundary")
    place = settler.view.left.list.differences.place_of(first.key)
    settler.choose(first)
    settler.press("u")
    assert settler.view.left.list.row().key == rows[place + 1].key
    assert settler.project.undo_label.startswith("Take union, Clarity of mandate")
    settler.press("z")
    assert consensus(settler) == []
    assert settler.view.queue.row(first.key).state == "open"
    assert settler.view.left.list.row().key == first.key


def test_nothing_is_chosen_beforehand_and_pointing_previews(settler):
    settler.choose(open_row(settler, "boundary"))
    grid = settler.view.side.grid
    assert not any(made.hasFocus() or made.isDown() for made in grid.buttons.values())
    assert settler.view.pages.lanes.preview == ()
    union = grid.buttons["union"]
    QTest.mouseMove(union, union.rect().center())
    union.setFocus(Qt.FocusReason.TabFocusReason)
    (box,) = settler.view.pages.lanes.preview
    item = settler.view.stage.row.entry.item
    assert (box.start, box.end) == (item.start, item.end)
    assert settler.view.pages.marks.scene.preview == (box,)
    settler.view.take_focus()
    assert settler.view.pages.lanes.preview == ()
    assert consensus(settler) == []


def test_what_only_one_coded_is_hatched_and_the_shared_part_solid(settler):
    row = open_row(settler, "boundary")
    settler.choose(row)
    marks = settler.view.pages.marks
    lanes = [(s.end - s.start, sorted(s.lanes)) for s in marks._stretches]
    assert [found for _length, found in lanes] == [[0, 1], [1]]
    heads = settler.view.pages.lanes.heads
    assert [(head.sign, head.kind) for head in heads] == [
        ("A", "you"), ("B", "other"), ("C", "consensus"),
    ]  # fmt: skip
    assert settler.view.pages.lanes.bars
    here = {bar.lane for bar in settler.view.pages.lanes.bars if bar.key == row.key}
    assert here == {0, 1}


def test_a_decision_goes_stale_when_its_coding_changes(settler):
    row = open_row(settler, "boundary")
    settler.choose(row)
    settler.press("a")
    project, ben = settler.project, list_coders(settler.project)[1].id
    (layer,) = [
        x for x in list_layers(project) if x.coder_id == ben and x.document_id == row.document_id
    ]
    reopen_documents(project, [layer.id])
    lead = project.actor_id
    project.choose_actor(ben)
    piece = next(p for p in row.entry.item.pieces if p.coder == ben)
    resize(project, piece.id, piece.start, piece.end + 6)
    submit_documents(project, [row.document_id], round_id=layer.round_id)
    project.choose_actor(lead)
    settler.wait()
    stale = next(r for r in settler.view.queue.rows if r.state == "stale")
    settler.choose(stale)
    told = settler.said()
    assert "Since this was settled: 1 coding changed." in told
    settler.press("u")
    assert settler.view.queue.row(stale.key).state == "settled"
    ((_document, _code, _start, end, _valence),) = consensus(settler)
    assert end == piece.end + 6
    assert len(consensus(settler)) == 1


def test_bulk_is_previewed_settled_as_one_and_taken_back(settler):
    settler.view.bulk_button.click()
    settler.wait()
    bulk = settler.view.bulk
    bulk.apart.setValue(3)
    assert settler.view.left.list.differences.rows == ()
    bulk.apart.setValue(8)
    assert len(settler.view.left.list.differences.rows) == 4
    assert bulk.settle.text() == "Settle 4 differences"
    assert consensus(settler) == []
    QTest.mouseClick(bulk.settle, Qt.MouseButton.LeftButton)
    settler.wait()
    assert len(consensus(settler)) == 4
    assert settler.view.queue.settled == 4
    assert settler.project.undo_label == "Settle 4 differences in bulk"
    settler.press("z")
    assert (consensus(settler), settler.view.queue.settled) == ([], 0)


def test_what_all_agree_on_is_accepted_in_one_act(settler):
    accept = settler.view.left.accept
    assert accept.text() == "Accept 2 agreed"
    QTest.mouseClick(accept, Qt.MouseButton.LeftButton)
    settler.wait()
    assert [made[1] for made in consensus(settler)] == ["x5", "x5"]
    assert not accept.isVisible()
    assert settler.view.queue.total == 23


def test_names_are_hidden_everywhere_and_it_is_remembered(settler):
    settler.choose(open_row(settler, "boundary"))
    names = lambda: [head.name for head in settler.view.pages.lanes.heads]  # noqa: E731
    assert names() == ["Ada Sample", "Ben Sample", "Consensus"]
    settler.view.names_box.click()
    settler.wait()
    assert names() == ["Coder 1", "Coder 2", "Consensus"]
    assert settler.view.side.grid.buttons["take 1"].text() == "Take Coder 2"
    texts = [w.text() for w in settler.view.findChildren(QLabel) if w.isVisibleTo(settler.view)]
    assert not any("Sample" in text for text in texts)
    settler.press("b")
    assert settler.project.undo_label.startswith("Take Coder 2")


def test_an_earlier_decision_is_gone_to_and_decided_anew(settler):
    first = open_row(settler, "boundary")
    settler.choose(first)
    settler.press("u")
    settler.choose(open_row(settler, "boundary"))
    (link,) = [
        made
        for made in settler.view.side._content.findChildren(QPushButton)
        if made.text().endswith(": union")
    ]
    link.click()
    settler.wait()
    assert settler.view.stage.row.key == first.key
    assert any(words.startswith("Decided by Ada Sample") for words in settler.said())
    union = consensus(settler)
    settler.press("i")
    shared = consensus(settler)
    assert len(union) == len(shared) == 1
    assert shared[0][3] < union[0][3]
    assert settler.view.queue.settled == 1
    assert settler.view.left.list.row().state == "open"


def test_filters_narrow_the_queue_and_say_when_they_hide_all(settler):
    left = settler.view.left
    left.chips["Kind"].choose({"split"})
    assert {row.kind for row in left.list.differences.rows} == {"split"}
    left.chips["State"].choose({"agreed"})
    settler.wait()
    assert not left.list.isVisible()
    assert left.empty.buttons()[0].text() == "Clear filters"
    left.empty.buttons()[0].click()
    assert len(left.list.differences.rows) == 23


def test_you_beside_the_consensus(settler):
    settler.choose(open_row(settler, "boundary"))
    settler.press("b")
    settler.view.left.own.click()
    settler.wait()
    (row,) = [r for r in settler.view.queue.rows if r.kind == "boundary"]
    settler.choose(row)
    assert [head.kind for head in settler.view.pages.lanes.heads] == ["you", "consensus"]
    assert settler.view.deciding_acts.acts == ()
    settler.press("a")
    assert len(consensus(settler)) == 1


def test_a_bar_in_a_lane_leads_to_its_difference(settler):
    rows = sorted(settler.rows("boundary"), key=lambda r: (r.document_id, r.entry.item.start))
    settler.choose(rows[0])
    settler.wait_for_page()
    lanes = settler.view.pages.lanes
    wanted = next(r for r in settler.rows("nested") if r.document_id == rows[0].document_id)
    bar = next(b for b in lanes.bars if b.key == wanted.key and b.lane == 0)
    at = lanes._rects(bar.lane, bar.start, bar.end, None)[0].center()
    QTest.mouseClick(
        lanes, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier,
        QPoint(int(at.x()), int(at.y())),
    )  # fmt: skip
    assert settler.view.stage.row.key == wanted.key


def test_alt_and_arrows_walk(settler):
    rows = settler.view.left.list.differences.rows
    settler.choose(rows[4])
    for key, place in ((Key.Key_Down, 5), (Key.Key_Up, 4), (Key.Key_Up, 3)):
        QTest.keyClick(settler.keyboard(), key, Qt.KeyboardModifier.AltModifier)
        assert settler.view.left.list.row().key == rows[place].key


def test_the_consensus_is_not_counted_beside_the_coders_unless_it_is_chosen(settler, qtbot):
    settler.choose(open_row(settler, "boundary"))
    settler.press("u")
    (owner,) = [c.id for c in list_coders(settler.project) if c.role == "consensus"]
    extracts = settler.window.go("extracts")
    qtbot.waitUntil(lambda: bool(extracts.shown()), timeout=8000)
    settler.wait()
    assert {one.coder for one in extracts.shown()} == {"Ada Sample", "Ben Sample"}
    assert extracts._row._count.text().endswith("without the consensus")
    extracts.filters_of_codings.chips["coder"].choose({owner})
    assert [one.coder for one in extracts.shown()] == ["Consensus"]
    assert "without" not in extracts._row._count.text()
    analysis = settler.window.go("analysis")
    qtbot.waitUntil(lambda: analysis.state.figure is not None, timeout=8000)
    settler.wait()
    assert "the consensus is left out" in analysis.state.figure.caption
    assert len(analysis.state.evidence) == len(list_codings(settler.project)) - 1
