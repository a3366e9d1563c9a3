"""Colours of paper stay apart under every colour vision, and words stay readable."""

from itertools import combinations

import numpy as np
import pytest
from numpy.typing import NDArray

from app.analysis.palette import CLUSTERS, CONTEXT, INK, PAPER, SECOND_INK, cluster_colours, mix

# Full dichromacy of Machado, Oliveira and Fernandes (2009), for linear RGB.
SIMULATION = {
    "normal": np.eye(3),
    "deuteranopia": np.array([[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
                              [-0.011820, 0.042940, 0.968881]]),
    "protanopia": np.array([[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
                            [-0.003882, -0.048116, 1.051998]]),
    "tritanopia": np.array([[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
                            [0.004733, 0.691367, 0.303900]]),
}  # fmt: skip
EXPECTED = {"normal": 42, "deuteranopia": 21, "protanopia": 25, "tritanopia": 24}


def linear(colour: str) -> NDArray[np.float64]:
    value = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    return np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)


def lab(rgb: NDArray[np.float64]) -> NDArray[np.float64]:
    to_xyz = np.array([[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750],
                       [0.0193339, 0.1191920, 0.9503041]])  # fmt: skip
    x, y, z = np.cbrt(to_xyz @ rgb / np.array([0.95047, 1.0, 1.08883]))
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def contrast(one: str, other: str) -> float:
    weights = np.array([0.2126, 0.7152, 0.0722])
    light, dark = sorted((weights @ linear(one), weights @ linear(other)), reverse=True)
    return float((light + 0.05) / (dark + 0.05))


@pytest.mark.parametrize("vision", SIMULATION)
def test_clusters_differ_under(vision: str) -> None:
    fills = [colours.fill for colours in (*CLUSTERS, CONTEXT)]
    seen = [lab(np.clip(SIMULATION[vision] @ linear(fill), 0, 1)) for fill in fills]
    least = min(float(np.linalg.norm(a - b)) for a, b in combinations(seen, 2))
    assert least >= 20
    assert least == pytest.approx(EXPECTED[vision], abs=1)


@pytest.mark.parametrize("colours", [*CLUSTERS, CONTEXT])
def test_words_are_readable(colours: object) -> None:
    assert contrast(colours.text, PAPER) >= 4.5  # type: ignore[attr-defined]
    assert contrast(INK, colours.tint) >= 7  # type: ignore[attr-defined]
    assert contrast(SECOND_INK, colours.tint) >= 4.5  # type: ignore[attr-defined]
    assert contrast(colours.fill, colours.tint) >= 3  # type: ignore[attr-defined]


def test_a_sixth_cluster_begins_again_and_the_context_is_grey() -> None:
    assert cluster_colours(5) == cluster_colours(0)
    assert len({cluster_colours(place).fill for place in range(5)} | {CONTEXT.fill}) == 6
    assert cluster_colours(0, is_context=True) == CONTEXT


def test_mixing() -> None:
    assert mix("#000000", "#FFFFFF", 0.5) == "#808080"
    assert mix("#123456", "#FFFFFF", 1.0) == "#123456"
