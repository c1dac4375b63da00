"""Rule exercise-needs: needs of exercises."""

from optimizer.rules.base import Kept, Rule
from optimizer.rules.exercise_needs.check import check

RULE = Rule(
    id="exercise-needs",
    title="Needs of exercises",
    statement=(
        "Each need of a held exercise is met by exactly the wanted number of elements of the wanted kind "
        "and origin, ready for the whole exercise and, from theatre, based within the allowed travel "
        "days."
    ),
    maths=(
        "|participants(n)| = count; type(e) = what ∨ main capability(e) = what; m = ∅: ready ≤ w ∧ w + "
        "weeks ≤ dₑ ∧ days(base, host) ≤ max days; m ≠ ∅: type offers m, m = set ⇔ q given"
    ),
    source=(
        "Rotational units carry most exercises; reinforcement exercises fly units in to fall in on sets (public record)"
    ),
    kept=Kept.construction,
    search="An exercise is held only once every need is staffed by elements that are ready and near enough.",
    check=check,
)
