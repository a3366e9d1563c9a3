"""Every PDF of the reference set opens in the window, or explains itself."""

import pytest
from pytestqt.qtbot import QtBot

from app.coding.adding import add_pdfs
from app.coding.documents import list_documents
from app.documents.engine import PdfEngine
from app.models import Project
from tests.shared_data import shared_data
from tests.ui.reading.pages import Reader


def says(reader: Reader) -> str:
    """Return what the window says of the first page: "shown", or why not; "" while it waits."""
    images, geometries = reader.place.images, reader.place.geometries
    if any(key[0] == 1 for key in images.cache):
        there = geometries.get(1) is not None
        return "shown" if there else geometries.broken.get(1, "")
    return images.broken.get(1, "")


@pytest.mark.slow
def test_each_file_opens_or_explains_itself(
    reader: Reader, engine: PdfEngine, qtbot: QtBot
) -> None:
    folder = shared_data("pdfs")
    files = sorted(folder.glob("*.pdf"))
    project: Project = reader.window.bridge.project
    before = {document.id for document in list_documents(project)}
    result = add_pdfs(project, engine, files)
    assert all(problem.why.endswith((".", ")")) for problem in result.problems)
    assert len(result.added) + len(result.problems) == len(files)
    told: dict[str, str] = {}
    for document in list_documents(project):
        if document.id in before:
            continue
        reader.place.open_passage(document.id)
        qtbot.waitUntil(lambda d=document: reader.state.info_id == d.id, timeout=20_000)
        qtbot.waitUntil(lambda: bool(says(reader)), timeout=30_000)
        told[document.file_name] = says(reader)
        if document.text_state != "good":
            assert reader.notices(), document.file_name
        reader.canvas.go_to_page(reader.state.page_count)
        last = reader.state.page_count
        qtbot.waitUntil(
            lambda last=last: (
                last in reader.place.images.broken
                or any(key[0] == last for key in reader.place.images.cache)
            ),
            timeout=30_000,
        )
    assert len(told) == len(result.added)
    unshown = {name: why for name, why in told.items() if why != "shown"}
    assert all(why.endswith((".", ")")) for why in unshown.values()), unshown
    assert len(unshown) <= 2, unshown
