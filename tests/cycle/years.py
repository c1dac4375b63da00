"""Random small years planned and signed, the next one opened: ``python -m tests.cycle.years [--runs N]``.

Nothing that was carried over may make the next year impossible, and both glued together must hold the rules. Sets fall
due around the seam, units rest over it, blocks and rotations run over it; in every second year guns are brought in for
an exercise near its end, and need as long as by any other way to come back. Half the years look ahead.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from optimizer.domain.outcome import Status
from optimizer.workflow.cycling import Cycle, Order, cycle
from optimizer.workflow.signing import chain, sign_off
from optimizer.workflow.solving import Wishes
from tests.cycle.books import first, news
from tests.workbook.books import Tables

START = date(2017, 10, 2)


def random_year(seed: int, path: Path) -> Path:
    """A book of a tank unit that falls in on a set, guns, and one exercise; clocks, windows and money by chance."""
    r = Random(seed)

    def day(low: int, high: int) -> str:
        return (START + timedelta(weeks=r.randint(low, high))).isoformat()

    def change(tables: Tables) -> None:
        for sheet in ("Units", "Availability"):
            tables[sheet] = [x for x in tables[sheet] if x["Unit"] in ("B", "C")]
        for sheet in ("Elements", "Upgrades", "Scenarios", "Locks", "Reach"):
            del tables[sheet]
        tables["Sets"] = [x for x in tables["Sets"] if x["Set"] == "S1"]
        tables["Sets"][0] |= {"Maintenance every": str(r.randint(20, 60)), "Maintenance weeks": str(r.randint(1, 8)),
                              "Last maintenance": day(-20, -1)}  # fmt: skip
        tables["Set holdings"] = [{**x, "From": "", "To": ""} for x in tables["Set holdings"]]
        tables["Exercises"] = [x for x in tables["Exercises"] if x["Exercise"] == "X2"]
        tables["Exercise hosts"] = [x for x in tables["Exercise hosts"] if x["Exercise"] == "X2"]
        tables["Exercise needs"] = [x for x in tables["Exercise needs"] if x["Exercise"] == "X2"]
        tables["Exercises"][0] |= {"Earliest start": day(0, 20), "Latest start": day(21, 49)}
        if seed % 2:
            tables["Settings"].append({"Name": "Turnaround", "Value": "yes"})
            tables["Exercises"][0] |= {"Earliest start": day(35, 44), "Latest start": day(45, 49), "Value": "60"}
            tables["Exercise needs"][0]["Origin"] = "home"
        tables["Availability"] = [{"Unit": "B", "From": day(-4, 45), "To": day(60, 130)}]
        for row in tables["Budget"]:
            if row["Line"] == "presence":
                row["Amount"] = str(r.choice((20, 40, 100)))

    return first(path, change)


def opened(seed: int, folder: Path) -> tuple[Cycle, Cycle, int]:
    """Both years, the first signed, and the breaches of the two signed and glued."""
    root, wishes = folder / "years", Wishes("linear", "quick")
    book = random_year(seed, folder / "b.xlsx")
    ahead = 13 * (seed // 2 % 2)
    one = cycle(Order(2018, root, book, look_ahead=ahead), wishes)
    sign_off(2018, "Ann", root=root)
    two = cycle(Order(2019, root, updates=news(folder / "n.xlsx", 2019), look_ahead=ahead), wishes)
    if two.status != "planned":
        return one, two, 0
    sign_off(2019, "Ann", root=root)
    return one, two, len(chain(root).breaches)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--runs", type=int, default=200)
    options.add_argument("--first", type=int, default=0)
    given = options.parse_args()
    found: Counter[str] = Counter()
    for seed in range(given.first, given.first + given.runs):
        with TemporaryDirectory() as folder:
            _, two, breaches = opened(seed, Path(folder))
        solved = two.solved
        proven = solved is not None and solved.outcome.status == Status.infeasible
        found["infeasible" if proven else two.status] += 1
        found["glued with breaches"] += breaches > 0
        print(seed, two.status, breaches, dict(found), flush=True)
    return 1 if found["infeasible"] or found["glued with breaches"] else 0


if __name__ == "__main__":
    sys.exit(main())
