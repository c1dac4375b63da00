"""Who has a capability, and how much of it a plan sends."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from optimizer.domain import Case, Plan
from optimizer.report.lives import lives_of

NAMED = 2  # units spelled out


@dataclass(frozen=True)
class Carriers:
    """Of a capability: the ``elements`` that have it, how many of them go, how many of them are ``there`` in an
    average week of the plan, and the units whose ``idle`` elements have it and stay at home all the time."""

    elements: int
    going: int
    there: float
    idle: tuple[str, ...]

    def words(self, reasons: Mapping[str, str]) -> str:
        """Why there is no more of it, as far as that is a matter of who goes; ``reasons`` by unit of those
        that stay at home as a whole."""
        if not self.elements:
            return "no element has it"
        if not self.idle:
            who = "its only element goes" if self.elements == 1 else f"all {self.elements:,} elements with it go"
            return f"{who}; {self.there:.1f} are there in an average week"
        why = Counter(reasons[u] for u in self.idle if u in reasons)
        alone = {reasons[u]: u for u in self.idle if u in reasons}
        told = [f"{alone[r] if n == 1 else f'{n} units'} ({r})" for r, n in why.items()]
        parts = [u for u in self.idle if u not in reasons]
        told += [f"part of {u}" for u in parts[:NAMED]]
        told += [f"parts of {len(parts) - NAMED} more units"] if len(parts) > NAMED else []
        return f"{self.going:,} of {self.elements:,} elements with it go; at home: {', '.join(told)}"


def carriers(case: Case, plan: Plan) -> dict[str, Carriers]:
    """By id of every capability."""
    lives, out = lives_of(case, plan), {}
    away = {e: life.weeks(case) + life.weeks_brought(case) for e, life in lives.items()}
    for k in case.capabilities:
        have = [e for e in case.elements if case.types[e.type].points.get(k.id, 0) > 0]
        idle = dict.fromkeys(e.unit for e in have if e.id not in lives)
        there = sum(away.get(e.id, 0) for e in have) / max(case.weeks, 1)
        out[k.id] = Carriers(len(have), sum(e.id in lives for e in have), there, tuple(idle))
    return out
