"""A share of ``python -m tests.insight.planted``: rows planted are named, none that could go, and repairs solve."""

from __future__ import annotations

import pytest

from tests.insight.planted import judged, plant

SHARE = [
    ("locks", "S", 0),
    ("windows", "FY2017", 0),
    ("money", "tiny", 1),
    ("places", "tiny", 0),
    ("places", "FY2017", 0),
    ("maintenance", "S", 0),
    ("freeze", "tiny", 1),
    ("needs", "FY2017", 0),
    ("forbidden needs", "tiny", 0),
    ("floor", "tiny", 1),
]


@pytest.mark.parametrize(("kind", "size", "seed"), SHARE)
def test_what_was_planted_is_told(kind: str, size: str, seed: int) -> None:
    planted = plant(kind, size, seed)
    assert planted is not None
    result = judged(kind, size, seed, planted)
    assert result.faults == []
    assert result.repairs >= 2
    assert result.seconds <= (60 if planted.linking else 10)
