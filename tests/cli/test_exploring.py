"""What money buys, scenarios and alternatives of a plan in a workbook: from the proof that it carries."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from optimizer.engines.lagrangian.bound.dual import Dual
from tests.cli.conftest import INPUTS, Said


@pytest.fixture(scope="module")
def plan(tmp_path_factory) -> Path:
    made = tmp_path_factory.mktemp("exploring") / "plan.xlsx"
    said = Said("solve", INPUTS / "teaching.xlsx", "-o", made, "--engine", "lagrangian", "--effort", "quick", "--json")
    assert said.json["bound"] is not None
    return made


@pytest.fixture
def no_dual_from_nothing(monkeypatch) -> None:
    """Whoever looks for multipliers anew, though the workbook has some, fails."""
    monkeypatch.setattr(Dual, "run", lambda *_: pytest.fail("the proof in the workbook was not used"))


def test_what_money_buys(plan, tmp_path, no_dual_from_nothing) -> None:
    said = Said("frontier", plan, "--budgets", "0.5,1", "--effort", "quick", "-o", tmp_path / "f.xlsx", "--json")
    assert said.code == 0, said.err
    less, same = said.json["points"]
    assert less["score"] <= same["score"] <= same["bound"] + 1e-6
    assert less["bound"] <= same["bound"] + 1e-6
    shown = [c.value for row in openpyxl.load_workbook(tmp_path / "f.xlsx")["Summary"].iter_rows() for c in row]
    assert any(isinstance(v, float) and v == pytest.approx(same["score"]) for v in shown)


def test_scenarios(plan, tmp_path, no_dual_from_nothing) -> None:
    said = Said("stress", plan, "--effort", "quick", "-o", tmp_path / "s.xlsx", "--json")
    assert said.code == 0, said.err
    assert [r["scenario"] for r in said.json["scenarios"]][1:] == ["BRIDGE"]


def test_alternatives_are_plans_of_their_own(plan, tmp_path, no_dual_from_nothing) -> None:
    said = Said("alternatives", plan, "--count", "2", "--within", "50", "--unlike", "10", "--effort", "quick",
                "--plans", tmp_path, "-o", tmp_path / "a.xlsx", "--json")  # fmt: skip
    assert said.code == 0, said.err
    assert len(said.json["plans"]) == 2
    for written in sorted(tmp_path.glob("*_alternative_*.xlsx")):
        assert Said("verify", written).code == 0
