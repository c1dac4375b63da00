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

STEP, FALL = 0.02, 0.985  # lengths of the steps of a short descent
DEARER = (1.0, 8.0, 1e3, 1e6)  # prices of demand that has to be met, in those of the case
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

    def of(self, case: Case, steps: int = 0) -> float:
        """No plan of ``case``, a changed one, scores more; minus infinity if it has none."""
        dual = Dual(case, tables(case), SCHEDULE)
        return self._fall(dual, carried(self.certificate, case, dual.lagrangian), steps)

    def under(self, decide: Callable[[Decided], Decided], steps: int = 0) -> float:
        """No plan of the case that keeps to what is decided scores more; minus infinity if there is none."""
        of = self.dual.lagrangian
        of.narrow(decide(undecided(self.tables)))
        found = min(self._fall(self.dual, self._theta, steps), self.bound)
        of.narrow(undecided(self.tables))
        return found

    def meeting(self, cells: tuple[int, int, slice], steps: int = 0) -> float:
        """No plan scores more that meets in full the demand of ``cells`` (area, level, weeks): what it lacks is
        priced, and what is demanded taken off again."""
        of, best = self.dual.lagrangian, self.bound
        wanted = np.zeros(of.t.demand.shape)
        wanted[cells] = of.t.demand[cells]
        usual = float(of.t.price[cells[0], cells[1]]) or float(of.t.price.max(initial=0.0))
        for times in DEARER:
            of.extra = times * usual * (wanted > 0)
            best = min(best, self._fall(self.dual, self._theta, steps) - float((of.extra * wanted).sum()))
        of.extra = 0.0
        return best

    def goes(self, unit: str, ever: bool) -> Callable[[Decided], Decided]:
        """That a unit goes on some rotation that is not under way, or on none."""
        i, weeks = names(self.case).units.index(unit), self.case.weeks
        return lambda d: with_entry(d, "by", i, weeks - 1) if ever else with_entry(d, "since", i, weeks)

    def held(self, exercise: str, ever: bool) -> Callable[[Decided], Decided]:
        """That an exercise is held, or is not."""
        i, weeks = names(self.case).exercises.index(exercise), self.case.weeks
        return lambda d: with_entry(d, "run_by", i, weeks - 1) if ever else with_entry(d, "run_since", i, weeks)

    def _fall(self, dual: Dual, theta: np.ndarray, steps: int) -> float:
        """The least bound met in a descent of ``steps`` steps from ``theta``."""
        dual.restart(theta)
        best = np.inf
        for k in range(steps + 1):
            bound, slope = dual.look()
            best = min(best, bound)
            if best == -np.inf or self.options.must_stop:
                break
            dual.move(slope, STEP * FALL**k)
        return float(best)
