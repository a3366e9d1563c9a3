"""How the program and its PDF worker talk: a JSON header, then raw bytes.

A message is a 4-byte length, that many bytes of JSON, and the parts whose lengths the header
lists under "parts". Nothing is pickled: a hostile PDF that takes over the worker must not reach
the program.
"""

import json
import struct
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, BinaryIO

from app.documents.text_layer import PAGE_BREAK, ExtractedDocument, ExtractedPage

Header = dict[str, Any]
Part = bytes | bytearray | memoryview

_LENGTH = struct.Struct(">I")
_MAX_HEADER = 1 << 28
_MAX_PART = 1 << 32


def write_message(stream: BinaryIO, header: Header, parts: Sequence[Part] = ()) -> None:
    """Write one message and flush it."""
    encoded = json.dumps({**header, "parts": [len(part) for part in parts]}).encode()
    stream.write(_LENGTH.pack(len(encoded)))
    stream.write(encoded)
    for part in parts:
        stream.write(part)
    stream.flush()


def read_message(stream: BinaryIO) -> tuple[Header, list[bytes]]:
    """Read one message; raises EOFError at the end of the stream or on nonsense."""
    (length,) = _LENGTH.unpack(_read_exactly(stream, _LENGTH.size, _MAX_HEADER))
    header = json.loads(_read_exactly(stream, length, _MAX_HEADER))
    parts = [_read_exactly(stream, size, _MAX_PART) for size in header.pop("parts")]
    return header, parts


def _read_exactly(stream: BinaryIO, size: int, limit: int) -> bytes:
    if not 0 <= size <= limit:
        raise EOFError(f"a message of {size} bytes")
    data = stream.read(size)
    if len(data) != size:
        raise EOFError
    return data


def document_to_message(document: ExtractedDocument) -> tuple[Header, list[bytes]]:
    """Return an extracted document as a header and one part with its text."""
    fields = asdict(document)
    for page in fields["pages"]:
        del page["text"]
    return fields, [document.text.encode()]


def document_from_message(header: Header, parts: Sequence[bytes]) -> ExtractedDocument:
    """Return the document of ``document_to_message``; raises when the fields do not fit."""
    texts = parts[0].decode().split(PAGE_BREAK)
    pages = tuple(_page(fields, text) for fields, text in zip(header["pages"], texts, strict=True))
    problems = tuple((int(page), str(why)) for page, why in header["page_problems"])
    return ExtractedDocument(**{**header, "pages": pages, "page_problems": problems})


def _page(fields: Header, text: str) -> ExtractedPage:
    return ExtractedPage(
        **{
            **fields,
            "text": text,
            "blocks": tuple(fields["blocks"]),
            "furniture": tuple((int(start), int(end)) for start, end in fields["furniture"]),
            "joins": tuple(fields["joins"]),
        }
    )
