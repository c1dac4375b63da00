"""A certificate proves what it says, whoever wrote it: by hand, against the engine, against plans, and edited."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from random import Random

import numpy as np
import pytest

from optimizer.domain import Case
from optimizer.domain.canonical import content_hash
from optimizer.domain.certificate import Certificate, Leaf, Line, Malformed, lines, parsed
from optimizer.domain.outcome import Options
from optimizer.engines import linear
from optimizer.engines.lagrangian.bound.certify import certificate
from optimizer.engines.lagrangian.bound.dual import Dual, Schedule
from optimizer.engines.lagrangian.tables.build import tables
from optimizer.goals import score_all
from optimizer.verify.bound.judge import prove
from optimizer.verify.bound.relaxation import Relaxation
from tests.engines.lagrangian.mixed import mixed
from tests.engines.lagrangian.plain import company, plain
from tests.engines.lagrangian.rows import noisy, theta_near
from tests.verify.bound.chance import random_plan

SHORT = Schedule(first=60, each=20, again=40)
WHOLE = 10**9


def bare(case: Case, **rows: dict[tuple[object, ...], dict[int, int]]) -> Certificate:
    """One leaf, the decimals of ``cover`` 12."""
    families = {name.replace("_", " "): of for name, of in rows.items()}
    return Certificate(content_hash(case), 0, {"cover": 12}, (), (Leaf((), families, {}),))


@cache
def made(seed: int) -> tuple[Case, Dual]:
    """A case of every feature, its dual after some steps."""
    case = mixed(seed)
    dual = Dual(case, tables(case), SHORT)
    dual.run(60)
    return case, dual


def test_without_multipliers_all_that_is_wanted_is_had() -> None:
    """One company, four weeks, a point wanted in each: nobody need come for a bound of four."""
    case = plain(1, 4, company(1, 2, 0, 0))
    assert prove(case, bare(case)).certified == 4.0


def test_a_unit_rests_as_long_as_it_was_away() -> None:
    """At its full price a week of coverage is worth what it brings. With two weeks of rest for one away two weeks out
    of four are the most; with one it is one, a rest and the last two."""
    for dwell, weeks in ((2000, 2.0), (1000, 3.0)):
        case = plain(1, 4, company(1, 2, 0, 0, dwell=dwell))
        price = {("", "PL", "armour", "full"): dict.fromkeys(range(4), 10**6)}
        assert prove(case, bare(case, cover=price)).certified == weeks


def test_places_are_paid_for() -> None:
    """Two companies of 100 and room for one: at a hundredth of a point for a place a week out is worth nothing, and the
    places of all sites cost their price."""
    case = plain(2, 4, company(1, 2, 0, 0))
    case = replace(case, sites=tuple(replace(s, places=100) for s in case.sites))
    cover = {("", "PL", "armour", "full"): dict.fromkeys(range(4), 10**6)}
    settled = {(s.id,): dict.fromkeys(range(4), WHOLE // 100) for s in case.sites}
    assert prove(case, bare(case, cover=cover)).certified == 6.0  # three weeks each
    assert prove(case, bare(case, cover=cover, settled=settled)).certified == 4.0 * len(case.sites)


@pytest.mark.parametrize("seed", [4, 7, 9, 16])
def test_the_engine_and_the_proof_price_alike(seed: int) -> None:
    """At random multipliers with random rows beyond references, up to the rounding of multipliers."""
    case, dual = made(seed)
    of, r = dual.lagrangian, np.random.default_rng(seed)
    for much in (0.0, 0.5):
        noisy(dual, 1, r)
        theta = theta_near(dual, r, much=much)
        value, _, _ = of.evaluate(theta)
        found = prove(case, certificate(case, of, theta, of.partly))
        assert found.certified == pytest.approx(value, abs=2e-3), found.why


@pytest.mark.parametrize("seed", [2, 4, 5])
def test_no_plan_lies_above(seed: int) -> None:
    """Random plans, and the best of all, at multipliers near the best and far from them."""
    case, dual = made(seed)
    r, rng = np.random.default_rng(seed), Random(seed)
    best = linear.solve(case, Options(time_limit=60))
    plans = [p for p in (random_plan(case, rng), best.plan) if p is not None]
    for much in (0.0, 0.5, 3.0):
        found = prove(case, certificate(case, dual.lagrangian, theta_near(dual, r, much=much), dual.lagrangian.partly))
        assert found.certified is not None, found.why
        for plan in plans:
            assert found.certified >= sum(score_all(case, plan).values()) - 1e-9


def _edits(of: list[Line], rng: Random, n: int) -> list[list[Line]]:
    """Copies in which one number, anywhere, is another."""
    places = [
        (i, c, m.span()) for i, line in enumerate(of) for c in (2, 3) for m in re.finditer(r"-?\d+", str(line[c]))
    ]
    out = []
    for i, c, (a, b) in rng.sample(places, min(n, len(places))):
        old = int(of[i][c][a:b])
        new = rng.choice([0, -old - 1, old + 1, old - 1, old * 10 + 7, old + 10**19])
        edited = list(of[i])
        edited[c] = f"{of[i][c][:a]}{new}{of[i][c][b:]}"
        out.append([*of[:i], tuple(edited), *of[i + 1 :]])
    return out


@pytest.mark.parametrize("seed", [9])
def test_any_number_changed_still_is_a_bound_or_is_refused(seed: int) -> None:
    """No edit makes a certificate prove something false: what is not refused lies above the best plan."""
    case, dual = made(seed)
    noisy(dual, 1, np.random.default_rng(seed))
    theta = theta_near(dual, np.random.default_rng(seed))
    score = linear.solve(case, Options(time_limit=60)).score
    assert score is not None
    whole = list(lines(certificate(case, dual.lagrangian, theta, dual.lagrangian.partly)))
    assert list(lines(parsed(whole))) == whole
    refused = 0
    for edited in _edits(whole, Random(seed), 40):
        try:
            found = prove(case, parsed(edited))
        except Malformed:
            refused += 1
            continue
        refused += found.certified is None
        assert found.certified is None or found.certified >= score - 1e-9
    assert 0 < refused < 40


def _with(case: Case, *decisions: tuple[tuple[str, str, object, bool], ...]) -> Certificate:
    return replace(bare(case), leaves=tuple(Leaf(d) for d in decisions))


def test_leaves_must_hold_every_plan() -> None:
    """Both sides of every decision, or nothing is proven."""
    case = plain(1, 4, company(1, 2, 0, 0))
    early, late = ("arrive", "U0", 1, True), ("arrive", "U0", 1, False)
    goes, stays = ("go", "U0", None, True), ("go", "U0", None, False)
    assert prove(case, _with(case, (early,), (late,))).certified == 4.0
    assert prove(case, _with(case, (early,), (late, goes), (late, stays))).certified == 4.0
    for some in (((early,),), ((early,), (late, goes)), ((early,), (stays,)), ((early, goes), (late,)), ()):
        found = prove(case, _with(case, *some))
        assert found.certified is None
        assert "every plan" in found.why


def test_a_leaf_proves_more() -> None:
    """A week out, a week home, three weeks: who comes in week 0 has two, who comes later or but once has one."""
    case = plain(1, 3, company(1, 1, 0, 0))
    rows = {"cover": {("", "PL", "armour", "full"): dict.fromkeys(range(3), 10**6)}}
    relaxation = Relaxation(case)
    for value, *decided in (
        (2, ("arrive", "U0", 0, True)),
        (1, ("arrive", "U0", 0, False)),
        (1, ("arrive", "U0", 0, True), ("again", "U0", None, True)),
        (2, ("arrive", "U0", 0, True), ("again", "U0", None, False)),
        (None, ("arrive", "U0", 1, False), ("again", "U0", None, False)),
        (1, ("depart", "U0", 1, False)),
        (0, ("go", "U0", None, False)),
        (2, ("go", "U0", None, True), ("base", "U0a", ("POZ",), True)),
        (0, ("go", "U0", None, False), ("arrive", "U0", 1, False)),
        (None, ("go", "U0", None, False), ("arrive", "U0", 1, True)),
    ):
        found = relaxation.value(bare(case), Leaf(tuple(decided), rows))
        assert found == (None if value is None else value * WHOLE), decided


def test_what_names_nothing_is_refused() -> None:
    """Rows, families and cases that are not there; multipliers outside their boxes."""
    case = plain(1, 4, company(1, 2, 0, 0))
    other = replace(bare(case), case=content_hash(plain(2, 4, company(1, 2, 0, 0))))
    assert prove(case, other).why == "it is about another case"
    for rows, why in (
        ({"nonsense": {("PL",): {0: 1}}}, "no family"),
        ({"settled": {("NOWHERE",): {0: 1}}}, "no such row"),
        ({"settled": {("POZ",): {4: 1}}}, "no such row"),
        ({"settled": {("POZ",): {0: -1}}}, "below 0"),
        ({"host settled": {("PL",): {0: 1}}}, "no such row"),
        ({"block": {("",): {0: WHOLE - 1}}}, "sum to 1"),
        ({"cuts": {("X", ("N",), (), 0, 1): {0: 1}}}, "no such row"),
        ({"settled": {("POZ",): {0: 10**30}}}, "too large"),
    ):
        found = prove(case, bare(case, **rows))
        assert found.certified is None
        assert why in found.why
