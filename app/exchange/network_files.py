"""Writes the network as a picture (SVG, PDF, PNG), a graph (GraphML, GEXF) or a table (CSV)."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from app.analysis.network_model import NetworkFigure
from app.errors import UserError
from app.exchange.atomic import replace_file

PNG_DPI = 300


def write_network(figure: NetworkFigure, path: Path, *, dpi: int = PNG_DPI) -> None:
    """Write the figure in the format its suffix names; the same figure gives the same bytes.

    ``dpi`` holds for PNG. Raises UserError for an unknown suffix or when the file cannot be
    written; an earlier file of that name is then as it was.
    """
    writer = _WRITERS.get(path.suffix.lower())
    if writer is None:
        *most, last = _WRITERS
        raise UserError(
            f"A network cannot be written as {path.suffix or 'a file without a suffix'}.",
            hint=f"Use {', '.join(most)} or {last}.",
        )
    data = writer(figure, dpi)
    with replace_file(path) as temporary:
        temporary.write_bytes(data)


def network_suffixes() -> tuple[str, ...]:
    """Return the suffixes ``write_network`` knows, pictures first."""
    return tuple(_WRITERS)


def _svg(figure: NetworkFigure, _dpi: int) -> bytes:
    from app.exchange.network_svg import with_descriptions

    plain = _painted(figure, "svg", {"Date": None, "Creator": None, "Title": figure.title})
    return with_descriptions(plain, figure)


def _pdf(figure: NetworkFigure, _dpi: int) -> bytes:
    metadata = {"Title": figure.title, "Subject": figure.alt_text, "CreationDate": None}
    return _painted(figure, "pdf", metadata)


def _png(figure: NetworkFigure, dpi: int) -> bytes:
    metadata = {"Title": figure.title, "Description": figure.alt_text, "Software": None}
    return _painted(figure, "png", metadata, dpi)


def _painted(
    figure: NetworkFigure, kind: str, metadata: dict[str, str | None], dpi: int = PNG_DPI
) -> bytes:
    from app.exchange.network_drawing import draw_network, paper_settings

    with paper_settings():
        sheet = BytesIO()
        draw_network(figure).savefig(sheet, format=kind, metadata=metadata, dpi=dpi)
    return sheet.getvalue()


def _graphml(figure: NetworkFigure, _dpi: int) -> bytes:
    from app.exchange.network_graphs import graphml

    return graphml(figure)


def _gexf(figure: NetworkFigure, _dpi: int) -> bytes:
    from app.exchange.network_graphs import gexf

    return gexf(figure)


def _csv(figure: NetworkFigure, _dpi: int) -> bytes:
    from app.exchange.network_table import tie_table

    return tie_table(figure)


_WRITERS: dict[str, Callable[[NetworkFigure, int], bytes]] = {
    ".svg": _svg,
    ".pdf": _pdf,
    ".png": _png,
    ".graphml": _graphml,
    ".gexf": _gexf,
    ".csv": _csv,
}
