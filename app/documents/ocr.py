"""Recognises the words in the picture of a page with Tesseract, where it is installed.

Cofactor brings no recognition of its own: it asks the program ``tesseract`` of the computer.
"""

import csv
import io
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from app.documents.geometry import PageGeometry
from app.documents.normalising import canonical_line
from app.documents.problems import DocumentProblem

EXTRACTOR = "tesseract"
RESOLUTION = 300
_MOST_PIXELS = 60_000_000
_TIME_LIMIT = 110.0  # seconds for one page; the worker itself is stopped a little later
_LEAST_CONFIDENCE = 20.0
_USUAL_PLACES = (
    r"C:\Program Files\Tesseract-OCR\tesseract.exe",
    "/opt/homebrew/bin/tesseract",
    "/usr/local/bin/tesseract",
)
_LANGUAGES = {
    "ar": "ara", "bg": "bul", "cs": "ces", "da": "dan", "de": "deu", "el": "ell", "en": "eng",
    "es": "spa", "et": "est", "fa": "fas", "fi": "fin", "fr": "fra", "he": "heb", "hi": "hin",
    "hr": "hrv", "hu": "hun", "it": "ita", "ko": "kor", "lt": "lit", "lv": "lav", "nl": "nld",
    "no": "nor", "pl": "pol", "pt": "por", "ro": "ron", "ru": "rus", "sk": "slk", "sl": "slv",
    "sq": "sqi", "sv": "swe", "tr": "tur", "uk": "ukr", "vi": "vie",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tesseract:
    """The program as found on this computer; ``languages`` in its own three-letter names."""

    path: str
    version: str
    languages: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """Say what there is."""
        return f"Tesseract {self.version} is installed; it reads {', '.join(self.languages)}."

    @property
    def codes(self) -> tuple[str, ...]:
        """Return its languages as ISO 639-1 codes, its own name where there is none."""
        known = {name: code for code, name in _LANGUAGES.items()}
        return tuple(known.get(name, name) for name in self.languages)


MISSING = (
    "Tesseract is not installed on this computer, so no words can be recognised in pictures. "
    "Install it (Debian and Ubuntu: apt install tesseract-ocr; macOS: brew install tesseract; "
    "Windows: the installer of UB Mannheim) and look here again."
)


def find_tesseract() -> Tesseract | None:
    """Return the program, ``None`` where it is not installed or does not answer."""
    path = shutil.which("tesseract")
    path = path or next((p for p in _USUAL_PLACES if os.access(p, os.X_OK)), None)
    return _asked(path) if path else None


@lru_cache(maxsize=4)
def _asked(path: str) -> Tesseract | None:
    try:
        version = _run([path, "--version"], 10.0).split()[1]
        listed = _run([path, "--list-langs"], 10.0).splitlines()[1:]
    except (OSError, subprocess.SubprocessError, IndexError):
        return None
    languages = tuple(sorted(name for name in listed if name and name != "osd"))
    return Tesseract(path, version.lstrip("v"), languages) if languages else None


def languages_for(found: Tesseract, language: str) -> str:
    """Return what to ask Tesseract for: the document's language, else English, else its first."""
    wanted = _LANGUAGES.get(language, "")
    if wanted in found.languages:
        return wanted
    return "eng" if "eng" in found.languages else found.languages[0]


def recognise_page(page: Any, languages: str) -> PageGeometry:
    """Return the words in the picture of a page, each character with its box (display space).

    Raises:
        DocumentProblem: Tesseract is missing or gave up.
    """
    found = find_tesseract()
    if found is None:
        raise DocumentProblem("ocr", "Tesseract is not installed on this computer.", "Install it.")
    width, height = page.rect.width, page.rect.height
    scale = min(RESOLUTION / 72, (_MOST_PIXELS / max(1.0, width * height)) ** 0.5)
    picture = page.get_pixmap(dpi=round(72 * scale), alpha=False)
    with tempfile.TemporaryDirectory(prefix="cofactor-") as folder:
        path = Path(folder) / "page.png"
        picture.save(path)
        command = [
            found.path,
            str(path),
            "stdout",
            "-l",
            languages,
            "--dpi",
            str(round(72 * scale)),
        ]
        try:
            table = _run([*command, "tsv"], _TIME_LIMIT)
        except subprocess.TimeoutExpired as error:
            raise DocumentProblem("slow", "Recognising this page took too long.", "") from error
        except (OSError, subprocess.SubprocessError) as error:
            raise DocumentProblem("ocr", "Tesseract could not read this page.", "") from error
    return geometry_of(table, width / picture.width, height / picture.height)


def geometry_of(table: str, wide: float, high: float) -> PageGeometry:
    """Return the text and boxes of Tesseract's table; one pixel is ``wide`` x ``high`` points.

    A word's box is shared out evenly among its characters.
    """
    lines: list[str] = []
    boxes: list[list[tuple[float, float, float, float]]] = []
    before = None
    for key, word, box in _words(table):
        x0, y0, x1, y1 = box[0] * wide, box[1] * high, box[2] * wide, box[3] * high
        step = (x1 - x0) / len(word)
        parts = [(x0 + i * step, y0, x0 + (i + 1) * step, y1) for i in range(len(word))]
        if key == before and lines:
            last = boxes[-1][-1]
            lines[-1] += " " + word
            boxes[-1] += [(last[2], last[1], max(last[2], x0), last[3]), *parts]
        else:
            lines.append(word)
            boxes.append(parts)
        before = key
    flat = [box for row in boxes for box in [*row, (0.0, 0.0, 0.0, 0.0)]][:-1]
    text = "\n".join(lines)
    return PageGeometry(text, np.array(flat, np.float32).reshape(len(text), 4))


def _words(table: str) -> Iterable[tuple[tuple[str, ...], str, tuple[int, int, int, int]]]:
    """Yield line, word and box (pixels) of Tesseract's table, what it hardly read left out."""
    rows = csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE)
    for row in rows:
        word = canonical_line(row.get("text") or "").replace(" ", "")
        if row.get("level") != "5" or not word or float(row["conf"]) < _LEAST_CONFIDENCE:
            continue
        left, top = int(row["left"]), int(row["top"])
        box = (left, top, left + int(row["width"]), top + int(row["height"]))
        yield (row["block_num"], row["par_num"], row["line_num"]), word, box


def _run(command: list[str], time_limit: float) -> str:
    flags = getattr(subprocess, "CREATE_NO_WINDOW", 0)  # Windows alone would show a window
    done = subprocess.run(
        command,
        check=True,
        capture_output=True,
        timeout=time_limit,
        env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        creationflags=flags,
    )
    return str(done.stdout, "utf-8", "replace")
