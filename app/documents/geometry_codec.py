"""Packs character boxes into under a byte per character.

Characters that follow each other in one line, in one direction, touching and of equal height,
form a run. A run stores its start and its extent across the line; each character then stores only
how far it advances, in quarter points. The streams are compressed together.
"""

import struct
import zlib

import numpy as np
from numpy.typing import NDArray

Boxes = NDArray[np.float32]

_UNIT = 4  # steps per point
_TOUCHING = 0.3  # points by which neighbours may miss each other within a run
_ESCAPE = -128
_HEADER = struct.Struct("<BIII")  # version, characters, runs, escapes
_VERSION = 1


def pack(boxes: Boxes, line_of: NDArray[np.int32], vertical: NDArray[np.bool_]) -> bytes:
    """Return n boxes (n x 4, points) as bytes; line numbers and directions guide the runs."""
    count = len(boxes)
    if not count:
        return _HEADER.pack(_VERSION, 0, 0, 0)
    low, high, near, far = _by_axis(boxes.astype(np.float64), vertical)
    backwards = _backwards(low + high, line_of)
    starts = _run_starts((low, high, near, far), line_of, vertical, backwards)
    lengths = np.diff(np.append(starts, count))
    enter = np.where(backwards, high, low)
    leave = np.where(backwards, low, high)
    following = np.append(enter[1:], leave[-1])
    last = np.append(starts[1:], count) - 1
    following[last] = leave[last]
    advance = np.rint(following * _UNIT) - np.rint(enter * _UNIT)
    small, escapes = _escape(advance.astype(np.int32))
    run_fields = np.stack(
        (
            lengths * 2 + vertical[starts],
            _deltas(np.rint(enter[starts] * _UNIT)),
            _deltas(np.rint(near[starts] * _UNIT)),
            np.rint(far[starts] * _UNIT) - np.rint(near[starts] * _UNIT),
        )
    ).astype("<i4")
    body = small.tobytes() + _planes(run_fields) + escapes.astype("<i4").tobytes()
    header = _HEADER.pack(_VERSION, count, len(starts), len(escapes))
    return header + zlib.compress(body, 9)


def unpack(data: bytes, count: int) -> Boxes:
    """Return ``count`` boxes, n x 4; raises ValueError when the data hold another number."""
    try:
        return _unpack(data, count)
    except (struct.error, zlib.error, IndexError) as error:
        raise ValueError("the stored geometry is damaged") from error


def _unpack(data: bytes, count: int) -> Boxes:
    version, stored, runs, escaped = _HEADER.unpack_from(data)
    if version != _VERSION or stored != count:
        raise ValueError(f"the stored geometry has {stored} characters, the text {count}")
    boxes = np.empty((count, 4), np.float32)
    if not count:
        return boxes
    body = zlib.decompress(data[_HEADER.size :])
    if len(body) != count + 16 * runs + 4 * escaped:
        raise ValueError("the stored geometry is damaged")
    advance = np.frombuffer(body, np.int8, count).astype(np.int32)
    fields = _unplanes(body[count : count + 16 * runs], runs)
    advance[advance == _ESCAPE] = np.frombuffer(body, "<i4", escaped, count + 16 * runs)
    lengths, vertical = fields[0] >> 1, (fields[0] & 1).astype(bool)
    start, near = np.cumsum(fields[1]), np.cumsum(fields[2])
    if lengths.min() < 1 or lengths.sum() != count:
        raise ValueError("the stored geometry is damaged")
    travelled = np.cumsum(advance)
    first = np.cumsum(lengths) - lengths
    offset = np.repeat(start - (travelled[first] - advance[first]), lengths)
    leave = travelled + offset
    enter = leave - advance
    upright = ~np.repeat(vertical, lengths)
    along = np.stack((np.minimum(enter, leave), np.maximum(enter, leave)))
    across = np.repeat(np.stack((near, near + fields[3])), lengths, axis=1)
    boxes[:, 0::2] = (np.where(upright, along, across) / _UNIT).T
    boxes[:, 1::2] = (np.where(upright, across, along) / _UNIT).T
    return boxes


_Floats = NDArray[np.float64]


def _by_axis(
    boxes: _Floats, vertical: NDArray[np.bool_]
) -> tuple[_Floats, _Floats, _Floats, _Floats]:
    """Return low and high edge along the line, near and far edge across it."""
    x0, y0, x1, y1 = boxes.T
    return (
        np.where(vertical, y0, x0),
        np.where(vertical, y1, x1),
        np.where(vertical, x0, y0),
        np.where(vertical, x1, y1),
    )


def _backwards(middles: _Floats, line_of: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Whether the next character of the line stands before this one on the axis."""
    if len(middles) < 2:
        return np.zeros(len(middles), bool)
    step = np.append(np.diff(middles), 0.0)
    last_of_line = np.append(np.diff(line_of) != 0, True)
    before = np.append(False, step[:-1] < 0)
    first_of_line = np.append(True, last_of_line[:-1])
    return np.where(last_of_line, before & ~first_of_line, step < 0)


def _run_starts(
    edges: tuple[_Floats, _Floats, _Floats, _Floats],
    line_of: NDArray[np.int32],
    vertical: NDArray[np.bool_],
    backwards: NDArray[np.bool_],
) -> NDArray[np.intp]:
    low, high, near, far = edges
    gap = np.where(backwards[:-1], low[:-1] - high[1:], low[1:] - high[:-1])
    joined = (np.diff(line_of) == 0) & (vertical[1:] == vertical[:-1])
    joined &= backwards[1:] == backwards[:-1]
    joined &= np.abs(gap) <= _TOUCHING
    joined &= np.rint(near[1:] * _UNIT) == np.rint(near[:-1] * _UNIT)
    joined &= np.rint(far[1:] * _UNIT) == np.rint(far[:-1] * _UNIT)
    return np.flatnonzero(np.append(True, ~joined))


def _escape(advance: NDArray[np.int32]) -> tuple[NDArray[np.int8], NDArray[np.int32]]:
    large = (advance > 127) | (advance <= _ESCAPE)
    return np.where(large, _ESCAPE, advance).astype(np.int8), advance[large]


def _deltas(values: _Floats) -> _Floats:
    return np.diff(values, prepend=0.0)


def _planes(fields: NDArray[np.int32]) -> bytes:
    """Return the fields byte by byte, all lowest bytes first: this compresses far better."""
    zigzag = ((fields << 1) ^ (fields >> 31)).astype("<u4")
    return zigzag.view(np.uint8).reshape(*fields.shape, 4).transpose(0, 2, 1).tobytes()


def _unplanes(data: bytes, runs: int) -> NDArray[np.int64]:
    planes = np.frombuffer(data, np.uint8).reshape(4, 4, runs)
    zigzag = np.ascontiguousarray(planes.transpose(0, 2, 1)).view("<u4")[:, :, 0].astype(np.int64)
    return (zigzag >> 1) ^ -(zigzag & 1)
