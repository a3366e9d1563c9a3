"""Turns the nodes of a YAML file into a codebook and notes every problem with its line."""

import re
from collections.abc import Container, Iterator, Mapping

import yaml

from app.coding.codebook import (
    STAGE,
    VALENCE,
    Category,
    Cluster,
    Code,
    Codebook,
    Facet,
    FacetValue,
    hot_key_problem,
    shipped_id,
    standard_facets,
)
from app.exchange.codebook_ratings import read_ratings
from app.exchange.yaml_nodes import Entry, Problems, entry

_SECTIONS = ("codebook", "clusters", "categories", "facets", "ratings", "codes")
_NEEDED_SECTIONS = ("codebook", "clusters", "categories", "codes")
_HEAD = ("id", "family", "title", "version", "language", "description")
_CLUSTER = ("id", "name", "number", "context", "uid")
_CATEGORY = ("id", "name", "cluster", "description", "uid")
_FACET = ("id", "label", "multiple", "values")
_VALUE = ("id", "label", "symbol", "needs_condition")
_CODE_TEXTS = ("definition", "include", "exclude", "example", "basis")
_CODE = (
    "id",
    "name",
    "category",
    "cluster",
    "further_clusters",
    *_CODE_TEXTS,
    "see_instead",
    "colour",
    "hot_key",
    "starter",
    "retired",
    "former_names",
    "merged_into",
    "split_from",
    "uid",
)
_REQUIRED = {
    "cluster": ("id", "name"),
    "category": ("id", "name", "cluster"),
    "code": ("id", "name", "category"),
    "facet": ("id", "label", "values"),
    "value": ("id", "label"),
}
_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
_CODE_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_UID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")


class CodebookReader:
    """Reads one file; after ``codebook()`` the problems tell whether the result is sound."""

    def __init__(self, problems: Problems) -> None:
        self.problems = problems
        self.family = ""
        self.cluster_ids: dict[str, str] = {}
        self.categories: dict[str, Category] = {}

    def codebook(self, root: yaml.Node) -> Codebook | None:
        """Return the codebook; what it holds is of no use once a problem was noted."""
        whole = entry(root, "codebook file", _SECTIONS, _NEEDED_SECTIONS, self.problems)
        if whole is None:
            return None
        head = self._head(whole)
        clusters = tuple(map(self._cluster, self._entries(whole, "clusters", _CLUSTER)))
        if whole.has("clusters") and not clusters:
            self.problems.add(whole.at("clusters"), "The codebook has no clusters.")
        categories = tuple(map(self._category, self._entries(whole, "categories", _CATEGORY)))
        facets = self._facets(whole)
        codes = self._codes(whole)
        ratings = read_ratings(whole, self.family, self.problems, {code.key for code in codes})
        if head is None:
            return None
        key = head.text("id")
        return Codebook(
            id=shipped_id(self.family, "codebook", key),
            key=key,
            title=head.text("title"),
            version=head.text("version"),
            language=head.text("language"),
            description=head.text("description"),
            clusters=clusters,
            categories=categories,
            codes=codes,
            facets=facets,
            family=self.family,
            ratings=ratings,
        )

    def _head(self, whole: Entry) -> Entry | None:
        if not whole.has("codebook"):
            return None
        head = entry(whole.at("codebook"), "codebook", _HEAD, ("id", "title"), self.problems)
        if head is not None:
            self._key(head, "id", _KEY)
            self.family = self._key(head, "family", _KEY) or head.text("id")
        return head

    def _entries(self, whole: Entry, section: str, allowed: tuple[str, ...]) -> Iterator[Entry]:
        """Yield the sound entries of a section; the second one of an id is noted."""
        kind = {"categories": "category", "values": "value"}.get(section, section[:-1])
        pattern = _CODE_KEY if kind == "code" else _KEY
        lines: dict[str, int] = {}
        for node in whole.items(section):
            found = entry(node, kind, allowed, _REQUIRED[kind], self.problems)
            if found is None:
                continue
            key = self._key(found, "id", pattern)
            line = found.at("id").start_mark.line + 1
            if key and key in lines:
                what = f"{_begin(found.what)} is there already in line {lines[key]}."
                self.problems.add(found.at("id"), what)
                continue
            lines[key] = line
            yield found

    def _key(self, found: Entry, name: str, pattern: re.Pattern[str]) -> str:
        key = found.text(name)
        if key and not pattern.fullmatch(key):
            signs = (
                "dots, hyphens and underscores"
                if pattern is _CODE_KEY
                else ("hyphens and underscores")
            )
            what = f"The {name} {key} may hold letters from a to z, digits, {signs} only."
            self.problems.add(found.at(name), what)
            return ""
        return key

    def _cluster(self, found: Entry) -> Cluster:
        key = found.text("id")
        number = found.text("number")
        is_context = found.flag("context")
        if is_context and number:
            what = f"{_begin(found.what)} is context and has no number."
            self.problems.add(found.at("number"), what)
        if len(number) > 3:
            what = f"The number of {found.what} is longer than three characters."
            self.problems.add(found.at("number"), what)
        cluster_id = self._id(found, "cluster", key)
        self.cluster_ids[key] = cluster_id
        return Cluster(cluster_id, key, found.text("name"), number, is_context)

    def _category(self, found: Entry) -> Category:
        key = found.text("id")
        category = Category(
            self._id(found, "category", key),
            key,
            found.text("name"),
            self._cluster_id(found, found.text("cluster"), found.at("cluster")),
            found.text("description"),
        )
        self.categories[key] = category
        return category

    def _cluster_id(self, found: Entry, key: str, node: yaml.Node) -> str:
        if key and key not in self.cluster_ids:
            self.problems.add(node, f"{_begin(found.what)} names the unknown cluster {key}.")
        return self.cluster_ids.get(key, "")

    def _codes(self, whole: Entry) -> tuple[Code, ...]:
        entries = list(self._entries(whole, "codes", _CODE))
        ids = {found.text("id"): self._id(found, "code", found.text("id")) for found in entries}
        hot_keys: dict[str, str] = {}
        return tuple(self._code(found, ids, hot_keys) for found in entries)

    def _id(self, found: Entry, kind: str, key: str) -> str:
        """Return the id of a part: what follows from family and key, unless it has its own."""
        own = found.text("uid")
        if own and not _UID.fullmatch(own):
            self.problems.add(found.at("uid"), f"The uid of {found.what} is not one of Cofactor.")
        return own or shipped_id(self.family, kind, key)

    def _other(self, found: Entry, name: str, ids: Mapping[str, str]) -> str:
        """Return the id of the code that a field names, "" for none."""
        key = found.text(name)
        if key and (key not in ids or key == found.text("id")):
            what = f"{_begin(found.what)} names the unknown code {key} in {name}."
            self.problems.add(found.at(name), what)
        return ids.get(key, "")

    def _code(self, found: Entry, ids: Mapping[str, str], hot_keys: dict[str, str]) -> Code:
        key = found.text("id")
        category = self.categories.get(found.text("category"))
        if category is None and found.has("category"):
            what = f"{_begin(found.what)} names the unknown category {found.text('category')}."
            self.problems.add(found.at("category"), what)
        cluster_id = category.cluster_id if category else ""
        if found.has("cluster"):
            cluster_id = self._cluster_id(found, found.text("cluster"), found.at("cluster"))
        definition, include, exclude, example, basis = map(found.text, _CODE_TEXTS)
        return Code(
            id=ids[key],
            key=key,
            name=found.text("name"),
            category_id=category.id if category else "",
            cluster_id=cluster_id,
            further_cluster_ids=tuple(
                self._cluster_id(found, cluster, node)
                for cluster, node in found.texts("further_clusters")
            ),
            definition=definition,
            include=include,
            exclude=exclude,
            example=example,
            see_instead=self._neighbours(found, ids),
            colour=self._colour(found),
            hot_key=self._hot_key(found, hot_keys),
            starter=found.flag("starter"),
            retired=found.flag("retired"),
            basis=basis,
            former_names=tuple(sorted(name for name, _ in found.texts("former_names"))),
            merged_into=self._other(found, "merged_into", ids),
            split_from=self._other(found, "split_from", ids),
        )

    def _neighbours(self, found: Entry, keys: Container[str]) -> tuple[str, ...]:
        neighbours = found.texts("see_instead")
        for key, node in neighbours:
            if key == found.text("id"):
                self.problems.add(node, f"{_begin(found.what)} points to itself in see_instead.")
            elif key not in keys:
                what = f"{_begin(found.what)} names the unknown code {key} in see_instead."
                self.problems.add(node, what)
        return tuple(key for key, _ in neighbours)

    def _colour(self, found: Entry) -> str:
        colour = found.text("colour")
        if ("colour" in found.fields and not colour) or (colour and not _COLOUR.fullmatch(colour)):
            what = f'The colour of {found.what} is written like "#1F6E9C", in quotes.'
            self.problems.add(found.at("colour"), what)
        return colour.upper()

    def _hot_key(self, found: Entry, hot_keys: dict[str, str]) -> str:
        hot_key = found.text("hot_key").upper()
        if not hot_key:
            return ""
        problem = hot_key_problem(hot_key)
        if problem:
            what = f"The hot key of {found.what} cannot be {hot_key}. {problem}"
            self.problems.add(found.at("hot_key"), what)
        elif hot_key in hot_keys:
            what = f"The hot key {hot_key} of {found.what} belongs to {hot_keys[hot_key]} already."
            self.problems.add(found.at("hot_key"), what)
        hot_keys.setdefault(hot_key, found.what)
        return hot_key

    def _facets(self, whole: Entry) -> tuple[Facet, ...]:
        facets = list(map(self._facet, self._entries(whole, "facets", _FACET)))
        keys = {facet.key for facet in facets}
        for place, standard in enumerate(standard_facets(self.family)):
            if standard.key not in keys:
                facets.insert(place, standard)
        return tuple(facets)

    def _facet(self, found: Entry) -> Facet:
        key = found.text("id")
        multiple = found.flag("multiple", default=key == STAGE)
        if key in (VALENCE, STAGE) and multiple != (key == STAGE):
            word = "several values" if key == STAGE else "one value"
            what = f"{_begin(found.what)} always takes {word} per coding; leave multiple out."
            self.problems.add(found.at("multiple"), what)
        if found.has("values") and not found.items("values"):
            self.problems.add(found.at("values"), f"{_begin(found.what)} has no values.")
        symbols: dict[str, str] = {}
        values = tuple(
            self._value(value, key, symbols) for value in self._entries(found, "values", _VALUE)
        )
        facet_id = shipped_id(self.family, "facet", key)
        return Facet(facet_id, key, found.text("label"), multiple, values)

    def _value(self, found: Entry, facet_key: str, symbols: dict[str, str]) -> FacetValue:
        key = found.text("id")
        symbol = found.sign("symbol")
        if len(symbol) > 1 or symbol.isalnum() or symbol.isspace():
            what = f"The symbol of {found.what} is one sign that is neither letter nor digit."
            self.problems.add(found.at("symbol"), what)
        elif symbol and symbol in symbols:
            what = f"The symbol {symbol} of {found.what} belongs to {symbols[symbol]} already."
            self.problems.add(found.at("symbol"), what)
        symbols.setdefault(symbol, found.what)
        value_id = shipped_id(self.family, "facet_value", f"{facet_key}.{key}")
        needs_condition = found.flag("needs_condition")
        return FacetValue(value_id, key, found.text("label"), symbol, needs_condition)


def _begin(what: str) -> str:
    return what[0].upper() + what[1:]
