"""From a number of the table to its passages, and on to the page or to the differences."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from app.ui.tasks import run
from app.ui.team.agreement_behind import ALL, BOTH, SOME, Behind, find_behind
from app.ui.team.agreement_columns import AREAS, COUNTED, ONLY
from app.ui.team.agreement_lines import Line
from app.ui.views.extracts_source import ExtractsSource
from app.ui.views.passages import PassageRow, mixed_rows, open_row
from app.ui.views.people import people_of
from app.ui.views.studies_rows import count
from app.ui.views.team import TeamPlace

if TYPE_CHECKING:
    from app.ui.team.agreement import AgreementView


class Doors:
    """Fills the panel of passages; what it shows is counted off the window's thread."""

    def __init__(self, view: "AgreementView") -> None:
        self._view, self._side = view, view.side
        self._extracts = ExtractsSource.of(view.window_of_places.bridge)
        self._looked = 0
        self.line: Line | None = None
        self.part = ALL
        self.behind = Behind()
        self._side.part_wanted.connect(self.show_part)
        self._side.opened.connect(self._open)
        self._side.settle_wanted.connect(self.settle_these)

    def show(self, line: Line, key: str) -> None:
        """Show what is behind one cell."""
        parts = self._parts(line)
        wanted = {"only:first": 0, "only:second": 1}
        if key in wanted:
            key = f"{ONLY}{line.target.coder_ids[wanted[key]]}"
        known = [part for part, _words in parts]
        self.line, self.part = line, key if key in known else ALL
        tint = line.tint if line.kind in ("code", "group") else ""
        view = self._view
        self._side.show_subject(line.name, tint, parts, self.part, not line.target.consensus)
        view.show_beside(self._side)
        self._look()

    def show_part(self, part: str) -> None:
        """Show another part of the same row."""
        self.part = part
        self._side.show_waiting()
        self._look()

    def refresh(self) -> None:
        """Look again after the report was made anew."""
        if self.line is not None and self._side.isVisible():
            self._look()

    def settle_these(self) -> None:
        """Go to the differences, narrowed to the codes of the row, in its document and round."""
        from app.ui.team.settle import SettleView

        line, place = self.line, self._view.window_of_places.go("team")
        if line is None or not isinstance(place, TeamPlace):
            return
        view, target = place.show_view("settle"), line.target
        assert isinstance(view, SettleView)
        round_id = target.round_id or self._view.asked.round_id or ""

        def narrow() -> None:
            view.left.funnel.setChecked(True)
            view.left.chips["Code"].choose(target.code_ids)
            view.left.chips["Study"].choose((target.document_id,) if target.document_id else ())

        view.reader.changed.connect(narrow, Qt.ConnectionType.SingleShotConnection)
        if round_id and round_id != view.queue.round_id:
            view.reader.show_round(round_id)
        elif view.queue.rows:
            view.reader.changed.disconnect(narrow)
            narrow()

    def _parts(self, line: Line) -> list[tuple[str, str]]:
        maker = self._view.maker
        assert maker is not None
        if self._view.tabs.key == "ratings":
            return [(ALL, "All")]
        coders = line.target.coder_ids or maker.coder_ids
        parts = [(ALL, "All"), (BOTH, "Both")]
        if len(coders) > 2:
            parts.append((SOME, "Some"))
        return [*parts, *((f"{ONLY}{c}", f"Only {maker.sign(c)}") for c in coders[:4])]

    def _look(self) -> None:
        view, line = self._view, self.line
        if view.done is None or line is None:
            return
        self._looked += 1
        looked, part = self._looked, self.part
        unit = AREAS if view.tabs.key == "areas" else view.question.unit
        report, target = view.done.report, line.target
        layers = view.consensus_layers(target) if target.consensus else report.layers

        rated = None
        if view.tabs.key == "ratings":
            wanted = "".join(target.code_ids)
            rated = next(row for row in view.done.ratings if row.code_id == wanted)

        def find(_progress: object) -> Behind:
            if rated is not None:
                return Behind(rated.coding_ids)
            return find_behind(layers, target, unit, part, report.settings)

        def told(behind: Behind) -> None:
            if looked == self._looked and view.done is not None:
                self.behind = behind
                self._extracts.when_current(lambda: self._fill(looked))

        run(find, "Gather passages", told, listed=False)

    def _fill(self, looked: int) -> None:
        view = self._view
        if looked != self._looked or self.line is None or view.maker is None:
            return
        found = [self._extracts.get(one) for one in self.behind.coding_ids]
        tints = view.maker.tint_of
        rows: tuple[PassageRow, ...] = mixed_rows([one for one in found if one], tints)
        people = people_of(view.window_of_places.bridge)
        self._side.show_rows(self._fact(rows), rows, people)

    def _fact(self, rows: tuple[PassageRow, ...]) -> str:
        """Return what was chosen in words: "Only Amina: 97 characters in 6 passages, 5 studies"."""
        assert self._view.maker is not None
        studies = count(len({row.study for row in rows}), "study")
        passages = count(len(rows), "passage")
        if not rows:
            return "Nothing was coded like this."
        if self.part == ALL or not self.behind.amount:
            return f"{passages}, {studies}"
        unit = COUNTED[self._view.question.unit][:-1]
        unit = {"studie": "study"}.get(unit, unit)
        much = count(round(self.behind.amount), unit)
        who = {BOTH: "All", SOME: "Several, not all"}.get(self.part)
        who = who or f"Only {self._view.maker.name(self.part.removeprefix(ONLY))}"
        return f"{who}: {much} in {passages}, {studies}"

    def _open(self, row: PassageRow) -> None:
        open_row(self._view.window_of_places, row)
