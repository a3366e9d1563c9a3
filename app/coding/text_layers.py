"""The text of a document: what is known about it, and putting another text in its place.

A text layer is frozen. Another text is another layer, stored once; the document then points to
it, which is one act that undo takes back. Codings stay as they were made and are placed anew.
"""

import hashlib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from app.coding.document_views import follow_pages
from app.coding.documents import DocumentText, load_text, load_text_layer
from app.coding.placing import Anchor, FoundRow, anchors_of, find_places, found_row, keep
from app.documents.new_text import NewText, common_word_share
from app.documents.text_layer import ExtractedPage
from app.errors import UserError
from app.models import Project, ids
from app.models.coding import Coding as CodingRow
from app.models.evidence import Document, FileBytes, Geometry, Page, TextLayer
from app.models.people import Layer

_REPORT_EVERY = 50
_REORDERED = ("segment", "rows", "lines:")
_FEW_COMMON = 0.03


@dataclass(frozen=True, slots=True)
class LayerFacts:
    """One text layer of a document; ``codings`` is how many were made on it."""

    id: str
    extractor: str
    extractor_version: str
    characters: int
    pages: int
    codings: int
    is_present: bool


@dataclass(frozen=True, slots=True)
class TextFacts:
    """What the text of a document is and how far it can be trusted."""

    document_id: str
    file_name: str
    language: str
    text_state: str
    text_note: str
    common_words: float
    empty_pages: tuple[int, ...]
    unmapped: int
    """Letters that the PDF does not tell."""
    private: int
    """Letters and figures stored as private characters."""
    reordered_pages: tuple[int, ...]
    layers: tuple[LayerFacts, ...]

    @property
    def layer(self) -> LayerFacts:
        """Return the present layer."""
        return next(layer for layer in self.layers if layer.is_present)


@dataclass(frozen=True, slots=True)
class Preview:
    """What another text would change; ``replace_text`` does it."""

    document_id: str
    before_layer_id: str
    layer_id: str
    new: NewText
    characters: tuple[int, int]
    common_words: tuple[float, float]
    pages: tuple[int, int]
    changed_pages: tuple[int, ...]
    kept: int
    review: int
    orphan: int
    found: tuple[FoundRow, ...]

    @property
    def is_same(self) -> bool:
        """Say whether it is the very text that the document has, of the same file."""
        return self.layer_id == self.before_layer_id and self.new.pdf is None

    @property
    def sentences(self) -> tuple[str, ...]:
        """Return what would change, one fact a sentence."""
        if self.is_same:
            return ("This gives exactly the text that is there; nothing would change.",)
        before, after = self.characters
        told = [f"{_many(after, 'character')} instead of {before:,}."]
        if before == after:
            told = [f"As many characters as before ({before:,})."]
        if self.pages[0] != self.pages[1]:
            told.append(f"{_many(self.pages[1], 'page')} instead of {self.pages[0]}.")
        else:
            told.append(f"The words of {_some_pages(self.changed_pages)} change.")
        first, second = (f"{100 * share:.0f} %" for share in self.common_words)
        told.append(f"Common words: {second} of all words instead of {first}.")
        if self.common_words[1] < _FEW_COMMON:
            told.append("Hardly any of its words are known: look at it before you use it.")
        told.append(_codings(self.kept, self.review, self.orphan))
        return tuple(told)


def text_facts(project: Project, document_id: str) -> TextFacts:
    """Return what is known about a document's text.

    Raises:
        UserError: there is no such document.
    """
    text = load_text(project, document_id)
    with project.read() as session:
        document = session.get_one(Document, document_id)
        counts = _codings_by_layer(session, document_id)
        rows = session.execute(
            select(
                TextLayer.id,
                TextLayer.extractor,
                TextLayer.extractor_version,
                func.length(TextLayer.text),
                select(func.count()).where(Page.text_layer_id == TextLayer.id).scalar_subquery(),
            ).where(TextLayer.document_id == document_id)
        ).all()
        layers = [
            LayerFacts(
                row[0],
                row[1],
                row[2],
                row[3],
                row[4],
                counts.get(row[0], 0),
                row[0] == document.text_layer_id,
            )
            for row in rows
        ]
        facts = (document.file_name, document.language, document.text_state, document.text_note)
    ranges = [text.page_range(page) for page in range(1, len(text.page_starts) + 1)]
    empty = [n for n, (a, b) in enumerate(ranges, 1) if not text.text[a:b].strip()]
    ordered = [n for n, order in enumerate(text.orders, 1) if order.startswith(_REORDERED)]
    return TextFacts(
        document_id,
        *facts,
        common_words=common_word_share(text.text),
        empty_pages=tuple(empty),
        unmapped=text.text.count("\ufffd"),
        private=sum("\ue000" <= char <= "\uf8ff" for char in text.text),
        reordered_pages=tuple(ordered),
        layers=tuple(sorted(layers, key=lambda layer: not layer.is_present)),
    )


def present_pages(text: DocumentText) -> tuple[ExtractedPage, ...]:
    """Return the stored pages of a text in the form in which a reader gives them."""
    pages = []
    for number, start in enumerate(text.page_starts, 1):
        end = text.page_range(number)[1]
        words = text.text[start:end]
        pages.append(
            ExtractedPage(
                text=words,
                label=text.labels[number - 1],
                width=text.sizes[number - 1][0],
                height=text.sizes[number - 1][1],
                rotation=text.rotation_of(number),
                order=text.orders[number - 1],
                blocks=tuple(b - start for b in text.blocks if start <= b <= end),
                furniture=tuple(
                    (a - start, b - start) for a, b in text.furniture if start <= a < end
                ),
                joins=tuple(sorted(j - start for j in text.joins if start <= j < end)),
                has_images=not words.strip(),
            )
        )
    return tuple(pages)


def preview_text(
    project: Project,
    document_id: str,
    new: NewText,
    *,
    progress: Callable[[int, int, str], object] = lambda *_told: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Preview | None:
    """Say what a new text would change, with every coding placed in it; ``None`` when cancelled.

    Raises:
        UserError: there is no such document.
    """
    text = new.text
    layer_id = ids.text_layer_id(document_id, _hash(text))
    before = load_text(project, document_id)
    stand_in = _as_document_text(document_id, layer_id, new)
    with project.read() as session:
        anchors = anchors_of(session, _coding_ids(session, document_id))
        foreign = [anchor for anchor in anchors if anchor.text_layer_id != layer_id]
        found: list[FoundRow] = []
        for at in range(0, len(foreign), _REPORT_EVERY):
            if cancelled():
                return None
            progress(at, len(foreign), "Placing the codings in the new text")
            part: list[Anchor] = foreign[at : at + _REPORT_EVERY]
            found += [
                found_row(anchor, layer_id, place)
                for anchor, place in find_places(session, stand_in, part)
            ]
    states = Counter(str(row["state"]) for row in found)
    return Preview(
        document_id=document_id,
        before_layer_id=before.text_layer_id,
        layer_id=layer_id,
        new=new,
        characters=(len(before.text), len(text)),
        common_words=(common_word_share(before.text), common_word_share(text)),
        pages=(len(before.page_starts), len(new.pages)),
        changed_pages=_changed(before, new),
        kept=len(anchors) - states["review"] - states["orphan"],
        review=states["review"],
        orphan=states["orphan"],
        found=tuple(found),
    )


def replace_text(project: Project, preview: Preview) -> str:
    """Put the previewed text in the place of the present one; return the layer's id.

    Undo goes back to the text before, and every coding to its place in it.

    Raises:
        UserError: it is the same text, the document has got another text since, or this is a
            hand-out.
    """
    _refuse_handout(project)
    if preview.is_same:
        raise UserError("This is the text that the document has.", "There is nothing to change.")
    new = preview.new
    with project.change(f"New text: {new.reason}") as session:
        document = session.get(Document, preview.document_id)
        if document is None:
            raise UserError("This document is no longer in the project.", "Undo its removal.")
        if document.text_layer_id != preview.before_layer_id:
            raise UserError("The document has got another text meanwhile.", "Look at it again.")
        _store_layer(session, project, preview)
        follow_pages(session, document, preview.layer_id)
        document.text_layer_id = preview.layer_id
        document.page_count = len(new.pages)
        document.character_count = len(new.text)
        document.text_state, document.text_note = new.text_state, new.text_note
        document.language = new.language or document.language
        if new.pdf is not None:
            _store_copy(session, document, new)
        keep(session, list(preview.found))
    return preview.layer_id


def use_layer(project: Project, document_id: str, layer_id: str) -> None:
    """Go back to a text layer that the document had before.

    Raises:
        UserError: the project does not hold it, or this is a hand-out.
    """
    _refuse_handout(project)
    with project.read() as session:
        text = load_text_layer(session, document_id, layer_id)
    new = _judged(text)
    with project.change("New text: an earlier one") as session:
        document = session.get_one(Document, document_id)
        follow_pages(session, document, layer_id)
        document.text_layer_id = layer_id
        document.page_count = len(text.page_starts)
        document.character_count = len(text.text)
        document.text_state, document.text_note = new.text_state, new.text_note


def _judged(text: DocumentText) -> NewText:
    from app.documents.new_text import from_pages

    return from_pages("", present_pages(text), "", "", 0)


def _refuse_handout(project: Project) -> None:
    if project.kind == "handout":
        raise UserError(
            "The text of a document is changed in the team's project.",
            "Tell the team lead that this text is not right.",
        )


def _store_layer(session: Session, project: Project, preview: Preview) -> None:
    if session.get(TextLayer, preview.layer_id) is not None:
        return
    new, text = preview.new, preview.new.text
    session.add(
        TextLayer(
            id=preview.layer_id,
            document_id=preview.document_id,
            device_id=project.device.id,
            text=text,
            text_sha256=_hash(text),
            extractor=new.extractor,
            extractor_version=new.extractor_version,
            flags=new.flags,
        )
    )
    session.flush()
    session.execute(insert(Page), page_rows(preview.layer_id, new.page_starts, new.pages))
    for row in _geometry_rows(session, preview):
        session.merge(Geometry(**row))


def _geometry_rows(session: Session, preview: Preview) -> list[dict[str, object]]:
    """Return boxes for the new pages: those given, else of pages that stay letter for letter."""
    new = preview.new
    rows = [
        {"text_layer_id": preview.layer_id, "page": page, "packed": packed}
        for page, packed in new.geometry.items()
    ]
    if new.pdf is not None:
        return rows
    same = set(range(1, len(new.pages) + 1)) - set(preview.changed_pages) - set(new.geometry)
    known = session.execute(
        select(Geometry.page, Geometry.packed).where(
            Geometry.text_layer_id == preview.before_layer_id
        )
    )
    rows += [
        {"text_layer_id": preview.layer_id, "page": page, "packed": packed}
        for page, packed in known
        if page in same
    ]
    return rows


def _store_copy(session: Session, document: Document, new: NewText) -> None:
    other = session.scalar(
        select(Document.file_name).where(Document.sha256 == new.sha256, Document.id != document.id)
    )
    if other is not None:
        raise UserError(
            f"This PDF is in the project already, as {other}.", "Remove that document first."
        )
    if session.get(FileBytes, new.sha256) is None and new.pdf is not None:
        session.add(FileBytes(sha256=new.sha256, data=new.pdf, password=new.password))
    document.sha256, document.file_name = new.sha256, new.file_name or document.file_name


def page_rows(
    layer_id: str, page_starts: tuple[int, ...], pages: tuple[ExtractedPage, ...]
) -> list[dict[str, object]]:
    """Return the pages of a layer as the table keeps them."""
    return [
        {
            "text_layer_id": layer_id,
            "page": number,
            "start": start,
            "label": page.label,
            "width": page.width,
            "height": page.height,
            "rotation": page.rotation,
            "reading_order": page.order,
            "blocks": [start + offset for offset in page.blocks],
            "furniture": [start + offset for pair in page.furniture for offset in pair],
            "joins": [start + offset for offset in page.joins],
        }
        for number, (start, page) in enumerate(zip(page_starts, pages, strict=True), start=1)
    ]


def _as_document_text(document_id: str, layer_id: str, new: NewText) -> DocumentText:
    return DocumentText(
        document_id=document_id,
        text_layer_id=layer_id,
        text=new.text,
        page_starts=new.page_starts,
        labels=tuple(page.label for page in new.pages),
        sizes=tuple((page.width, page.height) for page in new.pages),
        orders=tuple(page.order for page in new.pages),
        blocks=(),
        furniture=(),
        joins=frozenset(),
    )


def _changed(before: DocumentText, new: NewText) -> tuple[int, ...]:
    if len(before.page_starts) != len(new.pages):
        return tuple(range(1, len(new.pages) + 1))
    return tuple(
        number
        for number, page in enumerate(new.pages, 1)
        if before.text[slice(*before.page_range(number))] != page.text
    )


def _coding_ids(session: Session, document_id: str) -> list[str]:
    question = select(CodingRow.id).join(Layer, Layer.id == CodingRow.layer_id)
    return list(session.scalars(question.where(Layer.document_id == document_id)))


def _codings_by_layer(session: Session, document_id: str) -> dict[str, int]:
    question = (
        select(CodingRow.text_layer_id, func.count())
        .join(Layer, Layer.id == CodingRow.layer_id)
        .where(Layer.document_id == document_id)
        .group_by(CodingRow.text_layer_id)
    )
    return {layer: count for layer, count in session.execute(question)}


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _many(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _some_pages(pages: tuple[int, ...]) -> str:
    if not pages:
        return "no page"
    if len(pages) == 1:
        return f"page {pages[0]}"
    if len(pages) <= 5:
        return f"pages {', '.join(map(str, pages[:-1]))} and {pages[-1]}"
    return f"{len(pages)} pages"


def _codings(kept: int, review: int, orphan: int) -> str:
    total = kept + review + orphan
    if not total:
        return "Nothing is coded in this document."
    told = f"{_many(kept, 'coding')} of {total:,} {_keeps(kept)}"
    if review or orphan:
        unsure = review + orphan
        told += f"; {_many(unsure, 'coding')} {'needs' if unsure == 1 else 'need'} a look"
    return f"{told}."


def _keeps(kept: int) -> str:
    return "keeps its place" if kept == 1 else "keep their place"
