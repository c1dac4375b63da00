"""Colours can be told apart by everybody: as seen without red or green cones (Machado, Oliveira, Fernandes 2009)."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from optimizer.report.colours import ACCENT, BEFORE, COUNTRY_COLOURS, INK, MODE_COLOURS, PAPER, on

SEEN = {
    "all": np.eye(3),
    "protan": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deutan": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
}
XYZ = [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
APART = 15.0  # CIE 1976 difference


def linear(colour: str) -> np.ndarray:
    c = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    return np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)


def lab(colour: str, seen: str) -> np.ndarray:
    light = np.clip(np.asarray(SEEN[seen]) @ linear(colour), 0, 1)
    x = np.asarray(XYZ) @ light / (0.95047, 1.0, 1.08883)
    f = np.where(x > 0.008856, np.cbrt(x), 7.787 * x + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def apart(a: str, b: str, seen: str) -> float:
    return float(np.linalg.norm(lab(a, seen) - lab(b, seen)))


def test_a_plan_compared_with_is_told_from_the_paper_by_lightness_alone() -> None:
    assert min(lab(PAPER, seen)[0] - lab(BEFORE, seen)[0] for seen in SEEN) > 40


@pytest.mark.parametrize("seen", SEEN)
def test_countries_modes_and_exercises_are_told_apart(seen: str) -> None:
    for group in ((*COUNTRY_COLOURS, ACCENT, PAPER), (*MODE_COLOURS.values(), ACCENT, PAPER)):
        for a, b in combinations(group, 2):
            assert apart(a, b, seen) >= APART, (a, b, seen)


def test_the_measure_knows_what_was_wrong_before() -> None:
    # the first palette: Estonia and Lithuania, sea and air, as somebody without red cones saw them
    assert apart("#3B6EA8", "#8A6FB0", "protan") < 10
    assert apart("#FFFFFF", "#000000", "all") == pytest.approx(100, abs=0.1)


def test_letters_can_be_read_on_every_colour() -> None:
    def luminance(colour: str) -> float:
        return float(np.asarray(XYZ)[1] @ linear(colour))

    assert {on(c) for c in COUNTRY_COLOURS} == {INK, PAPER}
    for colour in (*COUNTRY_COLOURS, *MODE_COLOURS.values()):
        light, dark = sorted((luminance(colour), luminance(on(colour))), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 3.0, colour
