"""Changes undone, explained and counted: by hand on tiny cases, and as properties of random ones."""

from __future__ import annotations

from dataclasses import replace

import pytest

from optimizer.domain import Closure, Lock, Plan
from optimizer.domain.outcome import Options
from optimizer.engines import cpsat, linear
from optimizer.engines.lagrangian.kept import ceiling, kept
from optimizer.goals import score_all
from optimizer.goals.plan_changes.score import changes
from optimizer.insight.replan.curve import curve
from optimizer.insight.replan.reasons import FOLLOWS, FORCED, GAINS, reasons
from optimizer.insight.replan.swaps import judged, parts, swaps, undone
from optimizer.insight.replan.undo import fewer, price_of_change, undo
from tests.build import budget, case, plan, random_case, rot, run, setting

POOR = budget(2)  # pays one infantry company for four weeks, 1.2, and not two
ONE, OTHER = rot("U1", 4, 8, "U1a POZ air"), rot("U2", 4, 8, "U2a POZ air")


def score(c, p: Plan) -> float:
    return sum(score_all(c, p).values())


def test_a_like_unit_in_the_place_of_another_is_put_back() -> None:
    """Two companies alike, money for one: which of them goes gains nothing, so the one in the plan in force goes. Taken
    back alone the first would be a second company, which the money forbids: both are taken back together."""
    c = setting(case(12, units={"U1": "INF", "U2": "INF"}, budgets=(POOR,)), replan=True)
    c = replace(c, last=plan(ONE))
    assert judged(c, plan(ONE, OTHER))[0][0].rule == "budget"
    assert undo(c, plan(ONE), plan(OTHER)) == plan(ONE)


def test_only_what_gains_stays_changed() -> None:
    """A longer stay is worth something, another site of the country nothing: the site is put back, the week stays."""
    c = setting(case(12, units={"U1": "INF", "U2": "INF"}), replan=True)
    old = plan(rot("U1", 4, 7, "U1a POZ air"), rot("U2", 1, 3, "U2a POZ air"))
    new = plan(rot("U1", 4, 7, "U1a DRA air"), rot("U2", 1, 4, "U2a POZ air"))
    c = replace(c, last=old)
    assert score(c, new) > score(c, old)
    assert undo(c, old, new) == plan(rot("U1", 4, 7, "U1a POZ air"), rot("U2", 1, 4, "U2a POZ air"))


def test_what_gains_too_little_for_what_it_changes_is_put_back() -> None:
    """DRA covers 1.08 points a week less than POZ, and a line likes U1 there at 1.18: each of its three weeks moved
    gains a tenth of a point. A week of the plan in force is worth 23.4 / 5, a twentieth of that 0.234. U2's third week
    gains 4.68 and stays; without a share all stays."""
    line = Lock("L", "prefer", "unit", "U1", "DRA", price=1.18)
    c = setting(case(12, units={"U1": "INF", "U2": "INF"}, locks=(line,)), replan=True)
    old = plan(rot("U1", 4, 7, "U1a POZ air"), rot("U2", 1, 3, "U2a POZ air"))
    new = plan(rot("U1", 4, 7, "U1a DRA air"), rot("U2", 1, 4, "U2a POZ air"))
    c, one = replace(c, last=old), plan(rot("U1", 4, 7, "U1a POZ air"), rot("U2", 1, 4, "U2a POZ air"))
    assert price_of_change(c, old, old) == pytest.approx(0.05 * score(c, old) / 5)
    assert score(c, one) + 0.3 == pytest.approx(score(c, new), abs=1e-3)
    assert score(c, old) + 4.68 == pytest.approx(score(c, one), abs=1e-3)
    assert undo(c, old, new) == new
    for fitted in (old, None):
        assert fewer(c, old, new, fitted) == one
        assert fewer(setting(c, change_gain=0), old, new, fitted) == new


def test_what_cannot_be_put_back_as_it_was_goes_back_to_what_fits() -> None:
    """POZ takes nobody any more, and what fits sends U1 to DRA. The new plan sends U2 there as well, which gains next
    to nothing since no coverage counts, but what a line likes: that goes back, and U1 stays at DRA."""
    line = Lock("L", "prefer", "unit", "U1", "DRA", price=1.0)
    little = Lock("M", "prefer", "unit", "U2", "DRA", price=0.01)
    shut = (Closure("POZ", 0, 12, "places", 0),)
    c = case(12, units={"U1": "INF", "U2": "INF"}, locks=(line, little), closures=shut)
    old, fitted = (plan(rot("U1", 4, 7, f"U1a {s} air")) for s in ("POZ", "DRA"))
    c = replace(setting(c, replan=True, coverage_price=0.0), last=old)
    new = plan(*fitted.rotations, rot("U2", 4, 7, "U2a DRA air"))
    assert judged(c, old)[0]
    assert score(c, new) > score(c, fitted)
    assert undo(c, old, new) == new
    assert fewer(c, old, new, fitted) == fitted


def test_one_element_of_a_rotation_is_put_back_where_the_other_cannot() -> None:
    """DRA takes nobody any more: the tanks must move, the guns, moved with them for nothing, stay at POZ."""
    c = setting(case(12, units={"U1": "TANK ART"}, closures=(Closure("DRA", 0, 12, "places", 0),)), replan=True)
    old = plan(rot("U1", 5, 9, "U1a DRA sea", "U1b POZ sea"))
    new = plan(rot("U1", 5, 9, "U1a POZ sea", "U1b RUK sea"))
    same = setting(c, coverage_price=0.0)  # no site is better than another
    c = replace(same, last=old)
    assert [len(list(parts(s))) for s in swaps(old, new)] == [2]
    assert undo(c, old, new) == plan(rot("U1", 5, 9, "U1a POZ sea", "U1b POZ sea"))


def test_forced_by_a_closure_with_its_row() -> None:
    """The camp is closed from week 6 on: the stay that lay in those weeks is cut, forced by the closure's row."""
    c = setting(case(12, units={"U1": "INF"}, closures=(Closure("POZ", 6, 12, "places", 0),)), replan=True)
    old, new = plan(rot("U1", 4, 8, "U1a POZ air")), plan(rot("U1", 4, 6, "U1a POZ air"))
    (why,) = reasons(replace(c, last=old), old, new)
    assert (why.how, why.rule, why.gain) == (FORCED, "site-capacity", None)
    assert ("Closures", "POZ") in {(p.sheet, p.key) for p in why.rows}
    assert why.keeping == "cannot be kept"


def test_what_is_chosen_says_what_it_gains() -> None:
    """A week more is worth exactly what the score loses without it."""
    c = setting(case(12, units={"U1": "INF"}), replan=True)
    old, new = plan(rot("U1", 4, 6, "U1a POZ air")), plan(rot("U1", 4, 7, "U1a POZ air"))
    c = replace(c, last=old)
    (why,) = reasons(c, old, new)
    assert why.how == GAINS
    assert why.gain == score(c, new) - score(c, old) > 0
    assert why.because.startswith("gains ")


def test_what_follows_from_a_choice_is_no_rule_of_the_inputs() -> None:
    """The plan in force holds, two companies for two weeks at 2.2 of money, so nothing is forced; that the first stays
    a week longer takes the money of the second, which is why that cannot be kept beside it."""
    old = plan(rot("U1", 4, 6, "U1a POZ air"), rot("U2", 4, 6, "U2a RUK air"))
    new = plan(rot("U1", 4, 7, "U1a RUK air"))
    c = setting(case(12, units={"U1": "INF", "U2": "INF"}, budgets=(replace(POOR, amount=2_200_000),)), replan=True)
    c = replace(c, last=old)
    assert judged(c, old)[0] == ()
    by_unit = {w.swap.subject: w for w in reasons(c, old, new)}
    assert by_unit["U2"].how == FOLLOWS
    assert by_unit["U2"].rule == "budget"


def test_an_exercise_with_other_participants_is_a_change_by_itself() -> None:
    c = case(12, units={"U1": "TANK", "U2": "TANK"}, exercises={"X1": {}})
    old = plan(run("X1", "POZ", 6, "N1 U1a sea"))
    new = plan(run("X1", "POZ", 6, "N1 U2a sea"))
    (swap,) = swaps(old, new)
    assert undone(new, [swap]) == old
    assert [undone(new, [s]) for s in parts(swap)] == [old]
    assert undo(setting(replace(c, last=old), replan=True), old, new) == old


def test_undoing_never_costs_and_reasons_are_true() -> None:
    """Random cases: a plan in force, and the best plan of an engine that knows nothing of it. What is left after
    undoing scores no less and differs no more; each gain is what taking the change back loses."""
    fewer = gains = forced = 0
    for seed in range(24):
        c = random_case(seed, weeks=6, sets=0, upgrades=0, extras=False)
        old = cpsat.solve(c, Options("quick", seed=1)).plan
        d = setting(c, replan=True, worst_country_price=1.0)
        if old is None:
            continue
        d = replace(d, last=old, closures=(*d.closures, Closure(d.sites[0].id, 2, 4, "places", 0)))
        new = cpsat.solve(d, Options("quick", seed=2)).plan
        if new is None:
            continue
        less = undo(d, old, new)
        assert judged(d, less)[0] == ()
        assert score(d, less) >= score(d, new) - 1e-6
        assert sum(changes(d, less)) <= sum(changes(d, new))
        fewer += less != new
        for why in reasons(d, old, less):
            gains += why.how == GAINS
            forced += why.how == FORCED
            if why.how == GAINS:
                back = undone(less, [why.swap])
                broken, worth = judged(d, back)
                assert broken == ()
                assert worth == pytest.approx(score(d, less) - why.gain)
                assert why.gain >= -1e-6
            else:
                assert why.rule in {b.rule for b in judged(d, undone(less, [why.swap]))[0]}
    assert fewer >= 1
    assert gains >= 4
    assert forced >= 4


def test_nothing_found_lies_above_the_curve() -> None:
    """Against enumeration in small: every plan on the curve, and the plan in force, lies below what is proven."""
    drawn = 0
    for seed in range(3):
        c = setting(random_case(seed, weeks=6, sets=0, upgrades=0, extras=False), replan=True)
        old, new = kept(c, Plan()), linear.solve(c, Options("quick")).plan
        if old is None or new is None:
            continue
        c = replace(c, last=old)
        found = curve(c, old, [new], lambda d: ceiling(d, 60))
        assert found.points[-1].score >= score(c, new) - 1e-6
        assert [p.changes for p in found.points] == sorted({p.changes for p in found.points})
        assert all(p.ceiling is not None and p.score <= p.ceiling + 1e-6 for p in found.points)
        tops = [found.ceiling(k) for k in range(0, 60, 5)]
        assert tops == sorted(tops)
        drawn += len(found.points) > 1
    assert drawn >= 1
