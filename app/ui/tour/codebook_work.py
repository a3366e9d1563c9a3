"""Working on the codebook: a draft, its revision, looking again, merging, new rows, a file."""

from pathlib import Path

from app.ui.tour.album import Album
from app.ui.views.codebook import CodebookPlace

TABLE = """name,category,definition
Clarity of mandate,Multi-agency working: structures,"Who may do what in a case (sample)."
Shared rooms (sample),Multi-agency working: structures,"Working under one roof (sample)."
"""


def codebook_work(album: Album, folder: Path) -> None:
    """Change a code, look at its passages again, merge, and preview a file."""
    hands, window = album.hands, album.window
    hands.step = "editing a code"
    hands.press("Ctrl+3")
    place = window.workbench.place
    assert isinstance(place, CodebookPlace)
    hands.settle()
    tree = place.tree.tree
    hands.click_row(tree, tree.currentIndex())
    field = place.page.fields["definition"].edit
    field.appendPlainText("Written down or only understood (sample).")
    hands.until(place.page.record_button.isVisible, "the draft")
    album.take("codebook-draft")
    hands.click(place.page.record_button)
    hands.until(lambda: not place.page.draft(), "the revision")
    place.acts.ask_to_look_again(place.page.code_id, "Definition changed")
    place.side_panel.show_tab("again")
    again = place.side_panel.again.list
    hands.until(lambda: again.passages.rowCount() > 0, "passages to look at again")
    hands.settle()
    album.take("codebook-look-again")
    hands.step = "merging"
    hands.click(place.page.merge_button)
    place.page.merge_panel.field.setText("Supervision")
    album.take("codebook-merge")
    place.page.merge_panel.hide()
    hands.step = "a codebook file"
    path = folder / "codes.csv"
    path.write_text(TABLE, encoding="utf-8")
    place.doors.show_import(path)
    hands.until(place.doors.preview.isVisible, "the preview")
    album.take("codebook-import")
    place.hide_preview()
    place.side_panel.show_tab("revisions")
    window.bridge.undo()
    window.bridge.undo()
    hands.settle()
