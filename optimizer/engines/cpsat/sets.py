"""Prepositioned sets: where each stands week by week, its moves and its maintenance blocks.

A set's life is a walk over *bays* (its holding rows, or the stays of a plan to be judged):
it begins, stands, leaves for another site, is on the road, enters, and stops. How long the
road is, and that it begins and stops once, where and when, is for the rules to say.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import NamedTuple

from optimizer.domain import Case, PrepoSet
from optimizer.engines.cpsat.candidates import Candidates
from optimizer.engines.cpsat.logic import Lit, Logic


class Bay(NamedTuple):
    """A place to stand at during ``[start, end)``; ``row`` tells two bays of the same shape apart."""

    site: str
    start: int
    end: int
    row: int


@dataclass(eq=False)
class Life:
    """Literals by bay and week. ``leave`` is a paid move's first week on the road; ``enter`` is
    by bay, site left and week; ``switch`` from bay to bay at the same site."""

    prepo: PrepoSet
    bays: tuple[Bay, ...]
    stand: dict[tuple[Bay, int], Lit] = field(default_factory=dict)
    begin: dict[tuple[Bay, int], Lit] = field(default_factory=dict)
    stop: dict[tuple[Bay, int], Lit] = field(default_factory=dict)
    leave: dict[tuple[Bay, int], Lit] = field(default_factory=dict)
    enter: dict[tuple[Bay, str, int], Lit] = field(default_factory=dict)
    switch: dict[tuple[Bay, Bay, int], Lit] = field(default_factory=dict)

    def stand_in(self, t: int) -> list[tuple[tuple[Bay, int], Lit]]:
        """The standing literals of week ``t``."""
        return [((b, t), self.stand[b, t]) for b in self.bays if (b, t) in self.stand]

    def at(self, site: str | None, t: int) -> Lit:
        """1 while it stands at the site (``None``: anywhere) in week ``t``: an expression."""
        return sum(x for (b, _), x in self.stand_in(t) if site in (b.site, None))


@dataclass(frozen=True)
class Block:
    """A possible maintenance block ``[start, end)``."""

    start: int
    end: int
    on: Lit


class Sets:
    """Builds lives and blocks."""

    def __init__(self, case: Case, logic: Logic, candidates: Candidates):
        self.case, self.logic, self.candidates = case, logic, candidates
        self.lives: dict[str, Life] = {}
        self.blocks: dict[str, list[Block]] = {}
        for q in case.sets:
            self.lives[q.id] = self._life(q)
            self.blocks[q.id] = self._blocks(q)

    def _bays(self, q: PrepoSet) -> tuple[Bay, ...]:
        told = [s for s in self.candidates.plan.stays if s.set_id == q.id]
        if self.candidates.on("set-location"):
            rows = [(h.site, h.start, h.end) for h in self.case.holdings_of[q.id]]
        elif not self.candidates.plan.empty:
            rows = [(s.site, s.start, s.end) for s in told]
        else:
            rows = [(s.id, 0, self.case.weeks) for s in self.case.sites]
        clipped = [(s, max(a, 0), min(b, self.case.weeks)) for s, a, b in rows]
        return tuple(Bay(s, a, b, i) for i, (s, a, b) in enumerate(clipped) if a < b)

    def _life(self, q: PrepoSet) -> Life:
        life = Life(q, self._bays(q))
        for b in life.bays:
            for t in range(b.start, b.end + 1):
                for what, last in ((life.stand, 0), (life.begin, 0), (life.leave, 1), (life.stop, 1)):
                    if b.start + last <= t < b.end + last:
                        what[b, t] = self.logic.boolean(f"{q.id} {b.site} {t}")
                for c in life.bays:
                    if c != b and c.site == b.site and b.start < t <= b.end and c.start <= t < c.end:
                        life.switch[b, c, t] = self.logic.boolean(f"{q.id} {b.site} {t}")
            for s in dict.fromkeys(c.site for c in life.bays if c.site != b.site):
                life.enter |= {(b, s, t): self.logic.boolean(f"{q.id} {s}>{b.site} {t}") for t in range(b.start, b.end)}
        self._walk(life)
        return life

    def _walk(self, life: Life) -> None:
        """Conservation: of the bays week by week, and of the roads from each site."""
        model = self.logic.model
        bay: defaultdict[tuple[Bay, int], list[Lit]] = defaultdict(list)
        road: defaultdict[tuple[str, int], list[Lit]] = defaultdict(list)
        for at, x in life.begin.items():
            bay[at].append(x)
        for at, x in life.stop.items():
            bay[at].append(-x)
        for (b, t), x in life.leave.items():
            bay[b, t].append(-x)
            road[b.site, t].append(x)
        for (b, s, t), x in life.enter.items():
            bay[b, t].append(x)
            road[s, t].append(-x)
        for (b, c, t), x in life.switch.items():
            bay[b, t].append(-x)
            bay[c, t].append(x)
        for b in life.bays:
            for t in range(b.start, b.end + 1):
                model.add(life.stand.get((b, t), 0) == life.stand.get((b, t - 1), 0) + sum(bay[b, t]))
        for s in dict.fromkeys(b.site for b in life.bays):
            going: Lit = 0
            for t in sorted(t for site, t in road if site == s):
                more = self.logic.boolean(f"{life.prepo.id} road {s} {t}")
                model.add(more == going + sum(road[s, t]))
                going = more
            model.add(going == 0)

    def _blocks(self, q: PrepoSet) -> list[Block]:
        case, active = self.case, self.candidates.on("set-maintenance")
        spans: dict[tuple[int, int], None] = {}
        if q.interval > 0:
            starts = range(max(q.available, 0) if active else 0, case.weeks)
            spans = {(t, min(t + q.maintenance_weeks, case.weeks)): None for t in starts}
        if not active:
            spans |= {(m.start, m.end): None for m in self.candidates.plan.maintenance if m.set_id == q.id}
        return [Block(a, b, self.logic.boolean(f"{q.id} maintained {a}")) for a, b in spans]
