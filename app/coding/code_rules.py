"""What names, keys, hot keys, colours and places the parts of a codebook may have."""

import re
from collections.abc import Sequence
from typing import Any
from unicodedata import combining, normalize

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.coding.codebook import CODE_COLOUR, hot_key_problem
from app.errors import UserError
from app.models.codebook import Category, Cluster, Code

LONGEST_NAME = 120


def slug(name: str) -> str:
    """Return a name as the key of a code file: letters, digits and underscores."""
    plain = "".join(sign for sign in normalize("NFKD", name) if not combining(sign))
    return re.sub(r"[^a-z0-9]+", "_", plain.lower()).strip("_")[:48] or "code"


def free_name(name: str, taken: Sequence[str], noun: str, where: str = "") -> str:
    """Return a name without needless spaces; UserError when it is empty, too long or taken."""
    name = " ".join(name.split())
    if not name:
        raise UserError(f"A {noun} needs a name.", "Type a few words.")
    if len(name) > LONGEST_NAME:
        raise UserError(
            f"This name is longer than {LONGEST_NAME} characters.",
            "Put the details into the definition.",
        )
    if name.casefold() in map(str.casefold, taken):
        sentence = " ".join(part for part in (f"There is a {noun} “{name}” already", where) if part)
        raise UserError(f"{sentence}.", "Choose another name.")
    return name


def free_hot_key(session: Session, row: Code, hot_key: str) -> str:
    """Return a hot key in capitals; UserError when it is reserved or another code has it."""
    hot_key = hot_key.strip().upper()
    if not hot_key:
        return ""
    problem = hot_key_problem(hot_key)
    if problem:
        raise UserError(problem)
    holder = holder_of(session, hot_key, row.id)
    if holder is not None:
        raise UserError(f"{hot_key} is the hot key of “{holder.name}”.", "Choose another letter.")
    return hot_key


def holder_of(session: Session, hot_key: str, own_id: str) -> Code | None:
    """Return the other code that has a hot key, if any."""
    living = session.scalars(select(Code).where(Code.id != own_id, ~Code.retired))
    return next((code for code in living if code.hot_key.upper() == hot_key.upper()), None)


def checked_colour(colour: str) -> str:
    """Return a colour in capitals; UserError when it is none."""
    colour = colour.strip().upper()
    if colour and not CODE_COLOUR.fullmatch(colour):
        raise UserError("A colour is written like #1F6E9C.", "Choose one from the list.")
    return colour


def new_key(session: Session, name: str, category: Category) -> str:
    """Return a key like those of the category's other codes: ``maw.mandate``."""
    keys = set(session.scalars(select(Code.key)))
    near = session.scalars(select(Code.key).where(Code.category_id == category.id)).first() or ""
    prefix = near.partition(".")[0] if "." in near else ""
    return unique(f"{prefix}.{slug(name)}" if prefix else slug(name), keys)


def unique(wanted: str, taken: set[str]) -> str:
    """Return the wanted key, numbered where it is taken."""
    numbered = (f"{wanted}_{number}" for number in range(2, 10_000))
    return next(key for key in (wanted, *numbered) if key not in taken)


def all_clusters(session: Session) -> list[Cluster]:
    """Return all clusters in their order."""
    return list(session.scalars(select(Cluster).order_by(Cluster.position, Cluster.id)))


def categories_in(session: Session, cluster_id: str) -> list[Category]:
    """Return the categories of a cluster in their order."""
    inside = select(Category).where(Category.cluster_id == cluster_id)
    return list(session.scalars(inside.order_by(Category.position, Category.id)))


def codes_in(session: Session, category_id: str) -> list[Code]:
    """Return the codes of a category in their order, retired ones too."""
    inside = select(Code).where(Code.category_id == category_id)
    return list(session.scalars(inside.order_by(Code.position, Code.id)))


def put_at(siblings: Sequence[Any], row: Any, at: int) -> None:
    """Give a row the position that puts it at a place; the others are moved only where needed.

    So two people who move different codes do not change the same rows.
    """
    if not siblings:
        return
    before = siblings[at - 1].position if at else None
    after = siblings[at].position if at < len(siblings) else None
    if after is None:
        row.position = (before or 0) + 1
        return
    if before is None:
        row.position = after - 1
        return
    row.position = before + (after - before) // 2 if after - before > 1 else before + 1
    last = row.position
    for sibling in siblings[at:]:
        if sibling.position > last:
            break
        sibling.position = last = last + 1


def held(retired: Sequence[bool]) -> str:
    """Return in words how many codes something holds, "" for none."""
    if not retired:
        return ""
    number = len(retired)
    words = f"{number} {'code' if number == 1 else 'codes'}"
    return f"{words}, {sum(retired)} of them retired" if any(retired) else words
