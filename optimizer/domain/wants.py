"""What is wanted and what limits it: demand, money, scenarios, locks."""

from __future__ import annotations

from dataclasses import dataclass


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

    def delay(self, unit: str) -> int:
        """Weeks by which the unit is late; 0 if it is not."""
        return self.late_weeks if unit in self.late_units else 0


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
