"""The filter chips of a view over codings, in the same order in every view."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from app.coding.codebook import STAGE, VALENCE, Codebook, FacetValue
from app.coding.evidence import independent_coders
from app.coding.extracts import ExtractFilter
from app.ui.bridge import ProjectBridge
from app.ui.views.choice_chip import Choice, ChoiceChip
from app.ui.views.evidence_source import EvidenceSource
from app.ui.views.people import people_of
from app.ui.widgets import FilterRow

ALL = ("coder", "cluster", "code", "valence", "stage", "study")
NONE = Choice("", "None given")
NO_VALENCE = Choice("", "None given", "", "valence", "")


class CodingFilters(QObject):
    """Chips for coder, cluster, code, valence, stage and study.

    ``changed`` when a filter was set or removed by hand or by ``show_filter``.
    """

    changed = Signal()

    def __init__(self, bridge: ProjectBridge, row: FilterRow, kinds: Sequence[str] = ALL) -> None:
        super().__init__(row)
        self._bridge = bridge
        self._source = EvidenceSource.of(bridge)
        names = {
            "coder": ("Coder", "users"),
            "cluster": ("Cluster", ""),
            "code": ("Code", ""),
            "valence": ("Valence", ""),
            "stage": ("Stage", ""),
            "study": ("Study", ""),
        }
        self.chips = {kind: ChoiceChip(names[kind][0], icon=names[kind][1]) for kind in kinds}
        self._quiet = False
        self._independent: frozenset[str] | None = None
        for chip in self.chips.values():
            chip.changed.connect(self._tell)
            row.add(chip)

    def refresh(self) -> None:
        """Offer what the project holds now; what was chosen stays where it exists."""
        codebook = self._source.codebook()
        evidence = self._source.evidence()
        if codebook is None or evidence is None:
            return
        choices = _codebook_choices(codebook)
        self._independent = independent_coders(self._bridge.project)
        choices["coder"] = [Choice(p.id, p.name) for p in people_of(self._bridge).values()]
        choices["study"] = [Choice(study.id, study.label) for study in evidence.studies]
        choices["study"].sort(key=lambda choice: choice.label.casefold())
        for kind, chip in self.chips.items():
            chip.set_choices(choices[kind])

    def keys(self, kind: str) -> frozenset[str] | None:
        """Return what is chosen; None lets everything through."""
        chip = self.chips.get(kind)
        return chip.keys if chip is not None and chip.keys else None

    def coders(self) -> frozenset[str] | None:
        """Return whose codings count: those chosen, else everyone but the consensus."""
        return self.keys("coder") or self._independent

    @property
    def leaves_consensus_out(self) -> bool:
        """True where there is a consensus and nobody has asked for it."""
        return self._independent is not None and self.keys("coder") is None

    def extract_filter(self, text: str = "") -> ExtractFilter:
        """Return the filter that the chips stand for."""
        return ExtractFilter(
            code_ids=self.keys("code"),
            cluster_ids=self.keys("cluster"),
            valences=self.keys("valence"),
            stages=self.keys("stage"),
            study_ids=self.keys("study"),
            coder_ids=self.coders(),
            text=text.strip(),
        )

    def show_filter(self, wanted: ExtractFilter) -> None:
        """Set the chips to a filter; what it leaves open is cleared."""
        self._quiet = True
        for kind, keys in (
            ("code", wanted.code_ids),
            ("cluster", wanted.cluster_ids),
            ("valence", wanted.valences),
            ("stage", wanted.stages),
            ("study", wanted.study_ids),
            ("coder", None if wanted.coder_ids == self._independent else wanted.coder_ids),
        ):
            if kind in self.chips:
                self.chips[kind].choose(keys or ())
        self._quiet = False
        self.changed.emit()

    def words(self) -> tuple[str, ...]:
        """Return the filters that are set, in words."""
        return tuple(chip.words() for chip in self.chips.values() if chip.is_set)

    def set_kinds(self) -> list[str]:
        """Return which filters are set."""
        return [kind for kind, chip in self.chips.items() if chip.is_set]

    def clear(self, kind: str = "") -> None:
        """Remove one filter, or all."""
        self._quiet = True
        for name, chip in self.chips.items():
            if not kind or name == kind:
                chip.choose(())
        self._quiet = False
        self.changed.emit()

    def _tell(self) -> None:
        if not self._quiet:
            self.changed.emit()


def facet_values(codebook: Codebook, key: str) -> tuple[FacetValue, ...]:
    """Return the values of a facet; none while the project has no codebook yet."""
    return next((facet.values for facet in codebook.facets if facet.key == key), ())


def _codebook_choices(codebook: Codebook) -> dict[str, list[Choice]]:
    numbers = {cluster.id: cluster.number for cluster in codebook.clusters}
    valences = [
        Choice(value.key, value.label, value.symbol, "valence", value.key)
        for value in facet_values(codebook, VALENCE)
    ]
    stages = [Choice(value.key, value.label) for value in facet_values(codebook, STAGE)]
    return {
        "cluster": [
            Choice(one.id, f"{one.number} {one.name}".strip(), "", "cluster", one.number)
            for one in codebook.clusters
        ],
        "code": [
            Choice(one.id, one.name, "", "cluster", numbers.get(one.cluster_id, ""))
            for one in codebook.codes
            if not one.retired
        ],
        "valence": [*valences, NO_VALENCE],
        "stage": [*stages, NONE],
    }
