"""Why each change of a new plan: forced by a rule, following from another change, or for what it gains.

Each change is taken back alone in the new plan. If that breaks no rule it was chosen, and its gain is what the score
then loses, all else as it is (a search might lose less). If it breaks a rule that the plan in force breaks too, on the
same account, the inputs force it; if only beside the other changes, it follows from them, and they are taken back with
it as far as that helps, to tell what the group gains.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from optimizer.domain import Case, Plan
from optimizer.domain.reasons import Place
from optimizer.insight.replan.rows import places_of
from optimizer.insight.replan.swaps import Swap, Tried, judged, swaps, taken_back
from optimizer.quantities import figure
from optimizer.rules import Breach

FORCED, FOLLOWS, GAINS, OPEN = "forced", "follows", "gains", "not looked at"


@dataclass(frozen=True)
class Why:
    """The reason of one change. ``rule``, ``text`` and ``rows``: what taking it back breaks. ``gain``: score points
    lost when it is taken back (with ``others``, by kind and subject, if any), all else as it is; ``None`` where that
    is not possible."""

    swap: Swap
    how: str
    rule: str | None = None
    text: str = ""
    rows: tuple[Place, ...] = ()
    gain: float | None = None
    others: tuple[tuple[str, str], ...] = ()

    @property
    def because(self) -> str:
        """The reason in words."""
        named = ", ".join(subject for _, subject in self.others)
        if self.how == GAINS:
            return f"gains {figure(self.gain or 0.0)}"
        if self.how == OPEN:
            return "not looked at: the time was over"
        lead = "forced by" if self.how == FORCED else "follows from the other changes by"
        more = f"; together with {named} it gains {figure(self.gain)}" if self.gain is not None else ""
        return f"{lead} {self.rule}: {self.text.rstrip('.')}{more}"

    @property
    def keeping(self) -> str:
        """What leaving it as it was would cost, in words."""
        if self.how == OPEN:
            return ""
        if self.gain is None:
            return "cannot be kept" if self.how == FORCED else "cannot be kept beside the other changes"
        others = ", ".join(subject for _, subject in self.others)
        return f"{figure(self.gain)} points at most{f', with {others} as before too' if others else ''}"


def reasons(case: Case, old: Plan, new: Plan, stopped: Callable[[], bool] = lambda: False) -> tuple[Why, ...]:
    """The reason of every change from ``old``, the plan in force, to ``new``, which holds the rules of ``case``."""
    broken, _ = judged(case, old)
    _, score = judged(case, new)
    found = swaps(old, new)
    out = []
    for swap in found:
        if stopped():
            out.append(Why(swap, OPEN))
            continue
        out.append(_why(case, swap, taken_back(case, new, swap, found), score, broken))
    return tuple(out)


def _why(case: Case, swap: Swap, tried: Tried, score: float, broken: Sequence[Breach]) -> Why:
    others = tuple((s.kind, s.subject) for s in tried.swaps[1:])
    gain = None if tried.broken else score - tried.score
    if not tried.alone:
        return Why(swap, GAINS, gain=gain)
    own = [b for b in tried.alone if any(_alike(b, old) for old in broken)]
    first = (own or tried.alone)[0]
    how = FORCED if own else FOLLOWS
    return Why(swap, how, first.rule, first.text, places_of(case, first), gain, others)


def _alike(one: Breach, other: Breach) -> bool:
    """Whether two breaches are of one rule and one account: the same party, or the same limit of no party."""
    if one.rule != other.rule:
        return False
    return not one.parties or not other.parties or bool(set(one.parties) & set(other.parties))
