"""The builders of tests make the cases they promise."""

from __future__ import annotations

from collections import Counter

from optimizer.domain import Case, Maintenance, Plan
from optimizer.rules import check_all
from tests.build import case, plan, random_case, standing

SEEDS = range(80)


def least(c: Case) -> Plan:
    """Doing as little as possible: what is under way, sets where they are, maintenance when due."""
    blocks = []
    for q in c.sets:
        end = q.last_maintenance
        while q.interval and (due := max(end + q.interval, q.available, 0)) < c.weeks:
            end = min(due + q.maintenance_weeks, c.weeks)
            blocks.append(Maintenance(q.id, due, end))
    return plan(*c.underway, *standing(c), *blocks)


def test_random_cases_mix_the_rules_and_mostly_have_a_plan() -> None:
    cases = [random_case(s) for s in SEEDS]
    broken = Counter(f.rule for c in cases for f in check_all(c, least(c)) if f.breaches)
    assert set(broken) <= {"locks", "presence-floor", "budget"}
    assert 0.7 <= 1 - sum(broken.values()) / len(cases) < 1
    traits = {
        "budget": lambda c: bool(c.budgets),
        "lock": lambda c: bool(c.locks),
        "closure": lambda c: bool(c.closures),
        "weighed scenarios": lambda c: c.settings.weigh_scenarios,
        "under way": lambda c: bool(c.underway),
        "replanning": lambda c: c.settings.replan,
        "founding act": lambda c: c.settings.founding_act,
        "optional element": lambda c: any(e.optional for e in c.elements),
        "floor": lambda c: any(x.floor for x in c.countries),
        "maintenance": lambda c: any(q.interval for q in c.sets),
        "two fiscal years": lambda c: len(c.calendar.fiscal_years) == 2,
    }
    seen = {name: sum(map(has, cases)) for name, has in traits.items()}
    assert min(seen.values()) >= 5, seen


def test_equal_seeds_equal_cases() -> None:
    fields = [f for f in Case.__dataclass_fields__ if f != "settings"]
    for seed in range(5):
        a, b = random_case(seed), random_case(seed)
        assert a.settings == b.settings
        assert [getattr(a, f) for f in fields] == [getattr(b, f) for f in fields]


def test_the_tiny_case_is_clean_when_nothing_happens() -> None:
    c = case(sets={"S1": {}}, exercises={"X1": {}}, upgrades={"B1": {}})
    assert [f.rule for f in check_all(c, plan(*standing(c))) if f.breaches] == []
