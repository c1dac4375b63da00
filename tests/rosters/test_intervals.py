"""What a unit alone allows is what the rules allow it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from optimizer.domain import Case, Plan, Posting, Rotation, Window
from optimizer.rosters import admissible, earliest_arrival, first_arrival, free_from, intervals, lenient, rest_weeks
from optimizer.rules import RULES
from tests.build import case, plan, random_case, rot, setting, tweak

LOCAL = ("availability", "rotation-length", "dwell", "together")


def _quickest(c: Case, unit: str, arrive: int, depart: int) -> Rotation:
    """Every element by its quickest mode, as soon as it can; optional ones stay if they cannot keep up."""
    stagger, postings = c.unit_type(unit).stagger, []
    for e in c.elements_of[unit]:
        kind = c.types[e.type]
        mode = min(kind.modes, key=lambda m: kind.modes[m].lead_weeks)
        start = max(arrive, first_arrival(c, kind, mode))
        if start <= arrive + stagger or not e.optional:
            postings.append(Posting(e.id, "POZ", mode, "S1" if mode == "set" else None, start, depart))
    return Rotation(unit, arrive, depart, tuple(postings))


@pytest.mark.parametrize("seed", range(25))
def test_admissible_is_what_the_rules_say(seed: int) -> None:
    c = random_case(seed, extras=seed % 2 == 0)
    c = setting(c, release=-2) if seed % 3 else c
    for u in c.units:
        allowed = set()
        given = tuple(r for r in c.underway if r.unit == u.id)
        for arrive in range(c.weeks):
            for depart in range(arrive + 1, arrive + 8):
                p = Plan(rotations=(*given, _quickest(c, u.id, arrive, depart)))
                clean = not any(RULES[rule].check(c, p).breaches for rule in LOCAL)
                assert admissible(c, u.id, arrive, depart) == clean, (u.id, arrive, depart)
                if clean:
                    allowed.add((arrive, depart))
        beyond = c.weeks + c.unit_type(u.id).stagger
        listed = intervals(c, u.id)
        assert list(listed) == sorted(set(listed))
        assert {x for x in allowed if x[1] < beyond} == {x for x in listed if x[1] < beyond}
        assert {a for a, d in allowed if d >= beyond} == {a for a, d in listed if d >= beyond}


def test_one_depart_stands_for_all_after_the_plan() -> None:
    c = case(6, units={"U1": "TANK"})  # 2 to 6 weeks, 4 as a standard
    assert [d for a, d in intervals(c, "U1") if a == 1] == [3, 4, 5, 6]
    # from week 2 on the standard length reaches the end
    assert [d for a, d in intervals(c, "U1") if a == 3] == [5, 7]
    # a window that closes before: the last depart it allows
    short = replace(c, windows=(Window("U1", 0, 6),))
    assert [d for a, d in intervals(short, "U1") if a == 3] == [5, 6]
    # three weeks at most under the switch: nearest to it
    act = setting(c, founding_act=True, founding_act_weeks=3)
    assert [d for a, d in intervals(act, "U1") if a == 3] == [5, 6]


def test_stagger_keeps_departs_apart_that_matter() -> None:
    # with a week of stagger a company may leave in week 5 of 6 only if its unit leaves in week 6
    c = tweak(case(6, units={"U1": "TANK ART"}), "unit_types", "BDE", stagger=1)
    assert [d for a, d in intervals(c, "U1") if a == 3] == [5, 6, 7]


def test_rest_and_lead_times() -> None:
    c = tweak(case(units={"U1": "INF", "U2": "TANK ART?"}), "units", "U1", last_return=1, last_weeks=5)
    assert rest_weeks(c, "U1", 5) == 3  # half of 5, rounded up
    assert free_from(c, "U1") == 4
    assert free_from(c, "U2") is None
    # the company needs 2 weeks (set), the optional battery 1 (air): the unit waits for the company
    assert earliest_arrival(setting(c, release=0), "U2") == 2
    assert earliest_arrival(c, "U2") == 0
    nobody = tweak(c, "unit_types", "TANK", modes={})
    assert earliest_arrival(nobody, "U2") == c.weeks
    assert intervals(nobody, "U2") == ()


def test_lenient_adds_only_modes_that_are_missing() -> None:
    c = case(units={"U1": "TANK"})
    assert lenient(c, plan(rot("U1", 0, 4, "U1a POZ sea"))) is c
    softened = lenient(c, plan(rot("U1", 0, 4, "U1a POZ mule")))
    assert softened.types["TANK"].modes["mule"].cost == 0
    assert softened.types["TANK"].modes["sea"] == c.types["TANK"].modes["sea"]
    assert softened.types["ART"] == c.types["ART"]
