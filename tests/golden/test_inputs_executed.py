"""The rotations of FY2017 as executed: every rule but money holds, and money by as much as docs/data.md says."""

from pathlib import Path

import pytest

from optimizer.workflow.auditing import judge

BOOK = Path(__file__).parents[2] / "inputs" / "executed_fy2017.xlsx"


def test_the_executed_year_breaks_no_rule_but_money() -> None:
    found = judge(BOOK)
    assert {b.rule for b in found.verdict.breaches} == {"budget"}
    assert found.verdict.score == pytest.approx(8668.59, abs=0.01)
    assert found.verdict.spend_by_line["presence"] == pytest.approx(1_084_974_000)
    assert found.verdict.tally.floor_shortfall["EE"] == (1650, 33)
