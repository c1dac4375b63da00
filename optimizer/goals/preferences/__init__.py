"""Goal preferences: preferences."""

from optimizer.goals.preferences.score import score
from optimizer.rules.base import Goal, Kept

GOAL = Goal(
    id="preferences",
    title="Preferences",
    statement="What prefer lines earn: their price per week in which they are true, or once for events.",
    maths="Σ price × |{t: line true in t}| (once for events)",
    kept=Kept.price,
    search="What a line prefers brings its price by week or event.",
    score=score,
)
