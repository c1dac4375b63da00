"""Constraint-programming reading: the weeks and events in which prefer lines are true."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from optimizer.rules.literals import Literals
from optimizer.rules.locks.cp import happens, truth
from optimizer.rules.locks.truth import EVENTS


def terms(model: Any, space: Literals) -> Iterator[tuple[float, Any]]:
    for lock in space.case.locks:
        if lock.rule == "prefer":
            lits = [happens(space, lock)] if lock.kind in EVENTS else truth(space, lock)
            yield from ((lock.price, x) for x in lits)
