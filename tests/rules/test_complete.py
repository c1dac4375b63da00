"""Every rule and every term of the score is told in full: statement, check and both solver readings."""

from __future__ import annotations

from pathlib import Path

import pytest

from optimizer import goals, rules
from optimizer.errors import UsageError
from optimizer.goals import GOALS
from optimizer.rules import RULES
from optimizer.rules.base import Kept


def _folders(package: object) -> set[str]:
    home = Path(package.__file__).parent  # type: ignore[attr-defined]
    return {p.parent.name.replace("_", "-") for p in home.glob("*/__init__.py")}


def test_registries_list_the_folders() -> None:
    assert set(RULES) == _folders(rules)
    assert set(GOALS) == _folders(goals)


def test_model_page_tells_every_rule_and_goal() -> None:
    page = Path(__file__).parents[2].joinpath("docs", "model.md").read_text(encoding="utf-8")
    assert [r for r in RULES if f"**{r}**" not in page] == []
    assert [g for g in GOALS if f"**{g}**" not in page] == []


@pytest.mark.parametrize("told", [*RULES.values(), *GOALS.values()], ids=lambda x: x.id)
def test_statements_are_sentences(told: rules.Rule | rules.Goal) -> None:
    assert told.statement[0].isupper()
    assert told.statement.endswith(".")
    assert told.title
    assert told.maths
    assert told.search[0].isupper()
    assert told.search.endswith(".")
    assert told.kept in Kept


@pytest.mark.parametrize("kind", rules.READINGS)
@pytest.mark.parametrize("rule", RULES)
def test_every_rule_has_both_readings(rule: str, kind: str) -> None:
    assert rules.reading(rule, kind).__name__.endswith(f"{rule.replace('-', '_')}.{kind}")


@pytest.mark.parametrize("kind", goals.READINGS)
@pytest.mark.parametrize("goal", GOALS)
def test_every_goal_has_both_readings(goal: str, kind: str) -> None:
    assert goals.reading(goal, kind).__name__.endswith(f"{goal.replace('-', '_')}.{kind}")


@pytest.mark.parametrize(("find", "name"), [(rules.reading, "dwel"), (goals.reading, "coverag")])
def test_unknown_readings_are_refused(find, name: str) -> None:
    with pytest.raises(UsageError, match=name):
        find(name, "linear")
    with pytest.raises(UsageError, match="check"):
        find(next(iter(RULES if find is rules.reading else GOALS)), "check")
