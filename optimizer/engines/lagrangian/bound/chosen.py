"""What an evaluation chose: lives of units, bases of elements, starts of exercises."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from optimizer.engines.lagrangian.bound.parts.records import Parts
from optimizer.engines.lagrangian.bound.pricing.booking import ELEMENT, FROM, POST, ROTATION, UNTIL, WHAT, WHOSE
from optimizer.engines.lagrangian.kernels.arrays import Ints
from optimizer.engines.lagrangian.kernels.jit import kernel
from optimizer.engines.lagrangian.tables.records import Tables


class Choice(NamedTuple):
    """U units, E elements, X exercises, T weeks; arrays of weeks hold T for none."""

    arrive: np.ndarray  # [U] next arrival (see Decided)
    depart: np.ndarray  # [U] the departure after it, -1 if none
    again: np.ndarray  # [U] 1 if another rotation follows
    base: np.ndarray  # [E] site in the next rotation, -1 if none
    start: np.ndarray  # [X]


@kernel
def read_lives(
    jobs: Ints, n: int, cell: Ints, cell_site: Ints, arrive: Ints, depart: Ints, again: Ints, base: Ints
) -> None:
    """Fill the arrays of a ``Choice`` that are about units and elements."""
    next_one = False
    for job in jobs[:n]:
        if job[WHAT] == ROTATION:
            u = job[WHOSE]
            next_one = depart[u] < 0
            if next_one:
                arrive[u], depart[u] = job[FROM], job[UNTIL]
            else:
                again[u] = 1
        elif job[WHAT] == POST and next_one:
            base[job[ELEMENT]] = cell_site[cell[job[WHOSE]]]


class Chosen:
    """The choices of the last evaluation, read from its jobs and runs."""

    def __init__(self, t: Tables, parts: Parts, exercise_of: np.ndarray):
        self.t, self.parts, self.exercise_of = t, parts, exercise_of
        self.jobs = np.zeros((len(parts.lives.kind) * (3 * t.weeks + 4) + len(parts.out.kind), 6), dtype=np.int64)
        self.n = 0
        none = np.zeros(0, dtype=np.int64)
        self.runs = (none, none)  # host rows and weeks
        owner = np.repeat(np.arange(len(t.std)), np.diff(t.iv_first))
        self._ends = int(t.iv_d.max(initial=0)) + 1
        self._keys = self._key(owner, t.iv_a, t.iv_d)  # ascending: intervals stand by unit, arrival, departure

    def _key(self, unit: np.ndarray, arrive: np.ndarray, depart: np.ndarray) -> np.ndarray:
        return (unit * self.t.weeks + arrive) * self._ends + depart

    def choice(self) -> Choice:
        """What decisions of the tree are about."""
        t, po = self.t, self.parts.posts
        units = len(t.std)
        arrive, depart = np.full(units, t.weeks), np.full(units, -1)
        again, base = np.zeros(units, dtype=np.int64), np.full(len(t.el_type), -1)
        read_lives(self.jobs, self.n, po.cell, po.cell_site, arrive, depart, again, base)
        start = np.full(len(t.x_weeks), t.weeks)
        hosts, weeks = self.runs
        start[self.exercise_of[hosts]] = weeks
        return Choice(arrive, depart, again, base, start)

    def intervals(self) -> np.ndarray:
        """Numbers of the units' intervals (``Tables.iv_a``)."""
        jobs = self.jobs[: self.n]
        jobs = jobs[jobs[:, WHAT] == ROTATION]
        return np.searchsorted(self._keys, self._key(jobs[:, WHOSE], jobs[:, FROM], jobs[:, UNTIL]))

    def bases(self) -> tuple[np.ndarray, np.ndarray]:
        """Units and sites where an element of theirs is based."""
        jobs, po = self.jobs[: self.n], self.parts.posts
        jobs = jobs[jobs[:, WHAT] == POST]
        return self.t.el_unit[jobs[:, ELEMENT]], po.cell_site[po.cell[jobs[:, WHOSE]]]


class Recent:
    """The last choices, as many as ``kept``: how often what was chosen."""

    def __init__(self, kept: int):
        self.kept, self.choices = kept, list[Choice]()

    def add(self, choice: Choice) -> None:
        self.choices.append(choice)
        del self.choices[: -self.kept]

    def clear(self) -> None:
        self.choices.clear()

    def of(self, name: str) -> np.ndarray:
        """One array of the choices, stacked: [choices, parties]."""
        return np.array([getattr(c, name) for c in self.choices])
