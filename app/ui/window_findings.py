"""What the command palette finds: everything in the project, and actions."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from app.errors import UserError
from app.ui.search import MOST_EACH, Finding
from app.ui.search_findings import rows_of
from app.ui.search_source import SearchSource

if TYPE_CHECKING:
    from app.coding.finding import Group
    from app.ui.main_window import MainWindow


class WindowFindings:
    """Collects findings; lists of the project are loaded once and dropped when it changes."""

    def __init__(self, window: "MainWindow") -> None:
        self._window = window
        self._known: list[Finding] | None = None
        window.bridge.changed.connect(self._forget)
        window.bridge.opened.connect(self._forget)
        window.bridge.closed.connect(self._forget)

    def quick(self, query: str) -> list[Finding]:
        """Return all that can be found by name; places add their own."""
        found = [*self._of_project(), *self._actions()]
        for place in self._window.workbench.places():
            found.extend(place.findings(query))
        return found if query.strip() else [each for each in found if each.kind != "Codes"]

    def passages(
        self, query: str, deliver: Callable[[Sequence[Finding], Mapping[str, int]], None]
    ) -> None:
        """Search texts, memos, codes and coded passages in the background."""
        if not self._window.bridge.is_open:
            return
        window = self._window

        def found(groups: "tuple[Group, ...]") -> None:
            deliver(*rows_of(groups, window))

        SearchSource.of(window.bridge).ask("palette", query, found, limit=MOST_EACH)

    def _forget(self, *_changes: object) -> None:
        self._known = None

    def _actions(self) -> list[Finding]:
        table = self._window.actions_table
        return [
            Finding(
                "Actions",
                table[row.id].text().rstrip("…"),
                row.menu.replace("/", ", ") or "On the page",
                partial(table.trigger, row.id),
                icon=row.icon or "arrow-right",
                key=table.cap(row.id),
                enabled=table[row.id].isEnabled(),
            )
            for row in table.rows.values()
            if row.listed and table[row.id].isEnabled()
        ]

    def _of_project(self) -> list[Finding]:
        if not self._window.bridge.is_open:
            return []
        if self._known is None:
            self._known = [*self._studies(), *self._documents(), *self._codes()]
        return self._known

    def _studies(self) -> list[Finding]:
        from app.coding.studies import list_studies

        return [
            Finding(
                "Studies", study.label, study.title,
                partial(self._window.show_study, study.id), icon="library", about=study.id,
            )
            for study in list_studies(self._window.bridge.project)
        ]  # fmt: skip

    def _documents(self) -> list[Finding]:
        from app.coding.documents import list_documents

        return [
            Finding(
                "Studies", document.file_name, document.title,
                partial(self._window.open_passage, document.id),
                icon="book-open-text",
            )
            for document in list_documents(self._window.bridge.project)
        ]  # fmt: skip

    def _codes(self) -> list[Finding]:
        from app.coding.codebooks import load_codebook

        try:
            book = load_codebook(self._window.bridge.project)
        except UserError:
            return []
        return [
            Finding(
                "Codes", code.name, book.category(code.category_id).name,
                partial(self._window.show_code, code.id),
                cluster=book.cluster(code.cluster_id).number or "context",
                key=code.hot_key.upper(), about=code.id,
            )
            for code in book.codes
            if not code.retired
        ]  # fmt: skip
