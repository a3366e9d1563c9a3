"""Coding an area of a page: a table, a figure, a part of a scan.

An area stands on the page and not in the text. It is stored in points of the unturned page as its
crop box shows it (origin top left, y down), so that neither a turned view nor another text layer
moves it. Its ``start`` and ``end`` are where its page begins: an empty range, which overlaps
nothing, but gives it its place among the other codings.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.coding.by_quote import scripted_coder
from app.coding.codebooks import find_code, load_codebook
from app.coding.documents import DocumentText, find_document, text_of
from app.coding.listing import STAGE, VALENCE
from app.coding.passages import check_facets, known_facets, own_row
from app.coding.people import acting_coder, find_round, newest_round, open_layer
from app.coding.placing import place_all
from app.documents.turning import Box, Size, turned_size
from app.errors import UserError
from app.models import Project, ids
from app.models.codebook import Code
from app.models.coding import Coding as CodingRow
from app.models.people import Layer

LEAST = 3.0
"""Points that an area has at least in each direction."""


@dataclass(frozen=True, slots=True)
class AreaCoded:
    """What coding an area from a script did."""

    coding_id: str
    coder_is_new: bool


def code_area(
    project: Project,
    document_id: str,
    page: int,
    area: Sequence[float],
    code_id: str,
    *,
    facets: Mapping[str, Sequence[str]] | None = None,
    condition: str = "",
    coder_id: str | None = None,
    round_id: str | None = None,
    group: str | None = None,
    coding_id: str | None = None,
) -> str:
    """Code an area of a 1-based page on the coder's own layer and return the coding's id.

    Coding the same area with the same code again changes the coding that is there; a new one gets
    the id ``coding_id`` where that is given.

    Raises:
        UserError: the page or area is not in the document, the code is retired, a facet value is
            unknown, the layer was submitted, or nobody has said who they are.
    """
    coder = acting_coder(project, coder_id)
    with project.change("Code area", group=group) as session:
        text = text_of(session, document_id)
        box = list(on_page(text, page, area))
        code = session.get_one(Code, code_id)
        if code.retired:
            raise UserError(f"“{code.name}” is retired.", "Choose another code or bring it back.")
        stored = known_facets(session).checked(facets or {})
        layer = open_layer(session, document_id, coder, round_id or newest_round(session))
        row = _same(session, layer.id, code_id, page, box)
        if row is not None:
            row.facets = {**row.facets, **stored}
            row.condition = condition or row.condition
            return row.id
        row_id = coding_id or ids.new_id()
        session.add(
            CodingRow(
                id=row_id,
                layer_id=layer.id,
                code_id=code_id,
                quote="",
                prefix="",
                suffix="",
                facets=stored,
                condition=condition,
                anchor_state="exact",
                **_anchor(text, page, box),
            )
        )
    return row_id


def resize_area(project: Project, coding_id: str, area: Sequence[float]) -> None:
    """Give a coded area other edges, on the page where it is.

    Raises:
        UserError: see ``own_row``; or nothing would be left of it.
    """
    with project.change("Resize area") as session:
        row = own_row(session, project, coding_id)
        if not row.area:
            raise UserError("This coding is a passage of text.", "Move its ends instead.")
        text = text_of(session, session.get_one(Layer, row.layer_id).document_id)
        page = _page_today(session, row, text)
        box = list(on_page(text, page, area))
        for name, value in _anchor(text, page, box).items():
            setattr(row, name, value)


def _page_today(session: Session, row: CodingRow, text: DocumentText) -> int:
    """Return the page on which an area stands in the text of today."""
    if row.text_layer_id == text.text_layer_id:
        return row.page_first
    placed = place_all(session, {row.id: (text.document_id, text.text_layer_id)})
    return text.page_of(placed.places[row.id].start)


def code_area_by_name(
    project: Project,
    document: str,
    page: int,
    area: Sequence[float],
    code: str,
    coder: str,
    *,
    valence: str | None = None,
    stages: Sequence[str] = (),
    round_name: str | None = None,
) -> AreaCoded:
    """Code an area for a script: document, code, coder and round by id or name.

    A coder of that name is made when there is none.

    Raises:
        UserError: the document, page, code or a facet value are not found.
    """
    info = find_document(project, document)
    code_id = find_code(load_codebook(project), code).id
    with project.read() as session:
        on_page(text_of(session, info.id), page, area)
    facets = {VALENCE: [valence] if valence else [], STAGE: list(stages)}
    check_facets(project, facets)
    round_id = find_round(project, round_name).id if round_name else None
    coder_id, is_new = scripted_coder(project, coder)
    coding_id = code_area(
        project,
        info.id,
        page,
        area,
        code_id,
        facets=facets,
        coder_id=coder_id,
        round_id=round_id,
    )
    return AreaCoded(coding_id, is_new)


def area_words(page_label: str) -> str:
    """Return what stands for the words of an area in lists and exports."""
    return f"(area on p. {page_label})"


def read_area(words: str) -> tuple[float, ...]:
    """Return the four numbers of "x0,y0,x1,y1".

    Raises:
        UserError: these are not four numbers.
    """
    try:
        numbers = tuple(float(part) for part in words.split(","))
    except ValueError:
        numbers = ()
    if len(numbers) != 4:
        raise UserError(
            "An area is four numbers: left, top, right and bottom.", "For example 72,120,300,260."
        )
    return numbers


def unturned_size(text: DocumentText, page: int) -> Size:
    """Return width and height of a 1-based page before any turn."""
    return turned_size(text.sizes[page - 1], text.rotation_of(page))


def on_page(text: DocumentText, page: int, area: Sequence[float]) -> Box:
    """Return the part of an area that lies on its page, its corners in order, to 1/100 point.

    Raises:
        UserError: there is no such page, or too little of the area lies on it.
    """
    if not 1 <= page <= len(text.sizes):
        raise UserError(f"There is no page {page}.", f"Pages run from 1 to {len(text.sizes)}.")
    width, height = unturned_size(text, page)
    left, right = sorted((area[0], area[2]))
    top, bottom = sorted((area[1], area[3]))
    left, right = max(left, 0.0), min(right, width)
    top, bottom = max(top, 0.0), min(bottom, height)
    if not (right - left >= LEAST and bottom - top >= LEAST):
        raise UserError(
            "This area is too small, or it lies beside the page.",
            f"Page {page} is {width:.0f} by {height:.0f} points.",
        )
    return round(left, 2), round(top, 2), round(right, 2), round(bottom, 2)


def _anchor(text: DocumentText, page: int, box: list[float]) -> dict[str, int | str | list[float]]:
    start = text.page_starts[page - 1]
    return {
        "text_layer_id": text.text_layer_id,
        "start": start,
        "end": start,
        "page_first": page,
        "page_last": page,
        "area": box,
    }


def _same(
    session: Session, layer_id: str, code_id: str, page: int, box: list[float]
) -> CodingRow | None:
    found = session.scalars(
        select(CodingRow).where(
            CodingRow.layer_id == layer_id,
            CodingRow.code_id == code_id,
            CodingRow.page_first == page,
            CodingRow.quote == "",
        )
    )
    return next((row for row in found if row.area == box), None)
