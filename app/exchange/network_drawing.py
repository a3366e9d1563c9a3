"""Paints a NetworkFigure on paper: SVG, PDF or PNG, the same bytes every time.

Matplotlib is imported when the first figure is drawn, and only its Figure and canvas classes.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

from app.analysis.network_layout import Box
from app.analysis.network_model import (
    Curves,
    Hull,
    LegendMark,
    NetworkFigure,
    Node,
    TextLine,
    Tie,
)
from app.analysis.palette import PAPER, RULE, UNCLEAR
from app.paths import resource

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.path import Path as DrawnPath

MM_PER_INCH = 25.4
_POINTS = 72 / MM_PER_INCH
_FONT_FILES = ("Inter-Regular.ttf", "Inter-SemiBold.ttf")
_SETTINGS: dict[str, Any] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "cofactor",
    "pdf.fonttype": 42,
    "text.hinting": "none",
    "text.usetex": False,
    "text.parse_math": False,
    "path.simplify": False,
    "axes.unicode_minus": False,
}


@contextmanager
def paper_settings() -> Iterator[None]:
    """Draw with fixed settings, whatever a matplotlibrc of the machine says."""
    import matplotlib

    # The fallback font lacks our weight; saying so at every word helps nobody.
    log = logging.getLogger("matplotlib.font_manager")
    before = log.level
    log.setLevel(logging.ERROR)
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        settings: Any = {**_SETTINGS, "font.family": list(paper_fonts())}
        matplotlib.rcParams.update(settings)
        try:
            yield
        finally:
            log.setLevel(before)


@cache
def paper_fonts() -> tuple[str, ...]:
    """Return the font families to use: the bundled one where it is present, else DejaVu Sans."""
    from matplotlib import font_manager

    files = [resource("fonts", name) for name in _FONT_FILES]
    if not all(file.exists() for file in files):
        return ("DejaVu Sans",)
    for file in files:
        font_manager.fontManager.addfont(str(file))
    return ("Inter", "DejaVu Sans")


def draw_network(figure: NetworkFigure) -> Figure:
    """Return the matplotlib figure; one axes unit is one millimetre, y down."""
    from matplotlib.figure import Figure as Canvas

    page = Canvas(
        figsize=(figure.width / MM_PER_INCH, figure.height / MM_PER_INCH), facecolor=PAPER
    )
    axes = page.add_axes((0.0, 0.0, 1.0, 1.0))
    axes.set_axis_off()
    axes.set_xlim(0, figure.width)
    axes.set_ylim(figure.height, 0)
    for hull in figure.hulls:
        _hull(axes, hull)
    for order, tie in enumerate(reversed(figure.ties)):
        _tie(axes, tie, order)
    for node in figure.nodes:
        _ground(axes, node.label_box, node.ground)
    for hull in figure.hulls:
        _ground(axes, hull.heading_box, PAPER)
    for node in figure.nodes:
        _node(axes, node)
    for hull in figure.hulls:
        _words(axes, hull.heading, f"heading-{hull.cluster_id}")
    for line in figure.key:
        _words(axes, line)
    _legend(axes, figure)
    for line in figure.caption_lines:
        _words(axes, line)
    return page


def _hull(axes: Axes, hull: Hull) -> None:
    from matplotlib.patches import PathPatch

    patch = PathPatch(
        _path(hull.path),
        facecolor=hull.fill,
        edgecolor=hull.line,
        linewidth=0.3 * _POINTS,
        zorder=1,
    )
    patch.set_linestyle((0, (4, 2.5)) if hull.dashed else "solid")
    patch.set_gid(f"cluster-{hull.cluster_id}")
    axes.add_patch(patch)


def _tie(axes: Axes, tie: Tie, order: int) -> None:
    from matplotlib.patches import PathPatch

    path = _path(tie.path)
    # A pale edge keeps crossing ties apart.
    axes.add_patch(
        PathPatch(
            path,
            facecolor="none",
            edgecolor=PAPER,
            alpha=0.7,
            capstyle="butt",
            linewidth=(tie.width + 0.5) * _POINTS,
            zorder=2 + order / 1000,
        )
    )
    axes.add_patch(
        PathPatch(
            path,
            facecolor="none",
            edgecolor=tie.colour,
            capstyle="butt",
            linewidth=tie.width * _POINTS,
            zorder=2 + (order + 0.5) / 1000,
            gid=f"tie-{tie.code_a}--{tie.code_b}",
        )
    )


def _ground(axes: Axes, box: Box, colour: str) -> None:
    from matplotlib.patches import Rectangle

    x0, y0, x1, y1 = box
    axes.add_patch(
        Rectangle(
            (x0, y0), x1 - x0, y1 - y0, facecolor=colour, edgecolor="none", alpha=0.86, zorder=3.5
        )
    )


def _node(axes: Axes, node: Node) -> None:
    from matplotlib.patches import Circle, Wedge

    disc = Circle((node.x, node.y), node.radius, facecolor=PAPER, edgecolor="none", zorder=4)
    disc.set_gid(f"node-{node.code_id}")
    axes.add_patch(disc)
    start = 0.0
    for share, colour in ((node.facilitator, node.colour), (node.unclear, UNCLEAR)):
        if share > 0:
            # The y axis points down, so growing angles run clockwise; -90 is the top.
            sweep = (-90 + 360 * start, -90 + 360 * (start + share))
            axes.add_patch(
                Wedge(
                    (node.x, node.y),
                    node.radius,
                    *sweep,
                    facecolor=colour,
                    edgecolor="none",
                    zorder=4.1,
                )
            )
            start += share
    axes.add_patch(
        Circle(
            (node.x, node.y),
            node.radius,
            facecolor="none",
            edgecolor=node.colour,
            linewidth=(0.45 if node.emphasis else 0.3) * _POINTS,
            zorder=4.2,
        )
    )
    for line in node.label:
        _words(axes, line)


def _words(axes: Axes, line: TextLine, name: str = "") -> None:
    text = axes.text(
        line.x,
        line.y,
        line.text,
        fontsize=line.size,
        color=line.colour,
        zorder=6,
        fontweight=600 if line.bold else 400,
        va="baseline",
        ha="center" if line.align == "middle" else line.align,
    )
    if name:
        text.set_gid(name)


def _legend(axes: Axes, figure: NetworkFigure) -> None:
    x0, y, x1 = figure.legend.rule
    axes.plot([x0, x1], [y, y], color=RULE, linewidth=0.25 * _POINTS, zorder=1)
    for mark in figure.legend.marks:
        _mark(axes, mark)
    for line in figure.legend.words:
        _words(axes, line)


def _mark(axes: Axes, mark: LegendMark) -> None:
    from matplotlib.patches import Circle

    if mark.kind == "tie":
        axes.plot(
            [mark.x, mark.x + mark.length],
            [mark.y, mark.y],
            color=mark.colour,
            linewidth=mark.width * _POINTS,
            solid_capstyle="butt",
            zorder=5,
        )
    else:
        axes.add_patch(
            Circle(
                (mark.x, mark.y),
                mark.radius,
                facecolor=mark.fill,
                edgecolor=mark.colour,
                linewidth=mark.width * _POINTS,
                zorder=5,
            )
        )


def _path(curves: Curves) -> DrawnPath:
    from matplotlib.path import Path as Drawn

    points = [curves.start, *(point for curve in curves.curves for point in curve)]
    codes = [Drawn.MOVETO, *[Drawn.CURVE4] * (len(points) - 1)]
    if curves.closed:
        points, codes = [*points, curves.start], [*codes, Drawn.CLOSEPOLY]
    return Drawn(points, codes)
