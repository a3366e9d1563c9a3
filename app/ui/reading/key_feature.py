"""The keys of the page tied to the table of actions, to the codes used last, and to hints."""

from typing import TYPE_CHECKING, Any

from app.coding.codebook import STAGE
from app.ui.actions import cap_text
from app.ui.reading.hints import Hints
from app.ui.reading.page_keys import ALL_PAGE_ACTIONS, PAGE_ACTIONS, STAGE_ACTIONS
from app.ui.reading.recent_codes import RecentCodes
from app.ui.reading.walking import Walking

if TYPE_CHECKING:
    from app.ui.reading.place import ReadingPlace


class KeyFeature:
    """Everything the keyboard does on the page beyond menus: in one table, and never silently."""

    def __init__(self, place: "ReadingPlace") -> None:
        """Tie them to ``place``."""
        self._place = place
        self.hints = Hints(place)
        self.recent = RecentCodes(self._show_digits)
        self.walking = Walking(place, self.hints)
        self._table = place.window_of_places.actions_table
        self._connect()
        self._use_keys()

    def _connect(self) -> None:
        place, table = self._place, self._table
        for row in PAGE_ACTIONS:
            table.connect(row.id, lambda row=row: self._from_elsewhere(row.id))
        table.connect("code.recode", lambda: self._with_coding("Changing the code", place.recode))
        table.connect(
            "code.memo", lambda: self._with_coding("A memo", place.overlays.open_memo, own=False)
        )
        table.connect("code.remove", lambda: self._with_coding("Removing", place.acts.remove))
        table.connect("code.next", lambda: self._walk(1))
        table.connect("code.previous", lambda: self._walk(-1))
        known = place.commands.known
        for name, act in (
            ("valence", self._valence),
            ("stage", self._stage),
            ("resize", lambda _value: self.hints.has_own_coding("Moving an end")),
            ("recent", self._code_recent),
            ("card", self._card),
        ):
            known[name] = act
        keys = place.canvas.keys
        place.overlays.palette.stage_of = lambda event: keys.number_of(event, "stage")
        place.acts.coded.connect(lambda _coding, code_id: self.recent.use(code_id))
        place.overlays.codebook_shown.connect(self._keep_digits)
        place.bridge.opened.connect(self._open)
        place.bridge.closed.connect(lambda: self.recent.open(""))
        table.keys_changed.connect(self._use_keys)
        if place.bridge.is_open:
            self._open()

    def _open(self) -> None:
        self.recent.open(self._place.bridge.project.id)
        self._keep_digits()

    def _use_keys(self) -> None:
        """Take the keys as the table has them now."""
        table = self._table
        self._place.canvas.keys.use(
            {row.id: table.key_names(row.id) for row in ALL_PAGE_ACTIONS if not row.fixed}
        )
        place = self._place
        place.codes.field.show_key(table.cap("code.find"))
        place.codings.show_find_key(table.cap("code.find"))
        place.overlays.palette.use_stage_keys([table.cap(row.id) for row in STAGE_ACTIONS])
        for form in (place.overlays.card.form, place.about.form):
            form.show_keys(table.keys("code.recode"), table.keys("code.remove"))
        self._show_digits()

    def _from_elsewhere(self, action_id: str) -> None:
        """Do an action of the page that was chosen in the command palette."""
        self._place.canvas.setFocus()
        self._place.canvas.keys.act(action_id)

    # -- codes used last ---------------------------------------------------------------------

    def _keep_digits(self) -> None:
        codebook = self._place.state.codebook
        if codebook is not None:
            offered = {code.id for code in codebook.codes if not code.retired}
            self.recent.keep(offered, codebook.living)

    def digit_caps(self) -> dict[str, str]:
        """Return the key of each code used last, as caps show it."""
        return {
            code_id: cap
            for code_id, number in self.recent.digits().items()
            if (cap := cap_text(self._table.keys(f"page.recent_{number}")))
        }

    def _show_digits(self) -> None:
        caps = self.digit_caps()
        self._place.overlays.palette.show_digits(caps)
        self._place.codes.model.set_further_keys(caps)

    def _code_recent(self, number: int) -> None:
        code_id = self.recent.code(number)
        if code_id:
            self._place.acts.code(code_id)
            return
        have = len(self.recent.digits())
        told = "No code has been used yet" if not have else f"Only {have} codes have a digit so far"
        self.hints.tell(
            f"{told}.",
            "The codes you use get the digits 1 to 9 in turn. Press a hot key, or / to find one.",
        )

    # -- what needs a coding -----------------------------------------------------------------

    def _with_coding(self, what: str, act: Any, *, own: bool = True) -> None:
        active = self._place.state.active
        if (active is not None and not own) or self.hints.has_own_coding(what):
            act()

    def _valence(self, key: Any) -> None:
        value = self._place.acts.valence(str(key))
        name = f"The valence “{value.label}”" if value is not None else "A valence"
        if self.hints.has_own_coding(name):
            self._place.acts.set_valence(str(key))

    def _stage(self, number: int) -> None:
        place = self._place
        stages = place.acts.facet_values(STAGE)
        if number >= len(stages):
            self.hints.tell(
                f"The codebook has {len(stages)} stages; there is no stage {number + 1}."
            )
            return
        stage = stages[number]
        if place.state.active is not None:
            if self.hints.has_own_coding(f"The stage “{stage.label}”"):
                place.acts.set_stage(stage.key)
            return
        place.acts.toggle_stage(stage.key)
        named = [one.label for one in stages if one.key in place.acts.stages]
        self.hints.tell(
            f"What you code next gets the stage {', '.join(f'“{name}”' for name in named)}."
            if named
            else "What you code next gets no stage."
        )

    def _card(self, _value: object) -> None:
        if self._place.state.active is not None:
            self._place.overlays.open_card()
        else:
            self.hints.tell(
                "There is no coding here.",
                "Select words and press Enter to find a code for them.",
            )

    def _walk(self, direction: int) -> None:
        state = self._place.state
        if state.neighbour(direction) is not None:
            self._place.walk(direction)
        elif not any(True for _ in state.marks):
            self.hints.tell(
                "No coding is shown in this document.",
                "Filters hide some; show all to see them." if state.filtered else "",
            )
        else:
            which = "last" if direction > 0 else "first"
            self.hints.tell(f"This is the {which} coding of the document.")
