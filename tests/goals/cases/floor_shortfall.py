"""0.05 for each of 100 people missing in Poland and 50 in Lithuania, in six weeks."""

from dataclasses import replace

from tests.build import case, plan, rot, tweak
from tests.goals.cases.example import Example

FLOORS = tweak(tweak(case(6, units={"U1": "TANK"}), "countries", "PL", floor=100), "countries", "LT", floor=50)

EXAMPLES = (
    # 150 people in 6 weeks
    Example("floor-shortfall", "nobody", FLOORS, plan(), -45.0),
    # Poland lacks 100 in weeks 0, 1 and 5; Lithuania 50 throughout
    Example("floor-shortfall", "three weeks in Poland", FLOORS, plan(rot("U1", 2, 5, "U1a POZ sea")), -30.0),
    # more than wanted in Lithuania does not make up for Poland
    Example("floor-shortfall", "all in Lithuania", FLOORS, plan(rot("U1", 0, 6, "U1a RUK sea")), -30.0),
    Example("floor-shortfall", "no floors", replace(FLOORS, countries=case().countries), plan(), 0.0),
)
