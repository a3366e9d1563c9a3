"""Going on without the mouse: last code and last passage again, pages without codings."""

from typing import TYPE_CHECKING

from app.ui.reading.hints import Hints
from app.ui.reading.selection import Selection

if TYPE_CHECKING:
    from app.ui.reading.place import ReadingPlace


class Walking:
    """Remembers what was coded last in this session."""

    def __init__(self, place: "ReadingPlace", hints: Hints) -> None:
        """Tie the keys to ``place``."""
        self._place, self._hints = place, hints
        self._code_id = ""
        self._passage: tuple[str, int, int] | None = None
        place.acts.coded.connect(self._note)
        table = place.window_of_places.actions_table
        table.connect("code.again", self.again)
        table.connect("code.reselect", self.reselect)
        table.connect("read.next_uncoded", lambda: self.to_uncoded(1))
        table.connect("read.previous_uncoded", lambda: self.to_uncoded(-1))

    def again(self) -> None:
        """Code the selection with the code used last."""
        place, hints = self._place, self._hints
        name = self._name()
        if not name:
            hints.tell("No code has been used yet.", "Press a hot key, or / to find a code.")
        elif place.state.selection.empty:
            hints.tell(
                f"Nothing is selected that “{name}” could be given to.",
                f"Select a passage first; {self._keys('code.again')} codes it with “{name}” again.",
            )
        else:
            place.acts.code(self._code_id)

    def reselect(self) -> None:
        """Select the passage once more that was coded last, for another code."""
        place, info = self._place, self._place.state.info
        if info is None:
            return
        if self._passage is None or self._passage[0] != info.id:
            self._hints.tell(
                "Nothing has been coded in this document since it was opened.",
                "Select a passage and code it; then this key selects it again.",
            )
            return
        _document, start, end = self._passage
        place.state.select(Selection(start, end))
        place.canvas.reveal(start, end, flash=False)

    def to_uncoded(self, direction: int) -> None:
        """Go to the next (1) or previous (-1) page that carries no coding."""
        place, state = self._place, self._place.state
        page = place.canvas.page + direction
        while 1 <= page <= state.page_count and state.marks.on_page(page):
            page += direction
        if 1 <= page <= state.page_count:
            start = state.page_start(page)
            state.select(Selection(start, start))
            place.canvas.go_to_page(page)
        else:
            where = "after" if direction > 0 else "before"
            self._hints.tell(
                f"There is no page without a coding {where} this one.",
                "Codings that a filter hides do not count." if state.filtered else "",
            )

    def _note(self, coding_id: str, code_id: str) -> None:
        coding = self._place.state.codings.get(coding_id)
        self._code_id = code_id
        if coding is not None:
            self._passage = (coding.document_id, coding.start, coding.end)

    def _name(self) -> str:
        codebook = self._place.state.codebook
        if codebook is None or not self._code_id:
            return ""
        try:
            code = codebook.code(self._code_id)
        except KeyError:
            return ""
        return "" if code.retired else code.name

    def _keys(self, action_id: str) -> str:
        return self._place.window_of_places.actions_table.keys(action_id)
