"""The lagrangian engine as a whole: what repeats, what guides it, and that its plans hold."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from optimizer.domain import Case
from optimizer.domain.canonical import content_hash
from optimizer.domain.outcome import Options, Outcome
from optimizer.engines.lagrangian import solve
from optimizer.engines.lagrangian.bound.dual import RECENT, Dual
from optimizer.engines.lagrangian.effort import WORK, Work
from optimizer.engines.lagrangian.search.crew import FEW, LEG, Crew
from optimizer.engines.lagrangian.search.insert.intervals import NEAR
from optimizer.engines.lagrangian.search.insert.units import CLIMBS
from optimizer.engines.lagrangian.search.moves.choose import LONG
from optimizer.engines.lagrangian.search.moves.desk import clear
from optimizer.engines.lagrangian.search.moves.events import make_way, spot_of
from optimizer.engines.lagrangian.search.pacing import DESCENDED, TRIED, Pacing
from optimizer.engines.lagrangian.search.search import Search
from optimizer.engines.lagrangian.search.state.arrays import State, cancel
from optimizer.engines.lagrangian.search.state.structs import copy_into
from optimizer.engines.lagrangian.search.state.value import score
from optimizer.engines.lagrangian.tables.build import names, tables
from optimizer.synthetic import Size, synthetic_case
from optimizer.verify import verify
from tests.engines.lagrangian.brief import brief

SHORT, YEARS = Size(6, 7, 30, 5), Size(40, 8, 104, 6)  # few units, so that some are large; a long plan of many


@cache
def case_of(size: Size) -> Case:
    return synthetic_case(size, seed=2)


@cache
def solved(size: Size, seed: int, again: int = 0) -> Outcome:
    del again  # the same once more
    with brief():
        return solve(case_of(size), Options("quick", seed=seed, workers=2))


@pytest.mark.parametrize("size", [SHORT, YEARS], ids=["short", "years"])
def test_the_same_seed_gives_the_same_plan(size: Size) -> None:
    first, second = solved(size, 1), solved(size, 1, again=1)
    assert first.repeatable
    assert first.plan is not None
    assert second.plan is not None
    assert content_hash(first.plan) == content_hash(second.plan)
    assert (first.score, first.bound) == (second.score, second.bound)


def test_another_seed_searches_elsewhere() -> None:
    plans = {content_hash(p) for p in (solved(YEARS, 1).plan, solved(YEARS, 2).plan) if p is not None}
    assert len(plans) == 2


@pytest.mark.parametrize("size", [SHORT, YEARS], ids=["short", "years"])
def test_plans_hold_and_lie_below_the_bound(size: Size) -> None:
    outcome = solved(size, 1)
    assert outcome.plan is not None
    verdict = verify(case_of(size), outcome.plan)
    assert verdict.ok
    assert verdict.score == pytest.approx(outcome.score)
    assert outcome.bound is not None
    assert 0.85 * outcome.bound < verdict.score <= outcome.bound


def test_both_ways_of_searching_are_met() -> None:
    """A case with large units and one without, one that is looked at as a whole and one around what is freed."""
    stages = [{p.stage for p in solved(size, 1).trail} for size in (SHORT, YEARS)]
    assert all("explore" in s and "search" in s for s in stages)
    assert SHORT.weeks < LONG < YEARS.weeks


def test_the_core_is_what_the_bound_chose_lately() -> None:
    made = case_of(YEARS)
    t = tables(made)
    dual, chosen = Dual(made, t), []
    for _ in range(RECENT + 30):
        dual.run(1)
        chosen.append(dual.lagrangian.chosen.intervals())
        arrivals = np.full(len(t.std), made.weeks)
        np.minimum.at(arrivals, np.repeat(np.arange(len(t.std)), np.diff(t.iv_first))[chosen[-1]], t.iv_a[chosen[-1]])
        assert (arrivals == dual.lagrangian.chosen.choice().arrive).all()
    assert set(np.flatnonzero(dual.core())) == set(np.concatenate(chosen[-RECENT:]))
    assert set(np.flatnonzero(dual.core())) < set(np.concatenate(chosen))  # what is old has gone


def test_a_response_looks_at_the_core_and_near_it() -> None:
    """With one interval a unit in the core and no other looked at, whoever goes does so within the
    climbs from it."""
    made = case_of(YEARS)
    t = tables(made)
    search = Search(made, t, names(made), 5)
    core = np.zeros(len(t.iv_a), dtype=np.bool_)
    middle = (t.iv_first[:-1] + t.iv_first[1:]) // 2
    core[middle[t.iv_first[:-1] < t.iv_first[1:]]] = True
    search.prefer(core, np.ones((len(t.std), len(t.places)), dtype=np.bool_))
    search.construct(only_core=True)
    assert search.adopt()
    assert search.plan is not None
    under_way = {(r.unit, r.arrive) for r in made.underway}
    moved, far = 0, NEAR * CLIMBS
    number = {u.id: i for i, u in enumerate(made.units)}
    went = [r for r in search.plan.rotations if (r.unit, r.arrive) not in under_way]
    for r in went:
        i = middle[number[r.unit]]
        assert abs(r.arrive - t.iv_a[i]) <= far
        assert abs(min(r.depart, made.weeks) - min(t.iv_d[i], made.weeks)) <= far
        moved += r.arrive != t.iv_a[i]
    assert len(went) > 5
    assert moved > 0


def test_a_response_looks_at_the_bases_only() -> None:
    """With two sites a unit to look at and no other, whoever goes is based at one of them."""
    made = case_of(YEARS)
    t = tables(made)
    search = Search(made, t, names(made), 5)
    bases = np.zeros((len(t.std), len(t.places)), dtype=np.bool_)
    for u in range(len(t.std)):
        bases[u, [u % len(t.places), (u + 3) % len(t.places)]] = True
    search.prefer(np.ones(len(t.iv_a), dtype=np.bool_), bases)
    search.desk.others[1] = 0.0
    search.construct()
    assert search.adopt()
    assert search.plan is not None
    at, under_way = {s.id: i for i, s in enumerate(made.sites)}, {(r.unit, r.arrive) for r in made.underway}
    number = {u.id: i for i, u in enumerate(made.units)}
    element = {e.id: e.unit for e in made.elements}
    chosen = [
        (number[element[p.element]], at[p.site])
        for r in search.plan.rotations
        if (r.unit, r.arrive) not in under_way
        for p in r.postings
    ]
    assert len(chosen) > 5
    assert all(bases[u, s] for u, s in chosen)


def test_on_long_plans_the_way_is_made_in_the_weeks_of_the_exercise_only() -> None:
    """Rotations that end before it or begin after it stay; whole lives are freed where one does not look close."""
    made = case_of(YEARS)
    t = tables(made)
    search = Search(made, t, names(made), 5)
    search.construct()
    tb, core, st, desk = search.core, search.kept, search.best, search.moving  # core and st share their arrays
    freed: dict[bool, list[bool]] = {True: [], False: []}
    for x in np.flatnonzero(st.run_host >= 0).tolist() * 40:
        for close, gone in freed.items():
            copy_into(search.backup, core)
            clear(tb, desk, 1.0)
            cancel(tb, core, x)
            h, w = spot_of(tb, search.desk.rng, x, -np.inf)
            before = rotations_of(st)
            make_way(tb, core, desk, x, h, w, close)
            gone += [(a < w + t.x_weeks[x] and w < d) for _, a, d in before - rotations_of(st)]
    assert all(freed[True])
    assert len(freed[True]) > 3
    assert not all(freed[False])


def rotations_of(st: State) -> set[tuple[int, int, int]]:
    return {(u, int(st.rot_a[u, r]), int(st.rot_d[u, r])) for u in range(len(st.rot_n)) for r in range(st.rot_n[u])}


def test_work_shrinks_with_size() -> None:
    small, large = (WORK["standard"].fit(tables(case_of(s))) for s in (SHORT, YEARS))
    assert small.moves > large.moves
    assert small.first >= large.first


def test_searches_that_work_together_go_on_from_the_best_of_them() -> None:
    made = case_of(YEARS)
    apart, together = (
        Crew(made, tables(made), Options(workers=2), WORK["quick"], lambda _: None, lambda: False) for _ in "12"
    )
    for crew, joined in ((apart, False), (together, True)):
        with crew.pool:
            crew.each(lambda _, s: s.construct())
            crew.anneal(4 * LEG, 1e-3, 1e-4, joined)
    first, second = (s.present_score for s in apart.searches)
    assert first != second
    first, second = (s.present_score for s in together.searches)
    assert first == second
    for search in together.searches:
        assert score(search.core, search.now) == pytest.approx(first)  # the state came along with its score
    assert together.best.score is not None
    assert together.best.score >= first - 1e-6  # whoever was there kept it


def test_searches_work_together_where_moves_are_few() -> None:
    made = case_of(YEARS)
    few, many = (
        Crew(
            made,
            tables(made),
            Options(workers=2),
            Work(0, 0, 0, FEW * len(made.units) + d, 0),
            lambda _: None,
            lambda: False,
        )
        for d in (-1, 0)
    )
    assert few.together
    assert not many.together


@pytest.mark.parametrize(
    ("pace", "doubt", "cut"),
    [(0.09, TRIED, False), (0.15, TRIED, False), (0.15, DESCENDED, True), (0.3, TRIED, True)],
    ids=["ample", "a hasty trial says no", "known to be too slow", "far too slow"],
)
def test_only_a_clock_that_would_end_the_work_cuts_it(pace: float, doubt: float, cut: bool) -> None:
    """1,000 moves in the 93 s that are planned for of 100: 0.093 s a move, twice that by a trial."""
    pacing = Pacing(Options(time_limit=100.0), 1_000)
    pacing.pace, pacing.doubt = pace, doubt
    pacing.fit(1.0)
    assert pacing.paced == cut
    assert pacing.moves == 1_000 if not cut else 0.9 * 93 / pace < pacing.moves <= 93 / pace
    assert (pacing.over() > 0) == cut  # what the clock leaves over is used only where it rules anyway
