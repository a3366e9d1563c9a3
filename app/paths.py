"""The only place that knows where the shipped files are."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CODEBOOKS = ROOT / "codebooks"
RESOURCES = ROOT / "resources"


def codebook_file(codebook_id: str) -> Path:
    """Return the path of a shipped codebook; the file may not exist."""
    return CODEBOOKS / f"{codebook_id}.yaml"


def shipped_codebooks() -> tuple[str, ...]:
    """Return the ids of all shipped codebooks in alphabetical order."""
    return tuple(sorted(path.stem for path in CODEBOOKS.glob("*.yaml")))


def resource(*parts: str) -> Path:
    """Return the path of a shipped resource such as ``resource("icons", "undo-2.svg")``."""
    return RESOURCES.joinpath(*parts)
