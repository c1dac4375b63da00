"""Rule site-capacity: places at sites."""

from optimizer.rules.base import Kept, Rule
from optimizer.rules.site_capacity.check import check

RULE = Rule(
    id="site-capacity",
    title="Places at sites",
    statement=(
        "In no week are more people settled at a site than it has places, nor more present than it has "
        "hand-over places, after closures and upgrades."
    ),
    maths=("∀s,t: Σ settled people ≤ places; Σ all people ≤ hand-over places; what is under way alone never breaches"),
    source=("Garrison capacity with an overlap clause for relief in place (public record of host agreements)"),
    kept=Kept.capacity,
    search=(
        "People settled and present are counted by site and week, and nobody is housed beyond the room that is left."
    ),
    check=check,
)
