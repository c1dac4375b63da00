"""``score PLAN --scenario ID``: the plan as it is, as if the scenario had come true."""

from __future__ import annotations

from tests.cli.conftest import INPUTS

PLAN = INPUTS / "posture_2016.xlsx"


def test_a_plan_is_judged_under_a_scenario(optimizer):
    usual, cut = (
        optimizer("score", PLAN, "--json").json,
        optimizer("score", PLAN, "--scenario", "CUT_OFF", "--json").json,
    )
    assert (usual["scenario"], cut["scenario"]) == (None, "CUT_OFF")
    assert cut["terms"]["coverage"] < usual["terms"]["coverage"]  # help from other countries takes longer
    assert cut["spent"] == usual["spent"]  # it is the same plan
    poor = optimizer("score", PLAN, "--scenario", "BUDGET_DOWN", "--json").json
    assert poor["score"] == usual["score"]
    assert len(poor["breaches"]) >= len(usual["breaches"])


def test_whoever_falls_in_on_a_lost_set_is_out(optimizer):
    lost = optimizer("score", PLAN, "--scenario", "SET_LOST", "--json")
    assert lost.code == 0
    assert "EAS_PL" not in str(lost.json["breaches"])


def test_an_unknown_scenario_is_a_sentence_with_the_known_ones(optimizer):
    said = optimizer("score", PLAN, "--scenario", "NOPE")
    assert said.code == 2
    assert "known: SUWALKI" in said.err
