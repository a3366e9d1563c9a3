"""What the reading view shows: one document, its codings, the selection, the active coding."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from functools import cache

from PySide6.QtCore import QObject, Signal

from app.coding.codebook import Codebook
from app.coding.documents import DocumentInfo, DocumentText
from app.coding.passages import Coding
from app.documents import boundaries
from app.ui.reading.areas_box import PageBox, shown_box
from app.ui.reading.columns import is_two_column
from app.ui.reading.marks import Mark, MarkTable, Span
from app.ui.reading.selection import Bounds, Selection, trimmed


class ReadingState(QObject):
    """Holds no widget and touches no project: the place fills it, the widgets show it."""

    document_changed = Signal()
    selection_changed = Signal()
    active_changed = Signal(object)
    """The active coding is another one; carries the spans that look different."""
    marks_changed = Signal(object)
    """Codings changed; carries the set of spans that look different, or None for all."""
    area_changed = Signal()
    """Another area, or none, is drawn to be coded."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Start without a document."""
        super().__init__(parent)
        self.info: DocumentInfo | None = None
        self.text: DocumentText | None = None
        self.two_columns = False
        """Most pages stand in two columns: labels then stand on both sides, else at the right."""
        self.bounds = Bounds("", *(lambda _offset: (0, 0),) * 3)
        self.codebook: Codebook | None = None
        self.codings: dict[str, Coding] = {}
        self.marks = MarkTable()
        self.selection = Selection()
        self.area: PageBox | None = None
        """An area that is drawn to be coded, as a passage is selected."""
        self.active_id: str | None = None
        self.coder_id: str | None = None
        self.initials: Mapping[str, str] = {}
        self.others_shown = True
        self._hidden: frozenset[str] = frozenset()
        self._passes: Callable[[Mark], bool] | None = None

    @property
    def is_open(self) -> bool:
        """True while there is a document with pages."""
        return self.text is not None and bool(self.text.sizes)

    @property
    def page_count(self) -> int:
        """Number of pages."""
        return len(self.text.sizes) if self.text else 0

    @property
    def info_id(self) -> str:
        """The id of the open document, "" without one."""
        return self.info.id if self.info is not None else ""

    def open(
        self,
        info: DocumentInfo | None,
        text: DocumentText | None,
        *,
        two_columns: bool | None = None,
    ) -> None:
        """Show another document, for now without codings; ``two_columns`` where it is known."""
        self.info, self.text = info, text
        if two_columns is None:
            two_columns = text is not None and is_two_column(text)
        self.two_columns = two_columns
        self.selection, self.active_id = Selection(), None
        self.area = None
        self.codings = {}
        self.marks = MarkTable(text.page_starts if text else (0,))
        self.marks.hide_coders(self._hidden)
        self.marks.passes = self._passes
        self.bounds = _bounds(text)
        self.document_changed.emit()

    def set_people(self, coder_id: str | None, initials: Mapping[str, str]) -> None:
        """Take who you are and everyone's initials by coder id."""
        self.coder_id, self.initials = coder_id, dict(initials)

    def set_codings(self, codings: Iterable[Coding]) -> None:
        """Take all codings of the document."""
        self.codings = {coding.id: coding for coding in codings}
        self.marks.replace_all(self._mark(coding) for coding in self.codings.values())
        if self.active_id not in self.codings:
            self.active_id = None
        self.marks_changed.emit(None)

    def update_codings(self, changed: Iterable[Coding], gone: Collection[str] = ()) -> None:
        """Take codings that are new or different, and forget those that are gone."""
        spans: set[Span] = set()
        for coding_id in gone:
            self.codings.pop(coding_id, None)
            spans |= self.marks.drop(coding_id)
        for coding in changed:
            known = self.codings.get(coding.id)
            if known != coding:
                self.codings[coding.id] = coding
                if known is None or as_written(known, coding) != coding:
                    spans |= self.marks.put(self._mark(coding))
        if self.active_id is not None and self.active_id not in self.codings:
            self.set_active(None)
        if spans:
            self.marks_changed.emit(spans)

    def remake_marks(self) -> None:
        """Make the marks again after codes, colours or people changed."""
        self.marks.replace_all(self._mark(coding) for coding in self.codings.values())
        self.marks_changed.emit(None)

    def hide_coders(self, coder_ids: Collection[str]) -> None:
        """Hide the layers of these coders."""
        self._hidden = frozenset(coder_ids)
        self.marks.hide_coders(self._hidden)
        active = self.active
        if active is not None and not self.marks.shows(active):
            self.set_active(None)
        self.marks_changed.emit(None)

    def filter(self, passes: Callable[[Mark], bool] | None) -> None:
        """Show only the codings that pass; None shows all."""
        self._passes = self.marks.passes = passes
        active = self.active
        if active is not None and not self.marks.shows(active):
            self.set_active(None)
        self.marks_changed.emit(None)

    @property
    def filtered(self) -> bool:
        """True while a filter may hide codings."""
        return self._passes is not None

    @property
    def hidden_coders(self) -> frozenset[str]:
        """The coders whose layers are not shown."""
        return self._hidden

    @property
    def active(self) -> Mark | None:
        """The coding that keys act upon."""
        return self.marks.get(self.active_id)

    @property
    def active_coding(self) -> Coding | None:
        """The active coding with all it says."""
        return self.codings.get(self.active_id) if self.active_id else None

    def set_active(self, coding_id: str | None) -> None:
        """Make another coding the one that keys act upon."""
        if coding_id == self.active_id:
            return
        marks = (self.active, self.marks.get(coding_id))
        self.active_id = coding_id
        self.active_changed.emit({(mark.start, mark.end) for mark in marks if mark is not None})

    def select(self, selection: Selection, *, follow: bool = True) -> None:
        """Move the caret or the selection; with ``follow`` a caret in a coding makes it active."""
        size = len(self.text.text) if self.text else 0
        anchor, head = (min(max(end, 0), size) for end in (selection.anchor, selection.head))
        selection = Selection(anchor, head)
        changed = selection != self.selection
        self.selection = selection
        if self.area is not None and (follow or not selection.empty):
            self.draw_area(None)
        if follow:
            self._follow_caret()
        if changed:
            self.selection_changed.emit()

    def draw_area(self, area: PageBox | None) -> None:
        """Draw an area to be coded in place of a selection of text; None takes it away."""
        if area is not None:
            self.select(Selection(self.selection.head, self.selection.head), follow=False)
            self.set_active(None)
        if area != self.area:
            self.area = area
            self.area_changed.emit()

    def _follow_caret(self) -> None:
        if not self.selection.empty:
            self.set_active(None)
            return
        here = self.marks.at(self.selection.head)
        ids = [mark.id for mark in here]
        if self.active_id not in ids:
            self.set_active(ids[0] if ids else None)

    def target(self) -> tuple[int, int] | None:
        """Return the span that a code goes to: the selection, else the active coding's."""
        if self.text is None:
            return None
        if not self.selection.empty:
            start, end = trimmed(self.text.text, self.selection.start, self.selection.end)
            return (start, end) if start < end else None
        active = self.active
        if active is None or active.area is not None:
            return None
        return active.start, active.end

    def target_place(self) -> Span | PageBox | None:
        """Return what a code goes to: a drawn area, else the target in the text."""
        if self.area is not None:
            return self.area
        active = self.active
        if self.selection.empty and active is not None and active.area is not None:
            return active.area
        return self.target()

    def place_of(self, mark: Mark) -> Span | PageBox:
        """Return where a coding stands."""
        return mark.area or (mark.start, mark.end)

    def cycle(self, direction: int = 1) -> Mark | None:
        """Make the next of the overlapping codings active; return it."""
        active = self.active
        found = self.overlapping()
        if not found:
            return None
        ids = [mark.id for mark in found]
        place = ids.index(active.id) + direction if active and active.id in ids else 0
        chosen = found[place % len(found)]
        self.set_active(chosen.id)
        return chosen

    def overlapping(self) -> list[Mark]:
        """Return the codings that overlap the active one, else what is selected."""
        if self.active is not None:
            return self.marks.around(self.active)
        if self.area is not None:
            return self.marks.areas_at(self.area)
        start, end = self.selection.start, self.selection.end
        return self.marks.at(start, max(end, start + 1))

    def neighbour(self, direction: int) -> Mark | None:
        """Return the next (1) or previous (-1) coding in the text, seen from the active one."""
        active = self.active
        at = (self.selection.head, -1, "")
        if active is not None:
            at = (active.start, active.end, active.id)
        keys = [(mark.start, mark.end, mark.id) for mark in self.marks]
        further = [key for key in keys if (key > at if direction > 0 else key < at)]
        if not further:
            return None
        return self.marks.get((min(further) if direction > 0 else max(further))[2])

    def page_start(self, page: int) -> int:
        """Return the document offset at which a page begins."""
        return self.text.page_starts[page - 1] if self.text else 0

    def page_of(self, offset: int) -> int:
        """Return the 1-based page of an offset; 0 without a document."""
        return self.text.page_of(offset) if self.text and self.text.sizes else 0

    def page_length(self, page: int) -> int:
        """Return the number of characters of a page."""
        if self.text is None:
            return 0
        start, end = self.text.page_range(page)
        return end - start

    def counts_here(self) -> dict[str, int]:
        """Return the number of shown codings by code id."""
        counts: dict[str, int] = {}
        for mark in self.marks:
            counts[mark.code_id] = counts.get(mark.code_id, 0) + 1
        return counts

    def _mark(self, coding: Coding) -> Mark:
        name, tint = "Unknown code", "context"
        if self.codebook is not None:
            try:
                code = self.codebook.code(coding.code_id)
                name = code.name
                tint = code.colour or self.codebook.cluster(code.cluster_id).number or "context"
            except KeyError:
                pass
        own = coding.coder_id == self.coder_id
        initials = "" if own else self.initials.get(coding.coder_id, "?")
        area = None
        if coding.area and self.text is not None:
            area = shown_box(self.text, coding.page_first, coding.area)
        return Mark(
            coding.id,
            coding.start,
            coding.end,
            coding.code_id,
            coding.coder_id,
            own,
            tint,
            coding.valence,
            name,
            initials,
            area,
        )


def as_written(planned: Coding, written: Coding) -> Coding:
    """Return a planned coding with what only the writing decides, which nobody sees."""
    return replace(
        planned, layer_id=written.layer_id, round_id=written.round_id, made_at=written.made_at
    )


def _bounds(text: DocumentText | None) -> Bounds:
    words, blocks = (text.text, text.blocks) if text else ("", ())
    heads = text.furniture if text else ()
    borders = cache(lambda: boundaries.sentence_borders(words, blocks, heads))
    return Bounds(
        words,
        lambda offset: boundaries.word_at(words, offset),
        lambda offset: boundaries.sentence_at(words, offset, borders()),
        lambda offset: boundaries.paragraph_at(words, offset, blocks),
    )
