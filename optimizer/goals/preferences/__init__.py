"""Goal preferences: preferences."""

from optimizer.goals.preferences.score import score
from optimizer.rules.base import Goal

GOAL = Goal(
    id="preferences",
    title="Preferences",
    statement="What prefer lines earn: their price per week in which they are true, or once for events.",
    maths="Σ price × |{t: line true in t}| (once for events)",
    score=score,
)
