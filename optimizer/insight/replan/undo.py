"""Free swaps undone: what a new plan changes without gaining by it, or gaining too little, is put back as it was."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from optimizer.domain import Case, Plan
from optimizer.goals.plan_changes.score import changes
from optimizer.insight.replan.swaps import Swap, judged, parts, swaps, taken_back
from optimizer.quantities import MILLI

LOSS = 1e-9  # of the score: what rounding may take


def undo(case: Case, old: Plan, new: Plan, stopped: Callable[[], bool] = lambda: False, price: float = 0.0) -> Plan:
    """``new`` with every change from ``old`` taken back that breaks no rule and costs nothing, alone or with the
    changes that hang on it; with a ``price``, what is lost may be that many score points for each week and event less
    that differs from the last plan of ``case``. The same for the same plans, unless ``stopped``; without a price it
    never scores less than ``new``."""

    def worth(plan: Plan, score: float) -> float:
        return score - price * sum(changes(case, plan)) if price else score

    best = worth(new, judged(case, new)[1])
    again = True
    while again:
        again = False
        for swap in _all(old, new):
            if stopped():
                return new
            if not swap.inside(new):
                continue  # gone with another
            tried = taken_back(case, new, swap, swaps(old, new), stopped)
            if tried.broken or tried.plan == new:
                continue
            value = worth(tried.plan, tried.score)
            if value >= best - LOSS * max(1.0, abs(best)):
                new, best, again = tried.plan, max(best, value), True
    return new


def fewer(case: Case, old: Plan, new: Plan, fitted: Plan | None, stopped: Callable[[], bool] = lambda: False) -> Plan:
    """``new`` without the changes that gain too little for what they change, by the setting *Change gain*.

    ``old`` is the plan in force, ``fitted`` what is left of it where that holds the rules (``None``: nothing does):
    changes are taken back to the one and to the other. Never scores less than ``fitted``."""
    price = price_of_change(case, old, fitted or new)
    made = undo(case, old, new, stopped)
    if not price:
        return made
    made = undo(case, old, made, stopped, price)
    if fitted is None:
        return made
    made = undo(case, old, undo(case, fitted, made, stopped, price), stopped, price)
    least = undo(case, old, fitted, stopped)

    def worth(plan: Plan) -> float:
        return judged(case, plan)[1] - price * sum(changes(case, plan))

    return made if worth(made) > worth(least) and judged(case, made)[1] >= judged(case, least)[1] else least


def price_of_change(case: Case, old: Plan, like: Plan) -> float:
    """What a changed week has to gain: the share that the setting says of what a week of an element in the plan in
    force is worth on average, at the score of ``like``."""
    weeks = sum(max(min(p.depart, case.weeks) - max(p.arrive, 0), 0) for r in old.rotations for p in r.postings)
    return case.settings.change_gain / MILLI * abs(judged(case, like)[1]) / max(weeks, 1)


def _all(old: Plan, new: Plan) -> Iterator[Swap]:
    """Whole changes first, then their parts."""
    found = swaps(old, new)
    yield from found
    for s in found:
        yield from parts(s)
