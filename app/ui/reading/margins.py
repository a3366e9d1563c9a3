"""Stripes and labels beside a page: where they stand, how they are painted, what is hit."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from app.ui.reading.inks import Inks
from app.ui.reading.marks import Mark
from app.ui.reading.page_marks import LEFT, RIGHT, Stripe
from app.ui.reading.page_views import Label, PageView
from app.ui.theme import font, paint_valence, px, theme

STRIPE, PITCH, FIRST = 4, 8, 10
"""Width of a stripe, distance of two lanes, distance of the first lane from the paper."""
WIDE_LANES, CLOSE_STRIPE, CLOSE_PITCH = 6, 3, 5
"""With more lanes than this they are narrower, so that ten codings deep each is seen."""
ROOM_FOR_NAMES, ROOM_FOR_SHORT = 190, 110
SHORT_NAME = 14
SHAPE = 13


@dataclass(frozen=True, slots=True)
class MarginBox:
    """The page in pixels and the room on each side of it."""

    width: float
    height: float
    left: float
    right: float

    def room(self, side: int) -> float:
        """Return the width of a margin."""
        return self.left if side == LEFT else self.right

    def lanes(self, side: int, used: int = 1) -> int:
        """Return how many lanes a margin has room for beside the shapes where ``used`` are."""
        return max(int((self.room(side) - FIRST - SHAPE - PITCH) / pitch(used)), 1)


def pitch(used: int) -> int:
    """Return the distance of two lanes where so many are in use."""
    return PITCH if used <= WIDE_LANES else CLOSE_PITCH


class Margins:
    """Paints the margins of pages; coordinates are relative to the page's corner."""

    def __init__(self, inks: Inks) -> None:
        """Paint with ``inks``."""
        self._inks = inks
        self._elided: dict[tuple[str, int], str] = {}
        self.forget()

    def forget(self) -> None:
        """Fonts or colours changed."""
        self._elided.clear()
        self._font, self._bold = font("small"), font("small_group")
        self._metrics = QFontMetricsF(self._font)
        self.label_height = float(px(24))

    def stripe_rect(
        self, stripe: Stripe, box: MarginBox, scale: float, *, wide: bool = False, used: int = 1
    ) -> QRectF:
        """Return where a stripe stands on a side of which ``used`` lanes are in use."""
        lanes = box.lanes(stripe.side, used)
        return _stripe_rect(stripe, box.width, lanes, scale, wide, used)

    def label_rect(self, label: Label, view: PageView, box: MarginBox) -> QRectF:
        """Return the whole row of a label, from the lanes to the edge of the margin."""
        used = view.lanes[label.side]
        inner = FIRST + min(used, box.lanes(label.side, used)) * pitch(used) + 4
        width = max(box.room(label.side) - inner - px(4), px(24))
        left = box.width + inner if label.side == RIGHT else -inner - width
        return QRectF(left, label.y - px(4), width, self.label_height)

    def paint_stripes(
        self,
        painter: QPainter,
        view: PageView,
        box: MarginBox,
        scale: float,
        part: QRectF,
        active: Mark | None,
    ) -> None:
        """Paint the stripes that touch the exposed part."""
        groups: dict[tuple[str, bool], list[QRectF]] = {}
        lanes = tuple(box.lanes(side, view.lanes[side]) for side in (LEFT, RIGHT))
        sides = _sides(part, box)
        top, bottom = part.top() / scale, part.bottom() / scale
        active_id = active.id if active is not None else ""
        for stripe in view.stripes:
            if stripe.bottom < top or stripe.top > bottom or stripe.side not in sides:
                continue
            mark, side = stripe.mark, stripe.side
            is_active, used = mark.id == active_id, view.lanes[side]
            rect = _stripe_rect(stripe, box.width, lanes[side], scale, is_active, used)
            groups.setdefault((mark.tint, mark.own), []).append(rect)
        painter.setPen(Qt.PenStyle.NoPen)
        for (tint, own), rects in groups.items():
            solid = self._inks.solid(tint)
            painter.setBrush(solid if own else self._inks.dashed(tint, vertical=True))
            painter.drawRects(rects)

    def paint_labels(
        self,
        painter: QPainter,
        view: PageView,
        box: MarginBox,
        part: QRectF,
        active: Mark | None,
    ) -> None:
        """Paint the labels that touch the exposed part."""
        sides, above = _sides(part, box), part.top() - 2 * self.label_height
        for label in view.labels:
            if label.side not in sides or not above < label.y < part.bottom() + self.label_height:
                continue
            rect = self.label_rect(label, view, box)
            is_active = active is not None and any(mark.id == active.id for mark in label.marks)
            named = active if is_active and active is not None else label.marks[0]
            self._paint_label(painter, label, named, rect, box.room(label.side), is_active)

    def cut_names(
        self, view: PageView, box: MarginBox, at: QPointF, active: Mark | None
    ) -> tuple[str, ...]:
        """Return the full names that the label at a point stands for; none where it tells all."""
        for label in view.labels:
            rect = self.label_rect(label, view, box)
            if not rect.contains(at):
                continue
            mark, room = label.marks[0], box.room(label.side)
            bold = active is not None and any(one.id == active.id for one in label.marks)
            told = self._told(label, mark, rect, room, bold)[0]
            if told == mark.name and len(label.marks) == 1:
                return ()
            return tuple(dict.fromkeys(_spoken(one) for one in label.marks))
        return ()

    def _paint_label(
        self, painter: QPainter, label: Label, mark: Mark, rect: QRectF, room: float, active: bool
    ) -> None:
        mirrored = label.side == LEFT
        shape = px(SHAPE)
        x = rect.right() - shape if mirrored else rect.left()
        if mark.valence:
            centre = rect.center().y()
            paint_valence(painter, QRectF(x, centre - shape / 2, shape, shape), mark.valence)
        name, extra, inset = self._told(label, mark, rect, room, active)
        self._paint_words(painter, rect, inset, name, extra, mirrored, active)

    def _told(
        self, label: Label, mark: Mark, rect: QRectF, room: float, bold: bool
    ) -> tuple[str, str, float]:
        """Return the name as far as there is room, what follows it, and the room of the shape."""
        shape, gap = px(SHAPE), px(6)
        more = f"+{len(label.marks) - 1}" if len(label.marks) > 1 else ""
        if room < px(ROOM_FOR_SHORT):
            return "", more, shape + gap / 2
        inset = shape + gap if mark.valence else 0
        extra = " ".join(part for part in (mark.initials, more) if part)
        name = mark.name if room >= px(ROOM_FOR_NAMES) else short_name(mark.name)
        taken = self._metrics.horizontalAdvance(extra) + gap if extra else 0
        return self._fit(name, rect.width() - inset - taken, bold), extra, inset

    def _paint_words(
        self,
        painter: QPainter,
        rect: QRectF,
        inset: float,
        name: str,
        extra: str,
        mirrored: bool,
        active: bool,
    ) -> None:
        gap = px(6)
        painter.setFont(self._bold if active else self._font)
        metrics = QFontMetricsF(self._bold) if active else self._metrics
        width = metrics.horizontalAdvance(name)
        baseline = rect.center().y() + (metrics.ascent() - metrics.descent()) / 2
        x = rect.right() - inset - width if mirrored else rect.left() + inset
        painter.setPen(theme.token("text"))
        painter.drawText(QPointF(x, baseline), name)
        if extra:
            painter.setFont(self._font)
            painter.setPen(theme.token("text_2"))
            wide = self._metrics.horizontalAdvance(extra)
            after = gap if name else 0
            x = x - after - wide if mirrored else x + width + after
            painter.drawText(QPointF(x, baseline), extra)

    def _fit(self, name: str, width: float, bold: bool) -> str:
        key = (name, int(width) * 2 + bold)
        fitted = self._elided.get(key)
        if fitted is None:
            metrics = QFontMetricsF(self._bold) if bold else self._metrics
            fitted = metrics.elidedText(name, Qt.TextElideMode.ElideRight, max(width, 0))
            self._elided[key] = fitted
        return fitted

    def hit(self, view: PageView, box: MarginBox, scale: float, at: QPointF) -> tuple[Mark, ...]:
        """Return the codings whose stripe or label is at a point of the page's coordinates."""
        for stripe in view.stripes:
            used = view.lanes[stripe.side]
            rect = self.stripe_rect(stripe, box, scale, used=used)
            aside = (pitch(used) - rect.width()) / 2
            if rect.adjusted(-aside, -3, aside, 3).contains(at):
                return (stripe.mark,)
        for label in view.labels:
            if self.label_rect(label, view, box).contains(at):
                return label.marks
        return ()


def _stripe_rect(
    stripe: Stripe, page_width: float, lanes: int, scale: float, wide: bool, used: int
) -> QRectF:
    at = FIRST + min(stripe.lane, lanes - 1) * pitch(used)
    width = STRIPE if used <= WIDE_LANES else CLOSE_STRIPE
    grow = 1 if wide else 0
    left = page_width + at if stripe.side == RIGHT else -at - width
    top, bottom = round(stripe.top * scale), round(stripe.bottom * scale)
    return QRectF(left - grow, top, width + 2 * grow, max(bottom - top, 3))


def _sides(part: QRectF, box: MarginBox) -> tuple[int, ...]:
    """Return the margins that an exposed part of the page's coordinates reaches into."""
    reached = ((LEFT, part.left() < 0), (RIGHT, part.right() > box.width))
    return tuple(side for side, is_reached in reached if is_reached)


def _spoken(mark: Mark) -> str:
    return f"{mark.name} ({mark.initials})" if mark.initials else mark.name


def short_name(name: str) -> str:
    """Return a name for a narrow margin: its first words, as far as they fit."""
    if len(name) <= SHORT_NAME:
        return name
    words, kept = name.split(), ""
    for word in words:
        if kept and len(kept) + 1 + len(word) > SHORT_NAME:
            break
        kept = f"{kept} {word}".strip()
    return f"{kept} …"


def outline_pen(colour: QColor, width: float = 2.0) -> QPen:
    """Return a pen whose corners are not rounded."""
    pen = QPen(colour, width)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    return pen
