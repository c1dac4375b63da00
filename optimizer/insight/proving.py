"""What no plan can score: multipliers found once for a case, priced again for whatever is asked of it.

Every bound here is proven (docs/bound.md): multipliers bound whatever case they are priced at. How tight it is
depends on how well they suit, which is why a few steps of descent follow where there is time for them.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

import numpy as np

from optimizer.domain import Case
from optimizer.domain.certificate import Certificate
from optimizer.domain.outcome import Options
from optimizer.engines.lagrangian.bound.carry import carried
from optimizer.engines.lagrangian.bound.certify import certificate
from optimizer.engines.lagrangian.bound.dual import Dual, Schedule
from optimizer.engines.lagrangian.bound.parts.decided import Decided, undecided, with_entry
from optimizer.engines.lagrangian.tables.build import names, tables
from optimizer.engines.lagrangian.tables.records import Tables

STEP, FALL = 0.02, 0.985  # lengths of the steps of a short descent
DEARER = tuple(2.0**k for k in range(0, 24, 2))  # multipliers of demand that has to be met, in prices of the case
AGAIN = 4  # steps of a descent from multipliers that are given
LOOKS = 240  # iterations of the dual of the case itself
# submodular rows are separated within them
SCHEDULE = Schedule(first=120, each=30, again=60, first_step=(0.3, 0.965), each_step=(0.03, 0.95))


class Prover:
    """The dual of a case, and what it says of the case with one thing decided, and of other cases.

    ``bound``: no plan of the case scores more. ``given``: multipliers known already, as the certificate of this case or
    another (which begins ``later`` weeks before); without, ``looks`` iterations are spent. Not for two threads at once.
    """

    def __init__(
        self,
        case: Case,
        options: Options,
        looks: int = LOOKS,
        given: Certificate | None = None,
        later: int = 0,
    ):
        self.case, self.options, self.tables = case, options, tables(case)
        self.dual = Dual(case, self.tables, SCHEDULE)
        if given is not None and given.leaves:
            self._begin_from(carried(given, case, self.dual.lagrangian, later))
        else:
            self.dual.run(looks, lambda: options.must_stop)
        if self.dual.bound == np.inf:  # out of time: multipliers of nothing are a proof as well
            self.dual.bound, _ = self.dual.look()
        self._theta = self.dual.best.copy()

    def _begin_from(self, theta: np.ndarray) -> None:
        """A short descent from multipliers that were found before."""
        dual = self.dual
        dual.restart(theta)
        for k in range(AGAIN + 1):
            bound, slope = dual.look()
            if bound < dual.bound:
                dual.bound, dual.best[:] = bound, dual.theta
            if bound == -np.inf or self.options.must_stop:
                break
            dual.move(slope, STEP * FALL**k)

    @property
    def bound(self) -> float:
        return float(self.dual.bound)

    @cached_property
    def certificate(self) -> Certificate:
        """The multipliers by names."""
        of = self.dual.lagrangian
        return certificate(self.case, of, self._theta, of.partly)

    def of(self, case: Case, steps: int = 0, tb: Tables | None = None) -> float:
        """No plan of ``case``, a changed one (its tables are ``tb``), scores more; minus infinity if it has none."""
        dual = Dual(case, tables(case) if tb is None else tb, SCHEDULE)
        return self._fall(dual, carried(self.certificate, case, dual.lagrangian), steps)

    def under(self, decide: Callable[[Decided], Decided], steps: int = 0) -> float:
        """No plan of the case that keeps to what is decided scores more; minus infinity if there is none."""
        of = self.dual.lagrangian
        of.narrow(decide(undecided(self.tables)))
        found = min(self._fall(self.dual, self._theta, steps), self.bound)
        of.narrow(undecided(self.tables))
        return found

    def meeting(self, cells: tuple[int, int, slice], least: float, steps: int = 0) -> float:
        """No plan scores more that meets in full the demand of ``cells`` (area, level, weeks); that none does is known
        once it is less than ``least``.

        What the demand lacks is taken to be paid for at a price beyond every multiplier, and all that it asks comes
        off again, so that the multipliers of its rows may be as large as they like. How large to begin with is
        looked for along a line, on which the bound is convex.
        """
        of = self.dual.lagrangian
        wanted = np.zeros(of.t.demand.shape)
        wanted[cells] = of.t.demand[cells]
        price = float(of.t.price[cells[0], cells[1]]) or float(of.t.price.max(initial=0.0))

        def at(times: float, steps: int = 0) -> float:
            of.extra = 2.0 * (times + 1.0) * price * (wanted > 0)
            theta = self._theta.copy()
            of.rows.view(theta, "cover")[wanted > 0] += times * price
            return self._fall(self.dual, theta, steps, float((of.extra * wanted).sum()))

        known = {0.0: at(0.0)}
        for times in DEARER:
            known[times] = at(times)
            if known[times] > min(known.values()) or known[times] < least or self.options.must_stop:
                break
        best = min(known, key=known.__getitem__)
        if steps and known[best] >= least:
            known[best] = min(known[best], at(best, steps))
        of.extra = 0.0
        return min(known[best], self.bound)

    def goes(self, unit: str, ever: bool) -> Callable[[Decided], Decided]:
        """That a unit goes on some rotation that is not under way, or on none."""
        i, weeks = names(self.case).units.index(unit), self.case.weeks
        return lambda d: with_entry(d, "by", i, weeks - 1) if ever else with_entry(d, "since", i, weeks)

    def held(self, exercise: str, ever: bool) -> Callable[[Decided], Decided]:
        """That an exercise is held, or is not."""
        i, weeks = names(self.case).exercises.index(exercise), self.case.weeks
        return lambda d: with_entry(d, "run_by", i, weeks - 1) if ever else with_entry(d, "run_since", i, weeks)

    def _fall(self, dual: Dual, theta: np.ndarray, steps: int, off: float = 0.0) -> float:
        """The least bound met in a descent of ``steps`` steps from ``theta``, ``off`` taken off."""
        dual.restart(theta)
        best = np.inf
        for k in range(steps + 1):
            bound, slope = dual.look()
            best = min(best, bound - off)
            if best == -np.inf or self.options.must_stop:
                break
            dual.move(slope, STEP * FALL**k)
        return float(best)
