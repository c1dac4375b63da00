"""A plan in hand made to hold the rules of a case: what still can be kept is kept, the rest is moved, cut or left out.

Inputs change under a plan: a unit comes late, a camp closes, money is cut. Piece by piece the plan is
put into an empty state, each exactly as it was where the rules still let it. A rotation that does not
fit is answered by the unit's best response at prices that pay above all for element-weeks kept where
they were, so that it is shortened, shifted or based elsewhere rather than dropped; an exercise
is held with other participants or at another time rather than not at all.
"""

from __future__ import annotations

import numpy as np

from optimizer.domain import Case, Plan, Rotation, Run
from optimizer.engines.lagrangian.search.insert.custody import set_free
from optimizer.engines.lagrangian.search.insert.exercises import insert_run
from optimizer.engines.lagrangian.search.insert.fitting import hold_exactly, lay_exactly, may_post
from optimizer.engines.lagrangian.search.insert.intervals import has_time
from optimizer.engines.lagrangian.search.insert.sets import capacities, lay, maintain, may_maintain, service, upgrade
from optimizer.engines.lagrangian.search.insert.units import respond, withdraw_last
from optimizer.engines.lagrangian.search.liking import far, liking
from optimizer.engines.lagrangian.search.seat import Board, Index, board, insisted, put_under_way
from optimizer.engines.lagrangian.search.state.arrays import post
from optimizer.engines.lagrangian.search.state.structs import tables_core
from optimizer.engines.lagrangian.search.state.value import money_fits, score
from optimizer.engines.lagrangian.tables.records import FORBIDDEN, NO_BLOCK, Names, Tables
from optimizer.rosters import admissible
from optimizer.rules import together

TRIES, MOST, WIDTH = 6, 64, 8  # intervals built, spots looked at, candidates beyond those needed
ROUNDS = 3  # times that what found no place is tried again


def fit(case: Case, tb: Tables, ids: Names, rng: np.ndarray, plan: Plan, most: int) -> Board | None:
    """A state that holds the rules and keeps what can be kept of ``plan``, with room for ``most`` rotations of a
    unit; ``None`` if the sets find no place.

    Hard wishes (must lines) that the plan does not meet are not made true here: see ``moves.musts``.
    """
    return _Fitting(case, tb, ids, rng, plan, most).run()


class _Fitting:
    def __init__(self, case: Case, tb: Tables, ids: Names, rng: np.ndarray, plan: Plan, most: int):
        self.case, self.tb, self.ids, self.rng, self.plan = case, tb, ids, rng, plan
        self.at = Index(ids)
        self.board = board(tb, most)
        self.liking = tables_core(liking(case, tb, self.at, plan))  # tables at which what was is worth most

    def run(self) -> Board | None:
        self._upgrades()
        if not self._sets():
            return None
        put_under_way(self.case, self.board, self.at)
        if not self._blocks():
            return None
        score(self.liking, self.board.core)
        left = self._rotations(self._by_weight())
        runs = self._runs(sorted(self.plan.runs, key=self._worth), exact=True)
        for _ in range(ROUNDS):  # what stood in the way may have been shortened since
            left = [r for r in left if not self._respond(r)]
            runs = self._runs(runs, exact=False)
            if not left and not runs:
                break
        return self.board

    # -- what stands at sites -----------------------------------------------------------------

    def _upgrades(self) -> None:
        tb, b = self.tb, self.board
        for buy in self.plan.purchases:
            i = self.at.upgrade[buy.upgrade]
            if tb.up_before[i]:
                continue
            early = max(int(tb.up_from[i]), tb.cr_weeks)
            if not early <= buy.start <= tb.up_to[i] or tb.wish_buy[i, buy.start] < FORBIDDEN:
                continue
            upgrade(b.tables, b.core, i, buy.start, 1)
            if not money_fits(b.tables, b.core):
                upgrade(b.tables, b.core, i, buy.start, -1)
        capacities(b.tables, b.core, b.floors[0], b.floors[1])

    def _sets(self) -> bool:
        """Every set where it was, or on the way that is most like it."""
        b, tb = self.board, self.tb
        where = [self.at.where(self.plan, name, self.case.weeks) for name in self.ids.sets]
        wanted, left = [insisted(tb, q) for q in range(len(where))], []
        for q in sorted(range(len(where)), key=lambda q: not wanted[q].any()):
            row, told = where[q], np.flatnonzero(wanted[q].any(axis=0))  # elsewhere than it stood, perhaps: first
            right = bool((row[told] >= 0).all() and wanted[q][row[told], told].all())
            if right and lay_exactly(b.tables, b.core, q, row):
                continue
            if told.size == 0:
                left.append(q)
            elif not self._lay(q, row):
                return False
        return all(self._lay(q, where[q]) for q in left)

    def _lay(self, q: int, row: np.ndarray) -> bool:
        """A set on the way that is most like the sites by week of ``row``; false if there is none."""
        b, there = self.board, np.flatnonzero(row >= 0)
        pull = np.zeros((len(self.ids.sites), self.case.weeks))
        pull[row[there], there] = 1e6
        for r in self.case.underway:  # a set in use stays with its user
            for p in r.postings:
                if p.set_id == self.ids.sets[q]:
                    pull[self.at.site[p.site], : p.depart + int(self.tb.reset[q])] = 1e9
        return bool(lay(b.tables, b.core, q, np.zeros(self.case.weeks), pull))

    def _blocks(self) -> bool:
        for q, name in enumerate(self.ids.sets):
            liked = np.array(sorted(m.start for m in self.plan.maintenance if m.set_id == name), dtype=np.int64)
            liked = liked[(liked + self.tb.maint[q] > 0) & (liked < self.tb.weeks)]
            if not self._exact_blocks(q, liked) and not service(self.board.tables, self.board.core, self.rng, q, liked):
                return False
        return True

    def _exact_blocks(self, q: int, starts: np.ndarray) -> bool:
        """All blocks as they were, if none is late and all fit."""
        tb, b, last = self.tb, self.board, int(self.tb.last_maint[q])
        frozen = {int(f) for f in tb.wish_frozen_block[q] if f != NO_BLOCK}
        if tb.interval[q] <= 0 or not frozen <= set(starts.tolist()) or len(starts) > b.state.block_a.shape[1]:
            return False
        for f in starts:  # one may begin during a block under way: the rule sets blocks of the plan alone apart
            if not tb.available[q] <= f <= max(last + tb.interval[q], tb.available[q]):
                return False
            if not may_maintain(b.tables, b.core, q, f):
                return False
            last = int(f + tb.maint[q])
        if last + tb.interval[q] < self.case.weeks or (np.diff(starts) < tb.maint[q]).any():
            return False
        for f in starts:
            maintain(b.tables, b.core, q, f)
        return True

    # -- rotations -----------------------------------------------------------------------------

    def _by_weight(self) -> list[Rotation]:
        """The rotations not under way: those that frozen weeks hold first, then the heaviest."""
        known = {(r.unit, r.arrive, r.depart) for r in self.case.underway}
        new = [r for r in self.plan.rotations if (r.unit, r.arrive, r.depart) not in known]
        frozen = int(self.tb.wish_frozen)

        def weight(r: Rotation) -> tuple[bool, int, str, int]:
            people = sum(self.case.element_type(p.element).people for p in r.postings)
            return r.arrive >= frozen, -people * (r.depart - r.arrive), r.unit, r.arrive

        return sorted(new, key=weight)

    def _rotations(self, rotations: list[Rotation]) -> list[Rotation]:
        """Put in what fits exactly; then answer for the others; those without an answer come back."""
        left = [r for r in rotations if not self._exactly(r)]
        return [r for r in left if not self._respond(r)]

    def _exactly(self, r: Rotation) -> bool:
        b, tb, st, u = self.board, self.tb, self.board.state, self.at.unit[r.unit]
        k, longest = int(st.rot_n[u]), self.case.settings.founding_act_weeks
        if not admissible(self.case, r.unit, r.arrive, r.depart) or k >= st.rot_a.shape[1]:
            return False
        if together.check(self.case, Plan(rotations=(r,))).breaches:  # of what one rotation is by itself
            return False
        if self.case.settings.founding_act and r.depart - r.arrive > longest:
            return False
        if not has_time(b.tables, b.core, u, r.arrive, r.depart):
            return False
        st.rot_a[u, k], st.rot_d[u, k], st.rot_fixed[u, k] = r.arrive, r.depart, False
        st.rot_n[u] += 1
        own = slice(tb.el_first[u], tb.el_first[u + 1])
        st.el_site[own, k] = -1
        free_to, fits = np.zeros((len(tb.draw), tb.weeks), dtype=np.int64), True
        for p in r.postings:
            set_free(b.tables, b.core, free_to)
            e, s = self.at.element[p.element], self.at.site[p.site]
            mode, q = self.at.mode_of(p.mode), self.at.set_of(p.set_id)
            if not may_post(b.tables, b.core, e, s, mode, q, p.arrive, p.depart, r.depart, free_to):
                fits = False
                break
            post(b.tables, b.core, e, k, s, mode, q, p.arrive, p.depart)
        if fits and money_fits(b.tables, b.core):
            return True
        withdraw_last(b.tables, b.core, u)
        return False

    def _respond(self, r: Rotation) -> bool:
        """The unit's best answer at prices that pay for what is kept of the rotation."""
        b, tb, u = self.board, self.tb, self.at.unit[r.unit]
        n_k, weeks = len(tb.people), tb.weeks
        core, bases = np.ones(len(tb.iv_a), dtype=np.bool_), np.ones((len(tb.std), len(tb.places)), dtype=np.bool_)
        free, none = np.zeros(weeks), np.zeros((n_k, len(tb.places), weeks))
        span, others = np.array([0, weeks], dtype=np.int64), np.ones(2)
        before = int(b.state.rot_n[u])
        found = respond(
            self.liking, b.core, self.rng, u, free, none, core, bases, others, span, 0.0, 0.0, TRIES
        )  # fmt: skip
        if found and not self._kept(u, before, r):
            withdraw_last(b.tables, b.core, u)
            return False
        return bool(found)

    def _kept(self, u: int, k: int, r: Rotation) -> bool:
        """Whether what was found has to do with the rotation at all."""
        st = self.board.state
        return bool(st.rot_a[u, k] < r.depart and r.arrive < st.rot_d[u, k])

    # -- exercises -----------------------------------------------------------------------------

    def _worth(self, run: Run) -> tuple[bool, float, str]:
        return run.start >= self.tb.wish_frozen, -self.case.exercise[run.exercise].value, run.exercise

    def _runs(self, runs: list[Run], exact: bool) -> list[Run]:
        """Hold exercises; those that found no place come back."""
        b, tb, left = self.board, self.tb, []
        price = np.full(tb.weeks, tb.cost_price)
        for run in runs:
            x, site = self.at.exercise[run.exercise], self.at.site[run.site]
            rows = [h for h in range(tb.host_first[x], tb.host_first[x + 1]) if tb.host_site[h] == site]
            h = rows[0] if rows and 0 <= run.start < tb.weeks else -1
            if exact:
                fits = h >= 0 and hold_exactly(b.tables, b.core, x, h, run.start, self.at.cast(tb, run))
            elif tb.wish_frozen_run[x, 0] >= 0:  # it stands as it was, or not at all
                h, w = (int(v) for v in tb.wish_frozen_run[x])
                fits = hold_exactly(b.tables, b.core, x, h, w, tb.wish_frozen_part)
            else:
                fits = self._elsewhere(run) or insert_run(
                    self.liking, b.core, self.rng, x, price, MOST, WIDTH, h, run.start if h >= 0 else -1
                )
            if not fits:
                left.append(run)
        return left

    def _elsewhere(self, run: Run) -> bool:
        """Hold an exercise with those who were to take part, as near as may be to where and when it was to be."""
        b, tb, x, site = self.board, self.tb, self.at.exercise[run.exercise], self.at.site[run.site]
        rows = range(tb.host_first[x], tb.host_first[x + 1])
        spots = sorted(
            (far(tb, h, w, site, run.start), h, w) for h in rows for w in np.flatnonzero(tb.start_ok[h]).tolist()
        )
        cast = self.at.cast(tb, run)
        return any(hold_exactly(b.tables, b.core, x, h, w, cast) for _, h, w in spots)
