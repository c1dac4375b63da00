"""docs/certificate.md suffices to write another checker: one of the standard library alone finds the same values."""

from __future__ import annotations

import ast
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from optimizer.domain.certificate import lines
from optimizer.engines.lagrangian.bound.certify import certificate
from optimizer.engines.lagrangian.bound.dual import Dual
from optimizer.engines.lagrangian.bound.pricing.partly import no_rows
from optimizer.engines.lagrangian.tables.build import tables
from optimizer.verify.bound.judge import prove
from tests.build import budget, case
from tests.engines.lagrangian.rows import theta_near
from tests.verify.bound import tiny
from tests.verify.bound.test_prove import SHORT


def test_it_is_of_the_standard_library() -> None:
    tree = ast.parse(Path(tiny.__file__).read_text(encoding="utf-8"))
    named = {n.name for x in ast.walk(tree) if isinstance(x, ast.Import) for n in x.names}
    named |= {str(x.module) for x in ast.walk(tree) if isinstance(x, ast.ImportFrom)}
    assert all(name.partition(".")[0] in sys.stdlib_module_names for name in named)


@pytest.mark.parametrize("seed", range(4))
def test_two_checkers_agree(seed: int) -> None:
    """At random multipliers: units of one and of several elements, optional ones, stagger, caps, floors, money."""
    made = case(
        6,
        units={"U1": "TANK ART?", "U2": "INF", "U3": "TANK INF"},
        settings={"release": -2, "worst_country_price": 1.0, "floor_price": 0.05, "total_cap": 9_000_000},
        budgets=tuple(budget(4, n, quarters=(2_500_000, None, None, None)) for n in ("presence", "exercises")),
    )
    made = replace(
        made,
        countries=tuple(replace(c, floor=50, cap=180, handover_cap=250) for c in made.countries),
        unit_types=tuple(replace(y, stagger=seed % 2) for y in made.unit_types),
    )
    dual = Dual(made, tables(made), SHORT)
    dual.run(50)
    dual.lagrangian.place(0, no_rows())
    theta = theta_near(dual, np.random.default_rng(seed))
    found = certificate(made, dual.lagrangian, theta, no_rows())
    proof = prove(made, found)
    assert proof.worth is not None
    assert abs(tiny.Tiny(made, list(lines(found))).value() - proof.worth) <= 5_000  # both round, each in its own order
    assert {"whole", "year", "quarter", "floor", "host settled"} <= set(found.leaves[0].rows)
