"""What the planner typed: one planning case, frozen and already checked for sense.

Units (see ``quantities``): weeks are plan weeks; money is an integer of 1/1,000,000 of the
workbook's money unit (suffix ``_cost``, ``amount``); points, slots, credits and ratios are
integers of 1/1,000. Prices of the objective are floats. Identifiers are the planner's own.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property

from optimizer.domain import history, turnaround
from optimizer.domain.exercises import Exercise
from optimizer.domain.forces import Element, Holding, PrepoSet, Unit, UnitType, Window
from optimizer.domain.places import Closure, Country, Leg, Reach, Site, Upgrade
from optimizer.domain.plan import EMPTY_PLAN, Participant, Plan, Rotation, Run
from optimizer.domain.settings import Settings
from optimizer.domain.wants import Budget, Capability, Demand, Level, Lock, Scenario
from optimizer.quantities import Calendar


@dataclass(frozen=True, eq=False)
class Case:
    """Everything one plan depends on; compared by identity, so that it can key caches. ``last`` is
    the plan in force so far: its rotations that arrived before week 0 and are still out are fixed in
    every new plan, and what was over before week 0 is history (see ``history``)."""

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
    def exercise_name(self) -> dict[str, str]:
        """How readers know each exercise: by its name, and its id as well where another is called the same."""
        often = Counter(x.name for x in self.exercises)
        return {x.id: f"{x.name} ({x.id})" if often[x.name] > 1 else x.name for x in self.exercises}

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

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """Budget lines: the four that costs are posted to, then every other one that has money."""
        s = self.settings
        posted = (s.line_rotation, s.line_exercise, s.line_set, s.line_upgrade)
        return tuple(dict.fromkeys((*posted, *(b.line for b in self.budgets))))

    @cached_property
    def returned(self) -> dict[str, tuple[int, int]]:
        """See ``history``: by unit, its last return before the plan and the weeks it had been away."""
        return history.returned(self)

    @cached_property
    def maintained(self) -> dict[str, int]:
        """See ``history``: by set, the week its last maintenance block before the plan ended."""
        return history.maintained(self)

    @cached_property
    def drawable(self) -> dict[str, int]:
        """See ``history``: by set, the first week in which it may be drawn."""
        return history.drawable(self)

    @cached_property
    def past_runs(self) -> tuple[Run, ...]:
        """See ``history``: exercises of the last plan that had begun before the plan."""
        return history.past_runs(self)

    @cached_property
    def flown_in(self) -> frozenset[tuple[str, str, int, Participant]]:
        """See ``history``: whom the last plan flew in before the plan for an exercise in it."""
        return history.flown_in(self)

    @cached_property
    def left_before(self) -> dict[str, int]:
        """See ``turnaround``: by element, the week from which it has been gone before the plan."""
        return turnaround.left_before(self)

    @cached_property
    def bought(self) -> dict[str, int]:
        """See ``history``: by upgrade, the week before the plan in which it was bought."""
        return history.bought(self)

    @cached_property
    def held_before(self) -> frozenset[str]:
        """See ``history``: exercises that were held before the plan and are not held again."""
        return history.held_before(self)

    @cached_property
    def on_offer(self) -> tuple[Exercise, ...]:
        """The exercises that may be held: all but those that were."""
        return tuple(x for x in self.exercises if x.id not in self.held_before)
