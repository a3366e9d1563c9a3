"""From evidence to the network figure: what is drawn, how large, in which words."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from app.analysis.cooccurrence import Cooccurrence, cooccurrence
from app.analysis.evidence import Evidence
from app.analysis.matrix import StudyTable, study_table
from app.analysis.network_layout import Box, Layout, Region, Slot, heading, place_codes
from app.analysis.network_legend import key_lines, legend_strip
from app.analysis.network_model import (
    Curves,
    Hull,
    NetworkFigure,
    Node,
    TextLine,
    Tie,
    TieRow,
)
from app.analysis.network_routes import route
from app.analysis.network_shapes import node_radius, rounded
from app.analysis.network_words import (
    BRIDGE_SHARE,
    BRIDGE_TIES,
    CaptionFacts,
    Totals,
    alt_text,
    caption,
    node_words,
    tie_words,
)
from app.analysis.palette import (
    BETWEEN,
    CONTEXT,
    INK,
    PAPER,
    SECOND_INK,
    ClusterColours,
    cluster_colours,
    mix,
)
from app.analysis.text_metrics import MM_PER_POINT, Measure, line_height, text_width, wrap_text

MOST_TIES = 60
_LEAST_CAP = 20
_WIDEST = 1.5  # mm
_THINNEST = 0.22
_STEPS = 8  # studies above the weakest drawn tie before the widest line is used
_ASCENT = 0.74  # of the type size, base line to the top of a capital


def build_network(
    evidence: Evidence,
    result: Cooccurrence,
    *,
    facts: CaptionFacts,
    minimum_studies: int = 3,
    most_ties: int | None = None,
    width: int = 180,
    layout: Layout | None = None,
    measure: Measure = text_width,
    title: str = "Network of codes that share text",
) -> NetworkFigure:
    """Return the figure of one (filtered) evidence and its co-occurrence.

    Draws ties found in at least ``minimum_studies`` studies, the strongest first and at most
    ``most_ties`` of them (see ``readable_ties``). ``layout`` is the saved one of the codebook;
    without it the codes stand in the order of the codebook on a page ``width`` mm wide (85, 130 or
    180).
    """
    if layout is None:
        layout = place_codes(evidence.codes, evidence.clusters, width=width, measure=measure)
    table = study_table(evidence)
    found = result.ties(minimum_studies)
    cap = readable_ties(len(evidence.codes)) if most_ties is None else most_ties
    drawn = found[:cap]
    colours = _region_colours(layout)
    together = "come together" if facts.rule else "share text"
    counted = int((table.study_codes > 0).sum())
    ties = _ties(result, layout, drawn, colours, counted, together)
    bridges = _bridges(layout, result.studies, drawn)
    nodes = _nodes(evidence, table, layout, colours, bridges)
    totals = _totals(evidence, table, found, ties, minimum_studies)
    words = caption(
        totals,
        facts,
        bridges=any(bridges),
        numbered=layout.style.numbered,
        swapped=layout.swapped,
    )
    top = int(table.code_studies.max(initial=0))
    key, y = key_lines(evidence.codes, layout, colours)
    legend, y = legend_strip(layout, top, [(tie.studies, tie.width) for tie in ties], y)
    caption_lines, y = _caption_lines(words, layout, y)
    return NetworkFigure(
        width=layout.style.width,
        height=round(y + layout.style.margin, 3),
        title=title,
        hulls=_hulls(layout, colours),
        nodes=nodes,
        ties=ties,
        legend=legend,
        key=key,
        caption=words,
        caption_lines=caption_lines,
        alt_text=alt_text(totals, [heading(r.cluster) for r in layout.regions], nodes, ties),
        table=_table(result, found),
        minimum_studies=minimum_studies,
        ties_possible=totals.ties_possible,
        layout=layout,
    )


def settled_layout(
    evidence: Evidence, *, width: int = 180, measure: Measure = text_width
) -> Layout:
    """Return places that make the ties of all evidence short.

    Call it once with unfiltered evidence and pass the result to every ``build_network``, so that
    filters fade and never move.
    """
    weights = cooccurrence(evidence).studies
    return place_codes(
        evidence.codes, evidence.clusters, width=width, weights=weights, measure=measure
    )


def readable_ties(codes: int) -> int:
    """Return how many ties a network of so many codes can show."""
    return min(MOST_TIES, max(_LEAST_CAP, round(0.9 * codes)))


def _region_colours(layout: Layout) -> list[ClusterColours]:
    numbered = [region.cluster for region in layout.regions if not region.cluster.is_context]
    return [
        CONTEXT
        if region.cluster.is_context
        else cluster_colours(_position(region, [cluster.id for cluster in numbered]))
        for region in layout.regions
    ]


def _position(region: Region, ids: list[str]) -> int:
    """Return the place of a cluster: its number, so that an unused one shifts no colour."""
    number = region.cluster.number
    return int(number) - 1 if number.isdecimal() else ids.index(region.cluster.id)


def _hulls(layout: Layout, colours: Sequence[ClusterColours]) -> tuple[Hull, ...]:
    style = layout.style
    names = [heading(region.cluster) for region in layout.regions]
    rooms = [region.box[2] - region.box[0] for region in layout.regions]
    size = min(
        (style.heading_size * min(1.0, room / layout.measure(name, style.heading_size, True))
         for name, room in zip(names, rooms, strict=True)),
        default=style.heading_size,
    )  # fmt: skip
    size = round(max(size, 6.0), 2)
    hulls = []
    for region, colour, name in zip(layout.regions, colours, names, strict=True):
        right = region.align == "right"
        xs = [x for x, _ in region.outline]
        base = region.box[1] + size * MM_PER_POINT * _ASCENT + 0.4
        line = TextLine(
            name, max(xs) if right else min(xs), round(base, 3), size, colour.text, True,
            region.align,
        )  # fmt: skip
        hulls.append(
            Hull(
                cluster_id=region.cluster.id,
                name=region.cluster.name,
                number=region.cluster.number,
                path=rounded(region.outline, 2.2),
                fill=colour.tint,
                line=colour.fill,
                dashed=region.cluster.is_context,
                heading=line,
                heading_box=_heading_box(line, layout.measure(name, size, True)),
            )
        )
    return tuple(hulls)


def _heading_box(line: TextLine, width: float) -> Box:
    x0 = line.x - width if line.align == "right" else line.x
    height = line.size * MM_PER_POINT
    return (
        round(x0 - 0.5, 3),
        round(line.y - 0.85 * height, 3),
        round(x0 + width + 0.5, 3),
        round(line.y + 0.28 * height, 3),
    )


def _ties(
    result: Cooccurrence,
    layout: Layout,
    drawn: Sequence[tuple[int, int]],
    colours: Sequence[ClusterColours],
    studies: int,
    together: str,
) -> tuple[Tie, ...]:
    counts = [int(result.studies[pair]) for pair in drawn]
    least = min(counts, default=0)
    span = max(_STEPS, max(counts, default=0) - least)
    ties = []
    for a, b in drawn:
        one, other = layout.slots[a], layout.slots[b]
        within = one.region == other.region
        count = int(result.studies[a, b])
        c1, c2 = route(layout, a, b)
        ties.append(
            Tie(
                code_a=one.code_id,
                code_b=other.code_id,
                kind=layout.regions[one.region].cluster.id if within else "between",
                path=Curves((one.x, one.y), ((c1, c2, (other.x, other.y)),)),
                width=round(_THINNEST + (_WIDEST - _THINNEST) * (count - least) / span, 3),
                colour=colours[one.region].fill if within else BETWEEN,
                studies=count,
                overlaps=int(result.overlaps[a, b]),
                description=tie_words(result, a, b, studies, together=together),
            )
        )
    return tuple(ties)


def _nodes(
    evidence: Evidence,
    table: StudyTable,
    layout: Layout,
    colours: Sequence[ClusterColours],
    bridges: Sequence[bool],
) -> tuple[Node, ...]:
    shares = table.direction_shares()
    top = int(table.code_studies.max(initial=0))
    nodes = []
    for index, (code, slot) in enumerate(zip(evidence.codes, layout.slots, strict=True)):
        studies, codings = int(table.code_studies[index]), int(table.codings[index].sum())
        colour = colours[slot.region]
        radius = node_radius(studies, top, layout)
        lines, box = _label(slot, layout, radius, bold=bridges[index], used=studies > 0)
        nodes.append(
            Node(
                code_id=code.id,
                name=code.name,
                cluster_id=code.cluster,
                x=slot.x,
                y=slot.y,
                radius=radius,
                facilitator=float(shares[index, 0]),
                unclear=float(shares[index, 1]),
                barrier=float(shares[index, 2]),
                studies=studies,
                codings=codings,
                label=lines,
                label_box=box,
                ground=colour.tint,
                colour=colour.fill if studies else mix(colour.fill, PAPER, 0.45),
                emphasis=bridges[index],
                faded=not studies,
                description=node_words(
                    code.name, studies, codings, [int(n) for n in table.directions[index]]
                ),
            )
        )
    return tuple(nodes)


def _label(
    slot: Slot, layout: Layout, radius: float, *, bold: bool, used: bool
) -> tuple[tuple[TextLine, ...], Box]:
    """Return the lines under a node and the box that keeps ties from running through them."""
    size = layout.style.label_size
    step = line_height(size)
    top = slot.y + radius + layout.style.label_gap
    base = top + size * MM_PER_POINT * 0.92
    lines = tuple(
        TextLine(line, slot.x, round(base + i * step, 3), size, INK if used else SECOND_INK,
                 bold, "middle")
        for i, line in enumerate(slot.lines)
    )  # fmt: skip
    half = max((layout.measure(line, size, bold) for line in slot.lines), default=0.0) / 2 + 0.3
    box = (slot.x - half, top, slot.x + half, top + len(slot.lines) * step)
    return lines, (round(box[0], 3), round(box[1], 3), round(box[2], 3), round(box[3], 3))


def _bridges(
    layout: Layout, studies: NDArray[np.int32], drawn: Sequence[tuple[int, int]]
) -> list[bool]:
    """Tell which codes join clusters, by the participation coefficient over the drawn ties.

    1 - sum over clusters of (strength to the cluster / strength) squared (Guimerà, Amaral 2005).
    """
    strength = np.zeros((len(layout.slots), max(len(layout.regions), 1)))
    ties = np.zeros(len(layout.slots), dtype=np.int64)
    for a, b in drawn:
        strength[a, layout.slots[b].region] += studies[a, b]
        strength[b, layout.slots[a].region] += studies[a, b]
        ties[[a, b]] += 1
    total = strength.sum(axis=1)
    part = strength / np.maximum(total, 1)[:, None]
    coefficient = 1 - (part**2).sum(axis=1)
    return [bool(x) for x in (coefficient > BRIDGE_SHARE) & (ties >= BRIDGE_TIES)]


def _totals(
    evidence: Evidence,
    table: StudyTable,
    found: Sequence[tuple[int, int]],
    ties: Sequence[Tie],
    minimum_studies: int,
) -> Totals:
    codes = len(evidence.codes)
    studies = int((table.study_codes > 0).sum())
    return Totals(
        studies=studies,
        studies_without=len(evidence.studies) - studies,
        codings=len(evidence),
        codes=codes,
        codes_used=int((table.code_studies > 0).sum()),
        ties_possible=codes * (codes - 1) // 2,
        ties_found=len(found),
        ties_drawn=len(ties),
        ties_between=sum(tie.kind == "between" for tie in ties),
        minimum_studies=max(minimum_studies, 1),
    )


def _table(result: Cooccurrence, found: Sequence[tuple[int, int]]) -> tuple[TieRow, ...]:
    codes, studies = result.evidence.codes, result.evidence.studies
    names = {cluster.id: heading(cluster) for cluster in result.evidence.clusters}
    if not found:
        return ()
    low, high = (np.array(ends) for ends in zip(*found, strict=True))
    jaccard, given = result.jaccard(), result.given()
    numbers = zip(
        found,
        result.studies[low, high].tolist(),
        result.overlaps[low, high].tolist(),
        jaccard[low, high].tolist(),
        given[low, high].tolist(),
        given[high, low].tolist(),
        result.largest_share[low, high].tolist(),
        strict=True,
    )
    labels = [study.label for study in studies]
    return tuple(
        TieRow(
            code_a=codes[a].id,
            code_b=codes[b].id,
            name_a=codes[a].name,
            name_b=codes[b].name,
            cluster_a=names.get(codes[a].cluster, ""),
            cluster_b=names.get(codes[b].cluster, ""),
            studies=in_studies,
            overlaps=overlaps,
            jaccard=share,
            a_given_b=a_given_b,
            b_given_a=b_given_a,
            largest_share=largest,
            study_labels=tuple(labels[i] for i in result.study_indices(a, b).tolist()),
        )
        for (a, b), in_studies, overlaps, share, a_given_b, b_given_a, largest in numbers
    )


def _caption_lines(words: str, layout: Layout, top: float) -> tuple[tuple[TextLine, ...], float]:
    """Return the caption in lines of measured width, and where it ends."""
    style = layout.style
    step = line_height(style.small_size) * 1.08
    lines = wrap_text(words, style.width - 2 * style.margin, style.small_size, layout.measure)
    base = top + style.small_size * MM_PER_POINT
    placed = tuple(
        TextLine(line, style.margin, round(base + i * step, 3), style.small_size, SECOND_INK)
        for i, line in enumerate(lines)
    )
    return placed, base + max(len(lines) - 1, 0) * step + 1.0
