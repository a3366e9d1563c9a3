"""Commands on the text of a document: what it is, and putting another one in its place."""

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.cli.shared import AsJson, ProjectPath, app, counted, note, open_project, print_json
from app.errors import UserError

if TYPE_CHECKING:
    from app.coding.text_layers import Preview, TextFacts
    from app.documents.engine import PdfEngine
    from app.documents.new_text import NewText
    from app.models import Project

DocumentName = Annotated[str, typer.Argument(metavar="DOCUMENT", help="An id or a file name.")]


@app.command("text-layers")
def text_layers(
    project: ProjectPath,
    document: Annotated[str | None, typer.Argument(metavar="DOCUMENT")] = None,
    as_json: AsJson = False,
) -> None:
    """Say what the text of each document is, and which other texts it had."""
    from app.coding.anchor_review import count_anchors
    from app.coding.documents import find_document, list_documents
    from app.coding.text_layers import text_facts

    with open_project(project) as opened:
        chosen = [find_document(opened, document)] if document else list_documents(opened)
        facts = [text_facts(opened, info.id) for info in chosen]
        counts = [count_anchors(opened, info.id) for info in chosen]
    if as_json:
        print_json([asdict(f) | {"anchors": asdict(c)} for f, c in zip(facts, counts, strict=True)])
        return
    for fact, count in zip(facts, counts, strict=True):
        print(f"{fact.file_name}: {_described(fact)}")
        for layer in fact.layers[1:]:
            print(f"  before: {layer.extractor} {layer.extractor_version} ({layer.id})")
        if count.open:
            print(f"  {counted(count.open, 'coding')} to be looked at")


def _described(fact: "TextFacts") -> str:
    layer = fact.layer
    empty = f", {counted(len(fact.empty_pages), 'page')} without text" if fact.empty_pages else ""
    return (
        f"{layer.extractor} {layer.extractor_version}, {fact.language or 'language unknown'}, "
        f"{fact.text_state}, {100 * fact.common_words:.0f} % common words, "
        f"{counted(layer.characters, 'character')}{empty}"
    )


@app.command()
def reread(
    project: ProjectPath,
    document: DocumentName,
    ocr: Annotated[bool, typer.Option("--ocr", help="Recognise words with Tesseract.")] = False,
    letters: Annotated[
        bool, typer.Option("--letters", help="Repair letters and figures stored wrongly.")
    ] = False,
    order: Annotated[
        str | None, typer.Option(help="Reading order: stored, columns or rows (with --pages).")
    ] = None,
    copy: Annotated[Path | None, typer.Option(help="Another copy of the same PDF.")] = None,
    layer: Annotated[str | None, typer.Option(help="Go back to a text with this id.")] = None,
    pages: Annotated[str | None, typer.Option(help="Pages, such as 2,5-7.")] = None,
    password: Annotated[str | None, typer.Option(help="Password of the other copy.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would change.")] = False,
    as_json: AsJson = False,
) -> None:
    """Put another text in the place of a document's text; codings are placed in it."""
    from app.coding.documents import find_document
    from app.coding.text_layers import preview_text, replace_text, use_layer
    from app.documents.engine import PdfEngine

    if sum(map(bool, (ocr, letters, order, copy, layer))) > 1:
        raise typer.BadParameter("one thing at a time: --ocr, --letters, --order, --copy, --layer")
    with open_project(project) as opened:
        info = find_document(opened, document)
        if layer:
            use_layer(opened, info.id, layer)
            note(f"{info.file_name} has its earlier text again.")
            return
        engine = PdfEngine()
        try:
            make = _maker(opened, engine, info.id, ocr, letters, order, copy, pages, password)
            new = make()
        finally:
            engine.close()
        preview = preview_text(opened, info.id, new) if new else None
        if preview is None:
            return
        if not (dry_run or preview.is_same):
            replace_text(opened, preview)
    _tell(preview, as_json=as_json, done=not (dry_run or preview.is_same))


def _maker(
    project: "Project",
    engine: "PdfEngine",
    document_id: str,
    ocr: bool,
    letters: bool,
    order: str | None,
    copy: Path | None,
    pages: str | None,
    password: str | None,
) -> "Callable[[], NewText | None]":
    from app.coding import rereading
    from app.coding.documents import load_text

    chosen = page_numbers(pages, len(load_text(project, document_id).page_starts))

    def told(done: int, total: int, what: str) -> None:
        if what:
            note(f"{what} ({done + 1} of {total})")

    if ocr:
        return lambda: rereading.recognised(
            project, engine, document_id, pages=chosen, progress=told
        )
    if letters:
        return lambda: rereading.with_letters(project, engine, document_id, progress=told)
    if copy is not None:
        return lambda: rereading.another_copy(engine, copy, password)
    if order:
        names = {"stored": "stream", "columns": "segment", "rows": "rows"}
        if order not in names or not chosen:
            raise UserError(
                "An order is stored, columns or rows, for the pages named.",
                "For example: --order columns --pages 2,5-7",
            )
        orders = dict.fromkeys(chosen, names[order])
        return lambda: rereading.reordered_text(project, engine, document_id, orders)
    return lambda: rereading.read_again(project, engine, document_id)


def page_numbers(words: str | None, count: int) -> tuple[int, ...] | None:
    """Return the pages of "2,5-7", ``None`` where none are named.

    Raises:
        UserError: the words are no pages of the document.
    """
    if not words:
        return None
    try:
        parts = [part.split("-") for part in words.replace(" ", "").split(",")]
        found = [n for part in parts for n in range(int(part[0]), int(part[-1]) + 1)]
    except ValueError:
        found = []
    if not found or min(found) < 1 or max(found) > count:
        raise UserError(f"“{words}” are no pages of this document.", f"It has {count} pages.")
    return tuple(dict.fromkeys(found))


def _tell(preview: "Preview", *, as_json: bool, done: bool) -> None:
    facts: dict[str, Any] = {
        "reason": preview.new.reason,
        "layer": preview.layer_id,
        "same": preview.is_same,
        "replaced": done,
        "characters": list(preview.characters),
        "common_words": [round(share, 4) for share in preview.common_words],
        "changed_pages": list(preview.changed_pages),
        "kept": preview.kept,
        "review": preview.review,
        "orphan": preview.orphan,
    }
    if as_json:
        print_json(facts)
    for sentence in preview.sentences:
        note(sentence)
    if not done and not preview.is_same:
        note("Nothing was changed.")


@app.command()
def pages(
    project: ProjectPath,
    document: DocumentName,
    printed: Annotated[
        str | None, typer.Option(help="N=NUMBER: what is printed on page N; the others follow.")
    ] = None,
    as_in_file: Annotated[
        bool, typer.Option("--as-in-file", help="Take the numbers that the file gives.")
    ] = False,
    cover: Annotated[
        str | None, typer.Option(help="Cover pages, such as 1,2; none takes the marks away.")
    ] = None,
    turn: Annotated[
        list[str] | None, typer.Option(help="N=DEGREES: show page N turned clockwise.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Say what is printed on each page, or correct it, mark cover pages and turn pages."""
    from app.coding import document_views
    from app.coding.documents import find_document, load_text

    with open_project(project) as opened:
        info = find_document(opened, document)
        if as_in_file:
            document_views.number_as_in_file(opened, info.id)
        if printed is not None:
            document_views.number_pages(opened, info.id, *_pair(printed, "3=87"))
        if cover is not None:
            chosen = () if cover == "none" else page_numbers(cover, info.page_count)
            document_views.set_cover_pages(opened, info.id, chosen or ())
        for one in turn or ():
            page, degrees = _pair(one, "3=90")
            if degrees % 90:
                raise UserError("Pages are turned by quarters.", "Say 90, 180 or 270.")
            document_views.turn_page(opened, info.id, page, degrees)
        text, view = load_text(opened, info.id), document_views.view_of(opened, info.id)
    facts = [
        {
            "page": page,
            "printed": text.label_of(page),
            "cover": page in view.cover_pages,
            "turned": view.turns.get(page, 0),
        }
        for page in range(1, len(text.page_starts) + 1)
    ]
    if as_json:
        print_json(facts)
        return
    for fact in facts:
        is_cover = ", cover page" if fact["cover"] else ""
        turned = f", turned by {fact['turned']} degrees" if fact["turned"] else ""
        print(f"{fact['page']}: {fact['printed']}{is_cover}{turned}")


def _pair(words: str, example: str) -> tuple[int, int]:
    """Return the two numbers of "3=87"."""
    try:
        page, value = (int(part) for part in words.split("="))
    except ValueError:
        problem = f"“{words}” is not a page and a number."
        raise UserError(problem, f"Write them as {example}.") from None
    return page, value
