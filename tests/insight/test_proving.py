"""Multipliers of a case bound every other case: those that share its rows tightly, all of them truly."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pytest

from optimizer.domain import Case, Lock
from optimizer.domain.outcome import Options
from optimizer.engines.cpsat import solve
from optimizer.insight.proving import Prover
from tests.engines.lagrangian.mixed import mixed

SEEDS = (0, 3, 4, 5)


def best(case: Case) -> float | None:
    """The optimum of the exact model, by HiGHS; ``None`` if there is no plan."""
    return solve(case, Options(time_limit=60)).score


def less_money(case: Case) -> Case:
    return replace(case, budgets=tuple(replace(b, amount=b.amount // 2) for b in case.budgets))


def more_wanted(case: Case) -> Case:
    return replace(case, demands=tuple(replace(d, points=d.points * 2) for d in case.demands))


def fewer(case: Case) -> Case:
    """Without its last exercise, set and unit: whatever spoke of them goes with them."""
    units, sets, runs = case.units[:-1], case.sets[:-1], case.exercises[:-1]
    u, q = {i.id for i in units}, {i.id for i in sets}
    return replace(
        case, units=units, sets=sets, exercises=runs, elements=tuple(e for e in case.elements if e.unit in u),
        windows=tuple(w for w in case.windows if w.unit in u),
        holdings=tuple(h for h in case.holdings if h.set_id in q),
        locks=(), last=replace(case.last, rotations=(), runs=(), stays=(), maintenance=()), scenarios=(),
    )  # fmt: skip


@cache
def changed_best(seed: int, change: Callable[[Case], Case]) -> float | None:
    return best(change(mixed(seed)))


CHANGES: tuple[Callable[[Case], Case], ...] = (less_money, more_wanted, fewer)


@pytest.mark.parametrize("seed", SEEDS)
def test_what_one_case_proves_holds_in_another(seed: int) -> None:
    case = mixed(seed)
    prover = Prover(case, Options(), looks=90)
    assert prover.of(case) == pytest.approx(prover.bound, abs=1e-3)  # as a certificate rounds it
    assert Prover(case, Options(), given=prover.certificate).bound <= prover.bound + 1e-3  # begun where it ended
    for change in CHANGES:
        changed, known = change(case), changed_best(seed, change)
        for steps in (0, 10):
            assert known is None or prover.of(changed, steps) >= known - 1e-6


def test_random_cases_have_plans_after_the_changes() -> None:
    """So that the cases above say something."""
    assert sum(changed_best(seed, change) is not None for seed in SEEDS for change in CHANGES) >= 8


@pytest.mark.parametrize("seed", SEEDS)
def test_one_decision_forced(seed: int) -> None:
    """Held or not is a lock as well, so that HiGHS knows the best plan with it."""
    case = mixed(seed)
    prover = Prover(case, Options(), looks=90)
    for x in case.exercises:
        for ever, rule in ((True, "must"), (False, "forbid")):
            known = best(replace(case, locks=(*case.locks, Lock("Q", rule, "exercise", x.id))))
            assert known is None or prover.under(prover.held(x.id, ever), 5) >= known - 1e-6
    out = {r.unit for r in case.underway}
    for u in case.units:
        if u.id not in out:
            known = best(replace(case, locks=(*case.locks, Lock("Q", "forbid", "unit", u.id))))
            assert known is None or prover.under(prover.goes(u.id, False), 5) >= known - 1e-6
    assert prover.under(lambda d: d) == pytest.approx(prover.bound)  # nothing of it stays
