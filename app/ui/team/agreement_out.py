"""What can be saved from the view of agreement, and how."""

from collections.abc import Callable
from pathlib import Path

from app.coding.agreement import Agreement
from app.models import Project

Writer = Callable[[Project, Agreement, Path], str]


def _report(_project: Project, done: Agreement, path: Path) -> str:
    from app.exchange.agreement_files import write_agreement

    return write_agreement(done, path)


def _log(project: Project, _done: Agreement, path: Path) -> str:
    from app.exchange.decision_log import write_decision_log

    return write_decision_log(project, path)


def _places(_project: Project, done: Agreement, path: Path) -> str:
    from app.exchange.agreement_files import write_places

    return write_places(done, path)


def _long(_project: Project, done: Agreement, path: Path) -> str:
    from app.exchange.agreement_r import write_long

    return f"Wrote {path}: {write_long(done, path):,} rows."


def _matrix(_project: Project, done: Agreement, path: Path) -> str:
    from app.exchange.agreement_r import write_matrix

    return f"Wrote {path}: {write_matrix(done, path):,} rows."


def _methods(_project: Project, done: Agreement, path: Path) -> str:
    from app.exchange.agreement_files import write_methods

    return write_methods(done, path)


def _settings(_project: Project, done: Agreement, path: Path) -> str:
    from app.exchange.agreement_files import write_settings

    return write_settings(done, path)


WAYS_OUT: tuple[tuple[str, str, str, tuple[tuple[str, str], ...], Writer], ...] = (
    ("report", "Agreement report…", "agreement",
     (("Excel workbook", ".xlsx"), ("Word document", ".docx"), ("Web page", ".html"),
      ("Table of codes", ".csv"), ("Everything as JSON", ".json")), _report),
    ("log", "Differences and decisions…", "decisions",
     (("Excel workbook", ".xlsx"), ("Word document", ".docx"), ("Web page", ".html"),
      ("Table", ".csv")), _log),
    ("places", "Places where coders differ…", "places", (("Table", ".csv"),), _places),
    ("long", "Codings for R, one a row…", "codings", (("Table", ".csv"),), _long),
    ("matrix", "Documents and codes for R…", "presence", (("Table", ".csv"),), _matrix),
    ("methods", "Methods paragraph…", "methods", (("Text", ".txt"),), _methods),
    ("settings", "Settings…", "agreement-settings", (("JSON", ".json"),), _settings),
)  # fmt: skip
"""Key, words of the menu, name of the file, kinds with endings, and what writes it."""


def way_out(key: str) -> tuple[str, str, tuple[tuple[str, str], ...], Writer]:
    """Return words, file name, kinds and writer of one way out."""
    return next(way[1:] for way in WAYS_OUT if way[0] == key)
