"""Which decisions a difference allows, what each is called, and the choice it stands for; no Qt."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.analysis.disagreements import Item
from app.coding.attribute_differences import OTHER_VALUE
from app.coding.disagreements import ASKED, DEFERRED, SETTLED, DecisionInfo
from app.coding.disagreements import ISSUE as ISSUE_STATE
from app.coding.reconciling import (
    ADJUST,
    ASK,
    BOTH,
    DEFER,
    INTERSECTION,
    ISSUE,
    NOTHING,
    OTHER_CODE,
    TAKE,
    UNION,
    Choice,
    Result,
    preview,
)
from app.errors import UserError
from app.ui.team.settle_rows import Row

ACTIONS = {
    UNION: "settle.union", INTERSECTION: "settle.intersection", ADJUST: "settle.adjust",
    BOTH: "settle.both", OTHER_CODE: "settle.other_code", OTHER_VALUE: "settle.other_code",
    NOTHING: "settle.nothing", DEFER: "settle.defer", ASK: "settle.ask", ISSUE: "settle.issue",
}  # fmt: skip
STATE_AFTER = {DEFER: DEFERRED, ASK: ASKED, ISSUE: ISSUE_STATE}
ONE_CODER = "Only one coder coded here."
CODES_DIFFER = "The codes differ; take one, both, or another."
NO_WORDS = "An area has no words to select."
SAID = {
    UNION: "Take union", INTERSECTION: "Take intersection", ADJUST: "Adjust ends",
    BOTH: "Keep both", OTHER_CODE: "Give another code", OTHER_VALUE: "Give another value",
    NOTHING: "Nothing here", DEFER: "Put off", ASK: "Ask", ISSUE: "Codebook issue",
}  # fmt: skip

OUTCOMES = {
    TAKE: "one passage taken", UNION: "union", INTERSECTION: "shared part", ADJUST: "other ends",
    BOTH: "both kept", OTHER_CODE: "another code", NOTHING: "nothing here", DEFER: "put off",
    ASK: "asked", ISSUE: "codebook issue",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Act:
    """One decision on offer: its name, words, the action whose key does it, and why it cannot."""

    name: str
    words: str
    action_id: str
    why: str = ""


def take_name(place: int) -> str:
    """Return the name of taking what the coder at a place (from 0) said."""
    return f"{TAKE} {place}"


def taken_place(name: str) -> int | None:
    """Return which coder's work an act takes, None where it is another act."""
    kind, _, place = name.partition(" ")
    return int(place) if kind == TAKE and place.isdigit() else None


def acts_of(row: Row, names: Sequence[str]) -> tuple[Act, ...]:
    """Return the decisions that a row offers; ``names`` are those of its coders, as shown."""
    if row.attribute is not None:
        return (*_takes(names, ()), *_further((OTHER_VALUE, "Other value"), (DEFER, "Later"),
                                              (ASK, "Ask…")))  # fmt: skip
    item = row.entry.item if row.entry is not None else None
    if item is None:
        return _further((NOTHING, "Nothing here…"), (DEFER, "Later"))
    missing = [place for place, coder in enumerate(row.coders) if coder in item.missing]
    several = "" if len(item.coders) > 1 else ONE_CODER
    joined = several or ("" if len(item.codes) == 1 else CODES_DIFFER)
    return (
        *_takes(names, missing),
        Act(UNION, "Union", ACTIONS[UNION], joined),
        Act(INTERSECTION, "Intersection", ACTIONS[INTERSECTION], joined or _no_share(row)),
        Act(BOTH, "Both codes" if len(item.codes) > 1 else "Both passages", ACTIONS[BOTH], several),
        Act(ADJUST, "Adjust ends", ACTIONS[ADJUST], NO_WORDS if has_areas(item) else ""),
        *_further(
            (OTHER_CODE, "Other code…"), (NOTHING, "Nothing here…"), (DEFER, "Later"),
            (ASK, "Ask…"), (ISSUE, "Codebook issue…"),
        ),
    )  # fmt: skip


def has_areas(item: Item) -> bool:
    """Say whether areas of a page are among the codings."""
    return any(piece.area is not None for piece in item.pieces)


def choice_of(row: Row, name: str) -> Choice:
    """Return the choice that a name stands for, as far as it needs no answer."""
    place = taken_place(name)
    if place is not None:
        return Choice(TAKE, coder_id=row.coders[place])
    return Choice(name)


def previewed(row: Row, name: str) -> tuple[Result, ...]:
    """Return what a decision would make; nothing for those that ask first or do not fit."""
    if row.entry is None or not name or name in (ADJUST, OTHER_CODE):
        return ()
    try:
        return preview(row.entry, choice_of(row, name))
    except UserError:
        return ()


def said(name: str, names: Sequence[str]) -> str:
    """Return a decision in words, for the undo list: "Take Coder 1", "Take union"."""
    place = taken_place(name)
    return f"Take {names[place]}" if place is not None else SAID.get(name, "Settle")


def outcome(decision: DecisionInfo | None) -> str:
    """Return in words what came of an earlier decision."""
    return OUTCOMES.get(decision.action, "") if decision is not None else ""


def state_after(name: str) -> str:
    """Return the state of a row once it is decided so."""
    return STATE_AFTER.get(name, SETTLED)


def take_action(place: int, coders: int) -> str:
    """Return the id of the action that takes one coder's work: A and B, or a digit."""
    return f"settle.take_{'ab'[place]}" if coders <= 2 else f"settle.take_{place + 1}"


def _takes(names: Sequence[str], missing: Sequence[int]) -> tuple[Act, ...]:
    return tuple(
        Act(
            take_name(place),
            f"Take {name}",
            take_action(place, len(names)),
            f"{name} coded nothing here." if place in missing else "",
        )
        for place, name in enumerate(names[:9])
    )


def _further(*acts: tuple[str, str]) -> tuple[Act, ...]:
    return tuple(Act(name, words, ACTIONS[name]) for name, words in acts)


def _no_share(row: Row) -> str:
    if row.entry is None:
        return ""
    try:
        preview(row.entry, Choice(INTERSECTION))
    except UserError as problem:
        return problem.message
    return ""
