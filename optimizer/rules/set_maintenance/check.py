"""Maintenance blocks of sets."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise

from optimizer.domain import Case, Maintenance, Plan, PrepoSet
from optimizer.domain.beyond import Overrun, due_after, overruns
from optimizer.domain.presence import Hold, holds
from optimizer.rosters import lenient
from optimizer.rules.audit import Audit, common, weeks
from optimizer.rules.base import Finding


def check(case: Case, plan: Plan) -> Finding:
    """Breaches by set (and holder); size in weeks."""
    audit = Audit(case, "set-maintenance")
    blocks: defaultdict[str, list[Maintenance]] = defaultdict(list)
    for m in plan.maintenance:
        blocks[m.set_id].append(m)
    held: defaultdict[str, list[Hold]] = defaultdict(list)
    for h in holds(lenient(case, plan), plan):
        held[h.set_id].append(h)
    over: defaultdict[str, list[Overrun]] = defaultdict(list)
    for x in overruns(case, plan):
        over[x.set_id].append(x)
    for q in case.sets:
        found = sorted(blocks[q.id], key=lambda m: (m.start, m.end))
        if not q.interval:
            for m in found:
                text = f"set {q.id} needs no maintenance but has a block"
                audit.test(max(m.end - m.start, 1), m.start, (q.id,), "weeks", text)
            continue
        _clock(audit, q, found)
        for x in over[q.id]:
            _overdue(audit, q, found, x)
        for m in found:
            _block(audit, plan, q, m, held[q.id])
        for a, b in pairwise(found):
            week, n = common((a.start, a.end), (b.start, b.end))
            audit.test(n, week, (q.id,), "weeks", f"two maintenance blocks of set {q.id} share {weeks(n)}")
    return audit.finding()


def _clock(audit: Audit, q: PrepoSet, blocks: list[Maintenance]) -> None:
    """Each block in time after the one before; none left out at the end."""
    end, total = audit.case.maintained[q.id], audit.case.weeks
    for m in blocks:
        due = max(end + q.interval, q.available, 0)
        late = m.start - due
        audit.test(late, due, (q.id,), "weeks", f"maintenance of set {q.id} begins {weeks(late)} after it is due")
        end = m.end
    due = max(end + q.interval, q.available, 0)
    missing = total - due
    audit.test(missing, due, (q.id,), "weeks", f"maintenance of set {q.id} is due and never begins")


def _overdue(audit: Audit, q: PrepoSet, blocks: list[Maintenance], x: Overrun) -> None:
    """Held past the end, the set may not fall due before it is free."""
    end = max((m.end for m in blocks), default=None)
    due = due_after(audit.case, q.id, end)
    late = x.until - (x.until if due is None else due)
    text = f"maintenance of set {q.id} falls due after the plan {weeks(late)} before {x.element} and its reset free it"
    audit.test(late, due, (q.id, x.element), "weeks", text)


def _block(audit: Audit, plan: Plan, q: PrepoSet, m: Maintenance, held: list[Hold]) -> None:
    total, who = audit.case.weeks, (q.id,)
    length = m.end - m.start
    cut = m.end == total and length < q.maintenance_weeks
    off = 0 if cut else abs(length - q.maintenance_weeks)
    text = f"a maintenance block of set {q.id} lasts {weeks(length)} instead of {weeks(q.maintenance_weeks)}"
    audit.test(off, m.start, who, "weeks", text)
    early = max(q.available, 0) - m.start
    why = "it is available" if q.available > 0 else "the plan"
    audit.test(early, m.start, who, "weeks", f"maintenance of set {q.id} begins {weeks(early)} before {why}")
    late = m.start - total + 1
    audit.test(late, m.start, who, "weeks", f"maintenance of set {q.id} begins {weeks(late)} after the plan")
    inside = min(m.end, total)
    stays = [x for x in plan.stays if x.set_id == q.id]
    outside = min((max(x.start - m.start, 0) + max(inside - x.end, 0) for x in stays), default=length)
    text = f"a maintenance block of set {q.id} is not at one place for {weeks(outside)}"
    audit.test(min(outside, length), m.start, who, "weeks", text)
    for h in held:
        week, n = common((m.start, m.end), (h.start, h.end))
        audit.test(n, week, (q.id, h.element), "weeks", f"set {q.id} is in maintenance while {h.element} holds it")
