"""Writes a PDF file byte by byte, so that the same text always gives the same file."""

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import md5

from app.documents.typesetting.faces import Face


@dataclass(frozen=True, slots=True)
class LabelRange:
    """Printed page numbers from a 0-based page on: style "D" (1, 2) or "r" (i, ii)."""

    page: int
    style: str
    first: int


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """A heading in the file's outline: title, level from 1, 0-based page, height on the page."""

    title: str
    level: int
    page: int
    top: float


@dataclass(frozen=True, slots=True)
class FinishedPage:
    """A page as drawn: size in points before rotation, content operators, images by name."""

    width: float
    height: float
    content: bytes
    rotation: int = 0
    images: tuple[tuple[str, bytes, int, int], ...] = ()


class PdfFile:
    """Collects objects, then joins them with a cross-reference table."""

    def __init__(self) -> None:
        """Start with no object at all."""
        self._bodies: list[bytes] = []

    def reserve(self) -> int:
        """Return the number of an object that is filled later."""
        self._bodies.append(b"")
        return len(self._bodies)

    def fill(self, number: int, body: str | bytes) -> int:
        """Set the body of a reserved object."""
        self._bodies[number - 1] = body.encode("ascii") if isinstance(body, str) else body
        return number

    def add(self, body: str | bytes) -> int:
        """Add an object and return its number."""
        return self.fill(self.reserve(), body)

    def stream(self, data: bytes, entries: str = "", *, packed: bool = False) -> int:
        """Add a stream; ``packed`` says that the data is compressed already."""
        if not packed:
            data = zlib.compress(data, 6)
        if "/Filter" not in entries:
            entries += " /Filter /FlateDecode"
        head = f"<< {entries} /Length {len(data)} >>\nstream\n".encode("ascii")
        return self.add(head + data + b"\nendstream")

    def save(self, catalogue: int, info: int) -> bytes:
        """Return the whole file; its id is made from its content."""
        parts = [b"%PDF-1.6\n%\xe2\xe3\xcf\xd3\n"]
        position = len(parts[0])
        offsets = []
        for number, body in enumerate(self._bodies, start=1):
            offsets.append(position)
            parts.append(b"%d 0 obj\n%s\nendobj\n" % (number, body))
            position += len(parts[-1])
        key = md5(b"".join(parts), usedforsecurity=False).hexdigest()
        table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
        size = len(self._bodies) + 1
        parts.append(
            f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n"
            f"<< /Size {size} /Root {catalogue} 0 R /Info {info} 0 R /ID [<{key}> <{key}>] >>\n"
            f"startxref\n{position}\n%%EOF\n".encode("ascii")
        )
        return b"".join(parts)


def pdf_text(text: str) -> str:
    """Return text as a PDF string: UTF-16 in hexadecimal, so that any script works."""
    return "<feff" + text.encode("utf-16-be").hex() + ">"


def assemble(
    pages: Sequence[FinishedPage],
    faces: Iterable[Face],
    *,
    title: str,
    author: str,
    language: str,
    labels: Sequence[LabelRange] = (),
    outline: Sequence[OutlineEntry] = (),
) -> bytes:
    """Return a PDF file that holds the pages; the same input always gives the same bytes."""
    pdf = PdfFile()
    catalogue, tree = pdf.reserve(), pdf.reserve()
    fonts = " ".join(f"/{font_name(one)} {_font(pdf, one)} 0 R" for one in faces)
    numbers = [_page(pdf, page, tree, fonts) for page in pages]
    kids = " ".join(f"{number} 0 R" for number in numbers)
    pdf.fill(tree, f"<< /Type /Pages /Kids [{kids}] /Count {len(numbers)} >>")
    extra = ""
    if labels:
        nums = " ".join(f"{one.page} << /S /{one.style} /St {one.first} >>" for one in labels)
        extra += f" /PageLabels << /Nums [{nums}] >>"
    if outline:
        extra += f" /Outlines {_outline(pdf, outline, numbers)} 0 R"
    pdf.fill(catalogue, f"<< /Type /Catalog /Pages {tree} 0 R /Lang {pdf_text(language)}{extra} >>")
    info = pdf.add(
        f"<< /Title {pdf_text(title)} /Author {pdf_text(author)} /Subject "
        f"{pdf_text('Sample text, invented for demonstration')} /Producer (Cofactor) >>"
    )
    return pdf.save(catalogue, info)


def font_name(one: Face) -> str:
    """Return the resource name of a face inside a page."""
    return "F" + one.name.replace("-", "")


def _page(pdf: PdfFile, page: FinishedPage, tree: int, fonts: str) -> int:
    content = pdf.stream(page.content)
    resources = f"/Font << {fonts} >>" if fonts else ""
    if page.images:
        images = " ".join(
            f"/{name} {_jpeg(pdf, data, width, height)} 0 R"
            for name, data, width, height in page.images
        )
        resources += f" /XObject << {images} >>"
    rotation = f" /Rotate {page.rotation}" if page.rotation else ""
    return pdf.add(
        f"<< /Type /Page /Parent {tree} 0 R /MediaBox [0 0 {page.width:g} {page.height:g}]"
        f"{rotation} /Resources << {resources} >> /Contents {content} 0 R >>"
    )


def _jpeg(pdf: PdfFile, data: bytes, width: int, height: int) -> int:
    return pdf.stream(
        data,
        f"/Type /XObject /Subtype /Image /Width {width} /Height {height} /ColorSpace /DeviceGray "
        "/BitsPerComponent 8 /Filter /DCTDecode",
        packed=True,
    )


def _font(pdf: PdfFile, one: Face) -> int:
    kind, program = one.program()
    if kind == "truetype":
        file_key, entries, subtype = "FontFile2", "", "CIDFontType2"
    else:
        sort = "OpenType" if kind == "opentype" else "CIDFontType0C"
        file_key, entries, subtype = "FontFile3", f"/Subtype /{sort}", "CIDFontType0"
    stream = pdf.stream(program, entries, packed=True)
    ascent, descent, box = one.metrics
    name = "SMPLAA+" + one.name
    descriptor = pdf.add(
        f"<< /Type /FontDescriptor /FontName /{name} /Flags 4 /FontBBox [{_spaced(box)}] "
        f"/ItalicAngle {-12 if 'italic' in one.name else 0} /Ascent {ascent} /Descent {descent} "
        f"/CapHeight 680 /StemV 80 /{file_key} {stream} 0 R >>"
    )
    widths = " ".join(f"{glyph} [{width}]" for glyph, width in one.glyph_widths())
    same = " /CIDToGIDMap /Identity" if kind == "truetype" else ""
    descendant = pdf.add(
        f"<< /Type /Font /Subtype /{subtype} /BaseFont /{name} /CIDSystemInfo << /Registry (Adobe) "
        f"/Ordering (Identity) /Supplement 0 >> /FontDescriptor {descriptor} 0 R "
        f"/W [{widths}]{same} >>"
    )
    unicode_map = pdf.stream(_to_unicode(one))
    return pdf.add(
        f"<< /Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /Identity-H "
        f"/DescendantFonts [{descendant} 0 R] /ToUnicode {unicode_map} 0 R >>"
    )


def _to_unicode(one: Face) -> bytes:
    """Return the map from glyph codes to letters, in groups of 100 as the format asks."""
    pairs = [
        f"<{glyph:04x}> <{letter.encode('utf-16-be').hex()}>" for glyph, letter in one.meanings()
    ]
    groups = [pairs[at : at + 100] for at in range(0, len(pairs), 100)]
    blocks = "".join(
        f"{len(group)} beginbfchar\n" + "\n".join(group) + "\nendbfchar\n" for group in groups
    )
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n"
        f"{blocks}endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    ).encode("ascii")


def _outline(pdf: PdfFile, entries: Sequence[OutlineEntry], pages: Sequence[int]) -> int:
    """Chain the headings: each knows its parent, its neighbours and its first and last child."""
    root = pdf.reserve()
    numbers = [pdf.reserve() for _ in entries]
    children: dict[int, list[int]] = {}
    path: list[tuple[int, int]] = []
    parents = []
    for at, entry in enumerate(entries):
        while path and path[-1][0] >= entry.level:
            path.pop()
        parent = path[-1][1] if path else -1
        parents.append(parent)
        children.setdefault(parent, []).append(at)
        path.append((entry.level, at))
    for at, entry in enumerate(entries):
        mates = children[parents[at]]
        place = mates.index(at)
        links = f"/Parent {numbers[parents[at]] if parents[at] >= 0 else root} 0 R"
        if place:
            links += f" /Prev {numbers[mates[place - 1]]} 0 R"
        if place + 1 < len(mates):
            links += f" /Next {numbers[mates[place + 1]]} 0 R"
        own = children.get(at, [])
        if own:
            links += f" /First {numbers[own[0]]} 0 R /Last {numbers[own[-1]]} 0 R"
            links += f" /Count -{len(own)}"
        pdf.fill(
            numbers[at],
            f"<< /Title {pdf_text(entry.title)} {links} "
            f"/Dest [{pages[entry.page]} 0 R /XYZ 0 {entry.top:.1f} 0] >>",
        )
    top = children[-1]
    pdf.fill(
        root,
        f"<< /Type /Outlines /First {numbers[top[0]]} 0 R /Last {numbers[top[-1]]} 0 R "
        f"/Count {len(top)} >>",
    )
    return root


def _spaced(numbers: Iterable[int]) -> str:
    return " ".join(str(number) for number in numbers)
