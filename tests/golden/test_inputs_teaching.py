"""The teaching case: the plan worked out by hand in docs/teaching.md, and its optimum."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from optimizer.domain import Case, Maintenance, Participant, Plan, Posting, Rotation, Run, Stay
from optimizer.verify import verify
from optimizer.workbook.reader import read_for_solving

ROOT = Path(__file__).resolve().parents[2]
OPTIMUM = 35.48805  # 9 + 21 + 1.5 + 6 − 1 − 1 − 0.01195


@pytest.fixture(scope="module")
def case() -> Case:
    return read_for_solving(ROOT / "inputs" / "teaching.xlsx")


def by_hand(case: Case, tanks: tuple[int, int] = (3, 11), guns: tuple[int, int] = (4, 7), salute: int = 5) -> Plan:
    """The plan of docs/teaching.md, or a variant of it."""
    return Plan(
        rotations=(
            *case.underway,
            Rotation("T2", *tanks, (Posting("T2-tanks", "HILL", "set", "KIT", *tanks),)),
            Rotation("G1", *guns, (Posting("G1-guns", "HILL", "air", None, *guns),)),
        ),
        stays=(Stay("KIT", "DEPOT", 0, 2), Stay("KIT", "HILL", 3, 12)),
        maintenance=(Maintenance("KIT", 0, 2),),
        runs=(Run("SALUTE", "HILL", salute, (Participant("tanks", "T2-tanks"), Participant("guns", "G1-guns"))),),
    )


def test_the_plan_by_hand_reaches_the_optimum(case: Case) -> None:
    verdict = verify(case, by_hand(case))
    assert verdict.breaches == ()
    assert verdict.terms == pytest.approx(
        {
            "coverage": 9 + 21 + 1.5,
            "exercise-value": 6,
            "over-length": -1,
            "floor-shortfall": -1,
            "cost-trace": -0.01195,
            "preferences": 0,
            "worst-country": 0,
            "plan-changes": 0,
        }
    )
    assert verdict.score == pytest.approx(OPTIMUM)


@pytest.mark.parametrize(
    ("tanks", "guns", "salute", "score"),
    [((4, 12), (7, 10), 8, OPTIMUM), ((3, 10), (7, 12), 8, 35.08805), ((3, 9), (4, 10), 5, 31.5383)],
)
def test_its_twin_and_its_runners_up(
    case: Case, tanks: tuple[int, int], guns: tuple[int, int], salute: int, score: float
) -> None:
    verdict = verify(case, by_hand(case, tanks, guns, salute))
    assert verdict.breaches == ()
    assert verdict.score == pytest.approx(score)


@pytest.mark.parametrize("engine", ["linear", "cpsat"])
def test_engines_prove_the_same_optimum(case: Case, engine: str) -> None:
    from optimizer.domain.outcome import Options
    from optimizer.engines.auto import engine as engine_of

    outcome = engine_of(engine)(case, Options())
    assert outcome.status == "optimal"
    assert outcome.score == pytest.approx(OPTIMUM, abs=1e-6)
    assert outcome.bound == pytest.approx(OPTIMUM, abs=1e-4)
    assert outcome.plan is not None
    assert verify(case, outcome.plan).ok


def test_the_column_engine_comes_close_and_its_bound_holds(case: Case) -> None:
    from optimizer.domain.outcome import Options
    from optimizer.engines.auto import engine as engine_of

    outcome = engine_of("lagrangian")(case, Options(effort="quick"))
    assert outcome.plan is not None
    assert outcome.score is not None
    assert outcome.bound is not None
    assert verify(case, outcome.plan).ok
    # a search without a proof: it is held to nine tenths here; auto leaves small cases to exact engines
    assert 0.9 * OPTIMUM < outcome.score < OPTIMUM + 1e-6 <= outcome.bound + 2e-6


def broken_plans(case: Case) -> list[tuple[str, Plan]]:
    """One breach of each rule that docs/teaching.md explains, as the hand plan with one thing changed."""
    good = by_hand(case)
    t1, t2, g1 = good.rotations
    band = Posting("T2-band", "HILL", "air", None, 3, 11)
    other = {
        "tanks by sea": Posting("T2-tanks", "HILL", "sea", None, 3, 11),
        "at the lake": Posting("G1-guns", "LAKE", "air", None, 4, 7),
    }
    return [
        ("availability", replace(good, rotations=(t1, replace(t2, arrive=-2, depart=5, postings=()), g1))),
        ("rotation-length", by_hand(case, tanks=(3, 12))),
        ("dwell", replace(good, rotations=(t1, replace(t2, unit="T1", arrive=6, depart=9), g1))),
        ("together", replace(good, rotations=(t1, replace(t2, postings=(band,)), g1))),
        ("one-place", replace(good, rotations=(*good.rotations, replace(g1, arrive=5, depart=8)))),
        ("site-capacity", replace(good, rotations=(t1, replace(t2, postings=(*t2.postings, band)), g1))),
        ("set-custody", by_hand(case, tanks=(2, 10))),
        ("set-location", replace(good, stays=(Stay("KIT", "DEPOT", 0, 2), Stay("KIT", "HILL", 2, 12)))),
        ("set-maintenance", replace(good, maintenance=())),
        ("exercise-window", by_hand(case, salute=6)),
        ("exercise-needs", replace(good, rotations=(t1, t2, replace(g1, postings=(other["at the lake"],))))),
        ("budget", replace(good, rotations=(t1, replace(t2, postings=(other["tanks by sea"],)), g1))),
    ]


def test_every_rule_it_explains_can_be_broken_in_it(case: Case) -> None:
    missing = [rule for rule, plan in broken_plans(case) if rule not in {b.rule for b in verify(case, plan).breaches}]
    assert missing == []
