"""Puts one difference on its page: hatching, lanes, cards, and what a decision would make."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from app.analysis.disagreements import Piece
from app.coding.listing import Coding
from app.coding.people import CoderInfo
from app.coding.reconciling import Result
from app.ui.reading.areas_box import PageBox, shown_box
from app.ui.team.settle_cards import CardLine, coding_line
from app.ui.team.settle_facts import decision_of
from app.ui.team.settle_lanes import CONSENSUS, Bar, LaneHead
from app.ui.team.settle_pages import Place, SettlePages
from app.ui.team.settle_paint import Scene, ShownPiece
from app.ui.team.settle_rows import Queue, Row, signs

HIDDEN = "Coder {number}"


class Stage:
    """Holds the page and what is shown on it; knows nothing of deciding."""

    def __init__(self, pages: SettlePages) -> None:
        """Show on ``pages``."""
        self.pages = pages
        self.queue = Queue("")
        self.row: Row | None = None
        self.codings: dict[str, Coding] = {}
        self.hides_names = False
        self._shown = Scene()

    # -- people ------------------------------------------------------------------------------

    def names_of(self, row: Row) -> tuple[str, ...]:
        """Return the names of a row's coders as they are shown, in their order."""
        people = {coder.id: coder for coder in self.queue.coders}
        return tuple(self._name(people.get(c), n) for n, c in enumerate(row.coders))

    def short_names_of(self, row: Row) -> tuple[str, ...]:
        """Return names for buttons: first names, where these tell the coders apart."""
        names = self.names_of(row)
        first = tuple(name.split(" ")[0] for name in names)
        return names if self.hides_names or len(set(first)) < len(first) else first

    def names(self) -> dict[str, str]:
        """Return the names of all coders by id, hidden where names are hidden."""
        independent = [coder for coder in self.queue.coders if coder.role != CONSENSUS]
        found = {c.id: self._name(c, n) for n, c in enumerate(independent)}
        lead = {c.id: c.name for c in self.queue.coders if c.role == CONSENSUS}
        return {**found, **lead}

    def _name(self, coder: CoderInfo | None, number: int) -> str:
        if coder is not None and coder.role == CONSENSUS:
            return coder.name
        if self.hides_names or coder is None:
            return HIDDEN.format(number=number + 1)
        return coder.name

    def heads(self, row: Row) -> tuple[LaneHead, ...]:
        """Return the heads of the lanes of a row: its coders, then the consensus."""
        roles = {coder.id: coder.role for coder in self.queue.coders}
        marks, names = signs(len(row.coders)), self.names_of(row)
        made = []
        for number, coder in enumerate(row.coders):
            settled = roles.get(coder) == CONSENSUS
            kind = CONSENSUS if settled else "you" if number == 0 else "other"
            made.append(LaneHead("C" if settled else marks[number], names[number], kind))
        if not any(head.kind == CONSENSUS for head in made):
            made.append(LaneHead("C", "Consensus", CONSENSUS))
        return tuple(made)

    # -- the page ----------------------------------------------------------------------------

    def show(self, row: Row | None) -> None:
        """Show the page of a row."""
        self.row = row
        if row is None or not row.document_id:
            self._shown = Scene()
            self.pages.marks.show(self._shown)
            self.pages.lanes.show_lanes((), (), "")
            return
        self.pages.show_place(row.document_id, self.place(row))
        self.draw()

    def draw(self) -> None:
        """Draw the row once more, its document or its codings having come."""
        row, state = self.row, self.pages.state
        if row is None or state.info_id != row.document_id:
            return
        pieces = row.entry.item.pieces if row.entry is not None and row.entry.item else ()
        lanes = {coder: number for number, coder in enumerate(row.coders)}
        shown = [self._piece(piece, lanes) for piece in pieces]
        for number, value in enumerate(row.attribute.values if row.attribute is not None else ()):
            if value.document_id == row.document_id and value.start < value.end:
                shown.append(ShownPiece(number, value.start, value.end, "context"))
        self._shown = Scene(tuple(shown), max(len(row.coders), 1))
        self.pages.marks.show(self._shown)
        self.pages.lanes.show_lanes(self.heads(row), tuple(self._bars(row)), row.key)
        self._name_page(row)

    def show_results(self, results: Sequence[Result]) -> None:
        """Show as a dashed box what a decision would make; nothing takes the box away."""
        pieces = tuple(
            ShownPiece(0, r.start, r.end, "", self._box(r.page, r.area)) for r in results
        )
        self.pages.marks.show(replace(self._shown, preview=pieces))
        self.pages.lanes.show_preview(pieces)

    def place(self, row: Row) -> Place | None:
        """Return where a row stands in its document, None while that cannot be said."""
        if row.attribute is not None:
            values = [v for v in row.attribute.values if v.document_id == row.document_id]
            return (values[0].start, values[0].end) if values else None
        item = row.entry.item if row.entry is not None else None
        if item is None:
            return None
        piece = item.pieces[0]
        if piece.area is None:
            return item.start, item.end
        opened = self.pages.state.info_id == row.document_id
        return self._box(piece.page, piece.area) if opened else None

    def _piece(self, piece: Piece, lanes: Mapping[str, int]) -> ShownPiece:
        box = self._box(piece.page, piece.area or ())
        return ShownPiece(
            lanes.get(piece.coder, 0), piece.start, piece.end, self.tint(piece.code), box
        )

    def _box(self, page: int, area: Sequence[float]) -> PageBox | None:
        text = self.pages.text
        return shown_box(text, page, area) if area and text is not None else None

    def _bars(self, row: Row) -> Iterable[Bar]:
        """Return all codings of the document that were compared, and the consensus."""
        roles = {coder.id: coder.role for coder in self.queue.coders}
        lanes = {coder: number for number, coder in enumerate(row.coders)}
        owner: dict[str, str] = {}
        for other in self.queue.rows:
            if other.document_id == row.document_id and other.entry is not None:
                owner |= dict.fromkeys(other.entry.item.ids if other.entry.item else (), other.key)
                decision = decision_of(other)
                owner |= dict.fromkeys(decision.results if decision is not None else (), other.key)
        last = len(self.heads(row)) - 1
        for coding in self.codings.values():
            lane = lanes.get(coding.coder_id)
            if lane is None and roles.get(coding.coder_id) == CONSENSUS:
                lane = last
            if lane is None or coding.round_id != self.queue.round_id:
                continue
            yield Bar(
                lane, coding.start, coding.end, self.tint(coding.code_id),
                self.code_name(coding.code_id), owner.get(coding.id, ""),
                self._box(coding.page_first, coding.area),
            )  # fmt: skip

    def _name_page(self, row: Row) -> None:
        place = self.place(row)
        if place is None:
            self.pages.title.setText(row.where)
            return
        start = place[0] if isinstance(place, tuple) else 0
        self.pages.title.setText(f"{row.where}, p. {self.pages.page_label(start, place)}")

    # -- the cards ---------------------------------------------------------------------------

    def cards(self, row: Row) -> list[tuple[LaneHead, list[CardLine]]]:
        """Return what each coder said, in the order of the lanes."""
        made = []
        pieces = row.entry.item.pieces if row.entry is not None and row.entry.item else ()
        for head, coder in zip(self.heads(row), row.coders, strict=False):
            lines = [
                coding_line(coding, self.code_name(coding.code_id), self.queue.codebook)
                for piece in pieces
                if piece.coder == coder and (coding := self.codings.get(piece.id)) is not None
            ]
            for value in row.attribute.values if row.attribute is not None else ():
                if value.coder_id == coder:
                    lines.append(CardLine(value.text, "", value.quote, value.note))
            made.append((head, lines))
        return made

    def tint(self, code_id: str) -> str:
        """Return the colour of a code: a cluster's number, or a colour of its own."""
        codebook = self.queue.codebook
        try:
            code = codebook.code(code_id) if codebook is not None else None
            if code is None or codebook is None:
                return "context"
            return code.colour or codebook.cluster(code.cluster_id).number or "context"
        except KeyError:
            return "context"

    def code_name(self, code_id: str) -> str:
        """Return the name of a code."""
        try:
            return self.queue.codebook.code(code_id).name if self.queue.codebook else ""
        except KeyError:
            return "Unknown code"
