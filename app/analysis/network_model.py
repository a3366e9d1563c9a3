"""The network as a picture before it is painted: plain shapes in millimetres.

Any painter draws the same figure from it: outlines, ties, label grounds, nodes, words, in this
order. Origin top left, y down; type sizes in points; ``y`` of a text is its base line. Colours are
those of paper; a painter with a theme of its own goes by ``cluster_id``, ``kind`` and ``code_id``.
"""

from dataclasses import dataclass

from app.analysis.network_layout import Box, Layout, Point


@dataclass(frozen=True, slots=True)
class Curves:
    """A path: a start and cubic Bézier curves, each (control, control, end)."""

    start: Point
    curves: tuple[tuple[Point, Point, Point], ...]
    closed: bool = False


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of type; ``align`` is "left", "middle" or "right" of ``x``."""

    text: str
    x: float
    y: float
    size: float
    colour: str
    bold: bool = False
    align: str = "left"


@dataclass(frozen=True, slots=True)
class Hull:
    """The pale region of a cluster; dashed for the context.

    ``heading_box`` is a paper-coloured ground over the ties and under the heading.
    """

    cluster_id: str
    name: str
    number: str
    path: Curves
    fill: str
    line: str
    dashed: bool
    heading: TextLine
    heading_box: Box


@dataclass(frozen=True, slots=True)
class Node:
    """A code as a small pie with its label.

    The pie runs clockwise from the top: ``facilitator`` filled, ``unclear`` grey, ``barrier``
    open; the three are shares of ``studies`` and sum to 1 for a used code.

    ``faded``: no coding passes the filters; drawn small and pale. ``emphasis``: the code bridges
    clusters; its label is bold. ``ground`` is the colour of the box behind the label.
    """

    code_id: str
    name: str
    cluster_id: str
    x: float
    y: float
    radius: float
    facilitator: float
    unclear: float
    barrier: float
    studies: int
    codings: int
    label: tuple[TextLine, ...]
    label_box: Box
    ground: str
    colour: str
    emphasis: bool
    faded: bool
    description: str


@dataclass(frozen=True, slots=True)
class Tie:
    """Two codes that share text; ``kind`` is the cluster id, or "between" for two clusters.

    ``width`` in millimetres grows with ``studies``; ``largest_share`` is the part of the
    ``overlaps`` that one study supplies; ``a_given_b`` = P(a | b) over studies.
    """

    code_a: str
    code_b: str
    kind: str
    path: Curves
    width: float
    colour: str
    studies: int
    overlaps: int
    description: str


@dataclass(frozen=True, slots=True)
class TieRow:
    """One line of the table beside the figure; it also holds ties too many to draw."""

    code_a: str
    code_b: str
    name_a: str
    name_b: str
    cluster_a: str
    cluster_b: str
    studies: int
    overlaps: int
    jaccard: float
    a_given_b: float
    b_given_a: float
    largest_share: float
    study_labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LegendMark:
    """One sample of the legend; ``x`` is the centre of a disc and the left end of a line.

    ``kind``: "size" (an open circle), "facilitator", "unclear", "barrier" (small discs filled,
    grey, open), "tie" (a line ``length`` long and ``width`` wide).
    """

    kind: str
    x: float
    y: float
    radius: float = 0.0
    length: float = 0.0
    width: float = 0.0
    colour: str = ""
    fill: str = ""


@dataclass(frozen=True, slots=True)
class Legend:
    """The strip under the picture; ``rule`` is the line above it (x0, y, x1)."""

    rule: tuple[float, float, float]
    marks: tuple[LegendMark, ...]
    words: tuple[TextLine, ...]


@dataclass(frozen=True, slots=True)
class NetworkFigure:
    """The whole page. ``key`` lists numbered names where labels have no room (85 mm).

    ``codes_visible`` are the names a reader finds as words on the page, in codebook order;
    ``table`` holds every tie that meets the rule, drawn or not.
    """

    width: float
    height: float
    title: str
    hulls: tuple[Hull, ...]
    nodes: tuple[Node, ...]
    ties: tuple[Tie, ...]
    legend: Legend
    key: tuple[TextLine, ...]
    caption: str
    caption_lines: tuple[TextLine, ...]
    alt_text: str
    table: tuple[TieRow, ...]
    minimum_studies: int
    ties_possible: int
    layout: Layout

    @property
    def codes_visible(self) -> tuple[str, ...]:
        """Return the full names of the codes on the page."""
        return tuple(node.name for node in self.nodes)
