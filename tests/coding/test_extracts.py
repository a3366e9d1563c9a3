from app.coding.extracts import ExtractFilter, load_extracts, quote_with_citation
from app.coding.passages import code_passage, set_coding_memo


def test_an_extract_carries_all_that_a_citation_needs(review):
    start, _ = review.place("coordin-")
    _, end = review.place("remit ended.")
    coding = code_passage(
        review.project,
        review.document,
        start,
        end,
        review.code("mandate"),
        facets={"valence": ["moderates"], "stage": ["whole", "delivery"]},
        condition="where no lead is named",
    )
    set_coding_memo(review.project, coding, "strong")
    (extract,) = load_extracts(review.project)
    assert (
        extract.quote == "coordin-\nators said that nobody had told\nthem where their remit ended."
    )
    assert extract.clean == "coordinators said that nobody had told them where their remit ended."
    assert (extract.study, extract.document) == ("Okafor 2021", "02_Okafor_2021.pdf")
    assert (extract.page, extract.page_label) == (1, "12")
    assert (extract.code, extract.cluster, extract.category) == ("Mandate", "Systems", "Group 1")
    assert (extract.valence_label, extract.condition) == ("Moderates", "where no lead is named")
    assert extract.stage_labels == ("Whole", "Delivery")
    assert (extract.coder, extract.round, extract.memo) == ("Ada Sample", "Round 1", "strong")


def test_a_quote_across_pages_leaves_running_heads_out(review):
    start, _ = review.place("remit ended")
    _, end = review.place("two-page agreement")
    code_passage(review.project, review.document, start, end, review.code("trust"))
    (extract,) = load_extracts(review.project)
    assert extract.clean == "remit ended. A two-page agreement"
    quoted = quote_with_citation(review.project, review.document, start, end)
    assert quoted == "“remit ended. A two-page agreement” (Title of a, pp. 12–13)"


def test_filters_narrow_by_every_column(review):
    def code(words, key, valence, document=None):
        code_passage(
            review.project,
            document or review.document,
            *review.place(words),
            review.code(key),
            facets={"valence": [valence] if valence else []},
        )

    code("funding", "funding", "barrier")
    code("panel", "trust", "facilitator")
    code("panel", "scrutiny", "", review.other_document)
    project = review.project

    def count(**narrow):
        return len(load_extracts(project, ExtractFilter(**narrow)))

    assert count() == 3
    assert count(code_ids=frozenset({review.code("trust")})) == 1
    assert count(valences=frozenset({"barrier", ""})) == 2
    assert count(document_ids=frozenset({review.other_document})) == 1
    assert count(coder_ids=frozenset({review.ben})) == 0
    assert count(stages=frozenset({"whole"})) == 0
    assert count(stages=frozenset({""})) == 3
    assert count(text="FUND") == 1
