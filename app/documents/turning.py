"""Turns rectangles of a page by quarters: from the stored, unturned page to the page as shown.

All lengths are points, origin top left, y down; a turn is in degrees clockwise.
"""

import numpy as np
from numpy.typing import NDArray

Box = tuple[float, float, float, float]
Size = tuple[float, float]
Boxes = NDArray[np.float32]


def turned_size(size: Size, degrees: int) -> Size:
    """Return width and height of a page of ``size`` after a turn."""
    width, height = size
    return (height, width) if degrees % 180 else (width, height)


def turn_boxes(boxes: Boxes, size: Size, degrees: int) -> Boxes:
    """Return n x 4 boxes of a page of ``size`` as they stand after a turn."""
    width, height = size
    x0, y0, x1, y1 = (boxes[:, i] for i in range(4))
    turned = {
        0: (x0, y0, x1, y1),
        90: (height - y1, x0, height - y0, x1),
        180: (width - x1, height - y1, width - x0, height - y0),
        270: (y0, width - x1, y1, width - x0),
    }[degrees % 360]
    return np.stack(turned, axis=1).astype(np.float32)


def turn_box(box: Box, size: Size, degrees: int) -> Box:
    """Return one box of a page of ``size`` as it stands after a turn."""
    x0, y0, x1, y1 = box
    width, height = size
    quarters = {
        0: (x0, y0, x1, y1),
        90: (height - y1, x0, height - y0, x1),
        180: (width - x1, height - y1, width - x0, height - y0),
        270: (y0, width - x1, y1, width - x0),
    }
    return quarters[degrees % 360]


def turn_back(box: Box, shown: Size, degrees: int) -> Box:
    """Return a box of the shown page (``shown`` is its size) as it stands before the turn."""
    return turn_box(box, shown, -degrees)
