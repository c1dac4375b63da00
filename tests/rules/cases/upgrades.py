"""B1 may be bought in weeks 3 to 5 of 12, B2 in any."""

from dataclasses import replace

from optimizer.domain import Purchase
from tests.build import case, plan
from tests.rules.cases.trial import Trial

ONE = case(upgrades={"B1": {"earliest": 3, "latest": 5}, "B2": {"latest": 40}})
# bought in week −4 by the last plan
BUILDING = replace(ONE, last=plan(Purchase("B1", -4)))

CASES = (
    Trial("upgrades", "first and last week", ONE, plan(Purchase("B1", 3), Purchase("B2", 11))),
    Trial("upgrades", "its last week", ONE, plan(Purchase("B1", 5))),
    Trial("upgrades", "a week too soon", ONE, plan(Purchase("B1", 2)), ((2, ("B1",), 1),)),
    Trial("upgrades", "two weeks too late", ONE, plan(Purchase("B1", 7)), ((7, ("B1",), 2),)),
    Trial("upgrades", "after the plan", ONE, plan(Purchase("B2", 12)), ((12, ("B2",), 1),), considered=False),
    Trial("upgrades", "twice", ONE, plan(Purchase("B1", 3), Purchase("B1", 5)), ((5, ("B1",), 1),), considered=False),
    Trial("upgrades", "bought before the plan", BUILDING, plan(Purchase("B1", -4), Purchase("B2", 3))),
    Trial(
        "upgrades",
        "bought before the plan, and again",
        BUILDING,
        plan(Purchase("B1", -4), Purchase("B1", 4)),
        ((4, ("B1",), 1),),
        considered=False,
    ),
    Trial(
        "upgrades",
        "before the plan, but not by the last one",
        ONE,
        plan(Purchase("B2", -1)),
        ((-1, ("B2",), 1),),
        considered=False,
    ),
)
