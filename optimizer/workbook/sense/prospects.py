"""What can never happen, whatever is planned: units that cannot deploy, exercises nobody can staff.

Judged from the finished case, by the same arithmetic of windows, lead times and rest as the rules;
only necessary conditions are used, so that whatever is said here is certain.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from optimizer.domain import Case, Element, Exercise, Need, Unit
from optimizer.domain.presence import stands_for
from optimizer.rosters import earliest_arrival, first_arrival, free_from, in_one_window, must_be_held
from optimizer.workbook.reading.tables import Row, Tables


class Prospects:
    """Who can be where and when, unit by unit; sums that repeat are kept."""

    def __init__(self, case: Case):
        self.case = case
        self.set_types = {q.set_type for q in case.sets if q.available < case.weeks}
        room = Counter({s.id: s.handover_places for s in case.sites})
        for u in case.upgrades:
            room[u.site] += u.handover_places
        self.most_places = max(room.values(), default=0)  # people one site may hold once all is built
        self._soonest: dict[str, int] = {}
        self._out = {r.unit: r for r in case.underway}

    def soonest(self, unit: str) -> int:
        """The first week in which lead times and rest let the unit arrive."""
        if unit not in self._soonest:
            rested = free_from(self.case, unit)
            first = max(earliest_arrival(self.case, unit), 0)
            self._soonest[unit] = first if rested is None else max(first, rested)
        return self._soonest[unit]

    def is_out(self, unit: str) -> bool:
        """Whether a rotation of the unit is under way when the plan begins."""
        return unit in self._out

    def rotates(self, unit: str, start: int = 0, end: int = 0, settling: int = 0) -> bool:
        """Whether windows, lead times, rest and lengths leave it a new rotation: any, or one that lasts
        until ``end`` and began ``settling`` weeks before ``start``."""
        kind = self.case.unit_type(unit)
        for w in self.case.windows_of[unit]:
            arrive = max(self.soonest(unit), w.start, end - kind.rotation_max if end else 0)
            fits = arrive + max(kind.rotation_min, 1) <= w.end and end <= w.end
            if arrive < self.case.weeks and fits and (not end or arrive + settling <= start):
                return True
        return False

    def modes(self, element: Element) -> list[str]:
        """The modes by which it can come: those of its type, set only if there is a set to fall in on."""
        kind = self.case.types[element.type]
        return [m for m in kind.modes if m != "set" or kind.set_type in self.set_types]

    def serves(self, element: Element, origin: str, start: int, end: int) -> bool:
        """Whether the element can be ready during ``[start, end)``, from theatre or flown in."""
        kind, modes = self.case.types[element.type], self.modes(element)
        if origin != "home":
            out = self._out.get(element.unit)
            if out is not None and end <= out.depart:
                return True
            settling = min((kind.modes[m].rsoi_weeks for m in modes), default=None)
            if settling is not None and self.rotates(element.unit, start, end, settling):
                return True
        if origin != "theatre":
            for mode in modes:
                arrive = start - kind.modes[mode].rsoi_weeks
                first = first_arrival(self.case, kind, mode)
                if first is not None and first <= arrive and in_one_window(self.case, element.unit, arrive, end):
                    return True
        return False


def check(tables: Tables, case: Case) -> None:
    known = Prospects(case)
    _exercises(tables, case, known)
    wanted = {x.subject: x.id for x in reversed(case.locks) if x.rule == "must" and x.kind == "unit"}
    rows = _rows(tables, "Units")
    for unit in case.units:
        why = _why_never(known, unit)
        if why and unit.id in wanted:
            tables.say("must-never", tables["Units"], rows[unit.id], "Unit", lock=wanted[unit.id], why=why)
        elif why and not _flies(known, unit):
            tables.say("never-deploys", tables["Units"], rows[unit.id], "Unit", why=why)


def _rows(tables: Tables, name: str) -> dict[str, Row]:
    key = tables[name].sheet.key[0]
    return {r[key]: r for r in tables.rows(name)}


def _why_never(known: Prospects, unit: Unit) -> str:
    case, kind = known.case, known.case.unit_type(unit.id)
    windows = [w for w in case.windows_of[unit.id] if w.end > 0 and w.start < case.weeks]
    day = case.calendar.monday
    needed = [e for e in case.elements_of[unit.id] if not e.optional]
    stuck = next((e for e in needed if not known.modes(e)), None)
    if known.is_out(unit.id):
        return ""
    if known.rotates(unit.id):
        if stuck is not None:
            return f"there is no set of type {case.types[stuck.type].set_type} for {stuck.id} to fall in on"
        crowd = next((e for e in needed if case.types[e.type].people > known.most_places), None)
        people = 0 if crowd is None else case.types[crowd.type].people
        return "" if crowd is None else f"no site has places for the {people:,} people of {crowd.id}"
    if not windows:
        return "it is not available in any week of the plan"
    if max(w.end - w.start for w in windows) < kind.rotation_min:
        return f"no time in Availability lasts the {kind.rotation_min} weeks of its shortest rotation"
    if (first := earliest_arrival(case, unit.id)) >= case.weeks:
        return "release date and lead times let nobody arrive before the plan ends"
    rested = free_from(case, unit.id)
    if rested is not None and rested >= case.weeks:
        return f"it rests until {day(rested)}, after the plan"
    since = f"lead times until {day(max(first, 0))}" + (f", rest until {day(rested)}" if rested is not None else "")
    return f"{since}: no time in Availability then lasts the {kind.rotation_min} weeks of its shortest rotation"


def _flies(known: Prospects, unit: Unit) -> bool:
    """Whether an exercise may want one of its elements from home."""
    return any(
        known.serves(e, "home", w, w + x.weeks)
        for e in known.case.elements_of[unit.id]
        for x in known.case.exercises
        for n in x.needs
        if n.origin != "theatre" and _of_kind(known.case, n, e)
        for w in _starts(known.case, x)
    )


def _of_kind(case: Case, need: Need, element: Element) -> bool:
    return need.what in (element.type, case.types[element.type].main_capability)


def _starts(case: Case, x: Exercise) -> range:
    return range(max(x.earliest, 0), min(x.latest, case.weeks - x.weeks) + 1)


def _open_starts(case: Case, x: Exercise) -> list[int]:
    """Start weeks in which at least one host is open throughout."""
    hosts = [case.site[h.site] for h in x.hosts]
    shut = [c for c in case.closures if c.closes in ("range", "all")]

    def open_for(start: int) -> Iterator[bool]:
        for site in hosts:
            yield not any(stands_for(site, c.place) and c.start < start + x.weeks and start < c.end for c in shut)

    return [w for w in _starts(case, x) if any(open_for(w))]


def _exercises(tables: Tables, case: Case, known: Prospects) -> None:
    rows = _rows(tables, "Exercises")
    needs = {(r["Exercise"], r["Need"]): r for r in tables.rows("Exercise needs")}
    for x in case.exercises:
        starts = _open_starts(case, x)
        if not starts:
            if _starts(case, x):
                code = "mandatory-closed" if must_be_held(case, x) else "range-closed"
                tables.say(code, tables["Exercises"], rows[x.id], "Exercise")
            continue
        for need in x.needs:
            alike = [e for e in case.elements if _of_kind(case, need, e)]
            have = _most(known, x, need, alike, starts)
            if have < need.count:
                why = f"there are no more than {len(alike)} of its kind"
                if len(alike) >= need.count:
                    why = "windows, lead times and rest let no more be ready at once while it may be held"
                code = "mandatory-nobody" if must_be_held(case, x) else "need-nobody"
                row = needs[x.id, need.id]
                tables.say(code, tables["Exercise needs"], row, "Count", have=have, why=why)


def _most(known: Prospects, x: Exercise, need: Need, alike: list[Element], starts: list[int]) -> int:
    """The most elements that can serve the need in one start week; counting stops once it is met."""
    best = 0
    for w in starts:
        able = 0
        for n, e in enumerate(alike):
            if able >= need.count or able + len(alike) - n <= best:
                break
            able += known.serves(e, need.origin, w, w + x.weeks)
        best = max(best, able)
        if best >= need.count:
            break
    return best
