"""What could give way: the demands and limits on one party, each with its rows, and the smallest set in conflict."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass

from optimizer.domain import Case, Lock
from optimizer.domain.reasons import Place, Reason
from optimizer.rules.locks.truth import span


@dataclass(frozen=True)
class Item:
    """One demand or limit that a planner could take back. ``name`` tells it from the others of its party;
    ``text`` is a clause that completes "… cannot all hold:"."""

    name: str
    rule: str
    rows: tuple[Place, ...]
    text: str


def smallest(names: Iterable[str], impossible: Callable[[frozenset[str]], bool]) -> frozenset[str] | None:
    """A smallest set of names (none of them can be left out) that is impossible together; ``None`` if all are
    possible. Those named first are left out first, if that can be."""
    order = list(dict.fromkeys(names))
    kept = frozenset(order)
    if not impossible(kept):
        return None
    for name in order:
        if impossible(kept - {name}):
            kept -= {name}
    return kept


def reason(who: str, items: Iterable[Item], kept: Collection[str], weeks: tuple[int, int] | None) -> Reason:
    """The kept items as one reason; it is told under the first rule that is not a lock, if there is one."""
    blamed = [i for i in items if i.name in kept]
    rule = next((i.rule for i in blamed if i.rule != "locks"), "locks")
    rows = tuple(dict.fromkeys(row for i in blamed for row in i.rows))
    clauses = "; ".join(i.text for i in blamed)
    text = f"{who}: {clauses}" if len(blamed) == 1 else f"{who}: these cannot all hold: {clauses}"
    return Reason(rule, rows, (who,), f"{text}.", weeks)


def lock_item(case: Case, lock: Lock) -> Item:
    """A must or forbid line in words."""
    what = {"must": "wants", "forbid": "forbids"}[lock.rule]
    start, end = span(case, lock)
    when = "throughout the plan" if (start, end) == (0, case.weeks) else during(case, start, end)
    text = f"lock {lock.id} {what} {lock.kind} {lock.subject}"
    if lock.kind == "participant":
        text += f" in {lock.exercise}"
    elif lock.kind == "upgrade":
        text += f" bought {when}"
    elif lock.kind == "exercise":
        text += (f" at {lock.place}" if lock.place else "") + f", starting {when}"
    else:
        text += f" in {lock.place or 'theatre'} {when}"
    return Item(f"lock {lock.id}", "locks", (Place("Locks", lock.id),), text)


def freeze_item(weeks: int) -> Item:
    """The frozen weeks of a plan made anew."""
    text = f"the first {weeks} weeks are frozen as the last plan has them"
    return Item("frozen", "locks", (Place("Settings", "", "frozen_weeks"),), text)


def locks_on(case: Case, kinds: Collection[str], subjects: Collection[str]) -> Iterator[Lock]:
    """The must and forbid lines of these kinds on these subjects that are about a week of the plan."""
    for lock in case.locks:
        if lock.rule != "prefer" and lock.kind in kinds and lock.subject in subjects:
            yield lock


def day(case: Case, week: int) -> str:
    """The Monday of a week, however far out."""
    try:
        return case.calendar.monday(week).isoformat()
    except OverflowError:
        return f"week {week}"


def during(case: Case, start: int, end: int) -> str:
    """The weeks ``[start, end)`` for a sentence."""
    if end - start == 1:
        return f"in the week of {day(case, start)}"
    return f"in the weeks of {day(case, start)} to {day(case, end - 1)}"
