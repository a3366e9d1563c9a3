"""Makes layers from plain rows, and counts them again character by character."""

from collections.abc import Sequence
from itertools import combinations

import numpy as np

from app.analysis.agreement.layers import AreaCoding, Continuum, FacetMasks, Layers, Named

Row = tuple[int, int, int, int, int]  # text, code, coder, start, end


def layers_of(
    rows: Sequence[Row],
    lengths: Sequence[int] = (100,),
    *,
    coders: int = 2,
    codes: int = 1,
    missing: Sequence[tuple[int, int]] = (),
    studies: Sequence[str] | None = None,
    rounds: Sequence[str] | None = None,
    paragraphs: Sequence[tuple[int, ...]] | None = None,
    areas: Sequence[AreaCoding] = (),
    valences: Sequence[int] | None = None,
    page_area: float = 0.0,
) -> Layers:
    """Return layers in which everybody worked through everything but ``missing``."""
    table = np.array(rows, dtype=np.int64).reshape(-1, 5)
    roster = np.ones((len(lengths), coders), dtype=np.bool_)
    for text, coder in missing:
        roster[text, coder] = False
    facets = ()
    if valences is not None:
        masks = np.array([1 << v if v >= 0 else 0 for v in valences], dtype=np.int64)
        facets = (FacetMasks("valence", "Valence", False, ("helps", "hinders", "mixed"), masks),)
    return Layers(
        continua=tuple(
            Continuum(
                f"d{n}",
                f"Document {n}",
                studies[n] if studies else f"s{n}",
                rounds[n] if rounds else "r1",
                length,
                page_area=page_area,
                paragraphs=paragraphs[n] if paragraphs else (),
            )
            for n, length in enumerate(lengths)
        ),
        codes=tuple(Named(f"c{n}", f"Code {n}", f"k{n % 2}") for n in range(codes)),
        coders=tuple(Named(f"p{n}", f"Coder {n}") for n in range(coders)),
        roster=roster,
        continuum=table[:, 0].astype(np.int32),
        code=table[:, 1].astype(np.int32),
        coder=table[:, 2].astype(np.int32),
        start=table[:, 3],
        end=table[:, 4],
        coding_ids=tuple(f"x{n}" for n in range(len(table))),
        areas=tuple(areas),
        facets=facets,
    )


def characters(layers: Layers, code: int) -> list[list[bool | None]]:
    """Return what each coder says of each character: the long way round."""
    found: list[list[bool | None]] = []
    for text, continuum in enumerate(layers.continua):
        coded = np.zeros((len(layers.coders), continuum.length), dtype=np.bool_)
        for row in range(len(layers.coding_ids)):
            if layers.continuum[row] == text and layers.code[row] == code:
                coded[layers.coder[row], layers.start[row] : layers.end[row]] = True
        found += [
            [
                bool(coded[coder, at]) if layers.roster[text, coder] else None
                for coder in range(len(layers.coders))
            ]
            for at in range(continuum.length)
        ]
    return found


def u_alpha_by_character(layers: Layers, code: int) -> float | None:
    """Return |u-alpha from the definition, adding up character by character and unit by unit."""
    total = differ = coded = squares = 0.0
    for text, continuum in enumerate(layers.continua):
        crew = [c for c in range(len(layers.coders)) if layers.roster[text, c]]
        if len(crew) < 2:
            continue
        lines = {}
        for coder in crew:
            line = [0] * continuum.length
            ends: set[int] = set()
            mine = sorted(
                (int(layers.start[r]), int(layers.end[r]))
                for r in range(len(layers.coding_ids))
                if (layers.continuum[r], layers.code[r], layers.coder[r]) == (text, code, coder)
            )
            reach = 0
            for start, end in mine:
                if start >= reach:
                    ends.add(start)  # a new unit begins here, even where the last one ends
                reach = max(reach, end)
                line[start:end] = [1] * (end - start)
            size = 0
            for at, value in enumerate(line):
                if at in ends or not value:
                    squares += size**2
                    size = 0
                size += value
            squares += size**2
            lines[coder] = line
            coded += sum(line)
        total += len(crew) * continuum.length
        for a, b in combinations(crew, 2):
            apart = sum(x != y for x, y in zip(lines[a], lines[b], strict=True))
            differ += apart / (len(crew) - 1)
    gaps = total - coded
    if not coded or not gaps:
        return None
    return 1 - differ * (total - (squares + gaps) / total) / (coded * gaps)
