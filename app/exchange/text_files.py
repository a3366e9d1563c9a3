"""Text of unknown origin: which encoding it has."""

from pathlib import Path

from app.exchange.atomic import read_bytes


def decode(data: bytes) -> str:
    """Return the text of a file, whatever program wrote it."""
    for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        # Five bytes have no character in cp1252, but each has one in latin-1.
        try:
            return data.decode("cp1252")
        except UnicodeDecodeError:
            return data.decode("latin-1")


def read_text(path: Path) -> str:
    """Return the text of a file; UserError when it cannot be read."""
    return decode(read_bytes(path))
