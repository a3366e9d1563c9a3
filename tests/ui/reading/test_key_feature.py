"""What keys do beyond hot keys: digits, again, walking, and a word where they can do nothing."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence

from app.coding.people import list_coders
from app.ui.reading.key_feature import KeyFeature
from app.ui.views.code_tree_model import CodeRole
from tests.ui.reading.pages import Reader

ALT = Qt.KeyboardModifier.AltModifier
MINUTES, PANEL = "Minutes were kept", "Most members described"


def feature(reader: Reader) -> KeyFeature:
    found = reader.place.features["KeyFeature"]
    assert isinstance(found, KeyFeature)
    return found


def told(reader: Reader) -> str:
    return feature(reader).hints.words


def names(reader: Reader) -> list[str]:
    """Return the names of the stored codings' codes, in the order of the text."""
    book = reader.state.codebook
    assert book is not None
    found = sorted(reader.stored(), key=lambda coding: (coding.start, coding.made_at))
    return [book.code(coding.code_id).name for coding in found]


def test_codes_used_last_are_on_the_digits_and_keep_them(reader: Reader) -> None:
    first, second = reader.hot_codes[:2]
    reader.select(MINUTES)
    reader.press_hot_key(0)
    reader.press_hot_key(1)
    reader.acts.remove()
    reader.select(PANEL)
    reader.type("21")
    assert sorted(names(reader)) == sorted([first.name, first.name, second.name])
    assert feature(reader).recent.digits() == {first.id: 1, second.id: 2}
    reader.select("Three coordinators said")
    reader.type("3")
    assert told(reader).startswith("Only 2 codes have a digit so far.")
    assert len(reader.stored()) == 3


def test_digits_stand_beside_codes_without_a_hot_key(reader: Reader) -> None:
    book = reader.state.codebook
    assert book is not None
    code = next(code for code in book.codes if not code.hot_key)
    reader.select(MINUTES)
    reader.acts.code(code.id)
    model = reader.place.codes.model
    assert model.index_of(code.id).data(CodeRole.HOT_KEY) == "1"
    spoken = model.index_of(code.id).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.endswith("key 1")
    reader.select(PANEL)
    reader.type("/")
    reader.trigger("code.find")
    palette = reader.overlays.palette
    assert palette.model._rows[0].match.entry.hot_key == "1"
    palette.field.setText("1")
    palette._choose(stay=False)
    assert names(reader) == [code.name, code.name]


def test_the_last_code_again_and_the_last_passage_again(reader: Reader) -> None:
    reader.trigger("code.again")
    assert told(reader).startswith("No code has been used yet.")
    reader.trigger("code.reselect")
    assert told(reader).startswith("Nothing has been coded in this document")
    reader.select(MINUTES)
    reader.press_hot_key(0)
    reader.trigger("code.again")
    assert told(reader).startswith(f"Nothing is selected that “{reader.hot_code.name}” could be")
    reader.select(PANEL)
    assert told(reader) == "", "what was said goes with the next step"
    reader.trigger("code.again")
    assert names(reader) == [reader.hot_code.name] * 2
    reader.state.select(reader.state.selection.__class__(0, 0))
    reader.trigger("code.reselect")
    assert reader.selected.replace("\n", " ") == PANEL
    reader.press_hot_key(1)
    first, second = (code.name for code in reader.hot_codes[:2])
    assert sorted(names(reader)) == sorted([first, first, second])
    spans = [(coding.start, coding.end) for coding in reader.stored()]
    assert spans.count(reader.find(PANEL)) == 2


def test_keys_that_need_a_coding_say_so(reader: Reader) -> None:
    wanting = {
        "-": "The valence “Barrier”",
        "]": "Moving an end",
        "{": "Moving an end",
    }
    for key, what in wanting.items():
        reader.type(key)
        assert told(reader).startswith(f"{what} needs a coding, and none is chosen. Put the caret")
        feature(reader).hints.clear()
    for action, what in (
        ("code.recode", "Changing the code"),
        ("code.memo", "A memo"),
        ("code.remove", "Removing"),
    ):
        reader.trigger(action)
        assert told(reader).startswith(f"{what} needs a coding")
        feature(reader).hints.clear()
    reader.select(MINUTES)
    reader.type("+")
    assert told(reader).startswith("The valence “Facilitator” needs a coding. The selected passage")
    assert reader.stored() == ()


def test_a_stage_without_a_coding_says_what_it_is_for(reader: Reader) -> None:
    stages = reader.acts.facet_values("stage")
    reader.key(Qt.Key.Key_2, ALT)
    assert told(reader) == f"What you code next gets the stage “{stages[1].label}”."
    reader.key(Qt.Key.Key_2, ALT)
    assert told(reader) == "What you code next gets no stage."
    reader.key(Qt.Key.Key_9, ALT)
    assert told(reader) == f"The codebook has {len(stages)} stages; there is no stage 9."


def test_another_coders_coding_is_named_and_stays(reader: Reader) -> None:
    reader.select(MINUTES)
    reader.press_hot_key()
    jonas = next(c for c in list_coders(reader.window.bridge.project) if c.initials == "JW")
    reader.state.set_people(jonas.id, reader.state.initials)
    reader.state.remake_marks()
    reader.type("-]")
    assert told(reader).startswith("Moving an end needs a coding of your own. This one is by AR.")
    reader.trigger("code.remove")
    assert len(reader.stored()) == 1
    assert reader.stored()[0].valence == ""


def test_walking_ends_with_a_word_and_finds_pages_without_codings(reader: Reader) -> None:
    reader.trigger("code.next")
    assert told(reader) == "No coding is shown in this document."
    reader.select(MINUTES)
    reader.press_hot_key()
    reader.trigger("code.next")
    assert told(reader) == "This is the last coding of the document."
    reader.trigger("read.next_uncoded")
    assert reader.canvas.page == 2
    reader.trigger("read.previous_uncoded")
    assert told(reader) == "There is no page without a coding before this one."
    assert reader.canvas.page == 2


def test_changed_keys_of_the_page_work_at_once_and_the_old_ones_no_more(reader: Reader) -> None:
    table = reader.window.actions_table
    start, _end = reader.find(MINUTES)
    reader.state.select(reader.state.selection.__class__(start, start))
    table.change_keys({"page.sentence": ("Ctrl+E",), "page.recent_1": ("F7",)})
    reader.type("s")
    assert reader.state.selection.empty
    reader.key(Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert reader.selected.startswith("Minutes")
    reader.press_hot_key()
    reader.select(PANEL)
    reader.key(Qt.Key.Key_F7)
    assert len(reader.stored()) == 2
    code = next(c for c in reader.state.codebook.codes if not c.hot_key)
    reader.acts.code(code.id)
    table.change_keys({"page.recent_2": ("F8",)})
    assert reader.place.codes.model.index_of(code.id).data(CodeRole.HOT_KEY) == "F8"
    assert table["page.recent_2"].shortcut() == QKeySequence("F8")


def test_actions_of_the_page_can_be_chosen_in_the_command_palette(reader: Reader) -> None:
    start, _end = reader.find(MINUTES)
    reader.state.select(reader.state.selection.__class__(start, start))
    reader.trigger("page.sentence")
    assert reader.selected.startswith("Minutes")
    reader.trigger("page.leave")
    assert reader.state.selection.empty
