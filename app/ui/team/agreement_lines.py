"""The rows of the table of agreement, made from a report: values, words, and what they are of."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from app.analysis.agreement.report import PairScores
from app.analysis.agreement.scores import Scores
from app.coding.agreement import Agreement
from app.coding.codebook import Codebook
from app.ui.team.agreement_columns import (
    CHARACTERS,
    DOCUMENTS,
    F1,
    FIRST,
    FURTHER,
    MAIN,
    ONLY,
    PASSAGES,
    PRESENCE,
    REMARK,
    SCALE,
    SPAN,
    STUDIES,
    WITH,
    Column,
    both_column,
    only_column,
    some_column,
)
from app.ui.team.agreement_unmatched import Unmatched
from app.ui.views.people import Person

NOT_ESTIMABLE = "not estimable"
MOST_SINGLE = 6
Value = float | int | str | None
_INTERVAL_OF = {
    CHARACTERS: "u_alpha_binary",
    DOCUMENTS: "presence_kappa",
    STUDIES: "",
    PASSAGES: "segment_f1",
}


@dataclass(frozen=True, slots=True)
class Target:
    """What a row is about; empty stands for all. ``joined``: several codes count as one."""

    code_ids: tuple[str, ...] = ()
    coder_ids: tuple[str, ...] = ()
    document_id: str = ""
    round_id: str = ""
    joined: bool = False
    consensus: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A row: ``kind`` is overall, group, code, pair, document, round ...; ``why`` by column."""

    kind: str
    name: str
    target: Target
    values: Mapping[str, Value]
    why: Mapping[str, str] = field(default_factory=dict)
    interval: tuple[float, float] | None = None
    tint: str = ""
    notes: tuple[str, ...] = ()
    indent: bool = False

    @property
    def key(self) -> tuple[str, Target]:
        """What a row is known by when the report is made anew."""
        return self.kind, self.target


@dataclass(frozen=True, slots=True)
class Board:
    """A table: columns that are always there, columns that can be chosen, and rows."""

    columns: tuple[Column, ...] = ()
    further: tuple[Column, ...] = ()
    lines: tuple[Line, ...] = ()
    foot: str = ""
    unit: str = CHARACTERS


class BoardMaker:
    """Makes the tables of one report in one unit; ``people`` are the coders by id."""

    def __init__(
        self,
        done: Agreement,
        unit: str,
        people: Mapping[str, Person],
        codebook: Codebook | None,
        unmatched: Unmatched | None = None,
    ) -> None:
        self.done, self.unit, self.people = done, unit, people
        self._report = done.report
        self._tints: dict[str, str] = {}
        self._cluster_of: dict[str, str] = {}
        if codebook is not None:
            tints = {cluster.id: cluster.number or "context" for cluster in codebook.clusters}
            self._tints = tints
            self._cluster_of = {code.id: code.cluster_id for code in codebook.codes}
        report = done.report
        self.unmatched = unmatched or Unmatched(report.layers, report.settings)

    def sign(self, coder_id: str) -> str:
        """Return the initials of a coder."""
        person = self.people.get(coder_id)
        return person.initials if person is not None else "?"

    def name(self, coder_id: str) -> str:
        """Return the name of a coder."""
        person = self.people.get(coder_id)
        return person.name if person is not None else coder_id

    def tint_of(self, code_id: str) -> str:
        """Return the number of a code's cluster, as swatches know it."""
        return self._tints.get(self._cluster_of.get(code_id, ""), "context")

    @property
    def coder_ids(self) -> tuple[str, ...]:
        """The coders who are compared."""
        layers = self._report.layers
        there = np.flatnonzero(layers.roster.any(axis=0)).tolist()
        return tuple(layers.coders[place].id for place in there)

    def codes(self) -> Board:
        """All codes pooled, then cluster by cluster: any code of it, and each code."""
        report = self._report
        clusters = {row.id: row for row in report.clusters}
        used = [row for row in report.codes if row.n_units or row.n_areas]
        lines = [self._line(report.overall, "overall", Target(), name="All codes, pooled")]
        groups: dict[str, list[Scores]] = {}
        for row in used:
            groups.setdefault(self._cluster_of.get(row.id, ""), []).append(row)
        order = [*clusters, *(key for key in groups if key not in clusters)]
        for key in order:
            rows = groups.get(key, [])
            tint = self._tints.get(key, "context")
            if rows and key in clusters:
                target = Target(
                    tuple(row.id for row in report.codes if self._cluster_of.get(row.id) == key),
                    joined=True,
                )
                lines.append(self._line(clusters[key], "group", target, tint=tint))
            lines += [
                self._line(row, "code", Target((row.id,)), tint=tint, indent=True) for row in rows
            ]
        unused = len(report.codes) - len(used)
        foot = f"{unused} codes that nobody used are left out." if unused else ""
        return self._board("Code", lines, foot)

    def pairs(self) -> Board:
        """Each pair of coders, all codes pooled; then each coder beside the consensus."""
        lines = [self._pair(pair) for pair in self._report.pairs]
        if len(lines) == 1:
            # Two coders alone are the pair: intervals are drawn for all coders together.
            whole = self._line(self._report.overall, "overall", Target())
            lines = [replace(lines[0], interval=whole.interval)]
        lines += [self._pair(pair, consensus=True) for pair in self.done.consensus]
        single = (
            Column(f"{ONLY}first", "Only A", "Coded by the first of the two alone.", "count", 78),
            Column(f"{ONLY}second", "Only B", "Coded by the second of the two alone.", "count", 78),
        )
        return self._board("Pair, A and B", lines, "", single)

    def documents(self) -> Board:
        """Each document in each round, all codes pooled."""
        report = self._report
        lines = [
            self._line(row, "document", Target(document_id=row.id, round_id=text.round),
                       name=text.study_label or row.name)
            for row, text in zip(report.documents, report.layers.continua, strict=True)
        ]  # fmt: skip
        return self._board("Study", lines, "")

    def rounds(self) -> Board:
        """Each round, all codes pooled; a single round is that of all codes."""
        report = self._report
        rows = [self._line(row, "round", Target(round_id=row.id)) for row in report.rounds]
        if not rows and report.layers.continua:
            only = report.layers.continua[0].round
            names = {r.id: r.name for r in self.done.work.rounds} if self.done.work else {}
            name = names.get(only, "All rounds")
            rows = [self._line(report.overall, "round", Target(round_id=only), name=name)]
        return self._board("Round", rows, "")

    def _pair(self, pair: PairScores, *, consensus: bool = False) -> Line:
        a, b = pair.coders
        name = f"{self.name(a)} and {self.name(b)}"
        kind = "consensus" if consensus else "pair"
        target = Target(coder_ids=(a, b), consensus=consensus)
        line = self._line(pair.overall, kind, target, name=name)
        values = dict(line.values)
        values[f"{ONLY}first"] = values.pop(f"{ONLY}{a}", None)
        values[f"{ONLY}second"] = values.pop(f"{ONLY}{b}", None)
        notes = ("Beside the consensus: not independent, and in no other number.",)
        return Line(kind, name, target, values, line.why, line.interval,
                    notes=notes if consensus else line.notes)  # fmt: skip

    def _board(
        self,
        first: str,
        lines: Iterable[Line],
        foot: str,
        single: Sequence[Column] | None = None,
    ) -> Board:
        coders, unit = self.coder_ids, self.unit
        if single is None and len(coders) <= MOST_SINGLE:
            single = [only_column(c, self.sign(c), self.name(c), unit) for c in coders]
        elif single is None:
            single = [Column("only_one", "Only one", "Coded by one coder alone.", "count", 84)]
        several = [some_column(unit)] if len(coders) > 2 else []
        shown = [
            Column(FIRST.key, first, "", FIRST.kind, FIRST.width), MAIN[unit], SCALE,
            *([SPAN] if _INTERVAL_OF[unit] else []),
            *([PRESENCE] if unit != DOCUMENTS else []), *([F1] if unit != PASSAGES else []),
            *([WITH] if first == "Code" else []), both_column(unit), *several, *single, REMARK,
        ]  # fmt: skip
        return Board(tuple(shown), FURTHER, tuple(lines), foot, unit)

    def _line(
        self, row: Scores, kind: str, target: Target, *, name: str = "", tint: str = "",
        indent: bool = False,
    ) -> Line:  # fmt: skip
        values, why = _numbers(row)
        main, reason = self._main(row)
        values["main"] = main
        if main is None:
            why["main"] = reason
        values |= self._counts(row, target)
        if kind not in ("code", "group"):
            values["studies_with"] = None  # pooled, it would count a study once for each code
        interval = row.intervals.get(_INTERVAL_OF[self.unit])
        if interval is None:
            why["range"] = row.why_null.get("interval", "")
        return Line(
            kind, name or row.name, target, values, why,
            (interval.low, interval.high) if interval is not None else None,
            tint, row.warnings, indent,
        )  # fmt: skip

    def _main(self, row: Scores) -> tuple[float | None, str]:
        if self.unit == CHARACTERS:
            value, why = row.text.u_alpha_binary, row.text.why_null.get("u_alpha_binary", "")
        elif self.unit == DOCUMENTS:
            value, why = row.presence.kappa, row.presence.why_null.get("cohen_kappa", "")
        elif self.unit == STUDIES:
            value, why = row.studies.kappa, row.studies.why_null.get("cohen_kappa", "")
        else:
            value, why = row.segments.f1, row.why_null.get("segment_f1", "")
        return value, f"{_few(row, self.unit)}{why}" if value is None else ""

    def _counts(self, row: Scores, target: Target) -> dict[str, Value]:
        if self.unit == PASSAGES:
            alone = _of_pair(row, target) if target.consensus else self.unmatched.of(target)
            found: dict[str, Value] = {"both": row.segments.matched}
        else:
            kinds = {CHARACTERS: row.text, DOCUMENTS: row.presence, STUDIES: row.studies}
            counts = kinds[self.unit]
            found = {"both": round(counts.both), "some": round(counts.some)}
            found["neither"] = round(counts.neither)
            alone = {coder: round(number) for coder, number in counts.only.items()}
        found |= {f"{ONLY}{coder}": number for coder, number in alone.items()}
        return found | {"only_one": sum(alone.values())}


def _of_pair(row: Scores, target: Target) -> dict[str, int]:
    """Return what each of two has alone, from precision and recall; empty where neither tells."""
    segments, (first, second) = row.segments, target.coder_ids
    if not segments.matched or not segments.recall:
        return {}
    own = round(segments.matched / segments.recall)
    other = segments.n_units - own
    return {first: own - segments.matched, second: other - segments.matched}


def _few(row: Scores, unit: str) -> str:
    """Return how little there is, before the reason: "4 studies: ..."."""
    size = {STUDIES: row.studies.size, DOCUMENTS: row.presence.size}.get(unit, 0)
    return f"{size:.0f} {unit}: " if size else ""


def _numbers(row: Scores) -> tuple[dict[str, Value], dict[str, str]]:
    text, interval = row.text, row.interval
    values: dict[str, Value] = {
        "presence_kappa": row.presence.kappa,
        "presence_alpha": row.presence.alpha,
        "study_kappa": row.studies.kappa,
        "segment_f1": row.segments.f1,
        "precision": row.segments.precision,
        "recall": row.segments.recall,
        "kappa": text.kappa,
        "below_667": interval.below_667 if interval else None,
        "below_800": interval.below_800 if interval else None,
        "n_passages": row.n_units + row.n_areas,
        "n_documents": row.n_documents,
        "studies_with": round(row.studies.size - row.studies.neither) if row.studies.size else None,
    }
    for key in ("alpha", "scott_pi", "fleiss_kappa", "gwet_ac1", "s", "percent", "holsti",
                "jaccard"):  # fmt: skip
        values[key] = getattr(text, key)
    why = {key: reason for key, reason in text.why_null.items() if key in values}
    why["kappa"] = text.why_null.get("light_kappa") or text.why_null.get("cohen_kappa", "")
    presence = row.presence.why_null
    why["presence_kappa"] = presence.get("alpha") or presence.get("cohen_kappa", "")
    why["presence_alpha"] = presence.get("alpha", "")
    why["study_kappa"] = row.studies.why_null.get("cohen_kappa", "")
    why["segment_f1"] = row.why_null.get("segment_f1", "")
    return values, why
