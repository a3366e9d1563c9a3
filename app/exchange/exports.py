"""What can be exported, in one explicit tuple."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app.coding.extracts import EVERYTHING, ExtractFilter, load_extracts, without_consensus
from app.coding.people import find_coder
from app.errors import UserError
from app.models import Project

CONSENSUS_LEFT_OUT = "The consensus is left out; --coder Consensus asks for it."


@dataclass(frozen=True, slots=True)
class Export:
    """One thing to export; ``write`` returns a sentence that says what was written."""

    what: str
    title: str
    suffixes: tuple[str, ...]
    write: Callable[[Project, Path, bool], str]


def export(
    project: Project, what: str, out: Path, *, for_excel: bool = False, coder: str | None = None
) -> str:
    """Write one export and return a sentence that says what was written.

    ``coder`` asks for the extracts of one coder, by name or id. Without it the extracts are those
    of all coders; the consensus, which repeats them, is left out.

    Raises:
        UserError: the suffix does not fit, or the file cannot be written.
    """
    if coder is not None and what != "extracts":
        raise UserError("Only extracts can be exported by coder.", "Leave out --coder.")
    door = next(door for door in EXPORTS if door.what == what)
    if out.suffix.lower() not in door.suffixes:
        raise UserError(
            f"{door.title} cannot be written as {out.suffix or 'a file without an ending'}.",
            f"Use {' or '.join(door.suffixes)}.",
        )
    if coder is not None:
        chosen = frozenset({find_coder(project, coder).id})
        return _write_extracts(project, out, for_excel, ExtractFilter(coder_ids=chosen))
    return door.write(project, out, for_excel)


def _extracts(project: Project, out: Path, for_excel: bool) -> str:
    return _write_extracts(project, out, for_excel, EVERYTHING)


def _write_extracts(project: Project, out: Path, for_excel: bool, asked: ExtractFilter) -> str:
    from app.exchange.extracts_csv import write_extracts

    wanted, left_out = without_consensus(project, asked)
    extracts = load_extracts(project, wanted)
    told = write_extracts(extracts, out, flavour="excel" if for_excel else "tidy")
    consensus = [CONSENSUS_LEFT_OUT] if left_out else []
    return " ".join([f"Wrote {out}: {len(extracts)} extracts.", *consensus, *told])


def _codebook(project: Project, out: Path, _for_excel: bool) -> str:
    from app.exchange.codebook_files import write_codebook_file

    return f"Wrote {out}: {write_codebook_file(project, out)} codes."


def _agreement(project: Project, out: Path, _for_excel: bool) -> str:
    from app.coding.agreement import agreement
    from app.exchange.agreement_files import write_agreement

    return write_agreement(agreement(project), out)


def _agreement_long(project: Project, out: Path, _for_excel: bool) -> str:
    from app.coding.agreement import agreement
    from app.exchange.agreement_r import write_long

    return f"Wrote {out}: {write_long(agreement(project), out)} rows."


def _agreement_matrix(project: Project, out: Path, _for_excel: bool) -> str:
    from app.coding.agreement import agreement
    from app.exchange.agreement_r import write_matrix

    return f"Wrote {out}: {write_matrix(agreement(project), out)} rows."


def _agreement_places(project: Project, out: Path, _for_excel: bool) -> str:
    from app.coding.agreement import agreement
    from app.exchange.agreement_files import write_places

    return write_places(agreement(project), out)


def _decisions(project: Project, out: Path, _for_excel: bool) -> str:
    from app.exchange.decision_log import write_decision_log

    return write_decision_log(project, out)


def _agreement_methods(project: Project, out: Path, _for_excel: bool) -> str:
    from app.coding.agreement import agreement
    from app.exchange.agreement_files import write_methods, write_settings

    done = agreement(project)
    write = write_settings if out.suffix.lower() == ".json" else write_methods
    return write(done, out)


def _memos(project: Project, out: Path, _for_excel: bool) -> str:
    from app.coding.memos import list_memos
    from app.exchange.memos_export import write_memos

    memos = list_memos(project)
    write_memos(project, memos, out)
    return f"Wrote {out}: {len(memos)} memos."


def _studies(project: Project, out: Path, for_excel: bool) -> str:
    from app.coding.study_table import study_table
    from app.exchange.study_table_files import write_study_table

    table = study_table(project)
    write_study_table(table, out, for_excel=for_excel)
    return f"Wrote {out}: {len(table.rows)} studies."


def _references(project: Project, out: Path, _for_excel: bool) -> str:
    from app.coding.reference_matching import list_records
    from app.exchange.reference_files import write_references

    records = list_records(project)
    write_references(records, out)
    return f"Wrote {out}: {len(records)} records."


def _audit(project: Project, out: Path, _for_excel: bool) -> str:
    from app.exchange.audit_files import write_audit

    return f"Wrote {out}: {write_audit(project, out)} acts."


EXPORTS = (
    Export("extracts", "Coded passages with citation and page", (".csv",), _extracts),
    Export("studies", "The table of studies with their attributes", (".csv", ".xlsx"), _studies),
    Export("references", "The records of all reports", (".ris", ".bib", ".json"), _references),
    Export("codebook", "The codebook", (".yaml", ".yml", ".csv", ".xlsx"), _codebook),
    Export(
        "agreement",
        "Agreement between coders",
        (".xlsx", ".csv", ".docx", ".html", ".json"),
        _agreement,
    ),
    Export("agreement-long", "Who coded what, row by row, for R", (".csv",), _agreement_long),
    Export("agreement-matrix", "Who used which code where, for R", (".csv",), _agreement_matrix),
    Export(
        "agreement-methods",
        "Agreement: methods paragraph, or settings",
        (".txt", ".json"),
        _agreement_methods,
    ),
    Export("agreement-places", "Where coders differ, row by row", (".csv",), _agreement_places),
    Export(
        "decisions",
        "Differences and how they were settled",
        (".xlsx", ".csv", ".docx", ".html"),
        _decisions,
    ),
    Export("audit", "The log: who did what when", (".csv", ".xlsx"), _audit),
    Export("memos", "All memos with what they are on", (".docx", ".md", ".csv"), _memos),
)
