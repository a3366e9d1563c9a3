"""Attributes and memos of the sample review: what the analysts recorded beside their codings."""

import re
from dataclasses import dataclass

from app.coding.attribute_evidence import show_evidence
from app.coding.attribute_values import ValueEntry, set_values, settle_value
from app.coding.attributes import STARTERS, add_attributes
from app.coding.codebooks import load_codebook
from app.coding.documents import list_documents, load_text
from app.coding.listing import Coding, list_codings
from app.coding.memos import CODE, DOCUMENT, PASSAGE, PROJECT, STUDY, project_subject, write_memo
from app.coding.people import choose_coder, find_coder
from app.coding.studies import set_integrity
from app.exchange.sample_review.casting import COUNTRIES
from app.exchange.sample_review.records import ANALYSTS
from app.models import Project

USED = ("Country", "Design", "Sample", "Appraisal")
_COUNTRY = re.compile("|".join(rf"\b{name}\b" for name in COUNTRIES))
_SAMPLE = re.compile(r"[\w-]+\s+interviews\s+and\s+[\w-]+\s+(?:case\s+)?files")
_APPRAISALS = ("No or few concerns", "Some concerns", "No or few concerns", "Serious concerns")
_IN_DOUBT = 3
"""Of so many studies the second analyst calls one a case study."""
_WITH_PASSAGES = 16
_MARKED = 27
_PROJECT = """Sample memo, invented for demonstration.

**What we agreed on before round 1**

- A passage is coded where it *says* what helps or hinders, not where it only names a topic.
- The valence is that of the passage, whatever the study concludes in the end.
- Most of what we discussed was about [{code}](code:{code_id})."""
_ON_CODES = (
    ("rel.partner_trust", "Sample memo. Trust between *organisations*; trust of a client in the "
     "programme stands apart. Compare [this passage](passage:{passage})."),
    ("res.funding", "Sample memo. Short grants and late grants both go here. Ask in round 2 "
     "whether they should be parted."),
)  # fmt: skip
_ON_PASSAGES = (
    "Sample memo. Says the same as the chapter on staff, in stronger words.",
    "Sample memo. Whose view is this? The sentence before is a mentor's.",
    "Sample memo. A good example for the report.",
    "Sample memo. Not sure about the stage.",
)
_ON_STUDY = (
    "Sample memo. Two sites are described, but only one in any depth; quotes come from that one."
)
_ON_DOCUMENT = (
    "Sample memo. A scan: only areas can be coded here. Ask the library for another copy."
)
_REASON = "Sample mark, invented for demonstration: withdrawn by the publisher in 2023."


@dataclass(frozen=True, slots=True)
class NotesSample:
    """How much was noted."""

    values: int
    memos: int


def lay_notes(project: Project) -> NotesSample:
    """Record attributes for both analysts and write memos; you are the first analyst then."""
    first, second = (find_coder(project, ANALYSTS[key]).id for key in ("A", "B"))
    values = _lay_attributes(project, first, second)
    memos = _lay_memos(project, first, second)
    studies = list(dict.fromkeys(one.study_id for one in list_documents(project)))
    if len(studies) > _MARKED:
        set_integrity(project, studies[_MARKED], "retracted", _REASON)
    choose_coder(project, first)
    return NotesSample(values, memos)


def _lay_attributes(project: Project, first: str, second: str) -> int:
    drafts = [draft for draft in STARTERS if draft.name in USED]
    ids = dict(zip((d.name for d in drafts), add_attributes(project, drafts), strict=True))
    given = 0
    mine: list[ValueEntry] = []
    theirs: list[ValueEntry] = []
    studies: list[str] = []
    for document in list_documents(project):
        if document.study_id in studies:
            continue
        number = len(studies)
        studies.append(document.study_id)
        text = load_text(project, document.id).text
        for name, pattern in (("Country", _COUNTRY), ("Sample", _SAMPLE)):
            found = pattern.search(text)
            if found is not None:
                words = " ".join(found[0].removeprefix("the ").split())
                if number < _WITH_PASSAGES:
                    place = (document.id, found.start(), found.end())
                    show_evidence(project, ids[name], *place, [words], coder_id=first)
                    given += 1
                else:
                    mine.append(ValueEntry(document.study_id, ids[name], words))
                if name == "Country":
                    theirs.append(ValueEntry(document.study_id, ids[name], words))
        mine.append(
            ValueEntry(document.study_id, ids["Appraisal"], _APPRAISALS[number % len(_APPRAISALS)])
        )
        if text.strip():
            mine.append(ValueEntry(document.study_id, ids["Design"], "Interviews"))
            other = "Case study" if number % _IN_DOUBT == 1 else "Interviews"
            theirs.append(ValueEntry(document.study_id, ids["Design"], other))
    given += set_values(project, mine, coder_id=first) + set_values(
        project, theirs, coder_id=second
    )
    for study in studies[1 : 2 * _IN_DOUBT : _IN_DOUBT]:
        settle_value(
            project, study, ids["Design"], ["Interviews"],
            reason="The cases only illustrate what was said in interviews (sample).",
        )  # fmt: skip
    return given


def _lay_memos(project: Project, first: str, second: str) -> int:
    codes = {code.key: code for code in load_codebook(project).codes}
    documents = list_documents(project)
    own: dict[str, list[Coding]] = {first: [], second: []}
    for coding in list_codings(project):
        if coding.coder_id in own and coding.quote:
            own[coding.coder_id].append(coding)
    written: list[tuple[str, str, str, str]] = []
    for key, text in _ON_CODES:
        if key in codes:
            passages = [one.id for one in own[first] if one.code_id == codes[key].id]
            words = text.format(passage=passages[0] if passages else "")
            written.append((first, CODE, codes[key].id, words))
    funding = codes.get("res.funding")
    if funding is not None:
        words = _PROJECT.format(code=funding.name, code_id=funding.id)
        written.append((first, PROJECT, project_subject(project), words))
    for number, text in enumerate(_ON_PASSAGES):
        coder = (first, second)[number % 2]
        if own[coder]:
            step = len(own[coder]) // (len(_ON_PASSAGES) + 1)
            written.append((coder, PASSAGE, own[coder][(number + 1) * step].id, text))
    for scan in [one for one in documents if not load_text(project, one.id).text.strip()][:1]:
        written.append((second, DOCUMENT, scan.id, _ON_DOCUMENT))
    if documents:
        study = min(documents, key=lambda one: one.study_label)
        written.append((second, STUDY, study.study_id, _ON_STUDY))
    for coder, kind, subject, text in written:
        choose_coder(project, coder)
        write_memo(project, kind, subject, text)
    return len(written)
