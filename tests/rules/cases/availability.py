"""A TANK company comes by sea (lead 4 weeks, RSOI 2) or on a set (lead 2, RSOI 1); plans of 12 weeks."""

from dataclasses import replace

from optimizer.domain import Plan, Window
from tests.build import case, plan, rot, run, setting, standing, tweak
from tests.rules.cases.trial import Trial

ONE = case(units={"U1": "TANK"})
WITH_SET = case(units={"U1": "TANK"}, sets={"S1": {}})
# X1 starts in week 4: whoever comes by sea arrives in week 2 and leaves in week 6
FLOWN = plan(run("X1", "DRA", 4, "N1 U1a sea"))
SOON = case(units={"U1": "TANK"}, exercises={"X1": {}})
EARLY = plan(run("X1", "DRA", 1, "N1 U1a sea"))
ON_SET = case(units={"U1": "TANK"}, sets={"S1": {}}, exercises={"X1": {}})
DRAWN = plan(*standing(ON_SET), run("X1", "POZ", 0, "N1 U1a set:S1"))


def windows(*spans: tuple[int, int], **more):
    return case(units={"U1": "TANK"}, windows=tuple(Window("U1", a, b) for a, b in spans), **more)


def sea(arrive: int, depart: int) -> Plan:
    return plan(rot("U1", arrive, depart, "U1a POZ sea"))


CASES = (
    Trial("availability", "fills its window exactly", windows((1, 7)), sea(1, 7)),
    Trial("availability", "arrives a week before its window", windows((2, 7)), sea(1, 7), ((1, ("U1",), 1),)),
    Trial("availability", "leaves two weeks after its window", windows((0, 4)), sea(0, 6), ((0, ("U1",), 2),)),
    # [2, 6) sticks out of [0, 4) by 2 weeks and out of [4, 8) by 2: adjoining windows do not add up
    Trial("availability", "straddles two windows", windows((0, 4), (4, 8)), sea(2, 6), ((2, ("U1",), 2),)),
    # no window: the whole rotation of 4 weeks is outside
    Trial("availability", "has no window", windows(), sea(3, 7), ((3, ("U1",), 4),)),
    # release −1 + 4 weeks of lead = week 3
    Trial("availability", "first ship after release", setting(ONE, release=-1), sea(3, 7)),
    Trial("availability", "a week too soon by sea", setting(ONE, release=-1), sea(2, 6), ((2, ("U1", "U1a"), 1),)),
    # −1 + 2 weeks of lead for falling in on a set = week 1
    Trial("availability", "the set is quicker", setting(WITH_SET, release=-1), plan(rot("U1", 1, 5, "U1a POZ set:S1"))),
    Trial(
        "availability",
        "even the set not at once",
        setting(WITH_SET, release=-1),
        plan(rot("U1", 0, 4, "U1a POZ set:S1")),
        ((0, ("U1", "U1a"), 1),),
    ),
    # a tank company does not fly
    Trial(
        "availability",
        "a mode nobody offers",
        ONE,
        plan(rot("U1", 3, 7, "U1a POZ air")),
        ((3, ("U1", "U1a"), 1),),
        considered=False,
    ),
    Trial("availability", "arrives after the plan", ONE, sea(13, 17), ((13, ("U1",), 2),), considered=False),
    # the plan has 12 weeks: the unit arrives in the last one, an element a week later, after the plan
    Trial(
        "availability",
        "an element comes after the plan",
        tweak(case(units={"U1": "TANK ART"}), "unit_types", "BDE", stagger=1),
        plan(rot("U1", 11, 17, "U1a POZ sea", "U1b RUK air 12 17")),
        ((12, ("U1", "U1b"), 1),),
        considered=False,
    ),
    Trial("availability", "arrived before the plan", ONE, sea(-1, 3), ((-1, ("U1",), 1),), considered=False),
    # under way: no window, arrived before the release; nothing to say about it
    Trial("availability", "under way", windows(last=sea(-3, 3), settings={"release": 0}), sea(-3, 3)),
    Trial("availability", "flown in inside a window", windows((2, 6), exercises={"X1": {}}), FLOWN),
    Trial(
        "availability",
        "flown in a week before the window",
        windows((3, 9), exercises={"X1": {}}),
        FLOWN,
        ((2, ("U1", "U1a"), 1),),
    ),
    # two weeks of RSOI before week 1
    Trial("availability", "flown in before the plan", SOON, EARLY, ((-1, ("U1", "U1a"), 1),), considered=False),
    Trial("availability", "flown in before the plan, as by the last", replace(SOON, last=EARLY), EARLY),
    # by sea in week −1 for X1 at DRA
    Trial(
        "availability",
        "flown in before the plan, but for another place",
        replace(SOON, last=EARLY),
        plan(run("X1", "POZ", 1, "N1 U1a sea")),
        ((-1, ("U1", "U1a"), 1),),
        considered=False,
    ),
    # a week of RSOI on the set: drawn in week −1, before the plan
    Trial("availability", "drew its set before the plan, as by the last", replace(ON_SET, last=DRAWN), DRAWN),
    Trial("availability", "draws its set before the plan", ON_SET, DRAWN, ((-1, ("U1", "U1a"), 1),), considered=False),
    # release 0 + 4 weeks of lead, but arrival in week 2
    Trial(
        "availability",
        "flown in before the lead time is over",
        windows((0, 12), exercises={"X1": {}}, settings={"release": 0}),
        FLOWN,
        ((2, ("U1", "U1a"), 2),),
    ),
)
