"""Plans about as good as the one in hand and as unlike it, and each other, as can be found; and what all share.

Each search begins with a plan in hand and pays for every element-week that plans found before have, the more the
more of them have it; what it finds counts by the rules and the score alone. The payment is raised while plans come out
too like, and lowered while they score too little.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

import numpy as np

from optimizer.domain import Case, Plan
from optimizer.domain.outcome import Options, Progress
from optimizer.engines.lagrangian.search.plans import plan_of
from optimizer.engines.lagrangian.search.search import Search
from optimizer.engines.lagrangian.tables.build import names, tables
from optimizer.engines.lagrangian.tables.records import Tables
from optimizer.errors import UsageError
from optimizer.insight.finding import COLD, HOT, Guide
from optimizer.insight.proving import Prover
from optimizer.quantities import MONEY, figure
from optimizer.report.alternatives import Alternative, Alternatives, Shared, Spot, decisions, spots, unlike
from optimizer.verify import verify

MOVES = {"quick": 300, "standard": 1_000, "thorough": 6_000}  # of each search
ROUNDS = 4  # looks during a search at whether what it has is enough
TRIES = 4  # searches for one more plan
DEAR, CHEAP = 1.8, 0.6  # factors on the payment after a plan too like, or too poor
SPENDING = 8  # halvings in which the least spending is proven
STEPS = 60  # of a descent for what is to be proven


@dataclass
class _Kept:
    plan: Plan
    score: float
    spots: frozenset[Spot]


class _Finding:
    def __init__(self, case: Case, plan: Plan, options: Options, guide: Guide):
        self.case, self.options, self.guide = case, options, guide
        self.tables, self.names = tables(case), names(case)
        score = verify(case, plan).score
        self.kept = [_Kept(plan, score, spots(case, plan))]
        self.scale = max(1.0, abs(score))

    def payment(self, floor: float, wanted: float) -> float:
        """What an element-week is to cost at first: what may be given up, over what is to change."""
        first = self.kept[0]
        return max(first.score - floor, 1e-6 * self.scale) / max(wanted * len(first.spots), 1.0)

    def paying(self, price: float) -> Tables:
        """The tables with a price on every element-week that plans have."""
        tb, n = self.tables, self.names
        element = tb.wish_element.copy() if tb.wish_element.size else np.zeros(
            (len(n.elements), len(n.sites), self.case.weeks)
        )  # fmt: skip
        at, site = {e: i for i, e in enumerate(n.elements)}, {s: i for i, s in enumerate(n.sites)}
        for kept in self.kept:
            for e, s, t in kept.spots:
                element[at[e], site[s], t] -= price
        return tb._replace(wish_element=element)

    def one_more(self, floor: float, wanted: float, price: float) -> tuple[_Kept | None, float]:
        """A plan that scores the floor and is unlike all others, if one is found, and the payment that did it."""
        for attempt in range(TRIES):
            tb = self.paying(price)
            start = self.kept[(len(self.kept) - 1) if attempt % 2 else 0].plan
            seed = self.options.seed * 1009 + 17 * len(self.kept) + attempt
            search = Search(self.case, tb, self.names, seed, start)
            self.guide.lead(search, tb)
            search.seat()
            poor = like = False
            moves = max(1, MOVES[self.options.effort] // ROUNDS)
            fall = (COLD / HOT) ** (1 / ROUNDS)
            for k in range(ROUNDS):
                hot = HOT * self.scale * fall**k
                search.advance(moves, hot, hot * fall, lambda: self.options.must_stop)
                found = self._read(search, tb)
                poor = found is None or found.score < floor
                like = found is not None and self.least(found.spots) < wanted
                if found is not None and not poor and not like:
                    return found, price
            if self.options.must_stop:
                break
            price *= CHEAP if poor and not like else DEAR if like and not poor else 1.0
        return None, price

    def _read(self, search: Search, tb: Tables) -> _Kept | None:
        """The best state of a search as a plan, if the rules let it pass."""
        if not search.able or search.best_score == -np.inf:
            return None
        plan = plan_of(self.case, tb, self.names, search.best)
        verdict = verify(self.case, plan)
        return _Kept(plan, verdict.score, spots(self.case, plan)) if verdict.ok else None

    def least(self, own: frozenset[Spot], but: int = -1) -> float:
        """How unlike the likest of the plans kept is, number ``but`` left out."""
        return min((unlike(own, k.spots) for i, k in enumerate(self.kept) if i != but), default=1.0)


def alternatives(
    case: Case,
    plan: Plan,
    options: Options,
    count: int = 10,
    within: float = 0.01,
    wanted: float = 0.3,
    prover: Prover | None = None,
) -> Alternatives:
    """Up to ``count`` plans, ``plan`` (which holds the rules) the first of them, that score within the share ``within``
    of it and differ pairwise in the share ``wanted`` of their element-weeks. ``prover``: of the case, if known."""
    if count < 2 or not 0 < within < 1 or not 0 < wanted <= 1:
        raise UsageError("alternatives are two plans at least, and shares lie between 0 and 1")
    _tell(options, "a bound, and what guides the searches")
    prover = Prover(case, options) if prover is None else prover
    finding = _Finding(case, plan, options, Guide(prover.dual))
    best = finding.kept[0].score
    floor = best - within * abs(best)
    price = finding.payment(floor, wanted)
    while len(finding.kept) < count and not options.must_stop:
        found, price = finding.one_more(floor, wanted, price)
        if found is None:
            break
        finding.kept.append(found)
        _tell(options, f"{len(finding.kept)} plans, the last scores {figure(found.score)}")
    _tell(options, "what all of them share")
    made = tuple(
        Alternative(k.score, k.score / best if best else 1.0, finding.least(k.spots, i), k.plan)
        for i, k in enumerate(finding.kept)
    )
    shared = _shared(case, prover, made, floor)
    return Alternatives(made, shared, floor, wanted, count, max(prover.bound, best), _spends(case, prover, made, floor),
                        options.elapsed)  # fmt: skip


def _shared(case: Case, prover: Prover, made: tuple[Alternative, ...], floor: float) -> tuple[Shared, ...]:
    """Decisions by how many plans have them; of those that all have, who goes and what is held may be proven."""
    count = Counter(d for a in made for d in decisions(case, a.plan))
    out = []
    for (kind, subject, text), n in sorted(count.items(), key=lambda x: (-x[1], x[0])):
        proven = False
        if n == len(made) and kind in ("unit", "exercise"):
            decide = prover.goes(subject, False) if kind == "unit" else prover.held(subject, False)
            proven = prover.under(decide) < floor
        out.append(Shared(kind, subject, text, n, proven))
    return tuple(out)


def _spends(case: Case, prover: Prover, made: tuple[Alternative, ...], floor: float) -> float | None:
    """What every plan that scores the floor spends at least, by halving; ``None`` if not even nothing is too little."""
    high = min(verify(case, a.plan).spent for a in made)
    low, known = 0, None
    for _ in range(SPENDING):
        middle = (low + high) // 2
        if prover.of(replace(case, settings=replace(case.settings, total_cap=middle)), STEPS) < floor:
            low = known = middle
        else:
            high = middle
    return None if known is None else known / MONEY


def _tell(options: Options, stage: str) -> None:
    options.progress(Progress(options.elapsed, stage, None, None))
