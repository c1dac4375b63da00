"""Hand-computed scores of every term; ``ALL_EXAMPLES`` serves the scores and the solver readings alike."""

from importlib import import_module

from optimizer.goals import GOALS
from tests.goals.cases.example import Example


def _examples(goal: str) -> tuple[Example, ...]:
    return tuple(import_module(f"tests.goals.cases.{goal.replace('-', '_')}").EXAMPLES)


EXAMPLES: dict[str, tuple[Example, ...]] = {goal: _examples(goal) for goal in GOALS}
ALL_EXAMPLES: tuple[Example, ...] = tuple(x for examples in EXAMPLES.values() for x in examples)
