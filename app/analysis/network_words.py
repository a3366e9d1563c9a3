"""The words of the network: caption, alternative text, and what a node or a tie says of itself."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.analysis.cooccurrence import Cooccurrence
from app.analysis.network_model import Node, Tie

BRIDGE_SHARE = 0.5  # more than two clusters joined evenly can give
BRIDGE_TIES = 3


_OVERLAP = "passages of two codes overlap by at least one character in the same document"


@dataclass(frozen=True, slots=True)
class CaptionFacts:
    """What the numbers cannot know of themselves.

    ``layer`` says whose codings count ("consensus", "all coders, duplicates merged", a name);
    ``filters`` are the chips of the view in words; ``date`` is the day of the data, ISO 8601.
    ``note`` ends the caption, such as "Invented text."
    """

    layer: str
    codebook: str
    codebook_version: str
    app_version: str
    date: str
    filters: tuple[str, ...] = ()
    note: str = ""
    rule: str = ""
    """When two codes come together, in words; empty for the usual rule, overlap."""


@dataclass(frozen=True, slots=True)
class Totals:
    """What the caption counts."""

    studies: int
    studies_without: int
    codings: int
    codes: int
    codes_used: int
    ties_possible: int
    ties_found: int
    ties_drawn: int
    ties_between: int
    minimum_studies: int


def caption(
    totals: Totals, facts: CaptionFacts, *, bridges: bool, numbered: bool, swapped: bool
) -> str:
    """Return the caption with every parameter and every n."""
    unused = totals.codes - totals.codes_used
    empty = f" ({totals.studies_without} more without codings)" if totals.studies_without else ""
    codes = f"{totals.codes} codes" + (f" ({unused} not used, small and pale)" if unused else "")
    parts = [
        f"Codes that {'come together' if facts.rule else 'share text'}, by cluster.",
        f"Unit of count: studies; n = {_count(totals.studies, 'study', 'studies')}{empty}, "
        f"{_count(totals.codings, 'coding', 'codings')}, {codes}.",
        f"Co-occurrence: {facts.rule or _OVERLAP}; tie width: number of studies in which they do, "
        "so that neither a long report nor a second coder adds weight.",
        _drawn(totals),
        "Node area: studies that use the code; filled, grey, open: share of them that report it "
        "only as facilitator, as both, mixed or unclear, only as barrier.",
    ]
    if bridges:
        parts.append(
            f"Bold: codes that join three or more regions (participation coefficient above "
            f"{BRIDGE_SHARE:g}, {BRIDGE_TIES} or more drawn ties)."
        )
    if numbered:
        parts.append("Numbers: key below the picture.")
    parts.append(f"Layer: {facts.layer}. Filters: {'; '.join(facts.filters) or 'none'}.")
    places = "Places are fixed by the codebook"
    swaps = ", then codes of one cluster changed places once for shorter ties" if swapped else ""
    parts.append(f"{places}{swaps}; filters move nothing.")
    book = f"{facts.codebook}, version {facts.codebook_version}".strip(", ")
    parts.append(f"Codebook: {book}. Cofactor {facts.app_version}, {facts.date}.")
    return " ".join([*parts, facts.note]).strip()


def _drawn(totals: Totals) -> str:
    rule = f"in {totals.minimum_studies} or more studies"
    if totals.minimum_studies == 1:
        rule = "in at least one study"
    if not totals.ties_found:
        return f"No two codes overlap {rule} ({totals.ties_possible:,} pairs possible)."
    within = totals.ties_drawn - totals.ties_between
    kinds = (
        f"{within:,} within a cluster (in its colour), {totals.ties_between:,} between clusters "
        "(black)"
    )
    if totals.ties_drawn < totals.ties_found:
        return (
            f"Drawn: the {totals.ties_drawn:,} strongest of {totals.ties_found:,} ties found "
            f"{rule}, by studies, then by overlapping passages, of {totals.ties_possible:,} "
            f"possible: {kinds}."
        )
    drawn = _count(totals.ties_drawn, "tie", "ties")
    return f"Drawn: {drawn} found {rule} of {totals.ties_possible:,} possible: {kinds}."


def alt_text(totals: Totals, clusters: Sequence[str], nodes: Sequence[Node],
             ties: Sequence[Tie]) -> str:  # fmt: skip
    """Return one sentence of structure and the five strongest ties between clusters."""
    names = {node.code_id: node.name for node in nodes}
    regions = _listed(clusters) or "no clusters"
    text = (
        f"Network of {totals.codes} codes in {len(clusters)} regions ({regions}) with "
        f"{_count(totals.ties_drawn, 'tie', 'ties')} drawn, {totals.ties_between} of them between "
        "clusters."
    )
    between = [tie for tie in ties if tie.kind == "between"][:5]
    if not between:
        return text + " No drawn tie joins two clusters."
    best = "; ".join(
        f"{names[tie.code_a]} and {names[tie.code_b]} "
        f"({tie.studies} of {_count(totals.studies, 'study', 'studies')})"
        for tie in between
    )
    return f"{text} Strongest between clusters: {best}."


def node_words(name: str, studies: int, codings: int, directions: Sequence[int]) -> str:
    """Return what a node says of itself; ``directions`` are three numbers of studies."""
    if not studies:
        return f"{name}: not used"
    return (
        f"{name}: {_count(studies, 'study', 'studies')}, {_count(codings, 'coding', 'codings')}; "
        f"only as facilitator in {directions[0]}, both, mixed or unclear in {directions[1]}, "
        f"only as barrier in {directions[2]}"
    )


def tie_words(
    result: Cooccurrence, a: int, b: int, studies: int, *, together: str = "share text"
) -> str:
    """Return what a tie says of itself, with n and both conditional shares.

    ``together`` is what the two codes do: they share text, or come together by another rule.
    """
    first, second = result.evidence.codes[a].name, result.evidence.codes[b].name
    both = int(result.studies[a, b])
    given = result.given()
    kind = "overlapping pair" if together == "share text" else "pair"
    overlaps = _count(int(result.overlaps[a, b]), kind, f"{kind}s")
    most = ""
    if both > 1:
        most = f", {_percent(result.largest_share[a, b])} of them in one study"
    return (
        f"{first} – {second}: {together} in {both} of {_count(studies, 'study', 'studies')}; "
        f"{overlaps} of passages{most}; "
        f"of the studies with “{first}”, {_percent(given[b, a])} have the two together; "
        f"of those with “{second}”, {_percent(given[a, b])}"
    )


def _percent(share: float) -> str:
    return f"{share:.0%}".replace("%", " %")


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names[:-1]) + (" and " if len(names) > 1 else "") + "".join(names[-1:])
