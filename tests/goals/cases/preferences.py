"""Prefer lines at 0.5."""

from dataclasses import replace

from optimizer.domain import Case, Lock, Purchase, Stay
from tests.build import case, plan, rot, run
from tests.goals.cases.example import Example

BASE = case(units={"U1": "TANK ART?"}, sets={"S1": {}}, exercises={"X1": {}}, upgrades={"B1": {}})
PLAN = plan(
    rot("U1", 2, 6, "U1a POZ sea", "U1b RUK air"),
    Stay("S1", "POZ", 0, 5),
    Stay("S1", "DRA", 6, 12),
    run("X1", "DRA", 4, "N1 U1a"),
    Purchase("B1", 3),
)


def line(kind: str, subject: str, start=None, end=None, rule: str = "prefer", price: float = 0.5, **rest) -> Case:
    return replace(BASE, locks=(Lock("L1", rule, kind, subject, start=start, end=end, price=price, **rest),))


EXAMPLES = (
    # weeks 2 to 5; the optional battery may be elsewhere
    Example("preferences", "a unit in Poland", line("unit", "U1", place="PL"), PLAN, 2.0),
    Example("preferences", "a unit in Poland from week 4", line("unit", "U1", 4, place="PL"), PLAN, 1.0),
    Example("preferences", "a unit in Lithuania", line("unit", "U1", place="LT"), PLAN, 0.0),
    Example("preferences", "an element anywhere", line("element", "U1b"), PLAN, 2.0),
    # weeks 6 to 11
    Example("preferences", "a set at DRA", line("set", "S1", place="DRA"), PLAN, 3.0),
    Example("preferences", "an exercise at DRA", line("exercise", "X1", place="DRA"), PLAN, 0.5),
    Example("preferences", "an exercise later", line("exercise", "X1", 5, 9), PLAN, 0.0),
    Example("preferences", "a participant", line("participant", "U1a", exercise="X1"), PLAN, 0.5),
    Example("preferences", "an upgrade", line("upgrade", "B1", 0, 4), PLAN, 0.5),
    Example("preferences", "rather not", line("element", "U1b", price=-1.0), PLAN, -4.0),
    Example("preferences", "orders earn nothing", line("element", "U1b", 2, 6, rule="must"), PLAN, 0.0),
)
