"""Why what is left out cannot just be added: true of every reason, and what hand-worked cases want."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import product

import pytest

from optimizer.domain import Case, Participant, Plan, Run
from optimizer.quantities import MONEY
from optimizer.report.adding import Bench, Tried
from optimizer.report.carriers import carriers
from optimizer.rosters import start_weeks
from optimizer.rules import check_all
from optimizer.verify import verify
from tests import build
from tests.workbook.output.answers import full_case, full_plan


def breaches(case: Case, plan: Plan) -> set[object]:
    return {b for f in check_all(case, plan) for b in f.breaches}


def confirmed(case: Case, plan: Plan, tried: Tried, unit: str = "", exercise: str = "") -> None:
    """One decision was added and nothing else, and the check says of the plan what is told."""
    new = set(tried.plan.rotations) ^ set(plan.rotations) | set(tried.plan.runs) ^ set(plan.runs)
    (one,) = new
    assert one in (tried.plan.runs if exercise else tried.plan.rotations)
    assert (exercise or unit) == (one.exercise if exercise else one.unit)
    assert replace(tried.plan, rotations=plan.rotations, runs=plan.runs) == plan
    assert set(tried.breaches) == breaches(case, tried.plan) - breaches(case, plan)
    if tried.breaches:
        assert all(rule in tried.why for rule in tried.rules[:3])
    else:
        before, after = verify(case, plan), verify(case, tried.plan)
        assert tried.gain == pytest.approx(after.score - before.score)
        assert "breaks no rule" in tried.why


def battery(**more: object) -> Case:
    """Two batteries of 80 people; the first may go where the second may."""
    return build.case(20, units={"U1": "ART", "U2": "ART"}, **more)  # type: ignore[arg-type]


def test_without_places_the_places_are_the_reason() -> None:
    case = battery()
    case = replace(case, sites=tuple(replace(s, places=80, handover_places=80) for s in case.sites[:1]))
    plan = build.plan(build.rot("U1", 0, 20, f"U1a {case.sites[0].id} air"))
    tried = Bench(case, plan).units["U2"]
    confirmed(case, plan, tried, unit="U2")
    assert tried.rules == ("site-capacity",)
    assert "160 people present where 80 are allowed" in tried.why
    assert Bench(case, Plan()).units["U2"].rules == ()


def test_without_money_the_money_is_the_reason_and_how_much() -> None:
    """A tenth of what the cheapest stay costs is there: nine tenths are lacking, of which nothing may be moved."""
    case = battery(budgets=(build.budget(1000), build.budget(0, "exercises")))
    case = replace(case, settings=replace(case.settings, transfer_limit=0))
    free = Bench(case, Plan()).units["U1"]
    confirmed(case, Plan(), free, unit="U1")
    cost = verify(case, free.plan).spent
    poor = replace(case, budgets=(replace(case.budgets[0], amount=cost // 10), *case.budgets[1:]))
    tried = Bench(poor, Plan()).units["U1"]
    confirmed(poor, Plan(), tried, unit="U1")
    assert tried.rules == ("budget",)
    assert tried.breaches[0].size == pytest.approx((cost - cost // 10) / MONEY)


def test_without_a_window_the_window_is_the_reason() -> None:
    case = battery()
    shut = replace(case, windows=tuple(w for w in case.windows if w.unit != "U2"))
    tried = Bench(shut, Plan()).units["U2"]
    confirmed(shut, Plan(), tried, unit="U2")
    assert tried.rules == ("availability",)


def test_an_exercise_that_nobody_can_serve_and_one_that_fits() -> None:
    case, plan = full_case(), full_plan()
    (left,) = Bench(case, plan).missing
    fits = Bench(case, plan).exercises[left.id]
    confirmed(case, plan, fits, exercise=left.id)
    away = tuple(replace(n, origin="theatre", what="SPACE") for n in left.needs)
    alone = replace(case, exercises=tuple(replace(x, needs=away) if x is left else x for x in case.exercises))
    tried = Bench(alone, plan).exercises[left.id]
    confirmed(alone, plan, tried, exercise=left.id)
    assert tried.rules == ("exercise-needs",)
    assert "is served by 0 of" in tried.why


def test_a_floor_is_explained_by_what_an_idle_unit_there_would_break() -> None:
    """Poland wants 90 people and has no bed left; without units there is nobody to ask."""
    case = battery()
    case = replace(case, countries=(replace(case.countries[0], floor=90), *case.countries[1:]))
    inside = {s.id for s in case.sites if s.country == case.countries[0].id}
    full = replace(case, sites=tuple(replace(s, places=0, handover_places=0) if s.id in inside else s
                                     for s in case.sites))  # fmt: skip
    for made, rules in ((case, ()), (full, ("site-capacity",))):
        bench = Bench(made, Plan())
        (gap,) = bench.gaps
        assert bench.floors[gap].rules == rules
        (added,) = bench.floors[gap].plan.rotations
        assert {p.site for p in added.postings} <= inside
        assert added.arrive < gap.end
        assert gap.start < added.depart


def least(case: Case) -> Plan:
    """Sets where they stand, and who is out already."""
    return Plan(rotations=case.underway, stays=build.standing(case)).tidy()


def grown(case: Case) -> Plan:
    """The same, and then whatever fits, one after the other."""
    plan = least(case)
    for _ in range(4):
        bench = Bench(case, plan)
        fits = [t.plan for t in (*bench.exercises.values(), *bench.units.values()) if not t.breaches]
        if not fits:
            break
        plan = fits[0]
    return plan


def test_reasons_of_random_plans_are_confirmed_by_the_check() -> None:
    """Poor and full plans alike; reasons of many kinds, and things that fit, turn up."""
    rules, fitting, blocked = Counter[str](), 0, 0
    for seed in range(40):
        case = build.random_case(seed, units=4, exercises=3)
        for plan in (least(case), grown(case)):
            bench = Bench(case, plan)
            for x, tried in bench.exercises.items():
                confirmed(case, plan, tried, exercise=x)
            for u, tried in bench.units.items():
                confirmed(case, plan, tried, unit=u)
            for tried in (*bench.exercises.values(), *bench.units.values()):
                rules.update(tried.rules)
                fitting, blocked = fitting + (not tried.breaches), blocked + bool(tried.breaches)
    assert min(fitting, blocked) > 40
    assert len([rule for rule, n in rules.items() if n >= 5]) >= 5, rules


def ways_to_hold(case: Case, x: str, starts: range) -> list[Run]:
    """All ways to hold an exercise whose needs want one element each, with whoever is there or comes by sea or air."""
    e = case.exercise[x]
    teams = [[Participant(n.id, who.id, mode) for who in case.elements for mode in (None, "sea", "air")
              if n.what in (who.type, case.types[who.type].main_capability)] for n in e.needs]  # fmt: skip
    return [Run(x, h.site, w, team) for h in e.hosts for w in starts for team in product(*teams)]


def test_a_reason_is_told_of_hardly_any_exercise_that_would_fit() -> None:
    """All ways are tried by brute force; four are looked into. Nobody is told of a fault that is none."""
    asked = overlooked = 0
    for seed in range(30):
        case = build.random_case(seed, units=3, exercises=2, sets=0, upgrades=0)
        plan = grown(case)
        known = breaches(case, plan)
        for x, tried in Bench(case, plan).exercises.items():
            if tried.breaches and all(n.count == 1 for n in case.exercise[x].needs):
                asked += 1
                runs = ways_to_hold(case, x, start_weeks(case, case.exercise[x]))
                plans = (replace(plan, runs=(*plan.runs, run)).tidy() for run in runs)
                overlooked += any(not breaches(case, made) - known for made in plans)
    assert asked >= 10
    assert overlooked <= asked // 10, (overlooked, asked)


def test_who_has_a_capability_and_stays_at_home() -> None:
    """Of 20 weeks one battery is there for 5 (U1, from week 0) and the other not at all."""
    case = battery()
    plan = build.plan(build.rot("U1", 0, 5, f"U1a {case.sites[0].id} air"))
    k = next(k.id for k in case.capabilities if case.types["ART"].points.get(k.id))
    found = carriers(case, plan)[k]
    assert (found.elements, found.going, found.there, found.idle) == (2, 1, 0.25, ("U2",))
    assert found.words({"U2": "budget"}) == "1 of 2 elements with it go; at home: U2 (budget)"
