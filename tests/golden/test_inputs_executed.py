"""The rotations of FY2017 to FY2019 as executed: every rule but money holds, money by as much as docs/data.md says."""

from pathlib import Path

import pytest

from optimizer.workflow.auditing import judge

INPUTS = Path(__file__).parents[2] / "inputs"
BOOK = INPUTS / "executed_fy2017.xlsx"


def test_the_executed_year_breaks_no_rule_but_money() -> None:
    found = judge(BOOK)
    assert {b.rule for b in found.verdict.breaches} == {"budget"}
    assert found.verdict.score == pytest.approx(8668.59, abs=0.01)
    assert found.verdict.spend_by_line["presence"] == pytest.approx(1_084_974_000)
    assert found.verdict.tally.floor_shortfall["EE"] == (1650, 33)


@pytest.mark.parametrize(
    ("year", "broken", "score", "presence"), [(2018, 2, 8189.74, 1_406_850_000), (2019, 0, 6748.35, 1_193_240_000)]
)
def test_the_years_after(year: int, broken: int, score: float, presence: int) -> None:
    found = judge(INPUTS / f"executed_fy{year}.xlsx")
    assert [b.rule for b in found.verdict.breaches] == ["budget"] * broken
    assert found.verdict.score == pytest.approx(score, abs=0.01)
    assert found.verdict.spend_by_line["presence"] == presence
    assert found.verdict.tally.floor_shortfall["EE"][0] >= 7_200
