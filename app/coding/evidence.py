"""Loads the plain arrays that every analysis starts from."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.analysis.evidence import ClusterKey, CodeKey, Evidence, PageArea, StudyKey
from app.coding.codebooks import load_codebook
from app.coding.documents import list_documents
from app.coding.listing import STAGE, VALENCE, list_places
from app.coding.people import list_coders
from app.models import Project


def independent_coders(project: Project) -> frozenset[str] | None:
    """Return those who code for themselves; None where there is no consensus to be left out.

    The consensus repeats what coders have coded: counted beside them it would count twice.
    """
    coders = list_coders(project)
    independent = frozenset(coder.id for coder in coders if coder.role != "consensus")
    return independent if len(independent) < len(coders) else None


def load_evidence(project: Project) -> Evidence:
    """Return all codings of all coders as arrays; filters come afterwards."""
    codebook = load_codebook(project)
    documents = list_documents(project)
    coders = [coder.id for coder in list_coders(project)]
    facets = {facet.key: [value.key for value in facet.values] for facet in codebook.facets}
    valences, stages = facets.get(VALENCE, []), facets.get(STAGE, [])
    studies = list(dict.fromkeys((d.study_id, d.study_label) for d in documents))
    codes = [code for code in codebook.codes if not code.retired]
    code_at = _numbered(code.id for code in codes)
    study_at = _numbered(study_id for study_id, _label in studies)
    document_at = _numbered(document.id for document in documents)
    study_of = {document.id: study_at[document.study_id] for document in documents}
    coder_at = _numbered(coders)
    valence_at = _numbered(valences)
    stage_bit = {key: 1 << number for number, key in enumerate(stages)}
    places = [place for place in list_places(project) if place.code_id in code_at]

    def column(values: Iterable[int], kind: type[Any]) -> NDArray[Any]:
        return np.fromiter(values, dtype=kind, count=len(places))

    return Evidence(
        coding_ids=tuple([p.id for p in places]),
        code=column((code_at[p.code_id] for p in places), np.int32),
        study=column((study_of[p.document_id] for p in places), np.int32),
        document=column((document_at[p.document_id] for p in places), np.int32),
        start=column((p.start for p in places), np.int64),
        end=column((p.end for p in places), np.int64),
        coder=column((coder_at[p.coder_id] for p in places), np.int32),
        valence=column((_first(p.facets.get(VALENCE, ()), valence_at) for p in places), np.int8),
        stage_mask=column((_mask(p.facets.get(STAGE, ()), stage_bit) for p in places), np.int64),
        codes=tuple(CodeKey(c.id, c.name, c.cluster_id, c.category_id) for c in codes),
        clusters=tuple(ClusterKey(c.id, c.name, c.number, c.is_context) for c in codebook.clusters),
        studies=tuple(StudyKey(*study) for study in studies),
        coders=tuple(coders),
        valences=tuple(valences),
        stages=tuple(stages),
        areas={p.id: PageArea(p.page, p.area) for p in places if p.area},
    )


def _numbered(keys: Iterable[str]) -> dict[str, int]:
    return {key: number for number, key in enumerate(keys)}


def _first(values: Sequence[str], numbers: Mapping[str, int]) -> int:
    return numbers.get(values[0], -1) if values else -1


def _mask(values: Sequence[str], bits: Mapping[str, int]) -> int:
    return sum([bits[value] for value in values if value in bits])
