"""A TANK company rotates for 2 to 6 weeks; plans of 12 weeks."""

from optimizer.domain import Plan
from tests.build import case, plan, rot
from tests.rules.cases.trial import Trial

ONE = case(units={"U1": "TANK"})


def sea(*spans: tuple[int, int]) -> Plan:
    return plan(*(rot("U1", a, d, "U1a POZ sea") for a, d in spans))


CASES = (
    Trial("rotation-length", "the shortest and the longest", ONE, sea((0, 2), (5, 11))),
    Trial("rotation-length", "a single week", ONE, sea((3, 4)), ((3, ("U1",), 1),)),
    # 8 weeks where 6 are allowed
    Trial("rotation-length", "two weeks too long", ONE, sea((1, 9)), ((1, ("U1",), 2),)),
    # length counts past the end of the plan: 16 − 9 = 7
    Trial("rotation-length", "too long beyond the plan", ONE, sea((9, 16)), ((9, ("U1",), 1),)),
    Trial("rotation-length", "long enough beyond the plan", ONE, sea((11, 13))),
    Trial("rotation-length", "under way for long", case(units={"U1": "TANK"}, last=sea((-5, 4))), sea((-5, 4))),
)
