"""Coding by words instead of by pointing: for scripts and the command line."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.coding.codebooks import find_code, load_codebook
from app.coding.documents import find_document, load_text
from app.coding.passages import STAGE, VALENCE, check_facets, code_passage
from app.coding.people import add_coder, find_coder, find_round, list_coders, refuse_other_coder
from app.documents.anchors import all_quotes
from app.errors import UserError
from app.models import Project


@dataclass(frozen=True, slots=True)
class QuoteCoded:
    """What coding a quote did; ``places`` is how often the words stand in the document."""

    coding_id: str
    places: int
    coder_is_new: bool


def code_quote(
    project: Project,
    document: str,
    quote: str,
    code: str,
    coder: str,
    *,
    valence: str | None = None,
    stages: Sequence[str] = (),
    round_name: str | None = None,
) -> QuoteCoded:
    """Code the first passage with these words; white space, hyphens and ligatures may differ.

    ``coder`` is an id or a name; a coder of that name is made when there is none.

    Raises:
        UserError: the document, words, code or a facet value are not found.
    """
    info = find_document(project, document)
    code_id = find_code(load_codebook(project), code).id
    places = all_quotes(load_text(project, info.id).text, quote)
    if not places:
        raise UserError(
            f"These words are not in {info.file_name}.", "Copy them from the document's text."
        )
    facets = {VALENCE: [valence] if valence else [], STAGE: list(stages)}
    check_facets(project, facets)
    round_id = find_round(project, round_name).id if round_name else None
    coder_id, is_new = scripted_coder(project, coder)
    start, end = places[0]
    coding_id = code_passage(
        project, info.id, start, end, code_id, facets=facets, coder_id=coder_id, round_id=round_id
    )
    return QuoteCoded(coding_id, len(places), is_new)


def scripted_coder(project: Project, coder: str) -> tuple[str, bool]:
    """Act as the coder of this id or name, made when there is none; return id and if it is new.

    Raises:
        UserError: this is the hand-out of another coder.
    """
    known = {name for c in list_coders(project) for name in (c.id, c.name.casefold())}
    is_new = coder not in known and coder.strip().casefold() not in known
    if project.kind == "handout":
        refuse_other_coder(project, None if is_new else find_coder(project, coder).id)
    coder_id = add_coder(project, coder) if is_new else find_coder(project, coder).id
    project.actor_id = coder_id
    return coder_id, is_new
