"""Disagreements in a queue, decisions about them, and what becomes of both when work changes."""

import pytest

from app.coding.disagreements import list_queue
from app.coding.passages import code_passage, list_codings, resize, set_facet
from app.coding.people import current_round, list_coders
from app.coding.reconciling import (
    ADJUST,
    ASK,
    BOTH,
    DEFER,
    INTERSECTION,
    ISSUE,
    NOTHING,
    OTHER_CODE,
    TAKE,
    UNION,
    Choice,
    accept_agreed,
    boundary_choices,
    consensus_coder,
    decide,
    decide_each,
    preview,
)
from app.coding.roster import reopen_documents, submit_documents
from app.errors import UserError
from app.models.team import CodebookIssue, Decision


@pytest.fixture
def coded(review):
    """Ada and Ben have coded one document and submitted it; Ada leads."""
    project, document = review.project, review.document
    plan = {
        review.ada: [("mandate", 16, 40, "barrier"), ("funding", 60, 80, ""),
                     ("trust", 90, 110, ""), ("scrutiny", 112, 130, ""), ("trust", 16, 39, "")],
        review.ben: [("mandate", 20, 44, "barrier"), ("funding", 60, 80, ""),
                     ("mandate", 90, 110, ""), ("trust", 16, 39, "facilitator")],
    }  # fmt: skip
    for coder, codings in plan.items():
        project.actor_id = coder
        for code, start, end, valence in codings:
            facets = {"valence": [valence]} if valence else {}
            code_passage(project, document, start, end, review.code(code), facets=facets)
        submit_documents(project, [document], round_id=current_round(project).id)
    project.actor_id = review.ada
    return review


def queue(review, **options):
    return list_queue(review.project, current_round(review.project).id, **options)


def entry_of(review, kind):
    return next(e for e in queue(review) if e.item is not None and e.item.kind == kind)


def consensus(review):
    owner = consensus_coder(review.project)
    names = {review.code(k): k for k in ("mandate", "funding", "trust", "scrutiny")}
    return [
        (names[c.code_id], c.start, c.end, c.valence)
        for c in list_codings(review.project, coder_id=owner)
    ]


def test_the_queue_holds_what_differs_and_what_is_agreed(coded):
    found = {(e.item.kind, e.state) for e in queue(coded)}
    assert found == {
        ("boundary", "open"), ("identical", "agreed"), ("other_code", "open"),
        ("one_sided", "open"), ("facets", "open"),
    }  # fmt: skip
    gains = [e.item.gain for e in queue(coded)]
    assert gains == sorted(gains, reverse=True)
    assert gains[0] > 0
    only_ada = queue(coded, coder_ids=[coded.ada])
    assert only_ada == ()


@pytest.mark.parametrize(
    ("choice", "made"),
    [
        (lambda r: Choice(TAKE, coder_id=r.ada), [("mandate", 16, 40)]),
        (lambda r: Choice(TAKE, coder_id=r.ben), [("mandate", 20, 44)]),
        (lambda r: Choice(UNION), [("mandate", 16, 44)]),
        (lambda r: Choice(INTERSECTION), [("mandate", 20, 40)]),
        (lambda r: Choice(ADJUST, span=(18, 40)), [("mandate", 18, 40)]),
        (lambda r: Choice(BOTH), [("mandate", 16, 40), ("mandate", 20, 44)]),
        (
            lambda r: Choice(OTHER_CODE, code_id=r.code("trust"), reason="Fits better"),
            [("trust", 16, 40)],
        ),
        (lambda r: Choice(NOTHING, note="Only a heading"), []),
    ],
)
def test_each_choice_writes_the_consensus_and_leaves_the_originals(coded, choice, made):
    before = [c for c in list_codings(coded.project)]
    entry = entry_of(coded, "boundary")
    chosen = choice(coded)
    names = {coded.code(k): k for k in ("mandate", "funding", "trust", "scrutiny")}
    foreseen = [(names[r.code_id], r.start, r.end) for r in preview(entry, chosen)]
    decide(coded.project, [entry], chosen)
    after = [row[:3] for row in consensus(coded)]
    text_trimmed = [(code, start, end) for code, start, end in made]
    assert len(after) == len(text_trimmed)
    assert [row[0] for row in after] == [row[0] for row in text_trimmed] == [f[0] for f in foreseen]
    assert all(a[1] >= m[1] and a[2] <= m[2] for a, m in zip(after, text_trimmed, strict=True))
    assert all(row[3] == "barrier" for row in consensus(coded))
    assert [
        c for c in list_codings(coded.project) if c.coder_id != consensus_coder(coded.project)
    ] == before
    states = {e.item.ids: e.state for e in queue(coded)}
    assert states[entry.item.ids] == "settled"
    coded.project.undo()
    assert consensus(coded) == []
    assert {e.item.ids: e.state for e in queue(coded)}[entry.item.ids] == "open"


def test_reasons_are_asked_for_where_they_matter(coded):
    entry = entry_of(coded, "one_sided")
    for action in (NOTHING, OTHER_CODE):
        with pytest.raises(UserError, match="reason"):
            decide(coded.project, [entry], Choice(action, code_id=coded.code("trust")))
    with pytest.raises(UserError, match="nothing here"):
        decide(coded.project, [entry], Choice(TAKE, coder_id=coded.ben))


def test_put_off_asked_and_codebook_issue_stay_in_the_queue(coded):
    for action, state in ((DEFER, "deferred"), (ASK, "asked"), (ISSUE, "issue")):
        entry = entry_of(coded, "one_sided")
        decide(coded.project, [entry], Choice(action, note="What is meant?"))
        now = entry_of(coded, "one_sided")
        assert (now.state, now.needs_someone, now.decision.note) == (state, True, "What is meant?")
    with coded.project.read() as session:
        (issue,) = session.query(CodebookIssue).all()
        assert issue.code_id == coded.code("scrutiny")
        assert set(issue.coding_ids) == entry.item.ids
    decide(coded.project, [entry_of(coded, "one_sided")], Choice(NOTHING, reason="A heading"))
    assert entry_of(coded, "one_sided").state == "settled"
    with coded.project.read() as session:
        assert session.query(Decision).count() == 4


def test_deciding_again_takes_the_earlier_result_away(coded):
    decide(coded.project, [entry_of(coded, "boundary")], Choice(UNION))
    first = consensus(coded)
    decide(coded.project, [entry_of(coded, "boundary")], Choice(INTERSECTION))
    assert len(first) == len(consensus(coded)) == 1
    assert consensus(coded) != first
    coded.project.undo()
    assert consensus(coded) == first


def test_a_decision_goes_stale_when_its_input_changes(coded):
    project = coded.project
    entry = entry_of(coded, "boundary")
    decide(project, [entry], Choice(UNION))
    layer = next(c.layer_id for c in list_codings(project) if c.coder_id == coded.ben)
    reopen_documents(project, [layer])
    project.actor_id = coded.ben
    (piece,) = [p.id for p in entry.item.pieces if p.coder == coded.ben]
    set_facet(project, [piece], "valence", ["facilitator"])
    submit_documents(project, [coded.document], round_id=current_round(project).id)
    project.actor_id = coded.ada
    stale = next(e for e in queue(coded) if piece in e.inputs)
    assert (stale.state, stale.decision.action) == ("stale", UNION)
    assert len(consensus(coded)) == 1  # kept until someone decides again
    decide(project, [stale], Choice(TAKE, coder_id=coded.ben))
    assert consensus(coded)[0][3] == "facilitator"
    reopen_documents(project, [layer])
    project.actor_id = coded.ben
    resize(project, piece, 60, 80)
    submit_documents(project, [coded.document], round_id=current_round(project).id)
    assert [e.state for e in queue(coded) if piece in e.inputs] == ["stale"]


def test_what_is_agreed_is_taken_over_in_one_act(coded):
    made = accept_agreed(coded.project, queue(coded))
    assert len(made) == 1
    assert [row[:3] for row in consensus(coded)] == [("funding", 60, 80)] or len(
        consensus(coded)
    ) == 1
    assert accept_agreed(coded.project, queue(coded)) == ()
    (owner,) = [c for c in list_coders(coded.project) if c.role == "consensus"]
    assert owner.id == consensus_coder(coded.project)


def test_boundaries_close_together_are_settled_in_one_batch(coded):
    near = boundary_choices(queue(coded), Choice(UNION), most=4)
    assert len(near) == 1
    assert boundary_choices(queue(coded), Choice(UNION), most=3) == ()
    assert len(boundary_choices(queue(coded), Choice(UNION), least_iou=0.5)) == 1
    decide_each(coded.project, near)
    assert [row[0] for row in consensus(coded)] == ["mandate"]
    assert coded.project.undo_label == "Settle a difference"
