"""Commands on the evidence: projects, PDFs, their text."""

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from app.cli.reference_lists import read_list, take_list, tell_matching
from app.cli.shared import AsJson, ProjectPath, app, counted, note, open_project, print_json
from app.errors import UserError


@app.command()
def new(
    project: ProjectPath,
    codebook: Annotated[
        str, typer.Option(help="Shipped codebook id, or a YAML file.")
    ] = "case-management",
    title: Annotated[str | None, typer.Option(help="Title of the project.")] = None,
) -> None:
    """Make a new project with a codebook."""
    from app.coding.codebooks import install_codebook
    from app.exchange.codebook_files import find_codebook
    from app.models import Project

    if project.name in ("", ".."):
        raise UserError("The project needs a file name.", "For example review.cofactor.")
    book = find_codebook(codebook)
    path = project if project.suffix else project.with_suffix(".cofactor")
    made = Project.create(path, title=title or path.stem)
    try:
        install_codebook(made, book)
    finally:
        made.close()
    note(f"Made {path} with the codebook “{book.title}” ({counted(len(book.codes), 'code')}).")


@app.command()
def add(
    project: ProjectPath,
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="PDFs and folders.")],
    references: Annotated[
        Path | None, typer.Option(help="A reference list to match: RIS, BibTeX, CSL JSON or CSV.")
    ] = None,
    columns: Annotated[
        bool, typer.Option("--columns", help="Take further columns of a CSV as attributes.")
    ] = False,
    unchecked: Annotated[
        bool, typer.Option("--unchecked", help="Take the example list, which nobody has checked.")
    ] = False,
    as_json: AsJson = False,
) -> int:
    """Add PDFs and folders of PDFs; match a reference list to them.

    PDFs that come after a list are matched to the records that wait for them.
    """
    from app.coding.adding import FileOutcome, add_pdfs
    from app.coding.people import acting_coder
    from app.documents.engine import PdfEngine

    outcomes: list[FileOutcome] = []

    def told(outcome: FileOutcome) -> None:
        outcomes.append(outcome)
        words = {"added": "added", "present": "already there", "problem": "not added"}
        reason = f" ({outcome.why})" if outcome.why else ""
        note(f"{words[outcome.state]}: {outcome.file}{reason}")

    found = read_list(references, unchecked=unchecked) if references else None
    with open_project(project) as opened:
        if columns:
            acting_coder(opened)
        engine = PdfEngine()
        try:
            result = add_pdfs(opened, engine, paths, outcome=told)
        finally:
            engine.close()
        matching = None
        if found is not None:
            matching = take_list(opened, found, columns=columns)
    summary: dict[str, Any] = {
        "added": [o.file for o in outcomes if o.state == "added"],
        "present": list(result.present),
        "problems": [{"file": p.file, "kind": p.kind, "why": p.why} for p in result.problems],
    }
    if matching is not None:
        summary["references"] = matching
    if as_json:
        print_json(summary)
    else:
        note(
            f"{len(result.added)} added, {len(result.present)} already there, "
            f"{len(result.problems)} could not be added."
        )
        if result.matched:
            note(f"{counted(len(result.matched), 'PDF')} matched to records that waited for one.")
        if matching is not None:
            tell_matching(matching)
    return 1 if result.problems else 0


@app.command()
def info(project: ProjectPath, as_json: AsJson = False) -> None:
    """Count what a project holds."""
    from app.coding.checking import count_contents

    with open_project(project) as opened:
        counts, title = count_contents(opened), opened.title
    if as_json:
        print_json(counts)
        return
    print(title)
    for name, number in counts.items():
        if name != "schema":
            print(f"{number:>12,}  {name}")


@app.command()
def text(
    project: ProjectPath,
    document: Annotated[str, typer.Argument(help="Id or file name.")],
    page: Annotated[int | None, typer.Option(help="One page only (1-based index).")] = None,
    clean: Annotated[bool, typer.Option("--clean", help="The text for quoting.")] = False,
) -> None:
    """Print the text of a document."""
    from app.coding.documents import find_document, load_text

    with open_project(project) as opened:
        words = load_text(opened, find_document(opened, document).id)
    if page is not None and not 1 <= page <= len(words.page_starts):
        raise UserError(f"There is no page {page}.", f"Pages run from 1 to {len(words.labels)}.")
    start, end = words.page_range(page) if page else (0, len(words.text))
    sys.stdout.write((words.clean(start, end) if clean else words.text[start:end]) + "\n")


@app.command()
def search(
    project: ProjectPath,
    query: str,
    as_json: AsJson = False,
    limit: Annotated[int, typer.Option(min=1, help="At most so many places.")] = 50,
) -> None:
    """Find words (all of them) and "phrases" in all studies."""
    from app.coding.search import search as find

    with open_project(project) as opened:
        hits = find(opened, query, limit=limit)
    if as_json:
        print_json(
            [
                {
                    "document": hit.document,
                    "document_id": hit.document_id,
                    "study": hit.study,
                    "page": hit.page,
                    "page_label": hit.page_label,
                    "start": hit.start,
                    "end": hit.end,
                    "snippet": hit.snippet,
                }
                for hit in hits
            ]
        )
        return
    for hit in hits:
        print(f"{hit.study}, p. {hit.page_label}: {hit.snippet}")
    note(f"{counted(len(hits), 'place')} found.")


@app.command()
def check(project: ProjectPath, as_json: AsJson = False) -> int:
    """Check the file, every anchor and the log."""
    from app.coding.checking import check_project

    with open_project(project) as opened:
        report = check_project(opened)
    if as_json:
        print_json(
            {
                "ok": report.is_clean,
                "anchors": report.anchors,
                "revisions": report.revisions,
                "files": report.files,
                "findings": [{"where": f.where, "what": f.what} for f in report.findings],
                "notes": [{"where": f.where, "what": f.what} for f in report.notes],
            }
        )
    else:
        for finding in (*report.findings, *report.notes):
            print(f"{finding.where}: {finding.what}")
        verdict = "all is well" if report.is_clean else "see above"
        print(
            f"{counted(report.anchors, 'anchor')}, {counted(report.revisions, 'revision')}, "
            f"{counted(report.files, 'PDF')} checked: {verdict}."
        )
    return 0 if report.is_clean else 1
