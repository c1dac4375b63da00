"""The posture of 2016 as a plan: it holds every rule and is the posture of the record."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from optimizer.domain import Case, Plan
from optimizer.domain.scenarios import under
from optimizer.verify import verify
from optimizer.workbook.reader import read_case, read_for_verifying

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def posture() -> tuple[Case, Plan]:
    return read_for_verifying(ROOT / "inputs" / "posture_2016.xlsx")


def test_it_holds_every_rule(posture: tuple[Case, Plan]) -> None:
    verdict = verify(*posture)
    assert verdict.breaches == ()
    assert verdict.tested > 5_000
    assert all(weeks == 0 for weeks, _ in verdict.tally.floor_shortfall.values())
    assert verdict.terms["exercise-value"] > 200
    assert verdict.score == pytest.approx(5258.756, abs=0.001)


@pytest.mark.parametrize(
    ("scenario", "score"),
    [("SUWALKI", 4942.5), ("CUT_OFF", 3283.9), ("CR30", 5258.8), ("BUDGET_DOWN", 5258.8), ("LATE_BRIGADE", 5258.8)],
)
def test_it_holds_in_the_scenarios_and_loses_what_the_roads_carry(
    posture: tuple[Case, Plan], scenario: str, score: float
) -> None:
    verdict = verify(under(posture[0], scenario), posture[1])
    assert verdict.breaches == ()
    assert verdict.score == pytest.approx(score, abs=0.1)


def test_what_is_under_way_is_the_same_as_in_the_case(posture: tuple[Case, Plan]) -> None:
    case = read_case(ROOT / "inputs" / "fy2016.xlsx").case
    assert posture[0].underway == case.underway
    assert set(case.underway) <= set(posture[1].rotations)


def test_companies_and_battalion_of_the_record_are_there(posture: tuple[Case, Plan]) -> None:
    """Every unit row of the brief: the site, the people, and each of its weeks from 6 February on.

    The winter company that the brief starts at New Year takes over when the autumn one leaves.
    """
    case, plan = posture
    with (ROOT / "data" / "record" / "posture_2016.csv").open(encoding="utf-8", newline="") as lines:
        wanted = [r for r in csv.DictReader(lines) if r["in_brief"] == "yes" and r["kind"] == "unit"]
    assert len(wanted) == 9
    postings = [p for r in plan.rotations for p in r.postings]
    for row in wanted:
        kind = "CAB_ARM" if row["type"] == "CAB_ARM" else row["type"]
        here = [p for p in postings if p.site == row["site"] and case.element[p.element].type == kind]
        assert all(case.element_type(p.element).people == int(row["people"]) for p in here)
        weeks = {w for p in here for w in range(max(p.arrive, 0), min(p.depart, 52))}
        calendar = {week if week >= 40 else week + 52 for week in range(int(row["week_from"]), int(row["week_to"]) + 1)}
        due = {w - 40 for w in calendar if 40 <= w < 92 and (kind != "SBCT_COY" or w >= 58)}
        assert due - weeks <= {47}, row["id"]  # the hand-over week may belong to either company


def test_presence_adds_up_to_the_brief(posture: tuple[Case, Plan]) -> None:
    """47,400 person-weeks in the brief's calendar year; one more hand-over week falls in this year."""
    case, plan = posture
    extra = ("3-501AVN", "BSRF-16-2")  # under way, not in the brief
    weeks = sum(
        case.element_type(p.element).people * (min(p.depart, case.weeks) - max(p.arrive, 0))
        for r in plan.rotations
        if r.unit not in extra
        for p in r.postings
    )
    assert weeks == 47_400 + 600
