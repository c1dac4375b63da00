"""What a plan leaves out, put into it and judged."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from optimizer.domain import Case, Exercise, Plan, Unit
from optimizer.goals import score_all
from optimizer.quantities import figure
from optimizer.report.adding.events import events
from optimizer.report.adding.stays import stays
from optimizer.report.adding.usage import Usage
from optimizer.report.shortfalls import FloorGap, exercises_missing, floor_gaps
from optimizer.rules import Breach, check_all

MOST = 20  # things of each kind that are looked into, and less where a plan is so large that
WORK = 30_000  # decisions would be checked in all, those of the plan again for everything that is tried
WAYS = 4  # tried of each thing left out
TOLD = 3  # breaches spelled out


@dataclass(frozen=True)
class Tried:
    """``what`` was added, in words, which makes ``plan``; ``breaches`` of it that the plan in hand has not; ``gain``
    points that it scores more than the plan in hand, where nothing breaks."""

    what: str
    plan: Plan
    breaches: tuple[Breach, ...]
    gain: float = 0.0

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules that are broken, each once."""
        return tuple(dict.fromkeys(b.rule for b in self.breaches))

    @property
    def why(self) -> str:
        """What was tried and what it breaks, or that nothing stands in the way and what it is worth."""
        if not self.breaches:
            less = "fewer" if self.gain < 0 else "more"
            return f"{self.what}: breaks no rule, and scores {figure(abs(self.gain), 1)} points {less}"
        first = {b.rule: b for b in reversed(self.breaches)}  # one of each rule
        shown = [first[rule] for rule in self.rules[:TOLD]]
        told = "; ".join(f"{b.rule}: {b.text.removesuffix('.')}" for b in shown)
        more = len(self.breaches) - len(shown)
        return f"{self.what}: {told}" + (f"; and {more} more" if more else "")


class Bench:
    """What ``plan`` leaves out of ``case``: exercises not held, units that stay at home, floors not met.

    Where a plan is so large that not all can be looked into, the first are; the others are not in the answers.
    """

    def __init__(self, case: Case, plan: Plan):
        self.case, self.plan = case, plan
        self.missing = sorted(exercises_missing(case, plan), key=lambda x: (not x.mandatory, -x.value, x.id))
        going = {r.unit for r in plan.rotations}
        going |= {case.element[p.element].unit for run in plan.runs for p in run.participants}
        self.idle = [u for u in case.units if u.id not in going and case.elements_of[u.id]]
        self.gaps = sorted(floor_gaps(case, plan), key=lambda g: (-g.missing, g.country, g.start))

    @cached_property
    def usage(self) -> Usage:
        """What the plan uses."""
        return Usage(self.case, self.plan)

    @cached_property
    def exercises(self) -> dict[str, Tried]:
        """By exercise not held, what holding it would break."""
        return {x.id: found for x in self.missing[: self._many] if (found := self._exercise(x)) is not None}

    @cached_property
    def units(self) -> dict[str, Tried]:
        """By unit that stays at home, what its going would break: the shortest stay allowed."""
        return {u.id: found for u in self.idle[: self._many] if (found := self._unit(u)) is not None}

    @cached_property
    def floors(self) -> dict[FloorGap, Tried]:
        """By stretch of weeks below a floor, what an idle unit's stay there in these weeks would break."""
        return {g: found for g in self.gaps[: self._many] if (found := self._floor(g)) is not None}

    @cached_property
    def _many(self) -> int:
        """How many things of each kind can be looked into."""
        size = sum(len(r.postings) for r in self.plan.rotations) + sum(len(r.participants) for r in self.plan.runs)
        return max(2, min(MOST, WORK // (max(size, 1) * WAYS * 3)))

    @cached_property
    def _known(self) -> frozenset[Breach]:
        """What the plan breaks anyway."""
        return frozenset(b for f in check_all(self.case, self.plan) for b in f.breaches)

    @cached_property
    def _score(self) -> float:
        return sum(score_all(self.case, self.plan).values())

    def _exercise(self, x: Exercise) -> Tried | None:
        return self._best(events(self.usage, x))

    def _unit(self, unit: Unit) -> Tried | None:
        return self._best(stays(self.usage, unit))

    def _floor(self, gap: FloorGap) -> Tried | None:
        named = {c.id for c in self.case.countries if c.name == gap.country}
        inside = frozenset(s.id for s in self.case.sites if s.country in named)
        ways = (next(stays(self.usage, u, inside, (gap.start, gap.end)), None) for u in self.idle)
        return self._best(way for way in ways if way is not None)

    def _best(self, ways: Iterator[tuple[str, Plan]]) -> Tried | None:
        """The way that breaks the fewest rules, of these the fewest conditions, and these by least; of several that
        break nothing the one that scores most."""
        tried = [self._judged(what, plan) for what, plan in islice(ways, WAYS)]
        return min(
            tried,
            key=lambda t: (len(t.rules), len(t.breaches), sum(b.size for b in t.breaches), -t.gain),
            default=None,
        )

    def _judged(self, what: str, plan: Plan) -> Tried:
        broken = tuple(b for f in check_all(self.case, plan) for b in f.breaches if b not in self._known)
        gain = 0.0 if broken else sum(score_all(self.case, plan).values()) - self._score
        return Tried(what, plan, broken, gain)
