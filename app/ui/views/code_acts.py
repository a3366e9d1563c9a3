"""What the window does to the codebook: verbs, with refusals told in the window."""

from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QObject

from app.coding import code_editing as editing
from app.coding import code_passages, rechecks
from app.coding.codebook import Codebook
from app.coding.codebooks import load_codebook
from app.errors import UserError
from app.ui.bridge import ProjectBridge
from app.ui.messages import Messages
from app.ui.views.code_tree_editing import Move
from app.ui.views.code_tree_model import CATEGORY, CLUSTER, CODE, RETIRED
from app.ui.views.studies_rows import count

Result = TypeVar("Result")
RENAME = {
    CODE: editing.rename_code,
    CATEGORY: editing.rename_category,
    CLUSTER: editing.rename_cluster,
}


class CodebookActs(QObject):
    """Every method is one act, or a notice that says why not."""

    def __init__(self, bridge: ProjectBridge, messages: Messages) -> None:
        super().__init__()
        self._bridge, self._messages = bridge, messages

    @property
    def project(self) -> Any:
        """The open project."""
        return self._bridge.project

    def attempt(self, act: Callable[[], Result]) -> Result | None:
        """Do it, or say in a notice why it cannot be done."""
        try:
            return act()
        except UserError as problem:
            self._messages.report(problem)
            return None

    def refusal(self, act: Callable[[], object]) -> str:
        """Do it; return why it cannot be done, "" when it was."""
        try:
            act()
        except UserError as problem:
            return str(problem)
        return ""

    def create_code(self, name: str, category_id: str, after: str = "") -> str:
        """Add a code and return its id, "" when it was refused."""
        act = lambda: editing.create_code(self.project, name, category_id, after=after)  # noqa: E731
        return self.attempt(act) or ""

    def create_group(self, kind: str, name: str, cluster_id: str) -> str:
        """Add a category to a cluster, or a cluster; return its id, "" when it was refused."""
        if kind == CLUSTER:
            return self.attempt(lambda: editing.create_cluster(self.project, name)) or ""
        return self.attempt(lambda: editing.create_category(self.project, name, cluster_id)) or ""

    def rename(self, kind: str, row_id: str, name: str) -> None:
        """Give a code, category or cluster another name."""
        self.attempt(lambda: RENAME[kind](self.project, row_id, name))

    def edit(self, code_id: str, **parts: Any) -> str:
        """Change parts of a code; return why not, "" when it was done."""
        return self.refusal(lambda: editing.edit_code(self.project, code_id, **parts))

    def move(self, move: Move) -> None:
        """Put a row somewhere else."""
        if move.group_id == RETIRED:
            self.retire(move.row_id)
            return
        acts: dict[str, Callable[[], object]] = {
            CODE: lambda: editing.move_codes(
                self.project, [move.row_id], move.group_id, before=move.before
            ),
            CATEGORY: lambda: editing.move_category(
                self.project, move.row_id, move.group_id, before=move.before
            ),
            CLUSTER: lambda: editing.move_cluster(self.project, move.row_id, before=move.before),
        }
        self.attempt(acts[move.kind])

    def remove(self, kind: str, row_id: str) -> None:
        """Retire a code, or remove an empty group."""
        if kind == CODE:
            self.retire(row_id)
            return
        book = load_codebook(self.project)
        group = book.category(row_id) if kind == CATEGORY else book.cluster(row_id)
        problem = self.refusal(lambda: editing.remove_group(self.project, kind, row_id))
        if problem:
            self._messages.report(UserError(problem), key="codebook group")
        else:
            self._messages.clear("codebook group")
            self._messages.removed(f"Removed “{group.name}”")

    def retire(self, code_id: str) -> None:
        """Retire a code and offer to take it back."""
        code = load_codebook(self.project).code(code_id)
        if code.retired:
            return
        if not self.refusal(lambda: editing.retire_codes(self.project, [code_id])):
            self._messages.removed(f"Retired “{code.name}”")

    def bring_back(self, code_id: str) -> None:
        """Bring a retired code back."""
        self.attempt(lambda: editing.bring_back(self.project, code_id))

    def merge(self, code_id: str, into: str) -> bool:
        """Let a code go into another."""
        told = self.attempt(lambda: editing.merge_codes(self.project, code_id, into))
        if told is None:
            return False
        codings = count(told.codings, "coding")
        self._messages.removed(f"“{told.name}” went into “{told.into}” with {codings}")
        return True

    def split(self, code_id: str, name: str, coding_ids: list[str]) -> str:
        """Part a new code from one; return its id, "" when it was refused."""
        act = lambda: code_passages.split_code(self.project, code_id, name, coding_ids)  # noqa: E731
        told = self.attempt(act)
        if told is None:
            return ""
        moved = count(told.moved, "coding")
        others = f"; {count(told.others, 'coding')} of others to look at again"
        self._messages.removed(f"Made “{name.strip()}” with {moved}{others if told.others else ''}")
        return told.code_id

    def ask_to_look_again(self, code_id: str, reason: str) -> None:
        """List what was coded with a code so far, to be looked at again."""
        self.attempt(lambda: rechecks.ask_to_look_again(self.project, code_id, reason))

    def name_version(self, version: str) -> None:
        """Give the codebook as it stands a version."""
        self.attempt(lambda: editing.name_version(self.project, version))

    def keep(self, recheck_id: str, coding_id: str) -> None:
        """Say that a coding still fits."""
        self.attempt(lambda: rechecks.keep(self.project, recheck_id, [coding_id]))

    def drop(self, recheck_id: str, coding_id: str) -> None:
        """Remove a coding that no longer fits."""
        if not self._told(lambda: rechecks.remove(self.project, recheck_id, coding_id)):
            return
        self._messages.removed("Removed the coding")

    def recode(self, recheck_id: str, coding_id: str, code_id: str) -> None:
        """Give a coding another code."""
        self.attempt(lambda: rechecks.change_code(self.project, recheck_id, coding_id, code_id))

    def close_recheck(self, recheck_id: str) -> None:
        """End looking again."""
        self.attempt(lambda: rechecks.close_recheck(self.project, recheck_id))

    def _told(self, act: Callable[[], object]) -> bool:
        """Do it; False when it was refused, which is told."""
        try:
            act()
        except UserError as problem:
            self._messages.report(problem)
            return False
        return True

    def new_code_place(self, codebook: Codebook, kind: str, row_id: str) -> tuple[str, str]:
        """Return the category for a new code beside a row, and the code it comes after.

        There has to be a category.
        """
        if kind == CODE and not codebook.code(row_id).retired:
            return codebook.code(row_id).category_id, row_id
        if kind == CATEGORY:
            return row_id, ""
        inside = [one.id for one in codebook.categories if one.cluster_id == row_id]
        return inside[-1] if inside else codebook.categories[0].id, ""
