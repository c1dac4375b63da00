"""Rule range-capacity: ranges."""

from optimizer.rules.base import Kept, Rule
from optimizer.rules.range_capacity.check import check

RULE = Rule(
    id="range-capacity",
    title="Ranges",
    statement=(
        "The host's range supports the exercise's echelon when it starts, and a site takes no more "
        "exercises at once than it can."
    ),
    maths="echelon(i) ≤ echelon(s, w); ∀s,t: |{exercises with an echelon over t}| ≤ at once(s, t)",
    source="Most ranges take one battalion-level user a week, few a brigade (public record)",
    kept=Kept.capacity,
    search="Exercises are counted by site and week against the range as upgraded.",
    check=check,
)
