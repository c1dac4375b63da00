"""What differs between two plans in planners' words, and their figures side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from optimizer.domain import Case, Plan, Rotation, Run
from optimizer.domain.differences import Difference, differences, later
from optimizer.report.figures import Figures


@dataclass(frozen=True)
class Change:
    """One decision before and after, said in words. ``weeks`` later (earlier if negative); ``before`` and ``after``
    are where and when, ``None`` where there is no such decision; ``text`` says what is different."""

    kind: str
    subject: str
    name: str
    change: str
    weeks: int | None
    text: str
    before: str | None
    after: str | None
    start: date


@dataclass(frozen=True)
class Explained:
    """A change and why it was made. ``how``: forced, follows, gains (or not looked at); ``because`` and ``keeping``
    (what leaving it as it was would cost) in words; ``rule`` and ``rows`` (cells of the inputs) behind it; ``gain`` in
    score points, ``None`` where it cannot be taken back; ``others`` what has to go back with it."""

    change: Change
    how: str
    because: str
    keeping: str
    rule: str | None = None
    rows: tuple[str, ...] = ()
    gain: float | None = None
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class Figure:
    """One figure of several plans, in their order; ``None`` where a plan has none."""

    topic: str
    name: str
    values: tuple[float | int | None, ...]
    unit: str = ""


def changes(before: tuple[Case, Plan], after: tuple[Case, Plan]) -> tuple[Change, ...]:
    """Every decision of two plans, kept ones too; the plans may begin on different days."""
    (old, one), (new, two) = before, after
    offset = (new.calendar.start - old.calendar.start).days // 7
    found = differences(one, later(two, offset))
    return tuple(sorted((said(old, new, d) for d in found), key=in_order))


def in_order(change: Change) -> tuple[int, date, str]:
    """By kind, day and subject."""
    return _ORDER[change.kind], change.start, change.subject


_ORDER = {"rotation": 0, "exercise": 1, "set": 2, "maintenance": 3, "upgrade": 4}


def said(old: Case, new: Case, d: Difference) -> Change:
    """A difference in words; both plans count their weeks from the start of ``old``."""
    calendar = old.calendar
    there = [x for x in (d.before, d.after) if x is not None]
    first = min(x.arrive if isinstance(x, Rotation) else x.start for x in there)
    before = None if d.before is None else _where(old, calendar, d.before)
    after = None if d.after is None else _where(new, calendar, d.after)
    text = {"new": "new", "dropped": "dropped", "kept": "kept"}.get(d.change) or "; ".join(_how(old, new, d))
    name = _name(new, d.kind, d.subject) or _name(old, d.kind, d.subject) or d.subject
    return Change(d.kind, d.subject, name, d.change, d.weeks, text, before, after, calendar.monday(first))


def _name(case: Case, kind: str, subject: str) -> str | None:
    tables: dict[str, dict[str, Any]] = {
        "rotation": case.unit, "set": case.prepo, "maintenance": case.prepo, "exercise": case.exercise
    }  # fmt: skip
    table = tables.get(kind, {})
    return table[subject].name if subject in table else None


def _where(case: Case, calendar: Any, x: Any) -> str:
    """Place and time of a decision."""
    if isinstance(x, Rotation):
        sites = dict.fromkeys(_site(case, p.site) for p in x.postings)
        return f"{', '.join(sites)}, {_period(calendar, x.arrive, x.depart)}"
    if isinstance(x, Run):
        return f"{_site(case, x.site)}, {calendar.monday(x.start).isoformat()}"
    if hasattr(x, "end"):
        site = f"{_site(case, x.site)}, " if hasattr(x, "site") else ""
        return f"{site}{_period(calendar, x.start, x.end)}"
    return str(calendar.monday(x.start).isoformat())


def _period(calendar: Any, start: int, end: int) -> str:
    last = calendar.monday(end) - timedelta(days=1)
    return f"{calendar.monday(start).isoformat()} to {last.isoformat()}"


def _site(case: Case, site: str) -> str:
    return case.site[site].name if site in case.site else site


def _how(old: Case, new: Case, d: Difference) -> Iterator[str]:
    """What is different about a decision that is in both plans."""
    if d.weeks:
        yield f"{_count(abs(d.weeks))} {'later' if d.weeks > 0 else 'earlier'}"
    if d.longer:
        yield f"{_count(abs(d.longer))} {'longer' if d.longer > 0 else 'shorter'}"
    a, b = d.before, d.after
    if isinstance(a, Rotation):
        yield from _postings(old, new, a, b)
    elif hasattr(a, "site") and a.site != b.site:
        yield f"to {_site(new, b.site)} (was {_site(old, a.site)})"
    if isinstance(a, Run):
        yield from _participants(a, b)


def _postings(old: Case, new: Case, a: Rotation, b: Rotation) -> Iterator[str]:
    was, now = {p.element: p for p in a.postings}, {p.element: p for p in b.postings}
    both = [e for e in now if e in was]
    moves: dict[tuple[str, str], list[str]] = {}
    ways: dict[tuple[str, str], list[str]] = {}
    for e in both:
        if was[e].site != now[e].site:
            moves.setdefault((_site(new, now[e].site), _site(old, was[e].site)), []).append(e)
        came, comes = _way(was[e]), _way(now[e])
        if came != comes:
            ways.setdefault((comes, came), []).append(e)
    for found, lead in ((moves, "to "), (ways, "")):
        for (here, there), who in found.items():
            some = "" if len(who) == len(both) else f"{', '.join(who)} "
            yield f"{some}{lead}{here} (was {there})"
    own = [e for e in both if (was[e].arrive - a.arrive, was[e].depart - a.depart)
           != (now[e].arrive - b.arrive, now[e].depart - b.depart)]  # fmt: skip
    if own:
        yield f"{', '.join(own)} staggered otherwise"
    if extra := [e for e in now if e not in was]:
        yield f"with {', '.join(extra)}"
    if missing := [e for e in was if e not in now]:
        yield f"without {', '.join(missing)}"


def _way(p: Any) -> str:
    return f"on set {p.set_id}" if p.set_id else f"by {p.mode}"


def _participants(a: Run, b: Run) -> Iterator[str]:
    was, now = ({(p.need, p.element): (p.mode, p.set_id) for p in run.participants} for run in (a, b))
    if extra := sorted({e for _, e in now.keys() - was.keys()}):
        yield f"with {', '.join(extra)}"
    if missing := sorted({e for _, e in was.keys() - now.keys()}):
        yield f"without {', '.join(missing)}"
    if other := sorted({e for n, e in was.keys() & now.keys() if was[n, e] != now[n, e]}):
        yield f"{', '.join(other)} brought in otherwise"


def _count(weeks: int) -> str:
    return "1 week" if weeks == 1 else f"{weeks} weeks"


def side_by_side(plans: Sequence[Figures | None]) -> tuple[Figure, ...]:
    """The figures of several plans beside one another, ``None`` for a book without a plan."""
    known = [f for f in plans if f is not None]

    def figure(topic: str, name: str, get: Any, unit: str = "") -> Figure:
        return Figure(topic, name, tuple(None if f is None else get(f) for f in plans), unit)

    def names(get: Any) -> list[str]:
        return list(dict.fromkeys(name for f in known for name in get(f)))

    found = [
        figure("score", "score", lambda f: f.score),
        *(figure("score", t, lambda f, t=t: f.terms.get(t)) for t in names(lambda f: f.terms)),
        figure("rules", "breaches", lambda f: f.breaches),
    ]
    for level in names(lambda f: f.coverage):
        found.append(figure("coverage", f"all countries, {level}", lambda f, x=level: f.coverage.get(x), "%"))
    for c in names(lambda f: f.country_coverage):
        for level in names(lambda f, c=c: f.country_coverage.get(c, {})):
            get = lambda f, c=c, x=level: f.country_coverage.get(c, {}).get(x)  # noqa: E731
            found.append(figure("coverage", f"{c}, {level}", get, "%"))
    found += [figure("money", line, lambda f, x=line: f.spend.get(x)) for line in names(lambda f: f.spend)]
    found += [
        figure("money", "all lines", lambda f: f.spent),
        figure("decisions", "rotations", lambda f: f.rotations),
        figure("decisions", "element-weeks in the plan", lambda f: f.element_weeks),
        figure("decisions", "weeks beyond standard length", lambda f: f.over_length_weeks),
        figure("decisions", "exercises held", lambda f: f.exercises_held),
        figure("decisions", "person-weeks below floors", lambda f: sum(f.floor_person_weeks.values())),
    ]
    return tuple(found)
