"""What comes of coding: codebook, extracts, network and table."""

from app.ui.tour.album import Album
from app.ui.views.analysis import AnalysisPlace
from app.ui.views.codebook import CodebookPlace
from app.ui.views.extracts import ExtractsPlace


def codebook(album: Album) -> None:
    """Show a code in full, and find others."""
    hands, window = album.hands, album.window
    hands.step = "codebook"
    hands.press("Ctrl+3")
    place = window.workbench.place
    assert isinstance(place, CodebookPlace)
    hands.settle()
    tree = place.tree.tree
    hands.click_row(tree, tree.currentIndex())
    hands.press("Down", "Down", "Down")
    album.take("codebook")
    hands.step = "finding a code"
    hands.click(place.tree.field)
    hands.type("supervision")
    hands.press("Down")
    album.take("codebook-found")
    hands.press("Esc")
    hands.until(lambda: not place.tree.field.text(), "an empty search field")


def extracts(album: Album) -> None:
    """Show all extracts, then fewer, then none."""
    hands, window = album.hands, album.window
    hands.step = "extracts"
    hands.press("Ctrl+4")
    place = window.workbench.place
    assert isinstance(place, ExtractsPlace)
    hands.settle()
    hands.until(place.shown, "the extracts")
    everything = len(place.shown())
    album.take("extracts")
    hands.step = "filtering extracts"
    chip = place.filters_of_codings.chips["valence"]
    hands.click(chip)
    hands.until(lambda: chip.popup is not None and chip.popup.isVisible(), "the choices")
    hands.press("Down", "Space")
    album.take("extracts-filter-open")
    hands.press("Esc")
    hands.write(place.field, "trust")
    hands.until(lambda: 0 < len(place.shown()) < everything, "fewer extracts")
    hands.press("Return")
    album.take("extracts-filtered")
    hands.step = "no extract left"
    hands.write(place.field, "zeppelin")
    hands.until(lambda: not place.shown(), "no extract")
    album.take("extracts-none-left")
    place.field.clear()
    place.filters_of_codings.clear()


def analysis(album: Album) -> None:
    """Show the strongest tie with its passages, then the table."""
    hands, window = album.hands, album.window
    hands.step = "network"
    hands.press("Ctrl+6")
    place = window.workbench.place
    assert isinstance(place, AnalysisPlace)
    hands.until(lambda: place.network.scene is not None, "the network")
    hands.settle()
    assert place.network.scene is not None
    strongest = place.network.scene.next_target(None, 1)
    assert strongest is not None
    hands.click(place.network, place.network.place_of(strongest))
    hands.until(lambda: place.network.target == strongest, "the chosen tie")
    hands.until(lambda: place.panel.list.model().rowCount() > 0, "its passages")
    album.take("analysis-network")
    hands.step = "codes by study"
    hands.click(place.face.segment("table"))
    hands.settle()
    model = place.table.model()
    row = next(
        row
        for row in range(model.rowCount())
        if place.model.row_head(row).code >= 0 and place.model.row_head(row).studies
    )
    column = next(
        column
        for column in range(model.columnCount())
        if model.index(row, column).data() not in (None, "", "0")
    )
    hands.click_row(place.table, model.index(row, column))
    hands.until(lambda: place.panel.list.model().rowCount() > 0, "the passages of a cell")
    album.take("analysis-codes-by-study")
    hands.click(place.face.segment("network"))
