"""Rule one-place: one place at a time."""

from optimizer.rules.base import Kept, Rule
from optimizer.rules.one_place.check import check

RULE = Rule(
    id="one-place",
    title="One place at a time",
    statement=(
        "An element is on at most one rotation or exercise deployment at a time, in at most one exercise "
        "at a time and at most once in one exercise; rotations of a unit do not overlap."
    ),
    maths=(
        "∀t: |{postings and deployments of e over t}| ≤ 1; |{exercises of e over t}| ≤ 1; |{rotations of u over t}| ≤ 1"
    ),
    source="Definition of a place",
    kept=Kept.construction,
    search="Whoever is out, or in an exercise, in a week is asked for nothing else in it.",
    check=check,
)
