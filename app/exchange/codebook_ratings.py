"""The part of a codebook file that says how studies are rated on its codes."""

from collections.abc import Collection

import yaml

from app.coding.codebook import RatingScale, shipped_id
from app.exchange.yaml_nodes import Entry, Problems, entry

_FIELDS = ("id", "label", "description", "lowest", "highest", "mixed", "labels", "reversed")
_REQUIRED = ("id", "label", "lowest", "highest")
_LABEL = ("value", "label")
_MOST_STEPS = 21


def read_ratings(
    whole: Entry, family: str, problems: Problems, codes: Collection[str]
) -> tuple[RatingScale, ...]:
    """Return the rating scales of a codebook file; what is wrong is noted with its line."""
    found = []
    keys: set[str] = set()
    for node in whole.items("ratings"):
        one = entry(node, "rating", _FIELDS, _REQUIRED, problems)
        if one is None:
            continue
        scale = _scale(one, family, problems, codes)
        if scale.key in keys:
            problems.add(one.at("id"), f"The rating {scale.key} is there already.")
            continue
        keys.add(scale.key)
        found.append(scale)
    return tuple(sorted(found, key=lambda scale: scale.key))


def _scale(one: Entry, family: str, problems: Problems, codes: Collection[str]) -> RatingScale:
    lowest, highest = (
        _whole_number(one, "lowest", problems),
        _whole_number(one, "highest", problems),
    )
    if lowest >= highest or highest - lowest >= _MOST_STEPS:
        what = f"The lowest value of {one.what} has to be below the highest, by 20 at most."
        problems.add(one.at("lowest"), what)
    for key, node in one.texts("reversed"):
        if key not in codes:
            problems.add(node, f"{one.what[0].upper()}{one.what[1:]} names the unknown code {key}.")
    key = one.text("id")
    return RatingScale(
        id=shipped_id(family, "rating", key),
        key=key,
        label=one.text("label"),
        lowest=lowest,
        highest=highest,
        allows_mixed=one.flag("mixed"),
        labels=_labels(one, problems, lowest, highest),
        reversed_codes=tuple(key for key, _node in one.texts("reversed")),
        description=one.text("description"),
    )


def _labels(
    one: Entry, problems: Problems, lowest: int, highest: int
) -> tuple[tuple[int, str], ...]:
    labels: dict[int, str] = {}
    for node in one.items("labels"):
        step = entry(node, "label of a rating", _LABEL, _LABEL, problems)
        if step is None:
            continue
        value = _whole_number(step, "value", problems)
        if not lowest <= value <= highest or value in labels:
            what = f"The value {value} lies outside {one.what}, or has a label already."
            problems.add(step.at("value"), what)
        labels[value] = step.text("label")
    return tuple(sorted(labels.items()))


def _whole_number(one: Entry, name: str, problems: Problems) -> int:
    node: yaml.Node = one.at(name)
    try:
        return int(one.text(name) or "0")
    except ValueError:
        problems.add(node, f"The field {name} of {one.what} is a whole number.")
        return 0
