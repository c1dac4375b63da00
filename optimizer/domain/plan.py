"""What was decided. All weeks are plan weeks; intervals are half-open ``[arrive, depart)``."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Posting:
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


@dataclass(frozen=True, order=True)
class Rotation:
    """One unit, arriving in week ``arrive`` and gone from week ``depart`` on."""

    unit: str
    arrive: int
    depart: int
    postings: tuple[Posting, ...]


@dataclass(frozen=True, order=True)
class Stay:
    """A set stands at ``site`` during ``[start, end)``; between two stays it is on the move."""

    set_id: str
    site: str
    start: int
    end: int


@dataclass(frozen=True, order=True)
class Maintenance:
    """A set is in its maintenance block during ``[start, end)``, where it stands."""

    set_id: str
    start: int
    end: int


@dataclass(frozen=True, order=True)
class Participant:
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


@dataclass(frozen=True, order=True)
class Run:
    """An exercise that takes place at ``site``, starting in week ``start``."""

    exercise: str
    site: str
    start: int
    participants: tuple[Participant, ...]


@dataclass(frozen=True, order=True)
class Purchase:
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
        return Plan(
            tuple(
                sorted(
                    Rotation(r.unit, r.arrive, r.depart, tuple(sorted(r.postings, key=_posting_key)))
                    for r in self.rotations
                )
            ),
            tuple(sorted(self.stays)),
            tuple(sorted(self.maintenance)),
            tuple(
                sorted(
                    Run(r.exercise, r.site, r.start, tuple(sorted(r.participants, key=_participant_key)))
                    for r in self.runs
                )
            ),
            tuple(sorted(self.purchases)),
        )

    @property
    def empty(self) -> bool:
        """Whether nothing at all is decided."""
        return not (self.rotations or self.stays or self.maintenance or self.runs or self.purchases)


def _posting_key(p: Posting) -> tuple[str, int, str]:
    return p.element, p.arrive, p.site


def _participant_key(p: Participant) -> tuple[str, str]:
    return p.need, p.element


EMPTY_PLAN = Plan()
