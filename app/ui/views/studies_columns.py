"""The columns of the table of studies: which there are, which are shown, in what order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from app.coding.attributes import NUMBER, AttributeInfo
from app.ui.settings import settings

FIXED = {
    "study": "Study",
    "title": "Title",
    "year": "Year",
    "reports": "Reports",
    "pdfs": "PDFs",
    "pages": "Pages",
    "language": "Language",
}
COUNTED = frozenset({"year", "reports", "pdfs", "pages"})
NOTE = "note"
FIRST = "study"
"""Always shown, and always first."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column; ``key`` is lasting; it is an attribute's, or that of the nth ``coder``."""

    key: str
    head: str
    attribute: AttributeInfo | None = None
    coder: int = -1

    @property
    def is_number(self) -> bool:
        """Say whether its cells are numbers, which stand at the right."""
        return self.key in COUNTED or (self.attribute is not None and self.attribute.kind == NUMBER)


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Which columns someone has put where; keys not named stand in their usual place."""

    order: tuple[str, ...] = ()
    hidden: frozenset[str] | None = None
    """None until someone chose: then counts are hidden where there are attributes to show."""
    sorted_by: str = FIRST
    descending: bool = False
    filters: tuple[str, ...] = ()


def all_columns(
    attributes: Iterable[AttributeInfo], coders: Sequence[tuple[str, str]]
) -> tuple[Column, ...]:
    """Return all columns in their usual order; ``coders`` are ids and short names."""
    return (
        *(Column(key, head) for key, head in FIXED.items()),
        *(Column(f"attribute.{one.id}", one.head, one) for one in attributes),
        *(
            Column(f"coder.{coder_id}", name, None, number)
            for number, (coder_id, name) in enumerate(coders)
        ),
        Column(NOTE, "Note"),
    )


def in_order(columns: Sequence[Column], order: Sequence[str]) -> tuple[Column, ...]:
    """Return the columns in this order; one that is not named follows its usual neighbour."""
    known = {column.key: column for column in columns}
    keys = [key for key in order if key in known]
    for number, column in enumerate(columns):
        if column.key not in keys:
            before = columns[number - 1].key if number else ""
            keys.insert(keys.index(before) + 1 if before in keys else 0, column.key)
    keys.sort(key=lambda key: key != FIRST)
    return tuple(known[key] for key in keys)


def shown(columns: Sequence[Column], arrangement: Arrangement) -> tuple[Column, ...]:
    """Return the columns that are to be seen, in their order."""
    ordered, hidden = in_order(columns, arrangement.order), hidden_keys(columns, arrangement)
    return tuple(one for one in ordered if one.key == FIRST or one.key not in hidden)


def hidden_keys(columns: Sequence[Column], arrangement: Arrangement) -> frozenset[str]:
    """Return the keys of the columns that are not to be seen."""
    if arrangement.hidden is not None:
        return arrangement.hidden
    return COUNTED - {"year"} if any(one.attribute for one in columns) else frozenset()


def load_arrangement(project_id: str) -> Arrangement:
    """Return how the columns of a project were left on this computer."""
    kept = settings().value(f"studies.columns.{project_id}", {})
    if not isinstance(kept, dict):
        return Arrangement()
    return Arrangement(
        _texts(kept.get("order")),
        frozenset(_texts(kept["hidden"])) if isinstance(kept.get("hidden"), list) else None,
        str(kept.get("sorted_by", FIRST)),
        kept.get("descending") is True,
        _texts(kept.get("filters")),
    )


def keep_arrangement(project_id: str, arrangement: Arrangement) -> None:
    """Remember how the columns of a project are."""
    settings().remember(
        f"studies.columns.{project_id}",
        {
            "order": list(arrangement.order),
            "hidden": None if arrangement.hidden is None else sorted(arrangement.hidden),
            "sorted_by": arrangement.sorted_by,
            "descending": arrangement.descending,
            "filters": list(arrangement.filters),
        },
    )


def with_shown(
    columns: Sequence[Column], arrangement: Arrangement, key: str, is_shown: bool
) -> Arrangement:
    """Return the arrangement with a column shown or hidden."""
    hidden = hidden_keys(columns, arrangement)
    return replace(arrangement, hidden=hidden - {key} if is_shown else hidden | {key})


def moved(columns: Sequence[Column], arrangement: Arrangement, key: str, step: int) -> Arrangement:
    """Return the arrangement with a column further to the front (step -1) or to the back."""
    keys = [column.key for column in in_order(columns, arrangement.order)]
    place = keys.index(key)
    to = min(max(place + step, 1), len(keys) - 1)
    keys.insert(to, keys.pop(place))
    return replace(arrangement, order=tuple(keys))


def _texts(value: object) -> tuple[str, ...]:
    return tuple(one for one in value if isinstance(one, str)) if isinstance(value, list) else ()
