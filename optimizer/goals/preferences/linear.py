"""What prefer lines earn: ``("prefer", line, week)`` is 1 while the line is true."""

from __future__ import annotations

from collections.abc import Iterator

from optimizer.rules.locks.linear import event, weekly
from optimizer.rules.locks.truth import EVENTS, span
from optimizer.rules.rows import Key, Row, Space, Terms, put


def rows(space: Space) -> Iterator[Row]:
    """True at most if each of its sums is one, and (a price may be negative) at least if all are."""
    for lock in space.case.locks:
        if lock.rule != "prefer":
            continue
        if lock.kind in EVENTS:
            seen: Key = ("prefer", lock.id, None)
            happening = event(space, lock)
            yield Row((lock.id, lock.subject), None, put({seen: 1}, happening, -1), "<=", 0)
            yield Row((lock.id, lock.subject), None, {seen: 1}, "<=", 1)
            for key, _ in happening if lock.price < 0 else ():
                yield Row((lock.id, lock.subject), None, {seen: 1, key: -1}, ">=", 0)
            continue
        for t in range(*span(space.case, lock)):
            key, sums = ("prefer", lock.id, t), list(weekly(space, lock, t))
            for there in sums:
                yield Row((lock.id, lock.subject), t, put({key: 1}, there, -1), "<=", 0)
            yield Row((lock.id, lock.subject), t, {key: 1}, "<=", 1)
            least = put({key: 1}, (pair for there in sums for pair in there), -1)
            yield Row((lock.id, lock.subject), t, least, ">=", 1 - len(sums))


def objective(space: Space) -> tuple[Terms, float]:
    """The price per week, or once for an event."""
    terms: Terms = {}
    for lock in space.case.locks:
        if lock.rule == "prefer":
            weeks = [None] if lock.kind in EVENTS else range(*span(space.case, lock))
            put(terms, ((("prefer", lock.id, t), lock.price) for t in weeks))
    return terms, 0.0
