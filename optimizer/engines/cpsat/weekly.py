"""What posts mean week by week: who is there, where, and who counts."""

from __future__ import annotations

from typing import Any

from optimizer.engines.cpsat.logic import Lit, Logic
from optimizer.engines.cpsat.rotations import Post


class Weekly:
    """Literals per post and week, made when first asked for."""

    def __init__(self, logic: Logic):
        self.logic = logic
        self._memo: dict[tuple[Any, ...], Any] = {}

    def here(self, p: Post, t: int) -> Any:
        """1 while the element is in theatre in week ``t``, else 0: an expression."""
        return self.logic.by(p.arrive, t) - self.logic.by(p.depart, t)

    def sites(self, p: Post) -> dict[str, Lit]:
        """Whether the post is based at each site."""
        key = ("sites", id(p))
        if key not in self._memo:
            self._memo[key] = {str(s): self.logic.total(lits) for s, lits in p.by(0).items()}
        return self._memo[key]

    def at(self, p: Post, t: int) -> dict[str, Lit]:
        """Whether it is there in week ``t`` and based at each site."""
        key = ("at", id(p), t)
        if key not in self._memo:
            self._memo[key] = self.logic.share(self.here(p, t), self.sites(p), f"{p.element} {t}")
        return self._memo[key]

    def ready(self, p: Post, t: int, late: int = 0) -> Lit:
        """Whether it counts in week ``t`` (RSOI over since at least ``late`` weeks)."""
        key = ("ready", id(p), t, late)
        if key not in self._memo:
            self._memo[key] = self._ready(p, t, late)
        return self._memo[key]

    def _ready(self, p: Post, t: int, late: int) -> Lit:
        logic, by_weeks = self.logic, self.by_rsoi(p)
        soonest = min(by_weeks, default=0) + late
        span = logic.by(p.arrive, t - soonest) - logic.by(p.depart, t)
        if len(by_weeks) == 1 and p.least >= soonest:
            return logic.equal(span)
        gone = logic.no(logic.by(p.depart, t))
        only = len(by_weeks) == 1
        parts = [logic.both(logic.by(p.arrive, t - n - late), gone, 1 if only else x) for n, x in by_weeks.items()]
        found = logic.total(parts)
        if not isinstance(found, int):  # implied, and known to the relaxation only if said
            logic.model.add(found <= (span if p.least >= soonest else self.here(p, t)))
        return found

    def by_rsoi(self, p: Post) -> dict[int, Lit]:
        """Whether the post's way takes each number of RSOI weeks."""
        key = ("rsoi", id(p))
        if key not in self._memo:
            found: dict[int, list[Lit]] = {}
            for way, lit in p.ways.items():
                found.setdefault(p.rsoi[way], []).append(lit)
            self._memo[key] = {n: self.logic.total(lits) for n, lits in found.items()}
        return self._memo[key]

    def based(self, p: Post, t: int) -> dict[str, Lit]:
        """Whether it is ready in week ``t`` and based at each site."""
        key = ("based", id(p), t)
        if key not in self._memo:
            self._memo[key] = self.logic.share(self.ready(p, t), self.at(p, t), f"{p.element} ready {t}")
        return self._memo[key]
