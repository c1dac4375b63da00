"""The Lagrangian: its value (an upper bound on every plan's score) and slope at given multipliers."""

from __future__ import annotations

import numpy as np

from optimizer.domain import Case
from optimizer.domain.supply import area_prices
from optimizer.engines.lagrangian.bound.families import per_participant, rows_of
from optimizer.engines.lagrangian.bound.parts.make import make
from optimizer.engines.lagrangian.bound.parts.sets import set_parts
from optimizer.engines.lagrangian.bound.pricing.booking import POST, ROTATION, book
from optimizer.engines.lagrangian.bound.pricing.elements import coverage, homes, posts, weekly
from optimizer.engines.lagrangian.bound.pricing.events import Events
from optimizer.engines.lagrangian.bound.pricing.paths import HOPELESS, Prices, Use
from optimizer.engines.lagrangian.bound.pricing.sets import sets
from optimizer.engines.lagrangian.bound.pricing.units import units
from optimizer.engines.lagrangian.bound.pricing.whole import earned, supplied
from optimizer.engines.lagrangian.tables.records import Tables
from optimizer.engines.lagrangian.tables.supply import blocks
from optimizer.quantities import MILLI


class Lagrangian:
    """All parts of a case, priced together. ``rows`` names the multipliers."""

    def __init__(self, case: Case, t: Tables):
        self.t, made = t, make(case, t)
        self.parts, self.limits, self.under, self.room = made
        self.sets = set_parts(t, made.limits, made.under)
        self.events = Events(t, made)
        p = self.parts
        n_p, n_s, t_n, n_q = len(p.visits.days), len(p.country), t.weeks, len(t.draw)
        self.inside, self.hard_floor = p.country >= 0, case.settings.floor_hard
        self.width = 3 * int(max(p.visits.weeks.max(initial=1) + p.fliers.before, 1))
        self._worst(case)
        self._on, self._late = np.zeros((n_p, n_s, t_n + 1)), np.zeros((n_p, n_s, t_n + 1))
        self._store, self._grain = np.zeros((n_q, n_s, t_n)), np.zeros((len(p.grains.area), t_n))
        self._value = np.zeros((len(p.posts.people), t_n, p.longest + 1))
        self._choice = np.zeros(self._value.shape, dtype=np.int64)
        f_n = len(p.fliers.people)
        self._inside, self._begun = np.zeros((f_n, t_n + 1, t_n + 1)), np.zeros((f_n, t_n + 1, t_n + 1))
        self._jobs = np.zeros((len(p.lives.kind) * (3 * t_n + 4) + len(p.out.kind), 5), dtype=np.int64)
        self._noted, self._runs = 0, (np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))
        self.worth = np.zeros(len(p.lives.iv_a))
        self._earned = np.zeros((len(p.whole.rsoi), t_n + 1))
        owner = np.repeat(np.arange(len(t.std)), np.diff(t.iv_first))
        self._ends = int(t.iv_d.max(initial=0)) + 1
        self._keys = self._key(owner, t.iv_a, t.iv_d)  # ascending: intervals stand by unit, arrival, departure
        self.fixed = np.zeros((len(t.amount), t_n))
        self.fixed[t.line[0]] += self.under.spent
        for q in range(n_q):
            self.fixed[t.line[2], t.available[q] :] += t.set_cost[q]
        self.constant = made.limits.constant - t.cost_price * self.fixed.sum()
        self.typical = self._typical()
        self.rows = rows_of(t, made, self.events.wanting, self.fixed, len(self.counted), self.typical, self.hard_floor)

    # -- rows --------------------------------------------------------------------------------

    def _worst(self, case: Case) -> None:
        """Prices of the increments: the expected part, and what a unit of weight on the worst
        country or block adds."""
        t, found = self.t, blocks(case)
        base = area_prices(case).reshape(-1, t.price.shape[1])
        per = len(base)
        omega = case.settings.worst_scenario_weight / MILLI if len(found) > 1 else 0.0
        self.block_price = np.tile(base, (len(found), 1)) * omega
        counted = np.flatnonzero(t.full > 0)
        self.counted = counted if t.worst_price > 0 else counted[:0]
        self.country_price = np.zeros((len(self.counted), *t.price.shape))
        for i, c in enumerate(self.counted):
            own = np.flatnonzero(t.area_country[:per] == c)
            self.country_price[i, own] = base[own] * t.worst_price / t.full[c]
        self.per_block = per

    def start(self) -> np.ndarray:
        """Multipliers to begin with; scales those of coverage by the prices they lead to."""
        theta = np.zeros(self.rows.size)
        self.rows.view(theta, "country")[:] = 1.0 / max(len(self.counted), 1)
        self.rows.view(theta, "block")[:] = 1.0 / len(self.t.lost)
        steps = self.steps(theta)[:, :, None]
        self.rows.view(theta, "cover")[:] = 0.5 * steps
        self.rows.view(self.rows.scale, "cover")[:] = steps
        self.rows.view(self.rows.scale, "whole")[:] = steps
        return theta

    def steps(self, theta: np.ndarray) -> np.ndarray:
        """``c[a, l]``: the fall of the price from increment l to the next (none below 0)."""
        price = self.t.price + np.tensordot(self.rows.view(theta, "country"), self.country_price, axes=1)
        price = price + self.block_price * np.repeat(self.rows.view(theta, "block"), self.per_block)[:, None]
        return np.maximum(price - np.concatenate([price[:, 1:], np.zeros((len(price), 1))], axis=1), 0.0)

    def _typical(self) -> float:
        """A typical worth of an element-week: what scales of multipliers are measured in."""
        t, p = self.t, self.parts
        step = np.maximum(-np.diff(t.price, axis=1, append=0.0), 0.0)
        lam = np.ascontiguousarray(np.broadcast_to(0.5 * step[:, :, None], t.demand.shape))
        weekly(p.grains, lam, np.zeros_like(lam), t.demand, self._on, self._late, self._store, self._grain)
        best = self._on[:, :, -1].max(axis=1, initial=0.0)
        supply = float(best.mean() if best.size else 0.0) / t.weeks
        floor = t.floor_price * float(p.posts.people.mean()) / 4 if (t.floor > 0).any() else 0.0
        return max(supply, floor, float(per_participant(t).mean()) / 10 if len(t.need_count) else 0.0, 1e-6)

    # -- value and slope ---------------------------------------------------------------------

    def evaluate(self, theta: np.ndarray) -> tuple[float, float, np.ndarray]:
        """(value, size of what was summed, slope) at multipliers ``theta`` inside their boxes."""
        t, p, view = self.t, self.parts, self.rows.view
        money, pr = self._prices(theta)
        supply, places = pr.on[:, :, 1:].shape, self.room.settled.shape
        shapes = (
            supply,
            supply,
            places,
            places,
            places,
            money.shape,
            self._store.shape,
            pr.nu.shape,
            pr.nu.shape,
            p.cuts.already.shape,
        )
        use = Use._make(np.zeros(shape) for shape in shapes)
        posts(p.posts, p.visits, pr, self.width, self._value, self._choice)
        homes(p.fliers, p.visits, pr, self.width, self._inside, self._begun)
        earned(p.whole, view(theta, "whole"), t.demand, self._earned)
        value, n = units(
            p.lives,
            p.cuts,
            view(theta, "cuts"),
            self._earned,
            p.whole.rsoi,
            self._value,
            self._choice,
            self._inside,
            self._begun,
            self.worth,
            self._jobs,
        )
        self._noted = n
        values = [value, book(p.posts, p.visits, p.fliers, p.out, p.cuts, pr, self.width, self._jobs, n, use)]
        slope = self.rows.rhs.copy()
        spent, stored, total = self._others(theta, money, use, slope)
        values += total
        steps = self.steps(theta)[:, :, None]
        paid = view(theta, "cover") + view(theta, "whole")
        over = steps > paid
        asked = t.demand * over
        values.append(float(((steps - paid) * asked).sum()))
        cover, by_unit = view(slope, "cover"), view(slope, "whole")
        coverage(p.grains, t.demand, use.on, use.late, stored, cover, by_unit)
        supplied(p.whole, t.demand, self._jobs, n, by_unit)
        cover -= asked
        by_unit -= asked
        self._worst_slope(asked.sum(axis=2), slope)
        self._places_slope(use, slope)
        values.append(self._money_slope(theta, spent, slope))
        fixed = theta * self.rows.rhs
        values += [float(fixed.sum()), self.constant]
        if min(values[:4]) < HOPELESS:
            return -np.inf, 0.0, slope
        return float(sum(values)), float(np.abs(values).sum() + np.abs(fixed).sum()), slope

    def narrow(self, window: np.ndarray) -> None:
        """Only first arrivals of units, then starts of exercises, in ``window[:, 0]`` to ``window[:, 1]``
        from now on (the number of weeks stands for never)."""
        lives, units = self.parts.lives, len(self.t.std)
        lives.since[:], lives.by[:] = window[:units].T
        self.events.since[:], self.events.by[:] = window[units:].T

    def _rotations(self) -> np.ndarray:
        """Columns of the rotations chosen in the last evaluation: unit, arrival, departure."""
        jobs = self._jobs[: self._noted]
        return jobs[jobs[:, 0] == ROTATION, 1:4].T

    def arrivals(self) -> np.ndarray:
        """Week of each unit's first arrival in the last evaluation, the number of weeks if none: [units]."""
        first = np.full(len(self.t.std), self.t.weeks)
        np.minimum.at(first, *self._rotations()[:2])
        return first

    def _key(self, unit: np.ndarray, arrive: np.ndarray, depart: np.ndarray) -> np.ndarray:
        return (unit * self.t.weeks + arrive) * self._ends + depart

    def intervals(self) -> np.ndarray:
        """Numbers of the units' intervals (``Tables.iv_a``) chosen in the last evaluation."""
        return np.searchsorted(self._keys, self._key(*self._rotations()))

    def bases(self) -> tuple[np.ndarray, np.ndarray]:
        """Units and sites where an element of theirs was based in the last evaluation."""
        jobs, at = self._jobs[: self._noted], self.parts.posts
        rotation = jobs[:, 0] == ROTATION  # its postings follow
        unit = jobs[:, 1][rotation][np.maximum(np.cumsum(rotation) - 1, 0)] if rotation.any() else jobs[:, 1]
        posts = jobs[:, 0] == POST
        return unit[posts], at.cell_site[at.cell[jobs[posts, 1]]]

    def starts(self) -> np.ndarray:
        """Week in which each exercise started in the last evaluation, the number of weeks if none."""
        start = np.full(len(self.t.x_weeks), self.t.weeks)
        hosts, weeks = self._runs
        start[self.events.of[hosts]] = weeks
        return start

    def _prices(self, theta: np.ndarray) -> tuple[np.ndarray, Prices]:
        t, p, view = self.t, self.parts, self.rows.view
        weekly(
            p.grains,
            view(theta, "cover"),
            view(theta, "whole"),
            t.demand,
            self._on,
            self._late,
            self._store,
            self._grain,
        )
        settled, present = view(theta, "settled").copy(), view(theta, "everyone").copy()
        brigade = np.zeros(settled.shape)
        own = t.country[self.inside]
        settled[self.inside] += view(theta, "host settled")[own]
        present[self.inside] += (view(theta, "host everyone") - view(theta, "floor"))[own]
        brigade[self.inside] += view(theta, "brigade")[own]
        money = t.cost_price + view(theta, "year")[:, t.year] + view(theta, "quarter")[:, t.quarter]
        for weeks, price in zip(t.cr_until, view(theta, "resolution"), strict=True):
            money[:, :weeks] += price[:, None]
        money += view(theta, "total")[0]
        return money, Prices(
            self._on,
            self._late,
            view(theta, "needs"),
            self.participant_worth(theta),
            _sums(settled),
            _sums(present),
            _sums(brigade),
            money,
            _sums(money),
            _sums(view(theta, "hold")),
        )

    def _others(self, theta, money, use: Use, slope):
        """Price and book sets, exercises and upgrades: (spent, stored, values)."""
        t, view = self.t, self.rows.view
        line_x, line_q, line_b = t.line[1:]
        hold = view(theta, "hold")
        stood, kept, moved = np.zeros(hold.shape), np.zeros(hold.shape), np.zeros((len(hold), t.weeks))
        gain = np.maximum(hold, self._store)
        rent = t.set_slots[:, None, None] * view(theta, "slots")
        values = [sets(self.sets, gain, rent, money[line_q], stood, kept, moved)]
        stored = kept * (self._store > hold)
        view(slope, "hold")[:] += kept - stored - use.hold
        view(slope, "slots")[:] -= np.einsum("q,qst->st", t.set_slots.astype(float), stood)
        use.money[line_q] += t.move_cost @ moved
        down = np.zeros_like(slope)
        of_runs = ("needs", "range", "echelon", "group")
        asked = (self.participant_worth(theta), *(view(theta, n) for n in of_runs[1:]))
        value, runs = self.events.runs(money[line_x], *asked)
        values.append(value)
        self._runs = runs
        self.events.book_runs(runs, use.money[line_x], *(view(down, n) for n in of_runs))
        of_buys = ("settled", "everyone", "slots", "range", "echelon")
        value, buys = self.events.buys(money[line_b], *(view(theta, n) for n in of_buys))
        values.append(value)
        self.events.book_buys(buys, use.money[line_b], *(view(down, n) for n in of_buys))
        slope -= down
        self._cuts_slope(view(down, "needs") - use.flown, use.met, slope)
        return use.money, stored, values

    def participant_worth(self, theta: np.ndarray) -> np.ndarray:
        """What a participant is worth where the cuts count every one: [pairs, T]."""
        cu, extra = self.parts.cuts, np.zeros((len(self.t.need_count), self.t.weeks + 1))
        np.add.at(extra, (cu.need, cu.start), self.rows.view(theta, "cuts"))
        np.subtract.at(extra, (cu.need, cu.end), self.rows.view(theta, "cuts"))
        return self.rows.view(theta, "needs") + np.cumsum(extra, axis=1)[self.parts.pair_need, :-1]

    def _cuts_slope(self, left: np.ndarray, met: np.ndarray, slope: np.ndarray) -> None:
        """``left[pairs, T]``: participants asked for less those flown in."""
        cu, by_need = self.parts.cuts, np.zeros((len(self.t.need_count), self.t.weeks))
        np.add.at(by_need, self.parts.pair_need, left)
        total = _sums(by_need)
        self.rows.view(slope, "cuts")[:] += met - total[cu.need, cu.end] + total[cu.need, cu.start]

    def _places_slope(self, use: Use, slope: np.ndarray) -> None:
        t, view = self.t, self.rows.view
        view(slope, "settled")[:] -= use.settled
        view(slope, "everyone")[:] -= use.present
        view(slope, "needs")[:] += use.nu
        own = t.country[self.inside]
        for name, used in (
            ("host settled", use.settled),
            ("host everyone", use.present),
            ("brigade", use.brigade),
            ("floor", -use.present),
        ):
            np.subtract.at(view(slope, name), own, used[self.inside])

    def _money_slope(self, theta: np.ndarray, spent: np.ndarray, slope: np.ndarray) -> float:
        """Book the money spent and the best transfers; return what transfers are worth."""
        t, view = self.t, self.rows.view
        np.subtract.at(view(slope, "year").T, t.year, spent.T)
        np.subtract.at(view(slope, "quarter").T, t.quarter, spent.T)
        for weeks, early in zip(t.cr_until, view(slope, "resolution"), strict=True):
            early -= spent[:, :weeks].sum(axis=1)
        view(slope, "total")[:] -= spent.sum()
        if not (t.amount < 1e17).all():
            return 0.0
        price = view(theta, "year")
        to, years = price.argmax(axis=0), np.arange(price.shape[1])
        out = t.transfer * t.amount
        view(slope, "year")[:] -= out
        view(slope, "year")[to, years] += out.sum(axis=0)
        return float(((price[to, years] - price) * out).sum())

    def _worst_slope(self, asked: np.ndarray, slope: np.ndarray) -> None:
        by_price = asked - np.concatenate([np.zeros((len(asked), 1)), asked[:, :-1]], axis=1)
        self.rows.view(slope, "country")[:] = np.tensordot(self.country_price, by_price, axes=2)
        worth = (self.block_price * by_price).sum(axis=1)
        self.rows.view(slope, "block")[:] = worth.reshape(len(self.t.lost), -1).sum(axis=1)


def _sums(weekly_prices: np.ndarray) -> np.ndarray:
    """Prefix sums over the last axis, beginning with 0."""
    out = np.zeros((*weekly_prices.shape[:-1], weekly_prices.shape[-1] + 1))
    np.cumsum(weekly_prices, axis=-1, out=out[..., 1:])
    return out
