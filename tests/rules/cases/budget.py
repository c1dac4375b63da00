"""A TANK company by sea costs 3.0 for the way and 0.1 a week: 3.4 on line presence for four weeks.
X1 at DRA costs 1.2 on line exercises; B1 costs 2.0 on line infrastructure. Fiscal year 2018."""

from datetime import date

from optimizer.domain import Budget, Purchase, Scenario
from tests.build import case, plan, rot, run
from tests.rules.cases.trial import Trial

FOUR_WEEKS = rot("U1", 0, 4, "U1a POZ sea")
SPENDS = plan(FOUR_WEEKS)


def money(line: str, thousands: int, year: int = 2018, **rest) -> Budget:
    return Budget(year, line, thousands * 1000, **rest)


def rows(*budgets: Budget, **rest):
    return case(units={"U1": "TANK"}, exercises={"X1": {}}, upgrades={"B1": {}}, budgets=budgets, **rest)


def resolution(last_year: int):
    """Four weeks at last year's rate, 4/52 of it; plenty of money otherwise."""
    cr = Scenario("cr", "continuing resolution", cr_weeks=4)
    lines = money("presence", 99_000, last_year=last_year * 1_000_000), money("infrastructure", 9000)
    return rows(*lines, cr=cr)


# weeks 0-3 begin in September 2018, week 4 on 1 October, in fiscal year 2019
AUTUMN = {"start": date(2018, 9, 3)}
ACROSS = plan(rot("U1", 2, 6, "U1a POZ sea"))  # 3.2 in 2018, 0.2 in 2019

CUT = {
    "scenarios": (Scenario("cut", "budget cut", 500, budget_factor=900),),
    "settings": {"weigh_scenarios": True},
}

CASES = (
    Trial("budget", "no rows, no limits", rows(), SPENDS),
    Trial("budget", "to the last cent", rows(money("presence", 3400)), SPENDS),
    Trial("budget", "0.1 short", rows(money("presence", 3300)), SPENDS, ((0, ("presence",), 0.1),)),
    # a tenth of 4.0 may move: 3.0 + 0.4
    Trial("budget", "just enough moved", rows(money("presence", 3000), money("exercises", 4000)), SPENDS),
    Trial(
        "budget",
        "not enough may move",
        rows(money("presence", 3000), money("exercises", 3000)),
        SPENDS,
        ((0, ("presence",), 0.1),),
    ),
    # 0.4 might move from 4.0, but 3.8 of it is spent: X1 at DRA costs 1.2, and 2.6 more by its own price
    Trial(
        "budget",
        "what is spent cannot move",
        case(
            units={"U1": "TANK"},
            exercises={"X1": {"cost": 3_600_000}},
            budgets=(money("presence", 3000), money("exercises", 4000)),
        ),
        plan(FOUR_WEEKS, run("X1", "DRA", 2, "N1 U1a")),
        ((0, ("presence",), 0.2),),
    ),
    # exercises have no row and so no money; 1.0 of 10.0 moves there
    Trial(
        "budget",
        "a line without money",
        rows(money("presence", 10_000)),
        plan(FOUR_WEEKS, run("X1", "DRA", 2, "N1 U1a")),
        ((0, ("exercises",), 0.2),),
    ),
    Trial(
        "budget",
        "each year its money",
        rows(money("presence", 3200), money("presence", 200, 2019), settings=AUTUMN),
        ACROSS,
    ),
    Trial(
        "budget",
        "last year's money is gone",
        rows(money("presence", 9000), money("presence", 100, 2019), settings=AUTUMN),
        ACROSS,
        ((4, ("presence",), 0.1),),
    ),
    Trial(
        "budget",
        "over the ceiling of a quarter",
        rows(money("presence", 9000, quarters=(3_300_000, None, None, None))),
        SPENDS,
        ((0, ("presence",), 0.1),),
    ),
    Trial("budget", "other quarters do not matter", rows(money("presence", 9000, quarters=(None, 0, 0, 0))), SPENDS),
    Trial("budget", "the whole plan's cap", rows(settings={"total_cap": 3_400_000}), SPENDS),
    Trial("budget", "over the whole plan's cap", rows(settings={"total_cap": 3_300_000}), SPENDS, ((None, (), 0.1),)),
    # 52 × 4/52 = 4.0
    Trial("budget", "within a resolution", resolution(52), SPENDS),
    # 39 × 4/52 = 3.0
    Trial("budget", "over a resolution's rate", resolution(39), SPENDS, ((0, ("presence",), 0.4),)),
    Trial("budget", "bought during a resolution", resolution(52), plan(Purchase("B1", 3)), ((3, ("B1",), 1),)),
    Trial("budget", "bought after a resolution", resolution(52), plan(Purchase("B1", 4))),
    # 3.8 × 0.9 = 3.42, 3.4 × 0.9 = 3.06
    Trial("budget", "enough even if cut", rows(money("presence", 3800), **CUT), SPENDS),
    Trial("budget", "not enough if cut", rows(money("presence", 3400), **CUT), SPENDS, ((0, ("presence",), 0.34),)),
)
