"""Why there is no plan: smallest sets of rows that cannot all be met, whichever engine found that there is none.

First every part of the case is judged alone (``optimizer.conflicts``, no solver). What is impossible only because
parts stand in each other's way is looked for in the core of the case as one linear program: limits are taken back
kind by kind, then halves of a kind, then one by one, as long as there is still no plan. What is left has been
proven impossible, and each row of it necessary: without it the solver finds a plan.
"""

from __future__ import annotations

from dataclasses import replace

from optimizer.conflicts import conflicts
from optimizer.conflicts.core import core
from optimizer.domain import Case
from optimizer.domain.outcome import Options, Progress
from optimizer.domain.reasons import Reason
from optimizer.engines.auto import linear_columns
from optimizer.insight.limits import Limit, lifted, limits_of

LARGEST = 60_000  # columns of a core up to which it is asked again and again
PATIENCE = 60.0  # seconds for all questions together, where no time limit is nearer


def reasons(case: Case, options: Options) -> tuple[Reason, ...]:
    """Reasons for a case that has been proven to have no plan; none if the limits end the search for them."""
    alone = conflicts(case)
    if alone:
        return alone
    part = core(case)
    if linear_columns(part) > LARGEST:
        return ()
    options.progress(Progress(options.elapsed, "why there is no plan", None, None))
    found = Linked(part, options).smallest()
    return () if found is None else (_reason(part, found),)


class Linked:
    """Questions to the linear program of a case with some limits taken back."""

    def __init__(self, case: Case, options: Options):
        until = min(PATIENCE, options.time_left)
        self.case, self.limits = case, limits_of(case)
        self.options = replace(options, time_limit=options.elapsed + until, progress=lambda _: None)
        self.sure = True

    def impossible(self, kept: list[Limit]) -> bool:
        """Whether there is proof that no plan meets these limits; what is too large or takes too long has none."""
        from optimizer.engines.linear import feasible

        names = {k.item.name for k in kept}
        case = lifted(self.case, [x for x in self.limits if x.item.name not in names])
        if linear_columns(case) > LARGEST or self.options.must_stop:
            self.sure = False
            return False
        answer = feasible(case, self.options)
        self.sure = self.sure and answer is not None
        return answer is False

    def smallest(self) -> list[Limit] | None:
        """A set of limits that no plan meets; ``None`` without a proof."""
        kept = list(self.limits)
        if not self.impossible(kept):
            return None
        for kind in dict.fromkeys(x.kind for x in self.limits):
            kept = self._without(kept, [x for x in kept if x.kind == kind])
        for one in list(kept):  # once more: what is under way may help as well as hinder
            rest = [x for x in kept if x is not one]
            if self.impossible(rest):
                kept = rest
        return kept

    def _without(self, kept: list[Limit], block: list[Limit]) -> list[Limit]:
        """``kept`` without as much of ``block`` as can go, halves before single ones."""
        if not block or self.options.must_stop:
            return kept
        rest = [x for x in kept if x not in block]
        if self.impossible(rest):
            return rest
        if len(block) > 1:
            half = len(block) // 2
            kept = self._without(kept, block[:half])
            kept = self._without(kept, block[half:])
        return kept


def _reason(case: Case, kept: list[Limit]) -> Reason:
    blamed = [x.item for x in reversed(kept)]
    rule = next((i.rule for i in blamed if i.rule != "locks"), "locks")
    rows = tuple(dict.fromkeys(row for i in blamed for row in i.rows))
    text = f"these cannot all hold: {'; '.join(i.text for i in blamed)}."
    return Reason(rule, rows, tuple(dict.fromkeys(r.key for r in rows if r.key)), text)
