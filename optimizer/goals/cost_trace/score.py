"""A trace of cost."""

from __future__ import annotations

from optimizer.domain import Case, Plan
from optimizer.domain.ledger import ledger
from optimizer.quantities import MONEY
from optimizer.rosters import lenient


def score(case: Case, plan: Plan) -> float:
    """Everything spent inside the plan in whole units of money, priced: never positive."""
    return -case.settings.cost_price * sum(e.amount for e in ledger(lenient(case, plan), plan)) / MONEY
