"""The team's work: the roster, what a hand-in would bring, files taken in, the log."""

from pathlib import Path

from app.coding.documents import list_documents
from app.coding.passages import list_codings, remove_codings
from app.coding.people import list_coders
from app.coding.team_files import hand_out, submit
from app.models import Project
from app.models.device import DeviceIdentity
from app.ui.team.files import FilesView
from app.ui.tour.album import Album
from app.ui.views.team import TeamPlace


def teamwork(album: Album, folder: Path) -> None:
    """Look at the roster, share documents out, take in what a second coder sends back."""
    hands, window = album.hands, album.window
    hands.step = "the roster"
    hands.press("Ctrl+5")
    place = window.workbench.place
    assert isinstance(place, TeamPlace)
    place.show_view("overview")
    hands.settle()
    album.take("team-overview")
    window.actions_table.trigger("team.share")
    hands.settle()
    album.take("team-share")
    hands.press("Esc")
    hands.step = "a hand-in"
    files = place.show_view("files")
    assert isinstance(files, FilesView)
    files.look([_sent_back(window.bridge.project, folder)])
    hands.until(files.card.isVisible, "what the hand-in would bring")
    hands.settle()
    album.take("team-hand-in")
    hands.click(files.card.add)
    hands.until(lambda: files.fact.startswith("1 file"), "the file in the list")
    hands.settle()
    album.take("team-hand-ins")
    hands.step = "the log"
    place.show_view("log")
    hands.settle()
    album.take("team-log")


def _sent_back(project: Project, folder: Path) -> Path:
    """Let the second coder withdraw a few codings, and send that back."""
    coder = list_coders(project)[1]
    path, out = folder / "second.cofactor", folder / "jonas-weller.cofactor-handin"
    hand_out(project, coder.id, path, with_pdfs=False)
    device = DeviceIdentity("tour-second", "Second laptop")
    copy = Project.open(path, device=device, back_up=False)
    document = next(d for d in list_documents(copy) if d.file_name.startswith("Maalouf"))
    remove_codings(copy, [c.id for c in list_codings(copy, document_id=document.id)[:3]])
    submit(copy, out)
    copy.close()
    return out
