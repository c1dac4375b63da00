"""A thousandth per unit of money. TANK by sea: 3.0 and 0.1 a week; X1 at DRA 1.2; S1 0.01 a week, 0.5 a move."""

from optimizer.domain import Purchase, Stay
from tests.build import case, plan, rot, run, standing
from tests.goals.cases.example import Example

ONE = case(units={"U1": "TANK"}, exercises={"X1": {}}, upgrades={"B1": {}})
SET = case(units={"U1": "TANK"}, sets={"S1": {}})
OUT = plan(rot("U1", -2, 3, "U1a POZ sea"))

EXAMPLES = (
    Example("cost-trace", "nothing", ONE, plan(), 0.0),
    Example("cost-trace", "four weeks", ONE, plan(rot("U1", 0, 4, "U1a POZ sea")), -0.0034),
    # the way and two weeks; what comes after the plan is the next one's
    Example("cost-trace", "beyond the plan", ONE, plan(rot("U1", 10, 14, "U1a POZ sea")), -0.0032),
    # the way was paid before
    Example("cost-trace", "under way", case(units={"U1": "TANK"}, last=OUT), OUT, -0.0003),
    # 1.2 + 3.0 + four weeks of 0.1
    Example("cost-trace", "flown in", ONE, plan(run("X1", "DRA", 4, "N1 U1a sea")), -0.0046),
    Example("cost-trace", "bought", ONE, plan(Purchase("B1", 3)), -0.002),
    # 12 × 0.01, also while held or on the road
    Example("cost-trace", "a set stands", SET, plan(*standing(SET)), -0.00012),
    Example("cost-trace", "a set moves", SET, plan(Stay("S1", "POZ", 0, 5), Stay("S1", "DRA", 6, 12)), -0.00062),
)
