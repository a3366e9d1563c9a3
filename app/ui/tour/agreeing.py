"""How alike the coders are: the table, what stands behind a number, rounds, methods, kept runs."""

from app.ui.team.agreement import AgreementView
from app.ui.team.agreement_columns import ONLY
from app.ui.tour.album import Album
from app.ui.views.team import TeamPlace


def agreement(album: Album) -> None:
    """Go from the table to the passages behind a number, then through the other tables."""
    hands, window = album.hands, album.window
    hands.step = "agreement"
    place = window.go("team")
    assert isinstance(place, TeamPlace)
    hands.settle()
    hands.click(place.switch.segment("agreement"))
    view = place.view
    assert isinstance(view, AgreementView)
    hands.until(lambda: bool(view.model.lines) and not view.is_working, "the numbers")
    hands.settle()
    album.take("agreement")
    hands.step = "passages behind a number"
    row = next(n for n, line in enumerate(view.model.lines) if line.kind == "code")
    column = next(n for n, c in enumerate(view.model.columns) if c.key.startswith(ONLY))
    hands.click_row(view.table, view.model.index(row, column))
    hands.until(lambda: bool(view.side.list.passages.rows), "the passages")
    hands.settle()
    album.take("agreement-passages")
    hands.press("Esc")
    for tab in ("rounds", "facets"):
        hands.step = f"agreement, {tab}"
        hands.click(view.tabs.segment(tab))
        hands.settle()
        album.take(f"agreement-{tab}")
    hands.click(view.tabs.segment("codes"))
    hands.step = "methods paragraph"
    hands.click(view.methods_button)
    hands.settle()
    album.take("agreement-methods")
    view.close_side()
