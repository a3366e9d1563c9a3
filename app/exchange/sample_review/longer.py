"""The thesis, which is long, and the abstracts, which are short."""

from collections.abc import Mapping, Sequence
from random import Random

from app.documents.typesetting import Paragraph
from app.exchange.sample_review.findings import Piece, family_of
from app.exchange.sample_review.grammar import Slot, fill
from app.exchange.sample_review.writing import FAMILY_TITLES, Writer, codes_named

NOTES = (
    "All names of programmes, places and people in this text are invented.",
    "The programme, its figures and the interviews are invented, as each page says.",
    "Earlier versions were discussed at a sample seminar, which is invented as well.",
    "Quotations have been written for this sample. Nobody said them.",
)
ABSTRACT = (
    "{prog} supports people [about whom there is concern|at risk] in {country} through case "
    "management.",
    "This [study|text] asks which conditions [helped or hindered|eased or hampered] its delivery, "
    "drawing on {interviews} interviews and {files} case files from three sites.",
    "[Much was said about|Accounts centred on] {first} and {second}; [others stressed|there was "
    "also much on] {third}.",
    "[Conditions seldom acted alone|Single conditions explained little]: what helped was the way "
    "in which several of them met.",
    "The text, the programme and all findings are invented for demonstration.",
)


def abstract_of(rng: Random, slots: Mapping[str, Slot], pieces: Sequence[Piece]) -> str:
    """Return an abstract that names what the study says most about."""
    families = list(dict.fromkeys(family_of(code) for code in codes_named(pieces)))
    titles = [FAMILY_TITLES[name] for name in families]
    titles = [title[0].lower() + title[1:] for title in titles]
    first, second, third = (*titles, "time", "trust", "place")[:3]
    own = {**slots, "first": first, "second": second, "third": third}
    return " ".join(fill(sentence, rng, own) for sentence in ABSTRACT)


def write_thesis(writer: Writer, pieces: Sequence[Piece], towns: Sequence[str]) -> None:
    """Write a thesis of eight chapters and three appendices."""
    writer.heading("Introduction")
    writer.prose("intro", note=NOTES[0])
    writer.heading("Aims", 2)
    writer.prose("aims")
    writer.heading("How this thesis came about", 2)
    writer.prose("reflexive")
    writer.heading("Earlier work and theory")
    writer.prose("literature")
    writer.heading("Words and frames", 2)
    writer.prose("theory")
    writer.heading("The programme and its towns")
    writer.prose("setting")
    writer.heading("Three teams", 2)
    writer.prose("portrait")
    writer.vignettes(9)
    writer.heading("Method")
    for title, part in (("Design", "design"), ("Interviews and files", "sample"),
                        ("Analysis", "analysis"), ("Ethics", "ethics")):  # fmt: skip
        writer.heading(title, 2)
        writer.prose(part)
    writer.sample_table(towns)
    _findings_by_chapter(writer, pieces)
    writer.wide_table(towns)
    writer.heading("Discussion")
    writer.prose("discussion", note=NOTES[1])
    writer.heading("What follows for practice", 2)
    writer.prose("implications")
    writer.listing("listing", 10)
    writer.heading("Limits", 2)
    writer.prose("limitations")
    writer.heading("Conclusion")
    writer.prose("conclusion")
    writer.heading("Appendix A: Questions asked", numbered=False)
    writer.listing("guide", 13, numbered=True)
    writer.heading("Appendix B: Cases in the order of the files", numbered=False)
    writer.vignettes(60)
    writer.heading("Appendix C: Interviews", numbered=False)
    writer.interview_tables(towns, 58)


def _findings_by_chapter(writer: Writer, pieces: Sequence[Piece]) -> None:
    """Give each part of the findings a chapter of its own."""
    chapters = (
        ("Bodies around a table", ("maw", "info", "relp")),
        ("The course of a case", ("proc", "tool", "res", "gov")),
        ("Workers and clients", ("relc", "exp", "train", "support")),
        ("The world around the programme", ("ctx", "mod")),
    )
    for at, (title, families) in enumerate(chapters):
        writer.heading(title)
        if at == 0:
            writer.prose("findings")
        for name in families:
            writer.heading(FAMILY_TITLES[name], 2)
            own = [piece for piece in pieces if piece.family == name]
            writer.family(name, own, most_opening=4)
            writer.vignettes(3)
        if at == 1:
            writer.chart(pieces)
    writer.blocks.append(
        Paragraph("The next chapter steps back from the single passage and asks what these share.")
    )
