"""Settling differences: the queue with its page, a reason, settling in bulk, codebook issues."""

from PySide6.QtCore import QRectF

from app.coding.people import current_round, list_coders, list_layers
from app.coding.roster import submit_documents
from app.models import Project
from app.ui.team.settle import SettleView
from app.ui.tour.album import Album
from app.ui.tour.hands import Hands
from app.ui.views.team import TeamPlace


def settling(album: Album) -> None:
    """Go through Differences and Codebook issues; what is decided is taken back."""
    hands, window = album.hands, album.window
    hands.step = "settling differences"
    hands.press("Ctrl+5")
    place = window.workbench.place
    assert isinstance(place, TeamPlace)
    view = place.show_view("settle")
    assert isinstance(view, SettleView)
    hands.settle()
    submitted = 0
    if not view.queue.rows:
        album.take("team-differences-empty")
        submitted = _submit(window.bridge.project)
        hands.settle()
    _choose(hands, view, "boundary")
    view.side.grid.buttons["union"].setFocus()
    hands.settle()
    album.take("team-differences")
    view.take_focus()
    _choose(hands, view, "other_code")
    hands.press("N")
    album.take("team-differences-reason")
    hands.press("Esc")
    hands.press("C")
    album.take("team-differences-code")
    hands.press("Esc")
    hands.click(view.bulk_button)
    _wait_for_page(hands, view)
    album.take("team-differences-bulk")
    view.close_bulk()
    hands.press("K")
    hands.type("Does a plan count (sample)?")
    hands.press("Return")
    hands.settle()
    place.show_view("issues")
    hands.settle()
    album.take("team-issues")
    window.bridge.undo()
    place.show_view("settle")
    hands.settle()
    for _coder in range(submitted):
        window.bridge.undo()
    hands.settle()


def _submit(project: Project) -> int:
    """Let every coder submit what all of them have coded; return how many acts that took."""
    coders = [coder.id for coder in list_coders(project) if coder.role != "consensus"]
    coded: dict[str, set[str]] = {}
    for layer in list_layers(project):
        coded.setdefault(layer.document_id, set()).add(layer.coder_id)
    shared = sorted(document for document, known in coded.items() if known >= set(coders))
    for coder in coders if shared else ():
        submit_documents(project, shared, round_id=current_round(project).id, coder_id=coder)
    return len(coders) if shared else 0


def _choose(hands: Hands, view: SettleView, kind: str) -> None:
    row = next((r for r in view.left.list.differences.rows if r.kind == kind), None)
    if row is not None:
        view.left.list.choose(row.key)
        _wait_for_page(hands, view)
        view.take_focus()


def _wait_for_page(hands: Hands, view: SettleView) -> None:
    """Wait until the page is painted and it is known where its words stand."""
    hands.settle()
    canvas = view.pages.canvas
    hands.until(lambda: bool(canvas.visible_parts()), "the page")
    hands.until(
        lambda: all(
            canvas.geometries.get(page) and canvas.images.covers(page, _rect(view, page))
            for page in canvas.visible_parts()
        ),
        "the picture of the page",
    )


def _rect(view: SettleView, page: int) -> QRectF:
    _left, _top, width, height = view.pages.canvas.layout_.rect(page)
    return QRectF(0, 0, width, height)
