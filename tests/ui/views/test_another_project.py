import pytest

from app.models import Project

PLACES = ("studies", "codebook", "extracts", "analysis")


@pytest.fixture
def visited(coded, settled):
    for place in PLACES:
        coded.go(place)
        settled()
    return coded


def test_nothing_of_the_first_project_is_left_in_the_second(visited, settled, tmp_path) -> None:
    visited.go("analysis").network.choose(visited.go("analysis").network.scene.order[0])
    path = tmp_path / "other.cofactor"
    Project.create(path, title="Another review").close()
    visited.close_project()
    assert visited.open_project(path)
    for place in PLACES:
        visited.go(place)
        settled()
    assert visited.go("studies")._empty.isVisible()
    assert visited.go("codebook")._empty.isVisible()
    assert visited.go("extracts").shown() == ()
    analysis = visited.go("analysis")
    assert analysis._empty.isVisible()
    assert analysis.panel.list.passages.rows == ()
    assert visited.go("studies").table.current_row() is None


def test_the_same_project_can_be_opened_again(visited, settled, coded_file) -> None:
    path = visited.bridge.project.path
    visited.close_project()
    assert visited.open_project(path)
    for place in PLACES:
        visited.go(place)
        settled()
    assert visited.go("studies").proxy.rowCount() == 3
    assert len(visited.go("extracts").shown()) == 10
    assert visited.go("codebook").tree.model.index_of("x1").isValid()
    assert len(visited.go("analysis").state.evidence) == 10


def test_menu_entries_go_to_their_place_first(coded, settled) -> None:
    coded.actions_table.trigger("analysis.table")
    settled()
    assert coded.workbench.shown == "analysis"
    assert coded.go("analysis").face.key == "table"
    coded.go("studies")
    assert not coded.actions_table["studies.join"].isEnabled()
    assert coded.actions_table["studies.add_references"].isEnabled()
