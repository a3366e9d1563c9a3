"""Makes sentences from templates: [one|another] chooses, {name} is filled in."""

import re
from collections.abc import Callable, Mapping
from random import Random

Slot = str | Callable[[], str]
_CHOICE = re.compile(r"\[([^\[\]]*)\]")
_SLOT = re.compile(r"\{(\w+)\}")
_SENTENCE_START = re.compile(r"(^|[.?!] )([a-z])")
_WHITE = re.compile(r"\s+")
_SPACE_BEFORE_STOP = re.compile(r"\s+([,.;:?])")


def fill(template: str, rng: Random, slots: Mapping[str, Slot]) -> str:
    """Return one sentence or several; the same state of ``rng`` gives the same words."""
    while match := _CHOICE.search(template):
        chosen = rng.choice(match.group(1).split("|"))
        template = template[: match.start()] + chosen + template[match.end() :]
    text = _SLOT.sub(lambda match: _value(slots, match.group(1)), template)
    text = _SPACE_BEFORE_STOP.sub(r"\1", _WHITE.sub(" ", text)).strip()
    text = _SENTENCE_START.sub(lambda match: match.group(1) + match.group(2).upper(), text)
    return text.replace("'", "\u2019")


def _value(slots: Mapping[str, Slot], name: str) -> str:
    low = name.lower()
    found = slots[low]
    text = found if isinstance(found, str) else found()
    return text[0].upper() + text[1:] if name != low else text


class Deck:
    """Deals from a list without repeating until every item has been dealt."""

    def __init__(self, items: tuple[str, ...], rng: Random) -> None:
        """Shuffle a copy."""
        self._items, self._rng = items, rng
        self._left: list[str] = []
        self.dealt = 0

    def deal(self) -> str:
        """Return the next item."""
        if not self._left:
            self._left = list(self._items)
            self._rng.shuffle(self._left)
        self.dealt += 1
        return self._left.pop()

    @property
    def fresh(self) -> int:
        """How many items have not been dealt yet."""
        return max(0, len(self._items) - self.dealt)
