import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.documents.protocol import (
    document_from_message,
    document_to_message,
    read_message,
    write_message,
)
from app.documents.text_layer import ExtractedDocument, ExtractedPage

VALUES = st.none() | st.booleans() | st.integers() | st.text()


@given(
    st.dictionaries(st.text().filter(lambda key: key != "parts"), VALUES),
    st.lists(st.binary(max_size=60), max_size=4),
)
def test_messages_arrive_as_they_were_sent(header: dict[str, object], parts: list[bytes]) -> None:
    pipe = io.BytesIO()
    write_message(pipe, header, parts)
    pipe.seek(0)
    assert read_message(pipe) == (header, parts)


@pytest.mark.parametrize("data", [b"", b"\x00\x00", b"\x00\x00\x00\x09{}", b"\xff\xff\xff\xff{}"])
def test_a_broken_pipe_is_the_end(data: bytes) -> None:
    with pytest.raises(EOFError):
        read_message(io.BytesIO(data))


def test_an_extracted_document_survives_the_pipe() -> None:
    page = ExtractedPage(
        "one-\ntwo é", "iv", 595.3, 842.0, 90, "segment", (0, 5), ((0, 4),), (3,), True
    )
    empty = ExtractedPage("", "", 10, 10, 0, "stream", (), (), (), False)
    document = ExtractedDocument(
        "ab" * 32, 17, (page, empty, page), "Título", "10.1/x", "es", "partly", "Page 2 …",
        "mupdf", "1.28", 66, ((2, "damaged"),),
    )  # fmt: skip
    pipe = io.BytesIO()
    write_message(pipe, *document_to_message(document))
    pipe.seek(0)
    assert document_from_message(*read_message(pipe)) == document


def test_page_starts_count_one_character_between_pages() -> None:
    pages = tuple(
        ExtractedPage(text, "", 1, 1, 0, "stream", (), (), (), False) for text in ("abc", "", "de")
    )
    document = ExtractedDocument("", 0, pages, "", "", "", "good", "", "", "", 0, ())
    assert document.text == "abc\f\fde"
    assert document.page_starts == (0, 4, 5)
