"""X1 is worth 5, X2 2.5."""

from tests.build import case, plan, run
from tests.goals.cases.example import Example

TWO = case(exercises={"X1": {}, "X2": {"value": 2.5}})

EXAMPLES = (
    Example("exercise-value", "none held", TWO, plan(), 0.0),
    Example("exercise-value", "one held", TWO, plan(run("X2", "DRA", 3)), 2.5),
    Example("exercise-value", "both held", TWO, plan(run("X1", "DRA", 3), run("X2", "POZ", 3)), 7.5),
)
