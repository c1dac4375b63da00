"""Plans of known ids and senseless values are judged, never a crash."""

from __future__ import annotations

import random

import pytest

from optimizer.domain import Case, Maintenance, Participant, Plan, Posting, Purchase, Rotation, Run, Stay
from optimizer.rules import check_all
from optimizer.verify import verify
from tests.build import budget, case, setting

MODES = ("sea", "air", "set", "mule")


def _case() -> Case:
    sets = {"S1": {"interval": 5, "maintenance_weeks": 2}, "S2": {"start_site": None, "available": 4}}
    made = case(
        units={"U1": "TANK ART?", "U2": "INF"},
        sets=sets,
        exercises={"X1": {"group": "g"}, "X2": {"group": "g", "mandatory": True}},
        upgrades={"B1": {"slots": 500}},
        budgets=(budget(3), budget(1, "exercises", quarters=(0, None, 5, 5))),
    )
    return setting(made, floor_hard=True, founding_act=True, replan=True, frozen_weeks=4, change_price=1.0)


def _plan(c: Case, rng: random.Random) -> Plan:
    elements, sites = [e.id for e in c.elements], [s.id for s in c.sites]
    sets = [None, *(q.id for q in c.sets)]

    def week() -> int:
        return rng.choice([rng.randint(-30, 40), rng.randint(-2, 14), 10**9, -(10**9)])

    def posting() -> Posting:
        where = rng.choice(sites)
        return Posting(rng.choice(elements), where, rng.choice(MODES), rng.choice(sets), week(), week())

    def participant() -> Participant:
        return Participant(rng.choice(["N1", "N9"]), rng.choice(elements), rng.choice([None, *MODES]), rng.choice(sets))

    def some(make):
        return tuple(make() for _ in range(rng.randint(0, 4)))

    return Plan(
        some(lambda: Rotation(rng.choice(c.units).id, week(), week(), some(posting))),
        some(lambda: Stay(rng.choice(c.sets).id, rng.choice(sites), week(), week())),
        some(lambda: Maintenance(rng.choice(c.sets).id, week(), week())),
        some(lambda: Run(rng.choice(["X1", "X2"]), rng.choice(sites), week(), some(participant))),
        some(lambda: Purchase("B1", week())),
    ).tidy()


@pytest.mark.parametrize("seed", range(60))
def test_nonsense_is_judged(seed: int) -> None:
    c = _case()
    verdict = verify(c, _plan(c, random.Random(seed)))
    assert not verdict.ok
    assert all(b.size > 0 and b.text.endswith(".") for b in verdict.breaches)


def test_verdicts_are_repeatable() -> None:
    c = _case()
    p = _plan(c, random.Random(3))
    assert check_all(c, p) == check_all(c, p)
