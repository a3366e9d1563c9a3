"""Words that lost letters in the PDF: explained in the card, found by what was meant."""

from app.ui.reading.find_bar_feature import FindInDocument
from app.ui.reading.lost_letters import LostLetters, explained
from tests.ui.reading.pages import Reader

MEANT = {"confdential": "confidential", "ofce": "office"}


def test_only_words_that_lost_letters_are_explained() -> None:
    assert explained("Plain words of the office", MEANT) == ""
    assert explained("The confdential ofce, the ofce", MEANT) == (
        "Letters are lost in this PDF: “confdential” is “confidential”, “ofce” is “office”."
    )
    many = {f"w{letter}": "w" for letter in "abcdef"}
    assert explained("wa wb wc wd we wf", many).endswith(", and 2 more.")


def test_the_card_explains_and_find_takes_the_word_that_was_meant(reader: Reader) -> None:
    lost = reader.place.features["LostLetters"]
    assert isinstance(lost, LostLetters)
    assert not lost.repairs  # nothing is lost in this document
    lost.repairs = {"Minutes": "Miniutes"}
    reader.select("Minutes were kept")
    reader.press_hot_key(0)
    reader.trigger("code.memo")
    assert lost.notes[0].isVisible()
    assert "“Minutes” is “Miniutes”" in lost.notes[0].text()
    reader.overlays.close_all()
    find = reader.place.features["FindInDocument"]
    assert isinstance(find, FindInDocument)
    reader.trigger("read.find")
    assert find.bar is not None
    find.bar.field.setText("miniutes were")
    reader.qtbot.waitUntil(lambda: bool(find.hits))
    start, end = find.hits[0]
    assert reader.text[start:end].replace("\n", " ") == "Minutes were"
