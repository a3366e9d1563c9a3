"""Runs that are kept, ratings, coders beside the consensus, and the log of decisions."""

import pytest

from app.analysis.agreement.passages import disagreements
from app.analysis.agreement.report import Settings
from app.coding.agreement import Question, agreement
from app.coding.agreement_runs import (
    compare_run,
    find_run,
    keep_run,
    list_runs,
    remove_run,
    rename_run,
    repeat_run,
)
from app.coding.areas import code_area
from app.coding.decision_log import list_decision_lines
from app.coding.disagreements import list_queue
from app.coding.passages import code_passage
from app.coding.people import current_round, list_layers
from app.coding.reconciling import NOTHING, TAKE, Choice, consensus_coder, decide
from app.coding.roster import reopen_documents, submit_documents
from app.errors import UserError
from app.models import ids
from app.models.evidence import Document, Report
from app.models.team import Rating

QUICK = Settings(replicates=20, seed=7)


@pytest.fixture
def coded(review):
    """Ada and Ben differ in the ends of a passage, and in one that only Ada has."""
    for coder, plan in (
        (review.ada, (("mandate", 16, 40), ("funding", 60, 80))),
        (review.ben, (("mandate", 20, 40),)),
    ):
        review.project.actor_id = coder
        for code, start, end in plan:
            code_passage(review.project, review.document, start, end, review.code(code))
        submit_documents(
            review.project, [review.document], round_id=current_round(review.project).id
        )
    review.project.actor_id = review.ada
    return review


def keep(review, name="Calibration", question=None):
    question = question or Question(finished_only=True)
    done = agreement(review.project, question, QUICK)
    return keep_run(review.project, name, done, question)


def test_a_kept_run_repeats_to_the_digit(coded):
    question = Question(
        coder_ids=frozenset({coded.ada, coded.ben}), code_ids=frozenset({coded.code("mandate")})
    )
    run = find_run(coded.project, keep(coded, question=question))
    assert (run.name, run.question, run.settings) == ("Calibration", question, QUICK)
    again = repeat_run(coded.project, run)
    compared = compare_run(run, again, question)
    assert compared.same_input
    assert compared.same_settings
    assert compared.same_version
    assert not compared.codes
    assert compared.sentence() == "The same codings, same settings: the numbers are the same."
    row = next(row for row in again.report.codes if row.name == "Mandate")
    assert run.codes[row.id]["u_alpha"] == row.text.u_alpha_binary
    assert run.codes[row.id]["only"] == {coded.ada: 4, coded.ben: 0}


def test_a_run_tells_what_changed_since(coded):
    question = Question()
    run = find_run(coded.project, keep(coded, question=question))
    round_id = current_round(coded.project).id
    coded.project.actor_id = coded.ben
    layers = [x.id for x in list_layers(coded.project) if x.coder_id == coded.ben]
    reopen_documents(coded.project, layers)
    code_passage(coded.project, coded.document, 60, 80, coded.code("funding"))
    submit_documents(coded.project, [coded.document], round_id=round_id)
    compared = compare_run(run, repeat_run(coded.project, run), question)
    assert not compared.same_input
    assert compared.same_settings
    (change,) = compared.codes
    assert change.name == "Funding"
    assert change.before < 0
    assert change.now == 1
    assert compared.sentence() == (
        "Other codings, same settings: the numbers are others for 1 code."
    )
    slower = agreement(coded.project, question, Settings(replicates=30, seed=7))
    assert not compare_run(run, slower).same_settings


def test_runs_have_names_of_their_own_and_undo(coded):
    first = keep(coded)
    with pytest.raises(UserError, match="already"):
        keep(coded, "calibration")
    with pytest.raises(UserError, match="needs a name"):
        keep(coded, "  ")
    keep(coded, "Later")
    rename_run(coded.project, first, "First")
    with pytest.raises(UserError, match="already"):
        rename_run(coded.project, first, "Later")
    remove_run(coded.project, first)
    assert [run.name for run in list_runs(coded.project)] == ["Later"]
    assert coded.project.undo_label == "Remove an agreement run"
    coded.project.undo()
    assert {run.name for run in list_runs(coded.project)} == {"Later", "First"}
    with pytest.raises(UserError, match="no kept run"):
        find_run(coded.project, "Never")


def test_ratings_are_compared_by_rank(coded):
    project = coded.project
    with project.read() as session:
        document = session.get_one(Document, coded.document)
        study = session.get_one(Report, document.report_id).study_id
    plan = {"mandate": (1, 2), "funding": (3, 3), "trust": (2, 2), "scrutiny": (None, 3)}
    with project.change("Rate") as session:
        for code, values in plan.items():
            for coder, value in zip((coded.ada, coded.ben), values, strict=True):
                session.add(
                    Rating(id=ids.new_id(), study_id=study, code_id=coded.code(code),
                           coder_id=coder, state="mixed" if value is None else "rated",
                           value=value or 0)
                )  # fmt: skip
    everything, *single = agreement(project, settings=QUICK).ratings
    assert (everything.scores.n_items, everything.scores.n_pairable) == (4, 3)
    assert everything.scores.percent == pytest.approx(2 / 3)
    assert 0 < everything.scores.alpha < 1
    assert {row.name for row in single} == {"Mandate", "Funding", "Trust", "Scrutiny"}
    assert all(row.scores.n_items == 1 for row in single)


def test_the_consensus_is_compared_apart(coded):
    project, round_id = coded.project, current_round(coded.project).id
    entries = list_queue(project, round_id)
    for entry in entries:
        choice = (
            Choice(TAKE, coded.ada)
            if entry.item.kind != "one_sided"
            else Choice(NOTHING, reason="Not about this factor")
        )
        decide(project, [entry], choice)
    plain = agreement(project, settings=QUICK)
    asked = agreement(project, Question(with_consensus=True), QUICK)
    assert plain.consensus == ()
    assert asked.report.layers.fingerprint() == plain.report.layers.fingerprint()
    pairs = {pair.coders: pair for pair in asked.consensus}
    third = consensus_coder(project)
    assert pairs.keys() == {(coded.ada, third), (coded.ben, third)}
    mandate = next(r for r in pairs[coded.ada, third].codes if r.name == "Mandate")
    assert mandate.text.u_alpha_binary == 1
    assert pairs[coded.ben, third].overall.text.only == {coded.ben: 0, third: 4}

    nothing, took = sorted(list_decision_lines(project), key=lambda line: line.action)
    assert (nothing.action, nothing.reason) == ("Nothing here", "Not about this factor")
    assert nothing.codes == ("Funding",)
    assert (took.coder, took.round, took.superseded) == ("Ada Sample", "Round 1", False)
    assert len(took.compared) == 2
    assert took.compared[0].startswith(("Ada Sample: Mandate, p.", "Ben Sample: Mandate, p."))
    assert took.consensus[0].startswith("Consensus: Mandate")


def test_facets_of_areas_are_compared_too(review):
    for coder, valence in ((review.ada, "barrier"), (review.ben, "facilitator")):
        code_area(
            review.project, review.document, 1, (100, 100, 300, 250), review.code("trust"),
            coder_id=coder, facets={"valence": [valence]},
        )  # fmt: skip
    done = agreement(review.project, settings=QUICK)
    valence = next(f for f in done.report.facets if f.facet == "valence" and not f.code)
    assert (valence.n_pairs, valence.percent) == (1, 0.0)
    assert valence.confusion == (("Barrier", "Facilitator", 1),)
    (item,) = disagreements(done.report.layers)
    assert (item.kind, item.facets) == ("identical", ("valence",))
