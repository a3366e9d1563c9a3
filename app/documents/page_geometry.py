"""Reads the boxes of a page's characters; the only part of geometry that needs the PDF."""

from itertools import chain, pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.documents.geometry import PageGeometry
from app.documents.normalising import canonical_sources
from app.documents.page_lines import PageLine, raw_text, read_page
from app.documents.text_layer import OCR

Boxes = NDArray[np.float32]

_SMALL_GAP = 0.3  # share of the line height by which neighbouring letters may miss each other
_WIDE_GAP = 3.0  # the same for a space; beyond it the text jumps, as between two directions


def read_geometry(page: Any, order: str) -> PageGeometry:
    """Return the geometry of a page whose lines are read in the given order."""
    if order.startswith(OCR):
        from app.documents.ocr import recognise_page

        return recognise_page(page, order.removeprefix(OCR))
    reading = read_page(page, order=order, with_boxes=True)
    if not reading.lines:
        return PageGeometry("", np.empty((0, 4), np.float32))
    parts = [_line_boxes(line) for line in reading.lines]
    line_break = np.zeros((1, 4), np.float32)
    spaced = list(chain.from_iterable((part, line_break) for part in parts))[:-1]
    boxes = np.concatenate(spaced)
    if page.rotation:
        boxes = _turned(boxes, page.rotation_matrix)
    return PageGeometry(reading.text, boxes)


def _line_boxes(line: PageLine) -> Boxes:
    characters = [char for span in line.raw["spans"] for char in span["chars"]]
    boxes = np.array([char["bbox"] for char in characters], np.float32)
    raw = raw_text(line.raw)
    start = raw.find(line.text)
    if start >= 0:
        boxes = boxes[start : start + len(line.text)]
    else:
        boxes = _composed_boxes(boxes, canonical_sources(raw))
    dx, dy = line.raw["dir"]
    return _touching(boxes, 0 if abs(dx) >= abs(dy) else 1, line.text)


def _composed_boxes(boxes: Boxes, sources: list[tuple[int, int]]) -> Boxes:
    first = np.array([start for start, _ in sources])
    lowest = np.stack([boxes[start:end, :2].min(axis=0) for start, end in sources])
    highest = np.stack([boxes[start:end, 2:].max(axis=0) for start, end in sources])
    composed = np.concatenate((lowest, highest), axis=1)
    # One character that decomposes into several in NFC: they share its box side by side.
    for k, (before, after) in enumerate(pairwise(first), 1):
        if before == after:
            composed[k, 0] = composed[k - 1, 2]
    return composed.astype(np.float32)


def _touching(boxes: Boxes, axis: int, text: str) -> Boxes:
    """Let neighbours meet: spaces fill their gap, small gaps and overlaps between letters go."""
    if len(boxes) < 2:
        return boxes
    low, high = boxes[:, axis].copy(), boxes[:, axis + 2].copy()
    backwards = np.sign(np.diff(low + high)).sum() < 0
    if backwards:
        low, high = -high, -low
    height = boxes[:, 3 - axis] - boxes[:, 1 - axis]
    gap = low[1:] - high[:-1]
    space = np.array([character.isspace() for character in text])
    beside_space = (space[1:] | space[:-1]) & (np.abs(gap) < _WIDE_GAP * height[:-1])
    small = np.abs(gap) < _SMALL_GAP * height[:-1]
    meet = (beside_space | small) & (low[1:] > low[:-1])
    # A gap belongs to the space beside it, before it or after it.
    forward = np.flatnonzero(meet & ~(space[1:] & ~space[:-1]))
    back = np.flatnonzero(meet & space[1:] & ~space[:-1])
    high[forward] = low[forward + 1]
    low[back + 1] = np.minimum(high[back], high[back + 1])
    if backwards:
        low, high = -high, -low
    result = boxes.copy()
    result[:, axis], result[:, axis + 2] = low, high
    return result


def _turned(boxes: Boxes, matrix: Any) -> Boxes:
    """Apply the page's rotation matrix to boxes of the unrotated page."""
    linear = np.array(((matrix.a, matrix.b), (matrix.c, matrix.d)), np.float32)
    shift = np.array((matrix.e, matrix.f), np.float32)
    first, second = boxes[:, :2] @ linear + shift, boxes[:, 2:] @ linear + shift
    return np.concatenate((np.minimum(first, second), np.maximum(first, second)), axis=1)
