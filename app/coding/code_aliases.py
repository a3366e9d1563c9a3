"""Codes that went into others, and codes that are retired: how their codings count.

A coding keeps the code it was made with for ever, so that ids stay stable, nobody's rows are
edited, undo is one step, and work handed in later under the old code still counts. Whoever reads
codings asks here under which code they count.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.codebook import Code, CodeAlias

RENAME, MERGE, SPLIT = "rename", "merge", "split"


@dataclass(frozen=True, slots=True)
class LivingCodes:
    """Where codings count: ``into`` maps codes that went into others to where they ended up."""

    into: Mapping[str, str]
    retired: frozenset[str]

    def of(self, code_id: str) -> str:
        """Return the code under which codings with this one count."""
        return self.into.get(code_id, code_id)

    def counts(self, code_id: str) -> bool:
        """Say whether codings with this code count at all."""
        return self.of(code_id) not in self.retired

    def spellings(self, code_id: str) -> list[str]:
        """Return the codes whose codings count under this one, itself first."""
        return [code_id, *(old for old, new in self.into.items() if new == code_id)]


def living_codes(session: Session) -> LivingCodes:
    """Read which codes went into others and which are retired."""
    connection = session.connection()
    steps = connection.execute(
        select(CodeAlias.origin_code_id, CodeAlias.code_id).where(CodeAlias.origin == MERGE)
    )
    into = followed({old: new for old, new in steps})
    retired = connection.scalars(select(Code.id).where(Code.retired))
    return LivingCodes(into, frozenset(retired) - into.keys())


def followed(steps: Mapping[str, str]) -> dict[str, str]:
    """Return where each code ends up; codes that two teams sent in a circle stay themselves."""
    ends: dict[str, str] = {}
    for first in steps:
        seen, at = {first}, steps[first]
        while at in steps and at not in seen:
            seen.add(at)
            at = steps[at]
        if at not in seen:
            ends[first] = at
    return ends


def former_names(aliases: Iterable[CodeAlias]) -> dict[str, tuple[str, ...]]:
    """Return, by code id, the names that lead to it beside its own."""
    found: dict[str, set[str]] = {}
    for alias in aliases:
        if alias.origin != SPLIT:
            found.setdefault(alias.code_id, set()).add(alias.name)
    return {code_id: tuple(sorted(names)) for code_id, names in found.items()}
