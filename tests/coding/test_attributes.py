"""Attributes of studies: what the team defines, what coders give, what it is compared with."""

from dataclasses import replace

import pytest

from app.coding.adding import store_document
from app.coding.attribute_columns import guess_kind, take_columns
from app.coding.attribute_evidence import forget_evidence, show_evidence
from app.coding.attribute_values import (
    ValueEntry,
    list_values,
    read_cells,
    set_value,
    set_value_note,
    set_values,
    settle_value,
)
from app.coding.attributes import (
    STARTERS,
    AttributeDraft,
    add_attributes,
    change_attribute,
    list_attributes,
    parse_value,
    reorder_attributes,
    retire_attribute,
)
from app.coding.references import ReferenceRecord
from app.coding.studies import (
    join_studies,
    list_studies,
    match_new_pdfs,
    match_references,
    set_integrity,
)
from app.errors import UserError
from app.models.evidence import Document, TextLayer
from tests.coding.conftest import Review, extracted


def studies(review: Review) -> dict[str, str]:
    return {study.label: study.id for study in list_studies(review.project)}


def names(review: Review) -> list[str]:
    return [attribute.name for attribute in list_attributes(review.project)]


@pytest.fixture
def setting(review: Review) -> str:
    draft = AttributeDraft("Setting", "choices", ("Custody", "Community"))
    return add_attributes(review.project, [AttributeDraft("Country"), draft])[1]


def test_attributes_are_defined_ordered_and_retired_with_undo(review: Review) -> None:
    ids = add_attributes(review.project, STARTERS)
    assert names(review)[:3] == ["Country", "Setting", "Participation"]
    reorder_attributes(review.project, [ids[2], ids[0]])
    assert names(review)[:3] == ["Participation", "Country", "Setting"]
    retire_attribute(review.project, ids[0])
    assert "Country" not in names(review)
    review.project.undo()
    review.project.undo()
    assert names(review)[:2] == ["Country", "Setting"]
    assert review.project.undo() == "Add 11 attributes"
    assert names(review) == []


IMPOSSIBLE = (
    (AttributeDraft("  "), "needs a name"),
    (AttributeDraft("COUNTRY"), "Country already"),
    (AttributeDraft("Design", "choice"), "needs a list"),
    (AttributeDraft("Design", "choice", ("Survey", "survey ")), "same word"),
    (AttributeDraft("Design", "choices", ("a; b",)), "semicolon"),
)


def test_what_cannot_be_an_attribute_is_told(review: Review, setting: str) -> None:
    for draft, words in IMPOSSIBLE:
        with pytest.raises(UserError, match=words):
            add_attributes(review.project, [draft])
    assert names(review) == ["Country", "Setting"]


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        ("text", "  two\n words ", ("two words",)),
        ("number", "1,200", ("1200",)),
        ("number", "1,5", ("1.5",)),
        ("number", "−3", ("-3",)),
        ("year", "2019", ("2019",)),
        ("yes_no", "Y", ("Yes",)),
        ("choice", "custody", ("Custody",)),
        ("choices", "community; custody;community", ("Community", "Custody")),
        ("choices", " ; ", ()),
    ],
)
def test_what_is_typed_becomes_a_value(kind: str, typed: str, kept: tuple[str, ...]) -> None:
    attribute = replace(
        list_kind(kind), options=("Custody", "Community") if "choice" in kind else ()
    )
    assert parse_value(attribute, typed) == kept


def list_kind(kind: str):
    from app.coding.attributes import AttributeInfo

    return AttributeInfo("id", "key", "Setting", kind)


@pytest.mark.parametrize(
    ("kind", "typed"),
    [("number", "many"), ("year", "21"), ("yes_no", "maybe"), ("choice", "Moon")],
)
def test_what_does_not_fit_is_refused_in_a_sentence(kind: str, typed: str) -> None:
    with pytest.raises(UserError, match=typed):
        parse_value(replace(list_kind(kind), options=("Custody",)), typed)


def test_two_coders_say_the_same_or_differ_and_the_team_settles(
    review: Review, setting: str
) -> None:
    project, study = review.project, studies(review)["Okafor 2021"]
    key = (study, setting)
    set_value(project, study, setting, "Custody")
    assert read_cells(project)[key].state == "own"
    set_value(project, study, setting, "Custody; Community", coder_id=review.ben)
    assert read_cells(project)[key].state == "differ"
    set_value(project, study, setting, "community; custody")
    assert read_cells(project)[key].state == "agree"
    set_value(project, study, setting, "")
    cell = read_cells(project)[key]
    assert (cell.state, cell.own, cell.shown.text) == ("other", None, "Custody; Community")
    settle_value(project, study, setting, ["Community"], reason="Table 1 says so.")
    cell = read_cells(project)[key]
    assert (cell.state, cell.shown.text, cell.shown.note) == (
        "settled", "Community", "Table 1 says so.",
    )  # fmt: skip
    assert project.undo() == "Settle attribute"
    assert read_cells(project)[key].state == "other"


def test_many_values_are_set_in_one_act_or_none_is(review: Review, setting: str) -> None:
    known = studies(review)
    entries = [ValueEntry(known["Okafor 2021"], setting, "Custody")]
    with pytest.raises(UserError, match="Lind 2019: “Moon”"):
        set_values(review.project, [*entries, ValueEntry(known["Lind 2019"], setting, "Moon")])
    assert list_values(review.project) == ()
    entries.append(ValueEntry(known["Lind 2019"], setting, "Community"))
    assert set_values(review.project, entries) == 2
    assert review.project.undo() == "Set 2 attribute values"
    assert list_values(review.project) == ()


def test_a_list_changes_without_losing_values(review: Review, setting: str) -> None:
    study = studies(review)["Okafor 2021"]
    set_value(review.project, study, setting, "Custody")
    lists = AttributeDraft("Setting", "choices", ("Prison", "Community"))
    change_attribute(review.project, setting, lists, renamed={"Custody": "Prison"})
    assert list_values(review.project)[0].values == ("Prison",)
    with pytest.raises(UserError, match="Prison"):
        change_attribute(review.project, setting, AttributeDraft("Setting", "choice", ("Home",)))
    change_attribute(review.project, setting, AttributeDraft("Where", "text"))
    assert list_values(review.project)[0].values == ("Prison",)
    assert names(review) == ["Country", "Where"]


def test_a_value_points_to_its_passage_also_after_a_new_reading_of_the_text(
    review: Review, setting: str
) -> None:
    project, study = review.project, studies(review)["Okafor 2021"]
    start, end = review.place("coordin-\nators said")
    with pytest.raises(UserError, match="no value yet"):
        show_evidence(project, setting, review.document, start, end)
    show_evidence(project, setting, review.document, start - 1, end, ["Custody"])
    value = read_cells(project)[study, setting].evidence
    assert value is not None
    assert (value.start, value.end, value.page, value.anchor_state) == (start, end, 1, "exact")
    set_value(project, study, setting, "Community")
    assert read_cells(project)[study, setting].evidence.quote == "coordin-\nators said"

    with project.cache() as session:
        old = session.get_one(TextLayer, session.get_one(Document, review.document).text_layer_id)
        again = {c: getattr(old, c) for c in ("document_id", "device_id", "text_sha256")}
        session.add(
            TextLayer(
                id="again", text="Cover page\n" + old.text.replace("coordin-\n", "coordin\u00ad"),
                extractor="test", extractor_version="2", flags=0, **again,
            )
        )  # fmt: skip
    with project.change("Read again") as session:
        session.get_one(Document, review.document).text_layer_id = "again"
    value = list_values(project)[0]
    assert value.anchor_state == "moved"
    assert value.start == start + len("Cover page\n")

    forget_evidence(project, value.id)
    assert list_values(project)[0].document_id == ""
    assert list_values(project)[0].values == ("Community",)


def test_notes_belong_to_a_value(review: Review, setting: str) -> None:
    study = studies(review)["Okafor 2021"]
    with pytest.raises(UserError, match="no value yet"):
        set_value_note(review.project, study, setting, "Why")
    set_value(review.project, study, setting, "Custody")
    set_value_note(review.project, study, setting, "Only the pilot.")
    assert list_values(review.project)[0].note == "Only the pilot."


def test_joining_hands_values_marks_and_notes_over(review: Review, setting: str) -> None:
    project, known = review.project, studies(review)
    set_value(project, known["Okafor 2021"], setting, "Custody")
    set_value(project, known["Lind 2019"], setting, "Community")
    set_value(project, known["Lind 2019"], setting, "Community", coder_id=review.ben)
    set_integrity(project, known["Lind 2019"], "retracted", "By the publisher, 2023.")
    kept = join_studies(project, [known["Okafor 2021"], known["Lind 2019"]])
    values = {value.coder_id: value for value in list_values(project)}
    assert {value.study_id for value in values.values()} == {kept}
    assert values[review.ada].values == ("Custody",)
    assert values[review.ada].note == "Before joining: Community"
    assert values[review.ben].values == ("Community",)
    (study,) = list_studies(project)
    assert (study.flag, study.flag_note) == ("retracted", "By the publisher, 2023.")
    project.undo()
    assert len(list_values(project)) == 3


def test_a_mark_is_set_with_its_reason_and_taken_away(review: Review) -> None:
    study = studies(review)["Okafor 2021"]
    set_integrity(review.project, study, "concern", "Doubts about the data.")
    row = next(one for one in list_studies(review.project) if one.id == study)
    assert (row.flag, row.flag_note) == ("concern", "Doubts about the data.")
    set_integrity(review.project, study, "")
    row = next(one for one in list_studies(review.project) if one.id == study)
    assert (row.flag, row.flag_note) == ("", "")
    with pytest.raises(UserError, match="no mark wrong"):
        set_integrity(review.project, study, "wrong")


ROE = ReferenceRecord(
    title="Handing over without a word",
    authors=("Roe, J.",),
    year=2018,
    extra=(("country", "Norway"), ("sample size", "1,041"), ("Setting", "Moon")),
)


def test_a_pdf_that_comes_after_the_list_goes_to_the_record_that_waits(
    review: Review, setting: str
) -> None:
    project = review.project
    result = match_references(project, [ROE])
    waiting = studies(review)["Roe 2018"]
    taken = take_columns(project, result.studies, ["country", "sample size", "Setting"])
    assert (taken.attributes, taken.values) == (1, 2)
    assert taken.problems == ("“Moon” is not in the list of Setting.",)
    kinds = {attribute.name: attribute.kind for attribute in list_attributes(project)}
    assert kinds == {"Country": "text", "Setting": "choices", "Sample size": "number"}

    late = replace(extracted("c"), title=ROE.title)
    added = store_document(project, "c.pdf", b"%PDF-c", late, "late")
    matched = match_new_pdfs(project, [added], "late")
    assert [match.document_id for match in matched.matched] == [added]
    row = next(one for one in list_studies(project) if one.id == waiting)
    assert (row.label, row.document_count, len(studies(review))) == ("Roe 2018", 1, 3)
    assert {value.study_id for value in list_values(project)} == {waiting}
    assert project.undo() == "Add PDFs"
    row = next(one for one in list_studies(project) if one.id == waiting)
    assert row.document_count == 0


@pytest.mark.parametrize(
    ("texts", "kind"),
    [
        (["2019", "2020"], "year"),
        (["12", "1,040.5"], "number"),
        (["yes", "No"], "yes_no"),
        (["a", "b", "a", "b"], "choice"),
        (["a;b", "b", "a", "a; b"], "choices"),
        (["a", "b", "c"], "text"),
        ([], "text"),
    ],
)
def test_the_kind_of_a_column_is_guessed(texts: list[str], kind: str) -> None:
    assert guess_kind(texts)[0] == kind
