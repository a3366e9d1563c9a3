"""How often codes are used, for the tree and the page of the codebook."""

from collections.abc import Sequence

import numpy as np

from app.analysis.matrix import study_table
from app.coding.code_history import CodeRevision
from app.coding.codebook import VALENCE, Code
from app.coding.codebooks import count_use
from app.coding.listing import list_codings
from app.coding.rechecks import was_asked_since
from app.ui.bridge import ProjectBridge
from app.ui.views.code_parts import CodeUses
from app.ui.views.coding_filters import facet_values
from app.ui.views.evidence_source import EvidenceSource


class CodeCounts:
    """Answers from the arrays that the places share; the project is asked only for the rest."""

    def __init__(self, bridge: ProjectBridge) -> None:
        self._bridge = bridge
        self._source = EvidenceSource.of(bridge)

    def my_studies(self) -> dict[str, int]:
        """Return, by code id, in how many studies you used the code."""
        evidence = self._source.evidence()
        actor = self._bridge.project.actor_id if self._bridge.is_open else None
        if evidence is None or actor is None or actor not in evidence.coders:
            return {}
        mine = study_table(evidence.where(coders=[actor])).code_studies.tolist()
        return dict(zip((code.id for code in evidence.codes), mine, strict=True))

    def uses(self, code: Code) -> CodeUses:
        """Return how often a code is used; of a retired one only the codings."""
        if code.retired:
            use = count_use(self._bridge.project).get(code.id)
            return CodeUses(use.codings if use else 0)
        return CodeUses(
            self._source.codings_of_codes().get(code.id, 0),
            self._source.studies_of_codes().get(code.id, 0),
            self._directions(code.id),
        )

    def coded_before(self, code: Code, revisions: Sequence[CodeRevision]) -> int:
        """Return how many passages were coded before the meaning changed, unless asked already."""
        newest = next((one for one in revisions if one.changes_meaning), None)
        project = self._bridge.project
        if newest is None or code.retired or was_asked_since(project, code.id, newest.at):
            return 0
        codings = list_codings(project, code_id=code.id)
        return sum(coding.made_at < newest.at for coding in codings)

    def _directions(self, code_id: str) -> tuple[tuple[str, str, int], ...]:
        evidence, codebook = self._source.evidence(), self._source.codebook()
        if evidence is None or codebook is None:
            return ()
        if all(code.id != code_id for code in evidence.codes):
            return ()  # made a moment ago, and not counted yet
        labels = {value.key: value.label for value in facet_values(codebook, VALENCE)}
        mine = evidence.where(codes=[code_id])
        found = []
        for place, key in enumerate(evidence.valences):
            studies = len(np.unique(mine.study[mine.valence == place]))
            if studies:
                found.append((key, labels.get(key, key), studies))
        return tuple(found)
