"""Countries, sites and the ways between them."""

from __future__ import annotations

from dataclasses import dataclass

ECHELONS = ("none", "company", "battalion", "brigade")


@dataclass(frozen=True)
class Country:
    """A demand area. Caps are people (``None`` = none); ``brigade_cap`` is milli brigades."""

    id: str
    name: str
    weight: float
    floor: int = 0
    cap: int | None = None
    handover_cap: int | None = None
    brigade_cap: int | None = None


@dataclass(frozen=True)
class Site:
    """A place. ``country`` is ``None`` outside the demand areas. ``slots`` are milli."""

    id: str
    name: str
    country: str | None
    places: int = 0
    handover_places: int = 0
    slots: int = 0
    range_echelon: str = "none"
    exercises_at_once: int = 1
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True)
class Closure:
    """During ``[start, end)`` a site, or every site of a country, loses places or its range.

    ``closes``: ``places`` (at most ``left`` people of either kind remain), ``range`` (no
    exercise may be under way there), ``all`` (both).
    """

    place: str
    start: int
    end: int
    closes: str
    left: int = 0


@dataclass(frozen=True)
class Upgrade:
    """A paid improvement of a site, usable ``weeks`` after building starts, to the end."""

    id: str
    site: str
    cost: int
    weeks: int
    earliest: int
    latest: int  # last week in which building may start
    places: int = 0
    handover_places: int = 0
    slots: int = 0
    range_echelon: str = "none"  # "none" = range unchanged
    exercises_at_once: int = 0


@dataclass(frozen=True)
class Leg:
    """A two-way connection; days are milli-days by movement kind; ``routes`` may be closed."""

    a: str
    b: str
    days_wheeled: int
    days_heavy: int
    routes: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Reach:
    """An explicit credit (milli) from a site to a country, overriding the travel network."""

    site: str
    country: str
    credit: int
