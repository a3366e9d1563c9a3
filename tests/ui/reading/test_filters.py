"""What is shown of the codings by code, cluster, coder and valence; what is told of the rest."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.coding.codebook import Codebook
from app.coding.passages import code_passage
from app.coding.people import choose_coder, list_coders
from app.exchange.codebook_files import find_codebook
from app.ui.reading.filter_feature import FilterFeature
from app.ui.reading.filters import MarkFilter, passing
from app.ui.reading.marks import Mark
from app.ui.settings import settings
from tests.ui.reading.pages import Reader


@pytest.fixture(scope="module")
def book() -> Codebook:
    return find_codebook("case-management-starter")


def mark(book: Codebook, cluster: int, coder: str = "you", valence: str = "") -> Mark:
    of = book.clusters[cluster].id
    code = next(code for code in book.codes if code.cluster_id == of)
    return Mark("m", 0, 5, code.id, coder, coder == "you", "1", valence, code.name, "")


def test_nothing_chosen_lets_all_through(book: Codebook) -> None:
    assert passing(MarkFilter(), book) is None
    assert not MarkFilter()


def test_each_kind_narrows_what_the_others_let_through(book: Codebook) -> None:
    first = mark(book, 0, valence="barrier")
    by_cluster = passing(MarkFilter(clusters=(book.clusters[0].id,)), book)
    assert by_cluster is not None
    assert by_cluster(first)
    assert not by_cluster(mark(book, 1))
    both = passing(MarkFilter(clusters=(book.clusters[0].id,), valences=("facilitator",)), book)
    assert both is not None
    assert not both(first)
    none = passing(MarkFilter(valences=("",)), book)
    assert none is not None
    assert none(mark(book, 1))
    assert not none(first)
    second = mark(book, 1).code_id
    apart = passing(MarkFilter(clusters=(book.clusters[0].id,), codes=(second,)), book)
    assert apart is not None
    assert not apart(first)
    assert not apart(mark(book, 1))


def test_what_was_kept_comes_back_and_nonsense_counts_as_nothing() -> None:
    chosen = MarkFilter(codes=("a", "b"), valences=("",))
    assert MarkFilter.of(chosen.kept()) == chosen
    assert MarkFilter.of(["x"]) == MarkFilter.of({"codes": "a", "else": [1]}) == MarkFilter()


@pytest.fixture
def coded(reader: Reader) -> Reader:
    """Two codings of yours in different clusters, and one of Jonas's."""
    reader.select("Minutes were kept")
    reader.press_hot_key(0)
    reader.type("-")
    book = reader.state.codebook
    assert book is not None
    own = reader.hot_codes[0].cluster_id
    other = next(c for c in book.codes if c.cluster_id != own)
    reader.select("Most members described")
    reader.acts.code(other.id)
    project = reader.window.bridge.project
    you, jonas = (c.id for c in list_coders(project)[:2])
    choose_coder(project, jonas)
    start, end = reader.find("Three coordinators said")
    code_passage(project, reader.state.info.id, start, end, other.id)
    choose_coder(project, you)
    reader.place._load_people()
    reader.state.set_active(None)
    return reader


def feature(reader: Reader) -> FilterFeature:
    found = reader.place.features["FilterFeature"]
    assert isinstance(found, FilterFeature)
    return found


def shown(reader: Reader) -> int:
    return len(list(reader.state.marks))


def test_the_row_filters_counts_what_it_hides_and_gives_it_back(coded: Reader) -> None:
    filters = feature(coded)
    coded.trigger("read.filters")
    bar = filters.bar
    assert bar.isVisible()
    assert bar.hidden.text() == "All codings are shown"
    assert not bar.show_all.isVisible()
    chip = bar.chips["valences"]
    QTest.keyClick(chip, Qt.Key.Key_Return)
    assert chip.popup is not None
    facts = {choice.label: choice.fact for choice in chip.model.choices}
    assert facts["Barrier"] == "1"
    assert facts["None given"] == "2"
    chip.popup.close()
    chip.choose({"barrier"})
    assert shown(coded) == 1
    assert bar.hidden.text() == "2 codings hidden by filters"
    assert len(coded.view(1).stripes) == 1
    coded.trigger("read.filters")
    assert bar.isVisible(), "it stays while it hides anything"
    assert coded.window.actions_table["read.filters"].isChecked()
    QTest.mouseClick(bar.show_all, Qt.MouseButton.LeftButton)
    assert shown(coded) == 3
    assert not bar.isVisible()
    assert not coded.window.actions_table["read.show_all"].isEnabled()


@pytest.mark.parametrize(("kind", "left"), [("codes", 1), ("clusters", 1), ("coders", 2)])
def test_codes_clusters_and_coders_are_filtered(coded: Reader, kind: str, left: int) -> None:
    first = coded.hot_codes[0]
    keys = {"codes": first.id, "clusters": first.cluster_id, "coders": coded.state.coder_id}
    feature(coded).choose(MarkFilter(**{kind: (keys[kind],)}))
    assert shown(coded) == left
    assert feature(coded).bar.hidden.text().startswith(str(3 - left))
    coded.place.left.show_tab("codings")
    coded.place.codings.refresh()
    assert coded.place.codings.model.rowCount() == left


def test_filters_are_kept_for_the_project(coded: Reader) -> None:
    feature(coded).choose(MarkFilter(valences=("barrier",)))
    project = coded.window.bridge.project
    assert settings().value(f"read.filters.{project.id}") == {"valences": ["barrier"]}
    feature(coded)._close()
    coded.state.filter(None)
    assert shown(coded) == 3
    coded.window.bridge.opened.emit()
    coded.qtbot.waitUntil(lambda: coded.state.is_open)
    coded.qtbot.waitUntil(lambda: len(coded.state.codings) == 3)
    assert feature(coded).chosen == MarkFilter(valences=("barrier",))
    assert shown(coded) == 1


def test_a_coding_made_behind_the_filter_is_told(coded: Reader) -> None:
    feature(coded).choose(MarkFilter(valences=("facilitator",)))
    coded.select("No handover had been planned")
    coded.press_hot_key(0)
    said = f"Coded as “{coded.hot_code.name}”, which the filters hide."
    assert coded.notices() == [said]
    feature(coded).clear()
    coded.qtbot.waitUntil(lambda: said not in coded.notices())
    assert shown(coded) == 4


def test_the_active_coding_goes_with_what_is_hidden(coded: Reader) -> None:
    coded.trigger("code.next")
    active = coded.state.active
    assert active is not None
    feature(coded).choose(MarkFilter(valences=("facilitator",)))
    assert coded.state.active is None
    coded.trigger("code.next")
    hints = coded.place.features["KeyFeature"].hints
    assert hints.words.startswith("No coding is shown in this document. Filters hide some")


def test_closing_the_row_by_its_key_gives_the_keyboard_back_to_the_page(reader: Reader) -> None:
    reader.canvas.setFocus()
    reader.trigger("read.filters")
    feature = reader.place.features["FilterFeature"]
    assert isinstance(feature, FilterFeature)
    assert feature.bar.isVisible()
    assert not reader.canvas.hasFocus()
    reader.trigger("read.filters")
    assert not feature.bar.isVisible()
    assert reader.canvas.hasFocus()
