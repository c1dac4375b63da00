"""Cases in which every week that a company is ready is worth one point, and nothing else counts."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from optimizer.domain import Case, Mode, Need, UnitType
from optimizer.quantities import MILLI, MONEY
from tests.tiny import case


def plain(units: int, weeks: int, kind: UnitType, *, settings: dict[str, Any] | None = None, **changed: Any) -> Case:
    """``units`` single companies (U0, U1, …; element U0a) that each give one point; demand for as many, in Poland
    alone; room for all everywhere. Keywords are those of ``tests.tiny.case``; nothing has a price unless ``settings``
    say so."""
    free = {"cost_price": 0.0, "floor_price": 0.0, "over_length_price": 0.0, "set_credit": 0, **(settings or {})}
    names = {f"U{i}": kind.id for i in range(units)}
    made = case(weeks, units=names, unit_types=(kind,), settings=free, **changed)
    sites = tuple(replace(s, places=10_000, handover_places=10_000) for s in made.sites)
    demands = tuple(
        replace(
            d, points=(units * MILLI if d.country == "PL" and d.capability == "armour" and d.level == "full" else 0)
        )
        for d in made.demands
    )
    return replace(
        made,
        sites=sites,
        demands=demands,
        countries=tuple(replace(c, weight=1.0 if c.id == "PL" else 0.0) for c in made.countries),
        capabilities=tuple(replace(k, weight=1.0) for k in made.capabilities),
        levels=tuple(replace(v, value=1.0) for v in made.levels),
    )


def company(
    shortest: int, longest: int, fare: int, week: int, dwell: int = 1000, modes: dict[str, Mode] | None = None
) -> UnitType:
    """A tank company of 100 that comes at once by sea, for ``fare``, and is ready at once; a week costs ``week``."""
    ways = modes or {"sea": Mode(0, 0, fare * MONEY)}
    return UnitType("CO", "Company", "company", "armour", "heavy", 100, {"armour": MILLI}, ways, week * MONEY, shortest,
                    longest, longest, dwell, set_type="ARMD")  # fmt: skip


def drill(origin: str = "home", **changed: Any) -> dict[str, Any]:
    """Keywords of an exercise of two weeks that one company of ``origin`` holds, worth 50."""
    return {"value": 50.0, "cost": 0, "needs": (Need("N1", "CO", 1, origin),), **changed}
