from app.coding.passages import list_codings, remove_codings
from app.ui.views.evidence_source import EvidenceSource
from app.ui.views.extracts_source import ExtractsSource


def test_evidence_is_read_anew_in_the_background_a_moment_after_a_change(coded, qtbot) -> None:
    source = EvidenceSource.of(coded.bridge)
    assert EvidenceSource.of(coded.bridge) is source
    before = source.evidence()
    assert source.codings_of_codes()["x1"] == 3
    with qtbot.waitSignal(source.changed, timeout=5000):
        codings = list_codings(coded.bridge.project, code_id="x1")
        remove_codings(coded.bridge.project, [codings[0].id])
        assert source.evidence() is before  # coding does not wait for the count
    assert source.codings_of_codes()["x1"] == 2
    assert source.studies_of_codes()["x1"] == 2
    assert len(source.documents()) == 3


def test_nothing_is_given_without_a_project(coded) -> None:
    source, extracts = EvidenceSource.of(coded.bridge), ExtractsSource.of(coded.bridge)
    source.evidence()
    coded.close_project()
    assert source.evidence() is None
    assert source.codebook() is None
    assert source.studies_of_codes() == {}
    called = []
    extracts.when_current(lambda: called.append(1))
    assert called == []
    assert extracts.extracts() == ()


def test_extracts_are_read_once_for_all_who_ask(coded, settled) -> None:
    extracts = ExtractsSource.of(coded.bridge)
    called = []
    extracts.when_current(lambda: called.append("first"))
    extracts.when_current(lambda: called.append("second"))
    assert called == []
    settled()
    assert called == ["first", "second"]
    assert extracts.get(extracts.extracts()[0].coding_id) is extracts.extracts()[0]
    extracts.when_current(lambda: called.append("third"))
    assert called[-1] == "third"
