"""What was over before day one is told apart, joined and read alike."""

from __future__ import annotations

from dataclasses import replace

from optimizer.domain import Maintenance, Purchase, Scenario, Stay
from optimizer.domain.history import joined, past, present
from optimizer.domain.scenarios import under
from tests.build import case, plan, rot, run, tweak

GONE = rot("U1", -9, -2, "U1a POZ set:S1")
OUT = rot("U2", -3, 4, "U2a DRA air")
EVERYTHING = plan(
    GONE,
    OUT,
    Stay("S1", "POZ", -20, -4),
    Stay("S1", "DRA", -3, 12),
    Maintenance("S1", -8, -6),
    Maintenance("S1", -1, 1),
    run("X1", "DRA", -1, "N1 U2a"),
    run("X2", "DRA", 0, "N1 U2a"),
    Purchase("B1", -5),
)
CASE = case(units={"U1": "TANK", "U2": "INF"}, sets={"S1": {"interval": 9}}, exercises={"X1": {}, "X2": {}})


def test_a_plan_is_its_history_and_the_rest() -> None:
    """What is out or building on day one belongs to the rest; a stay begins with the plan."""
    assert past(EVERYTHING) == plan(
        GONE,
        Stay("S1", "POZ", -20, -4),
        Maintenance("S1", -8, -6),
        Maintenance("S1", -1, 1),
        run("X1", "DRA", -1, "N1 U2a"),
    )
    assert present(EVERYTHING) == plan(OUT, Stay("S1", "DRA", 0, 12), run("X2", "DRA", 0, "N1 U2a"), Purchase("B1", -5))


def test_history_is_joined_once() -> None:
    rest = present(EVERYTHING)
    assert joined(rest, EVERYTHING) == joined(joined(rest, EVERYTHING), EVERYTHING)
    assert past(joined(rest, EVERYTHING)) == past(EVERYTHING)
    assert joined(EVERYTHING, rest) == EVERYTHING


def test_the_later_of_what_was_typed_and_what_was_planned() -> None:
    known = replace(CASE, last=EVERYTHING)
    assert known.returned == {"U1": (-2, 7)}
    assert tweak(known, "units", "U1", last_return=-1, last_weeks=3).returned == {"U1": (-1, 3)}
    assert tweak(known, "units", "U1", last_return=-3, last_weeks=3).returned == {"U1": (-2, 7)}
    assert known.maintained == {"S1": 1}  # in maintenance on day one
    assert known.drawable == {"S1": 1}
    over = replace(known, last=plan(GONE, Maintenance("S1", -8, -6)))
    assert over.maintained == {"S1": -6}
    assert tweak(over, "sets", "S1", last_maintenance=-4).maintained == {"S1": -4}
    assert CASE.maintained == {"S1": 0}
    assert tweak(CASE, "sets", "S1", available=3).maintained == {"S1": 3}


def test_rest_is_owed_also_for_time_spent_on_a_set_that_is_lost() -> None:
    lost = replace(CASE, last=EVERYTHING, scenarios=(Scenario("s", "lost", lost_sets=frozenset({"S1"})),))
    assert under(lost, "s").returned == {"U1": (-2, 7)}
