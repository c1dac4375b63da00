"""Whether a case has a plan: proofs and plans by whatever is quickest for a case of its size."""

from __future__ import annotations

from dataclasses import replace

from optimizer.conflicts.core import core
from optimizer.domain import Case
from optimizer.domain.outcome import Options
from optimizer.engines.auto import SMALL, linear_columns

LARGEST = 60_000  # columns of a core up to which a linear program is asked where nothing else knows
SHORT, LONG = (60, 0), (300, 80)  # steps towards a proof, and rounds of search for a plan


class Asking:
    """Answers within the limits of ``options``.

    The dual proves that there is no plan, and the search finds one (``engines.lagrangian.existence``); where neither
    does a linear program is asked, if it is not too large to be built. Of small cases, that is soon.
    """

    def __init__(self, options: Options):
        self.options = replace(options, progress=lambda _: None)

    @property
    def over(self) -> bool:
        return self.options.must_stop

    def briefly(self, case: Case) -> bool | None:
        """Whether the case has a plan; ``None`` where that does not show soon."""
        return self._asked(case, SHORT, SMALL)

    def thoroughly(self, case: Case) -> bool | None:
        """Whether the case has a plan, asked with all that there is; ``None`` if that is not known in the end."""
        return self._asked(case, LONG, LARGEST)

    def _asked(self, case: Case, work: tuple[int, int], largest: int) -> bool | None:
        from optimizer.engines.lagrangian.existence import Existence
        from optimizer.engines.linear import feasible

        if self.over:
            return None
        part = core(case)
        size = linear_columns(part)
        found = Existence(part, self.options.seed, lambda: self.over).answer(*(SHORT if size <= SMALL else work))
        if found.none or found.plan is not None:
            return found.plan is not None
        if size > largest or self.over:
            return None
        more = work == LONG and size <= SMALL and self.options.effort == "quick"  # a quick look leaves too much unknown
        return feasible(part, replace(self.options, effort="standard") if more else self.options)
