"""``solve``: the plan it writes, the object it prints, the ways it refuses."""

from __future__ import annotations

import openpyxl
import pytest

from optimizer.domain import Plan
from optimizer.domain.outcome import Outcome
from optimizer.domain.reasons import Place, Reason
from optimizer.engines import auto
from tests.cli.conftest import INPUTS, put, setting

TEACHING = INPUTS / "teaching.xlsx"
KEYS = {
    "status",
    "stop_reason",
    "score",
    "bound",
    "gap",
    "coverage",
    "spend",
    "breaches",
    "exercises_held",
    "floor_shortfall",
    "engine",
    "seed",
    "wall_seconds",
    "output",
    "versions",
}


def contradict(book):
    """The one exercise must be held, and is forbidden."""
    put(book, "Exercises", "Mandatory", 2, "yes")
    for header, value in {"Lock": "K2", "Rule": "forbid", "Kind": "exercise", "Subject": "SALUTE"}.items():
        put(book, "Locks", header, 3, value)


def test_a_plan_is_made_proven_and_written_where_asked(optimizer, tmp_path):
    said = optimizer("solve", TEACHING, "-o", tmp_path / "plan.xlsx", "--engine", "linear", "--json")
    found = said.json
    assert said.code == 0
    assert found.keys() >= KEYS
    assert (found["status"], found["stop_reason"], found["breaches"]) == ("optimal", "proven", [])
    assert found["bound"] == pytest.approx(found["score"], rel=1e-5)
    assert found["score"] == pytest.approx(sum(found["terms"].values()))
    assert set(found["coverage"]["levels"]) == {"assure", "full"}
    assert set(found["coverage"]["countries"]) == {"NORTH", "SOUTH"}
    assert set(found["spend"]) == {"presence", "exercises", "prepositioning", "infrastructure"}
    assert (tmp_path / "plan.xlsx").exists()
    assert "first plan" in said.err


def test_the_default_output_is_named_after_the_workbook(optimizer, tmp_path):
    said = optimizer("solve", TEACHING, "--engine", "cpsat", "--quiet")
    assert (said.code, said.out, said.err) == (0, "", "")
    assert [p.name for p in (tmp_path / "outputs").iterdir()] == ["teaching_plan.xlsx"]


def test_the_summary_on_screen_names_the_plan(optimizer, tmp_path):
    said = optimizer("solve", TEACHING, "-o", tmp_path / "plan.xlsx", "--engine", "cpsat")
    assert said.code == 0
    for text in ("every rule holds", "Northland", "prepositioning", "1 of 1 exercises held", "plan.xlsx"):
        assert text in said.out


def test_a_total_cap_binds(optimizer, tmp_path):
    said = optimizer("solve", TEACHING, "--engine", "cpsat", "--total-cap", "9.5", "--json", "-o", tmp_path / "p.xlsx")
    assert said.code == 0
    assert said.json["spent"] <= 9.5


def test_a_scenario_is_planned_under_and_its_plan_verifies(optimizer, tmp_path):
    out = tmp_path / "bridge.xlsx"
    said = optimizer("solve", TEACHING, "--engine", "cpsat", "--scenario", "BRIDGE", "--json", "-o", out)
    assert (said.code, said.json["scenario"]) == (0, "BRIDGE")
    again = optimizer("verify", out, "--json")
    assert (again.code, again.json["scenario"]) == (0, "BRIDGE")
    twice = optimizer("solve", out, "--engine", "cpsat", "--scenario", "BRIDGE", "-o", tmp_path / "twice.xlsx")
    assert twice.code == 2
    assert "already as if scenario BRIDGE had come true" in twice.err
    assert not (tmp_path / "twice.xlsx").exists()


def test_inputs_under_a_scenario_are_warned_of_where_none_is_asked_for(optimizer, tmp_path):
    out, again = tmp_path / "bridge.xlsx", tmp_path / "again.xlsx"
    first = optimizer("solve", TEACHING, "--engine", "cpsat", "--scenario", "BRIDGE", "--effort", "quick", "-o", out)
    assert "as if scenario" not in first.err
    said = optimizer("solve", out, "--engine", "cpsat", "--effort", "quick", "-o", again)
    assert said.code == 0
    assert said.err.count("as if scenario BRIDGE had come true") == 1


def test_a_plan_that_is_left_behind_is_said_and_replan_proposed(optimizer, edited, tmp_path):
    """Half the money gives another plan; one that is in force is heeded."""
    first, second = tmp_path / "first.xlsx", tmp_path / "second.xlsx"
    quick = ("--engine", "cpsat", "--effort", "quick", "-o")
    assert "optimizer replan" not in optimizer("solve", TEACHING, *quick, first).out  # nothing was planned
    book = edited(lambda b: setting(b, "Total cap", 9.5), first)
    said = optimizer("solve", book, *quick, second)
    changes = optimizer("score", second, "--json").json["changes"]
    sentence = f"{changes['weeks']} element- and set-weeks and {changes['events']} events differ from the plan"
    assert changes["weeks"] > 0
    assert sentence in said.out
    assert "optimizer replan" in said.out
    facts = dict(openpyxl.load_workbook(second)["Run"].iter_rows(max_col=2, values_only=True))
    assert facts["Against the plan in hand"].startswith(sentence)
    replanning = edited(lambda b: (setting(b, "Total cap", 9.5), setting(b, "Replan", "yes")), first)
    assert "optimizer replan" not in optimizer("solve", replanning, *quick, tmp_path / "r.xlsx").out


def test_faults_are_listed_and_nothing_is_written(optimizer, edited, tmp_path):
    book = edited(lambda b: setting(b, "Weeks", "a dozen"))
    said = optimizer("solve", book, "--json", "-o", tmp_path / "plan.xlsx")
    assert said.code == 3
    assert said.json["status"] == "faults"
    fault = next(f for f in said.json["faults"] if f["severity"] == "fault")
    assert fault.keys() == {"sheet", "cell", "problem", "read", "suggestion", "severity", "code"}
    assert (fault["sheet"], fault["cell"], fault["read"]) == ("Settings", "B4", "a dozen")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["edited.xlsx"]


def test_faults_on_screen_are_a_table(optimizer, edited):
    said = optimizer("solve", edited(lambda b: setting(b, "Weeks", "a dozen")))
    assert said.code == 3
    assert "Settings!B4" in said.out


def test_proven_infeasible_comes_with_reasons_and_without_a_file(optimizer, edited, tmp_path):
    said = optimizer("solve", edited(contradict), "--engine", "cpsat", "--json", "-o", tmp_path / "plan.xlsx")
    assert said.code == 4
    assert said.json["status"] == "infeasible"
    assert any("SALUTE" in reason["text"] for reason in said.json["reasons"])
    for reason in said.json["reasons"]:
        assert set(reason) == {"rule", "rows", "text"}
        assert all("!" in row for row in reason["rows"])
    assert all(set(way) == {"rows", "text", "proven"} for way in said.json["repairs"])
    assert not (tmp_path / "plan.xlsx").exists()


@pytest.mark.parametrize(
    ("options", "text"),
    [
        (("--scenario", "FLOOD"), "BRIDGE"),
        (("--total-cap", "much"), "much"),
        (("--total-cap", "-1"), "negative"),
        (("--engine", "lagrangian", "--write-lp", "model.lp"), "--engine linear"),
    ],
)
def test_a_senseless_call_is_a_usage_error(optimizer, options, text, tmp_path):
    said = optimizer("solve", TEACHING, *options)
    assert said.code == 2
    assert text in said.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("options", [("--effort", "heroic"), ("--engine", "magic"), ("--time-limit", "0")])
def test_an_unknown_option_value_is_a_usage_error(optimizer, options):
    assert optimizer("solve", TEACHING, *options).code == 2


def test_a_missing_file_is_a_usage_error_also_in_json(optimizer):
    said = optimizer("solve", "nowhere.xlsx", "--json")
    assert said.code == 2
    assert said.json["status"] == "usage"


@pytest.mark.parametrize("command", [("solve", "-o"), ("check", "--markup")])
def test_the_planners_own_file_is_never_overwritten(optimizer, edited, command):
    book = edited(lambda b: None)
    before = book.read_bytes()
    said = optimizer(command[0], book, command[1], "edited.xlsx")
    assert said.code == 2
    assert book.read_bytes() == before


def test_the_linear_model_can_be_exported(optimizer, tmp_path):
    lp, mps = tmp_path / "model.lp", tmp_path / "model.mps"
    said = optimizer("solve", TEACHING, "--engine", "linear", "--write-lp", lp, "--write-mps", mps, "-q")
    assert said.code == 0
    assert "Subject To" in lp.read_text()
    assert mps.read_text().rstrip().endswith("ENDATA")


BECAUSE = Reason("locks", (Place("Locks", "L1"),), ("L1",), "because.")


def instead(monkeypatch, outcome):
    """Every engine answers ``outcome``."""
    monkeypatch.setattr(auto, "solve", lambda case, options: outcome)


@pytest.mark.parametrize(
    ("outcome", "code"),
    [
        (Outcome("x", "unknown", "effort"), 7),
        (Outcome("x", "unknown", "time limit"), 7),
        (Outcome("x", "unknown", "interrupted"), 130),
        (Outcome("x", "infeasible", "proven", reasons=(BECAUSE,)), 4),
        (Outcome("x", "feasible", "effort", Plan(), 1e9), 1),
    ],
)
def test_without_a_good_plan_nothing_is_written(optimizer, monkeypatch, tmp_path, outcome, code):
    instead(monkeypatch, outcome)
    said = optimizer("solve", TEACHING, "--json")
    assert said.code == code
    assert said.json["status"] == ("disagreement" if code == 1 else outcome.status)
    assert list(tmp_path.iterdir()) == []
