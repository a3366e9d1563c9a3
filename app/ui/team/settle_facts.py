"""What is read about one difference: definitions then and now, its thread of notes; no Qt."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.coding.attribute_differences import AttributeDifference
from app.coding.code_history import GONE, SAME, state_at, word_diff
from app.coding.disagreements import STALE, DecisionInfo, QueueEntry
from app.coding.memos import DECISION, memos_on
from app.models import Project, ids
from app.ui.team.settle_rows import Row

PARTS = (("definition", ""), ("include", "Include: "), ("exclude", "Not: "))


@dataclass(frozen=True, slots=True)
class CodeFacts:
    """What a code meant when it was coded here and means now, as ``word_diff`` tells it."""

    code_id: str
    name: str
    parts: tuple[tuple[str, str], ...]

    @property
    def changed(self) -> bool:
        """Say whether the words are others now."""
        return any(kind != SAME for kind, _words in self.parts)

    @property
    def before(self) -> str:
        """Return the words as they stood when it was coded."""
        return "".join(words for kind, words in self.parts if kind in (SAME, GONE)).strip()


@dataclass(frozen=True, slots=True)
class Said:
    """One note in the thread of a difference."""

    coder_id: str
    at: str
    text: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What stands beside one difference; ``key`` is that of its row."""

    key: str
    codes: tuple[CodeFacts, ...] = ()
    thread: tuple[Said, ...] = ()
    own_note: str = ""
    stale: str = ""


def load_facts(project: Project, row: Row) -> Facts:
    """Read it; may block for a moment."""
    decision = decision_of(row)
    codes = _codes(project, row.entry) if row.entry is not None else ()
    thread: list[Said] = []
    own = ""
    if decision is not None:
        if decision.note:
            thread.append(Said(decision.coder_id, decision.at, decision.note))
        for memo in memos_on(project, DECISION, decision.id):
            thread.append(Said(memo.coder_id, memo.changed_at, memo.words))
            own = memo.text if memo.is_own else own
    thread.sort(key=lambda said: said.at)
    return Facts(row.key, codes, tuple(thread), own, stale_words(row))


def decision_of(row: Row) -> DecisionInfo | None:
    """Return what was decided on a row, if anything."""
    about: QueueEntry | AttributeDifference | None = row.entry or row.attribute
    return about.decision if about is not None else None


def stale_words(row: Row) -> str:
    """Say what changed since a difference was settled, "" where nothing did."""
    decision = decision_of(row)
    if row.state != STALE or decision is None:
        return ""
    about = row.entry or row.attribute
    now: Mapping[str, str] = about.inputs if about is not None else {}
    before = decision.inputs
    counts = (
        ("changed", sum(before[key] != now[key] for key in before.keys() & now.keys())),
        ("taken away", len(before.keys() - now.keys())),
        ("added", len(now.keys() - before.keys())),
    )
    noun = "value" if row.attribute is not None else "coding"
    said = [f"{n} {noun if n == 1 else noun + 's'} {what}" for what, n in counts if n]
    return f"Since this was settled: {', '.join(said) or 'decided more than once'}."


def _codes(project: Project, entry: QueueEntry) -> tuple[CodeFacts, ...]:
    if entry.item is None:
        return ()
    found = []
    for code_id in entry.item.codes:
        made = [ids.made_at(piece.id) for piece in entry.item.pieces if piece.code == code_id]
        then = state_at(project, code_id, min((at for at in made if at), default="9"))
        now = state_at(project, code_id, "9")
        name = str(now.get("name", "Unknown code"))
        found.append(CodeFacts(code_id, name, word_diff(_words(then), _words(now))))
    return tuple(found)


def _words(content: Mapping[str, Any]) -> str:
    said = [f"{head}{content[key]}" for key, head in PARTS if content.get(key)]
    return " ".join(said)
