"""Small pictures of coded areas for lists, made by the PDF worker in the background."""

from collections import OrderedDict
from collections.abc import Sequence
from concurrent.futures import CancelledError
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage

from app.coding.areas import unturned_size
from app.coding.documents import load_text, pdf_bytes
from app.coding.passwords import pdf_password
from app.documents.engine import PdfEngine
from app.documents.problems import DocumentProblem
from app.documents.turning import turn_box
from app.errors import UserError
from app.models import Project
from app.ui.bridge import ProjectBridge
from app.ui.reading.paper import to_image
from app.ui.tasks import run

WIDTH, HEIGHT = 360, 160
"""Pixels that a picture has at most."""
KEPT = 300
PAUSE_MS = 60
Key = tuple[str, int, tuple[float, ...]]
"""Document, 1-based page, and the area in points of the unturned page."""


class AreaPictures(QObject):
    """Pictures by document, page and area; ``arrived`` when there are more."""

    arrived = Signal()

    def __init__(self, bridge: ProjectBridge) -> None:
        """Make pictures of the project that ``bridge`` holds."""
        super().__init__(bridge)
        self._bridge = bridge
        self._made: OrderedDict[Key, QImage | None] = OrderedDict()
        self._wanted: dict[Key, float] = {}
        self._asked: set[Key] = set()
        self._soon = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._soon.timeout.connect(self._ask)
        bridge.opened.connect(self._forget)
        bridge.closed.connect(self._forget)

    @staticmethod
    def of(bridge: ProjectBridge) -> "AreaPictures":
        """Return the one that belongs to this bridge."""
        known = bridge.findChild(AreaPictures)
        return known if isinstance(known, AreaPictures) else AreaPictures(bridge)

    def get(self, key: Key, ratio: float = 1.0) -> QImage | None:
        """Return a picture that is there; else have it made for a screen of this pixel ratio."""
        if key in self._made:
            self._made.move_to_end(key)
            return self._made[key]
        if key not in self._asked:
            self._wanted[key] = ratio
            if not self._soon.isActive():
                self._soon.start()
        return None

    def _forget(self) -> None:
        self._made.clear()
        self._wanted.clear()
        self._asked.clear()

    def _ask(self) -> None:
        if not self._bridge.is_open:
            return
        project, engine = self._bridge.project, self._bridge.reader
        wanted, self._wanted = self._wanted, {}
        self._asked |= set(wanted)
        by_document: dict[str, list[tuple[Key, float]]] = {}
        for key, ratio in wanted.items():
            by_document.setdefault(key[0], []).append((key, ratio))
        for document_id, keys in by_document.items():
            make = partial(_make, project, engine, document_id, keys)
            run(make, "Pictures of areas", self._take, listed=False)

    def _take(self, made: dict[Key, QImage | None]) -> None:
        self._asked -= made.keys()
        self._made.update(made)
        while len(self._made) > KEPT:
            self._made.popitem(last=False)
        self.arrived.emit()


def _make(
    project: Project,
    engine: PdfEngine,
    document_id: str,
    keys: Sequence[tuple[Key, float]],
    _progress: object,
) -> dict[Key, QImage | None]:
    return make_pictures(project, engine, document_id, keys)


def make_pictures(
    project: Project, engine: PdfEngine, document_id: str, keys: Sequence[tuple[Key, float]]
) -> dict[Key, QImage | None]:
    """Draw areas of one document; None for one that cannot be drawn. May block."""
    made: dict[Key, QImage | None] = {key: None for key, _ratio in keys}
    name = f"{project.id}/{document_id}/areas"
    try:
        text = load_text(project, document_id)
        engine.open(name, pdf_bytes(project, document_id), pdf_password(project, document_id))
        for key, ratio in keys:
            _document, page, (x0, y0, x1, y1) = key
            if page > len(text.sizes):
                continue
            clip = turn_box((x0, y0, x1, y1), unturned_size(text, page), text.rotation_of(page))
            wide, high = clip[2] - clip[0], clip[3] - clip[1]
            scale = min(WIDTH / wide, HEIGHT / high, 2.0) * ratio
            drawn = engine.render(name, page, scale, clip).result()
            image = to_image(drawn.pixels, drawn.width, drawn.height, drawn.stride)
            image.setDevicePixelRatio(ratio)
            made[key] = image
    except (UserError, DocumentProblem, CancelledError, RuntimeError):
        return made  # the words stand there without a picture
    finally:
        engine.forget(name)
    return made
