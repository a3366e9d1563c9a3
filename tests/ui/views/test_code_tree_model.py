from PySide6.QtCore import QModelIndex
from pytestqt.modeltest import ModelTester

from app.ui.views.code_tree_model import CODE, CodeFilter, CodeRole, CodeTreeModel
from tests.ui.views.samples import small_codebook


def filled() -> CodeTreeModel:
    model = CodeTreeModel()
    model.set_codebook(small_codebook())
    return model


def names(model, parent=QModelIndex()) -> list:
    rows = []
    for row in range(model.rowCount(parent)):
        index = model.index(row, 0, parent)
        below = names(model, index)
        rows.append((index.data(), below) if below else index.data())
    return rows


def test_is_a_sound_model(qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(filled())


def test_the_filtered_tree_is_a_sound_model(qtmodeltester: ModelTester) -> None:
    proxy = CodeFilter()
    proxy.setSourceModel(filled())
    proxy.set_query("trust")
    qtmodeltester.check(proxy)


def test_codes_stand_under_category_and_cluster_and_retired_ones_are_left_out() -> None:
    assert names(filled()) == [
        (
            "Systems and structures",
            [
                ("Multi-agency working", ["Clarity of mandate", "Shared aims"]),
                ("Information", ["Agreement on sharing"]),
            ],
        ),
        ("Relational processes", [("Partners", ["Trust between partners"])]),
        ("Context", [("Outer context", ["Pression politique élevée"])]),
    ]


def test_a_code_says_its_whole_row() -> None:
    model = filled()
    model.set_here({"x1": 2})
    model.set_all({"x1": 24, "x2": 1})
    spoken = model.index_of("x1").data(qt_role("AccessibleTextRole"))
    assert spoken == "Clarity of mandate, 2 here, in 24 studies in all, key M"
    assert "in 1 study in all" in model.index_of("x2").data(qt_role("AccessibleTextRole"))


def test_only_codes_whose_count_changed_are_told(qtbot) -> None:
    model = filled()
    model.set_here({"x1": 2, "x3": 1})
    told = []
    model.dataChanged.connect(lambda index, *_: told.append(index.data(CodeRole.ID)))
    model.set_here({"x1": 2, "x2": 1})
    assert sorted(told) == ["x2", "x3"]
    assert model.index_of("x3").data(CodeRole.HERE) == 0


def test_the_field_finds_codes_by_words_in_any_order_without_accents_or_by_hot_key() -> None:
    model = filled()
    proxy = CodeFilter()
    proxy.setSourceModel(model)
    proxy.set_query("elevee pres")
    assert names(proxy) == [("Context", [("Outer context", ["Pression politique élevée"])])]
    proxy.set_query("maw.mandate")
    assert names(proxy) == [
        ("Systems and structures", [("Multi-agency working", ["Clarity of mandate"])])
    ]
    proxy.set_query("information")
    assert names(proxy) == [("Systems and structures", [("Information", ["Agreement on sharing"])])]


def test_only_codes_can_be_chosen() -> None:
    model = filled()
    cluster = model.index(0, 0)
    assert not cluster.flags() & qt_flag("ItemIsSelectable")
    assert model.index_of("x1").flags() & qt_flag("ItemIsSelectable")
    assert model.counts(CODE) == 5


def qt_role(name: str):
    from PySide6.QtCore import Qt

    return getattr(Qt.ItemDataRole, name)


def qt_flag(name: str):
    from PySide6.QtCore import Qt

    return getattr(Qt.ItemFlag, name)
