"""The team's work: the roster, what a hand-in would bring, files taken in, the log."""

from pathlib import Path

from app.coding.code_editing import create_code
from app.coding.codebooks import load_codebook
from app.coding.documents import list_documents, load_text
from app.coding.passages import (
    VALENCE,
    PassageEntry,
    code_passages,
    list_codings,
    remove_codings,
    set_facet,
)
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
    hands.until(lambda: "1 file taken in" in files.fact, "the file in the list")
    hands.settle()
    album.take("team-hand-ins")
    hands.step = "the log"
    place.show_view("log")
    hands.settle()
    album.take("team-log")


def _sent_back(project: Project, folder: Path) -> Path:
    """Let the second coder code, change, withdraw and propose a code, and send that back."""
    coder = list_coders(project)[1]
    path, out = folder / "second.cofactor", folder / "jonas-weller.cofactor-handin"
    hand_out(project, coder.id, path, with_pdfs=False)
    device = DeviceIdentity("tour-second", "Second laptop")
    copy = Project.open(path, device=device, back_up=False)
    document = next(d for d in list_documents(copy) if d.file_name.startswith("Maalouf"))
    own = list_codings(copy, document_id=document.id)
    remove_codings(copy, [coding.id for coding in own[:3]])
    set_facet(copy, [coding.id for coding in own[3:5]], VALENCE, ["mixed"])
    codebook = load_codebook(copy)
    first = codebook.codes[0]
    proposed = create_code(copy, "Waiting lists", first.category_id, definition="Time until help.")
    start, end = load_text(copy, document.id).page_range(3)
    step = (end - start) // 14
    entries = [
        PassageEntry(document.id, start + n * step, start + n * step + 60, code)
        for n, code in enumerate([first.id] * 8 + [proposed] * 4)
    ]
    code_passages(copy, entries)
    submit(copy, out)
    copy.close()
    return out
