"""Reads hand-written YAML so that every problem can be told with its line.

Only plain lists, mappings and texts are taken; nothing in a file is ever constructed as an object.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import yaml

from app.errors import UserError
from app.exchange.atomic import read_bytes

_MOST_BYTES = 5 * 1024 * 1024
_DEEPEST = 12
_MOST_LISTED = 10
_NULL = "tag:yaml.org,2002:null"
_YES = frozenset({"true", "yes", "on"})
_NO = frozenset({"false", "no", "off"})
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_QUOTES_HINT = "A text that holds a colon or begins with one of - * ? # & ! needs quotes."


class FileProblems(UserError):
    """What is wrong in a file; ``problems`` holds (line, sentence), line 0 for the whole file."""

    def __init__(self, name: str, problems: list[tuple[int, str]], hint: str = "") -> None:
        """Put the file, the lines and the sentences into one message."""
        self.problems = tuple(sorted(problems))
        told = [f"line {line}: {what}" if line else what for line, what in self.problems]
        if len(told) == 1:
            message = f"{name}, {told[0]}" if self.problems[0][0] else f"{name}: {told[0]}"
        else:
            rest = len(told) - _MOST_LISTED
            told = told[:_MOST_LISTED] + ([f"and {rest} more."] if rest > 0 else [])
            message = "\n".join((f"{name} has {len(self.problems)} problems.", *told))
        super().__init__(message, hint)


@dataclass(slots=True)
class Problems:
    """Collects what is wrong, so that one reading tells everything."""

    found: list[tuple[int, str]] = field(default_factory=list)

    def add(self, node: yaml.Node, what: str) -> None:
        """Note a sentence about the line on which a node begins."""
        self.found.append((line_of(node), what))


@dataclass(slots=True)
class Entry:
    """A mapping of the file: its fields by name, and what to call it in a sentence."""

    node: yaml.Node
    what: str
    fields: dict[str, yaml.Node]
    problems: Problems

    def has(self, name: str) -> bool:
        """Tell whether the field is there and not empty."""
        return name in self.fields and not is_empty(self.fields[name])

    def at(self, name: str) -> yaml.Node:
        """Return the node of a field, or of the entry where the field is missing."""
        return self.fields.get(name, self.node)

    def text(self, name: str) -> str:
        """Return a field as text without white space at its ends; "" when missing or empty."""
        node = self.fields.get(name)
        if node is None or is_empty(node):
            return ""
        return _text(node, f"The field {name} of {self.what}", self.problems)

    def sign(self, name: str) -> str:
        """Return a field as it stands, because an unquoted ~ means nothing to YAML."""
        node = self.fields.get(name)
        return str(node.value) if isinstance(node, yaml.ScalarNode) else self.text(name)

    def flag(self, name: str, default: bool = False) -> bool:
        """Return a field as yes or no."""
        word = self.text(name).lower()
        if not word:
            return default
        if word not in _YES | _NO:
            self.problems.add(
                self.at(name), f"The field {name} of {self.what} is either true or false."
            )
        return word in _YES

    def texts(self, name: str) -> tuple[tuple[str, yaml.Node], ...]:
        """Return a list of texts, each with its node."""
        what = f"The field {name} of {self.what}"
        return tuple(
            (text, node)
            for node in self.items(name)
            if (text := _text(node, f"Each item of {what[0].lower()}{what[1:]}", self.problems))
        )

    def items(self, name: str) -> list[yaml.Node]:
        """Return the nodes of a list; a missing or empty field is an empty list."""
        node = self.fields.get(name)
        if node is None or is_empty(node):
            return []
        if not isinstance(node, yaml.SequenceNode):
            self.problems.add(node, f"The field {name} of {self.what} has to be a list.")
            return []
        return list(node.value)


def entry(
    node: yaml.Node,
    what: str,
    allowed: Collection[str],
    required: Collection[str],
    problems: Problems,
) -> Entry | None:
    """Return a mapping as an entry, or None when it is something else; note what is wrong.

    ``what`` is what the entry is called in a sentence unless it names itself by ``id``.
    """
    if not isinstance(node, yaml.MappingNode):
        problems.add(node, f"Here {_with_article(what)} with fields such as id is expected.")
        return None
    found: dict[str, yaml.Node] = {}
    names: list[tuple[str, yaml.Node]] = []
    for key, value in node.value:
        name = key.value if isinstance(key, yaml.ScalarNode) else ""
        names.append((name, key))
        found.setdefault(name, value)
    own = found.get("id")
    called = f"the {what}"
    if isinstance(own, yaml.ScalarNode) and own.value.strip():
        called += f" {own.value.strip()}"
    result = Entry(node, called, found, problems)
    _check_names(result, names, allowed)
    for name in required:
        if not result.has(name):
            where = found.get(name, node)
            problems.add(where, f"{called[0].upper()}{called[1:]} has no {name}.")
    return result


def _check_names(
    checked: Entry, names: list[tuple[str, yaml.Node]], allowed: Collection[str]
) -> None:
    seen: set[str] = set()
    for name, key in names:
        if name in seen:
            checked.problems.add(key, f"The field {name} is given twice for {checked.what}.")
        elif name not in allowed:
            near = get_close_matches(name, allowed, 1)
            hint = f" Is {near[0]} meant?" if near else ""
            told = name or "?"
            checked.problems.add(key, f"The field {told} is not known for {checked.what}.{hint}")
        seen.add(name)


def _with_article(what: str) -> str:
    return f"an {what}" if what[0] in "aeiou" else f"a {what}"


def _text(node: yaml.Node, what: str, problems: Problems) -> str:
    if not isinstance(node, yaml.ScalarNode):
        problems.add(node, f"{what} has to be text.")
        return ""
    return str(node.value).strip()


def is_empty(node: yaml.Node) -> bool:
    """Tell whether a field is there but says nothing."""
    return isinstance(node, yaml.ScalarNode) and (not node.value.strip() or node.tag == _NULL)


def line_of(node: yaml.Node) -> int:
    """Return the line, counted from 1, on which a node begins."""
    return int(node.start_mark.line) + 1


def compose(path: Path) -> yaml.Node:
    """Return the root of a YAML file.

    Raises UserError with the line for a file that is missing, too large, not UTF-8, not YAML,
    empty, or that uses anchors, aliases or tags.
    """
    text = _file_text(path)
    try:
        _refuse_tricks(path.name, text)
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        what = (error.problem or error.context or "something unexpected").strip()
        line = mark.line + 1 if mark is not None else 0
        sentence = f"The file cannot be understood from here on ({what})."
        raise FileProblems(path.name, [(line, sentence)], _QUOTES_HINT) from None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, int(error.position)) + 1
        sentence = "There is a control character here that cannot be part of a text."
        raise FileProblems(path.name, [(line, sentence)]) from None
    if node is None or is_empty(node):
        raise FileProblems(path.name, [(0, "The file is empty.")])
    return node


def _file_text(path: Path) -> str:
    if path.is_file() and path.stat().st_size > _MOST_BYTES:
        raise FileProblems(path.name, [(0, "The file is larger than 5 MB.")])
    data = read_bytes(path)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise FileProblems(
            path.name, [(line, "The file is not UTF-8 text.")], "Save it with the encoding UTF-8."
        ) from None


def _refuse_tricks(name: str, text: str) -> None:
    """Refuse what a codebook never needs and a hostile file would use."""
    problems: list[tuple[int, str]] = []
    depth = 0
    for event in _events(text):
        line = event.start_mark.line + 1
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > _DEEPEST:
            raise FileProblems(name, [*problems, (line, "Lists are nested too deeply here.")])
        if isinstance(event, yaml.AliasEvent):
            problems.append((line, f"The alias *{event.anchor} is not allowed; write it out."))
        elif getattr(event, "anchor", None):
            problems.append((line, f"The anchor &{event.anchor} is not allowed; leave it out."))
        if getattr(event, "tag", None):
            problems.append((line, f"The tag {event.tag} is not allowed; leave it out."))
    if problems:
        raise FileProblems(name, problems, _QUOTES_HINT)


def _events(text: str) -> Iterator[Any]:
    events: Iterator[Any] = yaml.parse(text, Loader=_LOADER)
    return events
