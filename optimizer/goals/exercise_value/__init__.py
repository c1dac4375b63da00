"""Goal exercise-value: exercises held."""

from optimizer.goals.exercise_value.score import score
from optimizer.rules.base import Goal, Kept

GOAL = Goal(
    id="exercise-value",
    title="Exercises held",
    statement="The value of every exercise that is held.",
    maths="Σ_{i held} value(i)",
    kept=Kept.price,
    search="An exercise brings its value when it is held.",
    score=score,
)
