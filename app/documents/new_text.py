"""Another text for a document that is there already: read anew, recognised or repaired."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.documents.language import language_of, stop_word_share
from app.documents.quality import PageSample, judge_text
from app.documents.text_layer import PAGE_BREAK, ExtractedDocument, ExtractedPage
from app.documents.words import count_words

READ_AGAIN = "Read again"
OCR = "OCR"
LETTERS = "Letters repaired"
DIGITS = "Digits mapped"
ORDER = "Reading order"
COPY = "Another copy of the PDF"


@dataclass(frozen=True, slots=True)
class NewText:
    """A text and why it is offered; nothing is stored yet.

    ``geometry`` holds packed character boxes of 1-based pages that cannot be had from the PDF by
    reading it in the page's order. ``pdf`` holds the bytes of another copy, where there is one.
    """

    reason: str
    pages: tuple[ExtractedPage, ...]
    extractor: str
    extractor_version: str
    flags: int
    language: str
    text_state: str
    text_note: str
    geometry: Mapping[int, bytes] = field(default_factory=dict)
    pdf: bytes | None = None
    sha256: str = ""
    file_name: str = ""
    password: str = ""

    @property
    def text(self) -> str:
        """Return the text of all pages, joined by one form feed each."""
        return PAGE_BREAK.join(page.text for page in self.pages)

    @property
    def page_starts(self) -> tuple[int, ...]:
        """Return the document offset at which each page starts."""
        starts, at = [], 0
        for page in self.pages:
            starts.append(at)
            at += len(page.text) + len(PAGE_BREAK)
        return tuple(starts)


def from_extraction(reason: str, extracted: ExtractedDocument) -> NewText:
    """Return what the PDF engine read as a new text."""
    return NewText(
        reason,
        extracted.pages,
        extracted.extractor,
        extracted.extractor_version,
        extracted.flags,
        extracted.language,
        extracted.text_state,
        extracted.text_note,
    )


def from_pages(
    reason: str,
    pages: Sequence[ExtractedPage],
    extractor: str,
    version: str,
    flags: int,
    geometry: Mapping[int, bytes] | None = None,
) -> NewText:
    """Return pages as a new text, with a fresh judgement of their quality and language."""
    counts = count_words(page.text for page in pages)
    state, note = judge_text([PageSample(page.text, page.has_images) for page in pages], counts)
    language = "" if state == "unreadable" else language_of(counts)
    return NewText(
        reason, tuple(pages), extractor, version, flags, language, state, note, geometry or {}
    )


def common_word_share(text: str) -> float:
    """Return which share of the words are among the commonest of a language, 0 to 1."""
    return stop_word_share(count_words([text]))
