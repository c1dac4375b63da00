"""Poland has a hard floor of 100 people in each of 6 weeks; a TANK company has 100."""

from tests.build import case, plan, rot, run, setting, tweak
from tests.rules.cases.trial import Trial

HARD = setting(
    tweak(case(6, units={"U1": "TANK", "U2": "TANK"}, exercises={"X1": {}}), "countries", "PL", floor=100),
    floor_hard=True,
)


def sea(unit: str, arrive: int, depart: int, site: str = "POZ"):
    return rot(unit, arrive, depart, f"{unit}a {site} sea")


CASES = (
    Trial("presence-floor", "RSOI counts", HARD, plan(sea("U1", 0, 6))),
    Trial("presence-floor", "one after the other", HARD, plan(sea("U1", 0, 3), sea("U2", 3, 6, "DRA"))),
    Trial("presence-floor", "late and gone early", HARD, plan(sea("U1", 2, 5)), ((0, ("PL",), 100), (5, ("PL",), 100))),
    Trial("presence-floor", "in the wrong country", HARD, plan(sea("U1", 0, 6, "RUK")), ((0, ("PL",), 100),)),
    # 200 where 250 are wanted until U1 leaves, then 100
    Trial(
        "presence-floor",
        "the worst week tells the size",
        tweak(HARD, "countries", "PL", floor=250),
        plan(sea("U1", 0, 4), sea("U2", 0, 6)),
        ((0, ("PL",), 150),),
    ),
    # U2 is flown in for [4, 6) and arrives in week 2
    Trial("presence-floor", "exercises count", HARD, plan(sea("U1", 0, 2), run("X1", "DRA", 4, "N1 U2a sea"))),
    Trial("presence-floor", "soft floors never break", setting(HARD, floor_hard=False), plan()),
)
