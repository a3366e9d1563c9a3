"""Words as people type them in a search field, compared without case and accents."""

import unicodedata


def folded(text: str) -> str:
    """Return the text without case and without marks on its letters."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def holds_all_words(text: str, query: str) -> bool:
    """Say whether every word of the query stands somewhere in the text."""
    place = folded(text)
    return all(word in place for word in folded(query).split())
