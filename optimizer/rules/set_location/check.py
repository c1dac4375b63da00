"""Where sets stand, how they move, and what sites can store."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise

import numpy as np

from optimizer.domain import Case, Plan, PrepoSet, Stay
from optimizer.domain.network import move_weeks
from optimizer.domain.presence import holds
from optimizer.quantities import MILLI
from optimizer.rosters import lenient
from optimizer.rules.audit import Audit, amount, clip, common, spells, weeks
from optimizer.rules.base import Finding


def check(case: Case, plan: Plan) -> Finding:
    """Breaches by set and site; size in weeks, in slots for storage."""
    audit = Audit(case, "set-location")
    by_set: defaultdict[str, list[Stay]] = defaultdict(list)
    for stay in plan.stays:
        by_set[stay.set_id].append(stay)
    gaps: list[tuple[str, int, int]] = []
    for q in case.sets:
        stays = sorted(by_set[q.id], key=lambda x: (x.start, x.end))
        if q.available >= case.weeks:
            text = f"set {q.id} stands somewhere although it never becomes available in the plan"
            audit.test(len(stays), stays[0].start if stays else None, (q.id,), "stays", text)
            continue
        _accounted(audit, q, stays)
        for stay in stays:
            _allowed(audit, stay)
        for before, after in pairwise(stays):
            _between(audit, before, after)
            gaps.append((q.id, before.end, after.start))
    _moves_free(audit, plan, gaps)
    _storage(audit, plan)
    return audit.finding()


def _accounted(audit: Audit, q: PrepoSet, stays: list[Stay]) -> None:
    case, first = audit.case, max(q.available, 0)
    if not stays:
        n = case.weeks - first
        audit.test(n, first, (q.id,), "weeks", f"set {q.id} is nowhere for {weeks(n)}")
        return
    start, end = stays[0], max(stays, key=lambda x: x.end)
    off = abs(start.start - first)
    audit.test(off, min(start.start, first), (q.id,), "weeks", f"set {q.id} first stands somewhere {weeks(off)} off")
    if q.start_site is not None:
        wrong = int(start.site != q.start_site)
        text = f"set {q.id} begins at {start.site} although it is at {q.start_site}"
        audit.test(wrong, start.start, (q.id, start.site, q.start_site), "sites", text)
    off = abs(end.end - case.weeks)
    text = (
        f"set {q.id} is accounted for until {weeks(off)} {'after' if end.end > case.weeks else 'before'} the plan's end"
    )
    audit.test(off, min(end.end, case.weeks), (q.id,), "weeks", text)


def _allowed(audit: Audit, stay: Stay) -> None:
    """Size: the weeks of the stay outside the holding row that fits best."""
    who, length = (stay.set_id, stay.site), stay.end - stay.start
    audit.test(1 - length, stay.start, who, "weeks", f"set {stay.set_id} stands at {stay.site} for less than a week")
    rows = [h for h in audit.case.holdings_of[stay.set_id] if h.site == stay.site]
    outside = min((max(h.start - stay.start, 0) + max(stay.end - h.end, 0) for h in rows), default=length)
    text = f"set {stay.set_id} stands at {stay.site} for {weeks(outside)} that its holdings do not allow"
    audit.test(max(min(outside, length), int(not rows)), stay.start, who, "weeks", text)


def _between(audit: Audit, before: Stay, after: Stay) -> None:
    case, gap = audit.case, after.start - before.end
    if gap < 0:
        text = f"set {before.set_id} stands at {before.site} and {after.site} for the same {weeks(-gap)}"
        audit.test(-gap, after.start, (before.set_id, *sorted({before.site, after.site})), "weeks", text)
        return
    at = {s.id: i for i, s in enumerate(case.sites)}
    need = int(move_weeks(case)[at[before.site], at[after.site]])
    if need < 0:
        text = f"there is no way for set {before.set_id} from {before.site} to {after.site}"
        audit.test(1, before.end, (before.set_id, before.site, after.site), "ways", text)
        return
    where = (before.set_id, before.site) if before.site == after.site else (before.set_id, before.site, after.site)
    text = f"set {before.set_id} is {weeks(gap)} between {before.site} and {after.site}; the move takes {weeks(need)}"
    audit.test(abs(gap - need), before.end, where, "weeks", text)


def _moves_free(audit: Audit, plan: Plan, gaps: list[tuple[str, int, int]]) -> None:
    taken: list[tuple[str, int, int, tuple[str, ...], str]] = [
        (h.set_id, h.start, h.end, (h.set_id, h.element), f"{h.element} holds it")
        for h in holds(lenient(audit.case, plan), plan)
    ]
    taken += [(m.set_id, m.start, m.end, (m.set_id,), "it is in maintenance") for m in plan.maintenance]
    for name, start, end in gaps:
        for owner, since, until, who, why in taken:
            if owner == name:
                week, n = common((start, end), (since, until))
                audit.test(n, week, who, "weeks", f"set {name} moves for {weeks(n)} while {why}")


def _storage(audit: Audit, plan: Plan) -> None:
    case = audit.case
    room = {s.id: np.full(case.weeks, s.slots, dtype=np.int64) for s in case.sites}
    used = {s.id: np.zeros(case.weeks, dtype=np.int64) for s in case.sites}
    for b in plan.purchases:
        u = case.upgrade[b.upgrade]
        room[u.site][clip(case, b.start + u.weeks, case.weeks)] += u.slots
    for stay in plan.stays:
        used[stay.site][clip(case, stay.start, stay.end)] += case.prepo[stay.set_id].slots
    for s in case.sites:
        over = used[s.id] - room[s.id]
        audit.tested += case.weeks
        for first, until in spells(over):
            there = {x.set_id for x in plan.stays if x.site == s.id and max(x.start, first) < min(x.end, until)}
            worst = float(over[first:until].max()) / MILLI
            text = f"{s.id} stores {amount(worst)} slots more than it has for {weeks(until - first)}"
            audit.breach(worst, first, (s.id, *sorted(there)), "slots", text)
