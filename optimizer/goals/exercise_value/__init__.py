"""Goal exercise-value: exercises held."""

from optimizer.goals.exercise_value.score import score
from optimizer.rules.base import Goal

GOAL = Goal(
    id="exercise-value",
    title="Exercises held",
    statement="The value of every exercise that is held.",
    maths="Σ_{i held} value(i)",
    score=score,
)
