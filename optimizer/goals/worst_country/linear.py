"""The least covered country: ``("worst",)`` is the share of its full demand covered."""

from __future__ import annotations

from collections.abc import Iterator

from optimizer.goals.coverage.linear import by_country
from optimizer.rules.rows import Row, Space, Terms, put

BUILDS_ON = ("coverage",)  # its rows say what is covered


def rows(space: Space) -> Iterator[Row]:
    """At most each country's share."""
    if space.case.settings.worst_country_price:
        yield Row((), None, {("worst",): 1}, "<=", 1)
        for country, (value, full) in by_country(space).items():
            yield Row((country,), None, put({("worst",): 1}, value.items(), -1 / full), "<=", 0)


def objective(space: Space) -> tuple[Terms, float]:
    """The price of a percentage point on 100 × the least share; nothing without demand."""
    price = space.case.settings.worst_country_price
    return ({("worst",): 100 * price} if price and by_country(space) else {}), 0.0
