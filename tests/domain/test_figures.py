"""When two scores are one, what a gap says, and how both are written."""

from __future__ import annotations

import json

import pytest

from optimizer.domain import Plan
from optimizer.domain.outcome import Outcome, Status, StopReason
from optimizer.quantities import figure, gap, same
from optimizer.report.room import room, room_label


@pytest.mark.parametrize(
    ("a", "b", "one"),
    [
        (0.0, 1e-6, True),  # below 1 the millionth is absolute
        (0.0, 1e-5, False),
        (0.0, -0.0, True),
        (13_038.0, 13_038.013, True),  # above it is relative: 1.3e-2 of 13,038
        (13_038.0, 13_038.014, False),
        (-5.0, 5.0, False),
    ],
)
def test_same_is_one_millionth_and_symmetric(a: float, b: float, one: bool) -> None:
    assert same(a, b) is same(b, a) is one


@pytest.mark.parametrize(
    ("score", "bound", "share"),
    [
        (100.0, 110.0, 0.1),
        (-100.0, -90.0, 0.1),  # a share of the size of the score
        (100.0, 100.00001, 0.0),
        (100.0, 99.0, 0.0),  # a bound below the score is raised to it elsewhere; there is no room
        (0.0, 0.0, 0.0),
        (0.0, 9.0, None),  # nine more than nothing is no percentage
        (1e-9, 11.0, None),
        (1.0, 11.0, 10.0),
        (1.0, 11.1, None),
        (None, 1.0, None),
        (1.0, None, None),
    ],
)
def test_a_gap_is_a_share_where_a_share_tells_something(
    score: float | None, bound: float | None, share: float | None
) -> None:
    assert gap(score, bound) == (None if share is None else pytest.approx(share))


@pytest.mark.parametrize(("value", "text"), [(-0.0, "0.00"), (-1e-9, "0.00"), (-0.01, "-0.01"), (1234.5, "1,234.50")])
def test_nothing_is_never_less_than_nothing(value: float, text: str) -> None:
    assert figure(value) == text


@pytest.mark.parametrize(
    ("score", "bound", "words", "label"),
    [
        (0.0, -0.0, "proven: no plan scores more", "0.00 points"),
        (0.0, 9.0, "no plan scores above 9.00", "9.00 points"),
        (7.6e-15, 9.0, "no plan scores above 9.00", "9.00 points"),
        (100.0, 110.0, "no plan scores above 110.00 (gap 10.00%)", 0.1),
        (100.0, 100.0, "proven: no plan scores more", 0.0),
        (100.0, None, "no bound is proven", "unknown"),
    ],
)
def test_room_in_words(score: float, bound: float | None, words: str, label: float | str) -> None:
    assert room(score, bound) == words
    assert room_label(score, bound) == label


def test_status_and_stop_reason_are_the_words_they_were() -> None:
    """JSON, workbooks and scripts read the same text as before there were enumerations."""
    found = Outcome("x", Status.unknown, StopReason.time_limit, Plan())
    assert json.dumps([found.status, found.stop_reason]) == '["unknown", "time limit"]'
    assert f"{found.status}, {found.stop_reason}" == "unknown, time limit"
    assert [*Status] == ["optimal", "feasible", "infeasible", "unknown"]
    assert [*StopReason] == ["proven", "gap", "effort", "time limit", "interrupted"]
