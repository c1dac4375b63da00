"""Where supply comes from, added up again, is supply."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from optimizer.domain import Case, Plan
from optimizer.domain.supply import supply
from optimizer.report.sources import sources
from optimizer.workbook.reader import read_for_verifying
from tests.workbook.output.answers import full_case, full_plan

POSTURE = Path(__file__).parents[2] / "inputs" / "posture_2016.xlsx"


def added(case: Case, plan: Plan) -> np.ndarray:
    out = np.zeros((len(case.countries), len(case.capabilities), case.weeks), dtype=np.int64)
    c, k = {x.id: i for i, x in enumerate(case.countries)}, {x.id: i for i, x in enumerate(case.capabilities)}
    for s in sources(case, plan) or ():
        out[c[s.country], k[s.capability], s.stretch.start : s.stretch.end] += s.counts
    return out


@pytest.mark.parametrize("real", [False, True])
def test_sources_add_up_to_supply(real):
    case, plan = read_for_verifying(POSTURE) if real else (full_case(), full_plan())
    assert (added(case, plan) == supply(case, plan)).all()
    assert added(case, plan).any()


def test_why_somebody_counts():
    # U1a is ready from week 4 (a week to draw its set), exercises in weeks 5 and 6 at POZ, leaves in week 8
    mine = [s.stretch for s in sources(full_case(), full_plan()) or () if s.country == "PL" and s.stretch.who == "U1a"]
    told = {(x.why, x.site, x.start, x.end) for x in mine}
    weeks = full_case().exercise["X1"].weeks
    assert told == {
        ("on rotation", "POZ", 4, 5),
        (f"exercise {full_case().exercise['X1'].name}", "POZ", 5, 5 + weeks),
        ("on rotation", "POZ", 5 + weeks, 8),
    }


def test_too_many_are_not_listed():
    case, plan = full_case(), full_plan()
    count = len(sources(case, plan) or ())
    assert len(sources(case, plan, count) or ()) == count
    assert sources(case, plan, count - 1) is None
