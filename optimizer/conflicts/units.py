"""One unit alone: can it keep the lines typed on it, whatever everybody else does?

Only necessary conditions are used – windows, lead times, rest, lengths, one base per rotation, beds for its own
people, a set to fall in on – so that a unit found impossible is impossible in every plan. The question is decided
exactly for these conditions by walking through its possible rotations in time.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from optimizer.conflicts.items import Item, day, during, freeze_item, lock_item, locks_on, reason, smallest
from optimizer.conflicts.room import beds_rows, beds_text
from optimizer.conflicts.stays import Bases, Must, Stays
from optimizer.domain import Case, Lock
from optimizer.domain.presence import stands_for
from optimizer.domain.reasons import Place, Reason
from optimizer.domain.whereabouts import bases
from optimizer.quantities import MILLI
from optimizer.rosters import free_from, rest_weeks
from optimizer.rules.audit import weeks
from optimizer.rules.locks.truth import span

LIMITS = (
    "shortest",
    "dwell",
    "turnaround",
    "longest",
    "founding act",
    "beds",
    "ways",
    "lead",
    "windows",
    "rest",
    "under way",
    "frozen",
)


def unit_reasons(case: Case) -> Iterator[Reason]:
    """One reason for each unit that cannot keep the lines typed on it, its rotation under way and frozen weeks."""
    out = {r.unit for r in case.underway}
    frozen = case.settings.replan and case.settings.frozen_weeks > 0
    locked = {case.element[k.subject].unit for k in case.locks if k.kind == "element" and k.rule == "must"}
    locked |= {k.subject for k in case.locks if k.kind == "unit" and k.rule == "must"}
    barred = {case.element[k.subject].unit for k in case.locks if k.kind == "element"}
    barred |= {k.subject for k in case.locks if k.kind == "unit"}
    for unit in case.units:
        if unit.id in locked or (unit.id in barred and (unit.id in out or frozen)):
            alone = Alone(case, unit.id)
            if kept := smallest(alone.names, alone.impossible):
                yield reason(unit.id, alone.items(), kept, alone.weeks(kept))


@dataclass(frozen=True)
class _Line:
    """A lock or the freeze, as what it asks of the elements."""

    name: str
    musts: tuple[Must, ...]


class Alone:
    """The demands and limits on one unit, each of which can be taken away."""

    def __init__(self, case: Case, unit: str):
        self.case, self.unit, self.kind = case, unit, case.unit_type(unit)
        self.elements = case.elements_of[unit]
        self.out = [r for r in case.underway if r.unit == unit]
        mine = {unit, *(e.id for e in self.elements)}
        self.locks = [k for k in locks_on(case, ("unit", "element"), mine) if span(case, k)[0] < span(case, k)[1]]
        self.lines = [_Line(f"lock {k.id}", tuple(self._asked(k))) for k in self.locks]
        if case.settings.replan and case.settings.frozen_weeks > 0:
            self.lines.append(_Line("frozen", tuple(self._frozen())))
        self.stays = Stays(case, unit)
        home, length = case.returned.get(unit, (0, 0))
        self.back = home + rest_weeks(case, unit, length) if unit in case.returned else None
        self.names = [n for n in LIMITS if self._applies(n)] + [f"lock {k.id}" for k in self.locks]

    def _applies(self, name: str) -> bool:
        s = self.case.settings
        return {
            "under way": bool(self.out),
            "frozen": s.replan and s.frozen_weeks > 0,
            "founding act": s.founding_act,
            "turnaround": s.turnaround,
        }.get(name, True)

    def _asked(self, lock: Lock) -> Iterator[Must]:
        case, (start, end) = self.case, span(self.case, lock)
        inside = np.array([stands_for(s, lock.place) for s in case.sites], dtype=bool)
        for i, e in enumerate(self.elements):
            if lock.kind == "element" and e.id != lock.subject:
                continue
            if lock.rule == "forbid":
                yield Must(i, start, end, ~inside, home=True)
            elif lock.kind == "element" or not e.optional:
                yield Must(i, start, end, inside, home=False)

    def _frozen(self) -> Iterator[Must]:
        n = min(self.case.settings.frozen_weeks, self.case.weeks)
        there = bases(self.case.last, range(n))
        for i, e in enumerate(self.elements):
            for w in range(n):
                site = there.get((e.id, w))
                yield Must(
                    i, w, w + 1, np.array([s.id == site for s in self.case.sites], dtype=bool), home=site is None
                )

    def impossible(self, kept: frozenset[str]) -> bool:
        """Whether no sequence of rotations keeps the named demands and limits."""
        asked = Bases(self.case, self.elements, [m for line in self.lines if line.name in kept for m in line.musts])
        begin, rested = 0, None
        if "under way" in kept and self.out:
            for r in self.out:
                if not asked.holds(r):
                    return True
            last = max(self.out, key=lambda r: r.depart)
            begin, rested = max(last.depart, 0), last.depart
            if "dwell" in kept:
                rested += rest_weeks(self.case, self.unit, last.depart - last.arrive)
            rested = max(rested, last.depart + self._turnaround(kept))
        if "rest" in kept and self.back is not None:
            rested = self.back if rested is None else max(rested, self.back)
        wanted = asked.next_wanted()
        if wanted[min(begin, self.case.weeks)] >= self.case.weeks:
            return False
        return not self._walk(kept, asked, wanted, begin, rested)

    def _walk(self, kept: frozenset[str], asked: Bases, wanted: np.ndarray, begin: int, rested: int | None) -> bool:
        """Whether some sequence of new rotations from week ``begin`` on leaves no wanted week uncovered."""
        weeks = self.case.weeks
        arrive, depart = self.stays.possible(kept, asked)
        first = begin if rested is None else max(begin, rested)
        reach = np.zeros(weeks + 1, dtype=bool)
        reach[min(first, weeks) : wanted[min(begin, weeks)] + 1] = True
        for a, d in zip(arrive.tolist(), depart.tolist(), strict=True):
            if not reach[a]:
                continue
            if d >= weeks or wanted[d] >= weeks:
                return True
            rest = rest_weeks(self.case, self.unit, d - a) if "dwell" in kept else 0
            reach[min(d + max(rest, self._turnaround(kept)), weeks) : wanted[d] + 1] = True
        return False

    def _turnaround(self, kept: frozenset[str]) -> int:
        """Weeks at least from a departure to the next arrival, by the leads of the ways to come."""
        return self.stays.turnaround if {"turnaround", "ways"} <= kept else 0

    def weeks(self, kept: frozenset[str]) -> tuple[int, int] | None:
        """The weeks that the kept must lines are about."""
        spans = [span(self.case, k) for k in self.locks if f"lock {k.id}" in kept and k.rule == "must"]
        return (min(a for a, _ in spans), max(b for _, b in spans)) if spans else None

    def items(self) -> list[Item]:
        """The demands and limits in words: lines first, then what they meet."""
        case, unit, kind = self.case, self.unit, self.kind
        s = case.settings
        spans = (
            " and ".join(f"{day(case, w.start)} to {day(case, w.end - 1)}" for w in case.windows_of[unit]) or "never"
        )
        types = tuple(dict.fromkeys(e.type for e in self.elements))
        rested = free_from(case, unit)
        out = max(self.out, key=lambda r: r.depart, default=None)
        leads = [Place("Unit types", t, f"{m.title()} lead") for t in types for m in case.types[t].modes]
        limits = [
            Item("beds", "site-capacity", beds_rows(case, self.locks), beds_text(case, unit, self.locks)),
            Item("windows", "availability", (Place("Availability", unit, "From"),),
                 f"{unit} is available in the weeks of {spans} only"),
            Item("lead", "availability", (*leads, Place("Settings", "", "release")),
                 f"released in the week of {day(case, s.release)}, lead times bring it by "
                 f"{day(case, self.stays.earliest)} at the soonest"),
            Item("longest", "rotation-length", (Place("Unit types", kind.id, "Longest rotation"),),
                 f"no rotation of it is longer than {weeks(kind.rotation_max)}"),
            Item("founding act", "host-cap", (Place("Settings", "", "founding_act_weeks"),),
                 f"while the founding act holds no rotation is longer than {s.founding_act_weeks} weeks"),
            Item("shortest", "rotation-length", (Place("Unit types", kind.id, "Shortest rotation"),),
                 f"no rotation of it is shorter than {weeks(kind.rotation_min)}"),
            Item("dwell", "dwell", (Place("Unit types", kind.id, "Dwell ratio"),),
                 f"after a rotation it rests {weeks(kind.dwell_ratio / MILLI)} at home for each week away"),
            Item("turnaround", "turnaround", (Place("Settings", "", "turnaround"), *leads),
                 f"who left is brought in again no sooner than {weeks(self.stays.turnaround)} later, the lead"),
            Item("ways", "availability", tuple(Place("Unit types", t, "Set type") for t in types),
                 "it can come only by the ways its types offer, on a set only where one may stand"),
            freeze_item(s.frozen_weeks),
        ]  # fmt: skip
        if self.back is not None:
            home = case.returned[unit][0]
            typed = case.unit[unit].last_return == home
            row = Place("Units", unit, "Last return") if typed else Place("Plan rotations", unit, "Depart")
            text = f"after its last return in the week of {day(case, home)} it rests until {day(case, self.back)}"
            limits.append(Item("rest", "dwell", (row,), text))
        if out is not None:
            text = f"its rotation under way stays {during(case, max(out.arrive, 0), min(out.depart, case.weeks))}"
            if rested is not None and rested > out.depart:
                text += f", after which it rests until {day(case, rested)}"
            row = Place("Plan rotations", out.postings[0].element if out.postings else unit, "Depart")
            limits.append(Item("under way", "locks", (row,), text))
        return [*(lock_item(case, k) for k in self.locks), *limits]
