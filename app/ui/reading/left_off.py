"""Which pages stood where when the window was left; no Qt, so that a start can ask for them first.

Only numbers and ids are kept, in the user's settings: the pages themselves come from the project.
"""

from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import astuple, dataclass
from pathlib import Path

from app.documents.engine import PdfEngine, RenderedPage
from app.glimpse import glimpse
from app.ui.settings import LEFT_OFF, settings


@dataclass(frozen=True, slots=True)
class StandingPage:
    """A page in view: degrees it is turned, and its rectangle in the viewport of the pages."""

    page: int
    turn: int
    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class LeftOff:
    """What the reading view showed last, in logical pixels.

    ``room`` is the size of everything beside the rail and between header and strip, ``view`` the
    rectangle of the pages in it, ``scale`` device pixels per point, ``ratio`` device pixels per
    logical pixel.
    """

    project: str
    document: str
    room: tuple[int, int]
    view: tuple[int, int, int, int]
    scale: float
    ratio: float
    at: tuple[int, float, float]
    """The reading position (page, share, zoom) that goes with it."""
    pages: tuple[StandingPage, ...]

    def remember(self) -> None:
        """Keep it in the settings."""
        pages = [
            [page.page, page.turn, page.left, page.top, page.width, page.height]
            for page in self.pages
        ]
        kept = {
            "project": self.project,
            "document": self.document,
            "room": list(self.room),
            "view": list(self.view),
            "scale": self.scale,
            "ratio": self.ratio,
            "at": list(self.at),
            "pages": pages,
        }
        if settings().value(LEFT_OFF) != kept:
            settings().remember(LEFT_OFF, kept)


def recall(path: Path) -> LeftOff | None:
    """Return how this project was left, if it was the last one and left in the reading view."""
    kept = settings().value(LEFT_OFF)
    if not isinstance(kept, Mapping) or kept.get("project") != str(path.absolute()):
        return None
    try:
        (wide, high), (left, top, width, height) = map(int, kept["room"]), map(int, kept["view"])
        left_off = LeftOff(
            kept["project"],
            str(kept["document"]),
            (wide, high),
            (left, top, width, height),
            float(kept["scale"]),
            float(kept["ratio"]),
            tuple(kept["at"]),
            tuple(StandingPage(int(p[0]), int(p[1]), *map(float, p[2:6])) for p in kept["pages"]),
        )
    except (KeyError, TypeError, ValueError, IndexError):
        return None
    # After a crash one may have read on since: then other pages will be shown.
    now = settings().reading_position(left_off.document)
    return left_off if now is not None and astuple(now) == left_off.at else None


def forget() -> None:
    """Keep nothing: the window is left elsewhere than in the reading view."""
    if settings().value(LEFT_OFF) is not None:
        settings().remember(LEFT_OFF, None)


@dataclass(frozen=True, slots=True)
class AskedPages:
    """The pages of last time, asked for before there is a window."""

    left_off: LeftOff
    images: "tuple[tuple[StandingPage, Future[RenderedPage]], ...]"


def ask(path: Path, engine: PdfEngine) -> AskedPages | None:
    """Ask for the pages that were seen last in this project; None where they are not known."""
    left_off = recall(path)
    if left_off is None or not left_off.pages:
        return None
    found = glimpse(path, left_off.document)
    if found is None:
        return None
    key = f"{found.project_id}/{left_off.document}"
    engine.open(key, found.pdf, found.password or None)
    return AskedPages(
        left_off,
        tuple(
            (page, engine.render(key, page.page, left_off.scale, generation=None, turn=page.turn))
            for page in left_off.pages
        ),
    )
