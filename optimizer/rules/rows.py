"""Sparse rows over weekly quantities: the form in which every linear engine reads the rules.

A *key* names a quantity; a *row* bounds a sum of them. ``Space`` says which decisions exist and
spells out the sums that rules share (who is ready, who holds a set, who visits). Decisions:

========================================== ==================================================
``("rotate", u, a, d)``                    unit u is out during [a, d)
``("start", e, s, m, q, t)``               element e arrives at base s by mode m on set q
``("at", e, s, q, t)``                     it is based there in week t
``("run", i, s, w)``                       exercise i starts at host s in week w
``("join", e, i, n, s, w)``                e serves need n of that run from theatre
``("fly", e, i, n, s, w, m, q)``           … flown in from home
``("place", q, s, t)``                     set q first stands at s in week t
``("move", q, s1, s2, t, v)``              it leaves s1 in week t and stands at s2 from week v
``("end", q, s, t)``                       its last stay ends (only in spaces made of a plan)
``("stand", q, s, t)``                     it stands at s in week t
``("maint", q, f, g)``                     it is in maintenance during [f, g)
``("buy", b, w)``                          upgrade b is bought
``("foreign", u, e)``                      a rotation of u names an element it may not (plans only)
========================================== ==================================================

Weekly sums defined by the engine: ``("arrive", u, t)``, ``("depart", u, t)``, ``("out", u, t)`` of rotations;
``("present", k, s, t)`` and ``("ready", k, s, t)`` elements of type k based at s on rotations;
``("fit", e, s, q, late, t)`` whether one element is, even if ``late`` weeks late (where rows need it often).
Any other key is a quantity of one rule's own, continuous and not negative.

In one file, though a long one: the keys, and the sums over them that rules share.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from optimizer.domain import Case, Scenario
from optimizer.domain.presence import rsoi_weeks

Key = tuple[Any, ...]
Terms = dict[Key, float]
Pairs = list[tuple[Key, int]]
DECISIONS = frozenset(
    ("rotate", "start", "at", "run", "join", "fly", "place", "move", "end", "stand", "maint", "buy", "foreign")
)


class Row(NamedTuple):
    """``Σ coefficient × quantity  sense  rhs``; ``parties`` and ``week`` say whom it concerns.

    ``sense`` is ``<=``, ``>=`` or ``==``. A decision the space does not have counts as zero.
    """

    parties: tuple[str, ...]
    week: int | None
    terms: Terms
    sense: str
    rhs: float


class Join(NamedTuple):
    """A possible participation from theatre during ``[start, end)``."""

    key: Key
    element: str
    exercise: str
    need: str
    site: str
    start: int
    end: int


class Flight(NamedTuple):
    """A possible exercise deployment from home: present ``[arrive, end)``, ready from ``start``."""

    key: Key
    element: str
    exercise: str
    need: str
    site: str
    start: int
    end: int
    arrive: int
    set_id: str | None


def put(terms: Terms, pairs: Iterable[tuple[Key, float]], by: float = 1) -> Terms:
    """Adds ``by ×`` the pairs to ``terms``, in place; returns it."""
    for key, coefficient in pairs:
        terms[key] = terms.get(key, 0) + by * coefficient
    return terms


def total(pairs: Iterable[tuple[Key, float]]) -> Terms:
    """The pairs as the terms of a new row."""
    return put({}, pairs)


class Space:
    """The decisions of a model and the weekly sums over them.

    ``case``: the case. ``keys``: every decision that exists. ``active``: ids of the rules in
    force. ``until``: postings are followed in weeks ``[lo, until)``; those still there at the
    end may leave any time later. ``members``: for a set that stands for several identical
    ones, all of them. ``made_of_plan``: nothing may be assumed about the decisions.
    """

    def __init__(
        self,
        case: Case,
        keys: Iterable[Key],
        active: frozenset[str],
        until: int,
        members: Mapping[str, tuple[str, ...]] | None = None,
        made_of_plan: bool = False,
    ):
        self.case, self.active, self.until, self.made_of_plan = case, active, until, made_of_plan
        self.members = members if members is not None else {q.id: (q.id,) for q in case.sets}
        self.keys: dict[Key, None] = dict.fromkeys(keys)
        self.rotations: dict[str, list[tuple[int, int]]] = defaultdict(list)
        self.starts: dict[tuple[str, str, str | None], dict[int, list[Key]]] = {}
        self.bases: dict[str, list[tuple[str, str | None]]] = {e.id: [] for e in case.elements}
        self.runs: dict[str, list[tuple[str, int]]] = {x.id: [] for x in case.exercises}
        self.joins: list[Join] = []
        self.flights: list[Flight] = []
        self.places: dict[str, list[tuple[str, int]]] = defaultdict(list)
        self.moves: dict[str, list[tuple[str, str, int, int]]] = defaultdict(list)
        self.ends: dict[str, list[tuple[str, int]]] = defaultdict(list)
        self.stands: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        self.blocks: dict[str, list[tuple[int, int]]] = defaultdict(list)
        self.buys: dict[str, list[int]] = defaultdict(list)
        for key in self.keys:
            self._index(key)
        self.participations: list[Join | Flight] = [*self.joins, *self.flights]
        self.joining = {j.element for j in self.joins}
        self._rsoi: dict[tuple[str, str, str | None], int] = {}
        self._wait: dict[tuple[str, str, str | None], int] = {}
        self._shortest = {u.id: min((d - a for a, d in self.rotations[u.id]), default=0) for u in case.units}
        self.holders: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for e, bases in self.bases.items():
            for s, q in bases:
                if q is not None:
                    self.holders[q].append((e, s))
        self.set_flights: dict[str, list[Flight]] = defaultdict(list)
        self.visits: dict[tuple[str, int], list[Flight]] = defaultdict(list)
        for f in self.flights:
            if f.set_id is not None:
                self.set_flights[f.set_id].append(f)
            for t in range(max(f.arrive, 0), min(f.end, case.weeks)):
                self.visits[f.site, t].append(f)
        self._follow()
        arrivals = [t for weeks in self.starts.values() for t in weeks]
        arrivals += [a for spans in self.rotations.values() for a, _ in spans] + [f.arrive for f in self.flights]
        self.lo = min(arrivals, default=0)
        self.lo = min(self.lo, 0)

    def _index(self, key: Key) -> None:
        kind = key[0]
        if kind == "start":
            _, e, s, _, q, t = key
            weeks = self.starts.get((e, s, q))
            if weeks is None:
                weeks = self.starts[e, s, q] = {}
                self.bases[e].append((s, q))
            weeks.setdefault(t, []).append(key)
        elif kind == "stand":
            self.stands[key[1]][key[2]].append(key[3])
        elif kind == "rotate":
            self.rotations[key[1]].append(key[2:])
        elif kind == "run":
            self.runs[key[1]].append(key[2:])
        elif kind == "join":
            _, e, i, n, s, w = key
            self.joins.append(Join(key, e, i, n, s, w, w + self.case.exercise[i].weeks))
        elif kind == "fly":
            _, e, i, n, s, w, m, q = key
            early = rsoi_weeks(self.case, self.case.element_type(e), m, q)
            self.flights.append(Flight(key, e, i, n, s, w, w + self.case.exercise[i].weeks, w - early, q))
        elif kind in _LISTS:
            getattr(self, _LISTS[kind])[key[1]].append(key[2] if kind == "buy" else key[2:])

    def _follow(self) -> None:
        for (e, s, q), weeks in self.starts.items():
            out = [d for _, d in self.rotations[self.case.element[e].unit]]
            last = self.until if self.made_of_plan else min(self.until, max(out, default=0))
            self.keys.update(dict.fromkeys(("at", e, s, q, t) for t in range(min(weeks), last)))

    def scenarios(self) -> list[tuple[float, Scenario]]:
        """The scenarios weighed beside the plan as it is, with their probabilities."""
        if not self.case.settings.weigh_scenarios:
            return []
        return [(s.weight / 1000, s) for s in self.case.scenarios if s.weight > 0]

    def late(self, element: str) -> list[int]:
        """Every delay the element may have to be judged with, 0 first."""
        unit = self.case.element[element].unit
        return [0, *sorted({s.delay(unit) for _, s in self.scenarios()} - {0})]

    def rsoi(self, element: str, mode: str, set_id: str | None) -> int:
        """RSOI weeks of an element by a mode on a set."""
        found = (self.case.element[element].type, mode, set_id)
        if found not in self._rsoi:
            self._rsoi[found] = rsoi_weeks(self.case, self.case.types[found[0]], mode, set_id)
        return self._rsoi[found]

    def based(self, element: str, week: int, site: str | None = None) -> Pairs:
        """1 while the element is based (at ``site``; anywhere) in ``week``."""
        return [(("at", element, s, q, week), 1) for s, q in self.bases[element] if site in (None, s)]

    def arriving(self, element: str, week: int) -> Pairs:
        """1 if the element arrives for a rotation in ``week``."""
        return [(key, 1) for b in self.bases[element] for key in self.starts[(element, *b)].get(week, ())]

    def leaving(self, element: str, week: int) -> Pairs:
        """1 if the element leaves its base at the beginning of ``week``."""
        gone = [(key, -one) for key, one in self.based(element, week)]
        return self.based(element, week - 1) + self.arriving(element, week) + gone

    def unready(self, element: str, site: str, set_id: str | None, week: int, late: int = 0) -> list[Key]:
        """Arrivals at a base so recent that the element is not ready in ``week``."""
        base = (element, site, set_id)
        weeks, wait = self.starts[base], self.longest_wait(base) + late
        recent = (key for t in range(week - wait + 1, week + 1) for key in weeks.get(t, ()))
        return [key for key in recent if key[5] > week - self.rsoi(element, key[3], set_id) - late]

    def ready(self, element: str, site: str, set_id: str | None, week: int, late: int = 0) -> Pairs:
        """1 while the element is past RSOI (and ``late`` more weeks) at this base."""
        if self.spelt((element, site, set_id), late):
            return [(("fit", element, site, set_id, late, week), 1)]
        recent = [(key, -1) for key in self.unready(element, site, set_id, week, late)]
        return [(("at", element, site, set_id, week), 1), *recent]

    def spelt(self, base: tuple[str, str, str | None], late: int) -> bool:
        """Whether readiness at a base is a quantity of its own rather than a sum."""
        return base[0] in self.joining or self.brief(base, late)

    def brief(self, base: tuple[str, str, str | None], late: int) -> bool:
        """Whether a posting at this base (element, site, set) may end before it is ready."""
        unit = self.case.element[base[0]].unit
        spare = 2 * self.case.unit_type(unit).stagger
        return self.made_of_plan or self.longest_wait(base) + late > self._shortest[unit] - spare

    def longest_wait(self, base: tuple[str, str, str | None]) -> int:
        """The longest RSOI of the ways to this base (element, site, set)."""
        if base not in self._wait:
            modes = {key[3] for keys in self.starts[base].values() for key in keys}
            self._wait[base] = max(self.rsoi(base[0], m, base[2]) for m in modes)
        return self._wait[base]

    def held(self, set_id: str, week: int, site: str | None = None) -> Pairs:
        """1 while the set is held, reset weeks included (at ``site``; anywhere)."""
        reset, out = self.case.prepo[set_id].reset_weeks, []
        for e, s in self.holders[set_id]:
            if site in (None, s):
                out.append((("at", e, s, set_id, week - reset), 1))
                weeks = self.starts[e, s, set_id]
                out += [(key, 1) for t in range(week - reset + 1, week + 1) for key in weeks.get(t, ())]
        for f in self.set_flights[set_id]:
            if f.arrive <= week < f.end + reset and site in (None, f.site):
                out.append((f.key, 1))
        return out

    def serviced(self, set_id: str, week: int) -> Pairs:
        """1 while the set is in maintenance."""
        return [(("maint", set_id, f, g), 1) for f, g in self.blocks[set_id] if f <= week < g]

    def finished(self, upgrade: str, week: int) -> Pairs:
        """1 once the upgrade is bought and built."""
        weeks = self.case.upgrade[upgrade].weeks
        return [(("buy", upgrade, w), 1) for w in self.buys[upgrade] if w + weeks <= week]

    def people(self, week: int, sites: Iterable[str], quantity: str = "present") -> Pairs:
        """People based at the sites: ``present`` or past RSOI (``ready``)."""
        return [((quantity, k.id, s, week), k.people) for s in sites for k in self.case.unit_types if k.people]

    def visitors(self, week: int, sites: Iterable[str]) -> Pairs:
        """People at the sites on exercise deployments from home."""
        found = (f for s in sites for f in self.visits.get((s, week), ()))
        return [(f.key, self.case.element_type(f.element).people) for f in found]

    def exclusive(self, set_id: str) -> int:
        """The most holds a set can be under at once: one, unless custody is not in force."""
        return 1 if "set-custody" in self.active else 1 + len(self.keys)


_LISTS = {"place": "places", "move": "moves", "end": "ends", "maint": "blocks", "buy": "buys"}


def capped(parties: tuple[str, ...], week: int, load: Pairs, cap: int, more: Pairs, fixed: int) -> Iterator[Row]:
    """``load ≤ max(cap + more, fixed)``: capacity with upgrades ``more``, where ``fixed`` is the
    load of rotations under way, which alone never breaches."""
    terms = total(load)
    if fixed <= cap or not more:
        yield Row(parties, week, put(terms, more, -1), "<=", max(cap, fixed))
        return
    # the upgrades must first outgrow what is there before they admit anyone else
    relief, room = ("relief", *parties, week), sum(c for _, c in more)
    yield Row(parties, week, put(dict(terms), [(relief, -max(room + cap - fixed, 0))]), "<=", fixed)
    yield Row(parties, week, put(put(terms, more, -1), [(relief, fixed - cap)]), "<=", fixed)
