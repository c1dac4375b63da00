"""On tiny cases every plan can be written down: none that holds the rules beats the linear engine."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, product

import pytest

from optimizer.domain import (
    Case,
    Closure,
    Lock,
    Maintenance,
    Mode,
    Need,
    Participant,
    Plan,
    Posting,
    Purchase,
    Rotation,
    Run,
    Scenario,
    Stay,
    UnitType,
)
from optimizer.domain.outcome import Options
from optimizer.engines import linear
from optimizer.goals import score_all
from optimizer.quantities import MONEY
from optimizer.rules import RULES
from tests.build import SITES, UNIT_TYPES, budget, case, plan, rot, setting

TWO = tuple(replace(s, handover_places=s.places) for s in SITES if s.id in ("POZ", "RUK"))
LIGHT = replace(UNIT_TYPES[3], rotation_min=1, rotation_std=1, rotation_max=2)
ARMOUR = replace(UNIT_TYPES[1], rotation_min=2, rotation_std=2, rotation_max=3, modes={"set": Mode(0, 1, MONEY)})
SLOW = replace(
    UNIT_TYPES[2], rotation_min=1, rotation_std=3, rotation_max=3, dwell_ratio=0, modes={"air": Mode(0, 2, MONEY)}
)
PAIR = replace(UNIT_TYPES[0], rotation_min=2, rotation_std=2, rotation_max=2)
LOOSE = replace(PAIR, rotation_max=3, stagger=1)


def kept(c: Case, p: Plan, rules: tuple[str, ...] = tuple(RULES)) -> bool:
    return not any(RULES[rule].check(c, p).breaches for rule in rules)


def lives(c: Case, unit: str) -> Iterator[tuple[Rotation, ...]]:
    """Every way for a unit to spend the plan, as far as it alone can tell."""
    kind, elements = c.unit_type(unit), c.elements_of[unit]
    steps = range(kind.stagger + 1)
    given = tuple(r for r in c.underway if r.unit == unit)
    every: list[Rotation] = []
    for a, n in product(range(c.weeks), range(kind.rotation_min, kind.rotation_max + 1)):
        choices: list[list[Posting | None]] = []
        for e in elements:
            ways: list[Posting | None] = [None] if e.optional else []
            for s, m, i, j in product(c.sites, c.element_type(e.id).modes, steps, steps):
                for q in [x.id for x in c.sets] if m == "set" else [None]:
                    ways.append(Posting(e.id, s.id, m, q, a + i, a + n - j))
            choices.append(ways)
        for chosen in product(*choices):
            r = Rotation(unit, a, a + n, tuple(p for p in chosen if p is not None))
            if kept(c, Plan((*given, r)), ("availability", "rotation-length", "together", "dwell")):
                every.append(r)
    for n in range(3):
        for some in combinations(every, n):
            if kept(c, Plan((*given, *some)), ("dwell", "one-place")):
                yield (*given, *some)


def whereabouts(c: Case) -> Iterator[tuple[tuple[Stay, ...], tuple[Maintenance, ...]]]:
    """Every way for the one set of the case to stand, move and be maintained."""
    if not c.sets:
        yield (), ()
        return
    (q,) = c.sets
    spans = [(a, b) for a in range(c.weeks) for b in range(a + 1, c.weeks + 1)]
    stays = [Stay(q.id, s.id, a, b) for s in c.sites for a, b in spans]
    blocks = [Maintenance(q.id, f, min(f + q.maintenance_weeks, c.weeks)) for f in range(c.weeks)] if q.interval else []
    for n, m in product(range(1, 3), range(3)):
        for path in combinations(stays, n):
            if kept(c, Plan(stays=path), ("set-location",)):
                for some in combinations(blocks, m):
                    if kept(c, Plan(stays=path, maintenance=some), ("set-maintenance",)):
                        yield path, some


def runs(c: Case) -> Iterator[tuple[Run, ...]]:
    """Every way to hold the one exercise of the case, with its one need for one element."""
    yield ()
    for x in c.exercises:
        (need,) = x.needs
        for h, w, e in product(x.hosts, range(c.weeks), c.elements):
            for m in (None, *c.element_type(e.id).modes):
                for q in [s.id for s in c.sets] if m == "set" else [None]:
                    yield (Run(x.id, h.site, w, (Participant(need.id, e.id, m, q),)),)


def purchases(c: Case) -> Iterator[tuple[Purchase, ...]]:
    yield ()
    for u in c.upgrades:
        yield from ((Purchase(u.id, w),) for w in range(c.weeks))


def best(c: Case) -> tuple[float | None, int]:
    """The best score of any plan that holds the rules, and how many plans do."""
    top, count = None, 0
    held = [r for r in runs(c) if kept(c, Plan(runs=r), ("exercise-window",))]
    for who in product(*(list(lives(c, u.id)) for u in c.units)):
        rotations = tuple(r for life in who for r in life)
        for r in held:
            if not kept(c, Plan(rotations, runs=r), ("one-place", "exercise-needs", "availability")):
                continue
            for (stays, blocks), bought in product(whereabouts(c), purchases(c)):
                p = Plan(rotations, stays, blocks, r, bought).tidy()
                if kept(c, p):
                    count += 1
                    score = sum(score_all(c, p).values())
                    top = score if top is None else max(top, score)
    return top, count


def tiny(kinds: tuple[UnitType, ...] = (LIGHT,), units: dict[str, str] | None = None, weeks: int = 4, **more) -> Case:
    tables = {"sites": TWO, "unit_types": (PAIR, *kinds), "units": units or {"U1": kinds[0].id}, **more}
    made = case(weeks, **tables)
    return replace(made, holdings=tuple(h for h in made.holdings if h.site in made.site))


X = {"X1": {"hosts": tuple(h for h in case(exercises={"X1": {}}).exercises[0].hosts if h.site == "POZ")}}
WANTS = {**X["X1"], "needs": (Need("N1", "armour", 1, max_days=3000),), "weeks": 1, "value": 9.0}
SET = {"S1": {"draw_weeks": 1, "reset_weeks": 1}}
DUTY = {"S1": {"interval": 2, "maintenance_weeks": 1, "last_maintenance": -1}}
WEIGHED = {"weigh_scenarios": True, "worst_scenario_weight": 400}

CASES = {
    "one light unit": tiny(),
    "two light units and a full site": tiny(
        units={"U1": "INF", "U2": "INF"}, weeks=3, sites=tuple(replace(s, handover_places=150) for s in TWO)
    ),
    "an exercise from theatre or home": tiny(exercises={"X1": WANTS}),
    "a mandatory exercise": tiny(
        exercises={"X1": {**WANTS, "mandatory": True, "value": 0.0, "needs": (Need("N1", "INF", 1, "theatre"),)}}
    ),
    "a set to fall in on": tiny((ARMOUR,), sets=SET, weeks=5),
    "a set with maintenance": tiny((ARMOUR,), sets=DUTY, weeks=5),
    "a set for an exercise": tiny((ARMOUR,), sets=SET, exercises={"X1": WANTS}, weeks=4),
    "a staggered pair": tiny((LOOSE, LIGHT), {"U1": "INF INF?"}, unit_types=(LOOSE, LIGHT), weeks=3),
    "a pair, one optional": tiny(units={"U1": "INF INF?"}, weeks=3),
    "an upgrade worth its money": tiny(
        sites=(replace(TWO[0], places=0, handover_places=0), replace(TWO[1], places=0, handover_places=0)),
        upgrades={"B1": {"weeks": 1, "cost": 10_000}},
    ),
    "little money": tiny(settings={"total_cap": 1_150_000}),
    "a line with transfers": tiny(budgets=(budget(1), budget(4, "exercises")), exercises={"X1": WANTS}),
    "floors": tiny(countries=tuple(replace(c, floor=100) for c in case().countries)),
    "a hard floor nobody can keep": tiny(
        countries=tuple(replace(c, floor=100) for c in case().countries), settings={"floor_hard": True}
    ),
    "a closure": tiny(closures=(Closure("LT", 1, 3, "all"),), exercises={"X1": WANTS}),
    "locks": tiny(
        locks=(Lock("K1", "must", "unit", "U1", "PL", None, 1, 2), Lock("K2", "forbid", "element", "U1a", "RUK"))
    ),
    "a wish": tiny(locks=(Lock("K1", "prefer", "unit", "U1", "POZ", price=4.0),)),
    "the worst country": tiny(settings={"worst_country_price": 0.5}, units={"U1": "INF INF"}),
    "back to back, at times gone before ready": tiny(
        (SLOW,), countries=tuple(replace(c, floor=70) for c in case().countries), weeks=5
    ),
    "slow and late, with an exercise": tiny(
        (SLOW,),
        exercises={"X1": {**WANTS, "needs": (Need("N1", "fires", 1, "theatre"),), "echelon": "none"}},
        scenarios=(Scenario("late", "late", 600, late_units=frozenset({"U1"}), late_weeks=1),),
        settings=WEIGHED,
    ),
    "the founding act": tiny(
        countries=tuple(replace(c, brigade_cap=300, cap=200) for c in case().countries),
        units={"U1": "INF INF?"},
        settings={"founding_act": True, "founding_act_weeks": 1},
        unit_types=(replace(PAIR, rotation_min=1), LIGHT),
        weeks=3,
    ),
    "a range too small until it is improved": tiny(
        exercises={"X1": {**WANTS, "echelon": "brigade"}},
        upgrades={"B1": {"site": "POZ", "range_echelon": "brigade", "weeks": 2, "cost": 10_000, "latest": 1}},
        weeks=3,
    ),
    "a resolution without purchases": tiny(
        upgrades={"B1": {"weeks": 1, "cost": 10_000}},
        sites=tuple(replace(s, places=0, handover_places=0) for s in TWO),
        budgets=(budget(9, last_year=10 * MONEY), budget(9, "infrastructure")),
        scenarios=(Scenario("cr", "cr", 100, cr_weeks=2),),
        settings={"weigh_scenarios": True},
    ),
    "late": tiny(
        scenarios=(Scenario("late", "late", 300, late_units=frozenset({"U1"}), late_weeks=1),),
        settings=WEIGHED,
        exercises={"X1": WANTS},
    ),
    "lost set, closed corridor": tiny(
        (ARMOUR,),
        sets=SET,
        exercises={"X1": WANTS},
        scenarios=(Scenario("bad", "bad", 500, frozenset({"corridor"}), frozenset({"S1"})),),
        settings=WEIGHED,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_no_plan_beats_the_proven_one(name: str) -> None:
    c = setting(CASES[name], cost_price=0.01, over_length_price=0.3)
    outcome = linear.solve(c, Options(workers=1))
    top, count = best(c)
    if top is None:
        assert (outcome.status, outcome.plan) == ("infeasible", None)
        return
    assert count > 1
    assert outcome.status == "optimal"
    assert outcome.plan is not None
    assert kept(c, outcome.plan)
    assert outcome.score == pytest.approx(top, abs=1e-6)
    assert outcome.bound == pytest.approx(top, abs=1e-4)


def test_replanning_near_the_last_plan() -> None:
    last = plan(rot("U1", -1, 1, "U1a POZ air"), rot("U2", 1, 3, "U2a POZ air"))
    base = {"units": {"U1": "INF", "U2": "INF"}, "weeks": 3, "last": last}
    for price, frozen in ((0.0, 0), (2.0, 0), (0.0, 2)):
        c = tiny(**base, settings={"replan": True, "change_price": price, "frozen_weeks": frozen})
        outcome, (top, _) = linear.solve(c, Options(workers=1)), best(c)
        assert outcome.plan is not None
        assert kept(c, outcome.plan)
        assert outcome.score == pytest.approx(top, abs=1e-6)
