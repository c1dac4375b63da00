"""Constraint-programming reading: every entry of the ledger, priced."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from optimizer.quantities import MONEY
from optimizer.rules.literals import Literals


def terms(model: Any, space: Literals) -> Iterator[tuple[float, Any]]:
    for line in space.case.lines:
        for amount, x in space.entries(line, 0, space.case.weeks):
            yield -space.case.settings.cost_price * amount / MONEY, x
