"""The demonstration from end to end: makes the sample review, exports and draws it."""

from collections.abc import Callable
from pathlib import Path

from app.coding.extracts import load_extracts, without_consensus
from app.errors import UserError
from app.exchange.extracts_csv import write_extracts
from app.exchange.network_export import export_network
from app.exchange.sample_review.making import make_sample_review
from app.models import Project


def make_demo(out: Path, note: Callable[[str], None], say: Callable[[str], None]) -> Path:
    """Make the sample review in a folder, write its extracts and network, return the project.

    ``note`` hears one line for each step, ``say`` what came out and where it is.

    Raises:
        UserError: the folder cannot be written.
    """
    steps: list[str] = []

    def told(what: str, _done: int, total: int) -> None:
        if what not in steps:
            steps.append(what)
            note(f"{what} ({total} reports) ...")

    try:
        out.mkdir(parents=True, exist_ok=True)
        made = make_sample_review(out, told)
    except OSError as error:
        raise UserError(
            f"The sample review could not be written to {out} ({error.strerror}).",
            "Choose another folder with --out.",
        ) from error
    project = Project.open(made.project_path)
    try:
        extracts = load_extracts(project, without_consensus(project)[0])
        write_extracts(extracts, out / "extracts.csv")
        drawn = export_network(project, out / "network.svg")
    finally:
        project.close()
    counts = ", ".join(f"{number:,} {what}" for what, number in made.counts.items() if number)
    say(f"Invented for demonstration: {counts}.")
    say(drawn.summary)
    say(f"PDFs: {made.pdf_folder}")
    say(f"Reference list: {made.ris_path}")
    say(f"Extracts: {out / 'extracts.csv'} ({len(extracts):,} rows)")
    say(f"Network: {out / 'network.svg'} ({drawn.codes} codes, {drawn.ties} ties)")
    say(f"Project: {made.project_path}")
    return made.project_path
