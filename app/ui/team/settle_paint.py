"""Paints one difference on its page: shared words solid, one coder's words hatched, a preview."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen

from app.ui.reading.areas_box import PageBox
from app.ui.reading.areas_view import page_rect
from app.ui.reading.margins import outline_pen
from app.ui.reading.page_marks import SEVERAL, span_rects
from app.ui.reading.painter import UNDERLINE, to_pixels
from app.ui.theme import theme

if TYPE_CHECKING:
    from app.ui.reading.canvas import Canvas

Pattern = Qt.BrushStyle
HATCHES = (
    Pattern.BDiagPattern, Pattern.FDiagPattern, Pattern.HorPattern, Pattern.VerPattern,
    Pattern.Dense6Pattern,
)  # fmt: skip
SOME = Pattern.DiagCrossPattern
INK, SOLID = 0.65, 0.26
"""Opacity of the lines of a hatching and of what all have coded."""


@dataclass(frozen=True, slots=True)
class ShownPiece:
    """One coding on the page: whose (``lane``, 0 is A), where, in which colour."""

    lane: int
    start: int
    end: int
    tint: str
    box: PageBox | None = None


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run of text that the same coders have coded."""

    start: int
    end: int
    lanes: frozenset[int]
    tint: str


@dataclass(frozen=True, slots=True)
class Scene:
    """What is painted of one difference; ``lanes`` coders were compared."""

    pieces: tuple[ShownPiece, ...] = ()
    lanes: int = 2
    preview: tuple[ShownPiece, ...] = field(default=())


def stretches(pieces: Sequence[ShownPiece]) -> tuple[Stretch, ...]:
    """Cut the text under pieces where another coder begins or ends."""
    texts = [piece for piece in pieces if piece.box is None]
    cuts = sorted({edge for piece in texts for edge in (piece.start, piece.end)})
    found = []
    for start, end in pairwise(cuts):
        here = [piece for piece in texts if piece.start <= start and end <= piece.end]
        if here:
            tints = {piece.tint for piece in here}
            tint = here[0].tint if len(tints) == 1 else SEVERAL
            found.append(Stretch(start, end, frozenset(p.lane for p in here), tint))
    return tuple(found)


class DifferencePainter:
    """A painter of pages, see ``reading.features.PagePainter``."""

    def __init__(self, canvas: "Canvas") -> None:
        """Paint on the pages of ``canvas``."""
        self._canvas = canvas
        self._scene = Scene()
        self._stretches: tuple[Stretch, ...] = ()

    @property
    def scene(self) -> Scene:
        """What is painted."""
        return self._scene

    def show(self, scene: Scene) -> None:
        """Paint another difference or preview."""
        if scene != self._scene:
            self._scene, self._stretches = scene, stretches(scene.pieces)
            self._canvas.viewport().update()

    def __call__(self, painter: QPainter, page: int, scale: float, part: QRectF) -> None:
        """Paint what stands on one page."""
        for stretch in self._stretches:
            rects = self.rects(page, stretch.start, stretch.end, scale)
            self._fill(painter, rects, stretch.lanes, stretch.tint)
        for piece in self._scene.pieces:
            if piece.box is not None and piece.box.page == page:
                self._area(painter, page_rect(piece.box, scale), piece)
        for piece in self._scene.preview:
            rects = self.rects(page, piece.start, piece.end, scale)
            if piece.box is not None:
                rects = [page_rect(piece.box, scale)] if piece.box.page == page else []
            paint_dashed(painter, rects)

    def rects(self, page: int, start: int, end: int, scale: float) -> list[QRectF]:
        """Return the lines of a span on a page, in pixels of the page."""
        lines = self._canvas.geometries.get(page)
        if lines is None:
            return []
        first = self._canvas.state.page_start(page)
        return to_pixels(span_rects(lines, start - first, end - first), scale)

    def _fill(
        self, painter: QPainter, rects: list[QRectF], lanes: frozenset[int], tint: str
    ) -> None:
        inks = self._canvas.painter.inks
        painter.setPen(Qt.PenStyle.NoPen)
        if len(lanes) < self._scene.lanes:
            painter.setBrush(hatch(inks.colour(tint), lanes))
            painter.drawRects(rects)
        elif inks.fills_pages:
            ground = QColor(inks.colour(tint))
            ground.setAlphaF(max(theme.tokens.passage_fill, SOLID))
            painter.setBrush(ground)
            painter.drawRects(rects)
        else:
            painter.setBrush(inks.solid(tint))
            low = [QRectF(r.x(), r.bottom() - 1, r.width(), 2 * UNDERLINE) for r in rects]
            painter.drawRects(low)

    def _area(self, painter: QPainter, rect: QRectF, piece: ShownPiece) -> None:
        colour = self._canvas.painter.inks.colour(piece.tint)
        painter.setPen(outline_pen(colour, 1.5))
        painter.setBrush(hatch(colour, frozenset((piece.lane,))))
        painter.drawRect(rect)


def hatch(colour: QColor, lanes: frozenset[int]) -> QBrush:
    """Return the brush of what only one coder coded, or only some did."""
    ink = QColor(colour)
    if not theme.tokens.framed:
        ink.setAlphaF(INK)
    pattern = HATCHES[min(lanes) % len(HATCHES)] if len(lanes) == 1 else SOME
    return QBrush(ink, pattern)


def paint_dashed(painter: QPainter, rects: Sequence[QRectF]) -> None:
    """Paint the dashed box of a decision that is only pointed at."""
    outline = QPainterPath()
    for rect in rects:
        outline.addRect(rect.adjusted(-2, -1, 2, 1))
    pen = QPen(theme.token("accent"), 2)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    pen.setDashPattern([3, 2])
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(outline.simplified())
