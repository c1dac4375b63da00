"""Nobody is in two places at once."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import combinations

from optimizer.domain import Case, Plan
from optimizer.domain.presence import deployments
from optimizer.rosters import lenient
from optimizer.rules.audit import Audit, common, monday, weeks
from optimizer.rules.base import Finding

Spans = defaultdict[str, list[tuple[int, int, str, str]]]  # (start, end, what it is, its own name)


def check(case: Case, plan: Plan) -> Finding:
    """Breaches by unit or element, in the first common week; size in common weeks or in times."""
    audit = Audit(case, "one-place")
    units: Spans = defaultdict(list)
    away: Spans = defaultdict(list)
    busy: Spans = defaultdict(list)
    times: Counter[tuple[str, str]] = Counter()
    first: dict[tuple[str, str], int] = {}
    for i, r in enumerate(plan.rotations):
        units[r.unit].append((r.arrive, r.depart, f"the rotation from the {monday(case, r.arrive)}", f"rotation {i}"))
        for j, p in enumerate(r.postings):
            away[p.element].append((p.arrive, p.depart, f"the rotation of {r.unit}", f"posting {i} {j}"))
    for d in deployments(lenient(case, plan), plan):
        away[d.element].append((d.arrive, d.depart, f"the deployment for {d.exercise}", d.exercise))
    for run in plan.runs:
        end = run.start + case.exercise[run.exercise].weeks
        for who in run.participants:
            busy[who.element].append((run.start, end, run.exercise, run.exercise))
            times[who.element, run.exercise] += 1
            first.setdefault((who.element, run.exercise), run.start)
    for spans in (units, away, busy):
        for name, found in spans.items():
            _apart(audit, name, found)
    for (element, x), n in times.items():
        text = f"{element} takes part in {x} {n} times"
        audit.test(n - 1, first[element, x], (element, x), "times", text)
    return audit.finding()


def _apart(audit: Audit, who: str, spans: list[tuple[int, int, str, str]]) -> None:
    for a, b in combinations(sorted(spans), 2):
        if a[3] != b[3]:  # twice in one exercise is told as such
            week, n = common(a[:2], b[:2])
            text = f"{who} is in two places for {weeks(n)}: {a[2]} and {b[2]}"
            audit.test(n, week, (who,), "weeks", text)
