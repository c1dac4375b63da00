"""The page is made from every plan the suite holds, whatever is free in it, unbudgeted, or against the rules.

Bug reports on empty categories: what is free of charge is posted to a line all the same, with an amount of 0, and that
line need not have a budget. Layout and sums are made in full; only the vector drawing at their end is left out, which
other tests do and which takes most of the time.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from markupsafe import Markup

from optimizer.domain import Case, Plan
from optimizer.domain.ledger import ledger
from optimizer.page import Judged, page
from optimizer.page.canvas import Canvas
from optimizer.report import figures
from optimizer.report.spending import lines_of, postings
from optimizer.verify import verify
from tests.rules.cases import ALL_CASES
from tests.workbook.output.answers import full_case, full_plan


def free(case: Case) -> Case:
    """The same case in which nothing costs anything and no line has money."""
    types = tuple(
        replace(t, week_cost=0, modes={m: replace(x, cost=0) for m, x in t.modes.items()}) for t in case.unit_types
    )
    exercises = tuple(replace(x, cost=0, hosts=tuple(replace(h, cost=0) for h in x.hosts)) for x in case.exercises)
    sets = tuple(replace(q, week_cost=0, move_cost=0) for q in case.sets)
    upgrades = tuple(replace(u, cost=0) for u in case.upgrades)
    return replace(case, unit_types=types, exercises=exercises, sets=sets, upgrades=upgrades, budgets=())


def drawn(case: Case, plan: Plan) -> str:
    return page(case, plan, Judged(verify(case, plan)))


@pytest.fixture
def quick(monkeypatch):
    monkeypatch.setattr(Canvas, "svg", lambda self, widest=None: Markup("<svg></svg>"))


def test_every_plan_of_the_rules(quick):
    """Hundreds of plans, most of which break a rule; some use modes that their types do not offer."""
    assert len(ALL_CASES) > 200
    for trial in ALL_CASES:
        assert drawn(trial.case, trial.plan).endswith("</html>"), (trial.rule, trial.name)


def test_every_plan_without_money_and_free_of_charge(quick):
    """Entries of 0 on lines that nobody budgeted: the drawing of spend over time met a line it did not know."""
    met = 0
    for trial in ALL_CASES[::5]:
        case = free(trial.case)
        met += bool(trial.plan.rotations or trial.plan.runs or case.sets)
        assert drawn(case, trial.plan).endswith("</html>"), (trial.rule, trial.name)
    assert met > 35


def test_free_exercise_on_a_line_without_budget():
    """The line of exercises is not shown: it has neither money nor spending. The page says 0 spent and is whole."""
    case = free(full_case())
    posted = [e for e in ledger(case, full_plan()) if e.kind == "exercise"]
    assert [e.amount for e in posted] == [0]
    assert lines_of(case, postings(case, full_plan())) == []
    assert drawn(case, full_plan()).endswith("</html>")
    assert set(figures(case, full_plan()).spend.values()) == {0.0}


def test_lines_come_in_one_order_everywhere():
    """Settings' four first, each once, then the other lines of Budget as they come there."""
    case = full_case()
    strange = replace(case.budgets[0], line="barracks")
    case = replace(case, budgets=(strange, *case.budgets[::-1]), settings=replace(case.settings, line_set="exercises"))
    assert case.lines == ("presence", "exercises", "infrastructure", "barracks", "prepositioning")
    assert lines_of(case, []) == ["presence", "exercises", "infrastructure", "barracks", "prepositioning"]
    assert list(figures(case, full_plan()).spend) == list(case.lines)
