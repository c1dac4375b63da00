"""Conflicts planted into a case that has a plan: rows are typed or changed so that together they leave none, and any
one of them taken back leaves one again. Each is worked out from the inputs alone, not from what the program says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random

from optimizer.domain import Budget, Case, Exercise, Holding, Lock, Need, Plan, Posting, Rotation, Window
from optimizer.domain.ledger import ledger
from optimizer.domain.places import ECHELONS
from optimizer.engines.lagrangian.existence import Existence
from tests.build import setting, tweak

TRIES = 40  # lines and sites tried for one conflict
Rows = frozenset[tuple[str, str]]  # (sheet, key or column) of rows


@dataclass(frozen=True)
class Planted:
    """A case without a plan, and the rows that are to blame. ``linking``: several parties are."""

    case: Case
    rows: Rows
    linking: bool


def has_plan(case: Case, rounds: int = 12) -> Plan | None:
    """A plan of the case that a short search finds."""
    return Existence(case, 1).find(rounds)


class Bed:
    """A case with a plan into which conflicts are planted by chance."""

    def __init__(self, case: Case, rng: Random):
        out = {r.unit for r in case.underway}
        self.rng, self.case = rng, setting(replace(case, locks=(), demands=()), transfer_limit=0)
        self.units = [u for u in case.units if u.id not in out and u.id not in case.returned]
        self.sites = [s for s in case.sites if s.country is not None and s.handover_places > 0]

    def line(self, name: str, others: tuple[Lock, ...] = (), place: str | None = None, first: int = 0) -> Lock | None:
        """A line on a unit without another that can be kept besides ``others``, from week ``first`` on."""
        case, rng = self.case, self.rng
        taken = {k.subject for k in others}
        for _ in range(TRIES):
            unit = rng.choice([u for u in self.units if u.id not in taken])
            window, kind = rng.choice(case.windows_of[unit.id]), case.unit_type(unit.id)
            weeks = max(kind.rotation_min, 2)
            low, high = max(window.start, first, 0), min(window.end, case.weeks) - weeks
            if high < low:
                continue
            start = rng.randint(low, high)
            people = sum(case.types[e.type].people for e in case.elements_of[unit.id] if not e.optional)
            at = place or rng.choice([s.id for s in self.sites if s.handover_places >= people] or [None])
            if at is not None and people and case.site[at].handover_places >= people:
                lock = Lock(name, "must", "unit", unit.id, at, start=start, end=start + weeks)
                if has_plan(replace(case, locks=(*others, lock))) is not None:
                    return lock
        return None


def locks(bed: Bed) -> Planted | None:
    """One line wants a unit at a site in some week in which another forbids it the country."""
    must = bed.line("P1")
    if must is None:
        return None
    week = bed.rng.randrange(must.start, must.end)
    country = bed.case.site[must.place or ""].country
    forbid = Lock("P2", "forbid", "unit", must.subject, country, start=week, end=week + 1)
    return Planted(replace(bed.case, locks=(must, forbid)), _rows(must, forbid), False)


def windows(bed: Bed) -> Planted | None:
    """The unit is available only before the line begins."""
    must = bed.line("P1", first=3)
    if must is None:
        return None
    late = bed.rng.randint(1, must.end - must.start)
    kept = [w for w in bed.case.windows if w.unit != must.subject]
    case = replace(bed.case, windows=(*kept, Window(must.subject, -60, must.end - late)), locks=(must,))
    return Planted(case, _rows(must) | {("Availability", must.subject)}, False)


def rest(bed: Bed) -> Planted | None:
    """The unit came home just before the plan from a rotation that it has to rest from until after the line."""
    must = bed.line("P1")
    if must is None or bed.case.unit_type(must.subject).dwell_ratio < 500:
        return None
    long = 2 * (must.end + 2)
    case = tweak(bed.case, "units", must.subject, last_return=0, last_weeks=long)
    return Planted(replace(case, locks=(must,)), _rows(must) | {("Units", must.subject)}, False)


def money(bed: Bed) -> Planted | None:
    """Two or three lines cost, with those under way, 1 % more than presence has; any of them fewer fits."""
    case = bed.case
    lines: tuple[Lock, ...] = ()
    for n in range(bed.rng.randint(2, 3)):
        lock = bed.line(f"P{n + 1}", lines)
        lines += () if lock is None else (lock,)
    line, year = case.settings.line_rotation, case.calendar.fiscal(0)[0]
    if len(lines) < 2 or len(case.calendar.fiscal_years) > 1:
        return None
    sure = sum(x.amount for x in ledger(case, Plan(case.underway)) if x.line == line and 0 <= x.week < case.weeks)
    amount = (sure + sum(_least(case, k) for k in lines)) * 99 // 100
    case = replace(_priced(case, line, amount), locks=lines)
    return Planted(case, _rows(*lines) | {("Budget", f"{year} {line}")}, True)


def exercise_money(bed: Bed) -> Planted | None:
    """Two exercises that have to be held cost 1 % more than there is for exercises."""
    case, rng = bed.case, bed.rng
    line, year = case.settings.line_exercise, case.calendar.fiscal(0)[0]
    if len(case.exercises) < 2 or len(case.calendar.fiscal_years) > 1:
        return None
    held = [x for x in case.exercises if x.mandatory]
    chosen = rng.sample([x for x in case.exercises if not x.mandatory and x.cost], 2)
    lines = tuple(Lock(f"P{i + 1}", "must", "exercise", x.id) for i, x in enumerate(chosen))
    cost = sum(x.cost + min(h.cost for h in x.hosts) for x in (*held, *chosen))
    case = replace(_priced(case, line, cost * 99 // 100), locks=lines)
    return Planted(case, _rows(*lines) | {("Budget", f"{year} {line}")}, True)


def places(bed: Bed) -> Planted | None:
    """Lines want two or three units at one site at the same time that has room for all but one person of them."""
    first = bed.line("P1")
    if first is None:
        return None
    lines, week = (first,), first.start
    for n in range(bed.rng.randint(1, 2)):
        other = bed.line(f"P{n + 2}", lines, first.place, week)
        if other is not None:
            lines += (replace(other, start=week, end=week + 1),)
    case = bed.case
    people = sum(case.types[e.type].people for k in lines for e in case.elements_of[k.subject] if not e.optional)
    at = str(first.place)
    case = tweak(case, "sites", at, places=min(people, case.site[at].places) - 1, handover_places=people - 1)
    ups = tuple(replace(u, places=0, handover_places=0) if u.site == at else u for u in case.upgrades)
    case = replace(case, upgrades=ups, locks=lines)
    return None if len(lines) < 2 else Planted(case, _rows(*lines) | {("Sites", at)}, True)


def maintenance(bed: Bed) -> Planted | None:
    """A rotation under way holds a set over the week in which its maintenance is due."""
    case, rng = bed.case, bed.rng
    sets = [q for q in case.sets if q.available <= 0 and q.start_site in {s.id for s in bed.sites}]
    ways = [
        (q, u, e)
        for q in sets
        for u in bed.units
        for e in case.elements_of[u.id]
        if len(case.elements_of[u.id]) == 1 and case.types[e.type].set_type == q.set_type
    ]
    if not ways:
        return None
    q, unit, e = rng.choice(ways)
    until = rng.randint(4, 8)
    out = Rotation(unit.id, -4, until, (Posting(e.id, str(q.start_site), "set", q.id, -4, until),))
    case = replace(case, last=replace(case.last, rotations=(*case.last.rotations, out)))
    last = -rng.randint(0, 3)
    case = tweak(case, "sets", q.id, interval=until - 2 - last, maintenance_weeks=1, last_maintenance=last)
    case = replace(case, holdings=(*(h for h in case.holdings if h.set_id != q.id),
                                   Holding(q.id, str(q.start_site), -60, case.weeks + 60)))  # fmt: skip
    return Planted(case, frozenset({("Sets", q.id), ("Plan rotations", e.id)}), False)


def freeze(bed: Bed) -> Planted | None:
    """A line wants a unit in frozen weeks in which the last plan has it at home."""
    must, made = bed.line("P1"), has_plan(bed.case)
    if must is None or made is None or any(r.unit == must.subject for r in made.rotations):
        return None
    case = replace(setting(bed.case, replan=True, frozen_weeks=must.start + 1), last=made, locks=(must,))
    return Planted(case, _rows(must) | {("Settings", "frozen_weeks")}, False)


def needs(bed: Bed) -> Planted | None:
    """An exercise that has to be held needs one more from theatre than there are in the force."""
    case, rng = bed.case, bed.rng
    x = rng.choice(case.exercises)
    what = case.types[rng.choice(case.elements).type].id
    able = sum(e.type == what for e in case.elements)
    need = Need("planted", what, able + 1, "theatre", None)
    case = _with_exercise(case, replace(x, needs=(need,), mandatory=False, group=None))
    lock = Lock("P1", "must", "exercise", x.id)
    return Planted(replace(case, locks=(lock,)), _rows(lock) | {("Exercise needs", f"{x.id} planted")}, True)


def forbidden_needs(bed: Bed) -> Planted | None:
    """An exercise that has to be held needs all of a kind at once, and a line forbids one of them the theatre."""
    case, rng = bed.case, bed.rng
    x = rng.choice(case.exercises)
    kinds = {e.type for e in case.elements}
    of = {k: [e for e in case.elements if e.type == k] for k in sorted(kinds)}
    few = [k for k, found in of.items() if 1 < len(found) <= 4 and len({e.unit for e in found}) == len(found)]
    if not few:
        return None
    what = rng.choice(few)
    need = Need("planted", what, len(of[what]), "theatre", None)
    late = replace(x, earliest=0, latest=case.weeks, needs=(need,), mandatory=False, group=None, echelon=ECHELONS[0])
    case = _with_exercise(case, late)
    lock = Lock("P1", "must", "exercise", x.id)
    forbid = Lock("P2", "forbid", "element", rng.choice(of[what]).id)
    return Planted(
        replace(case, locks=(lock, forbid)), _rows(lock, forbid) | {("Exercise needs", f"{x.id} planted")}, True
    )


def floor(bed: Bed) -> Planted | None:
    """A hard floor of a country is one person above the beds that it can ever have."""
    case = _hard_floors(bed.case)
    country = str(bed.rng.choice([s.country for s in bed.sites]))
    wanted = min(e for e in (case.types[e.type].people for e in case.elements) if e)
    inside = [s.id for s in bed.sites if s.country == country]
    ups = tuple(replace(u, places=0, handover_places=0) for u in case.upgrades)
    case = replace(case, upgrades=ups, closures=())
    for i, name in enumerate(inside):
        beds = wanted - 1 if i == 0 else 0
        case = tweak(case, "sites", name, places=min(beds, case.site[name].places), handover_places=beds)
    rows = frozenset({("Countries", country), ("Sites", inside[0])})
    return Planted(tweak(case, "countries", country, floor=wanted), rows, True)


def floor_money(bed: Bed) -> Planted | None:
    """A hard floor of a country costs, at the least that a person costs in theatre, more than presence has."""
    case = _hard_floors(bed.case)
    country = bed.rng.choice([s.country for s in bed.sites])
    line, year = case.settings.line_rotation, case.calendar.fiscal(0)[0]
    person = min(case.types[e.type].week_cost / max(case.types[e.type].people, 1) for e in case.elements)
    if len(case.calendar.fiscal_years) > 1 or any(r.arrive < 0 for r in case.underway):
        return None
    wanted = min(s.handover_places for s in bed.sites if s.country == country) // 2
    case = _priced(case, line, int(person * wanted * case.weeks) // 2)
    planted = frozenset({("Countries", str(country)), ("Budget", f"{year} {line}")})
    return Planted(tweak(case, "countries", str(country), floor=wanted), planted, True)


KINDS: dict[str, Callable[[Bed], Planted | None]] = {
    "locks": locks,
    "windows": windows,
    "rest": rest,
    "money": money,
    "exercise money": exercise_money,
    "places": places,
    "maintenance": maintenance,
    "freeze": freeze,
    "needs": needs,
    "forbidden needs": forbidden_needs,
    "floor": floor,
    "floor money": floor_money,
}


def _rows(*lines: Lock) -> Rows:
    return frozenset(("Locks", k.id) for k in lines)


def _least(case: Case, line: Lock) -> int:
    """Money that a line on a whole unit costs at least: its weeks, and the cheapest way of coming."""
    kinds = [case.types[e.type] for e in case.elements_of[line.subject] if not e.optional]
    return sum(k.week_cost * (line.end - line.start) + min(m.cost for m in k.modes.values()) for k in kinds)


def _priced(case: Case, line: str, amount: int) -> Case:
    """The case with so much money for a line in its one year, and no limit on any other."""
    year = case.calendar.fiscal(0)[0]
    others = (Budget(year, other, 10**15) for other in case.lines if other != line)
    return replace(case, budgets=(*others, Budget(year, line, amount)))


def _hard_floors(case: Case) -> Case:
    """The case with hard floors, of nobody so far."""
    return setting(replace(case, countries=tuple(replace(c, floor=0) for c in case.countries)), floor_hard=True)


def _with_exercise(case: Case, new: Exercise) -> Case:
    return replace(case, exercises=tuple(new if x.id == new.id else x for x in case.exercises))
