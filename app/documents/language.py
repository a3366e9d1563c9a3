"""Tells a text's language by its commonest words.

The title page and the language a file declares are often wrong, so only the text counts.
"""

from collections import Counter

_LISTS = {
    "ar": "في من على إلى أن التي عن هذا ما الذي لا مع هذه كان او",
    "bg": "на и за се от да в с по е не са",
    "ca": "de la i el que a en les els per del un amb",
    "cs": "a v na je se že s o do i z pro k",
    "da": "og i at er en til af det på for der de med den ikke",
    "de": "der die und in den von zu das mit des dem für auf ist im eine nicht",
    "el": "και το να του η της με που την από για τα",
    "en": "the of and to in a is that for as with was on by are",
    "es": "de la que el en y a los se del las por con un una",
    "et": "ja on ei et kui mis ka oli see ning või",
    "fa": "و در به از که این را با است آن برای",
    "fi": "ja on ei se että oli myös mutta kun ovat joka tai",
    "fr": "de la le et les des en un du une est que à dans pour",
    "he": "את של על לא כי זה הוא עם או כל גם היא אל אם יש",
    "hi": "के में की है को से और का ने पर यह",
    "hr": "i u je se na da za su od o s koji a",
    "hu": "a az és hogy nem is egy ez meg van volt de",
    "id": "yang dan di dengan untuk dari pada ini dalam tidak itu",
    "it": "di e che la il in un a per è del le non una con",
    "lt": "ir į kad yra su iš tai apie kaip bei už",
    "lv": "un ir ar ka no uz par kas bija vai arī",
    "nl": "de van het een en in is dat op te zijn met voor niet aan",
    "no": "og i det er på som en for av til at med de å har ikke",
    "pl": "i w na z się do nie że to jest o jak",
    "pt": "de a que o e do da em os no as um para uma com",
    "ro": "de și în a la cu pe care este din o nu pentru",
    "ru": "и в не на что с по как к из у за от для",
    "sk": "a v na sa je že s o do pre z to i",
    "sl": "in je v na se za da so ki z pa o",
    "sq": "e të në dhe i një për që me nga së është",
    "sv": "och i att det som en på är av för med till den har inte",
    "sw": "na ya wa kwa ni katika za la kuwa cha hii",
    "tl": "ng sa ang na mga at ay ni ito para hindi",
    "tr": "ve bir bu da de için ile olarak ne gibi daha çok",
    "uk": "і в на що не з у до та як за це",
    "vi": "và của là có trong được cho các với không người một",
}

COMMONEST = {code: words.split() for code, words in _LISTS.items()}
"""The commonest words of languages written with spaces; the first are the commonest."""

_SCRIPTS = {"he": ("\u05d0", "\u05ea"), "el": ("\u03ac", "\u03ce"), "ko": ("\uac00", "\ud7a3")}
"""First and last letter of scripts that one language alone is written in today."""

_TEN = 10
_MOST = 0.5
_MIN_WORDS = 20
_CLEAR = 0.06


def stop_word_share(counts: Counter[str]) -> float:
    """Return the largest share, over all languages, of words that are among its ten commonest.

    Words of one letter do not count: wrongly mapped text is full of them.
    """
    total = counts.total()
    if not total:
        return 0.0
    longer = ([word for word in words if len(word) > 1] for words in COMMONEST.values())
    return max(_common(counts, words[:_TEN]) for words in longer) / total


def language_of(counts: Counter[str]) -> str:
    """Return the ISO 639-1 code of the text's language, "" when the words do not tell.

    A script of its own tells more than words do: Hebrew writes "and", "in" and "the" as parts of
    the next word, so its commonest words are rare.
    """
    total = counts.total()
    if total < _MIN_WORDS:
        return ""
    for code, (first, last) in _SCRIPTS.items():
        if sum(n for word, n in counts.items() if first <= word[0] <= last) > _MOST * total:
            return code
    shares = {code: _common(counts, words) / total for code, words in COMMONEST.items()}
    best = max(shares, key=lambda code: shares[code])
    return best if shares[best] >= _CLEAR else ""


def _common(counts: Counter[str], words: list[str]) -> int:
    return sum(counts.get(word, 0) for word in words)
