"""The codings of the open project as arrays, loaded once and shared by the places."""

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal

from app.analysis.evidence import Evidence
from app.analysis.matrix import study_table
from app.coding.codebook import Codebook
from app.coding.codebooks import load_codebook
from app.coding.documents import list_documents
from app.coding.evidence import independent_coders, load_evidence
from app.models import Project
from app.models.changes import Changes
from app.ui.bridge import ProjectBridge
from app.ui.tasks import run

PAUSE = 250  # milliseconds after a change before anyone recounts: coding goes on meanwhile
CODEBOOK = ("codebook", "cluster", "category", "code", "facet", "facet_value", "code_alias")
CODINGS = (
    "coding",
    "anchor_fix",
    "layer",
    "document",
    "report",
    "study",
    "coder",
    "round",
    *CODEBOOK,
)


class EvidenceSource(QObject):
    """Evidence and codebook of the bridge's project, loaded when first asked for.

    After a change they are read anew in the background, a moment after the last one, so that
    coding never waits; until then the numbers of before are given. ``changed`` tells of new ones.
    """

    changed = Signal()

    def __init__(self, bridge: ProjectBridge) -> None:
        super().__init__(bridge)
        self._bridge = bridge
        self._evidence: Evidence | None = None
        self._codebook: Codebook | None = None
        self._documents: tuple[str, ...] = ()
        self._reading = 0
        self._counts_wanted = False
        self._codings_of: dict[str, int] = {}
        self._studies_of: dict[str, int] = {}
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._reload)
        bridge.changed.connect(self._notice)
        bridge.opened.connect(self.forget)
        bridge.closed.connect(self.forget)

    @staticmethod
    def of(bridge: ProjectBridge) -> "EvidenceSource":
        """Return the one source that belongs to this bridge."""
        known = bridge.findChild(EvidenceSource)
        return known if isinstance(known, EvidenceSource) else EvidenceSource(bridge)

    def evidence(self) -> Evidence | None:
        """Return all codings; None while no project is open."""
        if self._evidence is None and self._bridge.is_open:
            self._documents, self._evidence = _load(self._bridge.project)
        return self._evidence

    def documents(self) -> tuple[str, ...]:
        """Return the document ids that ``Evidence.document`` points into."""
        self.evidence()
        return self._documents

    def codebook(self) -> Codebook | None:
        """Return the codebook; None while no project is open."""
        if self._codebook is None and self._bridge.is_open:
            self._codebook = load_codebook(self._bridge.project)
        return self._codebook

    def studies_of_codes(self) -> dict[str, int]:
        """Return the number of studies per code id."""
        self._count()
        return self._studies_of

    def codings_of_codes(self) -> dict[str, int]:
        """Return the number of codings per code id."""
        self._count()
        return self._codings_of

    def forget(self) -> None:
        """Load anew when next asked, and say so at once."""
        self._pause.stop()
        self._counts_wanted = False
        self._evidence, self._codebook, self._documents = None, None, ()
        self._codings_of, self._studies_of = {}, {}
        self.changed.emit()

    def _count(self) -> None:
        """Count, once there is evidence; until then it is read in the background."""
        evidence = self._evidence
        if evidence is None:
            if self._bridge.is_open and not self._counts_wanted:
                self._counts_wanted = True
                self._pause.start()
            return
        if self._studies_of:
            return
        evidence = evidence.where(coders=independent_coders(self._bridge.project))
        ids = [code.id for code in evidence.codes]
        codings = np.bincount(evidence.code, minlength=len(ids))
        self._codings_of = dict(zip(ids, codings.tolist(), strict=True))
        studies = study_table(evidence).code_studies.tolist()
        self._studies_of = dict(zip(ids, studies, strict=True))

    def _notice(self, changes: Changes) -> None:
        if changes.touches(*CODINGS):
            if changes.touches(*CODEBOOK):
                self._codebook = None
            self._pause.start()

    def _reload(self) -> None:
        if not self._bridge.is_open:
            return
        project = self._bridge.project
        if self._evidence is None and not self._counts_wanted:
            self.changed.emit()
            return
        self._counts_wanted = False
        self._reading += 1
        reading = self._reading
        run(
            lambda _progress: _load(project),
            "Count codings",
            lambda loaded: self._take(project, reading, loaded),
            lambda error: self._fail(project, error),
            listed=False,
        )

    def _take(
        self, project: Project, reading: int, loaded: tuple[tuple[str, ...], Evidence]
    ) -> None:
        if self._is_open(project) and reading == self._reading:
            self._documents, self._evidence = loaded
            self._codings_of, self._studies_of = {}, {}
            self.changed.emit()

    def _fail(self, project: Project, error: BaseException) -> None:
        # A project that was closed under the reader's hands is no defect.
        if self._is_open(project):
            raise error

    def _is_open(self, project: Project) -> bool:
        return self._bridge.is_open and self._bridge.project is project


def _load(project: Project) -> tuple[tuple[str, ...], Evidence]:
    """Return the document ids and the evidence whose documents are numbered in their order."""
    known: tuple[str, ...] | None = None
    evidence: Evidence | None = None
    while evidence is None or (found := _document_ids(project)) != known:
        known = _document_ids(project) if evidence is None else found
        evidence = load_evidence(project)
    assert known is not None
    return known, evidence


def _document_ids(project: Project) -> tuple[str, ...]:
    return tuple(document.id for document in list_documents(project))
