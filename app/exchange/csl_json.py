"""CSL JSON, which Zotero and other reference managers write without loss."""

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from app.coding.folding import fold_doi
from app.coding.references import ReferenceRecord
from app.errors import UserError
from app.exchange.reference_files import ReferenceList, citation_keys
from app.exchange.text_files import read_text

_KINDS = {
    "article": ("article-journal", "article-magazine", "article-newspaper", "review", "article"),
    "book": ("book",),
    "chapter": ("chapter", "entry-encyclopedia"),
    "conference": ("paper-conference", "speech"),
    "report": ("report", "legislation", "standard"),
    "thesis": ("thesis",),
    "web": ("webpage", "post-weblog", "post"),
}
_KIND_OF_TYPE = {name: kind for kind, names in _KINDS.items() for name in names}
_HINT = "Export the records from the reference manager again, as CSL JSON."


def read_csl_json(path: Path) -> ReferenceList:
    """Return the entries of a CSL JSON file.

    Raises:
        UserError: it is no JSON, with the line that breaks it, or holds no entry.
    """
    text = read_text(path)
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as problem:
        line = getattr(problem, "lineno", 1)
        raise UserError(f"{path.name} cannot be read as JSON: line {line}.", hint=_HINT) from None
    if isinstance(found, dict):
        found = found.get("items", [found])
    if not isinstance(found, list):
        raise UserError(f"{path.name} holds no list of references in line 1.", hint=_HINT)
    records, problems = [], []
    for number, item in enumerate(found, start=1):
        if isinstance(item, dict) and any(item.get(key) for key in ("title", "author", "DOI")):
            records.append(_record(item))
        else:
            problems.append(
                f"{path.name}: entry {number} has neither title nor author and was left out."
            )
    if not records:
        raise UserError(f"{path.name} holds no reference in line 1 or later.", hint=_HINT)
    return ReferenceList(tuple(records), tuple(problems))


def write_csl_json(records: Iterable[ReferenceRecord]) -> str:
    """Return records as CSL JSON."""
    records = tuple(records)
    keys = citation_keys(records)
    items = [_item(record, key) for record, key in zip(records, keys, strict=True)]
    return json.dumps(items, ensure_ascii=False, indent=1) + "\n"


def _record(item: Mapping[str, Any]) -> ReferenceRecord:
    people = item.get("author") or item.get("editor") or []
    pages = _text(item.get("page"))
    url = _text(item.get("URL"))
    return ReferenceRecord(
        type=_KIND_OF_TYPE.get(_text(item.get("type")), "other"),
        title=re.sub(r"</?(i|b|sub|sup|span|sc)\b[^>]*>", "", _text(item.get("title"))),
        authors=tuple(name for one in _listed(people) if (name := _person(one))),
        year=_year(item.get("issued")),
        container=_text(item.get("container-title")) or _text(item.get("publisher")),
        volume=_text(item.get("volume")),
        issue=_text(item.get("issue")),
        pages=re.sub(r"\s*[-–—]+\s*", "–", pages),
        doi=fold_doi(_text(item.get("DOI")) or (url if "doi.org/" in url else "")),
        url=url,
        language=_text(item.get("language")),
        abstract=_text(item.get("abstract")),
        key=_text(item.get("citation-key")) or _text(item.get("id")),
        raw=json.dumps(item, ensure_ascii=False),
    )


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _text(value: object) -> str:
    if isinstance(value, list):  # as Crossref writes titles
        value = next(iter(value), "")
    return " ".join(str(value).split()) if isinstance(value, str | int | float) else ""


def _person(value: object) -> str:
    if isinstance(value, str):
        return value.strip()
    if not isinstance(value, dict):
        return ""
    particle = " ".join(
        _text(value.get(key)) for key in ("dropping-particle", "non-dropping-particle")
    )
    family = " ".join(f"{particle} {_text(value.get('family'))}".split())
    given = _text(value.get("given"))
    return f"{family}, {given}" if family and given else family or _text(value.get("literal"))


def _year(value: object) -> int | None:
    if not isinstance(value, dict):
        text = _text(value)
    else:
        parts = value.get("date-parts") or [[]]
        text = json.dumps(parts[0]) if isinstance(parts, list) and parts else ""
        text = f"{text} {_text(value.get('raw'))} {_text(value.get('literal'))}"
    found = re.search(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)", text)
    return int(found.group()) if found else None


def _item(record: ReferenceRecord, key: str) -> dict[str, Any]:
    people = [_written(name) for name in record.authors]
    holder = "container-title" if record.type in ("article", "chapter", "conference") else ""
    item: dict[str, Any] = {
        "id": key,
        "type": _KINDS.get(record.type, ("document",))[0],
        "title": record.title,
        "author": people,
        "issued": {"date-parts": [[record.year]]} if record.year else {},
        holder or "publisher": record.container,
        "volume": record.volume,
        "issue": record.issue,
        "page": record.pages.replace("–", "-"),
        "DOI": record.doi,
        "URL": record.url,
        "language": record.language,
        "abstract": record.abstract,
    }
    return {name: value for name, value in item.items() if value}


def _written(name: str) -> dict[str, str]:
    family, comma, given = (part.strip() for part in name.partition(","))
    return {"family": family, "given": given} if comma else {"literal": family}
