"""The network for other graph programs: GraphML with scalar attributes, GEXF with places too."""

from io import BytesIO
from typing import Any

from app.analysis.network_model import NetworkFigure


def graphml(figure: NetworkFigure) -> bytes:
    """Return GraphML; every attribute is a number, a text or a truth value."""
    import networkx as nx

    sheet = BytesIO()
    nx.write_graphml_lxml(_graph(figure), sheet, encoding="utf-8", prettyprint=True)
    return sheet.getvalue()


def gexf(figure: NetworkFigure) -> bytes:
    """Return GEXF 1.2 with colour, size, place and thickness, y up as graph programs have it."""
    import networkx as nx

    graph = _graph(figure)
    for node in figure.nodes:
        graph.nodes[node.code_id]["viz"] = {
            "color": _rgb(node.colour),
            "size": node.radius,
            "position": {"x": node.x, "y": round(figure.height - node.y, 3), "z": 0.0},
        }
    drawn = {(tie.code_a, tie.code_b): tie for tie in figure.ties}
    for ends, tie in drawn.items():
        graph.edges[ends]["viz"] = {"color": _rgb(tie.colour), "thickness": tie.width}
    sheet = BytesIO()
    nx.write_gexf(graph, sheet, encoding="utf-8", prettyprint=True, version="1.2draft")
    return _without_date(sheet.getvalue())


def _graph(figure: NetworkFigure) -> Any:
    """Return a networkx graph of all codes and of all ties that meet the rule."""
    import networkx as nx

    graph = nx.Graph(name=figure.title)
    clusters = {hull.cluster_id: hull.heading.text for hull in figure.hulls}
    for node in figure.nodes:
        graph.add_node(
            node.code_id,
            label=node.name,
            cluster=clusters.get(node.cluster_id, ""),
            studies=node.studies,
            codings=node.codings,
            only_facilitator=round(node.facilitator, 4),
            mixed_or_unclear=round(node.unclear, 4),
            only_barrier=round(node.barrier, 4),
            x=node.x,
            y=node.y,
        )
    drawn = {(tie.code_a, tie.code_b) for tie in figure.ties}
    for row in figure.table:
        graph.add_edge(
            row.code_a,
            row.code_b,
            weight=row.studies,
            n_studies=row.studies,
            n_overlaps=row.overlaps,
            jaccard=round(row.jaccard, 4),
            p_a_given_b=round(row.a_given_b, 4),
            p_b_given_a=round(row.b_given_a, 4),
            max_study_share=round(row.largest_share, 4),
            drawn=(row.code_a, row.code_b) in drawn,
        )
    return graph


def _rgb(colour: str) -> dict[str, Any]:
    parts = [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
    return {"r": parts[0], "g": parts[1], "b": parts[2], "a": 1.0}


def _without_date(data: bytes) -> bytes:
    """Return the file without the day it was made, which would differ from run to run."""
    from lxml import etree

    root = etree.fromstring(data)
    for meta in root.iter("{*}meta"):
        if "lastmodifieddate" in meta.attrib:
            del meta.attrib["lastmodifieddate"]
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="utf-8")
    return written + b"\n"
