"""Opening the sample review, which is made in the background the first time."""

from pathlib import Path
from typing import TYPE_CHECKING

from app.errors import UserError
from app.ui.settings import home, settings
from app.ui.tasks import Progress, run, tasks

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow

TITLE = "Making the sample review"
KEPT = "sample.path"


class _StoppedError(Exception):
    """Leaves the making of the sample from inside its progress report."""


def open_sample(window: "MainWindow") -> None:
    """Open the sample review; make it first where it is not there."""
    kept = Path(str(settings().value(KEPT, "")))
    if kept.is_file():
        window.open_project(kept)
        return
    if any(job.title == TITLE for job in tasks.running):
        return
    card = window.start.card

    def work(progress: Progress) -> Path | None:
        from app.exchange.sample_review.making import make_sample_review

        def hear(what: str, done: int, total: int) -> None:
            if progress.cancelled:
                raise _StoppedError
            progress.report(done, total, what)

        folder = home() / "sample-review"
        folder.mkdir(parents=True, exist_ok=True)
        try:
            return make_sample_review(folder, hear).project_path
        except _StoppedError:
            return None

    def show() -> None:
        if job.running:
            card.show_progress(job.done, max(1, job.total), job.text or "Making the sample review")

    def ended(path: Path | None) -> None:
        _end()
        if path is not None:
            settings().remember(KEPT, str(path))
            job.outcome = "Sample review made"
            if not window.bridge.is_open:
                window.open_project(path)

    def failed(problem: BaseException) -> None:
        _end()
        if isinstance(problem, UserError) and window.at_start:
            window.start.tell(problem)
        else:
            window.messages.report(problem)

    def _end() -> None:
        tasks.changed.disconnect(show)
        card.show_progress(0, 0)

    job = run(
        work, TITLE, ended, failed, of_project=False,
        show=lambda: window.open_project(str(settings().value(KEPT, ""))),
    )  # fmt: skip
    tasks.changed.connect(show)
    show()
