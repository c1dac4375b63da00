"""Rule availability: inside availability and after lead times."""

from optimizer.rules.availability.check import check
from optimizer.rules.base import Kept, Rule

RULE = Rule(
    id="availability",
    title="Inside availability and after lead times",
    statement=(
        "A rotation lies inside one availability window of its unit, arrives with all its elements in "
        "weeks of the plan and not before release plus the lead time of each element's mode; so does whoever "
        "is brought in for an exercise (who may have been before the plan only by the last plan)."
    ),
    maths=(
        "∃ window: start ≤ a ∧ d ≤ end; 0 ≤ a ≤ aₑ < T; aₑ ≥ release + lead(type(e), m); rotations under way exempt"
    ),
    source=(
        "Force generation practice: units deploy from ready windows after orders; lead times in the Unit types sheet"
    ),
    kept=Kept.construction,
    search=(
        "Units go only on the intervals of rosters.intervals, elements by modes from release and lead "
        "on; those brought in inside a window."
    ),
    check=check,
)
