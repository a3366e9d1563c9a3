"""The type faces that reports are set in, each cut down to the letters a sample needs."""

import zlib
from functools import cache
from pathlib import Path
from typing import Any

from app.documents.mupdf import pymupdf
from app.paths import resource

LATIN = "".join(
    chr(code)
    for code in (
        *range(0x20, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x180),
        0x2013, 0x2014, 0x2018, 0x2019, 0x201A, 0x201C, 0x201D, 0x201E, 0x2022, 0x2026,
    )
)  # fmt: skip
HEBREW = "".join(chr(code) for code in (*range(0x5D0, 0x5EB), 0x5BE, 0x5F3, 0x5F4))
HEBREW_SCRIPT = 5  # the number that Unicode's database in MuPDF gives to the Hebrew script
FILES = {
    "serif": "SourceSerif4-Regular.ttf",
    "serif-italic": "SourceSerif4-Italic.ttf",
    "sans": "Inter-Regular.ttf",
    "sans-italic": "Inter-Italic.ttf",
    "sans-medium": "Inter-Medium.ttf",
    "sans-bold": "Inter-SemiBold.ttf",
}
BUILT_IN = {"times": "tiro", "times-italic": "tiit", "times-bold": "tibo"}


class Face:
    """One type face: widths in thousandths of the type size, glyph codes, and its program."""

    def __init__(self, name: str) -> None:
        """Load the face; its program is cut down when first asked for."""
        self.name = name
        self._full = _font_of(name)
        self.characters = HEBREW if name == "hebrew" else LATIN
        self._glyphs: dict[str, int] = {}
        self._widths: dict[str, int] = {}
        for letter in self.characters:
            glyph = self._full.has_glyph(ord(letter))
            if glyph:
                self._glyphs[letter] = glyph
                self._widths[letter] = round(self._full.glyph_advance(ord(letter)) * 1000)
        self._words: dict[str, tuple[str, int]] = {}

    def word(self, text: str) -> tuple[str, int]:
        """Return the hexadecimal glyph codes of a word and its width in thousandths.

        Raises KeyError for a letter that the face does not have.
        """
        known = self._words.get(text)
        if known is None:
            codes = "".join(f"{self._glyphs[letter]:04x}" for letter in text)
            known = (codes, sum(self._widths[letter] for letter in text))
            self._words[text] = known
        return known

    def has(self, letter: str) -> bool:
        """Tell whether the face can draw a letter."""
        return letter in self._glyphs

    @property
    def metrics(self) -> tuple[int, int, tuple[int, int, int, int]]:
        """Ascender, descender and bounding box in thousandths."""
        box = self._full.bbox
        left, top, right, bottom = (round(edge * 1000) for edge in (box.x0, box.y0, box.x1, box.y1))
        ascender = round(self._full.ascender * 1000)
        return ascender, round(self._full.descender * 1000), (left, top, right, bottom)

    def glyph_widths(self) -> tuple[tuple[int, int], ...]:
        """Return (glyph code, width) in rising order of code."""
        return tuple(sorted({(self._glyphs[c], self._widths[c]) for c in self._glyphs}))

    def meanings(self) -> tuple[tuple[int, str], ...]:
        """Return (glyph code, letter), one letter for each code, in rising order."""
        found: dict[int, str] = {}
        for letter, glyph in self._glyphs.items():
            found.setdefault(glyph, letter)
        return tuple(sorted(found.items()))

    def program(self) -> tuple[str, bytes]:
        """Return the kind ("truetype", "cff" or "opentype") and the compressed font program."""
        return _program(self.name)


@cache
def face(name: str) -> Face:
    """Return a face by its short name, for example "serif" or "hebrew"."""
    return Face(name)


def _font_of(name: str) -> Any:
    if name == "hebrew":
        return pymupdf.Font(script=HEBREW_SCRIPT)
    if name in BUILT_IN:
        return pymupdf.Font(BUILT_IN[name])
    return pymupdf.Font(fontbuffer=_file(name).read_bytes())


def _file(name: str) -> Path:
    return resource("fonts", FILES[name])


@cache
def _program(name: str) -> tuple[str, bytes]:
    """Let MuPDF cut the face down; glyph codes stay what they were."""
    full = _font_of(name)
    letters = "".join(letter for letter in face(name).characters if full.has_glyph(ord(letter)))
    with pymupdf.open() as scratch:
        page = scratch.new_page()
        page.insert_font(fontname="F0", fontbuffer=full.buffer)
        page.insert_text((10, 50), letters, fontname="F0", fontsize=4)
        scratch.subset_fonts()
        program: bytes = scratch.extract_font(page.get_fonts()[0][0])[3]
    kind = {b"\x00\x01\x00\x00": "truetype", b"OTTO": "opentype"}.get(program[:4], "cff")
    return kind, zlib.compress(program, 6)
