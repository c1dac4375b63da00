"""TANK companies rotate for 4 weeks as a standard; each week more costs 2."""

from tests.build import case, plan, rot
from tests.goals.cases.example import Example

TWO = case(units={"U1": "TANK", "U2": "TANK"})
OUT = plan(rot("U1", -4, 2, "U1a POZ sea"))

EXAMPLES = (
    Example("over-length", "standard", TWO, plan(rot("U1", 0, 4, "U1a POZ sea")), 0.0),
    Example("over-length", "shorter gives nothing back", TWO, plan(rot("U1", 0, 2, "U1a POZ sea")), 0.0),
    Example(
        "over-length",
        "two units, three weeks",
        TWO,
        plan(rot("U1", 0, 6, "U1a POZ sea"), rot("U2", 1, 6, "U2a POZ sea")),
        -6.0,
    ),
    # weeks after the plan count as well
    Example("over-length", "beyond the plan", TWO, plan(rot("U1", 9, 15, "U1a POZ sea")), -4.0),
    Example("over-length", "under way", case(units={"U1": "TANK"}, last=OUT), OUT, 0.0),
)
