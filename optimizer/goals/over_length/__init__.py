"""Goal over-length: long rotations."""

from optimizer.goals.over_length.score import score
from optimizer.rules.base import Goal, Kept

GOAL = Goal(
    id="over-length",
    title="Long rotations",
    statement=(
        "A price for each week a rotation lasts beyond the standard length; rotations under way are free of it."
    ),
    maths="− price Σ_{r} max(0, d − a − standard)",
    kept=Kept.price,
    search="Each week beyond the standard costs its price when the interval is chosen.",
    score=score,
)
