"""The passages behind a node, a tie or a cell: rows for the list beside a picture."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from app.coding.extracts import Extract


@dataclass(frozen=True, slots=True)
class Mark:
    """A code on a passage; ``start`` and ``end`` are its place in the row's text."""

    code: str
    number: str
    valence: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class PassageRow:
    """One passage: where it stands, its words, and which codes lie on which part of them."""

    study: str
    page_label: str
    document_id: str
    start: int
    end: int
    text: str
    marks: tuple[Mark, ...]
    coder_ids: tuple[str, ...]
    memo: str = ""
    area_of: str = ""
    """The coding whose area of a page this row stands for; a passage of text has none."""

    def spoken(self) -> str:
        """Return the row in words."""
        codes = ", ".join(mark.code for mark in self.marks)
        return f"{self.study}, page {self.page_label}. {self.text} {codes}"


def open_row(window: Any, row: PassageRow) -> None:
    """Show a row's passage in the reading view; an area itself, and not only its page."""
    if row.area_of:
        window.go("read").open_coding(row.document_id, row.area_of)
    else:
        window.open_passage(row.document_id, row.start, row.end)


def single_rows(extracts: Iterable[Extract], number: str) -> tuple[PassageRow, ...]:
    """Return one row per passage of one code; the same passage of two coders is one row."""
    rows: dict[tuple[object, ...], PassageRow] = {}
    for one in sorted(extracts, key=_order):
        key = (one.document_id, one.start, one.end, one.valence, one.area)
        known = rows.get(key)
        if known is not None:
            rows[key] = _with_coder(known, one.coder_id)
            continue
        mark = Mark(one.code, number, one.valence, 0, len(one.clean))
        rows[key] = PassageRow(
            one.study, one.page_label, one.document_id, one.start, _end(one), one.clean,
            (mark,), (one.coder_id,), one.memo, one.coding_id if one.area else "",
        )  # fmt: skip
    return tuple(rows.values())


def mixed_rows(
    extracts: Iterable[Extract], number_of: Callable[[str], str]
) -> tuple[PassageRow, ...]:
    """Return one row per passage and code, of several codes, as they follow in the text."""
    rows: list[PassageRow] = []
    by_code: dict[str, list[Extract]] = {}
    for one in extracts:
        by_code.setdefault(one.code_id, []).append(one)
    for code_id, members in by_code.items():
        rows += single_rows(members, number_of(code_id))
    return tuple(sorted(rows, key=lambda row: (row.study.casefold(), row.document_id, row.start)))


def pair_rows(
    pairs: Sequence[tuple[Extract, Extract]], numbers: tuple[str, str]
) -> tuple[PassageRow, ...]:
    """Return one row per place where two codes overlap, with the words of both passages."""
    rows: dict[tuple[object, ...], PassageRow] = {}
    for a, b in sorted(pairs, key=lambda pair: (_order(pair[0]), _order(pair[1]))):
        key = (a.document_id, a.start, a.end, b.start, b.end, a.area, b.area)
        known = rows.get(key)
        if known is not None:
            rows[key] = _with_coder(_with_coder(known, a.coder_id), b.coder_id)
            continue
        text, place_a, place_b = joined(a, b)
        first = a if a.start <= b.start else b
        memos = dict.fromkeys(memo for memo in (a.memo, b.memo) if memo)
        rows[key] = PassageRow(
            study=first.study,
            page_label=first.page_label,
            document_id=first.document_id,
            start=min(a.start, b.start),
            end=max(_end(a), _end(b)),
            text=text,
            marks=(
                Mark(a.code, numbers[0], a.valence, *place_a),
                Mark(b.code, numbers[1], b.valence, *place_b),
            ),
            coder_ids=tuple(dict.fromkeys((a.coder_id, b.coder_id))),
            memo=" / ".join(memos),
            area_of=first.coding_id if first.area else "",
        )
    return tuple(rows.values())


def joined(a: Extract, b: Extract) -> tuple[str, tuple[int, int], tuple[int, int]]:
    """Return the words of two overlapping passages as one, and the place of each in them."""
    if b.start < a.start:
        text, place_b, place_a = joined(b, a)
        return text, place_a, place_b
    if b.end <= a.end and (at := a.clean.find(b.clean, _guess(a, b))) >= 0:
        return a.clean, (0, len(a.clean)), (at, at + len(b.clean))
    if b.start == a.start and b.clean.startswith(a.clean):
        return b.clean, (0, len(a.clean)), (0, len(b.clean))
    shared = _shared_end(a.clean, b.clean)
    if shared:
        at = len(a.clean) - shared
        text = a.clean + b.clean[shared:]
        return text, (0, len(a.clean)), (at, len(text))
    # Cleaning dropped something at the seam (a running head): show both, one after the other.
    at = len(a.clean) + 3
    return f"{a.clean} … {b.clean}", (0, len(a.clean)), (at, at + len(b.clean))


def _guess(a: Extract, b: Extract) -> int:
    """Return where to begin looking: cleaning only shortens, by far less than half."""
    return max(0, (b.start - a.start) // 2 - 8)


def _shared_end(first: str, second: str) -> int:
    """Return the length of the longest end of one text that begins the other."""
    for length in range(min(len(first), len(second)), 0, -1):
        if first.endswith(second[:length]):
            return length
    return 0


def _end(one: Extract) -> int:
    """Return where a passage ends; of an area, whose range is empty, so much as to go there."""
    return max(one.end, one.start + 1)


def _order(one: Extract) -> tuple[str, str, int, int]:
    return (one.study.casefold(), one.document, one.start, one.end)


def _with_coder(row: PassageRow, coder_id: str) -> PassageRow:
    if coder_id in row.coder_ids:
        return row

    return replace(row, coder_ids=(*row.coder_ids, coder_id))
