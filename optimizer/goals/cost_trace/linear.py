"""Cost trace on the weekly spend."""

from __future__ import annotations

from optimizer.rules.rows import Space, Terms


def objective(space: Space) -> tuple[Terms, float]:
    """− price per whole unit of money on every line and week."""
    price = space.case.settings.cost_price
    return {("spent", line, w): -price for line in space.case.lines for w in range(space.case.weeks)}, 0.0
