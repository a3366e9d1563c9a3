"""BibTeX files: entries as records, with LaTeX turned into letters.

bibtexparser goes on after a broken entry; what it could not read is told with its line.
"""

import logging
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.coding.folding import fold_doi
from app.coding.references import ReferenceRecord
from app.errors import UserError
from app.exchange.reference_files import ReferenceList, citation_keys
from app.exchange.text_files import read_text

if TYPE_CHECKING:
    from pylatexenc.latex2text import LatexNodes2Text

_KINDS = {
    "article": ("article",),
    "book": ("book", "booklet", "proceedings", "collection", "mvbook"),
    "chapter": ("incollection", "inbook", "inreference"),
    "conference": ("inproceedings", "conference"),
    "report": ("techreport", "report", "manual"),
    "thesis": ("phdthesis", "mastersthesis", "thesis"),
    "web": ("online", "electronic", "www"),
}
_KIND_OF_TYPE = {name: kind for kind, names in _KINDS.items() for name in names}
_CONTAINERS = ("journal", "journaltitle", "booktitle", "school", "institution", "publisher")
_HINT = "Export the records from the reference manager again, or mend that line."


def read_bibtex(path: Path) -> ReferenceList:
    """Return the entries of a BibTeX file; those that are broken are told in a sentence each.

    Raises:
        UserError: no entry could be read; the line of the first trouble is named.
    """
    from bibtexparser.entrypoint import parse_string
    from pylatexenc.latex2text import LatexNodes2Text

    text = read_text(path)
    logging.getLogger("bibtexparser").setLevel(logging.ERROR)
    logging.getLogger("pylatexenc").setLevel(logging.ERROR)
    library = parse_string(text)
    latex = LatexNodes2Text(keep_braced_groups=False, math_mode="text")
    records, problems = [], []
    for block in library.blocks:
        entry = getattr(block, "ignore_error_block", block)
        if hasattr(entry, "fields_dict"):
            records.append(_record(entry, latex))
        elif block in library.failed_blocks:
            problems.append(_told(path.name, block))
    if not records:
        if problems:
            raise UserError(problems[0], hint=_HINT)
        first = next((line.strip() for line in text.splitlines() if line.strip()), "")
        begins = f"line 1 begins with “{first[:30]}”" if first else "it is empty"
        raise UserError(f"{path.name} holds no BibTeX entry: {begins}.", hint=_HINT)
    return ReferenceList(tuple(records), tuple(problems))


def write_bibtex(records: Iterable[ReferenceRecord]) -> str:
    """Return records as the text of a BibTeX file in UTF-8."""
    records = tuple(records)
    keys = citation_keys(records)
    return "\n".join(_entry(r, key) for r, key in zip(records, keys, strict=True))


# --- reading --------------------------------------------------------------------------------------


def _told(name: str, block: Any) -> str:
    line = (block.start_line or 0) + 1
    start = str(block.raw or "").strip().splitlines()
    what = f"“{start[0][:40]}”" if start else "an entry"
    return f"{name}, line {line}: {what} breaks off and was left out."


def _record(entry: Any, latex: "LatexNodes2Text") -> ReferenceRecord:
    fields = {str(key).lower(): str(field.value) for key, field in entry.fields_dict.items()}

    def plain(*names: str) -> str:
        return next((_plain(fields[name], latex) for name in names if fields.get(name)), "")

    people = fields.get("author") or fields.get("editor") or ""
    link = fields.get("url", "").strip("{} ")
    return ReferenceRecord(
        type=_KIND_OF_TYPE.get(entry.entry_type.lower(), "other"),
        title=plain("title"),
        authors=tuple(name for one in _split_people(people) if (name := _person(one, latex))),
        year=_year(fields.get("year") or fields.get("date", "")),
        container=plain(*_CONTAINERS),
        volume=plain("volume"),
        issue=plain("number", "issue"),
        pages=re.sub(r"\s*[-–—]+\s*", "–", plain("pages")),
        doi=fold_doi(fields.get("doi", "") or (link if "doi.org/" in link else "")),
        url=link,
        language=plain("langid", "language"),
        abstract=plain("abstract"),
        file_names=tuple(_files(fields.get("file", ""))),
        key=entry.key,
        raw=entry.raw or "",
    )


def _plain(text: str, latex: "LatexNodes2Text") -> str:
    if "\\" in text or "$" in text or "{" in text or "~" in text:
        # A bare percent sign is a comment in LaTeX, but a percent sign in reference managers.
        text = latex.latex_to_text(re.sub(r"(?<!\\)([%#])", r"\\\1", text))
    else:
        text = text.replace("---", "—").replace("--", "–")
    return " ".join(text.split())


def _split_people(text: str) -> list[str]:
    """Split at "and" outside braces, so that {Ministry of Health and Care} stays whole."""
    found, depth, part = [], 0, ""
    for word in re.split(r"(\s+)", text):
        if word == "and" and depth == 0:
            found.append(part.strip())
            part = ""
            continue
        part += word
        depth += word.count("{") - word.count("}")
    return [one for one in (*found, part.strip()) if one and one != "others"]


def _person(name: str, latex: "LatexNodes2Text") -> str:
    if name.startswith("{") and name.endswith("}"):
        return _plain(name, latex)
    plain = _plain(name, latex)
    if "," in plain or " " not in plain:
        return plain.rstrip(", ")
    from bibtexparser.middlewares.names import parse_single_name_into_parts

    parts = parse_single_name_into_parts(plain, strict=False)
    family = " ".join([*parts.von, *parts.last, *parts.jr])
    return f"{family}, {' '.join(parts.first)}" if parts.first else family


def _year(text: str) -> int | None:
    found = re.search(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)", text)
    return int(found.group()) if found else None


def _files(text: str) -> Iterator[str]:
    """Yield file names: Zotero writes description:path:type; with backslashes before the rest."""
    for one in re.split(r"(?<!\\);", text.strip("{}")):
        parts = [re.sub(r"\\(.)", r"\1", part) for part in re.split(r"(?<!\\):", one)]
        # A Windows path loses its drive letter here, which its name does not need.
        path = max(parts[:-1] or parts, key=lambda part: ("." in part, len(part)), default="")
        if name := re.split(r"[/\\]", path)[-1].strip():
            yield name


# --- writing --------------------------------------------------------------------------------------


def _entry(record: ReferenceRecord, key: str) -> str:
    kind = _KINDS.get(record.type, ("misc",))[0]
    home = {"article": "journal", "thesis": "school", "report": "institution", "book": "publisher"}
    fields = (
        ("title", record.title),
        ("author", " and ".join(_written(name) for name in record.authors)),
        ("year", str(record.year or "")),
        (home.get(record.type, "booktitle"), record.container),
        ("volume", record.volume),
        ("number", record.issue),
        ("pages", record.pages.replace("–", "--")),
        ("doi", record.doi),
        ("url", record.url),
        ("language", record.language),
        ("abstract", record.abstract),
    )
    lines = [f"  {name} = {{{_escaped(name, text)}}}," for name, text in fields if text]
    safe = re.sub(r"[^\w:.-]", "", key) or "record"
    return "\n".join([f"@{kind}{{{safe},", *lines, "}", ""])


def _written(name: str) -> str:
    return name if "," in name or " " not in name else f"{{{name}}}"


def _escaped(name: str, text: str) -> str:
    text = " ".join(text.split())
    if name in ("doi", "url"):
        return text.replace("{", "%7B").replace("}", "%7D")
    if name == "author":
        return re.sub(r"(?<!\\)([&%$#_])", r"\\\1", text)
    text = text.replace("\\", r"\textbackslash ").replace("{", r"\{").replace("}", r"\}")
    return re.sub(r"([&%$#_])", r"\\\1", text)
