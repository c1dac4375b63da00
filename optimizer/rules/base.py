"""What a rule is, what a breach is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from optimizer.domain import Case, Plan


@dataclass(frozen=True, order=True)
class Breach:
    """One place where a plan breaks a rule.

    ``week`` is the (first) plan week concerned, ``None`` if none; ``parties`` the ids of
    everyone involved; ``size`` how much is too much, in ``unit`` (people, weeks, money, …).
    """

    rule: str
    week: int | None
    parties: tuple[str, ...]
    size: float
    unit: str
    text: str


@dataclass(frozen=True)
class Finding:
    """The outcome of one rule's check: how many single conditions were tested, what broke."""

    rule: str
    tested: int
    breaches: tuple[Breach, ...]


class Kept(StrEnum):
    """How a search that builds plans piece by piece keeps a rule, or serves a term of the score."""

    construction = "construction"  # it makes nothing else
    capacity = "capacity"  # it counts what is used and puts nothing where there is no room left
    price = "price"  # it gains or loses by it, and climbs
    rejection = "rejection"  # it does not know: what breaks it is thrown away by the check


@dataclass(frozen=True)
class Rule:
    """A rule's identity. ``check`` reads only case and plan, never a solver. ``kept`` and ``search`` are
    its third reading: how the search of the lagrangian engine keeps it, and by what."""

    id: str
    title: str
    statement: str  # one plain sentence for planners
    maths: str  # the statement in symbols
    source: str
    kept: Kept
    search: str  # one sentence
    check: Callable[[Case, Plan], Finding]


@dataclass(frozen=True)
class Goal:
    """A signed term of the score: ``score`` gives its contribution (penalties are negative). ``kept`` and
    ``search`` say how the search of the lagrangian engine serves it."""

    id: str
    title: str
    statement: str
    maths: str
    kept: Kept
    search: str  # one sentence
    score: Callable[[Case, Plan], float]
