"""What a rule is, what a breach is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

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


@dataclass(frozen=True)
class Rule:
    """A rule's identity. ``check`` reads only case and plan, never a solver."""

    id: str
    title: str
    statement: str  # one plain sentence for planners
    maths: str  # the statement in symbols
    source: str
    check: Callable[[Case, Plan], Finding]


@dataclass(frozen=True)
class Goal:
    """A signed term of the score: ``score`` gives its contribution (penalties are negative)."""

    id: str
    title: str
    statement: str
    maths: str
    score: Callable[[Case, Plan], float]
