"""Who takes part in exercises."""

from __future__ import annotations

from collections import defaultdict

from optimizer.domain import Case, Need, Participant, Plan, Posting, Run
from optimizer.domain.network import UNREACHABLE, days_between
from optimizer.domain.presence import ready_from
from optimizer.quantities import MILLI
from optimizer.rosters import lenient
from optimizer.rules.audit import Audit, amount, weeks
from optimizer.rules.base import Finding

Bases = defaultdict[str, list[Posting]]


def check(case: Case, plan: Plan) -> Finding:
    """Breaches by exercise and need or element; size in elements, weeks or days."""
    audit = Audit(lenient(case, plan), "exercise-needs")
    based: Bases = defaultdict(list)
    for r in plan.rotations:
        for posting in r.postings:
            based[posting.element].append(posting)
    for run in plan.runs:
        needs = {n.id: n for n in case.exercise[run.exercise].needs}
        for n in needs.values():
            serving = sum(p.need == n.id for p in run.participants)
            text = f"need {n.id} of {run.exercise} is served by {amount(serving)} of {n.count} elements"
            audit.test(abs(serving - n.count), run.start, (run.exercise, n.id), "elements", text)
        for p in run.participants:
            own = int(p.need not in needs)
            text = f"{p.element} serves {p.need}, which is no need of {run.exercise}"
            audit.test(own, run.start, (run.exercise, p.need, p.element), "elements", text)
            if not own:
                _kind(audit, run, needs[p.need], p)
            if p.mode is None:
                _from_theatre(audit, run, needs.get(p.need), based[p.element], p)
            else:
                _from_home(audit, case, run, p)
    return audit.finding()


def _kind(audit: Audit, run: Run, need: Need, p: Participant) -> None:
    kind, who = audit.case.element_type(p.element), (run.exercise, need.id, p.element)
    other = int(need.what not in (kind.id, kind.main_capability))
    text = f"{p.element} of type {kind.id} serves need {need.id} of {run.exercise}, which wants {need.what}"
    audit.test(other, run.start, who, "elements", text)
    origin = "theatre" if p.mode is None else "home"
    other = int(need.origin not in ("either", origin))
    text = f"{p.element} comes from {origin} to {run.exercise}, whose need {need.id} wants it from {need.origin}"
    audit.test(other, run.start, who, "elements", text)


def _from_home(audit: Audit, case: Case, run: Run, p: Participant) -> None:
    """``case`` is the planner's own, in which a mode may be missing."""
    kind, who = case.element_type(p.element), (run.exercise, p.element)
    text = f"{p.element} is brought in for {run.exercise} by {p.mode}, which type {kind.id} does not offer"
    audit.test(int(p.mode not in kind.modes), run.start, who, "modes", text)
    text = (
        f"{p.element} is brought in for {run.exercise} by {p.mode} with {f'set {p.set_id}' if p.set_id else 'no set'}"
    )
    audit.test(int((p.mode == "set") != (p.set_id is not None)), run.start, who, "sets", text)


def _from_theatre(audit: Audit, run: Run, need: Need | None, based: list[Posting], p: Participant) -> None:
    case, who = audit.case, (run.exercise, p.element)
    end = run.start + case.exercise[run.exercise].weeks

    def missed(b: Posting) -> int:
        return end - run.start - max(min(b.depart, end) - max(ready_from(case, b), run.start), 0)

    base = min(based, key=missed, default=None)
    missing = end - run.start if base is None else missed(base)
    first = run.start
    if base is not None and missing and ready_from(case, base) <= run.start < base.depart:
        first = base.depart
    text = f"{p.element} takes part in {run.exercise} without being ready on a rotation for {weeks(missing)}"
    audit.test(missing, first, who, "weeks", text)
    if base is None or need is None or need.max_days is None or missing == end - run.start:
        return
    at = {s.id: i for i, s in enumerate(case.sites)}
    days = int(days_between(case, case.element_type(p.element).movement)[at[base.site], at[run.site]])
    if days == UNREACHABLE:
        text = f"{p.element} has no way from {base.site} to {run.exercise} at {run.site}"
        audit.test(1, run.start, who, "ways", text)
    else:
        over = (days - need.max_days) / MILLI
        text = f"{p.element} travels {amount(days / MILLI)} days from {base.site} to {run.exercise}"
        audit.test(over, run.start, who, "days", f"{text}, {amount(over)} too many")
