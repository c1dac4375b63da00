"""The changes between two plans as things that can be undone one by one.

A unit's rotation, an exercise and an upgrade are one change each; a set is one with all its stays and blocks, since
they hang together. A rotation that only lies elsewhere, or an exercise with other participants, can also be undone
element by element.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace

from optimizer.domain import Case, Plan
from optimizer.domain.differences import KEPT, Difference, differences, span
from optimizer.goals import score_all
from optimizer.rules import Breach, check_all

SETS = ("set", "maintenance")
GROWN, MOST = 4, 12  # times that a change takes others back with it, and how many in all


@dataclass(frozen=True)
class Swap:
    """One change: ``before`` is what the plan in force has of it, ``after`` what the new one has, each as a plan of
    those decisions alone. ``parties``: the ids of all that it concerns."""

    kind: str
    subject: str
    before: Plan
    after: Plan
    differences: tuple[Difference, ...]
    parties: frozenset[str]

    def inside(self, plan: Plan) -> bool:
        """Whether ``plan`` still has what came with it."""
        return all(set(getattr(self.after, f.name)) <= set(getattr(plan, f.name)) for f in fields(Plan))


def swaps(old: Plan, new: Plan) -> tuple[Swap, ...]:
    """Every change from ``old`` to ``new``."""
    single: list[Swap] = []
    by_set: dict[str, list[Difference]] = {}
    for d in differences(old, new):
        if d.change == KEPT:
            continue
        if d.kind in SETS:
            by_set.setdefault(d.subject, []).append(d)
        else:
            single.append(_swap(d.kind, d.subject, (d,)))
    return (*single, *(_swap("set", q, tuple(found)) for q, found in by_set.items()))


def parts(swap: Swap) -> Iterator[Swap]:
    """The same change element by element, where both plans have the rotation in the same weeks, or the exercise at
    the same place and time."""
    d = swap.differences[0]
    if d.before is None or d.after is None:
        return
    if swap.kind == "rotation" and (d.before.arrive, d.before.depart) == (d.after.arrive, d.after.depart):
        was = {p.element: p for p in d.before.postings}
        for p in d.after.postings:
            if p.element in was and was[p.element] != p:
                postings = tuple(was[p.element] if x is p else x for x in d.after.postings)
                yield _part(swap, d, replace(d.after, postings=postings), (p, was[p.element]))
    if swap.kind == "exercise" and (d.before.site, d.before.start) == (d.after.site, d.after.start):
        gone = [p for p in d.before.participants if p not in d.after.participants]
        for p in (x for x in d.after.participants if x not in d.before.participants):
            for other in (x for x in gone if x.need == p.need):
                own = tuple(other if x is p else x for x in d.after.participants)
                yield _part(swap, d, replace(d.after, participants=own), (p, other))


def undone(plan: Plan, changes: Iterable[Swap]) -> Plan:
    """``plan`` with these changes taken back."""
    made = {f.name: list(getattr(plan, f.name)) for f in fields(Plan)}
    for s in changes:
        for name, own in made.items():
            gone, back = getattr(s.after, name), getattr(s.before, name)
            made[name] = [x for x in own if x not in gone] + [x for x in back if x not in own or x in gone]
    return Plan(**{name: tuple(dict.fromkeys(own)) for name, own in made.items()}).tidy()


def judged(case: Case, plan: Plan) -> tuple[tuple[Breach, ...], float]:
    """The rules that a plan breaks, and its score (which means nothing if it does)."""
    broken = tuple(b for f in check_all(case, plan) for b in f.breaches)
    return broken, 0.0 if broken else sum(score_all(case, plan).values())


@dataclass(frozen=True)
class Tried:
    """What came of taking a change back: with which others, to which plan, and what that breaks or scores.
    ``alone`` is what taking it back by itself breaks."""

    swaps: tuple[Swap, ...]
    plan: Plan
    broken: tuple[Breach, ...]
    score: float
    alone: tuple[Breach, ...]


def taken_back(
    case: Case, new: Plan, swap: Swap, others: Sequence[Swap], stopped: Callable[[], bool] = lambda: False
) -> Tried:
    """Take ``swap`` back; where that breaks a rule, together with the other changes that the breach names."""
    used, alone = [swap], None
    for _ in range(GROWN):
        plan = undone(new, used)
        broken, score = judged(case, plan)
        alone = broken if alone is None else alone
        if not broken or stopped():
            break
        open_ = [s for s in others if not _overlap(s, used)]
        more = [s for s in open_ if any(_named_by(case, s, b) for b in broken)] or _costly(case, swap, open_, broken)
        if not more or len(used) + len(more) > MOST:
            break
        used += more
    assert alone is not None
    return Tried(tuple(used), plan, broken, score, alone)


def _named_by(case: Case, swap: Swap, breach: Breach) -> bool:
    """Whether a breach is about somebody of a change, or about a place where it puts somebody in that week."""
    places = {*case.site, *case.country, *case.lines}
    who = set(breach.parties) - places
    if who:
        return bool(who & swap.parties)
    there = set(breach.parties) & swap.parties
    return bool(there) and any(breach.week is None or a <= breach.week <= b for a, b in _times(swap.after))


def _costly(case: Case, swap: Swap, others: Iterable[Swap], broken: Sequence[Breach]) -> list[Swap]:
    """Where money is short: the change that most likely spends what this one would, alike and near in time."""
    if not any(b.rule == "budget" for b in broken):
        return []
    start = min((a for a, _ in _times(swap.before)), default=0)

    def apart(s: Swap) -> tuple[bool, bool, int]:
        alike = swap.kind == s.kind == "rotation" and case.unit_type(s.subject) == case.unit_type(swap.subject)
        return s.kind != swap.kind, not alike, abs(min(a for a, _ in _times(s.after)) - start)

    return sorted((s for s in others if not s.after.empty), key=apart)[:1]


def _times(plan: Plan) -> list[tuple[int, int]]:
    """First and last week of each decision."""
    return [span(x) for f in fields(Plan) for x in getattr(plan, f.name)]


def _overlap(swap: Swap, used: Iterable[Swap]) -> bool:
    """Whether a change is among those used already, whole or in part."""
    return any((swap.kind, swap.subject, swap.after) == (u.kind, u.subject, u.after) for u in used)


def _swap(kind: str, subject: str, found: tuple[Difference, ...]) -> Swap:
    before, after = (_plan([x for d in found if (x := getattr(d, side)) is not None], found) for side in _SIDES)
    return Swap(kind, subject, before, after, found, frozenset((subject, *_named(before), *_named(after))))


_SIDES = ("before", "after")
_FIELD = {"rotation": "rotations", "set": "stays", "maintenance": "maintenance", "exercise": "runs",
          "upgrade": "purchases"}  # fmt: skip


def _plan(decisions: Sequence[object], found: Sequence[Difference]) -> Plan:
    made: dict[str, list[object]] = {}
    for x in decisions:
        kind = next(d.kind for d in found if x is d.before or x is d.after)
        made.setdefault(_FIELD[kind], []).append(x)
    return Plan(**{name: tuple(own) for name, own in made.items()})  # type: ignore[arg-type]


def _part(swap: Swap, d: Difference, back: object, who: Iterable[object]) -> Swap:
    field = _FIELD[swap.kind]
    before, after = Plan(**{field: (back,)}), Plan(**{field: (d.after,)})  # type: ignore[arg-type]
    names = {v for x in who for v in vars(x).values() if isinstance(v, str)}
    return Swap(swap.kind, swap.subject, before, after, (d,), frozenset((swap.subject, *names)))


def _named(plan: Plan) -> Iterator[str]:
    """The ids of a plan's decisions, parts included."""
    for f in fields(Plan):
        for x in getattr(plan, f.name):
            inner = (*getattr(x, "postings", ()), *getattr(x, "participants", ()))
            yield from (v for y in (x, *inner) for v in vars(y).values() if isinstance(v, str))
