"""Every rule's check returns exactly the breaches worked out by hand."""

from __future__ import annotations

import pytest

from optimizer.rules import RULES
from tests.rules.cases import ALL_CASES, CASES, Trial


@pytest.mark.parametrize("trial", ALL_CASES, ids=lambda t: f"{t.rule}: {t.name}")
def test_check_finds_exactly_the_expected_breaches(trial: Trial) -> None:
    finding = RULES[trial.rule].check(trial.case, trial.plan)
    found = [(b.week, b.parties, pytest.approx(b.size, abs=1e-9)) for b in finding.breaches]
    assert found == list(trial.expected), [b.text for b in finding.breaches]
    assert finding.rule == trial.rule
    assert all(b.rule == trial.rule and b.size > 0 for b in finding.breaches)


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_has_a_clean_case_and_two_that_break_it(rule: str) -> None:
    trials = CASES[rule]
    assert all(t.rule == rule for t in trials)
    assert len({t.name for t in trials}) == len(trials)
    assert sum(not t.expected for t in trials) >= 1
    assert sum(bool(t.expected) and t.considered for t in trials) >= 2
