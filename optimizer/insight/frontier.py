"""Score and coverage over money: what is found with each budget, and what no plan can have with it.

The multipliers of one dual bound every budget (money enters the bound in its right-hand sides alone). Plans are looked
for from the neighbour's plan, with less money and with more, and what holds with less money holds with more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from optimizer.domain import Case, Plan
from optimizer.domain.outcome import Options, Progress
from optimizer.errors import UsageError
from optimizer.insight.finding import Finder, Found, Guide
from optimizer.insight.proving import Prover
from optimizer.insight.sweep.axes import budgeted
from optimizer.quantities import MONEY
from optimizer.report import figures
from optimizer.report.frontier import Frontier, Point, monotone
from optimizer.rules.budget.check import check
from optimizer.verify import verify

MOVES = {"quick": 300, "standard": 8_000, "thorough": 20_000}  # of each search
STEPS = {"quick": 20, "standard": 80, "thorough": 300}  # of each budget's own descent


@dataclass(frozen=True)
class Curve:
    """Budgets of one case: factors on its money, in order, and the search and the bound that serve them all."""

    case: Case
    finder: Finder
    prover: Prover
    options: Options

    def at(self, factor: Fraction) -> Case:
        """The case with so much money."""
        return budgeted(self.case, factor)

    def bound(self, factor: Fraction) -> float:
        """No plan with so much money scores more; minus infinity if there is none."""
        return self.prover.of(self.at(factor), STEPS[self.options.effort])

    def search(self, factor: Fraction, starts: Iterable[Plan], parts: int = 1) -> Found | None:
        """The best plan found with so much money, from each start in turn, judged by the rules themselves."""
        case = self.at(factor)
        found = self.finder.best(case, starts, max(32, MOVES[self.options.effort] // parts))
        return None if found is None else judged(case, found.plan)


def money_of(case: Case) -> float:
    """All money that a case may spend: its budget rows, or less where a cap says so."""
    caps = [case.settings.total_cap] if case.settings.total_cap is not None else []
    rows = [sum(b.amount for b in case.budgets)] if case.budgets else []
    if not caps and not rows:
        raise UsageError("this workbook limits no money: there is no frontier over it")
    return min(caps + rows) / MONEY


def curve(case: Case, start: Plan, options: Options, prover: Prover | None = None) -> Curve:
    """The dual of the case (``prover``, if there is one already) and searches guided by it, for all its budgets."""
    money_of(case)
    prover = Prover(case, options) if prover is None else prover
    scale = verify(case, start).score
    return Curve(case, Finder(options, Guide(prover.dual), scale), prover, options)


def frontier(of: Curve, start: Plan, factors: Sequence[Fraction]) -> Frontier:
    """Points for ``factors`` of the money, from a plan that holds the rules of the case as it is."""
    factors = sorted(set(factors))
    if not factors:
        raise UsageError("a frontier needs one budget at least")
    _tell(of, "plans from the neighbour's plan, with less money and with more")
    found = _first(of, start, factors)
    _tell(of, "the same once more, the other way")
    found = _again(of, factors, found)
    _tell(of, "bounds")
    bounds = {f: of.bound(f) for f in factors}
    return Frontier(monotone([_point(of, f, found[f], bounds[f]) for f in factors]), seconds=of.options.elapsed)


def _first(of: Curve, start: Plan, factors: Sequence[Fraction]) -> dict[Fraction, Found | None]:
    """Outwards from the plan in hand: less money in one chain of searches, as much or more in another."""
    less = [f for f in factors if f < 1][::-1]
    more = [f for f in factors if f >= 1]
    return dict(_both(lambda: _chain(of, start, less), lambda: _chain(of, start, more)))


def _chain(of: Curve, start: Plan, factors: Sequence[Fraction]) -> list[tuple[Fraction, Found | None]]:
    out = []
    for f in factors:
        found = of.search(f, [start])
        held = judged(of.at(f), start)
        best = _better(found, held)
        start = start if best is None else best.plan
        out.append((f, best))
    return out


def _again(of: Curve, factors: Sequence[Fraction], first: dict[Fraction, Found | None]) -> dict[Fraction, Found | None]:
    """Inwards from the ends, each from the neighbour's plan; the better of both ways and of the first time is kept."""

    def walk(order: Sequence[Fraction]) -> list[tuple[Fraction, Found | None]]:
        out: list[tuple[Fraction, Found | None]] = []
        before: Found | None = None
        for f in order:
            best = first[f]
            if before is not None:
                best = _better(best, judged(of.at(f), before.plan))
                best = _better(best, of.search(f, [before.plan], parts=2))
            out.append((f, best))
            before = best
        return out

    both = _both(lambda: walk(factors), lambda: walk(factors[::-1]))
    found: dict[Fraction, Found | None] = dict(first)
    for f, best in both:
        found[f] = _better(found[f], best)
    for low, high in pairwise(factors):  # what holds with less money holds with more
        lower = found[low]
        found[high] = _better(found[high], None if lower is None else judged(of.at(high), lower.plan))
    return found


def _both(
    one: Callable[[], list[tuple[Fraction, Found | None]]], other: Callable[[], list[tuple[Fraction, Found | None]]]
) -> list[tuple[Fraction, Found | None]]:
    """Two chains side by side."""
    with ThreadPoolExecutor(2) as pool:
        first, second = pool.submit(one), pool.submit(other)
        return first.result() + second.result()


def judged(case: Case, plan: Plan) -> Found | None:
    """A plan that holds the rules of ``case``, with its score; ``None`` if it does not."""
    verdict = verify(case, plan)
    return Found(plan, verdict.score) if verdict.ok else None


def _better(one: Found | None, other: Found | None) -> Found | None:
    if one is None or other is None:
        return one or other
    return other if other.score > one.score else one


def _point(of: Curve, factor: Fraction, found: Found | None, bound: float) -> Point:
    case = of.at(factor)
    money = money_of(case)
    if found is None:
        bound_already = check(case, Plan(rotations=case.underway)).breaches
        none = bool(bound_already) or bound == float("-inf")
        why = f"money bound already: {bound_already[0].text}" if bound_already else ""
        return Point(float(factor), money, None, None if none else bound, impossible=none, why=why)
    shown = figures(case, found.plan)
    return Point(float(factor), money, found.score, max(bound, found.score), shown.spent, dict(shown.coverage),
                 plan=found.plan)  # fmt: skip


def _tell(of: Curve, stage: str) -> None:
    of.options.progress(Progress(of.options.elapsed, stage, None, None))
