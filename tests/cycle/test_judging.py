"""Money over a seam, worked by hand: eight weeks at the end of fiscal year 2018 and twelve of 2019, judged as one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from optimizer.cycle.carry import carry
from optimizer.cycle.glue import Year
from optimizer.cycle.judging import judge
from optimizer.domain import Case, Maintenance, Plan, Run, Stay
from optimizer.quantities import MONEY
from optimizer.rules import Breach, check_all
from optimizer.workbook.forms.next_year import Turn, uncounted
from tests.tiny import budget, case, plan, rot, tweak

FIRST, SECOND = 8, 12  # weeks
LINES = ("presence", "exercises", "prepositioning", "infrastructure")
BLOCK = {"interval": 40, "maintenance_weeks": 4, "last_maintenance": -30, "week_cost": MONEY}


def year(number: int, money: dict[str, int], sets: dict[str, dict[str, Any]] | None = None, **more: Any) -> Case:
    """A year that starts or ends with September 2018; what ``money`` does not name has none."""
    start, weeks = (date(2018, 8, 6), FIRST) if number == 2018 else (date(2018, 10, 1), SECOND)
    rows = tuple(budget(money.get(line, 0), line, number) for line in LINES)
    return case(weeks, sets=sets, budgets=rows, settings={"start": start, "transfer_limit": 0}, **more)


def breaches(one: Case, first: Plan, two: Case, second: Plan) -> list[Breach]:
    _, found = judge([Year(2018, one, first, FIRST), Year(2019, two, second, SECOND)])
    return [b for f in found for b in f.breaches]


def alone(c: Case, p: Plan) -> list[Breach]:
    return [b for f in check_all(c, p) for b in f.breaches]


def over_the_seam(second_money: int) -> tuple[Case, Plan, Case, Plan]:
    """A block in weeks 6 to 10 of a set whose upkeep is 1 a week: the second year has the set from its third week on
    and pays for ten weeks of twelve."""
    one = year(2018, {"prepositioning": 8}, {"S1": BLOCK})
    first = plan(Stay("S1", "POZ", 0, FIRST), Maintenance("S1", 6, 10))
    stands = carry(one, first, FIRST).sets["S1"]
    assert stands.available == date(2018, 10, 15)
    two = year(2019, {"prepositioning": second_money}, {"S1": {**BLOCK, "available": 2, "last_maintenance": 2}})
    return one, first, two, plan(Stay("S1", "POZ", 2, SECOND))


def test_a_block_over_the_seam_costs_the_next_year_what_that_year_was_told() -> None:
    one, first, two, second = over_the_seam(10)
    assert not alone(one, first)
    assert not alone(two, second)
    assert breaches(one, first, two, second) == []


def test_a_year_too_dear_by_itself_is_so_among_the_others_by_the_same_amount() -> None:
    one, first, two, second = over_the_seam(9)
    (by_itself,) = alone(two, second)
    (found,) = breaches(one, first, two, second)
    assert (by_itself.week, found.week, found.size) == (0, FIRST, by_itself.size) == (0, FIRST, 1.0)
    assert found.text == by_itself.text


def test_the_next_year_asks_for_its_amount_less_the_upkeep_that_it_does_not_count() -> None:
    """Two weeks at 1 of S1; S2 is only bought in week 12 and costs nothing before."""
    one, first, *_ = over_the_seam(10)
    bought = replace(one.sets[0], id="S2", available=12, start_site=None)
    more = replace(one, sets=(*one.sets, bought))
    start = date(2018, 10, 1)
    turn = Turn(2019, more, carry(more, first, FIRST), start, date(2019, 9, 30), date(2019, 9, 30), [])
    assert uncounted(turn, "presence") == ""
    told = "; less USD million 2, which the plan does not count: upkeep of S1 until available"
    assert uncounted(turn, "prepositioning") == told
    free = replace(turn, carried=carry(more, plan(Stay("S1", "POZ", 0, FIRST)), FIRST))
    assert uncounted(free, "prepositioning") == ""


def test_a_rotation_over_the_seam_that_the_next_year_forgot_is_paid_in_it_all_the_same() -> None:
    """U1 arrives in week 5 and leaves in week 10: 3 for the way and 3 weeks at 0.1 in the first year, 2 weeks in the
    second.
    """
    units = {"U1": "TANK"}
    one, two = year(2018, {"presence": 4}, units=units), year(2019, {}, units=units)
    first = plan(rot("U1", 5, 10, "U1a POZ sea"))
    assert not alone(one, first)
    assert not alone(two, plan())
    (found,) = breaches(one, first, two, plan())
    assert (found.rule, found.week, found.parties) == ("budget", FIRST, ("presence",))
    assert found.size == 0.2


def test_each_year_is_judged_at_its_own_prices() -> None:
    """The way cost 3 in the first year and costs 1 in the second, where 1 and four weeks at 0.1 are within 2."""
    units = {"U1": "TANK"}
    one, two = year(2018, {}, units=units), year(2019, {"presence": 2}, units=units)
    tank = next(t for t in two.unit_types if t.id == "TANK")
    cheap = tweak(two, "unit_types", "TANK", modes={**tank.modes, "sea": replace(tank.modes["sea"], cost=MONEY)})
    second = plan(rot("U1", 4, 8, "U1a POZ sea"))
    assert not alone(cheap, second)
    assert breaches(one, plan(), cheap, second) == []
    assert [b.size for b in breaches(one, plan(), two, second)] == [1.4]


def test_an_exercise_that_the_next_year_keeps_as_history_is_held_once() -> None:
    """X is held in every one of three years, two weeks from week 5 on; the second and the third keep the edition before
    their own as history, with its window and its run in the last plan. It is none of theirs: each has one run."""
    starts, lengths = (date(2018, 8, 6), date(2018, 10, 1), date(2018, 12, 24)), (FIRST, SECOND, 8)

    def one_of(n: int) -> tuple[Case, Plan]:
        own: dict[str, dict[str, Any]] = {f"X@{2018 + n}": {"earliest": 5, "latest": 6, "needs": ()}}
        last = Plan()
        if n:
            back = 5 - lengths[n - 1]
            own = {f"X@{2017 + n}": {"earliest": back, "latest": back + 1, "needs": ()}, **own}
            last = Plan(runs=(Run(f"X@{2017 + n}", "POZ", back, ()),))
        free = tuple(budget(100, line, y) for y in (2018, 2019) for line in LINES)
        made = case(lengths[n], exercises=own, budgets=free, settings={"start": starts[n]}, last=last)
        return made, Plan(runs=(Run(f"X@{2018 + n}", "POZ", 5, ()),))

    years = [Year(2018 + n, *one_of(n), lengths[n]) for n in range(3)]
    assert not any(alone(y.case, y.plan) for y in years)
    glued, found = judge(years)
    assert [x.id for x in glued.exercises] == ["X@2018", "X@2019", "X@2020"]
    assert [b for f in found for b in f.breaches] == []
