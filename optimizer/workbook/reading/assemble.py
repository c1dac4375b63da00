"""From tables without faults to a ``Case``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from optimizer.domain import (
    Budget,
    Capability,
    Case,
    Closure,
    Country,
    Demand,
    Element,
    Exercise,
    Holding,
    Host,
    Leg,
    Level,
    Lock,
    Mode,
    Need,
    PrepoSet,
    Reach,
    Scenario,
    Settings,
    Site,
    Unit,
    UnitType,
    Upgrade,
    Window,
)
from optimizer.domain.forces import MODES
from optimizer.quantities import MILLI, Calendar, scaled
from optimizer.workbook.reading.fields import Fields, of, otherwise, quantity
from optimizer.workbook.reading.references import whole_units
from optimizer.workbook.reading.tables import Row, Tables
from optimizer.workbook.schema import SETTINGS

YEAR = 52  # weeks beyond the plan for which a unit without rows stays available


def assemble(tables: Tables, calendar: Calendar) -> Case:
    """The case, without a last plan. ``tables`` must be free of faults."""
    f, weeks = Fields(tables, calendar), calendar.weeks
    settings = {s.attribute: quantity(s, tables.settings[s.attribute], calendar) for s in SETTINGS}
    settings = otherwise(settings, release=0)
    resolution = of(Scenario, settings | {"id": settings["under"] or "CR", "name": "continuing resolution"})
    sets = tuple(_set(f, row, v) for row, v in f.rows("Sets"))
    sites = tuple(of(Site, otherwise(v, handover_places=v["places"])) for v in f.every("Sites"))
    upgrades = tuple(_upgrade(v, weeks) for v in f.every("Upgrades"))
    return Case(
        of(Settings, settings | {"calendar": calendar}),
        countries=tuple(of(Country, v) for v in f.every("Countries")),
        capabilities=tuple(of(Capability, v) for v in f.every("Capabilities")),
        levels=tuple(of(Level, v) for v in f.every("Levels")),
        sites=sites,
        closures=tuple(of(Closure, v) for v in f.spans("Closures", weeks)),
        upgrades=upgrades,
        legs=tuple(_leg(v) for v in f.every("Travel")),
        reach=tuple(of(Reach, v) for v in f.every("Reach")),
        unit_types=tuple(_unit_type(f, row, v) for row, v in f.rows("Unit types")),
        units=tuple(of(Unit, otherwise(v, home="home")) for v in f.every("Units")),
        elements=(
            *(of(Element, v) for v in f.every("Elements")),
            *(Element(r["Unit"], r["Unit"], r["Type"]) for r in whole_units(tables)),
        ),
        windows=tuple(_windows(f)),
        sets=sets,
        holdings=tuple(_holdings(f, sets, sites, upgrades)),
        exercises=tuple(_exercises(f)),
        demands=tuple(_demands(f)),
        budgets=tuple(of(Budget, v | {"quarters": tuple(v[f"q{q}"] for q in range(1, 5))}) for v in f.every("Budget")),
        scenarios=tuple(of(Scenario, _no_lists(v)) for v in f.every("Scenarios")),
        locks=tuple(of(Lock, v) for v in f.every("Locks")),
        under=settings["under"],
        cr=resolution if resolution.cr_weeks else None,
    )


def _no_lists(v: dict[str, Any]) -> dict[str, Any]:
    none: frozenset[str] = frozenset()
    return otherwise(v, **{k: none for k in ("routes", "closed_routes", "lost_sets", "late_units") if k in v})


def _leg(v: dict[str, Any]) -> Leg:
    return of(Leg, _no_lists(otherwise(v, days_heavy=v["days_wheeled"])))


def _upgrade(v: dict[str, Any], weeks: int) -> Upgrade:
    return of(Upgrade, otherwise(v, earliest=0, latest=weeks - 1, handover_places=v["places"]))


def _unit_type(f: Fields, row: Row, v: dict[str, Any]) -> UnitType:
    modes = {
        m: Mode(v[f"{m}.lead_weeks"], v[f"{m}.rsoi_weeks"], v[f"{m}.cost"])
        for m in MODES
        if v[f"{m}.lead_weeks"] is not None
    }
    points = {k: p for k, p in f.family(row, "Capabilities", "Points {}").items() if p}
    return of(UnitType, v | {"points": points, "modes": modes})


def _windows(f: Fields) -> Iterator[Window]:
    beyond = f.calendar.weeks + YEAR
    named = set()
    for v in f.spans("Availability", beyond):
        named.add(v["unit"])
        yield of(Window, v)
    for row in f.tables.rows("Units"):
        if row["Unit"] not in named:
            yield Window(row["Unit"], 0, beyond)


def _set(f: Fields, row: Row, v: dict[str, Any]) -> PrepoSet:
    if row["Worth like"] is not None:
        like = next(r for r in f.tables.rows("Unit types") if r["Type"] == row["Worth like"])
        share = scaled(row["Share"], MILLI)
        points = f.family(like, "Capabilities", "Points {}")
        worth = {k: (p * share + MILLI // 2) // MILLI for k, p in points.items()}
    else:
        worth = f.family(row, "Capabilities", "Worth {}")
    v = otherwise(v, available=0)
    return of(PrepoSet, v | {"worth": {k: w for k, w in worth.items() if w}})


def _holdings(
    f: Fields, sets: tuple[PrepoSet, ...], sites: tuple[Site, ...], upgrades: tuple[Upgrade, ...]
) -> Iterator[Holding]:
    named = set()
    for v in f.spans("Set holdings", f.calendar.weeks):
        named.add(v["set_id"])
        yield of(Holding, v)
    room = {s.id: s.slots + sum(u.slots for u in upgrades if u.site == s.id) for s in sites}
    for q in sets:
        if q.id not in named:
            yield from (Holding(q.id, s.id, 0, f.calendar.weeks) for s in sites if room[s.id] >= q.slots)


def _exercises(f: Fields) -> Iterator[Exercise]:
    hosts: dict[str, list[Host]] = {}
    for v in f.every("Exercise hosts"):
        hosts.setdefault(v["exercise"], []).append(of(Host, v))
    needs: dict[str, list[Need]] = {}
    for v in f.every("Exercise needs"):
        needs.setdefault(v["exercise"], []).append(of(Need, v))
    for v in f.every("Exercises"):
        v = otherwise(v, earliest=0, latest=f.calendar.weeks - v["weeks"])
        own = {"hosts": tuple(hosts.get(v["id"], ())), "needs": tuple(needs.get(v["id"], ()))}
        yield of(Exercise, v | own)


def _demands(f: Fields) -> Iterator[Demand]:
    for row, v in f.rows("Demand"):
        v = otherwise(v, start=0, end=f.calendar.weeks)
        for level, points in f.family(row, "Levels", "Points {}").items():
            yield of(Demand, v | {"level": level, "points": points})
