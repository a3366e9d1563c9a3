"""The base of all typed tables."""

from functools import cache
from typing import Any, ClassVar

from sqlalchemy import JSON, Column, ForeignKey, MetaData
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

Content = dict[str, Any]

_NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """All tables of a project file."""

    metadata = MetaData(naming_convention=_NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        list[str]: JSON,
        list[float]: JSON,
        list[int]: JSON,
        dict[str, list[str]]: JSON,
        dict[str, str]: JSON,
        dict[str, int]: JSON,
        dict[str, Any]: JSON,
    }


class Logged(Base):
    """A row whose every state is a revision in the log; this table holds the newest state."""

    __abstract__ = True

    id: Mapped[str] = mapped_column(primary_key=True)

    def content(self) -> Content:
        """Return the row as plain values by column name, without its id."""
        return {name: getattr(self, name) for name in content_columns(type(self))}


@cache
def content_columns(kind: type[Logged]) -> tuple[str, ...]:
    """Return the names of the columns that a revision of this kind stores."""
    return tuple(column.name for column in kind.__table__.columns if column.name != "id")


def reference(target: str) -> "ForeignKey":
    """Return a foreign key checked at the commit, so that rows may arrive in any order."""
    return ForeignKey(target, deferrable=True, initially="DEFERRED")


def logged_kinds() -> dict[str, type[Logged]]:
    """Return the logged classes by table name."""
    return {
        mapper.class_.__tablename__: mapper.class_
        for mapper in Base.registry.mappers
        if issubclass(mapper.class_, Logged)
    }


def references_between_logged() -> dict[str, list[tuple[str, "Column[Any]"]]]:
    """Return, for each logged table, the (table, column) pairs that point to it."""
    kinds = logged_kinds()
    found: dict[str, list[tuple[str, Column[Any]]]] = {name: [] for name in kinds}
    for name, kind in kinds.items():
        for key in kind.__table__.foreign_keys:
            target = key.column.table.name
            if target in found:
                found[target].append((name, key.parent))
    return found
