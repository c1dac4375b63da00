"""Years glued together: one case and one plan, to be judged by the ordinary rules.

Nothing is carried here. The years' own cases are laid end to end by date, so that whatever a seam did wrong (rest cut
short, a set in two places, a block overdue, an exercise too soon after another) is a breach like any other. Money is
not glued: see ``judging``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from optimizer.cycle.carry import signed
from optimizer.domain import Case, Exercise, Maintenance, Plan, Purchase, Stay, Upgrade, Window
from optimizer.domain.differences import later

T = TypeVar("T")


@dataclass(frozen=True)
class Year:
    """One year: its case and plan, and the weeks of them that were signed."""

    year: int
    case: Case
    plan: Plan
    weeks: int


def glue(years: Sequence[Year]) -> tuple[Case, Plan]:
    """The years as one case and one plan, in weeks from the first one's start. They must follow one another."""
    first = years[0].case
    offsets = [(y.case.calendar.start - first.calendar.start).days // 7 for y in years]
    total = offsets[-1] + years[-1].weeks
    plan, renamed = _plan(years, offsets)
    settings = replace(
        first.settings,
        calendar=replace(first.calendar, weeks=total),
        total_cap=None,
        replan=False,
        frozen_weeks=0,
    )
    case = Case(
        settings,
        countries=first_of_each(c for y in years for c in y.case.countries),
        capabilities=first.capabilities,
        levels=first.levels,
        sites=first_of_each(s for y in years for s in y.case.sites),
        closures=_spans(years, offsets, lambda c: c.closures),
        upgrades=(*_upgrades(years, offsets), *_grown(years, offsets)),
        legs=_whole(leg for y in years for leg in y.case.legs),
        reach=_whole(r for y in years for r in y.case.reach),
        unit_types=first_of_each(t for y in years for t in y.case.unit_types),
        units=first_of_each(u for y in years for u in y.case.units),
        elements=first_of_each(e for y in years for e in y.case.elements),
        windows=_windows(years, offsets),
        sets=first_of_each(replace(q, available=q.available + o) for y, o in zip(years, offsets, strict=True)
                    for q in y.case.sets),
        holdings=_holdings(years, offsets),
        exercises=tuple(_exercises(years, offsets, renamed)),
        demands=_spans(years, offsets, lambda c: c.demands),
        last=first.last,
    )  # fmt: skip
    return case, _with_growth(plan, years, offsets)


def first_of_each(things: Iterable[T]) -> tuple[T, ...]:
    """The first of each id, in the order met."""
    found: dict[str, T] = {}
    for x in things:
        found.setdefault(x.id, x)  # type: ignore[attr-defined]
    return tuple(found.values())


def _whole(things: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(things))


def _spans(years: Sequence[Year], offsets: Sequence[int], of: Any) -> tuple[Any, ...]:
    """Rows with a start and an end, each cut to the signed weeks of the year that has it."""
    out = []
    for y, offset in zip(years, offsets, strict=True):
        for x in of(y.case):
            start, end = max(x.start, 0), min(x.end, y.weeks)
            if start < end:
                out.append(replace(x, start=start + offset, end=end + offset))
    return tuple(out)


def _windows(years: Sequence[Year], offsets: Sequence[int]) -> tuple[Window, ...]:
    """When units may be away; windows that touch or overlap are one."""
    spans: dict[str, list[tuple[int, int]]] = {}
    for y, offset in zip(years, offsets, strict=True):
        for w in y.case.windows:
            spans.setdefault(w.unit, []).append((w.start + offset, w.end + offset))
    return tuple(Window(u, a, b) for u, found in spans.items() for a, b in _joined(found))


def _joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    out: list[tuple[int, int]] = []
    for a, b in sorted(spans):
        if out and a <= out[-1][1]:
            out[-1] = out[-1][0], max(out[-1][1], b)
        else:
            out.append((a, b))
    return out


def _holdings(years: Sequence[Year], offsets: Sequence[int]) -> tuple[Any, ...]:
    spans: dict[tuple[str, str], list[tuple[int, int]]] = {}
    rows: dict[tuple[str, str], Any] = {}
    for y, offset in zip(years, offsets, strict=True):
        for h in y.case.holdings:
            spans.setdefault((h.set_id, h.site), []).append((h.start + offset, h.end + offset))
            rows[h.set_id, h.site] = h
    return tuple(replace(rows[k], start=a, end=b) for k, found in spans.items() for a, b in _joined(found))


def _upgrades(years: Sequence[Year], offsets: Sequence[int]) -> tuple[Upgrade, ...]:
    found: dict[str, Upgrade] = {}
    for y, offset in zip(years, offsets, strict=True):
        for u in y.case.upgrades:
            own = replace(u, earliest=u.earliest + offset, latest=u.latest + offset)
            old = found.get(u.id, own)
            found[u.id] = replace(old, earliest=min(old.earliest, own.earliest), latest=max(old.latest, own.latest))
    return tuple(found.values())


def _done(before: Year) -> set[str]:
    weeks = {u.id: u.weeks for u in before.case.upgrades}
    kept = signed(before.case, before.plan, before.weeks)
    return {b.upgrade for b in kept.purchases if b.start + weeks[b.upgrade] <= before.weeks}


def _grown(years: Sequence[Year], offsets: Sequence[int]) -> list[Upgrade]:
    """What sites gained from one year to the next by other means than upgrades, as free ones."""
    out = []
    for before, y, offset in zip(years, years[1:], offsets[1:], strict=False):
        gains = {u.id: u for u in before.case.upgrades if u.id in _done(before)}
        for s in y.case.sites:
            old = before.case.site.get(s.id)
            if old is None:
                continue
            own = [u for u in gains.values() if u.site == s.id]
            more = Upgrade(
                f"{s.id} in {y.year}", s.id, 0, 0, offset, offset,
                max(0, s.places - old.places - sum(u.places for u in own)),
                max(0, s.handover_places - old.handover_places - sum(u.handover_places for u in own)),
                max(0, s.slots - old.slots - sum(u.slots for u in own)),
                s.range_echelon if s.range_echelon != old.range_echelon and not own else "none",
                max(0, s.exercises_at_once - old.exercises_at_once - sum(u.exercises_at_once for u in own)),
            )  # fmt: skip
            if (
                more.places
                or more.handover_places
                or more.slots
                or more.exercises_at_once
                or (more.range_echelon != "none")
            ):
                out.append(more)
    return out


def _with_growth(plan: Plan, years: Sequence[Year], offsets: Sequence[int]) -> Plan:
    free = tuple(Purchase(u.id, u.earliest) for u in _grown(years, offsets))
    return replace(plan, purchases=(*plan.purchases, *free)).tidy()


def _plan(years: Sequence[Year], offsets: Sequence[int]) -> tuple[Plan, dict[tuple[int, str], str]]:
    """All that was signed; and the names of exercises of one id in several years, by year and id."""
    seen: dict[str, list[int]] = {}
    for y in years:
        for x in y.case.on_offer:
            seen.setdefault(x.id, []).append(y.year)
    renamed = {(year, name): f"{name} in {year}" for name, of in seen.items() if len(of) > 1 for year in of}
    rotations: list[Any] = []
    stays: list[Stay] = []
    blocks: list[Any] = []
    runs: list[Any] = []
    purchases: list[Any] = []
    for y, offset in zip(years, offsets, strict=True):
        own = later(signed(y.case, y.plan, y.weeks), offset)
        until = offset + y.weeks
        rotations += own.rotations
        stays += [replace(s, end=min(s.end, until)) if s.start < until else s for s in own.stays if s.start < until]
        blocks += own.maintenance
        runs += [replace(r, exercise=renamed.get((y.year, r.exercise), r.exercise)) for r in own.runs]
        purchases += own.purchases
    resets = _resets(years, rotations)
    whole = Plan(
        tuple(dict.fromkeys(rotations)),
        tuple(_to_the_end(_one_stay(stays, [*blocks, *resets]), offsets[-1] + years[-1].weeks, years[-1])),
        tuple(dict.fromkeys(blocks)),
        tuple(dict.fromkeys(runs)),
        tuple(dict.fromkeys(purchases)),
    )
    return whole.tidy(), renamed


def _one_stay(stays: Iterable[Stay], blocks: Sequence[Any]) -> list[Stay]:
    """Stays that go on over a seam as one. A set whose block or reset runs over it is not available in the next year
    until that is over: it stands there all the same."""
    out: list[Stay] = []
    for s in sorted(stays, key=lambda s: (s.set_id, s.start)):
        before = out[-1] if out else None
        if before is not None and before.set_id == s.set_id and before.site == s.site:
            runs_over = any(m.set_id == s.set_id and m.start <= before.end and m.end >= s.start for m in blocks)
            if s.start <= before.end or runs_over:
                out[-1] = replace(before, end=max(before.end, s.end))
                continue
        out.append(s)
    return out


def _resets(years: Sequence[Year], rotations: Iterable[Any]) -> list[Any]:
    """The resets after rotations and exercise deployments, as if they were blocks."""
    weeks = {q.id: q.reset_weeks for y in years for q in y.case.sets}
    first = years[0].case.calendar.start
    found = [(p.set_id, p.depart) for r in rotations for p in r.postings if p.set_id]
    for y in years:
        offset = (y.case.calendar.start - first).days // 7
        for run in signed(y.case, y.plan, y.weeks).runs:
            end = offset + run.start + y.case.exercise[run.exercise].weeks
            found += [(who.set_id, end) for who in run.participants if who.set_id]
    return [Maintenance(q, end, end + weeks[q]) for q, end in found if weeks[q]]


def _to_the_end(stays: list[Stay], end: int, last: Year) -> list[Stay]:
    """A set that is on the road when the last year ends is taken to stand where it set out until then: where it arrives
    is no longer judged."""
    latest = {s.set_id: s for s in sorted(stays, key=lambda s: s.start)}
    going = {s.set_id for s in signed(last.case, last.plan, last.weeks).stays if s.start >= last.weeks}
    return [replace(s, end=end) if s.set_id in going and latest[s.set_id] is s else s for s in stays]


def _exercises(
    years: Sequence[Year], offsets: Sequence[int], renamed: dict[tuple[int, str], str]
) -> Iterable[Exercise]:
    """Every edition offered; none mandatory, since each year was asked for its own."""
    found: dict[str, Exercise] = {}
    for y, offset in zip(years, offsets, strict=True):
        for x in y.case.on_offer:
            name = renamed.get((y.year, x.id), x.id)
            own = replace(x, id=name, earliest=x.earliest + offset, latest=x.latest + offset, mandatory=False)
            found.setdefault(name, own)
    return found.values()
