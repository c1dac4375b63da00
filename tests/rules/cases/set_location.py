"""S1 begins at POZ and takes a slot. Moves: POZ–DRA a week (2 days), POZ–RUK two (9 days)."""

from optimizer.domain import Holding, Maintenance, Purchase, Stay
from tests.build import case, plan, rot, tweak
from tests.rules.cases.trial import Trial

ONE = case(units={"U1": "TANK"}, sets={"S1": {}})
LATE = tweak(ONE, "sets", "S1", available=3)
# DRA has one slot; B1 adds another two weeks after it is bought, S2 arrives in week 2
CROWDED = case(
    units={"U1": "TANK"},
    sets={"S1": {"start_site": "DRA"}, "S2": {"start_site": "DRA", "available": 2}},
    upgrades={"B1": {"site": "DRA", "slots": 1000}},
)
BOTH_AT_DRA = (Stay("S1", "DRA", 0, 12), Stay("S2", "DRA", 2, 12))


def s1(*stays: tuple[str, int, int]):
    return [Stay("S1", *stay) for stay in stays]


MOVED = s1(("POZ", 0, 6), ("DRA", 7, 12))

CASES = (
    Trial("set-location", "stays where it is", ONE, plan(*s1(("POZ", 0, 12)))),
    Trial("set-location", "moves in a week", ONE, plan(*s1(("POZ", 0, 5), ("DRA", 6, 12)))),
    Trial("set-location", "moves in two weeks and back", ONE, plan(*s1(("POZ", 0, 3), ("RUK", 5, 7), ("POZ", 9, 12)))),
    Trial(
        "set-location",
        "moves in no time",
        ONE,
        plan(*s1(("POZ", 0, 5), ("DRA", 5, 12))),
        ((5, ("S1", "POZ", "DRA"), 1),),
    ),
    Trial("set-location", "dawdles", ONE, plan(*s1(("POZ", 0, 5), ("DRA", 8, 12))), ((5, ("S1", "POZ", "DRA"), 2),)),
    Trial(
        "set-location", "is lost for a week", ONE, plan(*s1(("POZ", 0, 5), ("POZ", 6, 12))), ((5, ("S1", "POZ"), 1),)
    ),
    Trial("set-location", "begins elsewhere", ONE, plan(*s1(("DRA", 0, 12))), ((0, ("S1", "DRA", "POZ"), 1),)),
    Trial("set-location", "vanishes", ONE, plan(*s1(("POZ", 0, 10))), ((10, ("S1",), 2),)),
    Trial("set-location", "is nowhere", ONE, plan(), ((0, ("S1",), 12),)),
    Trial("set-location", "arrives later", LATE, plan(*s1(("POZ", 3, 12)))),
    Trial("set-location", "arrives a week after it is there", LATE, plan(*s1(("POZ", 4, 12))), ((3, ("S1",), 1),)),
    Trial("set-location", "never arrives", tweak(ONE, "sets", "S1", available=12), plan()),
    # allowed at POZ for [0, 8) only
    Trial(
        "set-location",
        "outstays its welcome",
        case(units={"U1": "TANK"}, sets={"S1": {}}, holdings=(Holding("S1", "POZ", 0, 8),)),
        plan(*s1(("POZ", 0, 12))),
        ((0, ("S1", "POZ"), 4),),
    ),
    Trial("set-location", "a slot bought in time", CROWDED, plan(*BOTH_AT_DRA, Purchase("B1", 0))),
    Trial(
        "set-location",
        "a slot bought late",
        CROWDED,
        plan(*BOTH_AT_DRA, Purchase("B1", 1)),
        ((2, ("DRA", "S1", "S2"), 1),),
    ),
    Trial(
        "set-location",
        "no way there",
        case(units={"U1": "TANK"}, sets={"S1": {}}, legs=()),
        plan(*s1(("POZ", 0, 5), ("DRA", 6, 12))),
        ((5, ("S1", "POZ", "DRA"), 1),),
    ),
    # held [2, 7), on the road in week 6
    Trial(
        "set-location",
        "moves while held",
        ONE,
        plan(*MOVED, rot("U1", 2, 6, "U1a POZ set:S1")),
        ((6, ("S1", "U1a"), 1),),
    ),
    Trial("set-location", "moves once it is reset", ONE, plan(*MOVED, rot("U1", 2, 5, "U1a POZ set:S1"))),
    Trial(
        "set-location",
        "moves while in maintenance",
        tweak(ONE, "sets", "S1", interval=20, maintenance_weeks=2),
        plan(*MOVED, Maintenance("S1", 5, 7)),
        ((6, ("S1",), 1),),
    ),
)
