"""Rotations as optional intervals: when units and their elements come and go, by which way."""

from __future__ import annotations

from dataclasses import dataclass, field

from optimizer.domain import Case, Element, Posting, Rotation, UnitType
from optimizer.domain.presence import rsoi_weeks
from optimizer.engines.cpsat.candidates import Candidates, Way
from optimizer.engines.cpsat.logic import Lit, Logic, Week


@dataclass(eq=False)
class Post:
    """An element's possible part in a rotation; one literal per way, of which one holds if it is ``on``."""

    element: str
    kind: UnitType
    slot: Slot
    on: Lit
    arrive: Week
    depart: Week
    ways: dict[Way, Lit]
    rsoi: dict[Way, int]
    least: int = 0  # weeks it surely lasts if it is on

    def by(self, what: int) -> dict[object, list[Lit]]:
        """The literals of the ways by one of their fields: 0 site, 1 mode, 2 set."""
        found: dict[object, list[Lit]] = {}
        for way, lit in self.ways.items():
            found.setdefault(way[what], []).append(lit)
        return found


@dataclass(eq=False)
class Slot:
    """A possible rotation of a unit; ``under`` holds if it is one that is under way."""

    unit: str
    on: Lit
    arrive: Week
    depart: Week
    under: Lit = 0
    posts: list[Post] = field(default_factory=list)


class Rotations:
    """Builds the slots. Absent rotations and posts come and go at ``end``, after everything."""

    def __init__(self, case: Case, logic: Logic, candidates: Candidates):
        self.case, self.logic, self.candidates = case, logic, candidates
        self.end = candidates.longest + 1
        self.slots = {u.id: self._slots(u.id) for u in case.units}

    def _underway(self, unit: str) -> list[Rotation]:
        return [r for r in self.case.underway if r.unit == unit]

    def _given(self, r: Rotation) -> Slot:
        under = any((r.arrive, r.depart) == (o.arrive, o.depart) for o in self._underway(r.unit))
        slot = Slot(r.unit, 1, r.arrive, r.depart, int(under))
        for p in r.postings:
            way, kind = Way(p.site, p.mode, p.set_id), self.case.element_type(p.element)
            rsoi = {way: rsoi_weeks(self.case, kind, p.mode, p.set_id)}
            slot.posts.append(Post(p.element, kind, slot, 1, p.arrive, p.depart, {way: 1}, rsoi))
        return slot

    def _slots(self, unit: str) -> list[Slot]:
        choice, out = self.candidates, self._underway(unit)
        told = sorted(r for r in choice.plan.rotations if r.unit == unit)
        arrivals = set(choice.arrivals(unit))
        made: list[Slot] = []
        if choice.on("locks", "one-place") and out and not told:  # those under way stay as they are
            made = [self._given(r) for r in sorted(out)]
            arrivals = {t for t in arrivals if t >= max(r.depart for r in out)}
            count, out = (choice.slots(unit) if arrivals else 0), []
        else:
            count = max(choice.slots(unit) + len(out), len(told))
        arrivals |= {r.arrive for r in (*told, *out)}
        departs = {*choice.departures(unit), *(r.depart for r in (*told, *out))}
        for k in range(count):
            slot = self._slot(f"{unit}#{len(made)}", unit, arrivals, departs)
            if made:
                self.logic.model.add(made[-1].arrive <= slot.arrive)
            made.append(slot)
            self._members(slot, [*(p for r in out for p in r.postings), *(told[k].postings if k < len(told) else ())])
        return made

    def _slot(self, name: str, unit: str, arrivals: set[int], departs: set[int]) -> Slot:
        logic = self.logic
        slot = Slot(unit, logic.boolean(name), *(logic.week({*w, self.end}, name) for w in (arrivals, departs)))
        self._park(slot)
        spans = [(r.arrive, r.depart) for r in self._underway(unit)]
        same = (logic.both(logic.among(slot.arrive, a, a + 1), logic.among(slot.depart, d, d + 1)) for a, d in spans)
        slot.under = logic.either(*same)
        return slot

    def _members(self, slot: Slot, told: list[Posting]) -> None:
        """A post for every element of the unit and for whoever else a plan has on this rotation."""
        elements = list(self.case.elements_of[slot.unit])
        if not self.candidates.on("together"):
            left = [e.id for e in elements]
            for p in told:
                if p.element in left:
                    left.remove(p.element)
                else:
                    elements.append(self.case.element[p.element])
        for e in elements:
            self._post(slot, e, [p for p in told if p.element == e.id])

    def _post(self, slot: Slot, e: Element, told: list[Posting]) -> None:
        logic, kind, name = self.logic, self.case.types[e.type], f"{slot.unit} {e.id}"
        ways = dict.fromkeys((*self.candidates.ways(e), *(Way(p.site, p.mode, p.set_id) for p in told)))
        rsoi = {w: rsoi_weeks(self.case, kind, w.mode, w.set_id) for w in ways}
        lits = {w: logic.boolean(f"{name} {w}") for w in ways}
        post = Post(e.id, kind, slot, slot.on, slot.arrive, slot.depart, lits, rsoi)
        alone = len(self.case.elements_of[slot.unit]) == 1  # opens and closes the rotation by itself
        stagger = 0 if alone else self.case.unit_type(slot.unit).stagger
        as_one = self.candidates.on("together")
        if as_one and self.candidates.on("rotation-length", "locks", "one-place") and self.candidates.plan.empty:
            post.least = self.case.unit_type(slot.unit).rotation_min - 2 * stagger
        if (e.optional and not alone) or stagger or not as_one:
            post.on = logic.boolean(name)
            starts = {t for t in logic.domain(slot.arrive) if t < self.end}
            starts = (
                {t + k for t in starts for k in range(stagger + 1)} if as_one else {*starts, *range(self.case.weeks)}
            )
            ends = {t for t in logic.domain(slot.depart) if t < self.end}
            post.arrive = logic.week({*starts, *(p.arrive for p in told), self.end}, name)
            post.depart = logic.week({*ends, *(p.depart for p in told), self.end}, name)
            self._park(post)
            logic.model.add_implication(post.on, slot.on)
        logic.model.add(sum(lits.values()) == post.on)
        slot.posts.append(post)

    def _park(self, one: Slot | Post) -> None:
        model = self.logic.model
        model.add(one.arrive < one.depart).only_enforce_if(one.on)
        model.add(one.depart < self.end).only_enforce_if(one.on)
        model.add(one.arrive == self.end).only_enforce_if(~one.on)
        model.add(one.depart == self.end).only_enforce_if(~one.on)
