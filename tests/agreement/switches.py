"""Which switches are on in a case: told from the case itself, not from how it was made."""

from __future__ import annotations

from collections.abc import Callable

from optimizer.domain import Case
from tests.agreement.generator import KINDS, RULES

SWITCHES: dict[str, Callable[[Case], bool]] = {
    "stagger": lambda c: any(c.unit_type(u.id).stagger and len(c.elements_of[u.id]) > 1 for u in c.units),
    "optional elements": lambda c: any(e.optional for e in c.elements),
    "under way": lambda c: bool(c.underway),
    "under way on a set": lambda c: any(p.set_id for r in c.underway for p in r.postings),
    "frozen weeks": lambda c: c.settings.replan and c.settings.frozen_weeks > 0,
    "change prices": lambda c: c.settings.replan and c.settings.change_price > 0,
    "weighed scenarios": lambda c: c.settings.weigh_scenarios,
    "worst scenario": lambda c: c.settings.weigh_scenarios and c.settings.worst_scenario_weight > 0,
    "worst country": lambda c: c.settings.worst_country_price > 0,
    "founding act": lambda c: c.settings.founding_act,
    "a resolution in force": lambda c: c.cr is not None,
    "several resolutions": lambda c: sum(s.cr_weeks > 0 for s in c.scenarios) + (c.cr is not None) > 1,
    "hard floor": lambda c: c.settings.floor_hard and any(x.floor for x in c.countries),
    "range upgrades": lambda c: any(u.range_echelon != "none" for u in c.upgrades),
    "several fiscal years": lambda c: len(c.calendar.fiscal_years) > 1,
    "overdue sets": lambda c: any(q.interval and c.maintained[q.id] + q.interval < 0 for q in c.sets),
    "total cap": lambda c: c.settings.total_cap is not None,
    "total cap under scenarios": lambda c: (
        c.settings.total_cap is not None
        and any(s.weight and s.budget_factor < 1000 for s in c.scenarios if c.settings.weigh_scenarios)
    ),
    "fly-ins on a short plan": lambda c: any(n.origin == "home" for x in c.exercises for n in x.needs),
    "flown in before the plan": lambda c: bool(c.flown_in),
    "nobody in a type": lambda c: any(c.element_type(e.id).people == 0 for e in c.elements),
    "a site without places": lambda c: any(s.handover_places == 0 for s in c.sites),
    "turnaround": lambda c: c.settings.turnaround,
    "exercise load": lambda c: any(c.element_type(e.id).exercise_load is not None for e in c.elements),
    "mandatory exercises": lambda c: any(x.mandatory for x in c.exercises),
    "history": lambda c: bool(c.returned or c.past_runs),
    "sets in reset": lambda c: any(c.drawable[q.id] > max(q.available, 0) for q in c.sets),
    "maintenance under way": lambda c: any(m.start < 0 < m.end for m in c.last.maintenance),
    "looking past the end": lambda c: c.settings.look_past_end and bool(c.sets),
    "upgrades under way": lambda c: bool(c.bought),
    "closures": lambda c: bool(c.closures),
    **{
        f"lock {rule} {kind}": lambda c, rule=rule, kind=kind: any((k.rule, k.kind) == (rule, kind) for k in c.locks)
        for rule in RULES
        for kind in KINDS
    },
}


def switches_of(case: Case) -> set[str]:
    """The names of what is on."""
    return {name for name, on in SWITCHES.items() if on(case)}
