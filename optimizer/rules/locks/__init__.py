"""Rule locks: fixed decisions."""

from optimizer.rules.base import Kept, Rule
from optimizer.rules.locks.check import check

RULE = Rule(
    id="locks",
    title="Fixed decisions",
    statement=(
        "Rotations under way stay as they are, must and forbid lines hold, and frozen weeks show what the"
        " last plan shows."
    ),
    maths=("under way ⊆ plan; must: true in every week (once); forbid: in none (never); t < frozen: plan(t) = last(t)"),
    source="Planners' own lines; frozen horizon of rolling plans",
    kept=Kept.price,
    search=(
        "What is forbidden, by lines or frozen weeks, is not done (a set's way goes round it at a price far above any "
        "score); what is demanded is worth as much, and moves of their own make way for must lines and staff them; "
        "frozen exercises are put back exactly as they were, frozen maintenance first; what is under way is never "
        "touched."
    ),
    check=check,
)
