"""The verdict on a plan, from the case and the plan alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from optimizer.domain import Case, Plan
from optimizer.domain.ledger import ledger
from optimizer.goals import score_all
from optimizer.rosters import lenient
from optimizer.rules import Breach, Finding, check_all
from optimizer.verify.tally import Tally, tally


@dataclass(frozen=True)
class Verdict:
    """``findings`` one per rule and ``terms`` the signed terms of the score, both in model
    order; ``spend`` money (integers) by (line, fiscal year, quarter); ``tally`` what the plan achieves."""

    findings: tuple[Finding, ...]
    terms: Mapping[str, float]
    spend: Mapping[tuple[str, int, int], int]
    tally: Tally

    @property
    def ok(self) -> bool:
        """Whether no rule is broken."""
        return not self.breaches

    @property
    def breaches(self) -> tuple[Breach, ...]:
        return tuple(b for f in self.findings for b in f.breaches)

    @property
    def tested(self) -> int:
        """How many single conditions were tested."""
        return sum(f.tested for f in self.findings)

    @property
    def score(self) -> float:
        """The plan's score: the sum of its terms."""
        return sum(self.terms.values())

    @property
    def spend_by_line(self) -> dict[str, int]:
        out: Counter[str] = Counter()
        for (line, _, _), amount in self.spend.items():
            out[line] += amount
        return dict(out)

    @property
    def spend_by_year(self) -> dict[tuple[str, int], int]:
        """Money by (line, fiscal year)."""
        out: Counter[tuple[str, int]] = Counter()
        for (line, year, _), amount in self.spend.items():
            out[line, year] += amount
        return dict(out)

    @property
    def spent(self) -> int:
        """Money spent in all."""
        return sum(self.spend.values())


def verify(case: Case, plan: Plan) -> Verdict:
    """Check every rule and re-add every term.

    Every id in the plan must exist in the case; anything else, however senseless, becomes a
    breach. What a senseless plan scores means nothing.
    """
    weekly: Counter[tuple[str, int]] = Counter()
    for entry in ledger(lenient(case, plan), plan):
        weekly[entry.line, entry.week] += entry.amount
    spend: Counter[tuple[str, int, int]] = Counter()
    for (line, week), amount in sorted(weekly.items()):
        spend[(line, *case.calendar.fiscal(week))] += amount
    return Verdict(check_all(case, plan), score_all(case, plan), dict(spend), tally(case, plan))
