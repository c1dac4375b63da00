"""Read a plan → find plans about as good and unlike it → a workbook, and each as a plan of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from optimizer.domain import Case
from optimizer.domain.outcome import Outcome, Progress, Status, StopReason
from optimizer.report.alternatives import Alternatives
from optimizer.verify import verify
from optimizer.workflow.asking import plan_in_hand
from optimizer.workflow.solving import Wishes, options_of, prepare, write


def alternatives(
    book: Path,
    count: int = 10,
    within: float = 0.01,
    wanted: float = 0.3,
    wishes: Wishes | None = None,
    folder: Path | None = None,
    progress: Callable[[Progress], None] = lambda _: None,
    stopped: Callable[[], bool] = lambda: False,
) -> tuple[Alternatives, Case, tuple[Path, ...]]:
    """Plans within a share of the score of the one in the workbook; with ``folder`` each is written there as an answer
    workbook, checked once more. Raises ``UsageError`` where the workbook holds no plan that holds its rules."""
    from optimizer.insight.alternatives import alternatives as unlike_plans
    from optimizer.workbook.output import Made
    from optimizer.workflow.opening import prover_of

    wishes = wishes or Wishes()
    case, reading = prepare(book, wishes)
    plan = plan_in_hand(case)
    options = options_of(case, wishes, progress, stopped)
    found = unlike_plans(case, plan, options, count, within, wanted, prover_of(book, case, options))
    written = []
    for i, a in enumerate(found.plans if folder is not None else (), 1):
        assert folder is not None
        outcome = Outcome("lagrangian", Status.feasible, StopReason.effort, a.plan, a.score, found.bound,
                          found.seconds, options.seed, options.effort)  # fmt: skip
        target = folder / f"{book.stem}_alternative_{i}.xlsx"
        written.append(write(target, case, a.plan, Made(reading.tables, book, True), outcome, verify(case, a.plan)))
    return found, case, tuple(written)


def write_overview(found: Alternatives, case: Case, out: Path) -> Path:
    """The alternatives side by side as a workbook; returns where it landed."""
    from optimizer.workbook.output.alternatives import write_alternatives

    return write_alternatives(out, case, found)
