"""Peers of the benchmark prove the optimum that the linear engine proves, with plans that hold every rule."""

from __future__ import annotations

import time
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from benchmarks.peers import Answer, Unsupported, solve
from optimizer.domain import Case, Holding, Host, Plan
from optimizer.domain.outcome import Options
from optimizer.engines.linear import solve as linear
from optimizer.quantities import MONEY
from optimizer.synthetic import Size, synthetic_case
from optimizer.verify import verify
from optimizer.workbook.reader import read_for_solving
from tests import tiny

EXACT = ("pulp-highs", "pulp-cbc", "cp-sat")
BUDGET = {"presence": 5, "exercises": 2, "prepositioning": 1, "infrastructure": 1}
TEACHING = Path(__file__).parents[2] / "inputs" / "teaching.xlsx"


@cache
def case_of(name: str) -> Case:
    """Tiny cases that together use every rule the peers model."""
    if name == "teaching":  # exercises, floors, over-length, budget; its one lock is not for peers
        return replace(read_for_solving(TEACHING), locks=())
    if name == "synthetic":
        return synthetic_case(Size(3, 7, 14, 2, 1), 1)
    if name == "under way":  # an element is out when the plan begins, and someone must exercise at once
        case = tiny.case(
            8, units={"U1": "TANK", "U2": "ART"}, exercises={"X1": {"mandatory": True, "latest": 1}}, legs=tiny.LEGS
        )
        return replace(case, last=Plan((tiny.rot("U1", -4, 4, "U1a POZ sea"),)))
    # a brigade with stagger and an optional part, a set that may move and needs maintenance, an upgrade worth buying
    case = tiny.case(
        5,
        units={"U1": "TANK ART?"},
        sets={"S1": {"interval": 4, "maintenance_weeks": 1, "last_maintenance": -1}},
        exercises={"X1": {"earliest": 2, "latest": 3, "value": 9.0, "hosts": (Host("DRA"),)}},
        upgrades={"B1": {"cost": MONEY // 100}},
        holdings=(Holding("S1", "POZ", 0, 5), Holding("S1", "DRA", 1, 5)),
        budgets=tuple(tiny.budget(n, line) for line, n in BUDGET.items()),
    )
    case = tiny.tweak(case, "unit_types", "BDE", stagger=1, rotation_min=4)
    case = tiny.tweak(case, "unit_types", "ART", rotation_min=3)
    return tiny.tweak(case, "sites", "RUK", places=90, handover_places=90)


@cache
def optimum(name: str) -> float:
    found = linear(case_of(name), Options(effort="thorough"))
    assert found.status == "optimal"
    assert found.score is not None
    return found.score


def asked(peer: str, name: str) -> Answer:
    began = time.monotonic()
    return solve(peer, case_of(name), 60, lambda: time.monotonic() - began)


NAMES = ("teaching", "synthetic", "under way", "everything")
PAIRS = [(peer, name) for peer in EXACT for name in NAMES if (peer, name) != ("pulp-cbc", "synthetic")]  # slow


@pytest.mark.parametrize(("peer", "name"), PAIRS)
def test_a_peer_finds_the_proven_optimum(peer, name):
    answer = asked(peer, name)
    verdicts = [verify(case_of(name), plan) for _, plan in answer.plans]
    assert [v.breaches for v in verdicts] == [()] * len(verdicts)
    assert max(v.score for v in verdicts) == pytest.approx(optimum(name), abs=2e-3)
    bound = min(b for _, b in answer.bounds)
    assert bound >= optimum(name) - 1e-5
    assert bound == pytest.approx(optimum(name), abs=0.05)


def test_highs_works_after_another_number_of_threads():
    """It keeps its threads for a whole process, and refused to work with more or fewer."""
    with pytest.MonkeyPatch.context() as alone:
        alone.setattr("benchmarks.peers.mip.THREADS", 1)
        assert asked("pulp-highs", "under way").plans
    assert asked("pulp-highs", "under way").plans


def test_what_is_not_modelled_is_refused():
    case = read_for_solving(TEACHING)
    assert case.locks
    for peer in EXACT:
        with pytest.raises(Unsupported, match="locks"):
            solve(peer, case, 5, time.monotonic)
