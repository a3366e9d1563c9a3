"""Words that lost letters of a ligature in the PDF ("confdential"): found by the word meant.

The text and every quote keep what the file says; the repaired form is used for searching and
shown beside a quote. The words of the project's other documents tell what was meant.
"""

from collections import Counter
from collections.abc import Mapping

import numpy as np
from rapidfuzz.distance import Indel
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.coding.documents import load_text_layer
from app.documents.cleaning import CleanText
from app.documents.letters import LostLigatures
from app.documents.words import WORD, count_words
from app.models import Project
from app.models.evidence import Document, TextLayer

_SIGNS = (
    "specifc", "signifcan", "confden", "identifed", "beneft", "diferen", "ofce", "difcult",
    "efcien", "sufcien", "defned", "fnding", "fnanc", "qualifed", "staf ", "speciic",
    "signiican", "coniden", "identiied", "beneit", "dificult", "diicult", "eicien", "suicien",
    "difer", "eforts", "efect",
)  # fmt: skip
_ENOUGH_SIGNS = 3
_WITNESSES = 12  # documents whose words tell what was meant
_COMMON = """
affect affected affects affair afford afraid after afternoon attitude benefit beneficial
beneficiaries benefits briefly buffer certified certificate chief classification classified
coefficient confidence confidential confidentiality confirm confirmed conflict conflicts
deficiencies deficit define defined definition definitions differ difference differences different
difficult difficulties difficulty effect effective effectively effectiveness effects efficacy
efficiency efficient efficiently effort efforts field fields fifteen fifth fifty fight figure
figures file files fill filled final finally finance financial find finding findings finds fine
firm first firstly fiscal fit five fixed flexible flexibility flow floor follow fulfil identified
identify identifies identification inflation influence influenced insufficient justification
justified justify life modified modification notification notified office officer officers offices
official officials offer offered offering offers often profit profile proficiency qualification
qualified reflect reflected reflects refine satisfaction satisfied scientific scientist sacrifice
significance significant significantly simplified specific specifically specification specified
specify staff staffing sufficient sufficiently suffer suffered traffic trafficking trafficked
traffickers unified verified verify workflow the their them then there these they this those
though three through that than thus
"""


def lost_ligatures(session: Session, document_id: str, text: str) -> Mapping[str, str]:
    """Return the damaged words of a text and what they mean; hardly ever more than a look."""
    if sum(sign in text for sign in _SIGNS) < _ENOUGH_SIGNS:
        return {}
    language = session.scalar(select(Document.language).where(Document.id == document_id))
    question = (
        select(TextLayer.text)
        .join(Document, Document.text_layer_id == TextLayer.id)
        .where(Document.id != document_id, Document.language == language)
        .limit(_WITNESSES)
    )
    counts: Counter[str] = Counter()
    for other in session.scalars(question):
        if sum(sign in other for sign in _SIGNS) < _ENOUGH_SIGNS:
            counts += count_words([other])
    known = {word for word, count in counts.items() if count > 1}
    return LostLigatures(known.union(_COMMON.split())).repairs(text)


def with_repairs(clean: CleanText, repairs: Mapping[str, str]) -> CleanText:
    """Return clean text with damaged words as they were meant; offsets lead to the file's words."""
    if not repairs:
        return clean
    texts: list[str] = []
    sources: list[int] = []
    done = 0
    for match in WORD.finditer(clean.text):
        meant = repairs.get(match.group())
        if meant is None:
            continue
        start, end = match.span()
        texts += (clean.text[done:start], meant)
        sources += range(done, start)
        sources += [start + place for place in _origins(match.group(), meant)]
        done = end
    if not done:
        return clean
    texts.append(clean.text[done:])
    sources += range(done, len(clean.text))
    return CleanText("".join(texts), clean.offsets[np.array(sources, dtype=np.intp)])


def _origins(damaged: str, meant: str) -> list[int]:
    """Return, for each letter of the word meant, the letter of the damaged word it comes from."""
    found = [0] * len(meant)
    for block in Indel.opcodes(damaged, meant):
        for step in range(block.dest_end - block.dest_start):
            at = block.src_start + (step if block.tag == "equal" else -1)
            found[block.dest_start + step] = min(max(at, 0), len(damaged) - 1)
    return found


def repaired_words(project: Project, document_id: str, start: int, end: int) -> str:
    """Return the file's words of a passage as they were meant, "" where nothing was lost."""
    with project.read() as session:
        layer_id = session.scalar(select(Document.text_layer_id).where(Document.id == document_id))
        text = load_text_layer(session, document_id, layer_id or "")
        repairs = lost_ligatures(session, document_id, text.text)
    words = text.clean(start, end)
    meant = WORD.sub(lambda match: repairs.get(match.group(), match.group()), words)
    return meant if meant != words else ""
