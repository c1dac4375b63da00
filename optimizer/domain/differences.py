"""What differs between two plans, decision by decision.

Decisions are paired by who they are about: a unit's rotations, a set's stays and blocks, an exercise, an upgrade. Where
one has several, they are paired in order of time so that dates move least in all; what is left over, or half a year and
more away, is new or dropped. An exercise or upgrade that is in both plans is always one pair.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from optimizer.domain.plan import Maintenance, Plan, Purchase, Rotation, Run, Stay

Decision = Rotation | Stay | Maintenance | Run | Purchase
T = TypeVar("T")

APART = 26  # weeks between the starts of two decisions that are no longer taken for one that moved
NEVER = float("inf")
KEPT, MOVED, NEW, DROPPED = "kept", "moved", "new", "dropped"
KINDS = ("rotation", "set", "maintenance", "exercise", "upgrade")


@dataclass(frozen=True)
class Difference:
    """One decision before and after; one of the two is ``None`` where it is new or dropped."""

    kind: str  # one of KINDS
    subject: str  # the id of the unit, set, exercise or upgrade
    before: Any
    after: Any

    @property
    def change(self) -> str:
        """``kept``, ``moved`` (in time, place or otherwise), ``new`` or ``dropped``."""
        if self.before is None or self.after is None:
            return NEW if self.before is None else DROPPED
        return KEPT if self.before == self.after else MOVED

    @property
    def weeks(self) -> int | None:
        """By how many weeks it begins later (earlier if negative); ``None`` for what is new or dropped."""
        if self.before is None or self.after is None:
            return None
        return span(self.after)[0] - span(self.before)[0]

    @property
    def longer(self) -> int | None:
        """By how many weeks it lasts longer."""
        if self.before is None or self.after is None:
            return None
        (a, b), (c, d) = span(self.before), span(self.after)
        return (d - c) - (b - a)


def span(decision: Decision) -> tuple[int, int]:
    """``[start, end)`` of a decision in weeks; events last no time."""
    if isinstance(decision, Rotation):
        return decision.arrive, decision.depart
    if isinstance(decision, Run | Purchase):
        return decision.start, decision.start
    return decision.start, decision.end


def differences(before: Plan, after: Plan) -> tuple[Difference, ...]:
    """Every decision of two plans, kept ones too, by kind and subject; both plans count weeks from the same day."""
    found: list[Difference] = []
    for kind, decisions, subject in _KINDS:
        old, new = _by_subject(decisions(before), subject), _by_subject(decisions(after), subject)
        for name in sorted({*old, *new}):
            pairs = paired(old.get(name, []), new.get(name, []), _apart)
            found += (Difference(kind, name, a, b) for a, b in pairs)
    return tuple(found)


def later(plan: Plan, weeks: int) -> Plan:
    """The plan with every week raised by ``weeks``: the same days, counted from an earlier day."""

    def move(thing: Any, *names: str) -> Any:
        return replace(thing, **{n: getattr(thing, n) + weeks for n in names})

    return Plan(
        tuple(
            replace(move(r, "arrive", "depart"), postings=tuple(move(p, "arrive", "depart") for p in r.postings))
            for r in plan.rotations
        ),
        tuple(move(x, "start", "end") for x in plan.stays),
        tuple(move(x, "start", "end") for x in plan.maintenance),
        tuple(move(x, "start") for x in plan.runs),
        tuple(move(x, "start") for x in plan.purchases),
    ).tidy()


def paired(old: Sequence[T], new: Sequence[T], apart: Callable[[T, T], float]) -> Iterator[tuple[T | None, T | None]]:
    """The members of two sequences in order, as many as possible in pairs that keep the order and are least apart in
    all (``NEVER``: no pair); the others alone."""
    n, m = len(old), len(new)
    best: dict[tuple[int, int], tuple[int, float]] = {}  # from (i, j) on: (pairs, distance of them)
    for i in range(n, -1, -1):
        for j in range(m, -1, -1):
            ways = [(0, 0.0)] if i == n or j == m else []
            if i < n and j < m:
                k, d = best[i + 1, j + 1]
                ways += [best[i + 1, j], best[i, j + 1]]
                if apart(old[i], new[j]) < NEVER:
                    ways.append((k + 1, d + apart(old[i], new[j])))
            best[i, j] = max(ways, key=lambda way: (way[0], -way[1]))
    i = j = 0
    while i < n or j < m:
        if i < n and j < m:
            k, d = best[i + 1, j + 1]
            if best[i, j] == (k + 1, d + apart(old[i], new[j])):  # never so where they are NEVER a pair
                yield old[i], new[j]
                i, j = i + 1, j + 1
                continue
        if i < n and (j == m or best[i, j] == best[i + 1, j]):
            yield old[i], None
            i += 1
        else:
            yield None, new[j]
            j += 1


def _apart(a: Decision, b: Decision) -> float:
    """Weeks by which both ends differ, half a week for anything else, half a year for a set at another site;
    ``NEVER`` if too far apart to be one."""
    (start, end), (first, until) = span(a), span(b)
    overlap = max(start, first) < min(end, until)
    if not (overlap or isinstance(a, Run | Purchase)) and abs(start - first) > APART:
        return NEVER
    elsewhere = isinstance(a, Stay) and isinstance(b, Stay) and a.site != b.site
    return abs(start - first) + abs(end - until) + (APART if elsewhere else (a != b) / 2)


def _by_subject(decisions: Sequence[Any], subject: str) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for x in sorted(decisions, key=lambda x: (getattr(x, subject), span(x))):
        found[getattr(x, subject)].append(x)
    return found


_KINDS: tuple[tuple[str, Callable[[Plan], Sequence[Any]], str], ...] = (
    ("rotation", lambda p: p.rotations, "unit"),
    ("set", lambda p: p.stays, "set_id"),
    ("maintenance", lambda p: p.maintenance, "set_id"),
    ("exercise", lambda p: p.runs, "exercise"),
    ("upgrade", lambda p: p.purchases, "upgrade"),
)
