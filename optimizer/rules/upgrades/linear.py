"""When upgrades may be bought."""

from __future__ import annotations

from collections.abc import Iterator

from optimizer.domain import Case
from optimizer.rules.rows import Row, Space, total


def buy(case: Case, upgrade: str, week: int) -> bool:
    u = case.upgrade[upgrade]
    if upgrade in case.bought:
        return week == case.bought[upgrade]
    return max(u.earliest, 0) <= week <= u.latest and week < case.weeks


ADMITS = {"buy": buy}


def rows(space: Space) -> Iterator[Row]:
    """At most once each."""
    for u in space.case.upgrades:
        yield Row((u.id,), None, total((("buy", u.id, w), 1) for w in space.buys[u.id]), "<=", 1)
