"""Locks, frozen weeks, mandatory exercises and change prices as gains per decision.

The search pays ``MUST`` for honouring what is hard, far above any score, and the final
plan is checked anyway. Gains are relative to not doing the thing at all; ``base`` is what
doing nothing costs.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from optimizer.domain import Case, Lock
from optimizer.domain.forces import MODES
from optimizer.domain.whereabouts import serviced, sites_by_week
from optimizer.engines.lagrangian.tables.lines import Lines
from optimizer.engines.lagrangian.tables.records import (
    BY_ELEMENT,
    BY_PARTICIPANT,
    BY_RUN,
    BY_SET,
    BY_UNIT,
    BY_UPGRADE,
    NO_BLOCK,
)
from optimizer.rosters import must_be_held

MUST = 1e7


class _Gains(Lines):
    """The gains of ``Tables`` in the making."""

    def __init__(self, case: Case, elements: tuple[str, ...]):
        super().__init__(case, elements)
        t_n, s_n = case.weeks, len(case.sites)
        most = max((n.count for x in case.exercises for n in x.needs), default=1)
        self.element = np.zeros((len(elements), s_n, t_n))
        self.set_at = np.zeros((len(self.q_at), s_n, t_n))
        self.run = np.zeros((len(self.hosts), t_n))
        self.join = np.zeros((len(self.needs), len(elements)))
        self.buy = np.zeros((len(self.b_at), t_n))
        self.units: list[tuple[int, np.ndarray, int, int, float]] = []
        self.frozen_run = np.full((len(case.exercises), 2), -1, dtype=np.int64)
        self.frozen_part = np.full((len(self.needs), max(most, 1), 3), -1, dtype=np.int64)
        self.frozen_block = np.zeros((len(self.q_at), 0), dtype=np.int64)
        self.base = 0.0
        self.must: list[tuple[int, int, int, int]] = []
        for i, (x, _) in enumerate(self.hosts):
            self.run[i] += MUST * must_be_held(case, case.exercise[x])
        for name, i in self.x_at.items():
            if must_be_held(case, case.exercise[name]):
                self.must.append((BY_RUN, i, 0, 0))

    def add(self, lock: Lock) -> None:
        """One line the planner typed."""
        price = {"must": MUST, "forbid": -MUST, "prefer": lock.price}[lock.rule]
        inside, weeks = self.meant(lock)
        if lock.rule == "must":
            self._has_to(lock, weeks.start, weeks.stop)
        if lock.kind == "element":
            self.element[self.e_at[lock.subject], inside, weeks] += price
        elif lock.kind == "unit" and lock.rule == "forbid":
            for e in self.case.elements_of[lock.subject]:
                self.element[self.e_at[e.id], inside, weeks] += price
        elif lock.kind == "unit":
            self.units.append((self.u_at[lock.subject], inside, weeks.start, weeks.stop, price))
        elif lock.kind == "set":
            self.set_at[self.q_at[lock.subject], inside, weeks] += price
        elif lock.kind == "exercise":
            self.run[self.hosted(lock, inside), weeks] += price
        elif lock.kind == "participant":
            self.join[self.asked(lock), self.e_at[lock.subject]] += price
        else:
            self.buy[self.b_at[lock.subject], weeks] += price

    def _has_to(self, lock: Lock, start: int, end: int) -> None:
        if lock.kind == "unit":
            self.must.append((BY_UNIT, len(self.units), start, end))
        elif lock.kind == "element":
            self.must.append((BY_ELEMENT, self.e_at[lock.subject], start, end))
        elif lock.kind == "set":
            self.must.append((BY_SET, self.q_at[lock.subject], start, end))
        elif lock.kind == "exercise":
            self.must.append((BY_RUN, self.x_at[lock.subject], 0, 0))
        elif lock.kind == "participant":
            assert lock.exercise is not None
            self.must.append((BY_PARTICIPANT, self.e_at[lock.subject], self.x_at[lock.exercise], 0))
        elif lock.kind == "upgrade" and lock.subject not in self.case.bought:
            self.must.append((BY_UPGRADE, self.b_at[lock.subject], 0, 0))

    def keep(self) -> None:
        """Change prices over the whole plan; in the frozen weeks nothing may differ from the last plan."""
        case, s = self.case, self.case.settings
        n = min(s.frozen_weeks, case.weeks)
        based, stood = sites_by_week(case, case.last)
        for gain, old in ((self.element, self.in_order(based)), (self.set_at, stood)):
            for i, row in enumerate(old):
                there, gone = np.flatnonzero(row >= 0), row < 0
                gain[i][:, gone] -= s.change_price
                gain[i, row[there], there] += s.change_price
                self.base -= s.change_price * len(there)
                gain[i][:, :n] -= MUST  # nowhere else than where the last plan has it …
                kept = there[there < n]
                gain[i, row[kept], kept] += 2 * MUST  # … and there for certain
        self._keep_events(n)
        self._keep_blocks(n)

    def _keep_events(self, n: int) -> None:
        case, event = self.case, self.case.settings.change_price_event
        inside = range(case.weeks)
        old_runs = {r.exercise: r for r in case.last.runs if r.start in inside}
        old_buys = {b.upgrade: b for b in case.last.purchases if b.start in inside}
        self.run[:, :n] -= MUST
        self.buy[:, :n] -= MUST
        for i, (x, site) in enumerate(self.hosts):
            run = old_runs.get(x)
            if run is None:
                self.run[i] -= event
            elif run.site == site:
                self.run[i, run.start] += event
                if run.start < n:
                    self.run[i, run.start] += 2 * MUST
                    self.frozen_run[self.x_at[x]] = i, run.start
                    self._keep_participants(run.exercise)
        for b, i in self.b_at.items():
            bought = old_buys.get(b)
            if bought is None:
                self.buy[i] -= event
            else:
                self.buy[i, bought.start] += event + (2 * MUST if bought.start < n else 0.0)
        self.base -= event * (len(old_runs) + len(old_buys))

    def _keep_participants(self, exercise: str) -> None:
        """A frozen run keeps exactly its participants, each with its mode and set."""
        run = next(r for r in self.case.last.runs if r.exercise == exercise)
        for i, (x, need) in enumerate(self.needs):
            own = [p for p in run.participants if p.need == need] if x == exercise else []
            for slot, p in enumerate(own[: self.frozen_part.shape[1]]):
                mode = -1 if p.mode is None else MODES.index(p.mode)
                q = -1 if p.set_id is None else self.q_at[p.set_id]
                self.frozen_part[i, slot] = self.e_at[p.element], mode, q

    def _keep_blocks(self, n: int) -> None:
        """In the frozen weeks maintenance is done when the last plan has it, in blocks as long as they are now; blocks
        that had begun before are history."""
        inside: list[list[int]] = [[] for _ in self.q_at]
        done = serviced(self.case.last, range(n))
        for q in self.case.sets:
            starts, free = inside[self.q_at[q.id]], 0
            for t in range(n):
                if t >= free and (q.id, t) in done:
                    starts.append(t)
                    free = t + max(q.maintenance_weeks, 1)
        self.frozen_block = np.full((len(inside), max(map(len, inside), default=0)), NO_BLOCK, dtype=np.int64)
        for row, starts in zip(self.frozen_block, inside, strict=True):
            row[: len(starts)] = starts


def wishes(case: Case, elements: tuple[str, ...]) -> dict[str, Any]:
    """All gains of ``case`` (``wish_…`` of ``Tables``); ``elements`` gives the order of the element index."""
    g = _Gains(case, elements)
    for lock in case.locks:
        g.add(lock)
    if case.settings.replan:
        g.keep()
    g.buy[[g.b_at[b] for b in case.bought]] = 0.0  # there already: nothing is won or lost by them
    s_n = len(case.sites)
    return {
        "wish_element": _trim(g.element),
        "wish_unit": np.array([u[0] for u in g.units], dtype=np.int64),
        "wish_unit_place": np.array([u[1] for u in g.units], dtype=np.bool_).reshape(len(g.units), s_n),
        "wish_unit_from": np.array([u[2] for u in g.units], dtype=np.int64),
        "wish_unit_to": np.array([u[3] for u in g.units], dtype=np.int64),
        "wish_unit_price": np.array([u[4] for u in g.units], dtype=np.float64),
        "wish_set_at": _trim(g.set_at),
        "wish_run": g.run,
        "wish_join": _trim(g.join),
        "wish_buy": g.buy,
        "wish_frozen": min(case.settings.frozen_weeks, case.weeks) if case.settings.replan else 0,
        "wish_frozen_run": g.frozen_run,
        "wish_frozen_part": g.frozen_part,
        "wish_frozen_block": g.frozen_block,
        "wish_base": g.base,
        "wish_target": _target(g),
        "wish_must": np.array(g.must, dtype=np.int64).reshape(len(g.must), 4),
    }


def _target(g: _Gains) -> int:
    """How often ``MUST`` is earned by a plan in which all that is hard is true, what is forbidden apart."""
    weekly = [np.rint(a.max(axis=1, initial=0.0) / MUST).clip(0).sum() for a in (g.element, g.set_at)]
    units = sum(end - start for _, _, start, end, price in g.units if price == MUST)
    runs: dict[str, float] = {}
    for (x, _), gains in zip(g.hosts, g.run, strict=True):
        runs[x] = max(runs.get(x, 0.0), np.rint(gains.max(initial=0.0) / MUST))
    parts: dict[tuple[str, int], float] = {}
    for (x, _), row in zip(g.needs, g.join, strict=True):
        for e in np.flatnonzero(row > MUST / 2):
            parts[x, int(e)] = np.rint(row[e] / MUST)
    bought = np.rint(g.buy.max(axis=1, initial=0.0) / MUST).clip(0).sum()
    return int(sum(weekly) + units + sum(runs.values()) + sum(parts.values()) + bought)


def _trim(gains: np.ndarray) -> np.ndarray:
    """An array of size 0 where nothing of the kind is wished."""
    return gains if gains.any() else np.zeros((0,) * gains.ndim)
