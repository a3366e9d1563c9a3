"""From a project's layers to the plain data of agreement: who counts, where, and who is missing."""

import pytest

from app.analysis.agreement.passages import disagreements
from app.analysis.agreement.report import Settings
from app.coding.agreement import Question, agreement, load_team_work
from app.coding.areas import code_area
from app.coding.passages import PassageEntry, code_passages
from app.coding.people import add_coder, add_round, list_rounds
from app.models import ids
from app.models.people import Layer
from tests.coding.conftest import Review

QUICK = Settings(replicates=20)
WORDS = {"mandate": "nobody had told", "funding": "The funding", "trust": "the post was lost"}


def code(review: Review, coder: str, keys="", *, document="", round_id=None, valence="barrier"):
    """Code what a key stands for; return the ids."""
    entries = [
        PassageEntry(document or review.document, *review.place(WORDS[key]), review.code(key),
                     {"valence": [valence]})
        for key in keys.split()
    ]  # fmt: skip
    return code_passages(review.project, entries, coder_id=coder, round_id=round_id)


def set_layer(review: Review, coder: str, document: str, state="submitted", round_id=None):
    """Assign a document, or submit the coder's work on it."""
    round_id = round_id or list_rounds(review.project)[0].id
    layer_id = ids.layer_id(document, coder, round_id)
    with review.project.change("Change layer") as session:
        layer = session.get(Layer, layer_id)
        if layer is None:
            session.add(Layer(id=layer_id, document_id=document, coder_id=coder,
                              round_id=round_id, state=state))  # fmt: skip
        else:
            layer.state = state


def row(done, name):
    return next(row for row in done.report.codes if row.name == name)


def test_two_coders_are_compared_code_by_code(review):
    code(review, review.ada, "mandate funding")
    code(review, review.ben, "mandate", valence="facilitator")
    done = agreement(review.project, settings=QUICK)
    assert row(done, "Mandate").text.u_alpha_binary == 1.0
    assert row(done, "Funding").text.only == {review.ada: len(WORDS["funding"]), review.ben: 0}
    assert row(done, "Trust").text.alpha is None
    (facet,) = [f for f in done.report.facets if f.facet == "valence" and not (f.code or f.coders)]
    assert (facet.n_pairs, facet.percent) == (1, 0.0)
    assert facet.confusion == (("Barrier", "Facilitator", 1),)
    assert done.work.open_layers == 2
    assert {named.name for named in done.work.clusters} == {"Systems", "Relations", "Context"}


def test_every_disagreement_names_its_codings(review):
    (ours, alone) = code(review, review.ada, "mandate funding")
    (theirs,) = code(review, review.ben, "mandate", valence="facilitator")
    done = agreement(review.project, settings=QUICK)
    found = {item.code: item for item in disagreements(done.report.layers)}
    assert found[review.code("funding")].coding_ids == {review.ada: (alone,)}
    assert found[review.code("mandate")].coding_ids == {review.ada: (ours,), review.ben: (theirs,)}
    assert found[review.code("mandate")].facets == ("valence",)


def test_submitted_and_empty_is_zero_open_and_empty_is_nothing(review):
    code(review, review.ada, "mandate")
    assert agreement(review.project, settings=QUICK).report.scope.n_texts == 0
    set_layer(review, review.ben, review.document, "open")
    begun = agreement(review.project, settings=QUICK)
    assert (begun.report.scope.n_texts, begun.work.not_begun) == (0, 1)
    set_layer(review, review.ben, review.document)
    done = agreement(review.project, settings=QUICK)
    assert (done.report.scope.n_texts, done.report.scope.finished_empty) == (1, 1)
    assert row(done, "Mandate").text.cohen_kappa == 0.0


def test_only_finished_work_when_asked(review):
    code(review, review.ada, "mandate")
    code(review, review.ben, "mandate")
    question = Question(finished_only=True)
    assert agreement(review.project, question, QUICK).report.scope.n_texts == 0
    for coder in (review.ada, review.ben):
        set_layer(review, coder, review.document)
    done = agreement(review.project, question, QUICK)
    assert (done.report.scope.n_texts, done.work.open_layers) == (1, 0)
    assert done.filters == ("submitted work only",)


def test_the_consensus_takes_part_only_when_named(review):
    consensus = add_coder(review.project, "Consensus", role="consensus")
    code(review, review.ada, "mandate")
    code(review, consensus, "mandate")
    assert agreement(review.project, settings=QUICK).report.scope.n_texts == 0
    asked = Question(coder_ids=frozenset({review.ada, consensus}))
    done = agreement(review.project, asked, QUICK)
    assert done.report.scope.coders == ("Ada Sample", "Consensus")
    assert row(done, "Mandate").text.alpha == 1.0


def test_rounds_stay_apart_or_the_newest_counts(review):
    trial = list_rounds(review.project)[0].id
    main = add_round(review.project, "Main")
    code(review, review.ada, "mandate", round_id=trial)
    code(review, review.ben, "funding", round_id=trial)
    code(review, review.ada, "mandate", round_id=main)
    code(review, review.ben, "mandate", round_id=main)
    both = agreement(review.project, settings=QUICK)
    assert [r.text.alpha == 1.0 for r in both.report.rounds] == [False, True]
    one = agreement(review.project, Question(round_id=trial), QUICK)
    assert row(one, "Mandate").text.cohen_kappa == 0.0
    newest = agreement(review.project, Question(newest_only=True), QUICK)
    assert newest.report.scope.n_texts == 1
    assert row(newest, "Mandate").text.alpha == 1.0


def test_areas_stand_beside_the_text(review):
    for coder, height in ((review.ada, 200), (review.ben, 150)):
        code_area(review.project, review.document, 1, (100, 100, 300, 100 + height),
                  review.code("trust"), coder_id=coder)  # fmt: skip
    trust = row(agreement(review.project, settings=QUICK), "Trust")
    assert trust.areas.both == 200 * 150
    assert trust.areas.size == 2 * 595 * 842
    assert (trust.n_areas, trust.segments.matched) == (2, 1)
    assert trust.presence.both == 1


def test_a_few_documents_know_their_paragraphs(review):
    code(review, review.ada, "mandate")
    work = load_team_work(review.project)
    (continuum,) = work.layers.continua
    assert continuum.paragraphs
    assert continuum.study_label
    assert work.unplaced == 0


def test_the_same_question_has_the_same_answer(review):
    code(review, review.ada, "mandate funding")
    code(review, review.ben, "mandate trust")
    one, other = (agreement(review.project, settings=QUICK) for _ in range(2))
    assert one.report.codes == other.report.codes
    assert one.report.pairs == other.report.pairs


@pytest.mark.parametrize("keys", ["mandate", "trust"])
def test_codes_and_documents_can_be_chosen(review, keys):
    for coder in (review.ada, review.ben):
        code(review, coder, "mandate trust")
        code(review, coder, "mandate", document=review.other_document)
    asked = Question(
        code_ids=frozenset({review.code(keys)}), document_ids=frozenset({review.document})
    )
    done = agreement(review.project, asked, QUICK)
    assert [r.id for r in done.report.codes] == [review.code(keys)]
    assert done.report.scope.n_texts == 1
    assert len(done.filters) == 2
