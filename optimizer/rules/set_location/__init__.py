"""Rule set-location: places of sets."""

from optimizer.rules.base import Kept, Rule
from optimizer.rules.set_location.check import check

RULE = Rule(
    id="set-location",
    title="Places of sets",
    statement=(
        "A set is always at one allowed site or on the road for exactly its travel weeks, moves only "
        "while nobody holds it, and sites store no more than their slots."
    ),
    maths=(
        "stays of q partition [max(available, 0), T) up to gaps = move weeks(s, s'); each inside one "
        "holding row; ∀s,t: Σ slots(q) ≤ slots(s); no hold or maintenance meets a gap"
    ),
    source="Storage capacity of prepositioning sites (public record)",
    kept=Kept.construction,
    search=("The way of a set is laid week by week over its holdings and the roads between, within the slots left."),
    check=check,
)
