"""Loads the plain arrays that every analysis starts from."""

import numpy as np

from app.analysis.evidence import ClusterKey, CodeKey, Evidence, StudyKey
from app.coding.codebooks import load_codebook
from app.coding.documents import list_documents
from app.coding.passages import STAGE, VALENCE, list_codings
from app.coding.people import list_coders
from app.models import Project


def load_evidence(project: Project) -> Evidence:
    """Return all codings of all coders as arrays; filters come afterwards."""
    codebook = load_codebook(project)
    documents = list_documents(project)
    coders = [coder.id for coder in list_coders(project)]
    facets = {facet.key: [value.key for value in facet.values] for facet in codebook.facets}
    valences, stages = facets.get(VALENCE, []), facets.get(STAGE, [])
    studies = list(dict.fromkeys((d.study_id, d.study_label) for d in documents))
    codes = [code for code in codebook.codes if not code.retired]
    code_at = {code.id: number for number, code in enumerate(codes)}
    study_at = {study_id: number for number, (study_id, _label) in enumerate(studies)}
    document_at = {document.id: number for number, document in enumerate(documents)}
    study_of = {document.id: study_at[document.study_id] for document in documents}
    coder_at = {coder: number for number, coder in enumerate(coders)}
    valence_at = {key: number for number, key in enumerate(valences)}
    stage_bit = {key: 1 << number for number, key in enumerate(stages)}
    codings = [
        c for c in list_codings(project) if c.code_id in code_at and c.anchor_state != "orphan"
    ]
    return Evidence(
        coding_ids=tuple(c.id for c in codings),
        code=np.array([code_at[c.code_id] for c in codings], dtype=np.int32),
        study=np.array([study_of[c.document_id] for c in codings], dtype=np.int32),
        document=np.array([document_at[c.document_id] for c in codings], dtype=np.int32),
        start=np.array([c.start for c in codings], dtype=np.int64),
        end=np.array([c.end for c in codings], dtype=np.int64),
        coder=np.array([coder_at[c.coder_id] for c in codings], dtype=np.int32),
        valence=np.array([valence_at.get(c.valence, -1) for c in codings], dtype=np.int8),
        stage_mask=np.array(
            [sum(stage_bit[s] for s in c.stages if s in stage_bit) for c in codings], dtype=np.int64
        ),
        codes=tuple(CodeKey(c.id, c.name, c.cluster_id, c.category_id) for c in codes),
        clusters=tuple(ClusterKey(c.id, c.name, c.number, c.is_context) for c in codebook.clusters),
        studies=tuple(StudyKey(*study) for study in studies),
        coders=tuple(coders),
        valences=tuple(valences),
        stages=tuple(stages),
    )
