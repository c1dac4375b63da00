"""Demand and money, measured against the force so that both bind."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from optimizer.domain import Budget, Demand, Element, Exercise, PrepoSet, Scenario, Unit, UnitType, Upgrade, Window
from optimizer.quantities import MILLI, Calendar
from optimizer.synthetic.catalogue import AREAS, CAPABILITIES, LEVEL_SHARES, LEVELS, UNIT_TYPES
from optimizer.synthetic.dice import Dice

TYPE = {t.id: t for t in UNIT_TYPES}
FIRST_ARRIVAL = 5  # about the first week in which a lead time lets anyone arrive
SURGE, SURGE_WEEKS = 125, (47, 51)  # per cent of the usual demand, in the same weeks of every second year
WANTED = 200  # per cent of the force's points that all areas want together at the highest level
MONEY_SHARE = {"presence": 50, "exercises": 55, "infrastructure": 45}  # per cent of what would be useful
UPKEEP_SHARE = 125  # per cent of the upkeep of the sets, which is owed whatever is planned
STEADY = ("presence", "prepositioning")  # lines with a ceiling in every quarter
QUARTER = 140  # a quarter may spend so many per cent of its share of the year


def demands(dice: Dice, force: tuple[Element, ...], weeks: int) -> tuple[Demand, ...]:
    """For every area, capability and level, with a surge in every second year."""
    points = Counter[str]()
    for e in force:
        points.update(TYPE[e.type].points)
    made = []
    for a in AREAS:
        for k in CAPABILITIES:
            full = max(points[k.id] * WANTED * a.share // 10_000, MILLI // 4)
            full = dice.about(full, 30)
            for level, share in zip(LEVELS, LEVEL_SHARES, strict=True):
                usual = -(-full * share // MILLI)
                made.append(Demand(a.id, k.id, level.id, 0, weeks, usual))
                for year in range(0, weeks, 104):
                    first, until = (year + w for w in SURGE_WEEKS)
                    if first < weeks:
                        surge = -(-usual * SURGE // 100)
                        made.append(Demand(a.id, k.id, level.id, first, min(until, weeks), surge))
    return tuple(made)


def budgets(
    calendar: Calendar,
    units: tuple[Unit, ...],
    force: tuple[Element, ...],
    windows: tuple[Window, ...],
    sets: tuple[PrepoSet, ...],
    exercises: tuple[Exercise, ...],
    upgrades: tuple[Upgrade, ...],
) -> tuple[Budget, ...]:
    """Money by line and year: about half of what would be useful; the upkeep of sets is always paid."""
    weeks = calendar.weeks
    useful = {
        "presence": _presence(units, force, windows, weeks),
        "exercises": 2 * sum(x.cost for x in exercises),  # as much again for those flown in
        "infrastructure": sum(u.cost for u in upgrades),
    }
    made = []
    for year in calendar.fiscal_years:
        inside = [w for w in range(weeks) if calendar.fiscal(w)[0] == year]
        quarters = Counter(calendar.fiscal(w)[1] for w in inside)
        upkeep = sum(q.week_cost * sum(w >= q.available for w in inside) for q in sets)
        owed = sum(q.week_cost for q in sets) * len(inside)
        amounts = {line: useful[line] * MONEY_SHARE[line] * len(inside) // (100 * weeks) for line in useful}
        amounts["prepositioning"] = max(owed, upkeep) * UPKEEP_SHARE // 100 + sum(q.move_cost for q in sets) // 10
        for line, amount in amounts.items():
            amount = amount // 1000 * 1000
            row = Budget(year, line, amount, last_year=amount * 4 // 5)
            if line in STEADY:
                q1, q2, q3, q4 = (_ceiling(amount, quarters[q], len(inside)) for q in range(1, 5))
                row = replace(row, quarters=(q1, q2, q3, q4))
            made.append(row)
    return tuple(made)


def _ceiling(amount: int, weeks: int, of: int) -> int:
    """A quarter's ceiling, never below what a steady spending needs."""
    return min(amount, amount * QUARTER * weeks // (100 * of)) // 1000 * 1000


def _presence(units: tuple[Unit, ...], force: tuple[Element, ...], windows: tuple[Window, ...], weeks: int) -> int:
    """The cost of every unit going for its standard time whenever windows and rest allow, the cheaper way."""
    total = 0
    for u in units:
        times, stay = _away(u, [w for w in windows if w.unit == u.id], weeks)
        for e in force:
            if e.unit == u.id:
                part = TYPE[e.type]
                way = min(m.cost for name, m in part.modes.items() if name != "set")
                total += times * way + stay * part.week_cost
    return total


def _away(unit: Unit, windows: list[Window], weeks: int) -> tuple[int, int]:
    """(rotations, weeks away inside the plan) of a unit that goes as soon as it can."""
    kind = TYPE[unit.type]
    free, times, stay = FIRST_ARRIVAL, 0, 0
    if unit.last_return is not None:
        free = max(free, unit.last_return + _rest(kind, unit.last_weeks))
    for w in windows:
        arrive = max(w.start, free)
        while arrive + kind.rotation_min <= min(w.end, weeks):
            depart = min(arrive + kind.rotation_std, w.end)
            times, stay = times + 1, stay + min(depart, weeks) - arrive
            arrive = free = depart + _rest(kind, depart - arrive)
    return times, stay


def _rest(kind: UnitType, length: int) -> int:
    return -(-kind.dwell_ratio * length // MILLI)


def scenarios(sets: tuple[PrepoSet, ...], units: tuple[Unit, ...]) -> tuple[Scenario, ...]:
    """What-ifs without a probability: corridor closed, a set lost, the first brigade late, less money."""
    return (
        Scenario("CORRIDOR", "Corridor closed", closed_routes=frozenset({"corridor"})),
        *(Scenario("SET_LOST", "First set lost", lost_sets=frozenset({q.id})) for q in sets[:1]),
        Scenario("LATE", "First brigade six weeks late", late_units=frozenset({units[0].id}), late_weeks=6),
        Scenario("BUDGET_DOWN", "Budget ten per cent lower", budget_factor=900),
    )
