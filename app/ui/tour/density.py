"""The same page with nothing coded, with a little, with much, with far too much; in every theme."""

from dataclasses import replace
from itertools import cycle, islice, pairwise
from random import Random

from app.coding.codebook import VALENCE
from app.coding.passages import Coding
from app.documents import boundaries
from app.ui.look import apply_look, current_look
from app.ui.reading.place import ReadingPlace
from app.ui.reading.selection import Selection
from app.ui.tour.album import Album
from app.ui.tour.reading import pages_there

NUMBERS = (0, 5, 50, 500)
LOOKS = ("light", "dark", "contrast")


def densities(album: Album) -> None:
    """Show the third page of the open document with invented codings, then the real ones again."""
    hands, place = album.hands, album.window.workbench.place
    assert isinstance(place, ReadingPlace)
    hands.step = "many codings on a page"
    look, page, share = current_look(), *place.canvas.position()
    kept = tuple(place.state.codings.values())
    place.state.select(Selection(0, 0))
    place.canvas.go_to_page(3)
    pages_there(hands, place)
    invented = [spread(place, 3, number) for number in NUMBERS]
    for name in LOOKS:
        apply_look(replace(look, theme=name))
        for number, codings in zip(NUMBERS, invented, strict=True):
            place.state.set_codings(codings)
            pages_there(hands, place)
            place.minimap.refresh()
            album.take(f"reading-{number}-codings-{name}")
    apply_look(look)
    place.state.set_codings(kept)
    place.canvas.go_to_page(page, share)
    pages_there(hands, place)


def spread(place: ReadingPlace, page: int, number: int) -> list[Coding]:
    """Return ``number`` codings of a page by two coders, some long, at most ten on a word.

    With hundreds there is no such limit.
    """
    state, random = place.state, Random(number)
    pattern = next(iter(state.codings.values()))
    assert state.text is not None
    assert state.codebook is not None
    spans = _spans(state.text.text, *state.text.page_range(page), number, random)
    codes = cycle(random.sample([code.id for code in state.codebook.codes], 12))
    valences = cycle(("facilitator", "barrier", "", "mixed", "barrier", "moderates", "unclear"))
    you = state.coder_id or pattern.coder_id
    coders = [you, *(coder for coder in state.initials if coder != you)][:2]
    made = []
    chosen = zip(spans, codes, valences, strict=False)
    for at, ((start, end), code_id, valence) in enumerate(chosen):
        facets = {VALENCE: (valence,)} if valence else {}
        coder = coders[at % 3 == 2 and len(coders) > 1]
        made.append(
            replace(pattern, id=f"invented-{at}", coder_id=coder, code_id=code_id, start=start,
                    end=end, facets=facets, condition="", memo="", area=())
        )  # fmt: skip
    return made


def _spans(text: str, first: int, last: int, number: int, random: Random) -> list[tuple[int, int]]:
    sentences = list(_sentences(text, first, last))
    if number <= len(sentences) // 4:
        step = len(sentences) // (number + 1)
        return sentences[step::step][:number] if number else []
    few = list(islice(cycle(pairwise(sentences)), number))
    spans = []
    for (start, end), (_next, further) in few:
        long = random.random() < 0.2
        spans.append((start, further if long else end - random.randrange(0, (end - start) // 3)))
    if number <= 100:
        middle = sentences[len(sentences) // 2]
        tail = sentences[min(len(sentences) // 2 + 4, len(sentences) - 1)]
        deep = [(middle[0] + 3 * at, tail[1] - 5 * at) for at in range(10)]
        spans[: len(deep)] = deep
    return spans


def _sentences(text: str, first: int, last: int) -> list[tuple[int, int]]:
    found, at = [], first
    while at < last:
        start, end = boundaries.sentence_at(text, at)
        if end - start > 40 and first <= start and end <= last:
            found.append((start, end))
        at = max(end, at) + 1
    return found
