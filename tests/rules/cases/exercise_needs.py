"""X1 takes two weeks at DRA. A TANK company by sea is ready two weeks after arrival."""

from optimizer.domain import Need
from tests.build import case, plan, rot, run
from tests.rules.cases.trial import Trial


def wants(what: str = "TANK", count: int = 1, units: str = "TANK", **more):
    legs = {k: more.pop(k) for k in ("legs",) if k in more}
    need = Need("N1", what, count, **more)
    return case(units={"U1": units, "U2": "INF"}, exercises={"X1": {"needs": (need,)}}, sets={"S1": {}}, **legs)


def x1(start: int, *participants: str, span: tuple[int, int] = (0, 6), base: str = "U1a POZ sea"):
    return plan(rot("U1", *span, base), run("X1", "DRA", start, *participants))


CASES = (
    Trial("exercise-needs", "ready when it starts", wants(), x1(2, "N1 U1a")),
    Trial("exercise-needs", "still arriving", wants(), x1(1, "N1 U1a"), ((1, ("X1", "U1a"), 1),)),
    Trial("exercise-needs", "leaves when it ends", wants(), x1(4, "N1 U1a")),
    # [4, 6), gone from week 5
    Trial("exercise-needs", "leaves halfway", wants(), x1(4, "N1 U1a", span=(0, 5)), ((5, ("X1", "U1a"), 1),)),
    Trial("exercise-needs", "long gone", wants(), x1(8, "N1 U1a"), ((8, ("X1", "U1a"), 2),)),
    Trial("exercise-needs", "nobody comes", wants(), x1(3), ((3, ("X1", "N1"), 1),)),
    Trial("exercise-needs", "one of two comes", wants(count=2), x1(3, "N1 U1a"), ((3, ("X1", "N1"), 1),)),
    Trial(
        "exercise-needs",
        "one too many",
        wants("armour"),
        plan(rot("U1", 0, 6, "U1a POZ sea"), rot("U2", 0, 5, "U2a POZ air"), run("X1", "DRA", 3, "N1 U1a", "N1 U2a")),
        ((3, ("X1", "N1"), 1),),
    ),
    Trial("exercise-needs", "by main capability", wants("armour"), x1(3, "N1 U1a")),
    # infantry brings fires too, but its main capability is armour
    Trial(
        "exercise-needs",
        "by a side capability",
        wants("fires"),
        plan(rot("U2", 0, 5, "U2a POZ air"), run("X1", "DRA", 2, "N1 U2a")),
        ((2, ("X1", "N1", "U2a"), 1),),
        considered=False,
    ),
    Trial("exercise-needs", "flown in", wants(origin="home"), plan(run("X1", "DRA", 4, "N1 U1a sea"))),
    Trial("exercise-needs", "flown in on a set", wants(), plan(run("X1", "DRA", 4, "N1 U1a set:S1"))),
    Trial(
        "exercise-needs",
        "flown in where theatre is wanted",
        wants(origin="theatre"),
        plan(run("X1", "DRA", 4, "N1 U1a sea")),
        ((4, ("X1", "N1", "U1a"), 1),),
        considered=False,
    ),
    Trial(
        "exercise-needs",
        "from theatre where home is wanted",
        wants(origin="home"),
        x1(3, "N1 U1a"),
        ((3, ("X1", "N1", "U1a"), 1),),
        considered=False,
    ),
    Trial(
        "exercise-needs",
        "flown in by a mode nobody offers",
        wants(),
        plan(run("X1", "DRA", 4, "N1 U1a air")),
        ((4, ("X1", "U1a"), 1),),
        considered=False,
    ),
    Trial(
        "exercise-needs",
        "flown in on no set",
        wants(),
        plan(run("X1", "DRA", 4, "N1 U1a set")),
        ((4, ("X1", "U1a"), 1),),
        considered=False,
    ),
    Trial(
        "exercise-needs",
        "serving somebody else's need",
        wants(),
        x1(3, "N1 U1a", "N9 U1a"),
        ((3, ("X1", "N9", "U1a"), 1),),
        considered=False,
    ),
    # tanks need 2 days from POZ to DRA, wheels one
    Trial("exercise-needs", "near enough", wants(max_days=2000), x1(3, "N1 U1a")),
    Trial("exercise-needs", "half a day too far", wants(max_days=1500), x1(3, "N1 U1a"), ((3, ("X1", "U1a"), 0.5),)),
    Trial(
        "exercise-needs",
        "near enough on wheels",
        wants("fires", units="ART", max_days=1500),
        x1(3, "N1 U1a", base="U1a POZ air"),
    ),
    Trial(
        "exercise-needs",
        "no way there",
        wants(max_days=9000, legs=()),
        x1(3, "N1 U1a"),
        ((3, ("X1", "U1a"), 1),),
    ),
    Trial("exercise-needs", "no way, no limit", wants(legs=()), x1(3, "N1 U1a")),
)
