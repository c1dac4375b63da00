"""Taking away what makes a case hard takes away just that, and where it only loosens no best plan becomes worse."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.ingredients import VARIATIONS, ample_money, no_exercises
from optimizer.domain.outcome import Options
from optimizer.engines.auto import engine
from optimizer.workbook.reader import read_for_solving

TEACHING = Path(__file__).parents[2] / "inputs" / "teaching.xlsx"
LOOSER = ("ample money", "ample places", "any length", "no rest")


@pytest.fixture(scope="module")
def case():
    return read_for_solving(TEACHING)


def best(case) -> float:
    found = engine("linear")(case, Options())
    assert found.status == "optimal"
    return found.score


def test_looser_cases_have_better_plans(case):
    as_it_is = best(case)
    scores = {name: best(VARIATIONS[name](case)) for name in LOOSER}
    assert all(score >= as_it_is - 1e-6 for score in scores.values()), scores
    assert max(scores.values()) > as_it_is + 1  # what is taken away did bind


def test_variations_change_what_they_say_and_nothing_else(case):
    assert case.exercises
    assert not no_exercises(case).exercises
    assert no_exercises(case).budgets == case.budgets
    rich = ample_money(case)
    assert all(b.amount > a.amount or a.amount == 0 for a, b in zip(case.budgets, rich.budgets, strict=True))
    assert rich.exercises == case.exercises
    assert VARIATIONS["as it is"](case) is case
