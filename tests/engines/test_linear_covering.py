"""Sets alone: choosing where p sets stand so that the covered weight is largest, at scale."""

from __future__ import annotations

import random
import time
from datetime import date
from itertools import combinations
from pathlib import Path

import pulp
import pytest

from optimizer.domain import (
    Capability,
    Case,
    Country,
    Demand,
    Holding,
    Level,
    PrepoSet,
    Reach,
    Settings,
    Site,
)
from optimizer.domain.outcome import Options
from optimizer.engines import linear
from optimizer.quantities import Calendar
from optimizer.rules import check_all
from optimizer.workbook.reader import read_for_solving
from optimizer.workflow.generating import write_case


def covering(places: int, sets: int, radius: float, seed: int = 7) -> tuple[Case, list[set[int]], list[int]]:
    """The case, whom each site reaches, and the weights. Every place is a site and a country."""
    r = random.Random(seed)
    points = [(r.random(), r.random()) for _ in range(places)]
    weights = [r.randint(1, 99) for _ in points]
    reach = [{j for j, b in enumerate(points) if (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 <= radius**2} for a in points]
    made = Case(
        Settings("covering", Calendar(date(2017, 10, 2), 1), 0, set_credit=1000, cost_price=0.0),
        countries=tuple(Country(f"C{j}", f"C{j}", float(w)) for j, w in enumerate(weights)),
        capabilities=(Capability("K", "K", 1.0),),
        levels=(Level("L", 1.0),),
        sites=tuple(Site(f"S{i}", f"S{i}", None, slots=1000) for i in range(places)),
        reach=tuple(Reach(f"S{i}", f"C{j}", 1000) for i, near in enumerate(reach) for j in near),
        sets=tuple(PrepoSet(f"Q{q}", f"Q{q}", "T", {"K": 1000}, 1000, None) for q in range(sets)),
        holdings=tuple(Holding(f"Q{q}", f"S{i}", 0, 1) for q in range(sets) for i in range(places)),
        demands=tuple(Demand(f"C{j}", "K", "L", 0, 1, 1000) for j in range(places)),
    )
    return made, reach, weights


def test_three_of_twelve_sites_are_the_best_three() -> None:
    c, reach, weights = covering(12, 3, 0.25)
    best = max(sum(weights[j] for j in set().union(*some)) for some in combinations(reach, 3))
    outcome = linear.solve(c, Options(workers=1))
    assert outcome.status == "optimal"
    assert outcome.score == pytest.approx(best)
    assert best < sum(weights)


def test_a_thousand_areas_are_solved_to_the_proof_within_a_minute() -> None:
    c, reach, weights = covering(1000, 20, 0.08)
    began = time.monotonic()
    outcome = linear.solve(c, Options(workers=1))
    assert time.monotonic() - began < 60
    assert outcome.status == "optimal"
    assert outcome.plan is not None
    assert not any(f.breaches for f in check_all(c, outcome.plan))
    sites = [int(s.site[1:]) for s in outcome.plan.stays]
    assert len(sites) == 20
    assert outcome.score == pytest.approx(sum(weights[j] for j in set().union(*(reach[i] for i in sites))))
    assert outcome.score < sum(weights)


def test_a_covering_workbook_without_units_is_read_and_proven(tmp_path: Path) -> None:
    """The same through the sheets: hundreds of areas, Reach filled in, no unit. CBC solves the textbook model
    (Church and ReVelle 1974) beside it."""
    c, reach, weights = covering(324, 5, 0.08)
    found = read_for_solving(write_case(c, tmp_path / "covering.xlsx"))
    outcome = linear.solve(found, Options(workers=1))
    model = pulp.LpProblem("mclp", pulp.LpMaximize)
    opened = [pulp.LpVariable(f"x{i}", cat="Binary") for i in range(324)]
    covered = [pulp.LpVariable(f"y{j}", 0, 1) for j in range(324)]
    model += pulp.lpSum(w * y for w, y in zip(weights, covered, strict=True))
    model += pulp.lpSum(opened) <= 5
    for j, y in enumerate(covered):
        model += y <= pulp.lpSum(opened[i] for i in range(324) if j in reach[i])
    model.solve(pulp.PULP_CBC_CMD(msg=False))
    assert outcome.status == "optimal"
    assert outcome.score == pytest.approx(pulp.value(model.objective))
    assert outcome.plan is not None
    assert not any(f.breaches for f in check_all(found, outcome.plan))
