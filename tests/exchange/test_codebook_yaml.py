"""Codebook files: the shipped ones are sound, and every mistake is told with its line."""

import re
import time
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from app import paths
from app.coding.codebook import Code, Codebook, standard_facets
from app.errors import UserError
from app.exchange.codebook_yaml import read_codebook, write_codebook
from app.exchange.yaml_nodes import FileProblems

SOUND = """\
codebook:
  id: small
  title: A small codebook
clusters:
  - id: 1
    name: Systems
    number: 1
  - id: context
    name: Context
    context: true
categories:
  - id: money
    name: Money
    cluster: 1
codes:
  - id: money.level
    name: Level of funding
    category: money
    definition: Whether it is enough.
    see_instead: [money.duration]
    colour: "#1f6e9c"
    hot_key: m
  - id: money.duration
    name: Duration of funding
    category: money
    further_clusters: [context]
facets:
  - id: tool
    label: Tool
    multiple: yes
    values:
      - {id: list, label: Checklist, symbol: ~}
      - {id: talk, label: Conversation}
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "mine.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def problems_of(path: Path) -> tuple[tuple[int, str], ...]:
    with pytest.raises(FileProblems) as caught:
        read_codebook(path)
    assert caught.value.message.startswith("mine.yaml")
    return caught.value.problems


@pytest.fixture(scope="module")
def full() -> Codebook:
    return read_codebook(paths.codebook_file("case-management"))


@pytest.fixture(scope="module")
def starter() -> Codebook:
    return read_codebook(paths.codebook_file("case-management-starter"))


@pytest.mark.parametrize("codebook_id", paths.shipped_codebooks())
def test_every_shipped_codebook_is_sound(codebook_id: str) -> None:
    codebook = read_codebook(paths.codebook_file(codebook_id))
    assert codebook.key == codebook_id
    for code in codebook.codes:
        assert code.definition, code.key
        assert code.example, code.key
        assert not set(code.name) & set("+-*~?"), f"{code.key}: these keys set the valence"


@pytest.mark.parametrize("codebook_id", paths.shipped_codebooks())
def test_reading_writing_and_reading_gives_the_same(codebook_id: str, tmp_path: Path) -> None:
    codebook = read_codebook(paths.codebook_file(codebook_id))
    write_codebook(codebook, tmp_path / "again.yaml")
    assert read_codebook(tmp_path / "again.yaml") == codebook


def test_the_full_codebook_has_its_codes_where_they_belong(full: Codebook) -> None:
    assert len(full.codes) == 70
    in_cluster = [full.cluster(code.cluster_id).number for code in full.codes]
    assert {number: in_cluster.count(number) for number in ("1", "2", "3", "")} == {
        "1": 31,
        "2": 12,
        "3": 15,
        "": 12,
    }
    political = full.by_key("ctx.political")
    assert full.cluster(political.cluster_id).is_context
    assert political.further_cluster_ids == ()
    assert sum(bool(code.hot_key) for code in full.codes) in range(13, 19)
    assert "not the coding frame" in full.description


def test_the_facets_are_those_agreed(full: Codebook, starter: Codebook) -> None:
    assert full.facets == starter.facets
    assert full.facets[:2] == standard_facets("case-management")
    multiple = {facet.key: facet.multiple for facet in full.facets}
    assert multiple == {
        "valence": False,
        "stage": True,
        "tool": True,
        "voice": True,
        "strength": False,
    }
    conditions = [v.key for f in full.facets for v in f.values if v.needs_condition]
    assert conditions == ["moderates"]


def test_the_neighbours_named_in_the_text_are_those_in_the_list(full: Codebook) -> None:
    for code in full.codes:
        named = re.findall(r"\(([a-z]+\.[a-z_]+)\)", code.exclude)
        assert tuple(named) == code.see_instead, code.key


def test_the_starter_is_part_of_the_full_codebook(full: Codebook, starter: Codebook) -> None:
    assert [code.key for code in starter.codes] == [c.key for c in full.codes if c.starter]
    assert len(starter.codes) == 33
    keys = {code.key for code in starter.codes}
    for code in starter.codes:
        twin = full.by_key(code.key)
        there = tuple(key for key in twin.see_instead if key in keys)
        assert code == replace(twin, see_instead=there)
    assert set(starter.clusters) == set(full.clusters)
    assert set(starter.categories) <= set(full.categories)
    assert starter.id != full.id
    assert starter.family == full.family


def test_a_small_file_gives_a_codebook(tmp_path: Path) -> None:
    codebook = read_codebook(written(tmp_path, SOUND))
    level, duration = codebook.codes
    assert (level.hot_key, level.colour, level.see_instead) == ("M", "#1F6E9C", (duration.key,))
    assert level.cluster_id == codebook.categories[0].cluster_id
    assert codebook.cluster(duration.further_cluster_ids[0]).is_context
    assert [facet.key for facet in codebook.facets] == ["valence", "stage", "tool"]
    assert codebook.facet("tool").values[0].symbol == "~"
    assert codebook.family == "small"


def test_the_example_in_the_description_of_the_format_is_sound(tmp_path: Path) -> None:
    readme = (paths.CODEBOOKS / "README.md").read_text(encoding="utf-8")
    example = readme.split("```yaml\n")[1].split("```")[0]
    assert len(read_codebook(written(tmp_path, example)).codes) == 2


@pytest.mark.parametrize(
    ("old", "new", "line", "word"),
    [
        ("title: A small", "titel: A small", 3, "titel is not known for the codebook small"),
        ("title: A small", "titel: A small", 2, "has no title"),
        ("    name: Systems\n", "", 5, "The cluster 1 has no name"),
        ("    category: money\n    def", "    def", 16, "The code money.level has no category"),
        ("    number: 1", "    number: 1\n    number: 2", 8, "given twice"),
        ("name: Level", "nam: Level", 17, "Is name meant?"),
        ("id: money.duration", "id: money.level", 23, "is there already in line 16"),
        ("id: context", "id: 1", 8, "is there already in line 5"),
        ("id: talk", "id: list", 33, "The value list is there already in line 32"),
        ("id: money.level", "id: money level", 16, "may hold letters from a to z"),
        ("further_clusters: [context]", "hot_key: M", 26, "belongs to the code money.level"),
        ("hot_key: m", "hot_key: S", 22, "extends the selection by a sentence"),
        ("hot_key: m", "hot_key: 7", 22, "digits"),
        ("hot_key: m", "hot_key: MM", 22, "A hot key is one letter"),
        ("see_instead: [money.duration]", "see_instead: [none]", 20, "unknown code none"),
        ("see_instead: [money.duration]", "see_instead: [money.level]", 20, "points to itself"),
        ("see_instead: [money.duration]", "see_instead: money.duration", 20, "to be a list"),
        ("    cluster: 1", "    cluster: 9", 14, "unknown cluster 9"),
        ("further_clusters: [context]", "further_clusters: [9]", 26, "unknown cluster 9"),
        ("further_clusters: [context]", "cluster: 9", 26, "unknown cluster 9"),
        ("category: money\n    def", "category: monye\n    def", 18, "unknown category monye"),
        ('colour: "#1f6e9c"', "colour: blue", 21, 'written like "#1F6E9C"'),
        ('colour: "#1f6e9c"', "colour: #1f6e9c", 21, "in quotes"),
        ("definition: Whether it is enough.", "definition: [a]", 19, "has to be text"),
        ("    context: true", "    context: perhaps", 10, "either true or false"),
        ("    context: true", "    context: true\n    number: 4", 11, "has no number"),
        ("symbol: ~", "symbol: ab", 32, "one sign"),
        ("symbol: ~", "symbol: x", 32, "neither letter nor digit"),
        ("label: Conversation", "label: Conversation, symbol: ~", 33, "belongs to the value list"),
        ("id: tool", "id: valence", 30, "always takes one value"),
        ("    multiple: yes\n", "    multiple: yes\n    size: 3\n", 31, "size is not known"),
        ("- id: money\n", "- money\n  - id: money\n", 12, "Here a category"),
    ],
)
def test_every_mistake_is_told_with_its_line(
    tmp_path: Path, old: str, new: str, line: int, word: str
) -> None:
    assert old in SOUND
    problems = problems_of(written(tmp_path, SOUND.replace(old, new, 1)))
    assert any(at == line and word in what for at, what in problems), problems


def test_a_facet_without_values_is_refused(tmp_path: Path) -> None:
    head = SOUND[: SOUND.index("    values:")]
    assert problems_of(written(tmp_path, head)) == ((28, "The facet tool has no values."),)
    empty = problems_of(written(tmp_path, head + "    values: []\n"))
    assert empty == ((31, "The facet tool has no values."),)


def test_missing_parts_of_the_file_are_told(tmp_path: Path) -> None:
    problems = problems_of(written(tmp_path, "codebook: {id: a, title: A}\ncolor: red\n"))
    assert problems == (
        (1, "The codebook file has no categories."),
        (1, "The codebook file has no clusters."),
        (1, "The codebook file has no codes."),
        (2, "The field color is not known for the codebook file."),
    )


def test_a_codebook_may_begin_without_codes(tmp_path: Path) -> None:
    text = SOUND[: SOUND.index("codes:")].split("categories:")[0] + "categories: []\ncodes: []\n"
    assert read_codebook(written(tmp_path, text)).codes == ()


def test_all_problems_are_told_and_ten_are_listed(tmp_path: Path) -> None:
    codes = "".join(f"  - id: c{i}\n    name: Code {i}\n    category: none\n" for i in range(14))
    with pytest.raises(UserError) as caught:
        read_codebook(written(tmp_path, SOUND[: SOUND.index("codes:")] + "codes:\n" + codes))
    lines = caught.value.message.split("\n")
    assert lines[0] == "mine.yaml has 14 problems."
    assert lines[1] == "line 18: The code c0 names the unknown category none."
    assert lines[-1] == "and 4 more."
    assert len(lines) == 12


def test_one_problem_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        read_codebook(written(tmp_path, SOUND.replace("hot_key: m", "hot_key: p")))
    assert caught.value.message == (
        "mine.yaml, line 22: The hot key of the code money.level cannot be P. "
        "P extends the selection by a paragraph. Choose another key."
    )


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        ("", 0, "empty"),
        ("# only a comment\n", 0, "empty"),
        ("null\n", 0, "empty"),
        ("- a\n- b\n", 1, "Here a codebook file"),
        ("just words\n", 1, "Here a codebook file"),
        ("codebook:\n  id: a: b\n", 2, "cannot be understood"),
        ("codebook:\n\tid: a\n", 2, "cannot be understood"),
        ("codebook: {id: a\n", 2, "cannot be understood"),
        ("a: 1\n---\nb: 2\n", 2, "cannot be understood"),
        ("codebook:\n  id: &a x\n", 2, "anchor"),
        ("codebook:\n  id: !!python/object:os.system x\n", 2, "tag"),
        ("codebook:\n  id: a\x07\n", 2, "control character"),
        ("[" * 100_000, 1, "nested too deeply"),
    ],
)
def test_files_that_are_no_codebook(tmp_path: Path, text: str, line: int, word: str) -> None:
    problems = problems_of(written(tmp_path, text))
    assert any(at == line and word in what for at, what in problems), problems


def test_an_alias_bomb_is_refused_at_once(tmp_path: Path) -> None:
    levels = ['a: &a ["x","x","x","x","x","x","x","x","x"]']
    levels += [f"{n}: &{n} [{','.join([f'*{chr(ord(n) - 1)}'] * 9)}]" for n in "bcdefghi"]
    began = time.perf_counter()
    problems = problems_of(written(tmp_path, "\n".join(levels)))
    assert time.perf_counter() - began < 2
    assert problems[0] == (1, "The anchor &a is not allowed; leave it out.")
    assert (2, "The alias *a is not allowed; write it out.") in problems


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    latin = tmp_path / "mine.yaml"
    latin.write_bytes("codebook:\n  id: a\n  title: Fälle\n".encode("latin-1"))
    assert problems_of(latin) == ((3, "The file is not UTF-8 text."),)
    latin.write_bytes(b"#" * (5 * 1024 * 1024 + 1))
    assert problems_of(latin) == ((0, "The file is larger than 5 MB."),)
    for path in (tmp_path / "none.yaml", tmp_path):
        with pytest.raises(UserError):
            read_codebook(path)


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + SOUND.replace("\n", "\r\n").encode())
    assert read_codebook(path).key == "small"


_WORDS = st.text(
    alphabet=st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n:#-~'\"[]{} &*!"),
    max_size=60,
).map(str.strip)


@given(
    texts=st.lists(_WORDS, min_size=6, max_size=6), flags=st.tuples(st.booleans(), st.booleans())
)
@settings(max_examples=60)
def test_any_words_survive_writing(
    texts: list[str], flags: tuple[bool, bool], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.getbasetemp() / "words.yaml"
    path.write_text(SOUND, encoding="utf-8")
    small = read_codebook(path)
    definition, include, exclude, example, basis, name = texts
    first = replace(
        small.codes[0],
        name=name or "Name",
        definition=definition,
        include=include,
        exclude=exclude,
        example=example,
        basis=basis,
        starter=flags[0],
        retired=flags[1],
    )
    codes: tuple[Code, ...] = (first, *small.codes[1:])
    codebook = replace(small, codes=codes, description=definition)
    write_codebook(codebook, path)
    assert read_codebook(path) == codebook


def test_what_is_written_can_be_read_by_any_program(full: Codebook, tmp_path: Path) -> None:
    path = tmp_path / "plain.yaml"
    write_codebook(full, path)
    plain = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert [code["id"] for code in plain["codes"]] == [code.key for code in full.codes]
    assert plain["codes"][1]["see_instead"] == ["maw.roles", "rel.goal_tension"]
    assert plain["facets"][0]["values"][3]["symbol"] == "~"
