"""Codebooks as YAML files that people write; the format is described in codebooks/README.md."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from app.coding.codebook import Cluster, Code, Codebook, Facet, RatingScale, shipped_id
from app.exchange.atomic import replace_file
from app.exchange.codebook_reader import CodebookReader
from app.exchange.yaml_nodes import FileProblems, Problems, compose


def read_codebook(path: Path) -> Codebook:
    """Read a codebook; a missing valence or stage facet is added in its standard form.

    Raises:
        UserError: the file cannot be read, or holds problems; all of them are told with their
            lines (``FileProblems.problems``), the message lists the first ten.
    """
    reader = CodebookReader(Problems())
    codebook = reader.codebook(compose(Path(path)))
    if reader.problems.found or codebook is None:
        raise FileProblems(Path(path).name, reader.problems.found)
    return codebook


def write_codebook(codebook: Codebook, path: Path) -> None:
    """Write a codebook so that ``read_codebook`` returns an equal one.

    Ids are written only of what was made in a project; others follow from family and key. The
    file appears wholly or not at all. Raises UserError when it cannot be written.
    """
    with replace_file(Path(path)) as temporary:
        temporary.write_text("\n".join(_sections(codebook)), encoding="utf-8", newline="\n")


class _Dumper(yaml.SafeDumper):
    """Writes lists set in, paragraphs as blocks, and nothing by reference."""

    def ignore_aliases(self, data: Any) -> bool:
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def _paragraphs(dumper: _Dumper, text: str) -> yaml.Node:
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _paragraphs)


def _sections(codebook: Codebook) -> Iterator[str]:
    head = {
        "id": codebook.key,
        "family": codebook.family,
        "title": codebook.title,
        "version": codebook.version,
        "language": codebook.language,
        "description": codebook.description,
    }
    codebook = with_own_keys(codebook)
    cluster_keys = {cluster.id: cluster.key for cluster in codebook.clusters}
    yield _dumped({"codebook": _filled(head)})
    yield _listed(
        "clusters",
        [
            {**_cluster_fields(one), "uid": _uid(codebook, "cluster", one.key, one.id)}
            for one in codebook.clusters
        ],
    )
    yield _listed(
        "categories",
        [
            {
                "id": category.key,
                "name": category.name,
                "cluster": cluster_keys[category.cluster_id],
                "description": category.description,
                "uid": _uid(codebook, "category", category.key, category.id),
            }
            for category in codebook.categories
        ],
    )
    yield _listed("facets", [_facet_fields(facet) for facet in codebook.facets])
    if codebook.ratings:
        yield _listed("ratings", [_rating_fields(scale) for scale in codebook.ratings])
    yield _listed("codes", [_code_fields(codebook, code) for code in codebook.codes], apart=True)


def _cluster_fields(cluster: Cluster) -> dict[str, Any]:
    return {
        "id": cluster.key,
        "name": cluster.name,
        "number": cluster.number,
        "context": cluster.is_context,
    }


def _facet_fields(facet: Facet) -> dict[str, Any]:
    return {
        "id": facet.key,
        "label": facet.label,
        "multiple": facet.multiple,
        "values": [
            _filled(
                {
                    "id": value.key,
                    "label": value.label,
                    "symbol": value.symbol,
                    "needs_condition": value.needs_condition,
                }
            )
            for value in facet.values
        ],
    }


def _rating_fields(scale: RatingScale) -> dict[str, Any]:
    labels = [{"value": number, "label": words} for number, words in scale.labels]
    return {
        "id": scale.key,
        "label": scale.label,
        "description": scale.description,
        "lowest": scale.lowest,
        "highest": scale.highest,
        "mixed": scale.allows_mixed,
        "labels": labels,
        "reversed": list(scale.reversed_codes),
    }


def with_own_keys(codebook: Codebook) -> Codebook:
    """Return the codebook with each code's key its own: two people may have made the same one."""
    seen: set[str] = set()
    codes = []
    for code in codebook.codes:
        numbered = (f"{code.key}_{number}" for number in range(2, 10_000))
        key = next(key for key in (code.key, *numbered) if key not in seen)
        seen.add(key)
        codes.append(replace(code, key=key))
    return replace(codebook, codes=tuple(codes))


def _uid(codebook: Codebook, kind: str, key: str, part_id: str) -> str:
    """Return the id of a part, "" where it follows from family and key."""
    return "" if part_id == shipped_id(codebook.family, kind, key) else part_id


def _key_of(codebook: Codebook, code_id: str) -> str:
    return next((code.key for code in codebook.codes if code.id == code_id), "")


def _code_fields(codebook: Codebook, code: Code) -> dict[str, Any]:
    category = codebook.category(code.category_id)
    other_cluster = code.cluster_id != category.cluster_id
    further = [codebook.cluster(cluster_id).key for cluster_id in code.further_cluster_ids]
    return {
        "id": code.key,
        "name": code.name,
        "category": category.key,
        "cluster": codebook.cluster(code.cluster_id).key if other_cluster else "",
        "further_clusters": further,
        "definition": code.definition,
        "include": code.include,
        "exclude": code.exclude,
        "see_instead": list(code.see_instead),
        "example": code.example,
        "colour": code.colour,
        "hot_key": code.hot_key,
        "starter": code.starter,
        "retired": code.retired,
        "basis": code.basis,
        "former_names": list(code.former_names),
        "merged_into": _key_of(codebook, code.merged_into),
        "split_from": _key_of(codebook, code.split_from),
        "uid": _uid(codebook, "code", code.key, code.id),
    }


def _filled(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value or type(value) is int}


def _listed(section: str, entries: list[dict[str, Any]], *, apart: bool = False) -> str:
    if not entries:
        return f"{section}: []\n"
    whole = _dumped({section: [_filled(fields) for fields in entries]})
    return re.sub(r"\n(?=  - id:)", "\n\n", whole) if apart else whole


def _dumped(part: dict[str, Any]) -> str:
    text: str = yaml.dump(part, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=96)
    return text
