r"""The markup of memos: plain text with a small part of Markdown.

Each line is a paragraph. ``**bold**``, ``*italic*`` (or ``_italic_``), a line that begins with
``- `` or ``1. `` is a point of a list, and ``[words](passage:ID)`` leads to a coded passage;
``code:ID``, ``study:ID`` and ``document:ID`` lead to those. A backslash before ``* _ [ ] \ -`` or
a full stop takes the meaning away. Everything else is what it looks like.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import groupby

LINK_KINDS = ("passage", "code", "study", "document")

_LINK = re.compile(rf"\[((?:\\.|[^\[\]\\\n])+)\]\(((?:{'|'.join(LINK_KINDS)}):[A-Za-z0-9-]+)\)")
_TOKEN = re.compile(
    r"\\(?P<plain>[\\*_\[\]\-.)])"
    rf"|(?P<link>{_LINK.pattern})"
    r"|\*\*(?P<bold>(?=[^\s])(?:\\.|[^\\])+?(?<=\S))\*\*(?!\*)"
    r"|\*(?P<star>(?=[^\s*])(?:\\.|\*\*(?:\\.|[^\\*])+\*\*|[^\\*])+?(?<=\S))\*(?!\*)"
    r"|(?<!\w)_(?P<line>(?=[^\s_])(?:\\.|[^\\_])+?(?<=\S))_(?!\w)"
)
_POINT = re.compile(r"(?P<bullet>[-*] )|(?P<number>\d{1,3}[.)] )")
_ESCAPED = re.compile(r"\\([\\*_\[\]\-.)])")


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one look; ``link`` is such as ``passage:ID``, or empty."""

    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph; ``point`` is ``bullet`` or ``number`` where it is a point of a list."""

    runs: tuple[Run, ...]
    point: str = ""

    @property
    def text(self) -> str:
        """The words without their look."""
        return "".join(run.text for run in self.runs)


def parse(markup: str) -> tuple[Line, ...]:
    """Return the paragraphs of a memo."""
    return tuple(_parse_line(line) for line in markup.replace("\r\n", "\n").split("\n"))


def write(lines: Iterable[Line]) -> str:
    """Return the markup of paragraphs, so that ``parse`` gives their words again."""
    written, number = [], 0
    for line in lines:
        number = number + 1 if line.point == "number" else 0
        written.append(_write_line(line, number))
    return "\n".join(written)


def plain(markup: str) -> str:
    """Return the words of a memo as one reads them; points of lists keep their sign."""
    lines, number = [], 0
    for line in parse(markup):
        number = number + 1 if line.point == "number" else 0
        sign = {"bullet": "• ", "number": f"{number}. "}.get(line.point, "")
        lines.append(sign + line.text)
    return "\n".join(lines)


def links(markup: str) -> tuple[Run, ...]:
    """Return the links of a memo in their order."""
    return tuple(run for line in parse(markup) for run in line.runs if run.link)


def link(words: str, kind: str, identifier: str) -> str:
    """Return the markup of a link."""
    return _write_line(Line((Run(words, link=f"{kind}:{identifier}"),)), 0)


def _parse_line(text: str) -> Line:
    found = _POINT.match(text)
    point = ""
    if found is not None:
        point = "bullet" if found["bullet"] else "number"
        text = text[found.end() :]
    return Line(_joined(_runs(text, Run(""))), point)


def _runs(text: str, look: Run) -> list[Run]:
    runs, at = [], 0
    for token in _TOKEN.finditer(text):
        runs.append(replace(look, text=text[at : token.start()]))
        at = token.end()
        if token["plain"]:
            runs.append(replace(look, text=token["plain"]))
        elif token["link"]:
            found = _LINK.fullmatch(token["link"])
            assert found is not None
            runs.append(replace(look, text=_ESCAPED.sub(r"\1", found[1]), link=found[2]))
        elif token["bold"]:
            runs += _runs(token["bold"], replace(look, bold=True))
        else:
            runs += _runs(token["star"] or token["line"], replace(look, italic=True))
    runs.append(replace(look, text=text[at:]))
    return runs


def _joined(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Join neighbours of one look; drop what holds no words."""
    filled = [run for run in runs if run.text]
    return tuple(
        replace(look, text="".join(run.text for run in same))
        for look, same in groupby(filled, key=lambda run: replace(run, text=""))
    )


def _write_line(line: Line, number: int) -> str:
    wanted = Line(_joined(_trimmed(run) for run in _joined(line.runs)), line.point)
    wanted = Line(_joined(part for run in wanted.runs for part in _outside(run)), line.point)
    bare = tuple(replace(run, bold=False, italic=False) for run in wanted.runs)
    words = tuple(Run(run.text) for run in wanted.runs)
    attempts = (
        (wanted.runs, "*"),
        (wanted.runs, "_"),
        (tuple(replace(run, italic=False) for run in wanted.runs), "*"),
        (bare, "*"),
        (words, "*"),
    )
    sign = {"bullet": "- ", "number": f"{number}. "}.get(line.point, "")
    for runs, mark in attempts:
        written = sign + _lead(_write_runs(_joined(runs), mark), free=not sign)
        if _parse_line(written) == Line(_joined(runs), line.point):
            return written
    return sign + _lead(_write_runs(_joined(words), "*"), free=not sign)


def _trimmed(run: Run) -> Run:
    return replace(run, text=re.sub(r"[\n\r\f\v\x1c-\x1e\x85\u2028\u2029]+", " ", run.text))


def _outside(run: Run) -> list[Run]:
    """Part the white space at the ends of emphasised words from them."""
    if run.link or not (run.bold or run.italic):
        return [run]
    words = run.text.strip()
    if not words:
        return [Run(run.text)]
    start = run.text.index(words)
    ends = run.text[:start], run.text[start + len(words) :]
    return [Run(ends[0]), replace(run, text=words), Run(ends[1])]


def _write_runs(runs: Iterable[Run], mark: str) -> str:
    written = []
    for bold, group in groupby(runs, key=lambda run: run.bold):
        inner = "".join(_write_run(run, mark) for run in group)
        written.append(f"**{inner}**" if bold else inner)
    return "".join(written)


def _write_run(run: Run, mark: str) -> str:
    words = re.sub(r"([\\*]|(?<!\w)_|_(?!\w))", r"\\\1", run.text)
    if run.link:
        inner = re.sub(r"([\[\]])", r"\\\1", words)
        words = f"[{inner}]({run.link})"
    else:
        words = re.sub(r"\[(?=[^\n]*\]\()", r"\\[", words)
    return f"{mark}{words}{mark}" if run.italic else words


def _lead(text: str, *, free: bool) -> str:
    """Keep a paragraph that begins like a point of a list from becoming one."""
    if free and _POINT.match(text):
        return re.sub(r"^(\d*)([-*.)])", r"\1\\\2", text)
    return text
