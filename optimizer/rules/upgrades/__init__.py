"""Rule upgrades: purchases of upgrades."""

from optimizer.rules.base import Kept, Rule
from optimizer.rules.upgrades.check import check

RULE = Rule(
    id="upgrades",
    title="Purchases of upgrades",
    statement=("An upgrade is bought at most once, between its first and its last week of purchase, inside the plan."),
    maths="|{purchases of b}| ≤ 1; max(earliest, 0) ≤ w ≤ min(latest, T − 1)",
    source="Construction programmes with start windows",
    kept=Kept.construction,
    search="Upgrades are bought once at most, in the weeks they may be.",
    check=check,
)
