"""S1: a block of two weeks within 6 weeks of the last, which ended in week −1; so due in week 5 of 12."""

from dataclasses import replace

from optimizer.domain import Maintenance, Stay
from tests.build import case, plan, rot, setting, standing, tweak
from tests.rules.cases.trial import Trial

ONE = case(units={"U1": "TANK"}, sets={"S1": {"interval": 6, "maintenance_weeks": 2, "last_maintenance": -1}})
OFTEN = tweak(ONE, "sets", "S1", interval=3)
OVERDUE = tweak(ONE, "sets", "S1", interval=20, last_maintenance=-25)
LATE = tweak(ONE, "sets", "S1", available=4, last_maintenance=-10)

# no word of the planner: maintained [−5, −3) by the last plan, so due in week 3; or [−20, −18), typed −2: due in week 4
HISTORY = replace(tweak(ONE, "sets", "S1", last_maintenance=None), last=plan(Maintenance("S1", -5, -3)))
OLDER = replace(tweak(ONE, "sets", "S1", last_maintenance=-2), last=plan(Maintenance("S1", -20, -18)))

RUNNING = replace(tweak(ONE, "sets", "S1", last_maintenance=None), last=plan(Maintenance("S1", -1, 1)))
OFTEN_ENOUGH = tweak(ONE, "sets", "S1", interval=20)


def blocks(c, *starts: int):
    return plan(*standing(c), *(Maintenance("S1", a, min(a + 2, 12)) for a in starts))


HOLD = rot("U1", 3, 5, "U1a POZ set:S1")  # held [3, 6), reset included

# held [9, 15) past the end, reset included; after the block [5, 7) the next is due in week 13, after [7, 9) in week 15
PAST = setting(ONE, look_past_end=True)
BEYOND = rot("U1", 9, 14, "U1a POZ set:S1")
SLOW = tweak(PAST, "sets", "S1", reset_weeks=3)
PAIR = tweak(case(units={"U1": "TANK INF"}), "unit_types", "BDE", stagger=2)
PAIR = replace(PAIR, sets=ONE.sets, holdings=ONE.holdings, settings=PAST.settings)
GONE = rot("U1", -3, 20, "U1a POZ set:S1")
UNDERWAY = replace(tweak(PAST, "sets", "S1", interval=20), last=plan(GONE))

CASES = (
    # the next would be due 6 weeks after week 7, after the plan
    Trial("set-maintenance", "just in time", ONE, blocks(ONE, 5)),
    Trial("set-maintenance", "a week late", ONE, blocks(ONE, 6), ((5, ("S1",), 1),)),
    # due in week 5 and not seen in the 7 weeks left
    Trial("set-maintenance", "never", ONE, blocks(ONE), ((5, ("S1",), 7),)),
    Trial("set-maintenance", "in time after the last plan's", HISTORY, blocks(HISTORY, 3, 10)),
    Trial("set-maintenance", "late after the last plan's", HISTORY, blocks(HISTORY, 4, 10), ((3, ("S1",), 1),)),
    Trial("set-maintenance", "in time after what was typed since", OLDER, blocks(OLDER, 4, 11)),
    Trial("set-maintenance", "due when the plan ends", tweak(ONE, "sets", "S1", last_maintenance=6), blocks(ONE)),
    # due in week 11, cut by the end of the plan
    Trial("set-maintenance", "cut at the end", tweak(ONE, "sets", "S1", last_maintenance=5), blocks(ONE, 11)),
    # due in weeks 2, 4 + 3 = 7, 9 + 3 = 12
    Trial("set-maintenance", "every three weeks", OFTEN, blocks(OFTEN, 2, 7)),
    Trial("set-maintenance", "the second is missing", OFTEN, blocks(OFTEN, 2), ((7, ("S1",), 5),)),
    Trial("set-maintenance", "the second is late", OFTEN, blocks(OFTEN, 2, 9), ((7, ("S1",), 2),)),
    # due in week −5, so at once
    Trial("set-maintenance", "overdue and begun at once", OVERDUE, blocks(OVERDUE, 0)),
    Trial("set-maintenance", "overdue and put off", OVERDUE, blocks(OVERDUE, 1), ((0, ("S1",), 1),)),
    # due in week −4 but there only from week 4: begun then, the next is due in week 12
    Trial("set-maintenance", "begun when it comes", LATE, blocks(LATE, 4)),
    Trial("set-maintenance", "put off when it comes", LATE, blocks(LATE, 5), ((4, ("S1",), 1),)),
    Trial(
        "set-maintenance",
        "while held",
        ONE,
        plan(*standing(ONE), Maintenance("S1", 5, 7), HOLD),
        ((5, ("S1", "U1a"), 1),),
    ),
    Trial(
        "set-maintenance",
        "before it is held",
        ONE,
        plan(*standing(ONE), Maintenance("S1", 1, 3), HOLD, Maintenance("S1", 8, 10)),
    ),
    # week 6 is spent on the road to DRA
    Trial(
        "set-maintenance",
        "in two places",
        ONE,
        plan(Stay("S1", "POZ", 0, 6), Stay("S1", "DRA", 7, 12), Maintenance("S1", 5, 7)),
        ((5, ("S1",), 1),),
    ),
    Trial(
        "set-maintenance",
        "too short",
        ONE,
        plan(*standing(ONE), Maintenance("S1", 5, 6)),
        ((5, ("S1",), 1),),
        considered=False,
    ),
    # [4, 6) and [5, 7): in time, but both at once in week 5
    Trial("set-maintenance", "two at once", ONE, blocks(ONE, 4, 5), ((5, ("S1",), 1),), considered=False),
    Trial(
        "set-maintenance",
        "not needed",
        tweak(ONE, "sets", "S1", interval=0),
        blocks(ONE, 5),
        ((5, ("S1",), 2),),
        considered=False,
    ),
    Trial(
        "set-maintenance",
        "held past the end, and free in time",
        PAST,
        plan(*blocks(ONE, 5, 7).maintenance, *standing(ONE), BEYOND),
    ),
    Trial(
        "set-maintenance",
        "due while held past the end",
        PAST,
        plan(*blocks(ONE, 5).maintenance, *standing(ONE), BEYOND),
        ((13, ("S1", "U1a"), 2),),
    ),
    Trial("set-maintenance", "nobody looks past it", ONE, plan(*blocks(ONE, 5).maintenance, *standing(ONE), BEYOND)),
    # gone in week 11, reset until week 14
    Trial(
        "set-maintenance",
        "due while in reset past the end",
        SLOW,
        plan(*blocks(SLOW, 5).maintenance, *standing(SLOW), rot("U1", 7, 11, "U1a POZ set:S1")),
        ((13, ("S1", "U1a"), 1),),
    ),
    # the company itself leaves in week 12, its unit in week 14: until then, and a week more
    Trial(
        "set-maintenance",
        "held until its unit has left",
        PAIR,
        plan(*blocks(PAIR, 5).maintenance, *standing(PAIR), rot("U1", 9, 14, "U1a POZ set:S1 9 12", "U1b POZ air")),
        ((13, ("S1", "U1a"), 2),),
    ),
    # the company leaves in week 11, inside the plan: held until week 12, whenever its unit goes
    Trial(
        "set-maintenance",
        "held as long as it is there itself",
        PAIR,
        plan(*blocks(PAIR, 5).maintenance, *standing(PAIR), rot("U1", 9, 13, "U1a POZ set:S1 9 11", "U1b POZ air")),
    ),
    # due in week 19 and held until week 21, by what is under way: no plan can help it
    Trial("set-maintenance", "under way past the end", UNDERWAY, plan(*standing(UNDERWAY), GONE)),
    # in maintenance on day one, until week 1: due in week 7
    Trial("set-maintenance", "after the block under way", RUNNING, blocks(RUNNING, 7)),
    Trial("set-maintenance", "late after the block under way", RUNNING, blocks(RUNNING, 8), ((7, ("S1",), 1),)),
    Trial(
        "set-maintenance",
        "after the plan",
        OFTEN_ENOUGH,
        plan(*standing(OFTEN_ENOUGH), Maintenance("S1", 12, 14)),
        ((12, ("S1",), 1),),
        considered=False,
    ),
)
