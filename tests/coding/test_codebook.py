"""The plain data of a codebook: look-ups, shared ids, standard facets, hot keys."""

import pytest

from app.coding.codebook import (
    Category,
    Cluster,
    Code,
    Codebook,
    hot_key_problem,
    shipped_id,
    standard_facets,
)


@pytest.fixture
def small() -> Codebook:
    cluster = Cluster("c1", "1", "Systems and structures", "1")
    category = Category("g1", "maw", "Structures", "c1")
    codes = (
        Code("k1", "maw.mandate", "Clarity of mandate", "g1", "c1"),
        Code("k2", "maw.roles", "Clarity of roles", "g1", "c1"),
    )
    return Codebook(
        "b1", "small", "Small", "1", "en", "", (cluster,), (category,), codes, standard_facets("s")
    )


def test_parts_are_found_by_id_and_by_key(small: Codebook) -> None:
    assert small.code("k2").name == "Clarity of roles"
    assert small.by_key("maw.mandate").id == "k1"
    assert small.cluster("c1").number == "1"
    assert small.category("g1").cluster_id == "c1"
    assert small.facet("valence").value("moderates").needs_condition


def test_an_unknown_part_is_a_key_error(small: Codebook) -> None:
    for look_up in (small.code, small.by_key, small.cluster, small.category, small.facet):
        with pytest.raises(KeyError):
            look_up("nothing of the kind")
    with pytest.raises(KeyError):
        small.facet("stage").value("nothing of the kind")


def test_equal_codebooks_are_equal_and_can_be_kept_in_sets(small: Codebook) -> None:
    twin = Codebook(
        small.id,
        small.key,
        small.title,
        small.version,
        small.language,
        small.description,
        small.clusters,
        small.categories,
        small.codes,
        small.facets,
    )
    assert twin == small
    assert len({twin, small}) == 1


def test_shipped_ids_never_change() -> None:
    """Project files in the field hold these ids: a change here cuts them off their codebook."""
    assert shipped_id("case-management", "code", "maw.mandate") == (
        "4850bac3-c803-504f-a29b-24a1c5d6b4ec"
    )


def test_shipped_ids_tell_families_kinds_and_keys_apart() -> None:
    ids = {
        shipped_id(family, kind, key)
        for family in ("a", "b")
        for kind in ("code", "category")
        for key in ("x", "y")
    }
    assert len(ids) == 8


def test_standard_facets_are_a_single_valence_and_seven_stages() -> None:
    valence, stage = standard_facets("any")
    assert (valence.key, valence.multiple) == ("valence", False)
    assert [value.symbol for value in valence.values] == ["+", "-", "*", "~", "?"]
    assert (stage.key, stage.multiple, len(stage.values)) == ("stage", True, 7)
    assert stage.values[-1].key == "whole"


@pytest.mark.parametrize("hot_key", ["M", "m", "A", "Q", "\u00e4"])
def test_a_free_letter_is_a_hot_key(hot_key: str) -> None:
    assert hot_key_problem(hot_key) == ""


@pytest.mark.parametrize(
    ("hot_key", "word"),
    [
        ("S", "sentence"),
        ("s", "sentence"),
        ("P", "paragraph"),
        ("z", "takes back"),
        ("/", "list of codes"),
        ("7", "digits"),
        ("MM", "one letter"),
        ("+", "one letter"),
        ("", "one letter"),
        ("\u00df", "one letter"),
    ],
)
def test_a_reserved_key_is_refused_in_a_sentence(hot_key: str, word: str) -> None:
    assert word in hot_key_problem(hot_key)
