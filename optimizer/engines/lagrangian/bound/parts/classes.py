"""Sorting elements into classes that share a price table, and listing whom they may serve."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np

from optimizer.domain import Case
from optimizer.engines.lagrangian.bound.parts.records import (
    COUNTS,
    LATE,
    VOID,
    Grains,
    Limits,
    Room,
    Under,
    Visits,
)
from optimizer.engines.lagrangian.kernels.arrays import first, floats, ints
from optimizer.engines.lagrangian.tables.records import HOME, Tables

SMALL = 400  # elements times sites up to which profiles and kinds are told apart by unit: rows of supply bite more


class Classes:
    """Registry of profiles and kinds. ``kind_of[e]``; ``member[k]`` one element of kind k;
    ``pairs`` (need, host row); ``run_ok[h, t]`` and ``set_ok[q, s, t]`` what hard limits leave."""

    def __init__(self, case: Case, t: Tables, limit: Limits, under: Under, found: Room):
        self.case, self.t, self.limit, self.under, self.room = case, t, limit, under, found
        self.profiles: dict[tuple[Any, ...], int] = {}
        self.sites = len(case.sites)
        self.by_unit = len(t.el_type) * self.sites <= SMALL
        self.joins = self._joins()
        self.pairs = [
            (n, h)
            for x in range(len(t.x_weeks))
            for n in range(t.need_first[x], t.need_first[x + 1])
            for h in range(t.host_first[x], t.host_first[x + 1])
        ]
        self.run_ok = self._run_ok()
        self.set_ok = limit.set_ok & (under.held < 0)[:, None, :]
        self.set_ok &= np.arange(t.weeks) >= t.available[:, None, None]
        self._kinds()

    def _joins(self) -> np.ndarray:
        """-1 for elements that may serve the same needs at the same gain as most of their type; others stand for
        themselves. What the type cannot serve anyway tells nobody apart."""
        t, limit = self.t, self.limit
        out = np.full(len(t.el_type), -1)
        for y in np.unique(t.el_type):
            own, able = np.flatnonzero(t.el_type == y), t.need_type[:, y].astype(np.bool_)
            may = [limit.join_ok[able, e].tobytes() + limit.join_gain[able, e].tobytes() for e in own]
            usual = Counter(may).most_common(1)[0][0]
            out[own] = [-1 if x == usual else e for e, x in zip(own, may, strict=True)]
        return out

    def _run_ok(self) -> np.ndarray:
        t, ok = self.t, self.limit.run_ok.copy()
        for x in range(len(t.x_weeks)):
            for h in range(t.host_first[x], t.host_first[x + 1]):
                if t.echelon[t.host_site[h]] >= t.x_echelon[x]:
                    continue
                able = np.zeros(t.weeks, dtype=np.bool_)
                for b in np.flatnonzero((t.up_site == t.host_site[h]) & (t.up_echelon >= t.x_echelon[x])):
                    done = np.flatnonzero(self.limit.buy_ok[b]) + t.up_weeks[b]
                    able[done.min(initial=t.weeks) :] = True
                ok[h] &= able
        return ok

    def _kinds(self) -> None:
        """``kind_of`` every element and one element of each kind."""
        t, limit = self.t, self.limit
        keys: dict[tuple[Any, ...], int] = {}
        of, self.member = [], []
        for e in range(len(t.el_type)):
            wanted = b"".join(x[e].tobytes() for x in (limit.el_ok, limit.el_gain, limit.el_must))
            late = tuple(int(x) for x in t.late[:, t.el_unit[e]])
            key = (int(t.el_type[e]), late, int(self.joins[e]), wanted, self.alone(e), self._own_unit(e))
            if key not in keys:
                keys[key] = len(keys)
                self.member.append(e)
            of.append(keys[key])
        self.kind_of = ints(of)

    def alone(self, e: int) -> bool:
        """Whether an element is its whole unit."""
        u = self.t.el_unit[e]
        return bool(self.t.el_first[u + 1] - self.t.el_first[u] == 1)

    def _own_unit(self, e: int) -> int:
        return int(self.t.el_unit[e]) if self.by_unit else -1

    def _profile_key(self, e: int, q: np.integer | int, flown: bool) -> tuple[Any, ...]:
        t, late = self.t, self.t.late[:, self.t.el_unit[e]]
        status = np.where(late > 0, VOID if flown else LATE, COUNTS)
        if q >= 0:
            status = np.where(t.lost[:, q], VOID, status)
        weeks = int(late[status == LATE].min(initial=t.weeks))
        alone = flown or self.alone(e)
        return int(t.el_type[e]), tuple(int(x) for x in status), weeks, int(self.joins[e]), alone, self._own_unit(e)

    def profile(self, e: int, q: np.integer | int, flown: bool) -> int:
        """How element ``e`` supplies the areas when it is on set ``q`` (-1 none)."""
        return self.profiles.setdefault(self._profile_key(e, q, flown), len(self.profiles))

    def _copies(self) -> np.ndarray:
        """How many elements may supply under each profile: no fewer than ever do at once."""
        t, copies = self.t, np.zeros(len(self.profiles), dtype=np.int64)
        for e in range(len(t.el_type)):
            on = (-1, *np.flatnonzero(t.draws[t.el_type[e]]))
            own = {self.profiles.get(self._profile_key(e, q, flown)) for q in on for flown in (False, True)}
            copies[[p for p in own if p is not None]] += 1
        return copies

    def rsoi(self, e: int) -> int:
        """The fewest weeks from arrival to readiness."""
        y = self.t.el_type[e]
        return int(self.t.rsoi[y][self.t.mode_ok[y]].min(initial=self.t.weeks))

    def served(self, e: int, barred: int) -> list[tuple[int, float]]:
        """(pair, gain) that element ``e`` may serve, origins ``barred`` left out."""
        t, limit = self.t, self.limit
        return [
            (i, float(limit.join_gain[n, e]))
            for i, (n, h) in enumerate(self.pairs)
            if t.need_type[n, t.el_type[e]]
            and t.need_origin[n] != barred
            and limit.join_ok[n, e]
            and self.run_ok[h].any()
        ]

    def visits(self) -> Visits:
        """Exercises by pair and by profile; call it when all profiles are known."""
        t = self.t
        visits, days = [], []
        for y, _, _, join, *_ in self.profiles:
            e = join if join >= 0 else int(next(i for i in np.flatnonzero(t.el_type == y) if self.joins[i] < 0))
            visits.append(self.served(e, HOME))
            days.append(t.days[t.movement[y]])
        exercise = np.searchsorted(t.host_first, np.arange(len(t.host_site)), side="right") - 1
        hosts = ints(h for _, h in self.pairs)
        any_ok = self.run_ok.any(axis=1)
        last = t.weeks - 1 - np.argmax(self.run_ok[:, ::-1], axis=1)
        return Visits(
            host=hosts,
            site=t.host_site[hosts],
            weeks=t.x_weeks[exercise[hosts]],
            exercise=exercise[hosts],
            max_days=ints(t.need_days[n] for n, _ in self.pairs),
            ok=self.run_ok,
            ok_from=np.where(any_ok, np.argmax(self.run_ok, axis=1), 0),
            ok_to=np.where(any_ok, last, -1),
            days=np.array(days, dtype=np.int64).reshape(len(days), self.sites, self.sites),
            first=first(len(v) for v in visits),
            pair=ints(p for v in visits for p, _ in v),
            gain=floats(g for v in visits for _, g in v),
            late=ints(weeks for _, _, weeks, *_ in self.profiles),
            has_late=np.array([LATE in status for _, status, *_ in self.profiles], dtype=np.bool_),
            exercises=len(t.x_weeks),
        )

    def grains(self) -> Grains:
        """Supply by profile; call it when all profiles are known."""
        t = self.t
        per_block = max(1, len(t.area_block) // len(t.lost))
        known: dict[tuple[int, float, bool, int], int] = {}
        lists: dict[int, list[list[int]]] = {COUNTS: [], LATE: []}
        for p, (y, status, _, _, alone, *_) in enumerate(self.profiles):
            for s in range(self.sites):
                for state, into in lists.items():
                    into.append([])
                    for j in range(t.reach_n[y]):
                        area, amount = int(t.reach[y, j]), float(t.give[y, s, j])
                        if amount > 0 and status[area // per_block] == state:
                            into[-1].append(known.setdefault((area, amount, alone, p), len(known)))
        stores = [
            [
                known.setdefault((int(a), float(t.stored[q, s, a]), True, len(self.profiles) + q), len(known))
                for a in np.flatnonzero(t.stored[q, s])
            ]
            for q in range(len(t.draw))
            for s in range(self.sites)
        ]
        areas = ints(a for a, *_ in known)
        by_area = np.argsort(areas, kind="stable")
        return Grains(
            area=areas,
            amount=floats(x for _, x, *_ in known),
            alone=np.array([alone for _, _, alone, _ in known], dtype=np.bool_),
            giver=ints(p for *_, p in known),
            copies=np.concatenate([self._copies(), np.ones(len(t.draw), dtype=np.int64)]),
            by_area=by_area,
            area_first=np.searchsorted(areas[by_area], np.arange(len(t.demand) + 1)),
            on_first=first(len(x) for x in lists[COUNTS]),
            on=ints(g for x in lists[COUNTS] for g in x),
            late_first=first(len(x) for x in lists[LATE]),
            late=ints(g for x in lists[LATE] for g in x),
            store_first=first(len(x) for x in stores),
            store=ints(g for x in stores for g in x),
        )
