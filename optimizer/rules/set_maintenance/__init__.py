"""Rule set-maintenance: maintenance of sets."""

from optimizer.rules.base import Kept, Rule
from optimizer.rules.set_maintenance.check import check

RULE = Rule(
    id="set-maintenance",
    title="Maintenance of sets",
    statement=(
        "A set's maintenance blocks follow each other within its interval, have the set's length and take"
        " place at one site while nobody holds it."
    ),
    maths=(
        "f ≤ max(previous end + I, available, 0) for each block and, if that is before T, for the next "
        "one due; g = min(f + weeks, T); [f, g) inside one stay; no hold meets [f, g)"
    ),
    source="Stored equipment has a maintenance cycle of one to four years (public record)",
    kept=Kept.construction,
    search=(
        "Blocks are placed in free weeks before they are due whenever the way or the holders of a set change; past the "
        "end nobody holds a set for longer than until the next is due."
    ),
    check=check,
)
