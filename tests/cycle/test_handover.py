"""What a plan does to the next year, worked by hand on a case of one year."""

from datetime import date

from optimizer.cycle.handover import hand_over
from optimizer.domain import Plan, Stay, Window
from tests.tiny import case, plan, rot


def test_who_is_out_what_it_costs_and_when_it_is_rested() -> None:
    # tank companies cost 0.1 a week and rest as long as they were away: out for 4 weeks of next year, away 6
    h = hand_over(case(units={"U1": "TANK"}, weeks=52), plan(rot("U1", 50, 56, "U1a POZ sea")))
    (out,) = h.out
    assert (h.start, out.home, out.weeks, out.rested) == (date(2018, 10, 1), date(2018, 10, 29), 4, date(2018, 12, 10))
    assert round(out.cost, 6) == 0.4


def test_a_set_that_falls_due_in_use_is_told() -> None:
    # last block at the start, every 54 weeks: due two weeks into the year; held until four weeks in, one more of reset
    c = case(units={"U1": "TANK"}, weeks=52, sets={"S1": {"interval": 54, "maintenance_weeks": 2, "reset_weeks": 1}})
    h = hand_over(c, plan(rot("U1", 50, 56, "U1a POZ set:S1"), Stay("S1", "POZ", 0, 52)))
    (s,) = h.sets
    assert (s.holder, s.busy_until, s.due, s.slack) == ("U1a", date(2018, 11, 5), date(2018, 10, 15), -3)


def test_units_that_cannot_go_and_why() -> None:
    c = case(units={"U1": "TANK", "U2": "TANK"}, weeks=52, windows=(Window("U1", 0, 60), Window("U2", 0, 30)))
    h = hand_over(c, Plan())
    assert {s.unit: s.why.split(":")[0] for s in h.stuck} == {"U2": "no window from then on"}
