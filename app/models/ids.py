"""Ids are made where the row is made and never change."""

import os
import threading
import time
import uuid
from datetime import UTC, datetime
from functools import lru_cache

_NAMESPACE = uuid.UUID("6f0c8d6e-6f5b-4a0e-9a53-1c0f4a7d46c0")
_lock = threading.Lock()
_last: tuple[int, int] = (0, 0)


def new_id() -> str:
    """Return a UUIDv7 (RFC 9562): sortable by time, and increasing within this process."""
    global _last
    with _lock:
        milliseconds = time.time_ns() // 1_000_000
        counter = int.from_bytes(os.urandom(2), "big") & 0x7FF
        if milliseconds <= _last[0]:
            milliseconds, counter = _last[0], _last[1] + 1
            if counter > 0xFFF:
                milliseconds, counter = milliseconds + 1, 0
        _last = (milliseconds, counter)
    tail = int.from_bytes(os.urandom(8), "big") & (1 << 62) - 1
    number = milliseconds << 80 | 0x7 << 76 | counter << 64 | 0b10 << 62 | tail
    return str(uuid.UUID(int=number))


def made_at(identifier: str) -> str:
    """Return when an id of ``new_id`` was made, UTC, ISO 8601 with milliseconds; else ``""``."""
    if identifier[14:15] != "7" or len(identifier) != 36:
        return ""
    try:
        seconds, rest = divmod(int(identifier[:8] + identifier[9:13], 16), 1000)
        return f"{_second(seconds)}.{rest:03d}+00:00"
    except (ValueError, OverflowError, OSError):  # from elsewhere, and no time of this calendar
        return ""


@lru_cache(maxsize=4096)
def _second(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S")


def agreed_id(*parts: str) -> str:
    """Return the id that two computers reach from the same parts without talking to each other."""
    return str(uuid.uuid5(_NAMESPACE, "\x1f".join(parts)))


def document_id(sha256: str) -> str:
    """Return the id of the document with this SHA-256 (hexadecimal)."""
    return agreed_id("document", sha256)


def text_layer_id(document: str, text_sha256: str) -> str:
    """Return the id of a document's text layer with this text hash (hexadecimal)."""
    return agreed_id("text layer", document, text_sha256)


def layer_id(document: str, coder: str, round_: str) -> str:
    """Return the id of one coder's layer on one document in one round."""
    return agreed_id("layer", document, coder, round_)
