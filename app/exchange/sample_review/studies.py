"""Puts each study together: what it says, how it is printed, what its record says."""

import re
from dataclasses import replace
from random import Random

from app.coding.references import ReferenceRecord
from app.documents.typesetting import Block, Manuscript, Table
from app.exchange.sample_review.casting import PUBLISHERS, Work, slots_for, works
from app.exchange.sample_review.findings import Mark, Piece, Reporter
from app.exchange.sample_review.longer import NOTES, abstract_of, write_thesis
from app.exchange.sample_review.profiles import TWO_REPORTS, Profile
from app.exchange.sample_review.records import SampleReport
from app.exchange.sample_review.translated import read_translated
from app.exchange.sample_review.writing import Writer

ENGLISH_MARK = "Sample text, invented for demonstration"
MARKS = {
    "en": ENGLISH_MARK,
    "de": f"Beispieltext, zur Vorf\u00fchrung erfunden \u00b7 {ENGLISH_MARK}",
    "nb": f"Eksempeltekst, oppdiktet for demonstrasjon \u00b7 {ENGLISH_MARK}",
    "he": f"\u05d8\u05e7\u05e1\u05d8 \u05dc\u05d3\u05d5\u05d2\u05de\u05d4, "
    f"\u05d4\u05d5\u05de\u05e6\u05d0 \u05dc\u05e6\u05d5\u05e8\u05da "
    f"\u05d4\u05d3\u05d2\u05de\u05d4\n{ENGLISH_MARK}",
}
WORDS = {
    "en": ("Abstract", "Keywords", "Contents", "References"),
    "de": ("Zusammenfassung", "Schlagw\u00f6rter", "Inhalt", "Literatur"),
    "nb": ("Sammendrag", "N\u00f8kkelord", "Innhold", "Litteratur"),
    "he": ("\u05ea\u05e7\u05e6\u05d9\u05e8",
           "\u05de\u05d9\u05dc\u05d5\u05ea \u05de\u05e4\u05ea\u05d7",
           "\u05ea\u05d5\u05db\u05df", "\u05de\u05e7\u05d5\u05e8\u05d5\u05ea"),
}  # fmt: skip
TRANSLATIONS = {"de": "german", "nb": "norwegian", "he": "hebrew"}
KEYWORDS = ("case management", "implementation", "multi-agency working", "prevention",
            "practitioners", "qualitative research", "social work", "exit programmes")  # fmt: skip
TABLES = {
    "de": Table(
        "*Tabelle 1.* Gespr\u00e4che nach Standort (erfundene Zahlen)",
        ("Rolle", "Standort A", "Standort B", "Standort C"),
        (("Fachkraft", "4", "3", "2"), ("Leitung", "1", "1", "1"), ("Polizei", "1", "1", "1"),
         ("Bew\u00e4hrungshilfe", "1", "1", "1")),
    ),
    "nb": Table(
        "*Tabell 1.* Intervjuer etter tjeneste (oppdiktede tall)",
        ("Tjeneste", "Kommune A", "Kommune B", "Kommune C"),
        (("Ungdomsarbeid", "2", "2", "1"), ("Skole", "1", "2", "1"),
         ("Helsetjeneste", "1", "1", "1"),
         ("Politi", "1", "1", "1")),
    ),
}  # fmt: skip
Marked = list[tuple[str, tuple[Mark, ...]]]
KINDS = {"article": "article", "two_column": "article", "hebrew": "article", "thesis": "thesis"}


def write_study(profile: Profile, seed: int) -> tuple[SampleReport, Marked]:
    """Return a report and its paragraphs with the factors that they show."""
    rng = Random(f"study {seed} {profile.study} {profile.layout}")
    if profile.language in TRANSLATIONS:
        manuscript, marked = _translated(profile, rng)
    else:
        manuscript, marked = _english(profile, rng)
    number = int(seed) * 1000 + profile.study
    report = SampleReport(
        file_name=_file_name(profile, manuscript.running_head, rng),
        layout=profile.layout,
        manuscript=manuscript,
        record=ReferenceRecord(),
        study=profile.study,
        seed=number,
        scanned=profile.scanned,
    )
    return replace(report, record=_record(profile, report, rng)), [] if profile.scanned else marked


def _english(profile: Profile, rng: Random) -> tuple[Manuscript, Marked]:
    thesis = profile.layout == "thesis"
    cited = works(rng, 110 if thesis else rng.randint(24, 44), profile.year)
    slots = slots_for(rng, profile.programme, profile.towns, profile.country, profile.year, cited)
    pieces = Reporter(rng, slots).pieces(profile.passages, profile.linked)
    writer = Writer(rng, slots, 1.0 if thesis else rng.uniform(0.8, 1.0))
    if thesis:
        write_thesis(writer, pieces, profile.towns)
    else:
        _write_article(writer, pieces, profile, rng)
    manuscript = _manuscript(
        profile, tuple(writer.blocks), abstract_of(rng, slots, pieces), cited, rng
    )
    return manuscript, writer.marked


def _write_article(writer: Writer, pieces: list[Piece], profile: Profile, rng: Random) -> None:
    long = profile.layout in ("government", "practice_report", "working_paper")
    writer.heading("Introduction")
    writer.prose("intro", note=rng.choice(NOTES) if rng.random() < 0.6 else "")
    writer.prose("aims", share=0.6)
    writer.heading("Earlier work" if rng.random() < 0.5 else "Background")
    writer.prose("literature")
    writer.heading(rng.choice(("The programme", "Setting", "The programme and its sites")))
    writer.prose("setting")
    if rng.random() < 0.75 or long:
        writer.prose("portrait", share=1.0)
    writer.heading(rng.choice(("Method", "Methods", "How the study was done")))
    for part in ("design", "sample", "analysis", "ethics"):
        writer.prose(part)
    if rng.random() < 0.75:
        writer.sample_table(profile.towns)
    writer.heading("Findings")
    writer.prose("findings", share=0.7)
    writer.findings(pieces)
    if rng.random() < 0.45:
        writer.chart(pieces)
    if rng.random() < 0.8 or long:
        writer.heading(rng.choice(("Cases in brief", "Some cases")), 2)
        writer.vignettes(rng.choice((4, 5, 6, 7)))
    if profile.layout != "two_column" and rng.random() < 0.35:
        writer.wide_table(profile.towns)
    writer.heading("Discussion")
    writer.prose("discussion")
    writer.heading("Implications", 2)
    writer.prose("implications", share=0.8)
    if rng.random() < 0.5:
        writer.listing("listing", rng.choice((4, 5, 6)))
    writer.heading("Limitations", 2)
    writer.prose("limitations", share=0.8)
    writer.heading("Conclusion")
    writer.prose("conclusion", share=1.0)
    if rng.random() < 0.4:
        writer.heading("Appendix: Questions asked", numbered=False)
        writer.listing("guide", rng.choice((8, 10, 13)), numbered=True)


def _translated(profile: Profile, rng: Random) -> tuple[Manuscript, Marked]:
    study = read_translated(TRANSLATIONS[profile.language], TABLES.get(profile.language))
    titled = replace(profile, title=study.title, short_title=study.running)
    cited = works(rng, 14, profile.year)
    manuscript = _manuscript(titled, tuple(study.body), study.abstract, cited, rng)
    return replace(manuscript, keywords=study.keywords), study.marked


def _manuscript(
    profile: Profile, body: tuple[Block, ...], abstract: str, cited: tuple[Work, ...], rng: Random
) -> Manuscript:
    return Manuscript(
        title=profile.title,
        authors=profile.authors,
        affiliation=f"{rng.choice(PUBLISHERS)}, {profile.towns[0]} (invented)",
        abstract=abstract,
        keywords=tuple(rng.sample(KEYWORDS, 4)),
        body=body,
        references=tuple(work.entry for work in cited),
        source_line=_source_line(profile),
        running_head=profile.short_title,
        doi=profile.doi,
        language=profile.language,
        mark=MARKS[profile.language],
        words=WORDS[profile.language],
        first_page=profile.first_page,
        year=profile.year,
    )


def _source_line(profile: Profile) -> str:
    if profile.volume:
        return f"{profile.container}, {profile.volume}({profile.issue}), {profile.year}"
    if profile.layout == "thesis":
        return f"Doctoral thesis, {profile.container}"
    return f"{profile.container}, report no. {profile.study + 11}"


def _file_name(profile: Profile, short: str, rng: Random) -> str:
    """Name the file as one of several reference managers would."""
    first = profile.authors[0].split(",")[0]
    plain = re.sub(r"[^\w\s,\u2019-]", "", short).strip()
    several = " et al." if len(profile.authors) > 2 else ""
    if profile.language == "he":
        return f"{profile.study + 1:02d} {first} {profile.year}.pdf"
    if rng.random() < 0.5:
        return f"{first}{several} - {profile.year} - {plain}.pdf"
    if rng.random() < 0.7:
        return f"{first}_{profile.year}_{plain.replace(' ', '_')}.pdf".replace("\u2019", "")
    return f"{profile.study + 1:02d} {first} {profile.year}.pdf"


def _record(profile: Profile, report: SampleReport, rng: Random) -> ReferenceRecord:
    manuscript = report.manuscript
    twin = profile.study == TWO_REPORTS
    return ReferenceRecord(
        type=KINDS.get(profile.layout, "report"),
        title=manuscript.title,
        authors=profile.authors,
        year=profile.year,
        container=profile.container,
        volume=str(profile.volume or ""),
        issue=str(profile.issue or ""),
        pages=str(profile.first_page) if profile.volume else "",
        doi=profile.doi,
        language=profile.language,
        abstract=manuscript.abstract,
        file_names=(report.file_name,) if rng.random() < 0.4 or profile.scanned else (),
        key=f"sample{profile.study + 1:02d}{'' if profile.doi or not twin else 'b'}",
    )
