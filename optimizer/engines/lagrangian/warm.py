"""Compile the kernels before they are needed: ``python -m optimizer.engines.lagrangian.warm``.

Compiled code is kept per machine and version, so this is done once, at set-up; without it
the first solve does it.
"""

from __future__ import annotations

from datetime import date

from optimizer.domain import (
    Capability,
    Case,
    Country,
    Demand,
    Element,
    Exercise,
    Holding,
    Host,
    Level,
    Mode,
    Need,
    PrepoSet,
    Settings,
    Site,
    Unit,
    UnitType,
    Upgrade,
    Window,
)
from optimizer.domain.outcome import Options
from optimizer.engines.lagrangian import solve
from optimizer.engines.lagrangian.bound.dual import Schedule
from optimizer.engines.lagrangian.bound.tree import Tree
from optimizer.engines.lagrangian.tables.build import tables
from optimizer.quantities import MILLI, Calendar


def small_case() -> Case:
    """One unit, set, exercise and upgrade: enough to meet every kernel."""
    tank = UnitType(
        "tank", "Tank", "company", "armour", "heavy", 10, {"armour": MILLI}, {"sea": Mode(0, 1, 1)}, 1, 2, 3, 4, 0
    )
    return Case(
        Settings("warm-up", Calendar(date(2024, 1, 1), 12), -52, worst_country_price=1.0),
        countries=(Country("c", "c", 1.0, floor=5),),
        capabilities=(Capability("armour", "Armour", 1.0),),
        levels=(Level("full", 1.0),),
        sites=(Site("s", "s", "c", 50, 50, 9 * MILLI, "company"), Site("t", "t", "c", 50, 50, 9 * MILLI)),
        unit_types=(tank,),
        units=(Unit("u", "u", "tank", "home"),),
        elements=(Element("e", "u", "tank"),),
        windows=(Window("u", -52, 52),),
        sets=(PrepoSet("q", "q", "kit", {"armour": MILLI}, MILLI, None, interval=8, maintenance_weeks=1),),
        holdings=(Holding("q", "s", -52, 52), Holding("q", "t", -52, 52)),
        exercises=(Exercise("x", "x", 0, 9, 2, "company", 5.0, 1, (Host("s"),), (Need("n", "tank", 1),), group="g"),),
        upgrades=(Upgrade("b", "t", 1, 1, 0, 9, places=10),),
        demands=(Demand("c", "armour", "full", 0, 12, 2 * MILLI),),
    )


if __name__ == "__main__":
    solve(small_case(), Options(effort="quick", time_limit=600.0))
    Tree(small_case(), tables(small_case()), Schedule(first=2, each=2, again=2)).run(60)  # what quick does not reach
