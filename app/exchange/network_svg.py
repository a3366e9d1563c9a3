"""What a screen reader, a search and a pointer find in the SVG: names, numbers, a description."""

from lxml import etree

from app.analysis.network_model import NetworkFigure

_SVG = "http://www.w3.org/2000/svg"


def with_descriptions(svg: bytes, figure: NetworkFigure) -> bytes:
    """Return the SVG with a description of the whole and a title at each node and tie.

    A label may break over lines, so the node's title holds the full name of its code.
    """
    # Without a generic family at the end, a machine that has neither font shows a serif one.
    root = etree.fromstring(svg.replace(b"'DejaVu Sans'", b"'DejaVu Sans', Arial, sans-serif"))
    titles = {f"node-{node.code_id}": node.description for node in figure.nodes}
    titles |= {f"tie-{tie.code_a}--{tie.code_b}": tie.description for tie in figure.ties}
    for group in root.iter(f"{{{_SVG}}}g"):
        words = titles.get(group.get("id", ""))
        if words:
            group.insert(0, _element("title", words))
    title = root.find(f"{{{_SVG}}}title")
    if title is None:
        title = _element("title", figure.title)
        root.insert(0, title)
    title.set("id", "figure-title")
    description = _element("desc", f"{figure.alt_text} {figure.caption}")
    description.set("id", "figure-description")
    title.addnext(description)
    root.set("role", "img")
    root.set("aria-labelledby", "figure-title figure-description")
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="utf-8")
    return written + b"\n"


def _element(name: str, words: str) -> etree._Element:
    element = etree.Element(f"{{{_SVG}}}{name}")
    element.text = words
    element.tail = "\n"
    return element
