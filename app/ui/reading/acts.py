"""What the reading view does to the project: every act is one verb of the coding room."""

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal

from app.coding import areas, passages
from app.coding.codebook import STAGE, VALENCE, FacetValue
from app.coding.passages import Coding
from app.coding.planned import resized, resized_area, with_facet
from app.errors import UserError
from app.models.changes import Changes
from app.models.ids import new_id
from app.ui.bridge import ProjectBridge
from app.ui.messages import Messages
from app.ui.reading.areas_box import PageBox, stored_area
from app.ui.reading.later_acts import LaterActs
from app.ui.reading.selection import Selection
from app.ui.reading.state import ReadingState
from app.ui.settings import settings
from app.ui.tasks import run

RECENT_CODES = 12
Result = TypeVar("Result")
FEW = 200
"""Changed rows up to which they are read at once; beyond, all are read in the background."""
CONCERNS = ("coding", "memo", "layer", "coder", "code", "code_alias")
BESIDE_CODINGS = {"coding", "layer", "memo", "device"}
"""What may change together with codings without touching other codings."""
STAGES_SETTING = "read.stages"


class CodingActs(QObject):
    """Codes, changes and removes; keeps the state up to date from the Changes message."""

    condition_wanted = Signal(str)
    """A coding was given a valence that needs a condition; carries its id."""
    stages_changed = Signal()
    coded = Signal(str, str)
    """A passage was coded; carries the coding and its code."""

    def __init__(self, state: ReadingState, bridge: ProjectBridge, messages: Messages) -> None:
        """Act for the document that ``state`` holds."""
        super().__init__(state)
        self._state, self._bridge, self._messages = state, bridge, messages
        self._reading = 0
        self.later = LaterActs(state, bridge, messages)
        self.recent: list[str] = []
        self._group: str | None = None
        self.stages: tuple[str, ...] = tuple(settings().value(STAGES_SETTING, []) or [])
        self.later.outdated.connect(self.reload)
        bridge.changed.connect(self._follow)

    # -- facts of the codebook ---------------------------------------------------------------

    def facet_values(self, key: str) -> tuple[FacetValue, ...]:
        """Return the values of a facet of the codebook, none where it has no such facet."""
        codebook = self._state.codebook
        try:
            return codebook.facet(key).values if codebook is not None else ()
        except KeyError:
            return ()

    def valence(self, key: str) -> FacetValue | None:
        """Return a valence by its key."""
        return next((value for value in self.facet_values(VALENCE) if value.key == key), None)

    def toggle_stage(self, key: str) -> None:
        """Add a stage to those that new codings get, or take it away; it stays until changed."""
        known = [value.key for value in self.facet_values(STAGE)]
        chosen = set(self.stages) ^ {key}
        self.stages = tuple(stage for stage in known if stage in chosen)
        settings().remember(STAGES_SETTING, list(self.stages))
        self.stages_changed.emit()

    # -- acts --------------------------------------------------------------------------------

    @contextmanager
    def as_one(self) -> Iterator[str]:
        """Give the group under which codings made inside the block undo as one."""
        self._group = new_id()
        try:
            yield self._group
        finally:
            self._group = None

    def code(
        self, code_id: str, *, valence: str = "", condition: str = "", keep: bool = False
    ) -> str | None:
        """Code the selection, or once more the active coding's passage; return the coding's id.

        The new coding becomes the active one. With ``keep`` the selection stays for more codes.
        """
        place, text = self._state.target_place(), self._state.text
        if place is None or text is None or self._state.info is None:
            self._messages.report(
                UserError(
                    "There is nothing selected to code.",
                    "Select a passage first, then press the key.",
                )
            )
            return None
        document_id = self._state.info.id
        known = {value.key for value in self.facet_values(STAGE)}
        facets: dict[str, Sequence[str]] = {STAGE: [key for key in self.stages if key in known]}
        if valence:
            facets[VALENCE] = [valence]
        facets = {key: values for key, values in facets.items() if values}
        project = self._bridge.project
        says: dict[str, Any] = {"facets": facets, "condition": condition, "group": self._group}
        if isinstance(place, PageBox):
            area = stored_area(text, place)
            spot = (place.page, area, code_id)
            coding_id = self.later.code_area(*spot, **says) or self._try(
                lambda: areas.code_area(project, document_id, *spot, **says)
            )
        else:
            coding_id = self.later.code(place, code_id, **says) or self._try(
                lambda: passages.code_passage(project, document_id, *place, code_id, **says)
            )
        if coding_id is None:
            return None
        others = [known for known in self.recent if known != code_id]
        self.recent = [code_id, *others][:RECENT_CODES]
        if isinstance(place, PageBox):
            self._state.draw_area(place if keep else None)
        elif not keep:
            self._state.select(Selection(place[1], place[1]), follow=False)
        self._state.set_active(coding_id)
        self.coded.emit(coding_id, code_id)
        self._ask_for_condition(coding_id, valence, condition)
        return coding_id

    def set_valence(self, valence: str) -> None:
        """Give the active coding a valence; the same one again takes it away."""
        coding = self._own_active()
        if coding is None:
            return
        chosen = [] if coding.valence == valence else [valence]
        value = self.valence(valence)
        keeps = bool(chosen) and value is not None and value.needs_condition
        self._set_facet(coding, VALENCE, chosen, coding.condition if keeps else "")
        if keeps:
            self._ask_for_condition(coding.id, valence, coding.condition)

    def set_stage(self, key: str) -> None:
        """Give the active coding a stage or take it away; new codings follow."""
        coding = self._own_active()
        if coding is None:
            return
        order = [value.key for value in self.facet_values(STAGE)]
        chosen = set(coding.stages) ^ {key}
        stages = tuple(stage for stage in order if stage in chosen)
        self._set_facet(coding, STAGE, stages)
        self.stages = stages
        settings().remember(STAGES_SETTING, list(stages))
        self.stages_changed.emit()

    def toggle(self, coding_id: str, facet_key: str, value: str) -> None:
        """Give a coding a value of a facet, or take it away; a single facet keeps one value."""
        coding, codebook = self._state.codings.get(coding_id), self._state.codebook
        if coding is None or codebook is None:
            return
        self._state.set_active(coding_id)
        facet = codebook.facet(facet_key)
        held = coding.facets.get(facet_key, ())
        chosen = {value} - set(held) if not facet.multiple else set(held) ^ {value}
        values = [one.key for one in facet.values if one.key in chosen]
        self._set_facet(coding, facet_key, values)

    def set_condition(self, coding_id: str, condition: str) -> None:
        """Write under which condition a coding holds."""
        coding = self._state.codings.get(coding_id)
        if coding is not None and coding.condition != condition:
            valence = [coding.valence] if coding.valence else []
            self._set_facet(coding, VALENCE, valence, condition)

    def _set_facet(
        self, coding: Coding, facet: str, values: Sequence[str], condition: str | None = None
    ) -> None:
        project = self._bridge.project
        self._change(
            lambda: passages.set_facet(project, [coding.id], facet, values, condition),
            with_facet(coding, facet, values, condition),
        )

    def recode(self, coding_id: str, code_id: str) -> None:
        """Give a coding another code."""
        coding = self._state.codings.get(coding_id)
        if coding is not None and coding.code_id != code_id:
            project, group = self._bridge.project, self._group
            self._change(
                lambda: passages.recode(project, [coding_id], code_id, group=group),
                replace(coding, code_id=code_id),
            )

    def resize(self, coding_id: str, start: int, end: int) -> None:
        """Move the ends of a coded passage."""
        coding, text = self._state.codings.get(coding_id), self._state.text
        if coding is None or text is None:
            return
        project = self._bridge.project
        planned = self._try(lambda: resized(text, coding, start, end))
        if planned is not None:
            self._change(lambda: passages.resize(project, coding_id, start, end), planned)

    def resize_area(self, coding_id: str, box: PageBox) -> None:
        """Give a coded area other edges."""
        coding, text = self._state.codings.get(coding_id), self._state.text
        if coding is None or text is None:
            return
        area, project = stored_area(text, box), self._bridge.project
        planned = self._try(lambda: resized_area(text, coding, area))
        if planned is not None:
            self._change(lambda: areas.resize_area(project, coding_id, area), planned)

    def remove(self, coding_id: str | None = None) -> None:
        """Remove a coding, by default the active one, and say how to take it back."""
        coding = self._state.codings.get(coding_id) if coding_id else self._own_active()
        mark = self._state.marks.get(coding.id) if coding is not None else None
        if coding is None or mark is None or self._state.text is None:
            return
        page = self._state.text.label_of(coding.page_first)
        project = self._bridge.project
        self._change(lambda: passages.remove_codings(project, [coding.id]), coding, gone=True)
        if coding.id not in self._state.codings:
            self._messages.removed(f"Removed “{mark.name}” from p. {page}")

    def _change(self, write: Callable[[], object], planned: Coding, *, gone: bool = False) -> None:
        """Show a coding as it will be and let it be written; another's is asked of the project."""
        if not self.later.may_change(planned.id):
            self._try(write)
        elif gone:
            was_active = self._state.active_id == planned.id
            self.later.do(
                write, (), [planned.id], refused=lambda _: self._not_removed(planned, was_active)
            )
        else:
            self.later.do(write, [planned])

    def _not_removed(self, coding: Coding, was_active: bool) -> None:
        self._messages.not_removed()
        if was_active and self._state.active_id is None and coding.id in self._state.codings:
            self._state.set_active(coding.id)

    # -- keeping up --------------------------------------------------------------------------

    def reload(self) -> None:
        """Read all codings of the document again, off the window's thread."""
        info = self._state.info
        if info is None or not self._bridge.is_open:
            return
        self._reading += 1
        ticket, project = self._reading, self._bridge.project

        def take(codings: tuple[Coding, ...]) -> None:
            if ticket == self._reading and self._state.info is not None:
                known = {coding.id for coding in codings}
                gone = [old for old in self._state.codings if old not in known]
                self._state.update_codings(codings, gone)

        run(
            lambda _progress: passages.list_codings(project, document_id=info.id),
            "Read codings",
            take,
            listed=False,
        )

    def _follow(self, changes: Changes) -> None:
        info = self._state.info
        if info is None or not changes.touches(*CONCERNS) or self.later.covers(changes):
            return
        if changes.documents and info.id not in changes.documents and not changes.everything:
            return
        plain = "coding" in changes.kinds and changes.kinds <= BESIDE_CODINGS
        if plain and len(changes.ids) <= FEW and not changes.everything:
            self._reread(changes.ids)
        else:
            self.reload()

    def _reread(self, coding_ids: Collection[str]) -> None:
        """Read only what changed, at once: with thousands of codings in a document it tells."""
        info = self._state.info
        if info is None:
            return
        codings = passages.list_codings(self._bridge.project, coding_ids=coding_ids)
        found = {coding.id: coding for coding in codings if coding.document_id == info.id}
        gone = [old for old in coding_ids if old in self._state.codings and old not in found]
        self._reading += 1
        self._state.update_codings(found.values(), gone)

    def attempt(self, act: Callable[[], Result]) -> Result | None:
        """Do a verb of the coding room; say so where it is refused, and return None."""
        return self._try(act)

    def _try(self, act: Callable[[], Result]) -> Result | None:
        try:
            return act()
        except UserError as problem:
            if self._bridge.project.actor_id is None and self._messages.ask_who is not None:
                self._messages.ask_who()
            else:
                self._messages.report(problem)
            return None

    def _own_active(self) -> Coding | None:
        mark, coding = self._state.active, self._state.active_coding
        if mark is None or coding is None:
            return None
        if not mark.own:
            self._messages.report(
                UserError(
                    "This is another coder's coding; only they can change it.",
                    "Code the passage yourself instead.",
                )
            )
            return None
        return coding

    def _ask_for_condition(self, coding_id: str, valence: str, condition: str) -> None:
        value = self.valence(valence) if valence else None
        if value is not None and value.needs_condition and not condition:
            self.condition_wanted.emit(coding_id)
