"""The search reads every rule as its check and every term as its score: over all hand-worked cases.

A trial is about one rule and may leave the rest of its plan undone. Here the rest is done (``_whole``): sets that
stand nowhere stand where they begin, in the last plan too, and exercises of trials about other rules need nobody
where their needs are not met.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import NamedTuple

import pytest

from optimizer.domain import Case, Plan
from optimizer.engines.lagrangian.search.plans import plan_of
from optimizer.engines.lagrangian.search.seat import state_of
from optimizer.engines.lagrangian.search.state.value import money_fits, score
from optimizer.engines.lagrangian.tables.build import names, tables
from optimizer.engines.lagrangian.tables.wishes import MUST
from optimizer.goals import score_all
from optimizer.rules import RULES, check_all
from tests.build import standing
from tests.engines.lagrangian.seated import fitted, uncut
from tests.goals.cases import ALL_EXAMPLES
from tests.rules.cases import ALL_CASES

STAFFED = ("exercise-needs", "exercise-load", "one-place")  # trials in which it matters who takes part
# no place for the sets whatever one does (a holding that ends), or not with what is bought when the plan buys it
NOWHERE = {"set-location: outstays its welcome", "set-location: a slot bought late"}


class Made(NamedTuple):
    """A trial or an example made whole, and the rules its plan breaks."""

    name: str
    rule: str  # empty for an example
    case: Case
    plan: Plan
    broken: frozenset[str]


def _stood(case: Case, plan: Plan) -> Plan:
    known = {s.set_id for s in plan.stays}
    more = tuple(s for s in standing(case) if s.set_id not in known)
    return replace(plan, stays=(*plan.stays, *more)).tidy()


def _whole(name: str, rule: str, case: Case, plan: Plan) -> Made:
    if rule != "set-location":
        plan = _stood(case, plan)
    if case.settings.replan and not case.last.stays:
        case = replace(case, last=_stood(case, case.last))
    if rule not in STAFFED and RULES["exercise-needs"].check(case, plan).breaches:
        case = replace(case, exercises=tuple(replace(x, needs=()) for x in case.exercises))
        plan = replace(plan, runs=tuple(replace(r, participants=()) for r in plan.runs))
    return Made(name, rule, case, plan, frozenset(f.rule for f in check_all(case, plan) if f.breaches))


def _made() -> list[Made]:
    trials = [_whole(f"{t.rule}: {t.name}", t.rule, t.case, t.plan) for t in ALL_CASES]
    return trials + [_whole(f"{x.goal}: {x.name}", "", x.case, x.plan) for x in ALL_EXAMPLES]


MADE = _made()
HOLDS = [m for m in MADE if not m.broken]
BREAKS = [m for m in MADE if m.broken]


@cache
def _fitted(name: str) -> Plan | None:
    made = next(m for m in MADE if m.name == name)
    return fitted(made.case, made.plan)


def _demanded(case: Case, rule: str, parties: tuple[str, ...]) -> bool:
    """Whether a breach is of what has to be, which ``moves.musts`` and prices see to and fitting does not."""
    must = {k.id for k in case.locks if k.rule == "must"}
    if rule == "locks":
        return case.settings.replan or bool(must & set(parties))
    mandatory = rule == "exercise-window" and case.exercise[parties[0]].mandatory
    return rule == "presence-floor" or mandatory


def test_most_of_the_hand_worked_cases_are_judged_here() -> None:
    clean, broken = (sum(bool(t.expected) == b for t in ALL_CASES) for b in (False, True))
    assert len(HOLDS) > 0.9 * (clean + len(ALL_EXAMPLES))
    assert len(BREAKS) > 0.9 * broken
    assert {m.rule for m in HOLDS} == {*RULES, ""}
    assert {m.rule for m in BREAKS} >= set(RULES)
    alone = sum(m.broken == {m.rule} for m in BREAKS)
    assert alone > 0.85 * broken  # by the rule they are about, and by no other


@pytest.mark.parametrize("made", HOLDS, ids=lambda m: m.name)
def test_a_plan_that_holds_is_seated_and_scored_as_it_is(made: Made) -> None:
    t, ids = tables(made.case), names(made.case)
    board = state_of(made.case, t, ids, made.plan)
    compiled = score(board.tables, board.core)
    hard = round(compiled / MUST)
    assert hard == t.wish_target
    assert compiled - hard * MUST == pytest.approx(sum(score_all(made.case, made.plan).values()), abs=1e-5)
    assert money_fits(board.tables, board.core)
    assert plan_of(made.case, t, ids, board.state) == uncut(made.case, made.plan)


@pytest.mark.parametrize("made", HOLDS, ids=lambda m: m.name)
def test_what_the_check_lets_pass_the_search_may_do(made: Made) -> None:
    """Part by part, by the same kernels that its moves ask."""
    assert _fitted(made.name) == uncut(made.case, made.plan)


@pytest.mark.parametrize("made", BREAKS, ids=lambda m: m.name)
def test_what_the_check_refuses_the_search_may_not_do(made: Made) -> None:
    """What it makes of the plan breaks nothing but what demands: must lines, frozen weeks, floors, the mandatory."""
    kept = _fitted(made.name)
    assert (kept is None) == (made.name in NOWHERE)
    if kept is None:
        return
    breaches = [b for f in check_all(made.case, kept) for b in f.breaches]
    assert [b.text for b in breaches if not _demanded(made.case, b.rule, b.parties)] == []
    assert breaches or kept != uncut(made.case, made.plan)
