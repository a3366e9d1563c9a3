"""The first steps: start view, sample review, a new project, its PDFs and its reference list."""

from pathlib import Path

from PySide6.QtWidgets import QApplication

from app.ui.new_project import NewProjectPanel
from app.ui.settings import home
from app.ui.tour.album import Album
from app.ui.tour.odd_files import PASSWORD, write_odd_files
from app.ui.tour.sample import Sample
from app.ui.views.studies import StudiesPlace


def start_and_sample(album: Album, sample: Sample) -> None:
    """Show the start view of a new user, who looks around in the sample review."""
    hands, window = album.hands, album.window
    hands.step = "start view"
    hands.until(lambda: window.at_start and window.isActiveWindow(), "the start view")
    album.take("start-empty")
    hands.step = "sample review"
    hands.click(window.start.card.open)
    if not sample.made:
        bar = window.start.card.progress
        hands.until(lambda: bar.isVisible() and bar.value() > 0, "progress with the sample")
        hands.until(lambda: bar.value() * 3 > bar.maximum(), "a third of the sample", seconds=60)
        album.take("start-sample-being-made", settle=False)
    hands.until(lambda: window.bridge.is_open, "the sample review", seconds=120)
    hands.settle()
    if window.bridge.project.actor_id is None:
        _say_who(album)
    hands.press("Ctrl+W")
    hands.until(lambda: window.at_start, "the start view")


def new_project(album: Album, sample: Sample) -> None:
    """Make a new project with the full codebook."""
    hands, window = album.hands, album.window
    hands.step = "new project"
    hands.press("Ctrl+N")
    form = window.start.form()
    assert isinstance(form, NewProjectPanel)
    hands.type("Case management in custody")
    hands.write(form.path, str(home() / "case-management-in-custody.cofactor"))
    hands.write(form.coder, "Amina Rahman")
    album.take("new-project")
    hands.click(form.main)
    hands.until(lambda: window.bridge.is_open, "the new project")
    hands.step = "studies of a new project"
    album.take("studies-empty")


def add_files(album: Album, sample: Sample) -> None:
    """Drop PDFs on the window; one is damaged, one is locked."""
    hands, window = album.hands, album.window
    hands.step = "adding PDFs"
    place = window.workbench.place
    assert isinstance(place, StudiesPlace)
    panel = place.adding
    hands.drop(place, sample.pdfs[:2])
    hands.until(lambda: panel.model.count("added") == 2, "the first two files")
    hands.until(lambda: not _busy(album), "the end of adding")
    damaged, locked = write_odd_files(_folder("odd"))
    hands.drop(place, [*sample.pdfs[:4], damaged, *sample.pdfs[4:7], locked, *sample.pdfs[7:14]])
    hands.until(lambda: panel.job is not None and panel.job.done >= 10, "ten files", seconds=60)
    album.take("adding-pdfs", settle=False)
    hands.until(lambda: not _busy(album), "all files", seconds=60)
    hands.step = "result of adding PDFs"
    hands.until(panel._password.isVisible, "the question for the password")
    album.take("added-pdfs")
    hands.step = "password of a PDF"
    hands.click(panel._password)
    hands.type(PASSWORD)
    hands.press("Return")
    hands.until(lambda: not panel.model.locked() and not _busy(album), "the locked file")
    album.take("added-pdfs-all")
    hands.click(panel._later)
    hands.until(lambda: not panel.isVisible(), "the end of the list")


def add_references(album: Album, sample: Sample) -> None:
    """Drop the reference list on the studies."""
    hands, window = album.hands, album.window
    hands.step = "reference list"
    place = window.workbench.place
    assert isinstance(place, StudiesPlace)
    hands.drop(place, [sample.records])
    hands.until(place.matching.isVisible, "the result of matching")
    album.take("reference-list")
    hands.press("Esc")
    hands.until(lambda: not place.matching.isVisible(), "the end of the result")


def recent_projects(album: Album) -> None:
    """Go back to the start view, which lists both projects, and open the sample again."""
    hands, window = album.hands, album.window
    hands.step = "recent projects"
    hands.press("Ctrl+W")
    hands.until(lambda: window.at_start, "the start view")
    album.take("start-recent-projects")
    rows = window.start.list
    hands.click_row(rows, rows.model().index(1, 0))
    hands.until(lambda: window.bridge.is_open, "the sample review")


def _say_who(album: Album) -> None:
    """Be the first coder; a project from elsewhere does not know who sits here."""
    hands, window = album.hands, album.window
    hands.step = "saying who you are"
    hands.click(window.workbench.strip.person)
    hands.until(QApplication.activePopupWidget, "the menu of coders")
    hands.press("Down", "Return")
    hands.until(lambda: window.bridge.project.actor_id is not None, "a coder")


def _busy(album: Album) -> bool:
    place = album.window.workbench.place
    assert isinstance(place, StudiesPlace)
    return place.adding.job is not None and place.adding.job.running


def _folder(name: str) -> Path:
    folder = home() / name
    folder.mkdir(parents=True, exist_ok=True)
    return folder
