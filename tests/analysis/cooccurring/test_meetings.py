"""Every rule, unit and way of counting coders agrees with comparing all pairs."""

from collections import defaultdict
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.analysis.cooccurrence import cooccurrence
from app.analysis.cooccurring.for_figures import as_cooccurrence
from app.analysis.cooccurring.meetings import Meetings, count_meetings, units_per_code
from app.analysis.cooccurring.rules import Counting, Rule
from app.analysis.cooccurring.units import TextUnits
from app.analysis.evidence import Evidence, PageArea
from tests.analysis.synthetic import Row, evidence_of

CODES, SENTENCE, PARAGRAPH, PAGE = 6, 4, 9, 13
# document d belongs to study d % 4; documents 0 and 4 are two reports of one study
ranges = st.tuples(
    st.integers(0, CODES - 1), st.integers(0, 5), st.integers(0, 30), st.integers(0, 9),
    st.integers(0, 2), st.sampled_from(["text"] * 5 + ["area"]),
)  # fmt: skip
codings = st.lists(ranges, max_size=24)
Plain = tuple[int, int, int, int, int, str]
rules = st.sampled_from(
    ["overlap", "same", "inclusion", "characters:0", "characters:3", "sentence", "paragraph",
     "page", "study"]
)  # fmt: skip


def build(rows: list[Plain]) -> tuple[Evidence, TextUnits]:
    plain: list[Row] = []
    areas: dict[str, PageArea] = {}
    for number, (code, document, start, length, coder, kind) in enumerate(rows):
        end = start if kind == "area" else start + length
        plain.append((code, document % 4, document, start, end, coder))
        if kind == "area":
            box = (float(start), 0.0, float(start + length + 1), 5.0)
            areas[f"coding-{number}"] = PageArea(1 + start // PAGE, box)
    evidence = replace(evidence_of(plain, codes=CODES), areas=areas)

    def spans(size: int, *, page: bool = False) -> np.ndarray:
        found = []
        for row, coding_id in zip(plain, evidence.coding_ids, strict=True):
            if coding_id in areas:
                found.append((areas[coding_id].page,) * 2 if page else (-1, -1))
            elif row[4] == row[3]:
                found.append((-1, -1))
            else:
                found.append((row[3] // size + page, (row[4] - 1) // size + page))
        return np.array(found, dtype=np.int64).reshape(-1, 2)

    row_of = {coding_id: row for row, coding_id in enumerate(evidence.coding_ids)}
    reports = np.arange(6, dtype=np.int32)
    return evidence, TextUnits(
        row_of, spans(SENTENCE), spans(PARAGRAPH), spans(PAGE, page=True), reports
    )


def meet(a: Plain, b: Plain, rule: Rule) -> bool:
    """Read the rule as a person would."""
    if rule.kind == "study":
        return a[1] % 4 == b[1] % 4
    if a[1] != b[1]:
        return False
    (low_a, high_a), (low_b, high_b) = (a[2], a[2] + a[3]), (b[2], b[2] + b[3])
    if "area" in (a[5], b[5]):
        return meet_on_page(a, b, rule.kind)
    if low_a == high_a or low_b == high_b:
        return False
    if rule.kind in ("sentence", "paragraph", "page"):
        size = {"sentence": SENTENCE, "paragraph": PARAGRAPH, "page": PAGE}[rule.kind]
        return bool(
            {at // size for at in range(low_a, high_a)}
            & {at // size for at in range(low_b, high_b)}
        )
    if rule.kind == "characters":
        return max(low_a, low_b) - min(high_a, high_b) <= rule.characters
    if rule.kind == "same":
        return (low_a, high_a) == (low_b, high_b)
    inside = (low_a <= low_b and high_b <= high_a) or (low_b <= low_a and high_a <= high_b)
    return inside if rule.kind == "inclusion" else max(low_a, low_b) < min(high_a, high_b)


def meet_on_page(a: Plain, b: Plain, kind: str) -> bool:
    def pages(row: Plain) -> set[int]:
        if row[5] == "area":
            return {row[2] // PAGE}
        return {at // PAGE for at in range(row[2], row[2] + row[3])}

    if kind == "page":
        return bool(pages(a) & pages(b))
    if a[5] != b[5] or not pages(a) & pages(b):
        return False
    (low_a, high_a), (low_b, high_b) = (a[2], a[2] + a[3] + 1), (b[2], b[2] + b[3] + 1)
    if kind == "same":
        return (low_a, high_a) == (low_b, high_b)
    if kind == "inclusion":
        return (low_a <= low_b and high_b <= high_a) or (low_b <= low_a and high_a <= high_b)
    return max(low_a, low_b) < min(high_a, high_b)


def joined_plainly(rows: list[Plain]) -> list[int]:
    """Number the passages: codings of one code that overlap, directly or by others, are one."""
    number = list(range(len(rows)))
    for i, j in combinations(range(len(rows)), 2):
        if rows[i][0] == rows[j][0] and meet(rows[i], rows[j], Rule()):
            old, new = number[j], number[i]
            number = [new if one == old else one for one in number]
    return number


@settings(max_examples=150)
@given(codings, rules, st.sampled_from(["studies", "reports", "codings"]), st.booleans())
def test_counts_are_those_of_all_pairs(
    rows: list[Plain], rule: str, unit: str, apart: bool
) -> None:
    unit = "studies" if rule == "study" else unit
    counting = Counting(Rule.parse(rule), unit, apart and rule != "study")
    evidence, text = build(rows)
    meetings = count_meetings(evidence, counting, text)
    passage = joined_plainly(rows)
    found: dict[tuple[int, int], set[object]] = defaultdict(set)
    behind: dict[tuple[int, int], set[tuple[int, int]]] = defaultdict(set)
    for i, j in combinations(range(len(rows)), 2):
        a, b = rows[i], rows[j]
        if a[0] == b[0] or (counting.apart and a[4] != b[4]) or not meet(a, b, counting.rule):
            continue
        key = (min(a[0], b[0]), max(a[0], b[0]))
        which = {"studies": a[1] % 4, "reports": a[1],
                 "codings": (min(passage[i], passage[j]), max(passage[i], passage[j]))}  # fmt: skip
        found[key].add(which[unit])
        behind[key].add((i, j) if a[0] < b[0] else (j, i))
    for a, b in combinations(range(CODES), 2):
        assert meetings.counts[meetings.column(a, b)] == len(found[a, b]), (a, b)
        pairs = [tuple(pair) for pair in meetings.codings_of(a, b).tolist()]
        assert len(pairs) == len(set(pairs))
        assert set(pairs) == behind[a, b]
    assert len(meetings.joined) == len(set(passage))


@given(codings, rules, st.data())
def test_coding_again_changes_no_count(rows: list[Plain], rule: str, data: st.DataObject) -> None:
    again = data.draw(st.lists(st.sampled_from(rows), max_size=8)) if rows else []
    more = [*rows, *((*row[:4], (row[4] + 1) % 3, row[5]) for row in again)]
    before, after = (
        count_meetings(evidence, Counting(Rule.parse(rule)), text)
        for evidence, text in (build(rows), build(more))
    )
    assert np.array_equal(before.pairs, after.pairs)
    assert np.array_equal(before.by_study, after.by_study)
    assert np.array_equal(units_per_code(before)[0], units_per_code(after)[0])


@settings(max_examples=60)
@given(codings)
def test_the_usual_rule_counts_what_the_network_counts(rows: list[Plain]) -> None:
    evidence, _ = build(rows)
    usual, meetings = cooccurrence(evidence), count_meetings(evidence)
    figure = as_cooccurrence(meetings)
    for name in ("studies", "overlaps", "largest_share", "largest_study", "code_studies",
                 "tie_keys", "tie_counts", "pair_keys"):  # fmt: skip
        assert np.array_equal(getattr(usual, name), getattr(figure, name)), name
    assert np.array_equal(usual.passages(0, 1), figure.passages(0, 1))


def counted(rows: list[Plain], rule: str = "overlap", unit: str = "studies") -> Meetings:
    evidence, text = build(rows)
    return count_meetings(evidence, Counting(Rule.parse(rule), unit), text)


def test_two_documents_of_a_study_are_one_study_and_two_reports() -> None:
    rows: list[Plain] = [(code, doc, 0, 9, 0, "text") for doc in (0, 4) for code in (0, 1)]
    assert counted(rows).counts[0] == 1
    assert counted(rows, unit="reports").counts[0] == 2
    assert counted(rows, unit="codings").counts[0] == 2


def test_inclusion_keeps_which_contains_which() -> None:
    rows: list[Plain] = [(0, 0, 0, 9, 0, "text"), (1, 0, 2, 3, 0, "text")]
    holds = counted(rows, "inclusion").containing()
    assert holds[0, 1] == 1
    assert holds[1, 0] == 0


def test_the_largest_share_names_its_study() -> None:
    rows: list[Plain] = [(code, 1, start, 3, 0, "text") for start in (0, 9) for code in (0, 1)]
    rows += [(0, 2, 0, 3, 0, "text"), (1, 2, 0, 3, 0, "text")]
    share, main = counted(rows).largest()
    assert share[0] == pytest.approx(2 / 3)
    assert main[0] == 1
    assert main[1] == -1


@pytest.mark.parametrize(
    "text", ["near", "characters", "characters:-1", "overlap:3", "characters:x"]
)
def test_what_is_no_rule_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"rule|number"):
        Rule.parse(text)


def test_rules_can_be_written_and_read() -> None:
    for text in ("overlap", "characters:200", "study"):
        assert str(Rule.parse(text)) == text
    assert Rule.parse("study").warning
    assert not Rule().warning
    with pytest.raises(ValueError, match="studies"):
        Counting(Rule("study"), "codings")
    with pytest.raises(ValueError, match="units of the text"):
        count_meetings(build([(0, 0, 0, 3, 0, "text")])[0], Counting(Rule("page")))
