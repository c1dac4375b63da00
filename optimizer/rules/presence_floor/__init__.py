"""Rule presence-floor: presence floors."""

from optimizer.rules.base import Kept, Rule
from optimizer.rules.presence_floor.check import check

RULE = Rule(
    id="presence-floor",
    title="Presence floors",
    statement="If the planner made floors hard, in no week are fewer people in a country than its floor.",
    maths="floor hard ⇒ ∀c,t: Σ people ≥ floor(c)",
    source="Assurance of each ally by lasting presence (public record of the presence missions)",
    kept=Kept.price,
    search=(
        "People missing to a hard floor cost a price far above any score; a plan that lacks any is offered to nobody."
    ),
    check=check,
)
