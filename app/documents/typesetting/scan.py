"""Turns a typeset report into a scan: grey images of slightly crooked, noisy pages, no text."""

from typing import Any

import numpy as np

from app.documents.mupdf import pymupdf
from app.documents.typesetting.pdf_file import FinishedPage, assemble

RESOLUTION = 110  # dots per inch
QUALITY = 50  # of the JPEG, 0 to 100
MOST_CROOKED = 0.6  # degrees
GRAIN = 5.0  # standard deviation of the noise in grey levels
PAPER = 244  # grey level of scanned paper


def scanned(data: bytes, seed: int) -> bytes:
    """Return a PDF of images of the pages of ``data``; the same seed gives the same bytes."""
    rng = np.random.default_rng(seed)
    with pymupdf.open(stream=data, filetype="pdf") as source:
        pages = [_photographed(page, rng) for page in source]
    return assemble(pages, (), title="", author="", language="en")


def _photographed(page: Any, rng: np.random.Generator) -> FinishedPage:
    scale = RESOLUTION / 72
    angle = float(rng.uniform(-MOST_CROOKED, MOST_CROOKED))
    matrix = pymupdf.Matrix(scale, scale).prerotate(angle)
    area = pymupdf.IRect(0, 0, round(page.rect.width * scale), round(page.rect.height * scale))
    picture = pymupdf.Pixmap(pymupdf.csGRAY, area, False)
    picture.clear_with(255)
    drawn = page.get_pixmap(matrix=matrix, colorspace=pymupdf.csGRAY, alpha=False)
    picture.copy(drawn, drawn.irect)
    grey = np.frombuffer(picture.samples, dtype=np.uint8).astype(np.float32)
    noisy = grey * (PAPER / 255) + rng.normal(0.0, GRAIN, grey.size).astype(np.float32)
    samples = np.clip(noisy, 0, 255).astype(np.uint8).tobytes()
    grained = pymupdf.Pixmap(pymupdf.csGRAY, area.width, area.height, samples, False)
    jpeg = grained.tobytes("jpeg", jpg_quality=QUALITY)
    width, height = page.rect.width, page.rect.height
    content = f"q {width:g} 0 0 {height:g} 0 0 cm /Scan Do Q".encode("ascii")
    return FinishedPage(width, height, content, images=(("Scan", jpeg, area.width, area.height),))
