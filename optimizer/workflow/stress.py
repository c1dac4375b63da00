"""Read a plan → put it into every scenario → a workbook with the Stress sheet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from optimizer.domain import Case
from optimizer.domain.outcome import Progress
from optimizer.report.stress import StressTest
from optimizer.workflow.asking import plan_in_hand
from optimizer.workflow.solving import Wishes, options_of, prepare


def stress(
    book: Path,
    scenarios: Sequence[str] | None = None,
    wishes: Wishes | None = None,
    progress: Callable[[Progress], None] = lambda _: None,
    stopped: Callable[[], bool] = lambda: False,
) -> tuple[StressTest, Case]:
    """The plan of a workbook in its scenarios. Raises ``UsageError`` where it holds none that holds the rules."""
    from optimizer.insight.stress import stress as in_every
    from optimizer.workflow.opening import prover_of

    wishes = wishes or Wishes()
    case, _ = prepare(book, wishes)
    plan = plan_in_hand(case)
    options = options_of(case, wishes, progress, stopped)
    return in_every(case, plan, options, scenarios, prover_of(book, case, options)), case


def write(found: StressTest, case: Case, out: Path) -> Path:
    """The scenarios as a workbook; returns where it landed."""
    from optimizer.workbook.output.stress import write_stress

    return write_stress(out, case.settings.name, found)
