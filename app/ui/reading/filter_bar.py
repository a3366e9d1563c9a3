"""The row of filters above the pages: four chips, what they hide, and the way back."""

from collections.abc import Iterable, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.coding.codebook import VALENCE, Codebook
from app.coding.people import CoderInfo
from app.ui.reading.coding_form import facet
from app.ui.reading.filters import MarkFilter
from app.ui.theme import theme
from app.ui.views.choice_chip import Choice, ChoiceChip
from app.ui.widgets import FlowLayout, button, frame, label, line, tight

KINDS = (("coders", "Coder", "users"), ("clusters", "Cluster", ""), ("codes", "Code", ""),
         ("valences", "Valence", ""))  # fmt: skip


class FilterBar(QWidget):
    """``changed`` when a filter was set or taken away by hand."""

    changed = Signal()
    cleared = Signal()

    def __init__(self) -> None:
        """Start with nothing chosen."""
        super().__init__()
        self.chips = {kind: ChoiceChip(name, icon=icon) for kind, name, icon in KINDS}
        self._quiet = False
        self.hidden = label("", "small", "text_2")
        self.show_all = button("Show all", "small", tip="Take all filters away")
        self.show_all.clicked.connect(self.cleared)
        ground = frame("base")
        flow = FlowLayout(spacing=8, line=30)
        holder = QWidget()
        holder.setLayout(flow)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        holder.setSizePolicy(policy)
        for chip in self.chips.values():
            chip.changed.connect(self._tell)
            flow.addWidget(chip)
        told = QWidget()
        words = tight(QHBoxLayout(told), 8, (4, 0, 0, 0))
        words.addWidget(self.hidden)
        words.addWidget(self.show_all)
        flow.addWidget(told)
        row = tight(QHBoxLayout(ground), 8, (16, 8, 16, 8))
        row.addWidget(holder, 1)
        column = tight(QVBoxLayout(self))
        column.addWidget(ground)
        column.addWidget(line())
        self.setAccessibleName("Filters")
        theme.changed.connect(self.updateGeometry)
        self.tell_hidden(0, filtered=False)

    def offer(self, codebook: Codebook | None, coders: Iterable[CoderInfo], you: str | None,
              counts: Mapping[str, Mapping[str, int]]) -> None:  # fmt: skip
        """Offer what there is to choose; ``counts`` are the codings here, by kind and key."""
        self._quiet = True
        numbers = {one.id: one.number for one in codebook.clusters} if codebook else {}
        self.chips["coders"].set_choices(
            [
                Choice(one.id, f"{one.name} (you)" if one.id == you else one.name,
                       _count(counts, "coders", one.id))
                for one in coders
            ]
        )  # fmt: skip
        self.chips["clusters"].set_choices(
            [
                Choice(one.id, f"{one.number} {one.name}".strip(),
                       _count(counts, "clusters", one.id), "cluster", one.number)
                for one in (codebook.clusters if codebook else ())
            ]
        )  # fmt: skip
        self.chips["codes"].set_choices(
            [
                Choice(one.id, one.name, _count(counts, "codes", one.id), "cluster",
                       numbers.get(one.cluster_id, ""))
                for one in (codebook.codes if codebook else ())
                if not one.retired or counts.get("codes", {}).get(one.id)
            ]
        )  # fmt: skip
        valences = [
            Choice(value.key, value.label, _count(counts, "valences", value.key), "valence",
                   value.key)
            for value in facet(codebook, VALENCE)
        ]  # fmt: skip
        none = Choice("", "None given", _count(counts, "valences", ""), "valence", "")
        self.chips["valences"].set_choices([*valences, none])
        self._quiet = False

    def chosen(self) -> MarkFilter:
        """Return what is chosen."""
        return MarkFilter(**{
            kind: tuple(one.key for one in chip.model.choices if one.key in chip.keys)
            for kind, chip in self.chips.items()
        })  # fmt: skip

    def choose(self, chosen: MarkFilter) -> None:
        """Show this as chosen, without telling."""
        self._quiet = True
        for kind, chip in self.chips.items():
            chip.choose(getattr(chosen, kind))
        self._quiet = False

    def tell_hidden(self, number: int, *, filtered: bool) -> None:
        """Say how many codings of this document the filters hide."""
        unit = "coding" if number == 1 else "codings"
        words = f"{number:,} {unit} hidden by filters" if number else "Nothing is hidden here"
        self.hidden.setText(words if filtered else "All codings are shown")
        self.show_all.setVisible(filtered)

    def _tell(self) -> None:
        if not self._quiet:
            self.changed.emit()


def _count(counts: Mapping[str, Mapping[str, int]], kind: str, key: str) -> str:
    number = counts.get(kind, {}).get(key, 0)
    return f"{number:,}" if number else "–"
