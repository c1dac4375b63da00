"""Compile the kernels before they are needed: ``optimizer warm``.

Compiled code is kept per machine and version, so this is done once, at set-up; without it
the first solve does it.
"""

from __future__ import annotations

import gc
import subprocess
import sys
from dataclasses import replace
from datetime import date

import numpy as np

from optimizer.domain import (
    Capability,
    Case,
    Closure,
    Country,
    Demand,
    Element,
    Exercise,
    Holding,
    Host,
    Level,
    Mode,
    Need,
    Participant,
    Plan,
    Posting,
    PrepoSet,
    Rotation,
    Run,
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
from optimizer.engines.lagrangian.effort import WORK
from optimizer.engines.lagrangian.search.search import Search
from optimizer.engines.lagrangian.search.seat import state_of
from optimizer.engines.lagrangian.search.team import Team
from optimizer.engines.lagrangian.tables.build import names, tables
from optimizer.errors import EngineError
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


def search() -> None:
    """Meet every kernel of the search: from nothing, and from a plan in hand that holds and one that no longer does."""
    case, options = small_case(), Options(effort="quick", time_limit=600.0)
    t = tables(case)
    team = Team(case, t, options, WORK["quick"].fit(t), lambda _: None, lambda: False)
    with team.pool:
        team.first_plan()
        team.improve(team.explore(np.zeros(len(case.units))))
    soldiers = Rotation("u", 1, 5, (Posting("e", "s", "sea", None, 1, 5),))
    held = Plan((soldiers,), runs=(Run("x", "s", 2, (Participant("n", "e"),)),))
    shut, (x,) = Closure("s", 0, 6, "places", 0), case.exercises
    for c in (case, replace(case, closures=(shut,)), replace(case, exercises=(replace(x, earliest=3),))):
        Search(c, tables(c), names(c), 1, held).seat()
    state_of(case, t, names(case), held)


def bound() -> None:
    """Meet every kernel of the bound, those too that a quick run does not reach."""
    case = small_case()
    Tree(case, tables(case), Schedule(first=2, each=2, again=2)).run(60)


PARTS = {"search": search, "bound": bound}


def warm() -> None:
    """Compile search and bound side by side, then see that a solve finds all it needs.

    Raises ``EngineError`` where they cannot be compiled; what went wrong is on stderr.
    """
    command = [sys.executable, "-m", "optimizer.engines.lagrangian.warm"]
    running = [subprocess.Popen([*command, part]) for part in PARTS]
    failed = sum(p.wait() != 0 for p in running)
    if failed:
        raise EngineError("the search could not be compiled: see above")
    solve(small_case(), Options(effort="quick", time_limit=600.0))


if __name__ == "__main__":
    gc.disable()  # compiling makes millions of small objects that live as long as it does
    PARTS[sys.argv[1]]() if len(sys.argv) > 1 else warm()
