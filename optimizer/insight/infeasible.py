"""Why there is no plan: smallest sets of rows that cannot all be met, whichever engine found that there is none.

First every part of the case is judged alone (``optimizer.conflicts``, no solver). What is impossible only because
parts stand in each other's way is looked for by taking limits back, kind by kind, then halves of a kind, then one
by one, as long as there is still a proof that no plan meets the rest (``insight.existing``). Each row that is left is
necessary: without it there is a plan. A case with several such conflicts has a reason for each.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from optimizer.conflicts import conflicts
from optimizer.domain import Case
from optimizer.domain.outcome import Options, Progress
from optimizer.domain.reasons import Reason
from optimizer.insight.existing import Asking
from optimizer.insight.limits import Limit, ease, lifted, limits_of

PATIENCE = 60.0  # seconds for all questions together, where no time limit is nearer
ASKED = ("under way", "money", "total", "resolution", "floor", "freeze", "mandatory", "lock")  # what plans are held to
MOST = 3  # conflicts that are looked for, one after the other


def reasons(case: Case, options: Options) -> tuple[Reason, ...]:
    """Reasons for a case that has been proven to have no plan; none if the limits end the search for them."""
    alone = conflicts(case)
    if alone:
        return alone
    options.progress(Progress(options.elapsed, "why there is no plan", None, None))
    until = options.elapsed + min(PATIENCE, options.time_left)
    quiet = replace(options, time_limit=until, progress=lambda _: None)
    return tuple(told(found, sure) for found, sure in linked(case, quiet))


def linked(case: Case, options: Options) -> list[tuple[list[Limit], bool]]:
    """Smallest sets of limits that no plan meets, each of other limits than those before, and whether each of its
    limits has been proven necessary."""
    found: list[tuple[list[Limit], bool]] = []
    while len(found) < MOST and not options.must_stop:
        question = Linked(case, options)
        kept = question.smallest()
        if not kept:
            break
        found.append((kept, question.sure))
        case = lifted(case, [min(kept, key=ease)])
    return found


class Linked:
    """What a case without a plan can do without and still have none. ``sure``: whether every limit kept was shown to
    be necessary."""

    def __init__(self, case: Case, options: Options):
        self.case, self.limits, self.asking, self.sure = case, limits_of(case), Asking(options), True
        self.has_plan = self.asking.briefly

    def impossible(self, kept: Sequence[Limit]) -> bool:
        """Whether there is proof that no plan meets these limits of the case."""
        return self.has_plan(self._with(kept)) is False

    def smallest(self) -> list[Limit] | None:
        """A set of limits that no plan meets; ``None`` without a proof."""
        kept = list(self.limits)
        if not self.impossible(kept):
            self.has_plan = self.asking.thoroughly  # what does not show soon of all does not of less
            if not self.impossible(kept):
                return None
        ground = [x for x in kept if x.kind not in ASKED]
        for block in (ground, *([x for x in kept if x.kind == kind] for kind in ASKED)):
            kept = self._without(kept, block)
        for one in list(kept):  # once more: what is under way may help as well as hinder
            rest = [x for x in kept if x is not one]
            possible = self.asking.thoroughly(self._with(rest))
            self.sure = self.sure and possible is not None
            kept = rest if possible is False else kept
        return kept

    def _with(self, kept: Sequence[Limit]) -> Case:
        names = {x.item.name for x in kept}
        return lifted(self.case, [x for x in self.limits if x.item.name not in names])

    def _without(self, kept: list[Limit], block: list[Limit]) -> list[Limit]:
        """``kept`` without as much of ``block`` as can go, halves before single ones."""
        if not block or self.asking.over:
            return kept
        rest = [x for x in kept if x not in block]
        if self.impossible(rest):
            return rest
        if len(block) > 1:
            half = len(block) // 2
            kept = self._without(kept, block[:half])
            kept = self._without(kept, block[half:])
        return kept


def told(kept: Sequence[Limit], sure: bool) -> Reason:
    """The limits as a reason; those that a planner sets most freely come first."""
    blamed = [x.item for x in reversed(kept)]
    rule = next((i.rule for i in blamed if i.rule != "locks"), "locks")
    rows = tuple(dict.fromkeys(row for i in blamed for row in i.rows))
    text = f"these cannot all hold: {'; '.join(i.text for i in blamed)}."
    if not sure:
        text += " Whether each of them is needed for that is not proven."
    return Reason(rule, rows, tuple(dict.fromkeys(r.key for r in rows if r.key)), text)
