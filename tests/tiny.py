"""Tiny cases and plans for tests: short to write, sensible unless said otherwise.

``case(weeks=12, units={"U1": "TANK ART?"}, sets={"S1": {}}, exercises={"X1": {"value": 5.0}})``
has two countries (PL with sites POZ and DRA, LT with RUK), a depot DEP outside both, two
capabilities, two levels and constant demand. A unit is a list of element types, ``?`` marking
an optional element; elements are called after their unit: U1a, U1b, … Every other keyword
replaces a whole table of the ``Case``; ``settings`` is a mapping of changed settings.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from optimizer.domain import (
    EMPTY_PLAN,
    Budget,
    Capability,
    Case,
    Country,
    Demand,
    Element,
    Exercise,
    Holding,
    Host,
    Leg,
    Level,
    Maintenance,
    Mode,
    Need,
    Participant,
    Plan,
    Posting,
    PrepoSet,
    Purchase,
    Rotation,
    Run,
    Settings,
    Site,
    Stay,
    Unit,
    UnitType,
    Upgrade,
    Window,
)
from optimizer.quantities import MONEY, Calendar

START = date(2017, 10, 2)  # a Monday; week 13 is the first of the second fiscal quarter

COUNTRIES = (Country("PL", "Poland", 1.0), Country("LT", "Lithuania", 2.0))
CAPABILITIES = (Capability("armour", "Armour", 1.0), Capability("fires", "Fires", 0.5))
LEVELS = (Level("assure", 3.0), Level("full", 1.0))
SITES = (
    Site("POZ", "Poznan", "PL", 1000, 1500, 2000, "battalion"),
    Site("DRA", "Drawsko", "PL", 500, 800, 1000, "brigade", 2),
    Site("RUK", "Rukla", "LT", 400, 600, 1000, "company"),
    Site("DEP", "Depot", None, 0, 0, 3000),
)
# heavy days: POZ-DRA 2, DRA-RUK 8, POZ-RUK 9 (the corridor) or 10 by DRA, DEP-POZ 5
LEGS = (
    Leg("POZ", "DRA", 1000, 2000),
    Leg("DRA", "RUK", 4000, 8000),
    Leg("POZ", "RUK", 2500, 9000, frozenset({"corridor"})),
    Leg("DEP", "POZ", 2000, 5000),
)
UNIT_TYPES = (
    UnitType("BDE", "Brigade", "brigade", "armour", "heavy", 0, {}, {}, 0, 2, 4, 6, 1000),
    UnitType(
        "TANK", "Tank company", "company", "armour", "heavy", 100, {"armour": 1000},
        {"sea": Mode(4, 2, 3 * MONEY), "set": Mode(2, 1, 1 * MONEY)}, MONEY // 10, 2, 4, 6, 1000, 250, "ARMD",
    ),
    UnitType(
        "ART", "Battery", "company", "fires", "wheeled", 80, {"fires": 1000},
        {"sea": Mode(4, 2, 2 * MONEY), "air": Mode(1, 1, 4 * MONEY)}, MONEY // 20, 2, 4, 6, 1000, 100,
    ),
    UnitType(
        "INF", "Infantry company", "company", "armour", "wheeled", 120, {"armour": 500, "fires": 200},
        {"air": Mode(1, 0, 1 * MONEY)}, MONEY // 20, 1, 3, 5, 500, 200, None, 1,
    ),
)  # fmt: skip


def case(
    weeks: int = 12,
    *,
    units: Mapping[str, str] | None = None,
    sets: Mapping[str, Mapping[str, Any]] | None = None,
    exercises: Mapping[str, Mapping[str, Any]] | None = None,
    upgrades: Mapping[str, Mapping[str, Any]] | None = None,
    settings: Mapping[str, Any] | None = None,
    **tables: Any,
) -> Case:
    """A tiny case; see the module's docstring."""
    calendar = Calendar((settings or {}).get("start", START), weeks)
    rest = {k: v for k, v in (settings or {}).items() if k != "start"}
    made: dict[str, Any] = {
        "settings": Settings("test", calendar, **{"release": -52, **rest}),
        "countries": COUNTRIES,
        "capabilities": CAPABILITIES,
        "levels": LEVELS,
        "sites": SITES,
        "legs": LEGS,
        "unit_types": UNIT_TYPES,
    }
    made["units"], made["elements"] = _units({"U1": "TANK ART?"} if units is None else units)
    made["windows"] = tuple(Window(u.id, -52, weeks + 52) for u in made["units"])
    made["sets"] = tuple(prepo(q, **changes) for q, changes in (sets or {}).items())
    made["holdings"] = tuple(Holding(q, s.id, -52, weeks + 52) for q in (sets or {}) for s in SITES)
    made["exercises"] = tuple(exercise(x, weeks, **changes) for x, changes in (exercises or {}).items())
    made["upgrades"] = tuple(upgrade(b, weeks, **changes) for b, changes in (upgrades or {}).items())
    made["demands"] = tuple(
        Demand(c.id, k.id, level, 0, weeks, points)
        for c in COUNTRIES
        for k in CAPABILITIES
        for level, points in (("assure", 1000), ("full", 2000))
    )
    return Case(**{**made, **tables})


def _units(wanted: Mapping[str, str]) -> tuple[tuple[Unit, ...], tuple[Element, ...]]:
    units, elements = [], []
    for name, text in wanted.items():
        kinds = text.split()
        units.append(Unit(name, name, "BDE" if len(kinds) > 1 else kinds[0].rstrip("?"), "Home"))
        for letter, kind in zip("abcdefghijklmnopqrstuvwxyz", kinds, strict=False):
            elements.append(Element(name + letter, name, kind.rstrip("?"), kind.endswith("?")))
    return tuple(units), tuple(elements)


def prepo(name: str, /, **changes: Any) -> PrepoSet:
    """A set of the type TANK falls in on, standing at POZ, without maintenance."""
    base = PrepoSet(name, name, "ARMD", {"armour": 1000}, 1000, "POZ", 0, 1, 1, week_cost=10_000, move_cost=500_000)
    return replace(base, **changes)


def exercise(name: str, horizon: int, /, **changes: Any) -> Exercise:
    """A two-week company exercise at DRA or POZ, any time, wanting one TANK from anywhere."""
    hosts, needs = (Host("DRA", 200_000), Host("POZ")), (Need("N1", "TANK", 1),)
    return replace(Exercise(name, name, 0, horizon, 2, "company", 5.0, 1 * MONEY, hosts, needs), **changes)


def upgrade(name: str, horizon: int, /, **changes: Any) -> Upgrade:
    """300 more places of both kinds at RUK, two weeks to build, bought any time."""
    return replace(Upgrade(name, "RUK", 2 * MONEY, 2, 0, horizon - 1, 300, 300), **changes)


def budget(amount: int, line: str = "presence", year: int = 2018, **rest: Any) -> Budget:
    """A budget row; ``amount`` in whole units of money."""
    return Budget(year, line, amount * MONEY, **rest)


def tweak(c: Case, table: str, name: str, **changes: Any) -> Case:
    """The case with some fields of one record of ``table`` changed (by its id)."""
    rows = tuple(replace(r, **changes) if r.id == name else r for r in getattr(c, table))
    assert rows != getattr(c, table), f"nothing called {name} changes in {table}"
    return replace(c, **{table: rows})


def setting(c: Case, **changes: Any) -> Case:
    """The case with some settings changed."""
    return replace(c, settings=replace(c.settings, **changes))


def rot(unit: str, arrive: int, depart: int, *postings: str) -> Rotation:
    """A rotation; a posting is ``"element site mode"`` or ``"element site set:S1"``, followed
    where it differs from the unit's by its own ``arrive depart``."""
    return Rotation(unit, arrive, depart, tuple(_posting(p, arrive, depart) for p in postings))


def _posting(text: str, arrive: int, depart: int) -> Posting:
    element, site, mode, *span = text.split()
    mode, _, set_id = mode.partition(":")
    if span:
        arrive, depart = (int(w) for w in span)
    return Posting(element, site, mode, set_id or None, arrive, depart)


def run(name: str, site: str, start: int, *participants: str) -> Run:
    """A run; a participant is ``"need element"`` or ``"need element mode"`` (``set:S1``)."""
    return Run(name, site, start, tuple(_participant(p) for p in participants))


def _participant(text: str) -> Participant:
    need, element, *how = text.split()
    mode, _, set_id = how[0].partition(":") if how else ("", "", "")
    return Participant(need, element, mode or None, set_id or None)


_PLACE = {Rotation: 0, Stay: 1, Maintenance: 2, Run: 3, Purchase: 4}


def plan(*decisions: Rotation | Stay | Maintenance | Run | Purchase) -> Plan:
    """A tidy plan of these decisions, in any order."""
    lists: list[list[Any]] = [[], [], [], [], []]
    for d in decisions:
        lists[_PLACE[type(d)]].append(d)
    return Plan(*(tuple(x) for x in lists)).tidy()


def standing(c: Case) -> tuple[Stay, ...]:
    """Every set of the case at its start site (POZ if free to choose) for the whole plan."""
    return tuple(
        Stay(q.id, q.start_site or "POZ", max(q.available, 0), c.weeks) for q in c.sets if q.available < c.weeks
    )


__all__ = [
    "CAPABILITIES",
    "COUNTRIES",
    "EMPTY_PLAN",
    "LEGS",
    "LEVELS",
    "SITES",
    "START",
    "UNIT_TYPES",
    "budget",
    "case",
    "exercise",
    "plan",
    "prepo",
    "rot",
    "run",
    "setting",
    "standing",
    "tweak",
    "upgrade",
]
