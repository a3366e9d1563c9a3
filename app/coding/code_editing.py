"""Changing the codebook of a project: each verb is one act that can be taken back.

Codes are never removed and codings never rewritten: a code that goes into another is retired with
an alias that leads there (see ``code_aliases``), a code nobody wants is retired.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.coding.code_aliases import MERGE, RENAME, SPLIT, living_codes
from app.coding.code_rules import (
    all_clusters,
    categories_in,
    checked_colour,
    codes_in,
    free_hot_key,
    free_name,
    held,
    holder_of,
    new_key,
    put_at,
    slug,
    unique,
)
from app.coding.codebooks import put_alias
from app.errors import UserError
from app.models import Project, ids
from app.models.codebook import Category, Cluster, Code, CodeAlias, CodebookFacts
from app.models.coding import Coding

LONGEST_VERSION = 20
VALENCE_SIGNS = "+-*~?"
"""A name holds none of these: in the list of codes they are keys."""
TEXTS = {
    "definition": "definition",
    "include": "what to include",
    "exclude": "what to exclude",
    "example": "example",
    "basis": "basis",
}
GONE = UserError("This code is no longer there.", "It may have been undone elsewhere.")


@dataclass(frozen=True, slots=True)
class MergeReport:
    """What merging two codes brought together; codings of all coders."""

    codings: int
    name: str
    into: str


def is_proposal(project: Project) -> bool:
    """Say whether changes of the codebook travel to the lead as proposals (in a hand-out)."""
    return project.kind == "handout"


def create_code(
    project: Project,
    name: str,
    category_id: str,
    *,
    definition: str = "",
    after: str = "",
    label: str = "Create code",
    group: str | None = None,
) -> str:
    """Add a code to a category, at its end or after another code; return its id.

    Acts with the same ``group`` undo as one, under the ``label`` of the first.

    Raises:
        UserError: the name is empty or taken, or the category is gone.
    """
    with project.change(label, group=group) as session:
        return add_code(session, name, category_id, definition=definition, after=after)


def add_code(
    session: Session, name: str, category_id: str, *, definition: str = "", after: str = ""
) -> str:
    """Add a code inside a change; see ``create_code``."""
    name = _code_name(session, name)
    category = session.get(Category, category_id)
    if category is None:
        raise UserError("This category is no longer there.", "Choose another one.")
    row = Code(
        id=ids.new_id(),
        key=new_key(session, name, category),
        name=name,
        category_id=category.id,
        cluster_id=category.cluster_id,
        further_cluster_ids=[],
        definition=definition.strip(),
        include="",
        exclude="",
        example="",
        see_instead=[],
        colour="",
        hot_key="",
        starter=False,
        retired=False,
        basis="",
        position=0,
    )
    siblings = codes_in(session, category.id)
    session.add(row)
    known = [code.id for code in siblings]
    put_at(siblings, row, known.index(after) + 1 if after in known else len(known))
    return row.id


def create_category(project: Project, name: str, cluster_id: str) -> str:
    """Add a category at the end of a cluster and return its id.

    Raises:
        UserError: the name is empty, or taken in this cluster.
    """
    with project.change("Create category") as session:
        siblings = categories_in(session, cluster_id)
        name = free_name(name, [row.name for row in siblings], "category", "in this cluster")
        keys = set(session.scalars(select(Category.key)))
        row = Category(
            id=ids.new_id(),
            key=unique(slug(name), keys),
            name=name,
            cluster_id=cluster_id,
            description="",
            position=0,
        )
        session.add(row)
        put_at(siblings, row, len(siblings))
        return row.id


def create_cluster(project: Project, name: str) -> str:
    """Add a cluster at the end and return its id; it has no number until it is given one.

    Raises:
        UserError: the name is empty or taken.
    """
    with project.change("Create cluster") as session:
        siblings = all_clusters(session)
        name = free_name(name, [row.name for row in siblings], "cluster")
        numbers = [int(row.number) for row in siblings if row.number.isdigit()]
        row = Cluster(
            id=ids.new_id(),
            key=unique(slug(name), {row.key for row in siblings}),
            name=name,
            number=str(max(numbers, default=0) + 1),
            is_context=False,
            position=0,
        )
        session.add(row)
        put_at(siblings, row, len(siblings))
        return row.id


def rename_code(project: Project, code_id: str, name: str) -> None:
    """Give a code another name; the old one goes on leading to it.

    Raises:
        UserError: the name is empty or taken.
    """
    with project.change("Rename code") as session:
        row = _code(session, code_id)
        name = _code_name(session, name, row.id)
        if name == row.name:
            return
        if name.casefold() != row.name.casefold():
            put_alias(session, row.id, row.name)
        again = select(CodeAlias).where(CodeAlias.code_id == row.id, CodeAlias.origin == RENAME)
        for alias in session.scalars(again):
            if alias.name.casefold() == name.casefold():
                session.delete(alias)
        row.name = name


def rename_category(project: Project, category_id: str, name: str) -> None:
    """Give a category another name.

    Raises:
        UserError: the name is empty, or taken in its cluster.
    """
    with project.change("Rename category") as session:
        row = session.get_one(Category, category_id)
        siblings = categories_in(session, row.cluster_id)
        others = [one.name for one in siblings if one.id != row.id]
        row.name = free_name(name, others, "category", "in this cluster")


def rename_cluster(project: Project, cluster_id: str, name: str) -> None:
    """Give a cluster another name.

    Raises:
        UserError: the name is empty or taken.
    """
    with project.change("Rename cluster") as session:
        row = session.get_one(Cluster, cluster_id)
        others = [one.name for one in all_clusters(session) if one.id != row.id]
        row.name = free_name(name, others, "cluster")


def edit_code(
    project: Project,
    code_id: str,
    *,
    hot_key: str | None = None,
    colour: str | None = None,
    see_instead: Sequence[str] | None = None,
    further_cluster_ids: Sequence[str] | None = None,
    **texts: str,
) -> None:
    """Change parts of a code: definition, include, exclude, example, basis and the named ones.

    ``see_instead`` holds code keys; an empty ``colour`` means that of the cluster.

    Raises:
        UserError: the hot key is reserved or taken, or the colour is none.
    """
    given: dict[str, Any] = {
        "hot key": hot_key,
        "colour": colour,
        "neighbours": see_instead,
        "further clusters": further_cluster_ids,
        **{TEXTS[name]: text for name, text in texts.items()},
    }
    changed = [words for words, value in given.items() if value is not None]
    label = f"Change {changed[0]}" if len(changed) == 1 else "Change code"
    with project.change(label) as session:
        row = _code(session, code_id)
        for name, text in texts.items():
            setattr(row, name, text.strip())
        if hot_key is not None:
            row.hot_key = free_hot_key(session, row, hot_key)
        if colour is not None:
            row.colour = checked_colour(colour)
        if see_instead is not None:
            row.see_instead = [key for key in dict.fromkeys(see_instead) if key != row.key]
        if further_cluster_ids is not None:
            further = dict.fromkeys(further_cluster_ids)
            row.further_cluster_ids = [one for one in further if one != row.cluster_id]


def move_codes(
    project: Project, code_ids: Sequence[str], category_id: str, *, before: str = ""
) -> None:
    """Put codes into a category, before another code or at its end.

    Raises:
        UserError: a code or the category is gone.
    """
    with project.change("Move code" if len(code_ids) == 1 else "Move codes") as session:
        category = session.get(Category, category_id)
        if category is None:
            raise UserError("This category is no longer there.", "Choose another one.")
        for code_id in code_ids:
            row = _code(session, code_id)
            siblings = [one for one in codes_in(session, category.id) if one.id != row.id]
            known = [one.id for one in siblings]
            at = known.index(before) if before in known else len(known)
            if row.category_id != category.id:
                row.category_id, row.cluster_id = category.id, category.cluster_id
                own = category.cluster_id
                row.further_cluster_ids = [i for i in row.further_cluster_ids if i != own]
            put_at(siblings, row, at)
            session.flush()


def move_category(project: Project, category_id: str, cluster_id: str, *, before: str = "") -> None:
    """Put a category with its codes into a cluster, before another category or at its end."""
    with project.change("Move category") as session:
        row = session.get_one(Category, category_id)
        siblings = [one for one in categories_in(session, cluster_id) if one.id != row.id]
        known = [one.id for one in siblings]
        old, row.cluster_id = row.cluster_id, cluster_id
        for code in codes_in(session, row.id) if old != cluster_id else ():
            if code.cluster_id == old:
                code.cluster_id = cluster_id
                further = code.further_cluster_ids
                code.further_cluster_ids = [one for one in further if one != cluster_id]
        put_at(siblings, row, known.index(before) if before in known else len(known))


def move_cluster(project: Project, cluster_id: str, *, before: str = "") -> None:
    """Put a cluster before another one, or at the end."""
    with project.change("Move cluster") as session:
        row = session.get_one(Cluster, cluster_id)
        siblings = [one for one in all_clusters(session) if one.id != row.id]
        known = [one.id for one in siblings]
        put_at(siblings, row, known.index(before) if before in known else len(known))


def remove_group(project: Project, kind: str, group_id: str) -> None:
    """Remove an empty category or cluster (``kind`` is ``category`` or ``cluster``).

    Raises:
        UserError: something is still in it.
    """
    with project.change(f"Remove {kind}") as session:
        row: Category | Cluster
        if kind == "category":
            row = session.get_one(Category, group_id)
            inside = session.scalars(select(Code).where(Code.category_id == group_id)).all()
            words = held([code.retired for code in inside])
        else:
            row = session.get_one(Cluster, group_id)
            number = len(categories_in(session, group_id))
            words = f"{number} {'category' if number == 1 else 'categories'}" if number else ""
        if words:
            raise UserError(f"“{row.name}” still holds {words}.", "Move them elsewhere first.")
        session.delete(row)


def merge_codes(project: Project, code_id: str, into: str) -> MergeReport:
    """Let one code go into another: all its codings count there from now on.

    The codings themselves stay as each coder made them.

    Raises:
        UserError: the two are one, or one of them is retired.
    """
    with project.change("Merge codes") as session:
        row, target = _code(session, code_id), _code(session, into)
        living = living_codes(session)
        if row.id == target.id:
            raise UserError("A code cannot go into itself.", "Choose another code.")
        for one in (row, target):
            if one.retired:
                raise UserError(f"“{one.name}” is retired.", "Bring it back first.")
        codings = _number_of_codings(session, living.spellings(row.id))
        put_alias(session, target.id, row.name, MERGE, row.id)
        row.retired, row.hot_key = True, ""
        return MergeReport(codings, row.name, target.name)


def retire_codes(project: Project, code_ids: Sequence[str]) -> None:
    """Hide codes and no longer count their codings; ``bring_back`` undoes it at any time."""
    label = "Retire code" if len(code_ids) == 1 else f"Retire {len(code_ids)} codes"
    with project.change(label) as session:
        for code_id in code_ids:
            _code(session, code_id).retired = True


def bring_back(project: Project, code_id: str) -> None:
    """Bring back a retired code, or part one that had gone into another.

    Raises:
        UserError: another code has its name meanwhile.
    """
    with project.change("Bring code back") as session:
        row = _code(session, code_id)
        others = select(Code.name).where(Code.id != row.id, ~Code.retired)
        free_name(row.name, session.scalars(others).all(), "code")
        merges = select(CodeAlias).where(
            CodeAlias.origin == MERGE, CodeAlias.origin_code_id == row.id
        )
        for alias in session.scalars(merges):
            session.delete(alias)
        row.retired = False
        if row.hot_key and holder_of(session, row.hot_key, row.id) is not None:
            row.hot_key = ""


def name_version(project: Project, version: str) -> None:
    """Give the codebook as it stands a version, to see later what changed since.

    Raises:
        UserError: the version is empty, too long, or the one it has.
    """
    version = " ".join(version.split())
    with project.change("Name codebook version") as session:
        facts = session.scalars(select(CodebookFacts)).first()
        if facts is None or not version or len(version) > LONGEST_VERSION:
            raise UserError("A version is a short word or number.", "Type something like 1.1.")
        if facts.version == version:
            raise UserError(f"The codebook is called version {version}.", "Type another one.")
        facts.version = version


def note_split(session: Session, code_id: str, source: Code) -> None:
    """Note from which code another was parted."""
    put_alias(session, code_id, source.name, SPLIT, source.id)


def _code(session: Session, code_id: str) -> Code:
    row = session.get(Code, code_id)
    if row is None:
        raise GONE
    return row


def _code_name(session: Session, name: str, own_id: str = "") -> str:
    sign = next((sign for sign in name if sign in VALENCE_SIGNS), "")
    if sign:
        raise UserError(
            f"“{sign}” sets the valence while you look for a code.", "Write the name without it."
        )
    taken = select(Code.name).where(Code.id != own_id, ~Code.retired)
    return free_name(name, session.scalars(taken).all(), "code")


def _number_of_codings(session: Session, code_ids: Sequence[str]) -> int:
    question = select(func.count(Coding.id)).where(Coding.code_id.in_(code_ids))
    return session.scalar(question) or 0
