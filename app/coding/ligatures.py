"""Words that lost letters of a ligature in the PDF ("confdential"): found by the word meant.

The text and every quote keep what the file says; the repaired form is used for searching and
shown beside a quote. The words of the project's other documents tell what was meant.
"""

from collections import Counter
from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.coding.documents import load_text, text_of
from app.documents.letters import LostLigatures
from app.documents.repaired import meant_words
from app.documents.words import count_words
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


def may_be_damaged(text: str) -> bool:
    """Tell at a glance whether words of a text may have lost letters; hardly any has."""
    return sum(sign in text for sign in _SIGNS) >= _ENOUGH_SIGNS


def lost_ligatures(session: Session, document_id: str, text: str) -> Mapping[str, str]:
    """Return the damaged words of a text and what they mean; hardly ever more than a look."""
    if not may_be_damaged(text):
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
        if not may_be_damaged(other):
            counts += count_words([other])
    known = {word for word, count in counts.items() if count > 1}
    return LostLigatures(known.union(_COMMON.split())).repairs(text)


def repairs_of(project: Project, document_id: str) -> Mapping[str, str]:
    """Return the damaged words of a document's text and what they mean.

    Raises:
        UserError: there is no such document.
    """
    with project.read() as session:
        text = text_of(session, document_id)
        return lost_ligatures(session, document_id, text.text)


def repaired_words(project: Project, document_id: str, start: int, end: int) -> str:
    """Return the file's words of a passage as they were meant, "" where nothing was lost."""
    words = load_text(project, document_id).clean(start, end)
    return meant_words(words, repairs_of(project, document_id))
