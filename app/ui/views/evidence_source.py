"""The codings of the open project as arrays, loaded once and shared by the places."""

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal

from app.analysis.evidence import Evidence
from app.analysis.matrix import study_table
from app.coding.codebook import Codebook
from app.coding.codebooks import load_codebook
from app.coding.documents import list_documents
from app.coding.evidence import load_evidence
from app.models.changes import Changes
from app.ui.bridge import ProjectBridge

PAUSE = 250  # milliseconds after a change before anyone recounts: coding goes on meanwhile
CODEBOOK = ("codebook", "cluster", "category", "code", "facet", "facet_value")
CODINGS = ("coding", "layer", "document", "report", "study", "coder", "round", *CODEBOOK)


class EvidenceSource(QObject):
    """Evidence and codebook of the bridge's project, loaded when first asked for.

    ``changed`` tells that they are to be asked for again, a moment after the last change.
    """

    changed = Signal()

    def __init__(self, bridge: ProjectBridge) -> None:
        super().__init__(bridge)
        self._bridge = bridge
        self._evidence: Evidence | None = None
        self._codebook: Codebook | None = None
        self._documents: tuple[str, ...] = ()
        self._codings_of: dict[str, int] = {}
        self._studies_of: dict[str, int] = {}
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self.changed)
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
            # Documents may come in while we read: their order has to be that of the arrays.
            known: list[str] = []
            while (found := self._document_ids()) != known or self._evidence is None:
                known = found
                self._evidence = load_evidence(self._bridge.project)
            self._documents = tuple(known)
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
        self._drop(codebook=True)
        self._pause.stop()
        self.changed.emit()

    def _document_ids(self) -> list[str]:
        return [document.id for document in list_documents(self._bridge.project)]

    def _count(self) -> None:
        evidence = self.evidence()
        if evidence is None or self._studies_of:
            return
        ids = [code.id for code in evidence.codes]
        codings = np.bincount(evidence.code, minlength=len(ids))
        self._codings_of = dict(zip(ids, codings.tolist(), strict=True))
        studies = study_table(evidence).code_studies.tolist()
        self._studies_of = dict(zip(ids, studies, strict=True))

    def _drop(self, *, codebook: bool) -> None:
        self._evidence = None
        self._codings_of, self._studies_of = {}, {}
        if codebook:
            self._codebook = None

    def _notice(self, changes: Changes) -> None:
        if changes.touches(*CODINGS):
            self._drop(codebook=changes.touches(*CODEBOOK))
            self._pause.start()
