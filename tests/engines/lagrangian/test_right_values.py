"""Small cases whose best score is worked out by hand: money, frozen weeks, fly-ins and floors as the rules read them.

Every week a company is ready is worth 1 (``plain``). No plan that the search offers may be refused by the check.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from optimizer.domain import Case, Maintenance, Mode, Plan, Scenario, Stay
from optimizer.domain.outcome import Options, Outcome
from optimizer.engines import linear
from optimizer.engines.lagrangian import solve
from optimizer.engines.lagrangian.search import plans
from optimizer.quantities import MONEY
from optimizer.verify import verify
from tests.engines.lagrangian.brief import brief
from tests.engines.lagrangian.plain import company, drill, plain
from tests.tiny import budget, plan, run

WEEKLY = company(2, 12, 0, 1)  # stays of 2 to 12 weeks, 1 a week, no fare
IDLE = company(2, 6, 0, 0)  # stays of 2 to 6 weeks, free of charge


def _solved(case: Case, score: float) -> Outcome:
    """The outcome of a brief run, which reaches ``score`` without one plan refused."""
    with brief():
        outcome = solve(case, Options("quick", workers=1))
    assert outcome.refused == {}
    assert outcome.plan is not None
    assert verify(case, outcome.plan).ok
    assert outcome.score == pytest.approx(score, abs=1e-6)
    assert outcome.bound is not None
    assert outcome.bound >= score - 1e-6
    return outcome


def _replanning(case: Case, last: Plan, frozen: int) -> Case:
    settings = replace(case.settings, replan=True, frozen_weeks=frozen)
    return replace(case, last=last, settings=settings)


def test_a_plan_to_begin_from_is_the_answer_where_the_search_cannot_lay_out_the_sets(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It has found no way to place them; whoever found a plan keeps it, with the bound."""
    monkeypatch.setattr(plans, "ATTEMPTS", 0)
    made = plain(1, 12, WEEKLY, budgets=(budget(12),), sets={"S1": {"move_cost": 0, "week_cost": 0}})
    begun = linear.solve(made, Options("quick", workers=1)).plan
    assert begun is not None
    outcome = solve(made, Options("quick", workers=1, start=begun))
    assert outcome.plan == begun.tidy()
    assert outcome.score == pytest.approx(12.0)
    assert outcome.bound is not None


def test_the_total_cap_holds_for_the_smallest_budget_of_the_scenarios() -> None:
    """A cap of 10 that a weighed scenario halves: 5 weeks."""
    cut = Scenario("down", "money down", 200, budget_factor=500)
    _solved(plain(1, 12, WEEKLY, scenarios=(cut,), settings={"weigh_scenarios": True, "total_cap": 10 * MONEY}), 5.0)


def test_each_of_two_resolutions_holds() -> None:
    """At last year's 78 a resolution of 8 weeks at 0.75 pays 9 of them, one of 4 weeks at 0.5 pays 3. Two companies:
    3 weeks in the first four, 6 in the next four, 8 in the last four."""
    long, short = (
        Scenario(f"cr{n}", f"resolution of {n} weeks", 100, cr_weeks=n, cr_rate=rate)
        for n, rate in ((8, 750), (4, 500))
    )
    money = (replace(budget(1000), last_year=78 * MONEY),)
    for pair in ((long, short), (short, long)):
        _solved(plain(2, 12, WEEKLY, budgets=money, scenarios=pair, settings={"weigh_scenarios": True}), 17.0)


def _on_a_set(**changed: object) -> Case:
    """A company that comes on a set alone, 12 weeks, stays of 2 to 12."""
    return plain(1, 12, company(2, 12, 0, 0, modes={"set": Mode(0, 0, 0)}), sets={"S1": changed})


def test_maintenance_in_frozen_weeks_stands() -> None:
    """Serviced in weeks 3 and 4 by the last plan, the set is due in week 5 at the latest and again in week 13, past the
    plan. Nobody may be out in the five frozen weeks: drawn from week 5, ready a week later, in weeks 6 to 11."""
    made = _on_a_set(interval=8, maintenance_weeks=2, last_maintenance=-3)
    last = plan(Stay("S1", "POZ", 0, 12), Maintenance("S1", 3, 5))
    outcome = _solved(_replanning(made, last, 5), 6.0)
    assert outcome.plan is not None
    assert outcome.plan.maintenance == last.maintenance


def test_frozen_maintenance_is_done_in_blocks_as_long_as_they_are_now() -> None:
    """As above, but a block takes a week now: the same two weeks are two blocks. With three weeks to a block it begins
    in week 3 and goes on after the four frozen ones: drawn from week 6, ready in weeks 7 to 11."""
    last = plan(Stay("S1", "POZ", 0, 12), Maintenance("S1", 3, 5))
    for weeks, frozen, blocks, score in ((1, 5, ((3, 4), (4, 5)), 6.0), (3, 4, ((3, 6),), 5.0)):
        made = _on_a_set(interval=8, maintenance_weeks=weeks, last_maintenance=-3)
        outcome = _solved(_replanning(made, last, frozen), score)
        assert outcome.plan is not None
        assert outcome.plan.maintenance == tuple(Maintenance("S1", *b) for b in blocks)


def test_maintenance_under_way_is_not_planned_again_in_frozen_weeks() -> None:
    """In maintenance since week −1 and until week 1, the set is drawn from week 2, after the frozen ones; ready a week
    later, in weeks 3 to 11. The next block is due in week 21."""
    made = _on_a_set(interval=20, maintenance_weeks=2)
    last = plan(Stay("S1", "POZ", 0, 12), Maintenance("S1", -1, 1))
    outcome = _solved(_replanning(made, last, 2), 9.0)
    assert outcome.plan is not None
    assert outcome.plan.maintenance == ()


def test_a_frozen_week_on_the_road_stays_one() -> None:
    """On the road from DRA to POZ in week 4, the last of the frozen ones: drawn at POZ from week 5, ready in weeks 6 to
    11. At DRA the company would be worth as much, but there the set would have stood in week 4."""
    made = _on_a_set(start_site="DRA")
    last = plan(Stay("S1", "DRA", 0, 4), Stay("S1", "POZ", 5, 12))
    outcome = _solved(_replanning(made, last, 5), 6.0)
    assert outcome.plan is not None
    assert outcome.plan.stays == last.stays


def test_a_company_is_flown_in_on_a_short_plan() -> None:
    """Eight weeks: six on rotation and two flown in for the exercise, 50 + 8; mandatory or not."""
    for mandatory in (False, True):
        made = plain(1, 8, IDLE, exercises={"X1": drill(mandatory=mandatory)})
        outcome = _solved(made, 58.0)
        assert outcome.plan is not None
        assert len(outcome.plan.runs) == 1


@pytest.mark.parametrize("frozen", [0, 2])
def test_whoever_was_flown_in_before_day_one_is_there(frozen: int) -> None:
    """By sea, with two weeks of RSOI, nobody can be ready by week 1, the last in which the exercise may begin; but the
    last plan has brought the company in in week −1, and by air the week is gone too. Ready in weeks 1 and 2, and, on a
    rotation of six weeks from week 3 on, in weeks 5 to 7: 50 + 2 + 3. In frozen weeks it has to be so. Without it there
    are the four weeks of a rotation."""
    kind = company(2, 6, 0, 0, modes={"sea": Mode(0, 2, 0), "air": Mode(0, 2, 0)})
    made = plain(1, 8, kind, exercises={"X1": drill(latest=1)})
    last = plan(run("X1", "POZ", 1, "N1 U0a sea"))
    begun = _replanning(made, last, frozen) if frozen else replace(made, last=last)
    for case, best in ((made, 4.0), (begun, 55.0)):
        assert linear.solve(case, Options(workers=1)).score == pytest.approx(best)
        outcome = _solved(case, best)
        assert outcome.plan is not None
        assert outcome.plan.runs == (last.runs if case is begun else ())


def test_a_mandatory_exercise_is_held_where_no_rotation_fits() -> None:
    """Eight weeks are too short for stays of nine, of which none may run past the end of its window."""
    made = plain(1, 8, company(9, 12, 0, 0), exercises={"X1": drill(mandatory=True)})
    made = replace(made, windows=tuple(replace(w, end=8) for w in made.windows))
    _solved(made, 52.0)


def test_hard_floors_are_met_at_a_loss() -> None:
    """Nobody is wanted and each of twelve weeks costs 1, but a hundred people have to be in Poland in every one: two
    companies, one after the other, with six weeks of rest between a company's stays."""
    made = plain(2, 12, company(2, 6, 0, 1), settings={"floor_hard": True, "cost_price": 0.1})
    made = replace(made, demands=(), countries=tuple(replace(c, floor=100 * (c.id == "PL")) for c in made.countries))
    _solved(made, -1.2)


def test_the_founding_act_cuts_rotations_short() -> None:
    """Stays of six weeks are offered and three allowed, each with as much rest: of twelve weeks 2 + 2 + 3 are on
    rotation (2a + 2b + c ≤ 12; three twice leave no time for a third)."""
    made = plain(1, 12, IDLE, settings={"founding_act": True, "founding_act_weeks": 3})
    outcome = _solved(made, 7.0)
    assert outcome.plan is not None
    assert all(r.depart - r.arrive <= 3 for r in outcome.plan.rotations)


@pytest.mark.parametrize("mode", ["sea", "air"])
def test_participants_in_frozen_weeks_keep_their_modes(mode: str) -> None:
    """Whichever way is the dearer: the last plan's company comes in weeks 2 and 3 by ``mode``, and goes on rotation for
    six weeks after the four frozen ones: 50 + 8, less a tenth of 1 by sea or of 3 by air twice (the rotation comes by
    sea, for 1)."""
    kind = company(2, 6, 1, 0, modes={"sea": Mode(0, 0, MONEY), "air": Mode(0, 0, 3 * MONEY)})
    made = plain(1, 12, kind, exercises={"X1": drill()}, settings={"cost_price": 0.1})
    last = plan(run("X1", "POZ", 2, f"N1 U0a {mode}"))
    outcome = _solved(_replanning(made, last, 4), 58.0 - 0.1 * (1 + (1 if mode == "sea" else 3)))
    assert outcome.plan is not None
    assert outcome.plan.runs == last.runs
