"""Letters stored wrongly: figures in private characters, shifted texts, lost ligatures."""

from collections import Counter

import pytest

from app.documents.letters import (
    LostLigatures,
    digit_map,
    learn_glyph_step,
    learn_letters,
    shift_map,
)

PROSE = (
    "The panel met every second week and it was clear that the coordinators had a remit that "
    "nobody in the team had written down for them, and that this was by design in 2014 and 1998. "
) * 12
RUSSIAN = (
    "Преступления в отношении собственности составили значительную долю всех деяний на "
    "территории страны и по сравнению с прошлым годом это было не так много как ожидали "
) * 8


def private(text: str) -> str:
    return "".join(chr(0xF643 + int(char)) if char.isdigit() else char for char in text)


def test_ten_private_figures_in_a_run_are_read_as_figures() -> None:
    damaged = private(PROSE + " Of 350 cases 267 were closed. " * 4)
    found = learn_letters(damaged)
    assert found is not None
    assert found.kind == "digits"
    assert "in 2014 and 1998" in found.apply(damaged)
    assert len(found.apply(damaged)) == len(damaged)


def test_private_signs_that_are_no_figures_stay() -> None:
    assert digit_map(PROSE) is None
    assert digit_map("\uf0b7 " * 60) is None
    every = "".join(chr(0xF643 + n) for n in range(10))
    wrong = " ".join([every] + [chr(0xF64A) + chr(0xF64A) + chr(0xF643) * 2] * 40)
    assert digit_map(wrong) is None, "groups of four that are no years"


@pytest.mark.parametrize("step", [-3, 7, 470])
def test_a_text_that_is_off_by_one_step_is_read(step: int) -> None:
    damaged = "".join(chr(ord(char) + step) if char.isalpha() else char for char in PROSE)
    found = shift_map(damaged)
    assert found is not None
    assert "the coordinators had a remit" in found.apply(damaged)


def test_sound_text_and_nonsense_teach_nothing() -> None:
    assert learn_letters(PROSE) is None
    assert shift_map("qx zzv wq kkj " * 100) is None
    assert shift_map("few words") is None


def test_the_step_of_unmapped_glyphs_is_learnt_from_the_frequency_of_letters() -> None:
    letters = Counter(char for char in RUSSIAN if char.isalpha())
    glyphs = Counter({chr(ord(char) - 470): count for char, count in letters.items()})
    assert learn_glyph_step(glyphs) == 470
    assert learn_glyph_step(Counter({chr(400 + n): 50 for n in range(32)})) is None
    assert learn_glyph_step(Counter("few")) is None


def test_words_that_lost_a_ligature_are_known_by_the_words_of_others() -> None:
    known = [
        "the",
        "these",
        "confidential",
        "difficult",
        "benefit",
        "office",
        "staff",
        "find",
        "efficient",
        "stage",
    ]
    ligatures = LostLigatures(known)
    assert ligatures.repaired("confdential") == "confidential"
    assert ligatures.repaired("Confdential") == "Confidential"
    assert ligatures.repaired("diicult") == "difficult"
    assert ligatures.repaired("Tese") == "These"
    assert ligatures.repaired("Te") == "The"
    assert ligatures.repaired("staf") == "staff"
    for sound in ("benefit", "stage", "te", "unheard"):
        assert ligatures.repaired(sound) == ""


def test_a_few_odd_words_are_no_lost_ligatures() -> None:
    ligatures = LostLigatures(
        ["confidential", "difficult", "benefit", "office", "staff", "find", "efficient"]
    )
    assert ligatures.repairs(PROSE + " Mr Benet had a confdential talk.") == {}
    damaged = "The confdential ofce had difcult work of great beneft to its efcient staf. "
    assert len(ligatures.repairs(damaged * 3)) == 6
