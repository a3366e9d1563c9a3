"""Runs in the view of agreement: kept, repeated, compared, renamed, removed."""

from typing import TYPE_CHECKING

from app.coding.agreement import Agreement
from app.coding.agreement_runs import (
    RunInfo,
    compare_run,
    find_run,
    keep_run,
    list_runs,
    remove_run,
    rename_run,
    repeat_run,
)
from app.errors import UserError
from app.ui.tasks import run
from app.ui.views.people import people_of

if TYPE_CHECKING:
    from app.ui.team.agreement import AgreementView


class Keeping:
    """Ties the panel of runs to the verbs."""

    def __init__(self, view: "AgreementView") -> None:
        self._view, self._panel = view, view.runs
        panel = self._panel
        panel.keep_wanted.connect(self.keep)
        panel.compare_wanted.connect(self.compare)
        panel.repeat_wanted.connect(self.repeat)
        panel.rename_wanted.connect(self.rename)
        panel.remove_wanted.connect(self.remove)

    def refresh(self) -> None:
        """Read the list again."""
        bridge = self._view.window_of_places.bridge
        if bridge.is_open:
            people = {one.id: one.name for one in people_of(bridge).values()}
            self._panel.show_runs(list_runs(bridge.project), people)

    def keep(self, name: str) -> None:
        """Keep the report that is shown."""
        view = self._view
        if view.done is None or view.is_working:
            return
        project, messages = view.window_of_places.bridge.project, view.window_of_places.messages
        try:
            keep_run(project, name, view.done, view.asked)
        except UserError as problem:
            messages.report(problem)
            return
        self._panel.field.clear()
        messages.success(f"Kept as {name.strip()}.", undo=True)
        self.refresh()

    def compare(self, run_id: str) -> None:
        """Answer the question of a run again, and say what differs."""
        project = self._view.window_of_places.bridge.project
        kept = find_run(project, run_id)

        def told(done: Agreement) -> None:
            self._panel.show_comparison(run_id, compare_run(kept, done))

        run(lambda _progress: repeat_run(project, kept), f"Compare with {kept.name}", told)

    def repeat(self, run_id: str) -> None:
        """Ask in the window what a run asked."""
        kept: RunInfo = find_run(self._view.window_of_places.bridge.project, run_id)
        self._view.question.show_question(kept.question, kept.settings)

    def rename(self, run_id: str, name: str) -> None:
        """Give a run another name."""
        window = self._view.window_of_places
        try:
            rename_run(window.bridge.project, run_id, name)
        except UserError as problem:
            window.messages.report(problem)
        self.refresh()

    def remove(self, run_id: str) -> None:
        """Take a run away."""
        window = self._view.window_of_places
        name = find_run(window.bridge.project, run_id).name
        remove_run(window.bridge.project, run_id)
        window.messages.removed(f"Removed the run “{name}”.")
        self.refresh()
