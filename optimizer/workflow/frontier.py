"""Read → a plan in hand, or one made → what money buys, found and proven → a workbook."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from optimizer.domain import Case, Plan
from optimizer.domain.outcome import Options, Progress
from optimizer.engines.auto import engine
from optimizer.errors import UsageError
from optimizer.insight.sweep.axes import axis_of
from optimizer.report.frontier import Frontier
from optimizer.workflow.asking import ask, in_hand
from optimizer.workflow.solving import Wishes, options_of, prepare


def frontier(
    book: Path,
    budgets: str,
    reach: Sequence[str] = (),
    wishes: Wishes | None = None,
    progress: Callable[[Progress], None] = lambda _: None,
    stopped: Callable[[], bool] = lambda: False,
) -> tuple[Frontier, Case]:
    """Score and coverage over factors on the money of a workbook, and the least money for what is to be reached
    (``score=13000``, ``assure=80``).

    Raises ``UsageError`` where no money is limited, and where neither the workbook holds a plan nor one is found.
    """
    from optimizer.insight.frontier import curve, money_of
    from optimizer.insight.frontier import frontier as over_money
    from optimizer.insight.reaching import least_for_coverage, least_for_score
    from optimizer.workflow.opening import prover_of

    wishes = wishes or Wishes()
    case, _ = prepare(book, wishes)
    money_of(case)
    factors = [Fraction(text) for text in axis_of(f"budget={budgets}", case).values]
    asked = [_reach(text) for text in reach]
    options = options_of(case, wishes, progress, stopped)
    start = plan_of(case, options)
    of = curve(case, start, options, prover_of(book, case, options))
    found = over_money(of, start, factors)
    top = max((p for p in found.points if p.plan is not None), key=lambda p: p.money, default=None)
    reaches = []
    for what, amount in asked:
        if what == "score":
            reaches.append(least_for_score(of, found, amount))
        elif top is not None and top.plan is not None:
            holding = Fraction(str(top.factor))
            reaches.append(least_for_coverage(case, start, options, [f for f in factors if f <= holding], what, amount))
    return replace(found, reaches=tuple(reaches), seconds=options.elapsed), case


def plan_of(case: Case, options: Options) -> Plan:
    """The plan that the workbook holds, if it holds the rules, else one that is made for it first."""
    held = in_hand(case)
    if held is not None:
        return held[0]
    options.progress(Progress(options.elapsed, "no plan that holds the rules in the workbook: one is made", None, None))
    outcome = ask(engine("auto"), case, replace(options, time_limit=None))
    if outcome.plan is None:
        raise UsageError("no plan to begin from: the workbook holds none, and none was found (see solve)")
    return outcome.plan


def _reach(text: str) -> tuple[str, float]:
    what, _, amount = (part.strip() for part in text.partition("="))
    try:
        value = float(amount)
    except ValueError:
        value = float("nan")
    if not what or not abs(value) < float("inf"):
        raise UsageError(f"'{text}': say what is to be reached, such as score=13000 or full=60 (percent of a level)")
    return what, value


def write(found: Frontier, case: Case, out: Path) -> Path:
    """The frontier as a workbook; returns where it landed."""
    from optimizer.workbook.output.frontier import write_frontier

    return write_frontier(out, case.settings.name, case.settings.money_unit, found)
