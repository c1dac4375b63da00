"""Four weeks; each country wants 1 point (worth 3 each) and then 1 more (worth 1) of armour and of fires.
Weights: Poland 1, Lithuania 2; armour 1, fires 0.5. A TANK company has 1 point of armour; by sea
it is ready from week 2. POZ to RUK takes tanks 9 days: half credit in Lithuania."""

from optimizer.domain import Demand, Host, Reach, Scenario
from tests.build import case, plan, rot, run, standing
from tests.goals.cases.example import Example

UNITS = {"U1": "TANK", "U2": "TANK", "U3": "TANK"}
THREE = case(4, units=UNITS)


def sea(n: int):
    return [rot(f"U{i}", 0, 4, f"U{i}a POZ sea") for i in range(1, n + 1)]


def weighing(scenario: Scenario, weigh: bool = True, worst: int = 0, **rest):
    settings = {"weigh_scenarios": weigh, "worst_scenario_weight": worst}
    return case(4, units=UNITS, scenarios=(scenario,), settings=settings, **rest)


LATE = Scenario("late", "late", 500, late_units=frozenset({"U1"}), late_weeks=1)
LOST = Scenario("lost", "lost", 250, lost_sets=frozenset({"S1"}))
SET = weighing(LOST, worst=400, sets={"S1": {}})
AT_RUK = case(4, units=UNITS, exercises={"X1": {"hosts": (Host("RUK"),)}})
FLOWN = plan(run("X1", "POZ", 2, "N1 U1a sea"))


def flown(late: int):
    delay = Scenario("late", "late", 500, late_units=frozenset({"U1"}), late_weeks=late)
    return weighing(delay, exercises={"X1": {"hosts": (Host("POZ"),)}})


EXAMPLES = (
    Example("coverage", "nobody there", THREE, plan(), 0.0),
    # weeks 2 and 3: Poland 3 × 1, Lithuania 2 × 3 × 0.5
    Example("coverage", "one company", THREE, plan(*sea(1)), 12.0),
    # Poland 3 + 1, Lithuania 2 × 3
    Example("coverage", "a second is worth less in Poland", THREE, plan(*sea(2)), 20.0),
    # Poland wants no third; Lithuania 2 × (3 + 0.5)
    Example("coverage", "a third only helps Lithuania", THREE, plan(*sea(3)), 22.0),
    # at RUK in both weeks: Lithuania 2 × 3; Poland, 8 days away, 3 × 0.5
    Example("coverage", "counted where it exercises", AT_RUK, plan(*sea(1), run("X1", "RUK", 2, "N1 U1a")), 15.0),
    # Reach gives full credit in Lithuania: (3 + 2 × 3) × 2
    Example(
        "coverage", "reach overrides days", case(4, units=UNITS, reach=(Reach("POZ", "LT", 1000),)), plan(*sea(1)), 18.0
    ),
    # 2 points wanted in week 3 alone, at the lower level: Poland 3 in week 2 and in week 3, nothing in Lithuania
    Example(
        "coverage",
        "a surge",
        case(
            4,
            units=UNITS,
            demands=(Demand("PL", "armour", "assure", 0, 4, 1000), Demand("PL", "armour", "assure", 3, 4, 2000)),
        ),
        plan(*sea(2)),
        9.0,
    ),
    # stored, its one point counts 0.15: (3 × 0.15 + 2 × 3 × 0.075) × 4 weeks
    Example("coverage", "a stored set", case(4, units=UNITS, sets={"S1": {}}), plan(*standing(SET)), 3.6),
    # drawn in weeks 0 to 3: only the company counts, ready from week 1: 6 × 3 weeks
    Example(
        "coverage",
        "a drawn set counts no longer",
        case(4, units=UNITS, sets={"S1": {}}),
        plan(*standing(SET), rot("U1", 0, 4, "U1a POZ set:S1")),
        18.0,
    ),
    # late, the company has week 3 alone: half of 12 and half of 6
    Example("coverage", "late half the time", weighing(LATE), plan(*sea(1)), 9.0),
    Example("coverage", "late, but not weighed", weighing(LATE, weigh=False), plan(*sea(1)), 12.0),
    # flown in for X1 in weeks 2 and 3: in time, or (late by a week) not at all in half the cases
    Example("coverage", "flown in by a unit late by nothing", flown(0), FLOWN, 12.0),
    Example("coverage", "flown in by a unit that is late", flown(1), FLOWN, 6.0),
    # expected 0.75 × 3.6 = 2.7, worst 0: 0.6 × 2.7
    Example("coverage", "the worst weighs too", SET, plan(*standing(SET)), 1.62),
    # without the corridor the way to RUK leads over DRA, 10 days; no leg at all without DRA–RUK too
    Example(
        "coverage",
        "the corridor may close",
        weighing(
            Scenario("c", "closed", 500, closed_routes=frozenset({"corridor"})), legs=THREE.legs[:1] + THREE.legs[2:]
        ),
        plan(*sea(1)),
        9.0,
    ),
)
