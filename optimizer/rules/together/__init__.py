"""Rule together: units deploy as one."""

from optimizer.rules.base import Kept, Rule
from optimizer.rules.together.check import check

RULE = Rule(
    id="together",
    title="Units deploy as one",
    statement=(
        "Every element that is not optional goes with its unit, once, from one base, arriving and leaving"
        " with it up to the stagger of the unit's type."
    ),
    maths=(
        "e ∈ u ∧ ¬optional ⇒ 1 posting; optional ⇒ ≤ 1; a ≤ aₑ ≤ a + stagger; d − stagger ≤ dₑ ≤ d; aₑ < "
        "dₑ; min aₑ = a; max dₑ = d; m = set ⇔ q given"
    ),
    source=("Brigades rotate as one with their battalions based apart (public record of the European rotations)"),
    kept=Kept.construction,
    search=("A unit is housed as a whole, every element that must go with one base inside the stagger, or not at all."),
    check=check,
)
