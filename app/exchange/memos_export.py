"""Memos as a table, as Markdown and as a Word document; links become words and places."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.coding.memo_text import Line, Run, links, parse
from app.coding.memos import KIND_WORDS, KINDS, MemoInfo, Subject, subjects_of_links
from app.errors import UserError
from app.exchange.atomic import replace_file
from app.exchange.extracts_csv import safe_cell
from app.models import Project

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

COLUMNS = ("on", "subject", "place", "quote", "coder", "changed_at", "memo", "markup", "memo_id")
SUFFIXES = (".docx", ".md", ".csv")


def write_memos(project: Project, memos: Sequence[MemoInfo], path: Path) -> None:
    """Write memos in the form that the name of the file asks for.

    Raises:
        UserError: the ending is not known, or the file cannot be written.
    """
    writers = {".docx": _word, ".md": _markdown, ".csv": _table}
    writer = writers.get(path.suffix.lower())
    if writer is None:
        raise UserError("Memos are written as .docx, .md or .csv.", "Change the file's ending.")
    addresses = [run.link for memo in memos for run in links(memo.text)]
    places = subjects_of_links(project, addresses) if addresses else {}
    with replace_file(path) as temporary:
        writer(project, memos, places, temporary)


def _table(
    _project: Project, memos: Sequence[MemoInfo], _places: Mapping[str, Subject], path: Path
) -> None:
    with path.open("w", encoding="utf-8-sig", newline="", errors="replace") as file:
        table = csv.writer(file, lineterminator="\r\n")
        table.writerow(COLUMNS)
        for memo in memos:
            on = memo.subject
            row = (
                KIND_WORDS.get(on.kind, on.kind), on.name, on.detail, on.quote, memo.coder,
                memo.changed_at, memo.words, memo.text, memo.id,
            )  # fmt: skip
            table.writerow([safe_cell(cell) for cell in row])


def _markdown(
    project: Project, memos: Sequence[MemoInfo], places: Mapping[str, Subject], path: Path
) -> None:
    parts = [f"# Memos: {_escaped(project.title)}"]
    for kind, of_kind in _by_kind(memos):
        parts.append(f"## {_head(kind)}")
        for memo in of_kind:
            parts.append(f"### {_escaped(_title(memo))}")
            if memo.subject.quote:
                parts.append(f"> {_escaped(memo.subject.quote)}")
            parts.append(f"{_escaped(memo.coder)}, {memo.changed_at[:10]}")
            parts.append(_markdown_of(parse(memo.text), places))
    path.write_text("\n\n".join(parts) + "\n", encoding="utf-8")


def _markdown_of(lines: Iterable[Line], places: Mapping[str, Subject]) -> str:
    """Return paragraphs as Markdown that any reader of it shows as the memo looks."""
    written: list[str] = []
    before = ""
    for line in lines:
        words = "".join(_markdown_run(run, places) for run in line.runs)
        sign = {"bullet": "- ", "number": "1. "}.get(line.point, "")
        if written and not (sign and sign == before):
            written.append("")
        written.append(sign + words)
        before = sign
    return "\n".join(written)


def _markdown_run(run: Run, places: Mapping[str, Subject]) -> str:
    words = _escaped(run.text)
    if run.italic:
        words = f"*{words}*"
    if run.bold:
        words = f"**{words}**"
    return words + _escaped(_place(run, places))


def _word(
    project: Project, memos: Sequence[MemoInfo], places: Mapping[str, Subject], path: Path
) -> None:
    from docx import Document

    document = Document()
    document.core_properties.title = f"Memos: {project.title}"
    document.core_properties.author = ""
    document.add_heading(_clean(f"Memos: {project.title}"), level=0)
    for kind, of_kind in _by_kind(memos):
        document.add_heading(_head(kind), level=1)
        for memo in of_kind:
            _word_memo(document, memo, places)
    document.save(str(path))


def _word_memo(document: "WordDocument", memo: MemoInfo, places: Mapping[str, Subject]) -> None:
    document.add_heading(_clean(_title(memo)), level=2)
    if memo.subject.quote:
        document.add_paragraph(_clean(f"“{memo.subject.quote}”"), style="Quote")
    who = document.add_paragraph(_clean(f"{memo.coder}, {memo.changed_at[:10]}"))
    who.runs[0].italic = True
    styles = {"bullet": "List Bullet", "number": "List Number"}
    for line in parse(memo.text):
        paragraph: Any = document.add_paragraph(style=styles.get(line.point))
        for run in line.runs:
            made = paragraph.add_run(_clean(run.text))
            made.bold, made.italic = run.bold or None, run.italic or None
            made.underline = bool(run.link) or None
            if run.link:
                paragraph.add_run(_clean(_place(run, places)))


def _by_kind(memos: Sequence[MemoInfo]) -> Iterable[tuple[str, list[MemoInfo]]]:
    for kind in (*KINDS, *sorted({memo.subject.kind for memo in memos} - set(KINDS))):
        of_kind = [memo for memo in memos if memo.subject.kind == kind]
        if of_kind:
            yield kind, of_kind


def _head(kind: str) -> str:
    word = KIND_WORDS.get(kind, "Others")
    return {"Study": "Studies"}.get(word, word if kind == "project" else f"{word}s")


def _title(memo: MemoInfo) -> str:
    return ", ".join(part for part in (memo.subject.name, memo.subject.detail) if part)


def _place(run: Run, places: Mapping[str, Subject]) -> str:
    """Return what stands after the words of a link: where it leads, where the words do not say."""
    subject = places.get(run.link)
    if not run.link or subject is None:
        return ""
    if subject.is_gone:
        return f" ({subject.name.lower()})"
    where = ", ".join(part for part in (subject.name, subject.detail) if part)
    return "" if where in run.text or run.text in (where, subject.name) else f" ({where})"


def _escaped(text: str) -> str:
    return "".join(f"\\{sign}" if sign in "\\*_[]`<>#" else sign for sign in text)


def _clean(text: str) -> str:
    """Drop what an XML file cannot hold."""
    return "".join(sign for sign in text if sign in "\t\n" or ord(sign) >= 32)
