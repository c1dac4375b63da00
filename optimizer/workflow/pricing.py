"""What a plan in a workbook is worth where the inputs change a little, and where its gap lies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from optimizer.domain.outcome import Options
from optimizer.errors import UsageError
from optimizer.insight.ledger import Ledger, ledger
from optimizer.insight.prices import edits, prices
from optimizer.report.prices import Price
from optimizer.workflow.opening import opened


@dataclass(frozen=True)
class Priced:
    """What changes of the inputs are worth to a plan of ``score``."""

    prices: tuple[Price, ...]
    score: float
    bound: float
    seconds: float


def priced(book: Path, options: Options, kinds: Sequence[str], money: int, places: int) -> Priced:
    """Prices of ``kinds`` (all if none are named), by ``money`` (scaled) and ``places`` more or less."""
    seen = opened(book, options)
    wanted = [e for e in edits(seen.case, money, places) if not kinds or e.kind in kinds]
    if not wanted:
        raise UsageError(f"{book.name} has nothing of the kind {', '.join(kinds)} that could have a price")
    prover = seen.prover()
    found = prices(seen.case, seen.plan, options, wanted, prover)
    return Priced(found, seen.verdict.score, prover.bound, options.elapsed)


def gap_of(book: Path, options: Options) -> tuple[Ledger, float]:
    """Where the gap between the plan and the bound lies, and the seconds that took."""
    seen = opened(book, options)
    prover = seen.prover()
    return ledger(seen.case, seen.plan, seen.verdict.score, prover.dual), options.elapsed
