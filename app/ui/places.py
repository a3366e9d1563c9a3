"""The places of the rail, in their order."""

from dataclasses import dataclass
from importlib import import_module

from app.ui.place import Place, Window


@dataclass(frozen=True, slots=True)
class PlaceSpec:
    """One entry of the rail; ``factory`` is "module:class", imported at the first visit.

    A place with ``in_rail`` false has no button there: the header leads to it.
    """

    key: str
    label: str
    icon: str
    factory: str
    in_rail: bool = True


PLACES = (
    PlaceSpec("studies", "Studies", "library", "app.ui.views.studies:StudiesPlace"),
    PlaceSpec("read", "Read", "book-open-text", "app.ui.reading.place:ReadingPlace"),
    PlaceSpec("codebook", "Codebook", "list-tree", "app.ui.views.codebook:CodebookPlace"),
    PlaceSpec("extracts", "Extracts", "quote", "app.ui.views.extracts:ExtractsPlace"),
    PlaceSpec("team", "Team", "users", "app.ui.views.team:TeamPlace"),
    PlaceSpec("analysis", "Analysis", "waypoints", "app.ui.views.analysis:AnalysisPlace"),
    PlaceSpec("memos", "Memos", "sticky-note", "app.ui.views.memo_place:MemosPlace"),
    PlaceSpec("search", "Search", "search", "app.ui.views.search_place:SearchPlace", in_rail=False),
)


def make_place(spec: PlaceSpec, window: Window) -> Place:
    """Import and make a place."""
    module, name = spec.factory.split(":")
    place: Place = getattr(import_module(module), name)(window)
    place.key = spec.key
    return place
