"""What the table of studies shows, as plain rows: study > report > document."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from app.coding.attribute_values import AttributeCell

STUDY, REPORT, DOCUMENT = "study", "report", "document"
LANGUAGES = {
    "ar": "Arabic",
    "bg": "Bulgarian",
    "ca": "Catalan",
    "cs": "Czech",
    "da": "Danish",
    "de": "German",
    "el": "Greek",
    "en": "English",
    "es": "Spanish",
    "et": "Estonian",
    "fa": "Persian",
    "fi": "Finnish",
    "fr": "French",
    "he": "Hebrew",
    "hi": "Hindi",
    "hr": "Croatian",
    "hu": "Hungarian",
    "id": "Indonesian",
    "it": "Italian",
    "ko": "Korean",
    "lt": "Lithuanian",
    "lv": "Latvian",
    "nb": "Norwegian",
    "nl": "Dutch",
    "nn": "Norwegian",
    "no": "Norwegian",
    "pl": "Polish",
    "pt": "Portuguese",
    "ro": "Romanian",
    "ru": "Russian",
    "sk": "Slovak",
    "sl": "Slovenian",
    "sq": "Albanian",
    "sv": "Swedish",
    "sw": "Swahili",
    "tl": "Tagalog",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "vi": "Vietnamese",
}


@dataclass(frozen=True, slots=True)
class Note:
    """A fact worth seeing beside a study; ``tone`` is neutral, warning or error."""

    text: str
    tone: str = "neutral"
    icon: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """One coder's work on some documents.

    ``reached`` is how far into the text the furthest coding lies, 0 to 1.
    """

    codings: int = 0
    submitted: int = 0
    documents: int = 0
    reached: float = 0.0
    page: int = 0
    """The page where you were last, of your own reading on this computer; 0 when unknown."""

    @property
    def is_submitted(self) -> bool:
        """Say whether every document is handed in."""
        return self.documents > 0 and self.submitted >= self.documents

    @property
    def is_started(self) -> bool:
        """Say whether there is anything to show."""
        return self.codings > 0 or self.submitted > 0

    def __add__(self, other: "Progress") -> "Progress":
        """Join the work on two sets of documents; ``reached`` is their mean by document."""
        documents = self.documents + other.documents
        weighted = self.reached * self.documents + other.reached * other.documents
        return Progress(
            self.codings + other.codings,
            self.submitted + other.submitted,
            documents,
            weighted / documents if documents else 0.0,
            max(self.page, other.page),
        )

    def spoken(self) -> str:
        """Return the progress in words."""
        if self.is_submitted:
            return f"submitted, {codings(self.codings)}"
        read = f"read to page {self.page}" if self.page else ""
        if not self.is_started:
            return read or "not started"
        return f"{codings(self.codings)}, {read}" if read else codings(self.codings)


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row of the table; ``document_id`` is what Enter opens ("" when there is nothing)."""

    kind: str
    id: str
    study_id: str
    label: str
    title: str = ""
    year: str = ""
    reports: int = 0
    pdfs: int = 0
    pages: int = 0
    language: str = ""
    progress: tuple[Progress, ...] = ()
    notes: tuple[Note, ...] = ()
    document_id: str = ""
    children: tuple["TableRow", ...] = ()
    cells: Mapping[str, AttributeCell] = field(default_factory=dict)
    """What is known of the study, by attribute id."""
    flag: str = ""
    flag_note: str = ""

    def documents(self) -> tuple[str, ...]:
        """Return the ids of all documents in and below this row."""
        below = tuple(one for child in self.children for one in child.documents())
        return below or ((self.document_id,) if self.document_id else ())

    def spoken(self, coders: Iterable[str] = ()) -> str:
        """Return the whole row in words."""
        parts = [self.label, self.title, self.year]
        if self.kind == STUDY:
            parts.append(count(self.reports, "report"))
        if self.kind != DOCUMENT:
            parts.append(count(self.pdfs, "PDF"))
        parts += [count(self.pages, "page"), self.language]
        parts += [
            f"{coder} {work.spoken()}" for coder, work in zip(coders, self.progress, strict=False)
        ]
        parts += [note.text for note in self.notes]
        return ", ".join(part for part in parts if part)


def count(number: int, noun: str) -> str:
    """Return a number with its unit."""
    if number == 1:
        return f"1 {noun}"
    plural = f"{noun[:-1]}ies" if noun == "study" else f"{noun}s"
    return f"{number:,} {plural}"


def percent(share: float) -> str:
    """Return a share between 0 and 1 in percent; what has begun is never 0 %."""
    return f"{max(1, round(share * 100))} %" if share > 0 else "0 %"


def codings(number: int) -> str:
    """Return a number of codings with its unit."""
    return count(number, "coding")


def language_name(code: str) -> str:
    """Return the English name of an ISO 639-1 code; the code itself when it is not known."""
    return LANGUAGES.get(code, code)
