"""Rule exercise-load: no unit exercises all the time."""

from optimizer.rules.base import Kept, Rule
from optimizer.rules.exercise_load.check import check

RULE = Rule(
    id="exercise-load",
    title="Load of exercises",
    statement=(
        "At most the stated share of the weeks an element is on rotation in the plan is spent in exercises; "
        "types without a share have no limit."
    ),
    maths="Σ weeks of exercises of e from theatre ≤ load(type(e)) × Σ |[aₑ, dₑ) ∩ [0, T)|",
    source="Units on rotation need weeks for their own training and upkeep; the share is the planner's",
    kept=Kept.construction,
    search=(
        "An element on rotation is asked for an exercise only while its share leaves weeks for it, and a move after "
        "which anybody exercises too much is taken back."
    ),
    check=check,
)
