"""Rule dwell: rest at home."""

from optimizer.rules.base import Kept, Rule
from optimizer.rules.dwell.check import check

RULE = Rule(
    id="dwell",
    title="Rest at home",
    statement=(
        "After a rotation a unit stays at home for at least its type's ratio times the rotation's length,"
        " also after its last return before the plan."
    ),
    maths=("a' − d ≥ ⌈ratio × (d − a)⌉ for successive rotations of a unit; a ≥ last return + ⌈ratio × last weeks⌉"),
    source="Deploy-to-dwell goals of the US services, 1:2 for active units (public record)",
    kept=Kept.construction,
    search=(
        "A unit goes only where its weeks of rest, from a table of rosters.rest_weeks, keep clear of "
        "its other rotations."
    ),
    check=check,
)
