"""The words around the table of agreement: what was compared, and why there is nothing."""

from app.coding.agreement import Agreement
from app.exchange.agreement_json import scope_warnings
from app.ui.team.agreement_columns import CHARACTERS, DOCUMENTS, PASSAGES, STUDIES
from app.ui.team.agreement_lines import Board
from app.ui.views.studies_rows import count

NOTHING = {
    "ratings": ("No ratings of two raters", "Ratings stand here once two people have rated the "
                "same factor in a study."),
    "areas": ("No areas to compare", "Nobody has coded an area of a table or figure here."),
    "facets": ("No values to compare", "Valence and stage are compared where two coders gave the "
               "same code to the same passage."),
    "pairs": ("No pair of coders", "A pair stands here once two coders have worked on the same "
              "study."),
}  # fmt: skip
"""Why a table is empty though coders are compared."""


def foot_of(done: Agreement, board: Board) -> str:
    """Return unit, layer, statistic with version, seed, codebook and warnings."""
    scope, chosen = done.report.scope, done.report.settings
    unit = {
        CHARACTERS: f"characters of {count(scope.n_documents, 'document')}",
        DOCUMENTS: f"{count(scope.n_documents, 'document')}, a code there or not",
        STUDIES: f"{count(scope.n_studies, 'study')}, a code there or not",
        PASSAGES: f"passages and areas matched at {chosen.threshold:.0%} overlap",
    }[board.unit]
    told = (
        f"Unit: {unit}, worked through by two coders or more; independent layers, not the "
        f"consensus. |u-alpha in its form of 2016/2019; intervals from {chosen.replicates:,} "
        f"draws of {scope.clusters_drawn}, seed {chosen.seed}."
    )
    book = done.work.codebook_version if done.work else ""
    version = f"Codebook {book}." if book else ""
    return " ".join(
        one for one in (told, version, board.foot, *scope_warnings(done.report, done.work)) if one
    )


def is_compared(done: Agreement) -> bool:
    """Whether any text was worked through by two coders."""
    return done.report.scope.n_texts > 0


def why_nothing(done: Agreement) -> tuple[str, str]:
    """Return why nobody can be compared with anybody."""
    coders = len(done.work.layers.coders) if done.work else 0
    if coders < 2:
        return ("Only one coder", "Agreement needs two coders who work on the same studies "
                "independently. Hand out a file to a second coder.")  # fmt: skip
    if done.report.scope.n_single:
        return ("No study by two coders yet", "Numbers stand here once two coders have worked "
                "through the same study.")  # fmt: skip
    return ("Nothing coded yet", "Numbers stand here once two coders have coded the same study.")


def listed(names: tuple[str, ...]) -> str:
    """Return names as a list in words, or how many there are."""
    if len(names) > 3:
        return f"{len(names)} coders"
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
