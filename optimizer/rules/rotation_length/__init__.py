"""Rule rotation-length: length of rotations."""

from optimizer.rules.base import Kept, Rule
from optimizer.rules.rotation_length.check import check

RULE = Rule(
    id="rotation-length",
    title="Length of rotations",
    statement=("A rotation lasts at least the shortest and at most the longest time its unit's type allows."),
    maths="min ≤ d − a ≤ max; rotations under way exempt",
    source=("Nine months is the norm of US rotations in Europe, eight to eleven were seen (public record)"),
    kept=Kept.construction,
    search="Units go only on the intervals of rosters.intervals.",
    check=check,
)
