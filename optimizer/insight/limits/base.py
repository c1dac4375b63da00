"""A limit and how it is taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from optimizer.conflicts.items import Item
from optimizer.domain import Case
from optimizer.domain.reasons import Place

ENOUGH = 10**15  # money, places, slots beyond any need
AGES = 10**4  # weeks beyond any plan
Lift = Callable[[Case], Case]
# kinds of limits that planners can change themselves, the easiest first; all others are harder
EASY = (
    "lock",
    "mandatory",
    "freeze",
    "floor",
    "event window",
    "need",
    "money",
    "total",
    "resolution",
    "window",
    "places",
)


@dataclass(frozen=True)
class Limit:
    """Something that may be in the way: ``kind`` groups those that are looked at together, ``lift`` makes the case
    without it."""

    kind: str
    item: Item
    lift: Lift


def limit(kind: str, name: str, rule: str, rows: Iterable[Place], text: str, lift: Lift) -> Limit:
    """A limit of one row or a few; ``kind`` and ``name`` tell it from every other."""
    return Limit(kind, Item(f"{kind} {name}", rule, tuple(rows), text), lift)


def change(table: str, who: str, key: str = "id", **changes: Any) -> Lift:
    """The rows of a table of the case whose ``key`` is ``who``, changed."""

    def lift(case: Case) -> Case:
        rows = getattr(case, table)
        new: Any = {table: tuple(replace(r, **changes) if getattr(r, key) == who else r for r in rows)}
        return replace(case, **new)

    return lift


def drop(table: str, row: object) -> Lift:
    """A table of the case without one row."""

    def lift(case: Case) -> Case:
        new: Any = {table: tuple(r for r in getattr(case, table) if r != row)}
        return replace(case, **new)

    return lift


def setting(**changes: Any) -> Lift:
    """Other settings."""
    return lambda case: replace(case, settings=replace(case.settings, **changes))


def ease(limit: Limit) -> int:
    """How hard a limit is to change, 0 for the easiest."""
    return EASY.index(limit.kind) if limit.kind in EASY else len(EASY)
