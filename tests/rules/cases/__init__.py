"""Hand-worked cases for every rule; ``ALL_CASES`` serves the checks and the solver readings alike.

Other rules may be broken in a case: each is about its own rule alone.
"""

from importlib import import_module

from optimizer.rules import RULES
from tests.rules.cases.trial import Trial


def _cases(rule: str) -> tuple[Trial, ...]:
    return tuple(import_module(f"tests.rules.cases.{rule.replace('-', '_')}").CASES)


CASES: dict[str, tuple[Trial, ...]] = {rule: _cases(rule) for rule in RULES}
ALL_CASES: tuple[Trial, ...] = tuple(trial for trials in CASES.values() for trial in trials)
