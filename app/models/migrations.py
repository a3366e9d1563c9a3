"""Numbered steps from every older form of the project file to this one."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine

from app.errors import UserError
from app.models import form_2
from app.models.connection import APPLICATION_ID, WRITE

SCHEMA = 2


@dataclass(frozen=True, slots=True)
class MigrationStep:
    """One step; ``version`` is the form of the file after it."""

    version: int
    remark: str
    run: Callable[[Connection], None]


STEPS: tuple[MigrationStep, ...] = (
    MigrationStep(2, "attributes, aliases, rechecks, ratings, settled anchors", form_2.add_tables),
)


def stamp(connection: Connection) -> None:
    """Mark a new file as a Cofactor project of this form."""
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA}")


def version_of(connection: Connection, path: Path) -> int:
    """Return the form of the file.

    Raises:
        UserError: it is no Cofactor file, or one of a newer Cofactor.
    """
    if connection.exec_driver_sql("PRAGMA application_id").scalar() != APPLICATION_ID:
        raise UserError(
            f"{path.name} is not a Cofactor project.", "Choose a file that ends in .cofactor."
        )
    version = int(connection.exec_driver_sql("PRAGMA user_version").scalar() or 0)
    if version > SCHEMA:
        raise UserError(
            f"{path.name} was made by a newer Cofactor.",
            "Update Cofactor on this computer, then open it again.",
        )
    return version


def migrate(
    engine: Engine,
    path: Path,
    back_up: Callable[[], object],
    steps: tuple[MigrationStep, ...] = STEPS,
) -> bool:
    """Bring the file to the newest form in one transaction, after a backup.

    Returns whether anything was to be done. The file is as before when a step fails.
    """
    with engine.connect() as connection:
        version = version_of(connection, path)
    waiting = [step for step in steps if step.version > version]
    if not waiting:
        return False
    back_up()
    with engine.execution_options(**{WRITE: True}).begin() as connection:
        for step in waiting:
            step.run(connection)
            connection.exec_driver_sql(f"PRAGMA user_version = {step.version}")
    return True
