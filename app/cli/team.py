"""Commands on codings and on the work of a team."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.cli.shared import (
    AsJson,
    OutFile,
    ProjectPath,
    RoundName,
    app,
    counted,
    note,
    open_project,
    print_json,
)

if TYPE_CHECKING:
    from app.models import Project


@app.command()
def code(
    project: ProjectPath,
    document: Annotated[str, typer.Option(help="Id or file name.")],
    code: Annotated[str, typer.Option(help="Id or name of the code.")],
    coder: Annotated[str, typer.Option(help="Id or name; made when new.")],
    quote: Annotated[str | None, typer.Option(help="The words of the passage.")] = None,
    page: Annotated[int | None, typer.Option(help="Page of an area (1-based index).")] = None,
    area: Annotated[
        str | None,
        typer.Option(help="x0,y0,x1,y1 in points of the unturned page, instead of a quote."),
    ] = None,
    valence: Annotated[str | None, typer.Option()] = None,
    stage: Annotated[list[str] | None, typer.Option(help="May be given several times.")] = None,
    round_: RoundName = None,
    as_json: AsJson = False,
) -> None:
    """Code the passage with these words, or an area of a page."""
    from app.coding.areas import code_area_by_name, read_area
    from app.coding.by_quote import code_quote

    if (quote is None) == (area is None) or (area is None) != (page is None):
        raise typer.BadParameter("give either --quote, or --page and --area")
    places = 1
    with open_project(project) as opened:
        if area is not None and page is not None:
            drawn = code_area_by_name(
                opened,
                document,
                page,
                read_area(area),
                code,
                coder,
                valence=valence,
                stages=stage or (),
                round_name=round_,
            )
            coding_id, coder_is_new = drawn.coding_id, drawn.coder_is_new
        else:
            done = code_quote(
                opened,
                document,
                quote or "",
                code,
                coder,
                valence=valence,
                stages=stage or (),
                round_name=round_,
            )
            coding_id, coder_is_new, places = done.coding_id, done.coder_is_new, done.places
        rows = _coding_rows(opened, ids={coding_id})
    if coder_is_new:
        note(f"Added the coder {coder}.")
    if places > 1:
        note(f"These words stand at {places} places; the first one was coded.")
    if as_json:
        print_json({**rows[0], "places": places})
    else:
        note(f"Coded: {rows[0]['code']}, page {rows[0]['page_label']}.")


def _coding_rows(
    project: "Project",
    *,
    ids: set[str] | None = None,
    coder: str | None = None,
    code: str | None = None,
) -> list[dict[str, Any]]:
    from app.coding.codebooks import find_code, load_codebook
    from app.coding.extracts import ExtractFilter, load_extracts, without_consensus
    from app.coding.people import find_coder

    wanted = ExtractFilter(
        coder_ids=frozenset({find_coder(project, coder).id}) if coder else None,
        code_ids=frozenset({find_code(load_codebook(project), code).id}) if code else None,
    )
    if ids is None:
        wanted, left_out = without_consensus(project, wanted)
        if left_out:
            note("The consensus is left out; --coder Consensus asks for it.")
    return [
        {
            "id": e.coding_id,
            "document": e.document,
            "document_id": e.document_id,
            "study": e.study,
            "report": e.report,
            "page": e.page,
            "page_label": e.page_label,
            "start": e.start,
            "end": e.end,
            "quote": e.quote,
            "clean": e.clean,
            "code": e.code,
            "code_id": e.code_id,
            "code_key": e.code_key,
            "cluster": e.cluster,
            "valence": e.valence,
            "stages": list(e.stages),
            "condition": e.condition,
            "coder": e.coder,
            "round": e.round,
            "memo": e.memo,
            "anchor": e.anchor_state,
            "area": list(e.area),
            "made_at": e.made_at,
        }
        for e in load_extracts(project, wanted)
        if ids is None or e.coding_id in ids
    ]


@app.command()
def codings(
    project: ProjectPath,
    coder: Annotated[str | None, typer.Option(help="Only this coder's.")] = None,
    code: Annotated[str | None, typer.Option(help="Only of this code.")] = None,
    as_json: AsJson = False,
) -> None:
    """List codings with their quotes."""
    with open_project(project) as opened:
        rows = _coding_rows(opened, coder=coder, code=code)
    if as_json:
        print_json(rows)
        return
    for row in rows:
        print(
            f"{row['study']}, p. {row['page_label']}: {row['code']} ({row['valence'] or '–'}, "
            f"{row['coder']}): {row['clean']}"
        )
    note(f"{counted(len(rows), 'coding')}.")


@app.command()
def handout(
    project: ProjectPath,
    coder: Annotated[str, typer.Option(help="Id or name of the coder.")],
    out: OutFile,
    round_: RoundName = None,
    without_pdfs: Annotated[bool, typer.Option("--without-pdfs")] = False,
) -> None:
    """Write a blind copy for one coder: nothing of any other coder is in it."""
    from app.coding.team_files import hand_out

    with open_project(project) as opened:
        report = hand_out(opened, coder, out, round_=round_, with_pdfs=not without_pdfs)
    note(
        f"Wrote {out}: {counted(report.documents, 'document')}, "
        f"{counted(report.codings, 'coding')} of {coder}, "
        f"{'with' if report.with_pdfs else 'without'} PDFs, {counted(report.byte_count, 'byte')}."
    )


@app.command()
def submit(project: ProjectPath, out: OutFile, round_: RoundName = None) -> None:
    """Write what the coder of this copy sends back: own rows, no PDFs."""
    from app.coding.team_files import submit as write

    with open_project(project) as opened:
        report = write(opened, out, round_=round_)
    note(f"Wrote {out}: {counted(report.codings, 'coding')}, {counted(report.byte_count, 'byte')}.")


@app.command()
def handin(
    project: ProjectPath,
    files: Annotated[list[Path], typer.Argument(metavar="FILE...")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what it would do.")] = False,
    as_json: AsJson = False,
) -> None:
    """Take in what coders sent back."""
    from app.coding.handin_facts import as_json as told_facts
    from app.coding.team_files import hand_in

    with open_project(project) as opened:
        reports = hand_in(opened, files, dry_run=dry_run)
    if as_json:
        print_json(
            [
                {
                    "file": r.file,
                    "coder": r.coder,
                    "dry_run": dry_run,
                    "adds": r.added,
                    "changes": r.changed,
                    "withdraws": r.withdrawn,
                    "conflicts": [
                        {"kind": c.kind, "id": c.row_id, "versions": c.versions}
                        for c in r.conflicts
                    ],
                    "new_codes": list(r.new_codes),
                    "differing_texts": r.differing_texts,
                    "sentence": r.sentence(),
                    "warnings": [" ".join(told) for told in r.warnings()],
                    "facts": told_facts(r.facts),
                }
                for r in reports
            ]
        )
        return
    for report in reports:
        print(
            f"{report.file}{f' from {report.coder}' if report.coder else ''}: "
            f"{'would be: ' if dry_run else ''}{report.sentence()}"
        )
        for text, way in report.warnings():
            print(f"  {text} {way}")


@app.command()
def receipts(project: ProjectPath, as_json: AsJson = False) -> None:
    """List the files that were taken in, newest first."""
    from app.models.receipts import list_receipts

    with open_project(project) as opened:
        found = list_receipts(opened)
    if as_json:
        print_json(
            [
                {
                    "id": r.id,
                    "at": r.at,
                    "file": r.source_name,
                    "kind": r.source_kind,
                    "taken_back": r.withdrawn,
                    "rows": r.rows,
                }
                for r in found
            ]
        )
        return
    for r in found:
        state = "taken back" if r.withdrawn else counted(r.rows.get("coding", 0), "coding")
        print(f"{r.at[:16].replace('T', ' ')}  {r.source_name}  {state}  {r.id}")
    note(f"{counted(len(found), 'file')}.")


@app.command()
def takeback(
    project: ProjectPath,
    file: Annotated[str, typer.Argument(metavar="FILE", help="Name or id, as in receipts.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what it would do.")] = False,
    as_json: AsJson = False,
) -> None:
    """Take a hand-in back: what it brought counts no more; taken in again, it does."""
    from app.coding.team_files import dependents_in_words, find_receipt
    from app.models.receipts import withdraw_receipt

    with open_project(project) as opened:
        receipt = find_receipt(opened, file)
        found, rows = dependents_in_words(opened, receipt.id)
        touched = 0 if dry_run else withdraw_receipt(opened, receipt.id)
    if as_json:
        print_json(
            {
                "id": receipt.id,
                "file": receipt.source_name,
                "dry_run": dry_run,
                "rows": touched or sum(receipt.rows.values()),
                "changed_again": [{"kind": k, "id": i} for k, i in found.changed_again],
                "stale_decisions": list(found.decision_ids),
            }
        )
        return
    for row in rows:
        note(f"Built on it since: {' '.join(part for part in (row.title, row.where) if part)}")
    if found.decision_ids:
        note(
            f"{counted(len(found.decision_ids), 'decision')} would go stale."
            if dry_run
            else f"{counted(len(found.decision_ids), 'decision')} went stale."
        )
    what = counted(touched or sum(receipt.rows.values()), "row")
    print(f"{receipt.source_name}: {'would take back' if dry_run else 'took back'} {what}.")
