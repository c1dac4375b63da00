"""Small random cases that mix the rules, for engines to agree on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random
from typing import Any

from optimizer.domain import (
    Budget,
    Case,
    Closure,
    Demand,
    Host,
    Lock,
    Need,
    Plan,
    Scenario,
    Stay,
    Unit,
    Window,
)
from tests.tiny import SITES, START, case, plan, rot, setting, tweak

AUTUMN = date(2018, 9, 3)  # a new fiscal year begins in week 4


def random_case(
    seed: int,
    *,
    weeks: int = 8,
    units: int = 2,
    sets: int = 1,
    exercises: int = 1,
    upgrades: int = 1,
    extras: bool = True,
) -> Case:
    """A case of a few units, sets, exercises and upgrades on three sites; equal seeds, equal cases.

    Places, slots, windows, demand and money are scarce enough to matter. ``extras`` may add
    closures, locks, scenarios, the founding-act switch, a rotation under way or replanning. Most
    cases have a plan (that of doing as little as possible), some do not.
    """
    rng = Random(f"{seed} {weeks} {units} {sets} {exercises} {upgrades} {extras}")
    kinds = {f"U{i}": rng.choice(["TANK", "ART", "INF", "TANK ART?", "TANK INF"]) for i in range(1, units + 1)}
    settings: dict[str, Any] = {
        "start": rng.choice([START, AUTUMN]),
        "release": rng.choice([-52, -2]),
        "over_length_price": rng.choice([0.5, 2.0]),
        "transfer_limit": rng.choice([0, 100, 250]),
    }
    made = case(
        weeks,
        units=kinds,
        sets={f"S{i}": _set(rng, weeks) for i in range(1, sets + 1)},
        exercises={f"X{i}": _exercise(rng, weeks) for i in range(1, exercises + 1)},
        upgrades={f"B{i}": _upgrade(rng, weeks) for i in range(1, upgrades + 1)},
        settings=settings,
        sites=SITES[:3],
    )
    made = replace(
        made,
        sites=tuple(
            replace(
                s,
                places=rng.choice([80, 120, 250]),
                handover_places=rng.choice([120, 200, 300]),
                slots=rng.choice([1000, 2000]),
            )
            for s in made.sites
        ),
        holdings=tuple(
            h for h in made.holdings if h.site in ("POZ", "DRA") or (h.site == "RUK" and rng.random() < 0.3)
        ),
        units=tuple(_rested(rng, u) for u in made.units),
        windows=tuple(_window(rng, w, weeks) for w in made.windows),
        demands=_demands(rng, weeks),
        budgets=_budgets(rng, settings["start"]),
    )
    made = tweak(made, "unit_types", "BDE", stagger=rng.choice([0, 1]), rotation_max=5)
    if rng.random() < 0.5:
        made = tweak(made, "countries", "LT", floor=rng.choice([80, 150]))
    if rng.random() < 0.4:
        made = tweak(made, "countries", "PL", cap=rng.choice([100, 150]), handover_cap=200, brigade_cap=250)
    return _extras(rng, made, weeks) if extras else made


def _set(rng: Random, weeks: int) -> dict[str, Any]:
    upkeep = rng.choice([{}, {"interval": weeks // 2, "maintenance_weeks": rng.choice([1, 2]), "last_maintenance": -1}])
    return {"start_site": rng.choice(["POZ", "POZ", None]), "available": rng.choice([0, 0, 1]), **upkeep}


def _exercise(rng: Random, weeks: int) -> dict[str, Any]:
    earliest = rng.randint(1, weeks // 2)
    need = Need(
        "N1",
        rng.choice(["TANK", "armour", "fires"]),
        1,
        rng.choice(["theatre", "home", "either"]),
        rng.choice([None, 2000, 5000]),
    )
    return {
        "earliest": earliest,
        "latest": earliest + rng.randint(0, 3),
        "weeks": rng.choice([1, 2]),
        "echelon": rng.choice(["none", "company", "battalion"]),
        "value": float(rng.randint(1, 8)),
        "hosts": tuple(Host(s, rng.choice([0, 300_000])) for s in rng.sample(["POZ", "DRA", "RUK"], 2)),
        "needs": (need,),
        "group": rng.choice([None, "g"]),
        "spacing": 1,
    }


def _upgrade(rng: Random, weeks: int) -> dict[str, Any]:
    gains = rng.choice(
        [{}, {"slots": 1000, "places": 0, "handover_places": 0}, {"range_echelon": "battalion", "exercises_at_once": 1}]
    )
    return {"site": rng.choice(["POZ", "RUK"]), "weeks": rng.choice([1, 2]), "latest": weeks // 2, **gains}


def _rested(rng: Random, u: Unit) -> Unit:
    return replace(u, last_return=rng.choice([-3, -1]), last_weeks=3) if rng.random() < 0.4 else u


def _window(rng: Random, w: Window, weeks: int) -> Window:
    return w if rng.random() < 0.5 else replace(w, start=rng.randint(0, 2), end=rng.randint(weeks - 2, weeks + 4))


def _demands(rng: Random, weeks: int) -> tuple[Demand, ...]:
    """Two levels in each country for each capability, with a surge somewhere."""
    out = []
    for c in ("PL", "LT"):
        for k in ("armour", "fires"):
            low = rng.choice([300, 500, 1000])
            out += [Demand(c, k, "assure", 0, weeks, low), Demand(c, k, "full", 0, weeks, low + 700)]
    start = rng.randint(1, weeks - 2)
    return (*out, Demand(rng.choice(["PL", "LT"]), "armour", "assure", start, start + 2, 2000))


def _budgets(rng: Random, start: date) -> tuple[Budget, ...]:
    if rng.random() < 0.25:
        return ()
    rows = []
    for year in (2018, 2019) if start == AUTUMN else (2018,):
        lines = {
            "presence": (3000, 9000),
            "exercises": (1000, 5000),
            "prepositioning": (200, 1500),
            "infrastructure": (0, 2500),
        }
        for line, (low, high) in lines.items():
            quarters = (rng.randint(low, high) * 1000,) * 4 if rng.random() < 0.2 else (None,) * 4
            if line == "prepositioning":
                quarters = (None,) * 4
            rows.append(Budget(year, line, rng.randint(low, high) * 1000, quarters))
    return tuple(rows)


def _extras(rng: Random, made: Case, weeks: int) -> Case:
    first, site = made.elements[0], rng.choice(["POZ", "DRA", "RUK"])
    if rng.random() < 0.3:
        place = rng.choice(["POZ", "RUK", "LT"])
        closure = Closure(place, 2, rng.randint(3, weeks), rng.choice(["places", "range", "all"]), rng.choice([0, 100]))
        made = replace(made, closures=(closure,))
    if rng.random() < 0.4:
        kind, subject = rng.choice([("unit", first.unit), ("element", first.id)])
        rule = rng.choice(["prefer", "prefer", "forbid", "must"])
        end = 4 if rule == "must" else weeks
        made = replace(
            made, locks=(Lock("L1", rule, kind, subject, rng.choice(["PL", site]), start=3, end=end, price=0.7),)
        )
    if rng.random() < 0.25:
        worst = rng.choice([0, 400])
        closed = Scenario("corridor", "corridor closed", 300, frozenset({"corridor"}))
        late = Scenario("late", "unit late", 200, late_units=frozenset({first.unit}), late_weeks=1, budget_factor=900)
        made = setting(replace(made, scenarios=(closed, late)), weigh_scenarios=True, worst_scenario_weight=worst)
    if rng.random() < 0.2:
        made = setting(made, worst_country_price=0.2)
    if rng.random() < 0.2:
        made = setting(made, founding_act=True, founding_act_weeks=3)
    if rng.random() < 0.2:
        made = setting(made, total_cap=rng.randint(3, 9) * 1_000_000)
    if rng.random() < 0.4:
        out = replace(made.units[0], last_return=None)
        made = replace(made, last=_last(rng, made, weeks), units=(out, *made.units[1:]))
        if rng.random() < 0.5:
            frozen = rng.choice([0, 2])
            made = setting(made, replan=True, frozen_weeks=frozen, change_price=0.3, change_price_event=1.0)
    return made


def _last(rng: Random, made: Case, weeks: int) -> Plan:
    """A last plan in which the first unit is out until week 2 and sets stand where they begin."""
    unit = made.units[0]
    postings = []
    for e in made.elements_of[unit.id]:
        mode = next(m for m in made.types[e.type].modes if m != "set")
        postings.append(f"{e.id} {rng.choice(['POZ', 'DRA'])} {mode}")
    stays = [Stay(q.id, q.start_site or "POZ", max(q.available, 0), weeks) for q in made.sets]
    return plan(rot(unit.id, -2, 2, *postings), *stays)
