"""Set S1 stands at POZ; a company draws it on arrival and it resets for a week after departure."""

from dataclasses import replace

from optimizer.domain import Holding, Maintenance, Stay
from tests.build import case, plan, rot, run, setting, standing, tweak
from tests.rules.cases.trial import Trial

TWO = case(units={"U1": "TANK", "U2": "TANK"}, sets={"S1": {}})
PAST = setting(TWO, look_past_end=True)
AT_POZ = standing(TWO)
AT_DRA = Stay("S1", "DRA", 0, 12)


def on_set(unit: str, arrive: int, depart: int, site: str = "POZ"):
    return rot(unit, arrive, depart, f"{unit}a {site} set:S1")


FLOWN = case(units={"U1": "TANK"}, sets={"S1": {"start_site": None}}, exercises={"X1": {}})
# U1 held S1 until week −1 and the set resets for three weeks, till week 2; so it does after an exercise over in week −1
RESETTING = replace(tweak(TWO, "sets", "S1", reset_weeks=3), last=plan(on_set("U1", -7, -1)))
EXERCISED = replace(
    case(units={"U1": "TANK", "U2": "TANK"}, sets={"S1": {"reset_weeks": 3}}, exercises={"X1": {"earliest": 3}}),
    last=plan(run("X1", "POZ", -3, "N1 U1a set:S1")),
)

CASES = (
    # held [2, 7)
    Trial("set-custody", "drawn and returned", TWO, plan(*AT_POZ, on_set("U1", 2, 6))),
    Trial("set-custody", "the next draws after the reset", TWO, plan(*AT_POZ, on_set("U1", 0, 4), on_set("U2", 5, 8))),
    # [0, 5) and [4, 9) share week 4
    Trial(
        "set-custody",
        "drawn during the reset",
        TWO,
        plan(*AT_POZ, on_set("U1", 0, 4), on_set("U2", 4, 8)),
        ((4, ("S1", "U1a", "U2a"), 1),),
    ),
    Trial(
        "set-custody",
        "equipment for others",
        tweak(TWO, "sets", "S1", set_type="OTHER"),
        plan(*AT_POZ, on_set("U1", 2, 6)),
        ((2, ("S1", "U1a"), 1),),
    ),
    # held [2, 7) at DRA, where it never stands
    Trial(
        "set-custody",
        "drawn where it is not",
        TWO,
        plan(*AT_POZ, on_set("U1", 2, 6, "DRA")),
        ((2, ("S1", "U1a"), 5),),
    ),
    # its last week of reset is spent on the road
    Trial(
        "set-custody",
        "gone during the reset",
        TWO,
        plan(Stay("S1", "POZ", 0, 6), Stay("S1", "DRA", 7, 12), on_set("U1", 2, 6)),
        ((6, ("S1", "U1a"), 1),),
    ),
    Trial(
        "set-custody",
        "in maintenance while held",
        tweak(TWO, "sets", "S1", interval=20, maintenance_weeks=2),
        plan(*AT_POZ, Maintenance("S1", 5, 7), on_set("U1", 2, 6)),
        ((5, ("S1", "U1a"), 2),),
    ),
    Trial(
        "set-custody",
        "drawn before it is there",
        tweak(TWO, "sets", "S1", available=3),
        plan(Stay("S1", "POZ", 3, 12), on_set("U1", 2, 6)),
        ((2, ("S1", "U1a"), 1),),
    ),
    # held until week 15; S1 may stand at POZ until week 14, or for all that is known
    Trial(
        "set-custody",
        "held past the end of its holding",
        replace(PAST, holdings=(Holding("S1", "POZ", 0, 14),)),
        plan(*AT_POZ, on_set("U1", 9, 14)),
        ((14, ("S1", "U1a"), 1),),
    ),
    Trial(
        "set-custody",
        "held past a holding that ends with the plan",
        replace(PAST, holdings=(Holding("S1", "POZ", 0, 12),)),
        plan(*AT_POZ, on_set("U1", 9, 14)),
    ),
    Trial("set-custody", "held past the end of the plan", TWO, plan(*AT_POZ, on_set("U1", 9, 14))),
    # flown in for [5, 7) with a week of RSOI: held [4, 8)
    Trial("set-custody", "drawn for an exercise", FLOWN, plan(AT_DRA, run("X1", "DRA", 5, "N1 U1a set:S1"))),
    Trial(
        "set-custody",
        "drawn for an exercise elsewhere",
        FLOWN,
        plan(*AT_POZ, run("X1", "DRA", 5, "N1 U1a set:S1")),
        ((4, ("S1", "U1a"), 4),),
    ),
    Trial("set-custody", "drawn when the last plan's reset is over", RESETTING, plan(*AT_POZ, on_set("U2", 2, 6))),
    Trial(
        "set-custody",
        "drawn during the last plan's reset",
        RESETTING,
        plan(*AT_POZ, on_set("U2", 0, 4)),
        ((0, ("S1", "U2a"), 2),),
    ),
    Trial(
        "set-custody",
        "drawn during the maintenance under way",
        replace(TWO, last=plan(Maintenance("S1", -2, 2))),
        plan(*AT_POZ, on_set("U2", 1, 4)),
        ((1, ("S1", "U2a"), 1),),
    ),
    Trial(
        "set-custody",
        "drawn during the reset after an exercise before",
        EXERCISED,
        plan(*AT_POZ, on_set("U2", 1, 4)),
        ((1, ("S1", "U2a"), 1),),
    ),
    # under way [−2, 3), so held until week 4
    Trial(
        "set-custody",
        "still held by what is under way",
        case(units={"U1": "TANK", "U2": "TANK"}, sets={"S1": {}}, last=plan(on_set("U1", -2, 3))),
        plan(*AT_POZ, on_set("U1", -2, 3), on_set("U2", 3, 7)),
        ((3, ("S1", "U1a", "U2a"), 1),),
    ),
)
