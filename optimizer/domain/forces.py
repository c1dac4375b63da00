"""Units, their parts and kinds, when they are available, and the sets they draw."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

MODES = ("sea", "air", "set")
MOVEMENTS = ("wheeled", "heavy")


@dataclass(frozen=True)
class Mode:
    """Terms of one way to deploy: weeks from order to arrival, weeks of RSOI, cost there and back."""

    lead_weeks: int
    rsoi_weeks: int
    cost: int


@dataclass(frozen=True)
class UnitType:
    """Points are milli per capability; ``brigades`` milli brigade-equivalents."""

    id: str
    name: str
    echelon: str
    main_capability: str
    movement: str
    people: int
    points: Mapping[str, int]
    modes: Mapping[str, Mode]
    week_cost: int
    rotation_min: int
    rotation_std: int
    rotation_max: int
    dwell_ratio: int  # milli weeks at home per week deployed
    brigades: int = 0
    set_type: str | None = None
    stagger: int = 0
    exercise_load: int | None = None  # milli: most of its weeks on rotation that exercises may take; None = all


@dataclass(frozen=True)
class Element:
    id: str
    unit: str
    type: str
    optional: bool = False


@dataclass(frozen=True)
class Unit:
    """``last_return``: the week from which it has been home since its last rotation (``None``
    = no rotation to rest from), which lasted ``last_weeks``."""

    id: str
    name: str
    type: str
    home: str
    last_return: int | None = None
    last_weeks: int = 0


@dataclass(frozen=True)
class Window:
    """The unit is available during ``[start, end)``; ``end`` may lie past the plan."""

    unit: str
    start: int
    end: int


@dataclass(frozen=True)
class PrepoSet:
    """A prepositioned set. ``worth`` milli-points per capability while stored (before the
    set credit); ``slots`` milli. ``start_site`` ``None``: the plan chooses where it first
    stands. ``last_maintenance`` is the week its last block ended (``None``: see ``history``).
    ``interval`` 0 = no maintenance needed."""

    id: str
    name: str
    set_type: str
    worth: Mapping[str, int]
    slots: int
    start_site: str | None
    available: int = 0
    draw_weeks: int = 1
    reset_weeks: int = 0
    interval: int = 0
    maintenance_weeks: int = 0
    last_maintenance: int | None = None
    week_cost: int = 0
    move_cost: int = 0


@dataclass(frozen=True)
class Holding:
    """A set may stand at a site during ``[start, end)``."""

    set_id: str
    site: str
    start: int
    end: int
