"""What a leaf of the tree keeps to, and whether the leaves together hold every plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from optimizer.domain.certificate import Leaf
from optimizer.verify.bound.facts import Facts, Refused

Decision = tuple[str, str, Any, bool]


@dataclass(frozen=True)
class Kept:
    """Of a unit: the next rotation, the first not under way, arrives in [since, by] (there may be none only if ``by``
    is ``None``, endless) and leaves in [leave_since, leave_by]; rotations not under way at most one (``again`` false),
    at least two (true); ``bases`` of elements in that rotation. Of an exercise: it starts in [since, by]."""

    since: int = 0
    by: int | None = None
    leave_since: int = 0
    leave_by: int | None = None
    again: bool | None = None
    bases: dict[int, frozenset[int]] = field(default_factory=dict)

    def ever(self, side: bool, weeks: int) -> Kept:
        """There is one in the plan, or none."""
        return replace(self, by=_least(self.by, weeks - 1)) if side else replace(self, since=weeks)

    def start(self, week: int, side: bool) -> Kept:
        """It begins by ``week``, or later."""
        return replace(self, by=_least(self.by, week)) if side else replace(self, since=max(self.since, week + 1))

    def end(self, week: int, side: bool) -> Kept:
        """It ends by ``week``, or later."""
        if side:
            return replace(self, leave_by=_least(self.leave_by, week))
        return replace(self, leave_since=max(self.leave_since, week + 1))


def _least(limit: int | None, week: int) -> int:
    return week if limit is None else min(limit, week)


def kept(f: Facts, leaf: Leaf) -> tuple[dict[str, Kept], dict[str, Kept]]:
    """What the leaf keeps to, by unit and by exercise."""
    units: dict[str, Kept] = {}
    runs: dict[str, Kept] = {}
    for decision in leaf.decided:
        try:
            kind, subject, value, side = decision
            _keep(f, units, runs, kind, subject, value, bool(side))
        except (ValueError, TypeError, KeyError) as e:
            raise Refused(f"{decision}: there is no such decision") from e
    return units, runs


def _keep(f: Facts, units: dict[str, Kept], runs: dict[str, Kept], kind: str, who: str, value: Any, side: bool) -> None:
    case = f.case
    if kind in ("held", "start"):
        now = runs.get(case.exercise[who].id, Kept())
        runs[who] = now.ever(side, f.weeks) if kind == "held" else now.start(int(value), side)
        return
    unit = case.element[who].unit if kind == "base" else case.unit[who].id
    now = units.get(unit, Kept())
    if kind == "base":
        inside = {f.sites[s] for s in value}
        e, mine = f.number[who], frozenset(inside if side else set(f.sites.values()) - inside)
        units[unit] = replace(now, bases={**now.bases, e: now.bases.get(e, mine) & mine})
    elif kind == "go":
        units[unit] = now.ever(side, f.weeks)
    elif kind == "arrive":
        units[unit] = now.start(int(value), side)
    elif kind == "depart":
        units[unit] = now.end(int(value), side)
    elif kind == "again":  # at most one, or at least two; whoever keeps to both sides has none
        units[unit] = replace(now, again=not side, by=-1) if now.again is side else replace(now, again=not side)
    else:
        raise ValueError(kind)


def check_cover(leaves: Sequence[Leaf]) -> None:
    """``Refused`` unless each decision on the way to a leaf is answered on its other side, too."""
    _cover([leaf.decided for leaf in leaves], 0)


def _cover(paths: Sequence[Sequence[Decision]], depth: int) -> None:
    if len(paths) == 1 and len(paths[0]) == depth:
        return
    if not paths or any(len(path) <= depth for path in paths):
        raise Refused("the leaves do not hold every plan")
    if len({tuple(path[depth][:3]) for path in paths}) > 1:
        raise Refused("the leaves do not hold every plan: they part by different decisions")
    for side in (True, False):
        _cover([path for path in paths if path[depth][3] is side], depth + 1)
