"""The tour comes through, and what it shows has nothing cut, lost or too small to hit."""

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from app.ui.tour.album import HEIGHT, WIDTH
from app.ui.tour.odd_files import PASSWORD, locked_pdf, rc4, write_odd_files

ROOT = Path(__file__).resolve().parent.parent.parent
LONGEST = 240
"""Seconds; it takes about a tenth of that on a quiet machine."""
MAIN = (
    "start-empty", "start-recent-projects", "new-project", "adding-pdfs", "added-pdfs",
    "reference-list", "studies", "reading", "reading-code-palette", "reading-memo",
    "reading-other-layer", "codebook", "codebook-draft", "codebook-look-again", "codebook-import",
    "extracts", "extracts-filtered", "extracts-none-left",
    "analysis-network", "analysis-codes-by-study", "memos", "search", "search-code-all",
    "command-palette", "shortcuts", "settings",
    "who-you-are", "studies-dark", "reading-dark", "codebook-dark", "extracts-dark",
    "analysis-dark", "start-dark", "studies-contrast", "reading-contrast", "codebook-contrast",
    "extracts-contrast", "analysis-contrast", "start-contrast", "studies-large-text",
    "reading-large-text", "reading-0-codings-light", "reading-5-codings-contrast",
    "reading-50-codings-light", "reading-500-codings-dark", "reading-card", "reading-filters",
    "change-shortcuts",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tour:
    """What a run left: pictures, what was wrong at each, which variables stayed as they were."""

    pictures: tuple[Path, ...]
    found: dict[str, list[str]]
    kept: dict[str, bool]
    folder: Path


@pytest.fixture(scope="module")
def tour(tmp_path_factory: pytest.TempPathFactory) -> Tour:
    """One run in a process of its own, which has a screen as large as the window."""
    folder = tmp_path_factory.mktemp("tour")
    home = tmp_path_factory.mktemp("tour-home")
    environment = {**os.environ, "COFACTOR_HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-m", "tests.ui.touring", str(folder)],
        cwd=ROOT, env=environment, capture_output=True, text=True, timeout=LONGEST, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    told = json.loads(done.stdout)
    assert list(home.iterdir()) == []
    return Tour(tuple(map(Path, told["pictures"])), told["found"], told["kept"], folder)


@pytest.mark.slow
def test_each_main_screen_has_a_picture_that_shows_something(tour: Tour) -> None:
    names = [re.sub(r"^\d\d-", "", path.stem) for path in tour.pictures]
    assert [int(path.name[:2]) for path in tour.pictures] == list(range(1, len(names) + 1))
    assert sorted(tour.folder.glob("*.png")) == sorted(tour.pictures)
    assert set(MAIN) <= set(names)
    seen = set()
    for path in tour.pictures:
        image = QImage(str(path))
        assert (image.width(), image.height()) == (WIDTH, HEIGHT), path.name
        small = image.scaled(144, 90)
        colours = {small.pixel(x, y) for x in range(0, 144, 3) for y in range(0, 90, 3)}
        assert len(colours) > 12, f"{path.name} is nearly uniform"
        seen.add(bytes(image.constBits()))
    assert len(seen) == len(tour.pictures)


@pytest.mark.slow
def test_nothing_of_the_user_s_own_is_touched(tour: Tour) -> None:
    assert all(tour.kept.values())


@pytest.mark.slow
@pytest.mark.parametrize("size", ["100 %", "150 %"])
def test_no_words_are_cut_nothing_is_outside_no_target_is_small(tour: Tour, size: str) -> None:
    large = size == "150 %"
    told = {
        name: lines for name, lines in tour.found.items()
        if lines and name.endswith("large-text") == large
    }  # fmt: skip
    assert told == {}


def test_the_odd_files_are_what_they_should_be(tmp_path: Path) -> None:
    from app.documents.engine import DocumentProblem, PdfEngine

    damaged, locked = write_odd_files(tmp_path)
    engine = PdfEngine()
    try:
        with pytest.raises(DocumentProblem) as broken:
            engine.extract(damaged.read_bytes())
        assert broken.value.kind == "damaged"
        with pytest.raises(DocumentProblem) as closed:
            engine.extract(locked.read_bytes())
        assert closed.value.kind == "password"
        read = engine.extract(locked_pdf(PASSWORD), password=PASSWORD)
        assert read.text == "Each worker met the group every second week."
    finally:
        engine.close()


def test_rc4_agrees_with_its_published_vectors() -> None:
    assert rc4(b"Key", b"Plaintext").hex() == "bbf316e8d940af0ad3"
    assert rc4(b"Wiki", b"pedia").hex() == "1021bf0420"
