"""Deciding: what a key or button of Differences does, and the questions that some of them ask."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, QRect, Signal

from app.coding.attribute_differences import OTHER_VALUE, settle_difference
from app.coding.reconciling import (
    ADJUST,
    ASK,
    ISSUE,
    NOTHING,
    OTHER_CODE,
    REASONS,
    TAKE,
    Choice,
    decide,
)
from app.errors import UserError
from app.models import Project
from app.ui.reading.palette import Palette
from app.ui.team.settle_choices import Act, acts_of, choice_of, previewed, said, taken_place
from app.ui.team.settle_rows import Row
from app.ui.team.settle_side import SettleSide
from app.ui.team.settle_stage import Stage


class Host(Protocol):
    """What deciding needs of its view."""

    @property
    def project(self) -> Project:
        """The open project."""

    def decided(self, row: Row, name: str, words: str) -> None:
        """Go on after a decision."""

    def deciding(self, row: Row) -> Row | None:
        """Return the row as it is now, ready to be decided; None where it is gone."""

    def report(self, problem: UserError) -> None:
        """Say what is in the way."""

    def take_focus(self) -> None:
        """Give the keys back to the queue."""


class Deciding(QObject):
    """Turns names of decisions into acts on the row that is shown."""

    acts_changed = Signal(object)
    """The acts on offer (a tuple of ``Act``)."""

    def __init__(self, host: Host, stage: Stage, side: SettleSide) -> None:
        """Act for ``host``."""
        super().__init__(side)
        self._host, self._stage, self._side = host, stage, side
        self._palette: Palette | None = None
        self._asked: Callable[[str, str], None] | None = None
        self.acts: tuple[Act, ...] = ()
        """The decisions on offer."""
        side.wanted.connect(self.want)
        side.pointed.connect(self._point)
        side.form.given.connect(self._answer)
        side.form.left.connect(self.leave)
        side.taken.connect(stage.pages.take_selection)
        side.left.connect(self.leave)
        stage.pages.taken.connect(self._adjusted)
        stage.pages.left.connect(self.leave)

    def offer(self, row: Row | None) -> None:
        """Offer the decisions of a row; what was asked before is dropped."""
        self._drop()
        own = self._stage.queue.own
        self.acts = () if row is None or own else acts_of(row, self._stage.short_names_of(row))
        self._side.show_acts(self.acts)
        self.acts_changed.emit(self.acts)

    def want(self, name: str) -> None:
        """Decide so, or ask first."""
        row = self._stage.row
        if row is None or not any(act.name == name and not act.why for act in self.acts):
            return
        self._drop()
        self._side.show_decide()
        if name == ADJUST:
            self._adjust(row)
        elif name == OTHER_CODE:
            self._open_palette(row)
        elif name in (NOTHING, ASK, ISSUE, OTHER_VALUE):
            self._ask(row, name)
        else:
            self._do(row, name, choice_of(row, name))

    def leave(self) -> None:
        """Leave a question without an answer."""
        self._drop()
        if self.acts:
            self._side.show_decide()
        self._host.take_focus()

    def _drop(self) -> None:
        self._asked = None
        if self._stage.pages.is_adjusting:
            self._stage.pages.end_adjusting()
        if self._palette is not None:
            self._palette.hide()
        self._stage.show_results(())

    def _point(self, name: str) -> None:
        row = self._stage.row
        self._stage.show_results(previewed(row, name) if row is not None else ())

    # -- questions ---------------------------------------------------------------------------

    def _ask(self, row: Row, name: str) -> None:
        form = self._side.form
        self._side.show_asking()
        self._asked = lambda reason, note: self._answered(row, name, reason, note)
        if name == NOTHING:
            form.ask(
                "Why is there nothing to code here?",
                "Nothing here",
                "In your own words",
                REASONS[NOTHING],
            )
        elif name == ASK:
            form.ask(
                "What do you want to ask?",
                "Ask",
                "Your question",
                told="The question stays with the difference until it is settled.",
            )
        elif name == OTHER_VALUE:
            form.ask(f"{row.title}: what is right?", "Settle", "The value")
        else:
            form.ask(
                "What does the definition leave open?",
                "Note the issue",
                "In a few words",
                needed=False,
                told="It stands under Codebook issues, with these passages.",
            )

    def _answer(self, reason: str, note: str) -> None:
        asked, self._asked = self._asked, None
        if asked is not None:
            asked(reason, note)

    def _answered(self, row: Row, name: str, reason: str, note: str) -> None:
        choice = Choice(name, reason=reason, note=note)
        if name == ISSUE:
            choice = Choice(name, reason=note)
        self._do(row, name, choice)

    def _adjust(self, row: Row) -> None:
        item = row.entry.item if row.entry is not None else None
        if item is not None:
            self._side.show_adjusting()
            self._stage.pages.adjust(item.start, item.end)

    def _adjusted(self, start: int, end: int) -> None:
        if self._stage.row is not None:
            self._do(self._stage.row, ADJUST, Choice(ADJUST, span=(start, end)))

    def _open_palette(self, row: Row) -> None:
        canvas = self._stage.pages.canvas
        if self._palette is None:
            self._palette = Palette(canvas.viewport())
            self._palette.chosen.connect(self._code_chosen)
            self._palette.left.connect(self.leave)
        codebook = self._stage.queue.codebook
        self._palette.set_codebook(codebook)
        facets = {facet.key: facet.values for facet in (codebook.facets if codebook else ())}
        self._palette.set_facets(facets.get("valence", ()), facets.get("stage", ()))
        self._palette.open()
        place = self._stage.place(row)
        box = canvas.span_rect(*place).toAlignedRect() if isinstance(place, tuple) else QRect()
        self._palette.place_by(box if not box.isEmpty() else canvas.viewport().rect())

    def _code_chosen(self, code_id: str, valence: str, _condition: str, _stay: bool) -> None:
        row = self._stage.row
        if self._palette is not None:
            self._palette.hide()
        if row is None:
            return
        self._side.show_asking()
        name = self._stage.code_name(code_id)
        self._asked = lambda reason, note: self._do(
            row,
            OTHER_CODE,
            Choice(
                OTHER_CODE,
                code_id=code_id,
                reason=reason,
                note=note,
                facets={"valence": [valence]} if valence else {},
            ),
        )
        self._side.form.ask(
            f"Why “{name}”?", "Give this code", "In your own words", REASONS[OTHER_CODE]
        )

    # -- acts --------------------------------------------------------------------------------

    def _do(self, row: Row, name: str, choice: Choice) -> None:
        now = self._host.deciding(row)
        if now is None:
            return
        words = f"{said(name, self._stage.short_names_of(now))}, {now.title}"
        try:
            if now.attribute is not None:
                self._settle_attribute(now, name, choice)
            elif now.entry is not None:
                decide(self._host.project, [now.entry], choice, label=words)
        except UserError as problem:
            self._host.report(problem)
            return
        self._drop()
        self._host.decided(now, name, words)

    def _settle_attribute(self, row: Row, name: str, choice: Choice) -> None:
        difference = row.attribute
        if difference is None:
            return
        place = taken_place(name)
        if place is not None:
            value = difference.values[place]
            settle_difference(
                self._host.project, difference, TAKE, value.values, from_value_id=value.id
            )
        elif name == OTHER_VALUE:
            settle_difference(
                self._host.project, difference, OTHER_VALUE, tuple(choice.note.split("; "))
            )
        else:
            settle_difference(self._host.project, difference, name, note=choice.note)
