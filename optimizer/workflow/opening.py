"""A workbook → the plan in it that can be questioned."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from optimizer.domain import Case, Plan
from optimizer.domain.outcome import Options, Progress
from optimizer.errors import UsageError
from optimizer.insight.proving import Prover
from optimizer.insight.why import Asker
from optimizer.verify import Verdict, verify
from optimizer.workflow.proving import stored

if TYPE_CHECKING:
    from optimizer.workbook.reader import Reading


@dataclass(frozen=True)
class Opened:
    """A plan that holds its rules, as it was read. Raises ``UsageError`` for any other."""

    book: Path
    reading: Reading
    options: Options
    verdict: Verdict = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "verdict", verify(self.case, self.plan))
        if self.plan.empty:
            raise UsageError(f"{self.book.name} holds no plan to question")
        if not self.verdict.ok:
            raise UsageError(f"the plan in {self.book.name} breaks rules: see optimizer verify; nothing can be weighed")

    @property
    def case(self) -> Case:
        return self.reading.case

    @property
    def plan(self) -> Plan:
        return self.reading.plan

    def asker(self) -> Asker:
        from optimizer.workbook.sense.impossible import rows_of

        self.options.progress(Progress(self.options.elapsed, "what no plan can exceed", self.verdict.score, None))
        cells = partial(rows_of, self.reading.tables)
        return Asker(self.case, self.plan, self.options, cells, self.prover())

    def prover(self) -> Prover:
        """From the multipliers in the workbook, if it holds a certificate."""
        return prover_of(self.book, self.case, self.options)


def prover_of(book: Path, case: Case, options: Options) -> Prover:
    """What no plan of ``case``, read from ``book``, can score: from the multipliers of the proof that the workbook
    carries, else found anew."""
    return Prover(case, options, given=stored(book))


def opened(book: Path, options: Options) -> Opened:
    """The plan in ``book``. Raises ``UsageError``, ``WorkbookError``, ``FaultsFound``."""
    from optimizer.workbook.reader import read_case

    return Opened(book, read_case(book, verifying=True), options)
