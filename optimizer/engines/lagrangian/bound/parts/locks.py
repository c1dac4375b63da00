"""Locks, frozen weeks and change prices as the bound reads them.

What is hard becomes a mask (nothing outside it can be in any plan that holds the rules),
what is priced becomes a gain relative to not doing it, plus one constant. Where a line
cannot be split by party the mask is left wider or the gain larger than true, never
the other way round.
"""

from __future__ import annotations

import numpy as np

from optimizer.domain import Case, Lock
from optimizer.domain.whereabouts import sites_by_week
from optimizer.engines.lagrangian.bound.parts.records import Limits
from optimizer.engines.lagrangian.tables.lines import Lines
from optimizer.engines.lagrangian.tables.records import Tables
from optimizer.rosters import must_be_held


class _Limits(Lines):
    """The arrays of ``Limits`` in the making."""

    def __init__(self, case: Case, t: Tables, elements: tuple[str, ...]):
        super().__init__(case, elements)
        s_n, t_n = len(case.sites), case.weeks
        e_n, q_n, h_n, b_n = len(elements), len(self.q_at), len(self.hosts), len(self.b_at)
        self.el_ok = np.ones((e_n, s_n, t_n), dtype=np.bool_)
        self.el_gain = np.zeros((e_n, s_n, t_n))
        self.el_must = np.zeros((e_n, t_n), dtype=np.bool_)
        self.set_ok = t.may_stand.copy()
        self.set_gain = np.zeros((q_n, s_n, t_n))
        self.set_must = np.zeros((q_n, t_n), dtype=np.bool_)
        self.run_ok = t.start_ok.copy()
        self.run_gain = np.zeros((h_n, t_n))
        self.held = np.array([must_be_held(case, x) for x in case.exercises], dtype=np.bool_)
        self.join_ok = np.ones((len(self.needs), e_n), dtype=np.bool_)
        self.join_gain = np.zeros((len(self.needs), e_n))
        weeks = np.arange(t_n)
        self.buy_ok = (weeks >= t.up_from[:, None]) & (weeks <= t.up_to[:, None]) & (weeks >= t.cr_weeks)
        self.before = np.array([b.id in case.bought for b in case.upgrades], dtype=np.bool_)
        self.buy_gain = np.zeros((b_n, t_n))
        self.bought = self.before.copy()
        self.constant = 0.0

    def based(self, e: int, lock: Lock, inside: np.ndarray, weeks: slice) -> None:
        """An element's line: ``inside`` masks the sites of the place."""
        if lock.rule == "must":
            self.el_ok[e, ~inside, weeks] = False
            self.el_must[e, weeks] = True
        elif lock.rule == "forbid":
            self.el_ok[e, inside, weeks] = False
        else:
            self.el_gain[e, inside, weeks] += lock.price

    def unit(self, lock: Lock, inside: np.ndarray, weeks: slice) -> None:
        """A unit's line as one line per element; the price is earned by shares, which pays
        at least what the whole would."""
        own = self.case.elements_of[lock.subject]
        ones = own if lock.rule == "forbid" else [e for e in own if not e.optional]
        if lock.rule != "prefer":
            for e in ones:
                self.based(self.e_at[e.id], lock, inside, weeks)
        elif not ones:
            self.constant += lock.price * (weeks.stop - weeks.start)  # true of nobody, always
        elif lock.price > 0 or len(ones) == 1:
            for e in ones:
                self.el_gain[self.e_at[e.id], inside, weeks] += lock.price / len(ones)

    def add(self, lock: Lock) -> None:
        """One line the planner typed."""
        inside, weeks = self.meant(lock)
        if lock.kind == "element":
            self.based(self.e_at[lock.subject], lock, inside, weeks)
        elif lock.kind == "unit":
            self.unit(lock, inside, weeks)
        elif lock.kind == "set":
            q = self.q_at[lock.subject]
            if lock.rule == "prefer":
                self.set_gain[q, inside, weeks] += lock.price
            else:
                self.set_ok[q, inside == (lock.rule == "forbid"), weeks] = False
                self.set_must[q, weeks] |= lock.rule == "must"
        elif lock.kind == "exercise":
            rows = self.hosted(lock, inside)
            own = np.array([x == lock.subject for x, _ in self.hosts], dtype=np.bool_)
            self._event(lock, self.run_ok, self.run_gain, rows, own, weeks)
            self.held[self.x_at[lock.subject]] |= lock.rule == "must"
        elif lock.kind == "participant":
            assert lock.exercise is not None
            e = self.e_at[lock.subject]
            rows = self.asked(lock)
            if lock.rule == "must":
                self.held[self.x_at[lock.exercise]] = True
            elif lock.rule == "forbid":
                self.join_ok[rows, e] = False
            else:
                self.join_gain[rows, e] += lock.price
        else:
            own = np.arange(len(self.b_at)) == self.b_at[lock.subject]
            self._event(lock, self.buy_ok, self.buy_gain, own, own, weeks)
            self.bought[own] |= lock.rule == "must"

    @staticmethod
    def _event(lock: Lock, ok: np.ndarray, gain: np.ndarray, rows: np.ndarray, own: np.ndarray, weeks: slice) -> None:
        there = np.zeros_like(ok)
        there[rows, weeks] = True
        if lock.rule == "must":
            ok[own] &= there[own]
        elif lock.rule == "forbid":
            ok &= ~there
        else:
            gain[there] += lock.price

    def replan(self) -> None:
        """Frozen weeks as masks, later changes as prices relative to doing nothing."""
        s = self.case.settings
        n, price, event = min(s.frozen_weeks, self.case.weeks), s.change_price, s.change_price_event
        where, stood = sites_by_week(self.case, self.case.last)
        for old, ok, gain, must in (
            (self.in_order(where), self.el_ok, self.el_gain, self.el_must),
            (stood, self.set_ok, self.set_gain, self.set_must),
        ):
            same = np.arange(len(self.s_at))[None, :, None] == old[:, None, :]
            ok[:, :, :n] &= same[:, :, :n]
            must[:, :n] |= old[:, :n] >= 0
            gain += price * same - price * (old < 0)[:, None, :]
            self.constant -= price * int((old >= 0).sum())
        self._replan_events(n, event)

    def standing(self) -> None:
        """Upgrades bought before the plan: there as from week 0, whatever the lines say of weeks in it."""
        self.buy_ok[self.before] = np.arange(self.case.weeks) == 0
        self.buy_gain[self.before] = 0.0

    def _replan_events(self, n: int, event: float) -> None:
        last, t_n = self.case.last, self.case.weeks
        keep_run, keep_buy = np.zeros_like(self.run_ok), np.zeros_like(self.buy_ok)
        new_run, new_buy = np.ones(len(self.hosts)), np.ones(len(self.b_at))
        for run in last.runs:
            if not 0 <= run.start < t_n:
                continue
            own = np.array([x == run.exercise for x, _ in self.hosts], dtype=np.bool_)
            row = own & np.array([site == run.site for _, site in self.hosts], dtype=np.bool_)
            new_run[own] = 0.0
            self.constant -= event
            self.run_gain[row, run.start] += event
            keep_run[row, run.start] = True
            if run.start < n:
                self.run_ok[own] &= keep_run[own]
                self.held[self.x_at[run.exercise]] = True
                kept = {(p.need, self.e_at[p.element]) for p in run.participants}
                for i, (x, need) in enumerate(self.needs):
                    if x == run.exercise:
                        self.join_ok[i] &= [(need, e) in kept for e in range(len(self.e_at))]
        for b in last.purchases:
            if not 0 <= b.start < t_n:
                continue
            row_b = self.b_at[b.upgrade]
            new_buy[row_b] = 0.0
            self.constant -= event
            self.buy_gain[row_b, b.start] += event
            keep_buy[row_b, b.start] = True
            if b.start < n:
                self.buy_ok[row_b] &= keep_buy[row_b]
                self.bought[row_b] = True
        self.run_gain -= event * new_run[:, None]
        self.buy_gain -= event * new_buy[:, None]
        self.run_ok[:, :n] &= keep_run[:, :n]
        self.buy_ok[:, :n] &= keep_buy[:, :n]


def limits(case: Case, tables: Tables, elements: tuple[str, ...]) -> Limits:
    """Masks and gains of ``case``; ``elements`` gives the order of the element index."""
    made = _Limits(case, tables, elements)
    for lock in case.locks:
        made.add(lock)
    if case.settings.replan:
        made.replan()
    made.standing()
    return Limits(*(getattr(made, name) for name in Limits._fields))
