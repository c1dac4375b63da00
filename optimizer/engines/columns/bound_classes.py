"""Sorting elements into classes that share a price table, and listing what each may do."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from optimizer.domain import Case
from optimizer.domain.case import MODES
from optimizer.engines.columns.bound_locks import Limits, limits
from optimizer.engines.columns.bound_parts import (
    COUNTS,
    HOME,
    LATE,
    THEATRE,
    VOID,
    Fliers,
    Grains,
    Lives,
    Out,
    Parts,
    Posts,
    Visits,
    first,
    floats,
    ints,
)
from optimizer.engines.columns.bound_room import Room, Under, room, under_way
from optimizer.engines.columns.tables import SET, Tables, names


class Made(NamedTuple):
    parts: Parts
    limits: Limits
    under: Under
    room: Room


def make(case: Case, t: Tables) -> Made:
    """The parts of ``case``, its hard limits and what is under way."""
    under = under_way(case, t)
    limit = limits(case, t, names(case).elements)
    found = room(t, under)
    return Made(_Classes(case, t, limit, under, found).parts(), limit, under, found)


def _next_bad(ok: np.ndarray) -> np.ndarray:
    """First week ≥ t that is not ok (the number of weeks if none); one entry more than ``ok``."""
    n = ok.shape[-1]
    weeks = np.where(ok, n, np.arange(n))
    ahead = np.minimum.accumulate(weeks[..., ::-1], axis=-1)[..., ::-1]
    return np.concatenate([ahead, np.full((*ok.shape[:-1], 1), n)], axis=-1)


class _Classes:
    def __init__(self, case: Case, t: Tables, limit: Limits, under: Under, found: Room):
        self.case, self.t, self.limit, self.under, self.room = case, t, limit, under, found
        self.profiles: dict[tuple, int] = {}
        self.sites = len(case.sites)
        self.joins = [self._join_key(e) for e in range(len(t.el_type))]
        self.pairs = [
            (n, h)
            for x in range(len(t.x_weeks))
            for n in range(t.need_first[x], t.need_first[x + 1])
            for h in range(t.host_first[x], t.host_first[x + 1])
        ]
        self.run_ok = self._run_ok()
        self.set_ok = limit.set_ok & (under.held < 0)[:, None, :]
        self.set_ok &= np.arange(t.weeks) >= t.available[:, None, None]

    def _join_key(self, e: int) -> int:
        plain = self.limit.join_ok[:, e].all() and not self.limit.join_gain[:, e].any()
        return -1 if plain else e

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

    def profile(self, e: int, q: int, flown: bool) -> int:
        """How element ``e`` supplies the areas when it is on set ``q`` (-1 none)."""
        t, late = self.t, self.t.late[:, self.t.el_unit[e]]
        status = np.where(late > 0, VOID if flown else LATE, COUNTS)
        if q >= 0:
            status = np.where(t.lost[:, q], VOID, status)
        weeks = int(late[status == LATE].min(initial=t.weeks))
        key = (int(t.el_type[e]), tuple(int(x) for x in status), weeks, self.joins[e])
        return self.profiles.setdefault(key, len(self.profiles))

    def parts(self) -> Parts:
        """Everything; profiles last but grains, because the others name them."""
        posts, (fliers, of_flier) = self._posts(), self._fliers()
        lives, out = self._lives(of_flier)
        visits = self._visits()
        return Parts(
            self._grains(),
            visits,
            posts,
            fliers,
            lives,
            out,
            ints(self.t.need_count[n] for n, _ in self.pairs),
            self.t.country,
            self.longest,
        )

    # -- elements on rotations ---------------------------------------------------------------

    def _kinds(self) -> None:
        """``kind_of`` every element and one element of each kind."""
        t, limit = self.t, self.limit
        keys: dict[tuple, int] = {}
        of, self.kind_member = [], []
        for e in range(len(t.el_type)):
            free = limit.el_ok[e].all() and not limit.el_gain[e].any() and not limit.el_must[e].any()
            late = tuple(int(x) for x in t.late[:, t.el_unit[e]])
            key = (int(t.el_type[e]), late, self.joins[e], -1 if free else e)
            if key not in keys:
                keys[key] = len(keys)
                self.kind_member.append(e)
            of.append(keys[key])
        self.kind_of = ints(of)

    def _shortest(self) -> np.ndarray:
        t = self.t
        shortest = np.full(len(self.kind_member), t.weeks)
        for e, k in enumerate(self.kind_of):
            own = slice(t.iv_first[t.el_unit[e]], t.iv_first[t.el_unit[e] + 1])
            least = (np.minimum(t.iv_d[own], t.weeks) - t.iv_a[own]).min(initial=t.weeks)
            shortest[k] = max(1, min(shortest[k], least - 2 * t.stagger[t.el_unit[e]]))
        return shortest

    def _fits(self, y: int) -> tuple[np.ndarray, np.ndarray]:
        """Where one element of type ``y`` may ever settle, and be present: [S, T] each."""
        t, weeks = self.t, np.arange(self.t.weeks)
        settled, everyone = self.room.settled.copy(), self.room.everyone.copy()
        for b, s in enumerate(t.up_site):
            done = weeks >= t.up_from[b] + t.up_weeks[b]
            settled[s] += self.room.up_settled[b] * done
            everyone[s] += self.room.up_everyone[b] * done
        ok_settled, ok_all = settled >= t.people[y], everyone >= t.people[y]
        inside = t.country >= 0
        for cap, used, need, ok in (
            (t.cap, self.under.settled, t.people[y], ok_settled),
            (t.cap_all, self.under.people, t.people[y], ok_all),
            (t.brigade_cap, self.under.brigades, t.brigades[y], ok_all),
        ):
            for c in range(len(cap)):
                already = used[t.country == c].sum(axis=0)
                ok[t.country == c] &= np.maximum(cap[c] - already, 0) >= need
        return np.where(inside[:, None], ok_settled, settled >= t.people[y]), ok_all

    def _posts(self) -> Posts:
        t = self.t
        self._kinds()
        weeks = np.arange(t.weeks)
        fits = {int(y): self._fits(int(y)) for y in set(t.el_type)}
        set_bad = _next_bad(self.set_ok)
        rows: list[tuple] = []
        for k, e in enumerate(self.kind_member):
            y = int(t.el_type[e])
            settled = _next_bad(fits[y][0])
            present = _next_bad(fits[y][1] & self.limit.el_ok[e])
            for s in range(self.sites):
                for m in np.flatnonzero(t.mode_ok[y]):
                    for q in np.flatnonzero(t.draws[y]) if m == SET else (-1,):
                        rsoi = max(t.rsoi[y, m], t.draw[q]) if q >= 0 else t.rsoi[y, m]
                        stop = np.minimum(present[s, :-1], settled[s, np.minimum(weeks + rsoi, t.weeks)])
                        if q >= 0:
                            bad = set_bad[q, s, :-1]
                            stop = np.minimum(stop, np.where(bad == t.weeks, bad, bad - t.reset[q]))
                        stop = np.where(weeks < t.lead[y, m], weeks, np.maximum(stop, weeks))
                        if (stop > weeks).any():
                            reset = t.reset[q] if q >= 0 else 0
                            rows.append((self.profile(e, q, False), s, k, m, q, rsoi, reset, t.mode_cost[y, m], stop))
        rows.sort(key=lambda r: r[:5])
        cells = sorted({r[:2] for r in rows})
        at = {c: i for i, c in enumerate(cells)}
        cell = ints(at[r[:2]] for r in rows)
        types = t.el_type[self.kind_member]
        gains = [self.limit.el_gain[e] for e in self.kind_member]
        kept = [g for g in gains if g.any()]
        numbers = iter(range(len(kept)))
        return Posts(
            cell_profile=ints(c[0] for c in cells),
            cell_site=ints(c[1] for c in cells),
            cell_first=np.searchsorted(cell, np.arange(len(cells) + 1)),
            kind=ints(r[2] for r in rows),
            set=ints(r[4] for r in rows),
            rsoi=ints(r[5] for r in rows),
            reset=ints(r[6] for r in rows),
            cost=floats(r[7] for r in rows),
            cell=cell,
            stop=np.array([r[8] for r in rows], dtype=np.int64).reshape(len(rows), t.weeks),
            people=t.people[types].astype(np.float64),
            week_cost=t.week_cost[types],
            brigades=t.brigades[types].astype(np.float64),
            soft=ints(next(numbers) if g.any() else -1 for g in gains),
            gain=np.array(kept) if kept else np.zeros((0, self.sites, t.weeks)),
            shortest=self._shortest(),
            line=int(t.line[0]),
        )

    # -- elements at home --------------------------------------------------------------------

    def _fliers(self) -> tuple[Fliers, np.ndarray]:
        t = self.t
        before = int(max(t.rsoi.max(initial=0), t.draw.max(initial=0)))
        keys: dict[tuple, int] = {}
        of, who = [], []
        for e in range(len(t.el_type)):
            unit = self.case.units[t.el_unit[e]].id
            spans = tuple((w.start, w.end) for w in self.case.windows_of[unit])
            key = (self.profile(e, -1, True), spans)
            if key not in keys:
                keys[key] = len(keys)
                who.append(e)
            of.append(keys[key])
        pairs = [self._served(e, THEATRE) for e in who]
        ways: list[list[tuple]] = []
        ends = np.tile(np.arange(-before, t.weeks), (len(who), 1))
        for f, e in enumerate(who):
            y = t.el_type[e]
            ways.append([])
            for m in np.flatnonzero(t.mode_ok[y]) if pairs[f] else ():
                for q in np.flatnonzero(t.draws[y]) if m == SET else (-1,):
                    rsoi = max(t.rsoi[y, m], t.draw[q]) if q >= 0 else t.rsoi[y, m]
                    reset = t.reset[q] if q >= 0 else 0
                    ways[f].append((self.profile(e, q, True), q, rsoi, reset, t.lead[y, m], t.mode_cost[y, m]))
            for w in self.case.windows_of[self.case.units[t.el_unit[e]].id]:
                lo, hi = max(w.start + before, 0), max(w.end + before, 0)
                ends[f, lo:hi] = np.maximum(ends[f, lo:hi], w.end)
        flat = [x for xs in ways for x in xs]
        types = t.el_type[who] if who else ints([])
        bad = np.cumsum(~self.set_ok, axis=2)
        made = Fliers(
            first=first(len(p) for p in pairs),
            pair=ints(p for ps in pairs for p, _ in ps),
            gain=floats(g for ps in pairs for _, g in ps),
            way_first=first(len(x) for x in ways),
            profile=ints(x[0] for x in flat),
            set=ints(x[1] for x in flat),
            rsoi=ints(x[2] for x in flat),
            reset=ints(x[3] for x in flat),
            lead=ints(x[4] for x in flat),
            cost=floats(x[5] for x in flat),
            people=t.people[types].astype(np.float64),
            week_cost=t.week_cost[types],
            window_end=ends,
            set_bad=np.concatenate([np.zeros((*bad.shape[:2], 1), dtype=np.int64), bad], axis=2),
            before=before,
            line=int(t.line[1]),
        )
        return made, ints(of)

    def _served(self, e: int, barred: int) -> list[tuple[int, float]]:
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

    # -- units, profiles, events -------------------------------------------------------------

    def _lives(self, fliers: np.ndarray) -> tuple[Lives, Out]:
        t, n = self.t, names(self.case)
        founding = self.case.settings.founding_act
        longest_ok = self.case.settings.founding_act_weeks if founding else int(np.iinfo(np.int64).max)
        keep = t.iv_d - t.iv_a <= longest_ok
        spans = np.minimum(t.iv_d, t.weeks) - t.iv_a
        until, rested = np.full(len(n.units), -1), np.zeros(len(n.units), dtype=np.int64)
        home = np.zeros(len(n.elements), dtype=np.int64)
        out: list[list[tuple]] = [[] for _ in n.units]
        for r in self.case.underway:
            u = n.units.index(r.unit)
            until[u] = max(until[u], r.depart)
            rested[u] = max(rested[u], r.depart + t.rest[u, r.depart - r.arrive])
            for p in r.postings:
                e = n.elements.index(p.element)
                q = -1 if p.set_id is None else n.sets.index(p.set_id)
                rsoi = t.rsoi[t.el_type[e], MODES.index(p.mode)]
                ready = p.arrive + (rsoi if q < 0 else max(rsoi, t.draw[q]))
                home[e] = max(home[e], p.depart)
                out[u].append((self.kind_of[e], self.profile(e, q, False), n.sites.index(p.site), ready, p.depart))
        flat = [x for xs in out for x in xs]
        at = np.concatenate([[0], np.cumsum(keep)]).astype(np.int64)
        self.longest = int(spans[keep].max(initial=1))
        who = self.kind_member
        must = np.cumsum(self.limit.el_must[who], axis=1)
        lives = Lives(
            kind=self.kind_of,
            flier=fliers,
            optional=t.el_optional,
            first=t.el_first,
            must=np.concatenate([np.zeros((len(who), 1), dtype=np.int64), must], axis=1),
            stagger=t.stagger,
            std=t.std,
            rest=t.rest,
            iv_first=at[t.iv_first],
            iv_a=t.iv_a[keep],
            iv_d=t.iv_d[keep],
            out_until=until,
            out_rest=rested,
            out_first=first(len(x) for x in out),
            home_from=np.clip(home, 0, t.weeks),
            over_price=float(t.over_price),
        )
        return lives, Out(*(ints(x[i] for x in flat) for i in range(5)))

    def _visits(self) -> Visits:
        t = self.t
        visits, days = [], []
        for y, _, _, join in self.profiles:
            e = join if join >= 0 else next(i for i in np.flatnonzero(t.el_type == y) if self.joins[i] < 0)
            visits.append(self._served(e, HOME))
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
            late=ints(weeks for _, _, weeks, _ in self.profiles),
            has_late=np.array([LATE in status for _, status, _, _ in self.profiles], dtype=np.bool_),
        )

    def _grains(self) -> Grains:
        t = self.t
        per_block = max(1, len(t.area_block) // len(t.lost))
        known: dict[tuple[int, float], int] = {}
        lists: dict[int, list[list[int]]] = {COUNTS: [], LATE: []}
        for y, status, _, _ in self.profiles:
            for s in range(self.sites):
                for state, into in lists.items():
                    into.append([])
                    for j in range(t.reach_n[y]):
                        area, amount = int(t.reach[y, j]), float(t.give[y, s, j])
                        if amount > 0 and status[area // per_block] == state:
                            into[-1].append(known.setdefault((area, amount), len(known)))
        stores = [
            [known.setdefault((int(a), float(t.stored[q, s, a])), len(known)) for a in np.flatnonzero(t.stored[q, s])]
            for q in range(len(t.draw))
            for s in range(self.sites)
        ]
        return Grains(
            area=ints(a for a, _ in known),
            amount=floats(x for _, x in known),
            on_first=first(len(x) for x in lists[COUNTS]),
            on=ints(g for x in lists[COUNTS] for g in x),
            late_first=first(len(x) for x in lists[LATE]),
            late=ints(g for x in lists[LATE] for g in x),
            store_first=first(len(x) for x in stores),
            store=ints(g for x in stores for g in x),
        )


__all__ = ["Made", "make"]
