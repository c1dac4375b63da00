"""What the planner typed: one planning case, frozen and already checked for sense.

Units (see ``quantities``): weeks are plan weeks; money is an integer of 1/1,000,000 of the
workbook's money unit (suffix ``_cost``, ``amount``); points, slots, credits and ratios are
integers of 1/1,000. Prices of the objective are floats. Identifiers are the planner's own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from optimizer.domain.plan import EMPTY_PLAN, Plan, Rotation
from optimizer.quantities import Calendar

ECHELONS = ("none", "company", "battalion", "brigade")
MODES = ("sea", "air", "set")
MOVEMENTS = ("wheeled", "heavy")


@dataclass(frozen=True)
class Settings:
    """Names, horizon, switches and the prices of the objective (score points each)."""

    name: str
    calendar: Calendar
    release: int  # the week in which orders may first go out (usually negative)
    money_unit: str = "USD million"
    coverage_price: float = 1.0  # per weighted point-week
    floor_price: float = 0.05  # per person-week below a presence floor
    floor_hard: bool = False
    over_length_price: float = 2.0  # per unit-week beyond the standard length
    cost_price: float = 0.001  # trace: per whole unit of money
    worst_country_price: float = 0.0  # per percentage point of the least covered country
    worst_scenario_weight: int = 0  # milli: share of coverage judged by the worst scenario
    weigh_scenarios: bool = False
    set_credit: int = 150  # milli: worth of a stored, ready, undrawn set
    credit_present: int = 1000  # milli
    credit_bands: tuple[tuple[int, int], ...] = ((3000, 800), (10000, 500), (30000, 200))
    # (milli-days, milli-credit), ascending days
    transfer_limit: int = 100  # milli: share of a line's year that may move to other lines
    total_cap: int | None = None  # money, whole plan
    founding_act: bool = False
    founding_act_weeks: int = 52  # longest rotation of one unit while the switch is on
    replan: bool = False
    frozen_weeks: int = 0
    change_price: float = 0.0  # per element-week or set-week that differs from the last plan
    change_price_event: float = 0.0  # per exercise or upgrade that differs from the last plan
    line_rotation: str = "presence"
    line_exercise: str = "exercises"
    line_set: str = "prepositioning"
    line_upgrade: str = "infrastructure"
    effort: str = "standard"
    seed: int = 1


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
class Capability:
    id: str
    name: str
    weight: float


@dataclass(frozen=True)
class Level:
    """A demand level, lowest first; ``value`` never rises from one level to the next."""

    id: str
    value: float


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
    stands. ``last_maintenance`` is the week its last block ended. ``interval`` 0 = no
    maintenance needed."""

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
    last_maintenance: int = 0
    week_cost: int = 0
    move_cost: int = 0


@dataclass(frozen=True)
class Holding:
    """A set may stand at a site during ``[start, end)``."""

    set_id: str
    site: str
    start: int
    end: int


@dataclass(frozen=True)
class Host:
    site: str
    cost: int = 0


@dataclass(frozen=True)
class Need:
    """``count`` elements of ``what`` (a unit type, or a capability: every element whose type
    has it as main capability), from ``theatre``, ``home`` or ``either``; those in theatre
    based within ``max_days`` (milli-days, ``None`` = any distance) of the host."""

    id: str
    what: str
    count: int
    origin: str = "either"
    max_days: int | None = None


@dataclass(frozen=True)
class Exercise:
    """Starts in a week of ``[earliest, latest]`` and runs ``weeks`` weeks inside the plan."""

    id: str
    name: str
    earliest: int
    latest: int
    weeks: int
    echelon: str
    value: float
    cost: int
    hosts: tuple[Host, ...]
    needs: tuple[Need, ...]
    mandatory: bool = False
    group: str | None = None
    spacing: int = 0


@dataclass(frozen=True)
class Demand:
    """Points (milli) wanted up to and including ``level`` during ``[start, end)``; where
    rows of one country, capability and level overlap the largest holds."""

    country: str
    capability: str
    level: str
    start: int
    end: int
    points: int


@dataclass(frozen=True)
class Budget:
    """Money of one line in one fiscal year; ``quarters`` are ceilings (``None`` = none).
    ``last_year`` is the rate base while a continuing resolution runs."""

    year: int
    line: str
    amount: int
    quarters: tuple[int | None, int | None, int | None, int | None] = (None, None, None, None)
    last_year: int | None = None


@dataclass(frozen=True)
class Scenario:
    """What goes wrong. ``weight`` milli: its probability when scenarios are weighed."""

    id: str
    name: str
    weight: int = 0
    closed_routes: frozenset[str] = frozenset()
    lost_sets: frozenset[str] = frozenset()
    late_units: frozenset[str] = frozenset()
    late_weeks: int = 0
    budget_factor: int = 1000  # milli
    cr_weeks: int = 0
    cr_rate: int = 1000  # milli of last year's rate


@dataclass(frozen=True)
class Lock:
    """A line the planner typed. ``rule``: must, forbid, prefer. ``kind`` and subject: see
    the ``locks`` rule. ``price`` is what one week (or one event) of a ``prefer`` is worth."""

    id: str
    rule: str
    kind: str  # unit, element, set, exercise, participant, upgrade
    subject: str
    place: str | None = None
    exercise: str | None = None
    start: int | None = None
    end: int | None = None
    price: float = 0.0


@dataclass(frozen=True, eq=False)
class Case:
    """Everything one plan depends on; compared by identity, so that it can key caches. ``last`` is
    the plan in force so far: its rotations that arrived before week 0 and are still out are fixed in every new plan."""

    settings: Settings
    countries: tuple[Country, ...] = ()
    capabilities: tuple[Capability, ...] = ()
    levels: tuple[Level, ...] = ()
    sites: tuple[Site, ...] = ()
    closures: tuple[Closure, ...] = ()
    upgrades: tuple[Upgrade, ...] = ()
    legs: tuple[Leg, ...] = ()
    reach: tuple[Reach, ...] = ()
    unit_types: tuple[UnitType, ...] = ()
    units: tuple[Unit, ...] = ()
    elements: tuple[Element, ...] = ()
    windows: tuple[Window, ...] = ()
    sets: tuple[PrepoSet, ...] = ()
    holdings: tuple[Holding, ...] = ()
    exercises: tuple[Exercise, ...] = ()
    demands: tuple[Demand, ...] = ()
    budgets: tuple[Budget, ...] = ()
    scenarios: tuple[Scenario, ...] = ()
    locks: tuple[Lock, ...] = ()
    last: Plan = field(default=EMPTY_PLAN)
    under: str | None = None  # the scenario this case was drawn up under, for the record
    cr: Scenario | None = None  # a continuing resolution in force (see the budget rule)

    @property
    def calendar(self) -> Calendar:
        return self.settings.calendar

    @property
    def weeks(self) -> int:
        return self.settings.calendar.weeks

    @cached_property
    def types(self) -> dict[str, UnitType]:
        return {t.id: t for t in self.unit_types}

    @cached_property
    def unit(self) -> dict[str, Unit]:
        return {u.id: u for u in self.units}

    @cached_property
    def element(self) -> dict[str, Element]:
        return {e.id: e for e in self.elements}

    @cached_property
    def elements_of(self) -> dict[str, tuple[Element, ...]]:
        found: dict[str, list[Element]] = {u.id: [] for u in self.units}
        for e in self.elements:
            found[e.unit].append(e)
        return {u: tuple(es) for u, es in found.items()}

    @cached_property
    def windows_of(self) -> dict[str, tuple[Window, ...]]:
        found: dict[str, list[Window]] = {u.id: [] for u in self.units}
        for w in self.windows:
            found[w.unit].append(w)
        return {u: tuple(sorted(ws, key=lambda w: w.start)) for u, ws in found.items()}

    @cached_property
    def site(self) -> dict[str, Site]:
        return {s.id: s for s in self.sites}

    @cached_property
    def country(self) -> dict[str, Country]:
        return {c.id: c for c in self.countries}

    @cached_property
    def prepo(self) -> dict[str, PrepoSet]:
        return {s.id: s for s in self.sets}

    @cached_property
    def holdings_of(self) -> dict[str, tuple[Holding, ...]]:
        found: dict[str, list[Holding]] = {s.id: [] for s in self.sets}
        for h in self.holdings:
            found[h.set_id].append(h)
        return {s: tuple(hs) for s, hs in found.items()}

    @cached_property
    def exercise(self) -> dict[str, Exercise]:
        return {x.id: x for x in self.exercises}

    @cached_property
    def upgrade(self) -> dict[str, Upgrade]:
        return {u.id: u for u in self.upgrades}

    def element_type(self, element: str) -> UnitType:
        """The type of an element."""
        return self.types[self.element[element].type]

    def unit_type(self, unit: str) -> UnitType:
        """The type of a unit: its rotation lengths, dwell ratio and stagger."""
        return self.types[self.unit[unit].type]

    @cached_property
    def underway(self) -> tuple[Rotation, ...]:
        """Rotations of the last plan that are out when the plan begins: fixed."""
        return tuple(r for r in self.last.rotations if r.arrive < 0 < r.depart)
