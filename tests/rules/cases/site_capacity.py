"""POZ with 100 places and 200 hand-over places; a TANK company of 100 by sea settles after 2 weeks."""

from optimizer.domain import Closure, Purchase
from tests.build import case, plan, rot, run, tweak
from tests.rules.cases.trial import Trial

TWO = tweak(case(units={"U1": "TANK", "U2": "TANK"}), "sites", "POZ", places=100, handover_places=200)
TIGHT = tweak(TWO, "sites", "POZ", handover_places=150)


def closed(what: str, place: str = "POZ"):
    return case(units={"U1": "TANK"}, closures=(Closure(place, 3, 5, what, 60),))


def sea(unit: str, arrive: int, depart: int, site: str = "POZ"):
    return rot(unit, arrive, depart, f"{unit}a {site} sea")


RUK = tweak(
    case(units={"U1": "TANK"}, upgrades={"B1": {}}), "sites", "RUK", places=0, handover_places=100
)  # B1: 300 more of both, two weeks after it is bought
UNDERWAY = tweak(
    case(units={"U1": "TANK", "U2": "INF"}, last=plan(sea("U1", -2, 4))), "sites", "POZ", places=60, handover_places=60
)

CASES = (
    Trial("site-capacity", "one company fills it", TWO, plan(sea("U1", 0, 6))),
    # weeks 4 and 5: 200 there, U2 not yet settled; it settles in week 6, when U1 is gone
    Trial("site-capacity", "a relief in place", TWO, plan(sea("U1", 0, 6), sea("U2", 4, 8))),
    Trial(
        "site-capacity",
        "a relief without beds",
        TIGHT,
        plan(sea("U1", 0, 6), sea("U2", 4, 8)),
        ((4, ("POZ", "U1", "U2"), 50),),
    ),
    # U2 settles in week 5, a week before U1 leaves
    Trial(
        "site-capacity",
        "a relief that takes too long",
        TWO,
        plan(sea("U1", 0, 6), sea("U2", 3, 7)),
        ((5, ("POZ", "U1", "U2"), 100),),
    ),
    # weeks 3 and 4: 100 people, settled since week 2, where 60 may stay: both caps are broken by 40
    Trial(
        "site-capacity",
        "closed in part",
        closed("places"),
        plan(sea("U1", 0, 6)),
        ((3, ("POZ", "U1"), 40), (3, ("POZ", "U1"), 40)),
    ),
    # arrives in week 4, so that only presence breaks, in that week
    Trial(
        "site-capacity",
        "closed with its country",
        closed("all", "PL"),
        plan(sea("U1", 4, 8)),
        ((4, ("POZ", "U1"), 40),),
    ),
    Trial("site-capacity", "only the range is closed", closed("range"), plan(sea("U1", 0, 6))),
    # bought in week 1, ready in week 3, when U1 settles
    Trial("site-capacity", "places bought in time", RUK, plan(sea("U1", 1, 5, "RUK"), Purchase("B1", 1))),
    Trial(
        "site-capacity",
        "places bought a week late",
        RUK,
        plan(sea("U1", 1, 5, "RUK"), Purchase("B1", 2)),
        ((3, ("RUK", "U1"), 100),),
    ),
    Trial("site-capacity", "too many, but under way", UNDERWAY, plan(sea("U1", -2, 4))),
    # U2 (120, settled at once) comes in week 2: 220 against the 100 forgiven until week 3, then 120 against 60
    Trial(
        "site-capacity",
        "more on top of what is under way",
        UNDERWAY,
        plan(sea("U1", -2, 4), rot("U2", 2, 5, "U2a POZ air")),
        ((2, ("POZ", "U1", "U2"), 120), (2, ("POZ", "U1", "U2"), 120)),
    ),
    # those flown in never settle but need beds: 100 + 100 in weeks 3 to 6 (arrival 3, exercise [5, 7))
    Trial(
        "site-capacity",
        "an exercise takes the beds",
        tweak(
            case(units={"U1": "TANK", "U2": "TANK"}, exercises={"X1": {}}),
            "sites",
            "POZ",
            places=100,
            handover_places=150,
        ),
        plan(sea("U1", 0, 6), run("X1", "POZ", 5, "N1 U2a sea")),
        ((3, ("POZ", "U1", "U2"), 50),),
    ),
)
