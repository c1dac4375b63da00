"""Poland allows 100 people, 200 in hand-overs; a TANK company of 100 by sea settles after 2 weeks."""

from dataclasses import replace

from tests.build import case, plan, rot, setting, tweak
from tests.rules.cases.trial import Trial

PLAIN = case(units={"U1": "TANK", "U2": "TANK"})
CAPPED = tweak(PLAIN, "countries", "PL", cap=100, handover_cap=200)
TIGHT = tweak(PLAIN, "countries", "PL", cap=100, handover_cap=150)
# a company is a quarter of a brigade; no rotation over 4 weeks
ACT = setting(tweak(PLAIN, "countries", "PL", brigade_cap=250), founding_act=True, founding_act_weeks=4)


def sea(unit: str, arrive: int, depart: int, site: str = "POZ"):
    return rot(unit, arrive, depart, f"{unit}a {site} sea")


LONG = plan(sea("U1", -3, 4))

CASES = (
    Trial("host-cap", "a relief in two towns", CAPPED, plan(sea("U1", 0, 6), sea("U2", 4, 8, "DRA"))),
    Trial(
        "host-cap",
        "too many in a relief",
        TIGHT,
        plan(sea("U1", 0, 6), sea("U2", 4, 8, "DRA")),
        ((4, ("PL", "U1", "U2"), 50),),
    ),
    Trial("host-cap", "the other is in Lithuania", TIGHT, plan(sea("U1", 0, 6), sea("U2", 4, 8, "RUK"))),
    # U2 settles in week 5, U1 leaves after it
    Trial(
        "host-cap",
        "too many settled",
        CAPPED,
        plan(sea("U1", 0, 6), sea("U2", 3, 7, "DRA")),
        ((5, ("PL", "U1", "U2"), 100),),
    ),
    Trial("host-cap", "without caps", PLAIN, plan(sea("U1", 0, 6), sea("U2", 3, 7, "DRA"))),
    Trial("host-cap", "one company of a quarter brigade", ACT, plan(sea("U1", 0, 4), sea("U2", 4, 8, "DRA"))),
    # weeks 2 and 3: half a brigade where a quarter is allowed
    Trial(
        "host-cap",
        "too many brigades",
        ACT,
        plan(sea("U1", 0, 4), sea("U2", 2, 6, "DRA")),
        ((2, ("PL", "U1", "U2"), 0.25),),
    ),
    Trial("host-cap", "too long in place", ACT, plan(sea("U1", 1, 7)), ((1, ("U1",), 2),)),
    Trial("host-cap", "the switch is off", setting(ACT, founding_act=False), plan(sea("U1", 1, 7), sea("U2", 2, 6))),
    Trial("host-cap", "too many, but under way", tweak(replace(PLAIN, last=LONG), "countries", "PL", cap=60), LONG),
    Trial("host-cap", "too long, but under way", replace(ACT, last=LONG), LONG),
)
