import pytest

from app.documents.language import COMMONEST, language_of, stop_word_share
from app.documents.words import count_words

SENTENCES = {
    "en": "The case managers said that the support of the team was one of the reasons to stay in "
    "the work and that it is needed for all who come to them with a need.",
    "de": "Die Beratung wird von den Fachkräften mit der Polizei abgestimmt und ist für die "
    "Betroffenen nicht immer leicht zu erreichen, das gilt auf dem Land und in der Stadt.",
    "fr": "Les accompagnateurs disent que la confiance est une condition de la réussite et que le "
    "temps est compté pour les équipes dans un contexte de pénurie.",
    "nl": "De begeleiding van het slachtoffer is een taak van de gemeente en het is niet altijd te "
    "zien dat de hulp op tijd komt voor wie er aan toe is.",
    "no": "Det er ikke alltid lett å få hjelp på kort tid, og det er mange som har behov for en "
    "fast kontakt som kan være med til møter av ulik type.",
    "da": "Det er ikke altid let at få hjælp, og det er mange af dem, der har behov for en fast "
    "kontakt, som kan gå med til møder på kommunen.",
    "es": "Las personas que trabajan en el servicio dicen que la confianza es una de las razones "
    "por las que los casos se resuelven con un apoyo del equipo.",
    "ru": "В работе с пострадавшими важно не только время, но и доверие, и поэтому на встречи "
    "приходят по одному, как и было решено за год до того.",
}


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_language_is_told_by_the_words(code: str) -> None:
    counts = count_words([SENTENCES[code]])
    assert language_of(counts) == code
    assert stop_word_share(counts) > 0.03


def test_a_script_of_its_own_tells_the_language() -> None:
    hebrew = "מפגשים קבועים ואמון בין השותפים נמצאו מסייעים ובעיקר בעבודה בקהילה"
    assert language_of(count_words([f"{hebrew} (Sample 2015). " * 4])) == "he"


def test_few_or_strange_words_have_no_language() -> None:
    assert language_of(count_words(["Table 1"])) == ""
    assert language_of(count_words(["qxv zzt wrr plk " * 20])) == ""


def test_single_letters_are_not_taken_for_words() -> None:
    assert stop_word_share(count_words(["a i e o u y w z s v k " * 30])) == 0.0


def test_every_list_can_judge_a_text() -> None:
    for code, words in COMMONEST.items():
        assert len([word for word in words if len(word) > 1]) >= 6, code
        assert len(set(words)) == len(words), code
        assert all(word == word.lower() for word in words), code
