"""Finds a codebook by the name under which it is shipped, or as a file."""

from pathlib import Path

from app import paths
from app.coding.codebook import Codebook
from app.errors import UserError
from app.exchange.codebook_yaml import read_codebook


def find_codebook(id_or_file: str) -> Codebook:
    """Return a shipped codebook by its id, or one from a YAML file.

    Raises:
        UserError: there is neither, or the file does not hold a sound codebook.
    """
    shipped = paths.shipped_codebooks()
    if id_or_file in shipped:
        return read_codebook(paths.codebook_file(id_or_file))
    path = Path(id_or_file)
    if not path.is_file():
        raise UserError(
            f"There is no codebook {id_or_file}.",
            f"Shipped ones are {', '.join(shipped)}; or name a YAML file.",
        )
    return read_codebook(path)
