"""Random tiny cases with every switch on somewhere, and which ones are on in a case.

They begin as those of ``tests.chance`` and are then made odd: each of ``ODDITIES`` may change the
case, whatever the others did. Weeks are few, so that every engine can prove its answer at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from random import Random

from optimizer.domain import (
    Case,
    Demand,
    Host,
    Lock,
    Maintenance,
    Mode,
    Need,
    Participant,
    Plan,
    Purchase,
    Run,
    Scenario,
)
from optimizer.domain.history import past
from optimizer.domain.outcome import Options
from optimizer.engines import linear
from tests.build import plan, random_case, rot, run, setting

KINDS = ("unit", "element", "set", "exercise", "participant", "upgrade")
RULES = ("must", "forbid", "prefer")


def generated(seed: int) -> Case:
    """The case of a seed: equal seeds, equal cases."""
    rng = Random(f"agreement {seed}")
    size = {"weeks": rng.choice([4, 5, 5, 6]), "units": rng.choice([1, 1, 1, 2]), "sets": rng.choice([0, 1, 1])}
    made = random_case(seed, **size, exercises=rng.choice([0, 1, 1, 2]), upgrades=rng.choice([0, 1]))
    made = replace(made, sites=made.sites[: rng.choice([2, 2, 3])])
    made = _only_what_is_there(made)
    for chance, odd in ODDITIES:
        if rng.random() < chance:
            made = odd(rng, made)
    return made


def _only_what_is_there(c: Case) -> Case:
    """Without what lay at sites that the case no longer has."""
    sites = {s.id for s in c.sites}
    hosts = [(x, tuple(h for h in x.hosts if h.site in sites) or (Host("POZ"),)) for x in c.exercises]
    return replace(
        c,
        holdings=tuple(h for h in c.holdings if h.site in sites),
        closures=tuple(x for x in c.closures if x.place in sites | {"LT", "PL"}),
        upgrades=tuple(u if u.site in sites else replace(u, site="POZ") for u in c.upgrades),
        exercises=tuple(replace(x, hosts=h) for x, h in hosts),
        locks=tuple(k for k in c.locks if k.place in sites | {None, "LT", "PL"}),
    )


def _stagger(rng: Random, c: Case) -> Case:
    changed = {
        "stagger": rng.choice([1, 1, 2]),
        "rotation_min": rng.choice([1, 2]),
        "dwell_ratio": rng.choice([0, 500]),
    }
    return replace(c, unit_types=tuple(replace(y, **changed) for y in c.unit_types))


def _nobody(rng: Random, c: Case) -> Case:
    """A type without people, and a site without places."""
    kind, site = rng.choice(c.elements).type, rng.choice(c.sites).id
    types = tuple(replace(y, people=0) if y.id == kind else y for y in c.unit_types)
    sites = tuple(replace(s, places=0, handover_places=0) if s.id == site else s for s in c.sites)
    return replace(c, unit_types=types, sites=sites)


def _turnaround(rng: Random, c: Case) -> Case:
    def leads(modes: Mapping[str, Mode]) -> dict[str, Mode]:
        return {m: replace(terms, lead_weeks=rng.choice([0, 1, 2, 3])) for m, terms in modes.items()}

    return setting(
        replace(c, unit_types=tuple(replace(y, modes=leads(y.modes)) for y in c.unit_types)), turnaround=True
    )


def _load(rng: Random, c: Case) -> Case:
    share = rng.choice([0, 250, 333, 500])
    return replace(c, unit_types=tuple(replace(y, exercise_load=share) for y in c.unit_types))


def _flown_in(rng: Random, c: Case) -> Case:
    """An exercise of much value for whoever comes from home, however short the plan."""
    need = Need("N1", rng.choice([e.type for e in c.elements]), 1, "home")
    return replace(c, exercises=tuple(replace(x, value=30.0, needs=(need,), earliest=0) for x in c.exercises))


def _mandatory(rng: Random, c: Case) -> Case:
    chosen = rng.choice(c.exercises).id if c.exercises else None
    return replace(c, exercises=tuple(replace(x, mandatory=x.id == chosen) for x in c.exercises))


def _crowd(rng: Random, c: Case) -> Case:
    """Two needs, or one of two elements."""
    needs = rng.choice([(Need("N1", "armour", 2),), (Need("N1", "armour", 1), Need("N2", "fires", 1, "theatre"))])
    return replace(c, exercises=tuple(replace(x, needs=needs) for x in c.exercises))


def _hard_floor(rng: Random, c: Case) -> Case:
    floor = rng.choice([40, 80])
    countries = tuple(replace(x, floor=floor if x.id == "PL" else 0) for x in c.countries)
    return setting(replace(c, countries=countries), floor_hard=True)


def _range_upgrade(rng: Random, c: Case) -> Case:
    better = {"range_echelon": "brigade", "exercises_at_once": 1, "earliest": 0, "weeks": 1, "cost": 100_000}
    sites = tuple(replace(s, range_echelon="none") for s in c.sites)
    xs = tuple(replace(x, echelon=rng.choice(["company", "battalion"]), latest=c.weeks) for x in c.exercises)
    return replace(c, upgrades=tuple(replace(u, **better) for u in c.upgrades), sites=sites, exercises=xs)


def _overdue(rng: Random, c: Case) -> Case:
    upkeep = {"interval": rng.choice([2, 3, 9]), "maintenance_weeks": rng.choice([1, 2]), "last_maintenance": -20}
    return replace(c, sets=tuple(replace(q, **upkeep) for q in c.sets))


def _scenarios(rng: Random, c: Case) -> Case:
    who, chance = rng.choice(c.units).id, rng.choice([100, 200])
    found = [
        Scenario("road", "", chance, closed_routes=frozenset({"corridor"})),
        Scenario("lost", "", chance, lost_sets=frozenset(q.id for q in c.sets)),
        Scenario("late", "", chance, late_units=frozenset({who}), late_weeks=rng.choice([0, 1, 2])),
        Scenario("poor", "", chance, budget_factor=rng.choice([300, 800])),
        Scenario("short", "", chance, cr_weeks=2, cr_rate=200),
        Scenario("long", "", chance, cr_weeks=3, cr_rate=rng.choice([500, 900])),
    ]
    some = tuple(rng.sample(found, rng.choice([2, 3, 4])))
    made = setting(replace(c, scenarios=some), weigh_scenarios=True, worst_scenario_weight=rng.choice([0, 300, 1000]))
    return replace(made, budgets=tuple(replace(b, last_year=b.amount * 20) for b in made.budgets))


def _resolution(rng: Random, c: Case) -> Case:
    made = replace(c, cr=Scenario("cr", "", cr_weeks=rng.choice([1, 2]), cr_rate=rng.choice([300, 1000])))
    return replace(made, budgets=tuple(replace(b, last_year=b.amount * 20) for b in made.budgets))


def _capped(rng: Random, c: Case) -> Case:
    return setting(c, total_cap=rng.choice([500_000, 2_000_000, 5_000_000]))


def _founding(rng: Random, c: Case) -> Case:
    return setting(c, founding_act=True, founding_act_weeks=rng.choice([2, 3]))


def _locks(rng: Random, c: Case) -> Case:
    subjects = {
        "unit": c.units, "element": c.elements, "set": c.sets, "exercise": c.exercises, "participant": c.elements,
        "upgrade": c.upgrades,
    }  # fmt: skip
    kinds = [k for k in KINDS if subjects[k] and (k != "participant" or c.exercises)]
    lines, places = [], [x.id for x in c.sites]
    for n in range(rng.choice([1, 1, 2])):
        kind, start = rng.choice(kinds), rng.choice([None, 0, 1, 2, 3])
        lines.append(
            Lock(
                f"K{n}",
                rng.choice(RULES),
                kind,
                rng.choice(subjects[kind]).id,
                place=rng.choice([None, "PL", *places]) if kind not in ("participant", "upgrade") else None,
                exercise=rng.choice(c.exercises).id if kind == "participant" else None,
                start=None if kind == "participant" else start,
                end=None if start is None or kind == "participant" else start + rng.choice([1, 2]),
                price=rng.choice([-2.0, 1.0, 5.0]),
            )
        )
    return replace(c, locks=(*c.locks, *lines))


def _under_way_on_a_set(rng: Random, c: Case) -> Case:
    """The first unit, made of tanks, is out on the first set, where that may stand."""
    able = [u for u in c.units if all(e.type == "TANK" for e in c.elements_of[u.id]) and len(c.elements_of[u.id]) == 1]
    if not able or not c.sets:
        return c
    unit, site = able[0], rng.choice(["POZ", "DRA"])
    end, name = rng.choice([1, 2, 3]), c.sets[0].id
    out = rot(unit.id, -2, end, f"{unit.id}a {site} set:{name}")
    sets = tuple(replace(q, start_site=site, available=0) if q.id == name else q for q in c.sets)
    units = tuple(replace(u, last_return=None) if u.id == unit.id else u for u in c.units)
    others = tuple(r for r in c.last.rotations if r.unit != unit.id)
    return replace(c, sets=sets, units=units, last=replace(c.last, rotations=(*others, out)).tidy())


def _history(rng: Random, c: Case) -> Case:
    unit = c.units[-1]
    left = -rng.choice([1, 2])
    drawn = [q.id for q in c.sets] if rng.random() < 0.6 else []

    def how(kind: str) -> str:
        return f"set:{drawn.pop()}" if kind == "TANK" and drawn else next(m for m in c.types[kind].modes if m != "set")

    gone = rot(unit.id, left - rng.choice([2, 4]), left, *(f"{e.id} POZ {how(e.type)}" for e in c.elements_of[unit.id]))
    held = [run(x.id, x.hosts[0].site, -rng.choice([1, 2])) for x in c.exercises[:1]]
    serviced = [Maintenance(q.id, -4, -rng.choice([1, 2])) for q in c.sets if q.interval]
    sets = tuple(replace(q, last_maintenance=rng.choice([None, -3]), reset_weeks=rng.choice([1, 3])) for q in c.sets)
    units = tuple(replace(u, last_return=None) if u.id == unit.id else u for u in c.units)
    last = c.last if any(r.unit == unit.id for r in c.last.rotations) else _add(c.last, plan(gone))
    return replace(c, last=_add(last, plan(*held, *serviced)), sets=sets, units=units)


def _building(rng: Random, c: Case) -> Case:
    """Upgrades bought before the plan: built, or not yet."""
    return replace(c, last=_add(c.last, plan(*(Purchase(u.id, -rng.choice([1, 2, 9])) for u in c.upgrades))))


def _in_service(rng: Random, c: Case) -> Case:
    """Sets are in maintenance on day one."""
    blocks = (Maintenance(q.id, -1, rng.choice([1, 2])) for q in c.sets if q.interval)
    sets = tuple(replace(q, last_maintenance=None) if q.interval else q for q in c.sets)
    return replace(c, last=_add(c.last, plan(*blocks)), sets=sets)


def _past_the_end(rng: Random, c: Case) -> Case:
    """Sets fall due soon after the plan, and holdings end then too."""
    sets = tuple(replace(q, interval=c.weeks, maintenance_weeks=1, last_maintenance=rng.choice([0, 1])) for q in c.sets)
    ends = tuple(replace(h, end=c.weeks + rng.choice([0, 2])) if h.end > c.weeks else h for h in c.holdings)
    return setting(replace(c, sets=sets, holdings=ends), look_past_end=True)


def _add(a: Plan, b: Plan) -> Plan:
    return Plan(*((*x, *y) for x, y in zip(vars(a).values(), vars(b).values(), strict=True))).tidy()


def _replanned(rng: Random, c: Case) -> Case:
    """The best plan of the case is in force, some weeks of it are frozen, and then the demand changes."""
    best = linear.solve(c, Options(workers=1)).plan
    if best is None:
        return c
    demands = (*c.demands, Demand(rng.choice(["PL", "LT"]), "fires", "assure", rng.randint(0, 2), c.weeks, 3000))
    prices = {"change_price": rng.choice([0.0, 0.3]), "change_price_event": rng.choice([0.0, 1.0])}
    frozen = rng.choice([0, 1, 2, 4])
    known = replace(c, last=_add(past(c.last), best), demands=demands)
    return setting(known, replan=True, frozen_weeks=frozen, **prices)


def _begun(rng: Random, c: Case) -> Case:
    """Somebody was flown in before day one for an exercise of the first weeks."""
    told = {r.exercise for r in c.last.runs}
    ways = [
        (x, h, n, e, mode, q, early)
        for x in c.exercises if x.id not in told
        for h in x.hosts
        for n in x.needs if n.origin != "theatre"
        for e in c.elements if n.what in (e.type, c.types[e.type].main_capability)
        for mode, terms in c.types[e.type].modes.items()
        for q in ([s for s in c.sets if s.set_type == c.types[e.type].set_type] if mode == "set" else [None])
        if (early := max(terms.rsoi_weeks, q.draw_weeks if q else 0))
    ]  # fmt: skip
    if not ways:
        return c
    x, h, n, e, mode, q, early = rng.choice(ways)
    who = Participant(n.id, e.id, mode, q.id if q else None)
    start = rng.randrange(early)
    eager = tuple(replace(y, value=30.0, earliest=0, latest=c.weeks) if y.id == x.id else y for y in c.exercises)
    return replace(c, exercises=eager, last=_add(c.last, Plan(runs=(Run(x.id, h.site, start, (who,)),))))


# new ones go to the end, so that a seed keeps its case as far as it can
ODDITIES = (
    (0.25, _stagger), (0.1, _nobody), (0.2, _load), (0.2, _flown_in), (0.15, _mandatory), (0.1, _crowd),
    (0.1, _hard_floor), (0.15, _range_upgrade), (0.2, _overdue), (0.25, _scenarios), (0.1, _resolution),
    (0.15, _capped), (0.1, _founding), (0.25, _turnaround), (0.3, _under_way_on_a_set), (0.2, _history),
    (0.45, _locks), (0.3, _replanned), (0.15, _building), (0.1, _in_service), (0.2, _past_the_end), (0.25, _begun),
)  # fmt: skip
