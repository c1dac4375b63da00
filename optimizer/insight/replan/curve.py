"""Score against the number of changes: plans found on the way back to the plan in force, and a proven curve above.

The number of changes of a plan is its element-weeks and set-weeks elsewhere plus its exercises and upgrades set
otherwise. At a price p of a change no plan scores more than B(p), a bound of the case with that price. A plan of at
most k changes scores then, prices aside, at most B(p) + p·k: the least of these over some prices is proven for every k.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from optimizer.domain import Case, Plan
from optimizer.errors import Disagreement
from optimizer.goals.plan_changes.score import changes
from optimizer.insight.replan.swaps import Swap, judged, swaps, taken_back
from optimizer.quantities import same

STEPS = 120  # of the bound at each price
SLOPES = (0.0, 0.25, 1.0, 4.0, 16.0)  # prices, in what a change of the new plan gains on average
Ceiling = Callable[[Case], float | None]


@dataclass(frozen=True)
class Point:
    """A plan found: its changes, its score without their price, and the proven ceiling for so many changes."""

    element_weeks: int
    events: int
    score: float
    ceiling: float | None = None

    @property
    def changes(self) -> int:
        return self.element_weeks + self.events


@dataclass(frozen=True)
class Curve:
    """``points`` by rising number of changes and score; ``bounds`` the proven (price, bound) pairs behind it."""

    points: tuple[Point, ...]
    bounds: tuple[tuple[float, float], ...]

    def ceiling(self, count: int) -> float | None:
        """No plan of at most ``count`` changes scores more (``None``: nothing is proven)."""
        return min((bound + price * count for price, bound in self.bounds), default=None)


def free_of_charge(case: Case, price: float = 0.0) -> Case:
    """The case with one price for every change."""
    return replace(case, settings=replace(case.settings, replan=True, change_price=price, change_price_event=price))


def curve(
    case: Case, old: Plan, plans: Sequence[Plan], ceiling: Ceiling, stopped: Callable[[], bool] = lambda: False
) -> Curve:
    """The curve of a replanned ``case``. ``old`` is the plan in force; ``plans`` hold the rules, the new one first.

    Raises ``Disagreement`` if a plan found lies above what is proven.
    """
    bare = free_of_charge(case)
    found = [_point(bare, p) for p in plans]
    found += _way_back(bare, old, plans[0], stopped)
    if not judged(bare, old)[0]:
        found.append(_point(bare, old))
    points = _rising(found)
    bounds = []
    for price in _prices(points):
        if stopped():
            break
        bound = ceiling(free_of_charge(case, price))
        if bound is not None:
            bounds.append((price, bound))
    made = Curve((), tuple(bounds))
    for p in found:
        top = made.ceiling(p.changes)
        if top is not None and p.score > top and not same(p.score, top):
            raise Disagreement(f"a plan of {p.changes} changes scores {p.score}, proven is at most {top}")
    return replace(made, points=tuple(replace(p, ceiling=made.ceiling(p.changes)) for p in points))


def _point(case: Case, plan: Plan) -> Point:
    return Point(*changes(case, plan), judged(case, plan)[1])


def _way_back(case: Case, old: Plan, new: Plan, stopped: Callable[[], bool]) -> list[Point]:
    """The changes of ``new`` taken back one after the other, those first that gain least for their size."""
    _, score = judged(case, new)
    found = swaps(old, new)
    many = sum(changes(case, new))

    def lean(swap: Swap) -> float:
        tried = taken_back(case, new, swap, found)
        fewer = many - sum(changes(case, tried.plan))
        return float("inf") if tried.broken or fewer <= 0 else (score - tried.score) / fewer

    worth = [] if stopped() else sorted((lean(s), n) for n, s in enumerate(found))
    out = []
    for gain, n in worth:
        if gain == float("inf") or stopped():
            break
        if not found[n].inside(new):
            continue
        tried = taken_back(case, new, found[n], swaps(old, new))
        if not tried.broken:
            new = tried.plan
            out.append(_point(case, new))
    return out


def _rising(found: Sequence[Point]) -> tuple[Point, ...]:
    """Those that no other beats with as few changes."""
    out: list[Point] = []
    for p in sorted(found, key=lambda p: (p.changes, -p.score)):
        if not out or (p.score > out[-1].score and not same(p.score, out[-1].score)):
            out.append(p)
    return tuple(out)


def _prices(points: Sequence[Point]) -> list[float]:
    slopes = [(b.score - a.score) / (b.changes - a.changes) for a, b in pairwise(points)]
    middle = sorted(slopes)[len(slopes) // 2] if slopes else 0.0
    top = abs(points[-1].score) if points else 0.0
    unit = middle if middle > 0 else 1e-4 * max(top, 1.0)
    return [unit * s for s in SLOPES]
