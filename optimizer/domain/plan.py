"""What was decided. All weeks are plan weeks; intervals are half-open ``[arrive, depart)``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, TypeVar

T = TypeVar("T")


class Decision:
    """Decisions sort by their fields in turn; one that names no mode or set comes first."""

    __slots__ = ()

    def __lt__(self, other: Any) -> bool:
        return bool(_order(self) < _order(other))


def _sorted(decisions: Iterable[T]) -> tuple[T, ...]:
    return tuple(sorted(decisions, key=_order))


def _order(value: Any) -> Any:
    if isinstance(value, Decision):
        return tuple(_order(x) for x in vars(value).values())
    return tuple(map(_order, value)) if isinstance(value, tuple) else "" if value is None else value


@dataclass(frozen=True)
class Posting(Decision):
    """One element's part in a rotation: where it is based and how it got its equipment.

    ``mode`` is ``sea``, ``air`` or ``set``; ``set_id`` names the prepositioned set when the
    mode is ``set`` and is ``None`` otherwise. ``arrive``/``depart`` may differ from the
    unit's by its type's stagger.
    """

    element: str
    site: str
    mode: str
    set_id: str | None
    arrive: int
    depart: int


@dataclass(frozen=True)
class Rotation(Decision):
    """One unit, arriving in week ``arrive`` and gone from week ``depart`` on."""

    unit: str
    arrive: int
    depart: int
    postings: tuple[Posting, ...]


@dataclass(frozen=True)
class Stay(Decision):
    """A set stands at ``site`` during ``[start, end)``; between two stays it is on the move."""

    set_id: str
    site: str
    start: int
    end: int


@dataclass(frozen=True)
class Maintenance(Decision):
    """A set is in its maintenance block during ``[start, end)``, where it stands."""

    set_id: str
    start: int
    end: int


@dataclass(frozen=True)
class Participant(Decision):
    """An element that meets (part of) one need of an exercise.

    ``mode`` is ``None`` for an element already in theatre. Otherwise the element is flown
    in from home for the exercise alone: by ``sea``, ``air`` or ``set`` (falling in on
    ``set_id`` at the host site); it arrives as many weeks before the start as it needs to
    become ready and leaves when the exercise ends.
    """

    need: str
    element: str
    mode: str | None = None
    set_id: str | None = None


@dataclass(frozen=True)
class Run(Decision):
    """An exercise that takes place at ``site``, starting in week ``start``."""

    exercise: str
    site: str
    start: int
    participants: tuple[Participant, ...]


@dataclass(frozen=True)
class Purchase(Decision):
    """An upgrade bought; building begins in week ``start``."""

    upgrade: str
    start: int


@dataclass(frozen=True)
class Plan:
    """A complete set of decisions, each tuple in sorted order (see ``tidy``)."""

    rotations: tuple[Rotation, ...] = ()
    stays: tuple[Stay, ...] = ()
    maintenance: tuple[Maintenance, ...] = ()
    runs: tuple[Run, ...] = ()
    purchases: tuple[Purchase, ...] = ()

    def tidy(self) -> Plan:
        """The same plan in canonical order, so that equal plans compare and hash equal."""
        rotations = (replace(r, postings=_sorted(r.postings)) for r in self.rotations)
        runs = (replace(r, participants=_sorted(r.participants)) for r in self.runs)
        return Plan(
            _sorted(rotations),
            _sorted(self.stays),
            _sorted(self.maintenance),
            _sorted(runs),
            _sorted(self.purchases),
        )

    @property
    def empty(self) -> bool:
        """Whether nothing at all is decided."""
        return not (self.rotations or self.stays or self.maintenance or self.runs or self.purchases)


EMPTY_PLAN = Plan()
