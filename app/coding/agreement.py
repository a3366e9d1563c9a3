"""Loads what agreement needs from a project: who worked through which text, and what they coded."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.analysis.agreement.bootstrap import FEW_DOCUMENTS
from app.analysis.agreement.layers import (
    MOST_CODERS,
    AreaCoding,
    Continuum,
    FacetMasks,
    Layers,
    Named,
)
from app.analysis.agreement.report import PairScores, Report, Settings, make_report
from app.coding.agreement_ratings import RatingScores, rating_agreement
from app.coding.codebook import Codebook
from app.coding.codebooks import load_codebook
from app.coding.documents import DocumentInfo, list_documents
from app.coding.listing import CodedPlace, list_places
from app.coding.people import CoderInfo, LayerInfo, list_coders, list_layers, list_rounds
from app.errors import UserError
from app.models import Project
from app.models.coding import Coding
from app.models.evidence import Page

SUBMITTED = "submitted"


@dataclass(frozen=True, slots=True)
class Question:
    """Whose work is compared; ``None`` stands for all.

    Rounds stay apart: a document in two rounds is two texts. With ``newest_only`` the newest
    layer of each coder on a document counts, whatever its round. The consensus layer takes part
    only when its coder is named. With ``finished_only`` only submitted layers count; otherwise
    open ones in which something is coded count as they stand.
    """

    round_id: str | None = None
    coder_ids: frozenset[str] | None = None
    code_ids: frozenset[str] | None = None
    document_ids: frozenset[str] | None = None
    finished_only: bool = False
    newest_only: bool = False
    with_consensus: bool = False
    """Also compare each coder with the consensus, apart from the independent agreement."""


@dataclass(frozen=True, eq=False, slots=True)
class TeamWork:
    """The layers, and what has to be said about them."""

    layers: Layers
    rounds: tuple[Named, ...]
    clusters: tuple[Named, ...]
    codebook: str
    codebook_version: str
    title: str
    open_layers: int
    not_begun: int
    unplaced: int


@dataclass(frozen=True, eq=False, slots=True)
class Agreement:
    """A report with all that has to be printed beside its numbers."""

    report: Report
    work: TeamWork | None = None
    filters: tuple[str, ...] = ()
    ratings: tuple[RatingScores, ...] = ()
    consensus: tuple[PairScores, ...] = ()
    """Each coder beside the consensus, where that was asked for."""
    coders: tuple[Named, ...] = ()
    """Everybody in the project, the consensus included, for the names of ratings and pairs."""


def agreement(
    project: Project,
    question: Question | None = None,
    settings: Settings | None = None,
    tell: Callable[[int, int, str], object] = lambda _done, _of, _what: None,
) -> Agreement:
    """Return the agreement report of a project; ``tell`` hears how far it is, and may raise.

    What lies behind a number: ``app.analysis.agreement.passages.items(result.report.layers, ...)``.

    Raises:
        UserError: more coders than can be compared.
    """
    from app.coding.agreement_consensus import against_consensus

    question, settings = question or Question(), settings or Settings()
    tell(0, 3, "Reading codings")
    work = load_team_work(project, question)
    tell(1, 3, "Comparing")
    report = make_report(work.layers, settings, rounds=work.rounds, clusters=work.clusters)
    tell(2, 3, "Comparing with the consensus" if question.with_consensus else "Ratings")
    consensus = against_consensus(project, question, settings) if question.with_consensus else ()
    ratings = rating_agreement(project, question.coder_ids, question.code_ids)
    tell(3, 3, "")
    everybody = tuple(Named(coder.id, coder.name) for coder in list_coders(project))
    return Agreement(report, work, _filters(work, question), ratings, consensus, everybody)


def _filters(work: TeamWork, question: Question) -> tuple[str, ...]:
    told = []
    if question.round_id is not None:
        names = {known.id: known.name for known in work.rounds}
        told.append(f"round: {names.get(question.round_id, question.round_id)}")
    if question.coder_ids is not None:
        told.append(f"coders: {', '.join(coder.name for coder in work.layers.coders)}")
    if question.code_ids is not None:
        told.append(f"codes: {', '.join(code.name for code in work.layers.codes)}")
    if question.document_ids is not None:
        told.append(f"documents: {len(question.document_ids)} chosen")
    if question.finished_only:
        told.append("submitted work only")
    if question.newest_only:
        told.append("each coder's newest work on a document, whatever the round")
    return tuple(told)


def load_team_work(project: Project, question: Question | None = None) -> TeamWork:
    """Return the independent layers as plain arrays.

    A layer is an assignment: submitted and empty is a zero, open and empty is not yet anything,
    and no layer is missing.

    Raises:
        UserError: more coders than can be compared.
    """
    question = question or Question()
    codebook, documents = load_codebook(project), list_documents(project)
    coders = _coders(list_coders(project), question)
    rounds = list_rounds(project)
    with project.read() as session:
        used = dict(session.execute(
            select(Coding.layer_id, func.count()).group_by(Coding.layer_id)
        ).all())  # fmt: skip
        layer_of = dict(session.execute(select(Coding.id, Coding.layer_id)).all())
    found = _chosen_layers(list_layers(project), question, [c.id for c in coders], documents)
    position = {known.id: known.position for known in rounds}
    if question.newest_only:
        found = _newest(found, position)
    counted = [x for x in found if x.state == SUBMITTED or used.get(x.id)]
    if question.finished_only:
        counted = [x for x in counted if x.state == SUBMITTED]
    texts = _Texts(counted, documents, position, together=question.newest_only)
    places = list_places(project)
    with project.read() as session:
        areas = any(place.area for place in places)
        continua = texts.continua(session, areas=areas)
    loaded = _Arrays(codebook, coders, counted, texts, question).layers(places, layer_of, continua)
    return TeamWork(
        layers=loaded,
        rounds=tuple(Named(known.id, known.name) for known in rounds),
        clusters=tuple(Named(c.id, c.name) for c in codebook.clusters),
        codebook=codebook.title,
        codebook_version=codebook.version,
        title=project.title,
        open_layers=sum(x.state != SUBMITTED for x in counted),
        not_begun=sum(x.state != SUBMITTED and not used.get(x.id) for x in found),
        unplaced=_unplaced(layer_of, {x.id for x in counted}, places),
    )


def _coders(known: Sequence[CoderInfo], question: Question) -> list[CoderInfo]:
    wanted = question.coder_ids
    coders = [
        coder
        for coder in known
        if (coder.role != "consensus" if wanted is None else coder.id in wanted)
    ]
    if len(coders) > MOST_CODERS:
        raise UserError(f"At most {MOST_CODERS} coders can be compared.", "Choose some of them.")
    return coders


def _chosen_layers(
    layers: Iterable[LayerInfo],
    question: Question,
    coder_ids: Collection[str],
    documents: Iterable[DocumentInfo],
) -> list[LayerInfo]:
    wanted, present = question.document_ids, {document.id for document in documents}
    return [
        layer
        for layer in layers
        if layer.coder_id in coder_ids
        and layer.document_id in present
        and (question.round_id is None or layer.round_id == question.round_id)
        and (wanted is None or layer.document_id in wanted)
    ]


def _newest(layers: Iterable[LayerInfo], position: dict[str, int]) -> list[LayerInfo]:
    newest: dict[tuple[str, str], list[LayerInfo]] = {}
    for layer in sorted(layers, key=lambda x: position[x.round_id]):
        several = newest.setdefault((layer.document_id, layer.coder_id), [])
        if several and several[0].round_id != layer.round_id:
            several.clear()
        several.append(layer)  # two where a person has two ids that were joined
    return [layer for several in newest.values() for layer in several]


def _unplaced(
    layer_of: dict[str, str], counted: Collection[str], places: Iterable[CodedPlace]
) -> int:
    """Count codings whose words are not found in the text of today, or whose code is retired."""
    found = {place.id for place in places}
    return sum(layer in counted and coding not in found for coding, layer in layer_of.items())


class _Texts:
    """The texts that were worked through, in the order of documents, then rounds."""

    def __init__(
        self,
        layers: Iterable[LayerInfo],
        documents: Sequence[DocumentInfo],
        position: dict[str, int],
        *,
        together: bool,
    ) -> None:
        self._documents = {document.id: document for document in documents}
        order = {document.id: number for number, document in enumerate(documents)}
        self._together = together
        keys = {self._key(layer) for layer in layers}
        self.keys = sorted(keys, key=lambda key: (order[key[0]], position.get(key[1], 0)))
        self.place = {key: number for number, key in enumerate(self.keys)}

    def _key(self, layer: LayerInfo) -> tuple[str, str]:
        return layer.document_id, "" if self._together else layer.round_id

    def of(self, layer: LayerInfo) -> int:
        """Return the number of the text that a layer is on."""
        return self.place[self._key(layer)]

    def continua(self, session: Session, *, areas: bool) -> tuple[Continuum, ...]:
        """Return the texts; paragraphs and page sizes are read only where they are needed."""
        chosen = [self._documents[key[0]] for key in self.keys]
        text_layers = {document.text_layer_id for document in chosen}
        surfaces: dict[str, float] = {}
        blocks: dict[str, list[int]] = {}
        if areas and text_layers:
            surfaces = dict(session.execute(
                select(Page.text_layer_id, func.sum(Page.width * Page.height))
                .where(Page.text_layer_id.in_(text_layers))
                .group_by(Page.text_layer_id)
            ).all())  # fmt: skip
        if 0 < len(text_layers) < FEW_DOCUMENTS:
            pages = select(Page.text_layer_id, Page.blocks, Page.start)
            for layer, offsets, start in session.execute(
                pages.where(Page.text_layer_id.in_(text_layers))
            ):
                blocks.setdefault(layer, []).extend([start, *offsets])
        return tuple(
            Continuum(
                document=document.id,
                label=document.file_name,
                study=document.study_id,
                round=round_id,
                length=document.character_count,
                study_label=document.study_label,
                page_area=float(surfaces.get(document.text_layer_id, 0.0)),
                paragraphs=tuple(sorted(set(blocks.get(document.text_layer_id, ())))),
            )
            for document, (_, round_id) in zip(chosen, self.keys, strict=True)
        )


class _Arrays:
    """Turns places into arrays of numbers."""

    def __init__(
        self,
        codebook: Codebook,
        coders: Sequence[CoderInfo],
        counted: Sequence[LayerInfo],
        texts: _Texts,
        question: Question,
    ) -> None:
        wanted = question.code_ids
        self._codes = [
            code
            for code in codebook.codes
            if not code.retired and (wanted is None or code.id in wanted)
        ]
        self._code_at = {code.id: number for number, code in enumerate(self._codes)}
        self._coders, self._facets = coders, codebook.facets
        coder_at = {coder.id: number for number, coder in enumerate(coders)}
        self._layer_at = {x.id: (texts.of(x), coder_at[x.coder_id]) for x in counted}

    def layers(
        self,
        places: Iterable[CodedPlace],
        layer_of: dict[str, str],
        continua: tuple[Continuum, ...],
    ) -> Layers:
        """Return the layers of all places that are in question."""
        roster = np.zeros((len(continua), len(self._coders)), dtype=np.bool_)
        for text, coder in self._layer_at.values():
            roster[text, coder] = True
        kept: list[CodedPlace] = []
        rows: list[tuple[int, int, int, int, int]] = []
        areas: list[AreaCoding] = []
        for place in places:
            at = self._layer_at.get(layer_of.get(place.id, ""))
            code = self._code_at.get(place.code_id)
            if at is None or code is None:
                continue
            if place.area:
                x0, y0, x1, y1 = place.area
                box, facets = (x0, y0, x1, y1), self._bits(place)
                areas.append(AreaCoding(place.id, at[0], code, at[1], place.page, box, facets))
            elif place.start < place.end <= continua[at[0]].length:
                rows.append((at[0], code, at[1], place.start, place.end))
                kept.append(place)
        table = np.array(rows, dtype=np.int64).reshape(-1, 5)
        return Layers(
            continua=continua,
            codes=tuple(Named(code.id, code.name, code.cluster_id) for code in self._codes),
            coders=tuple(Named(coder.id, coder.name) for coder in self._coders),
            roster=roster,
            continuum=table[:, 0].astype(np.int32),
            code=table[:, 1].astype(np.int32),
            coder=table[:, 2].astype(np.int32),
            start=table[:, 3],
            end=table[:, 4],
            coding_ids=tuple(place.id for place in kept),
            areas=tuple(areas),
            facets=tuple(self._masks(kept)),
        )

    def _bits(self, place: CodedPlace) -> tuple[int, ...]:
        """Return the facet values of one coding as masks, in the order of the facets."""
        return tuple(
            sum(
                1 << number
                for number, value in enumerate(facet.values)
                if value.key in place.facets.get(facet.key, ())
            )
            for facet in self._facets
        )

    def _masks(self, places: Sequence[CodedPlace]) -> Iterable[FacetMasks]:
        for facet in self._facets:
            bits = {value.key: 1 << number for number, value in enumerate(facet.values)}
            known: dict[tuple[str, ...], int] = {}
            masks = []
            for place in places:
                said = tuple(place.facets.get(facet.key, ()))
                mask = known.get(said)
                if mask is None:
                    mask = known[said] = sum(bits.get(value, 0) for value in said)
                masks.append(mask)
            yield FacetMasks(
                facet.key,
                facet.label,
                facet.multiple,
                tuple(value.label for value in facet.values),
                np.array(masks, dtype=np.int64),
            )
