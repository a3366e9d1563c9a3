"""How far raters agree on how strongly a factor worked: ordinal alpha of their ratings."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select

from app.analysis.agreement.coefficients import Ratings, rate
from app.models import Project
from app.models.codebook import Code
from app.models.people import Coder
from app.models.team import Rating

RATED = "rated"


@dataclass(frozen=True, slots=True)
class RatingScores:
    """Agreement on the ratings of one code, or of all (``code_id`` ""); items are studies."""

    code_id: str
    name: str
    coders: tuple[str, ...]
    scores: Ratings
    coding_ids: tuple[str, ...] = ()
    """The passages that the ratings rest on."""


def rating_agreement(
    project: Project,
    coder_ids: Collection[str] | None = None,
    code_ids: Collection[str] | None = None,
) -> tuple[RatingScores, ...]:
    """Return all codes together first, then each code; nothing where fewer than two rated.

    A factor that a rater called mixed or missing has no rank, and counts as no value there.
    """
    with project.read() as session:
        rows = session.execute(
            select(
                Rating.study_id,
                Rating.code_id,
                Rating.coder_id,
                Rating.state,
                Rating.value,
                Rating.coding_ids,
            )
            .join(Coder, Coder.id == Rating.coder_id)
            .where(Coder.role != "consensus")
            .order_by(Coder.position, Rating.code_id, Rating.study_id)
        ).all()
        names: dict[str, str] = {}
        for code_id, name in session.execute(select(Code.id, Code.name)):
            names[code_id] = name
    rows = [
        row
        for row in rows
        if (coder_ids is None or row.coder_id in coder_ids)
        and (code_ids is None or row.code_id in code_ids)
    ]
    coders = tuple(dict.fromkeys(row.coder_id for row in rows))
    if len(coders) < 2:
        return ()
    values: dict[tuple[str, str], dict[str, int | None]] = {}
    for row in rows:
        said = row.value if row.state == RATED else None
        values.setdefault((row.code_id, row.study_id), {})[row.coder_id] = said

    def scores(code_id: str) -> RatingScores:
        items = [
            [said.get(coder) for coder in coders]
            for (code, _study), said in values.items()
            if code_id in ("", code)
        ]
        name = names.get(code_id, code_id) if code_id else "All codes"
        codings = [row.coding_ids for row in rows if code_id in ("", row.code_id)]
        rests_on = tuple(dict.fromkeys(coding for some in codings for coding in some))
        return RatingScores(code_id, name, coders, rate(items, "ordinal"), rests_on)

    return (scores(""), *(scores(code) for code in dict.fromkeys(key[0] for key in values)))
