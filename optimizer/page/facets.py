"""Which countries, units and capabilities a row of the page is about: what the page's filters ask for.

A facet is a letter and the place of its row in the case (``c0`` the first country, ``u3`` the fourth unit, ``k1`` the
second capability), so that ids of any letters need no escaping.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from optimizer.domain import Case, Exercise, Plan, Rotation
from optimizer.domain.presence import holds
from optimizer.report.changes import Change
from optimizer.report.lives import Life, lives_of


class Facets:
    """The facets of rows, each as words in one text: ``"c0 c3 u5 k0"``."""

    def __init__(self, case: Case, plan: Plan):
        self._case, self._plan = case, plan
        self._c = {c.id: f"c{i}" for i, c in enumerate(case.countries)}
        self._u = {u.id: f"u{i}" for i, u in enumerate(case.units)}
        self._k = {k.id: f"k{i}" for i, k in enumerate(case.capabilities)}
        self._named = {c.name: t for c, t in zip(case.countries, self._c.values(), strict=True)}
        self._can = {k.name: t for k, t in zip(case.capabilities, self._k.values(), strict=True)}

    @cached_property
    def _lives(self) -> dict[str, Life]:
        return lives_of(self._case, self._plan)

    @cached_property
    def choices(self) -> list[tuple[str, str, list[tuple[str, str]]]]:
        """What can be asked for: letter, word and (facet, name) of all that occurs."""
        case = self._case
        going = {case.element[e].unit for e in self._lives}
        return [
            ("c", "Country", [(self._c[c.id], c.name) for c in case.countries]),
            ("u", "Unit", [(self._u[u.id], u.name) for u in case.units if u.id in going]),
            ("k", "Capability", [(self._k[k.id], k.name) for k in case.capabilities]),
        ]

    def countries(self, sites: Iterable[str]) -> set[str]:
        """The countries that sites lie in."""
        return {self._c[c] for s in sites if (c := self._case.site[s].country) in self._c and c is not None}

    def country(self, name: str) -> str:
        """A country by name, for rows that know no more."""
        return self._named.get(name, "")

    def capability(self, name: str) -> str:
        """A capability by name."""
        return self._can.get(name, "")

    def _who(self, elements: Iterable[str]) -> set[str]:
        case = self._case
        some = list(elements)
        kinds = [case.element_type(e) for e in some]
        return {self._u[case.element[e].unit] for e in some} | {
            self._k[k]
            for t in kinds
            for k in (*(x for x, n in t.points.items() if n), t.main_capability)
            if k in self._k
        }

    def unit(self, unit: str) -> str:
        """A unit that goes: where it stands, exercises, and what it can do."""
        lives = self._lives
        own = [e.id for e in self._case.elements_of[unit] if e.id in lives]
        sites = [x.site for e in own for part in (lives[e].postings, lives[e].flown, lives[e].runs) for x in part]
        return _text(self.countries(sites) | self._who(own) | {self._u[unit]})

    def rotation(self, rotation: Rotation) -> str:
        """A rotation: its sites, its unit and what it brings."""
        postings = rotation.postings
        return _text(self.countries(p.site for p in postings) | self._who(p.element for p in postings))

    def set(self, set_id: str) -> str:
        """A set: where it is stored, who draws it, and what it is worth or turns them into."""
        sites = [s.site for s in self._plan.stays if s.set_id == set_id]
        drawn = [h.element for h in holds(self._case, self._plan) if h.set_id == set_id]
        can = {self._k[k] for k, n in self._case.prepo[set_id].worth.items() if n and k in self._k}
        return _text(self.countries(sites) | self._who(drawn) | can)

    def exercise(self, x: Exercise) -> str:
        """An exercise: where it is held and by whom; one not held: its hosts and what it needs."""
        run = next((r for r in self._plan.runs if r.exercise == x.id), None)
        if run is not None:
            return _text(self.countries([run.site]) | self._who(p.element for p in run.participants))
        kinds = self._case.types
        what = {kinds[n.what].main_capability if n.what in kinds else n.what for n in x.needs}
        return _text(self.countries(h.site for h in x.hosts) | {self._k[k] for k in what if k in self._k})

    def change(self, x: Change) -> str:
        """A decision that differs from another plan's."""
        if x.kind == "rotation" and x.subject in self._u:
            return _text(self._who(e.id for e in self._case.elements_of[x.subject]) | {self._u[x.subject]})
        if x.kind == "exercise" and x.subject in self._case.exercise:
            return self.exercise(self._case.exercise[x.subject])
        return self.set(x.subject) if x.subject in self._case.prepo else ""


def _text(facets: set[str]) -> str:
    return " ".join(sorted(facets))
