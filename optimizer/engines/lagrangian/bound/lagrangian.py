"""The Lagrangian: its value (an upper bound on every plan's score) and slope at given multipliers."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from optimizer.domain import Case
from optimizer.engines.lagrangian.bound.chosen import Chosen
from optimizer.engines.lagrangian.bound.families import PARTLY, per_participant, rows_of
from optimizer.engines.lagrangian.bound.halves import Halves
from optimizer.engines.lagrangian.bound.parts.decided import Decided, undecided
from optimizer.engines.lagrangian.bound.parts.make import make
from optimizer.engines.lagrangian.bound.parts.records import Parts
from optimizer.engines.lagrangian.bound.parts.sets import set_parts
from optimizer.engines.lagrangian.bound.pricing.arcs import HOPELESS, Prices
from optimizer.engines.lagrangian.bound.pricing.booking import Use, book
from optimizer.engines.lagrangian.bound.pricing.elements import homes
from optimizer.engines.lagrangian.bound.pricing.events import Events
from optimizer.engines.lagrangian.bound.pricing.partly import Partly, no_rows, partly_supplied, partly_worth, together
from optimizer.engines.lagrangian.bound.pricing.rotations import Worths
from optimizer.engines.lagrangian.bound.pricing.sets import sets
from optimizer.engines.lagrangian.bound.pricing.supply import coverage, grain_count, grain_worth, supply_worth
from optimizer.engines.lagrangian.bound.pricing.units import units
from optimizer.engines.lagrangian.bound.pricing.whole import earned, supplied
from optimizer.engines.lagrangian.bound.slopes import CutRows, book_money, book_places, money_prices, sums
from optimizer.engines.lagrangian.bound.worst import Worst
from optimizer.engines.lagrangian.kernels.arrays import Floats
from optimizer.engines.lagrangian.tables.records import Tables


class Lagrangian:
    """All parts of a case, priced together. ``rows`` names the multipliers; ``chosen`` reads the last evaluation;
    ``count[G, T]``: how often it gave each grain; ``decided``, ``partly``: what a leaf fixed, and its coverage rows."""

    def __init__(self, case: Case, t: Tables):
        self.t, made = t, make(case, t)
        self.parts, self.limits, self.under, self.room = made
        self.sets, self.events = set_parts(t, made.limits, made.under), Events(t, made)
        p = self.parts
        n_p, n_s, t_n, n_q = len(p.visits.days), len(p.country), t.weeks, len(t.draw)
        self.inside, self.hard_floor = p.country >= 0, case.settings.floor_hard
        self.width = _width(p)
        self.worst, self.cut_rows = Worst(case, t), CutRows(t, p)
        self.chosen = Chosen(t, p, self.events.of)
        self._on, self._late = np.zeros((n_p, n_s, t_n + 1)), np.zeros((n_p, n_s, t_n + 1))
        self._store, self._grain = np.zeros((n_q, n_s, t_n)), np.zeros((len(p.grains.area), t_n))
        self.count = np.zeros(self._grain.shape)
        self.worth = np.zeros(len(p.lives.iv_a))
        self.decided = undecided(t)
        self._worths, self._posts = self._room_for(0), Halves(p.posts, t_n)
        self.fixed = np.zeros((len(t.amount), t_n))
        self.fixed[t.line[0]] += self.under.spent
        for q in range(n_q):
            self.fixed[t.line[2], t.available[q] :] += t.set_cost[q]
        self.constant = made.limits.constant - t.cost_price * self.fixed.sum()
        self.typical = self._typical()
        counted = len(self.worst.counted)
        self.rows = rows_of(t, made, self.events.wanting, self.fixed, counted, self.typical, self.hard_floor)
        self.extra: np.ndarray | float = 0.0  # [areas, levels, T] paid for coverage beyond what it scores
        self._placed: dict[int, Partly] = {}
        self.partly, self._active = no_rows(), np.zeros((PARTLY, *t.demand.shape), dtype=np.bool_)

    # -- multipliers and rows ------------------------------------------------------------------

    def start(self) -> np.ndarray:
        """Multipliers to begin with; scales those of coverage by the prices they lead to."""
        theta, view = np.zeros(self.rows.size), self.rows.view
        view(theta, "country")[:] = 1.0 / max(len(self.worst.counted), 1)
        view(theta, "block")[:] = 1.0 / len(self.t.lost)
        steps = self.steps(theta)[:, :, None]
        view(theta, "cover")[:] = 0.5 * steps
        for name in ("cover", "whole", "partly"):
            view(self.rows.scale, name)[:] = steps
        return theta

    def steps(self, theta: np.ndarray) -> np.ndarray:
        """``c[a, l]``: the fall of the price from increment l to the next (none below 0)."""
        return self.worst.steps(self.rows.view(theta, "country"), self.rows.view(theta, "block"))

    def _typical(self) -> float:
        """A typical worth of an element-week: what scales of multipliers are measured in."""
        t, p = self.t, self.parts
        step = np.maximum(-np.diff(t.price, axis=1, append=0.0), 0.0)
        lam = np.ascontiguousarray(np.broadcast_to(0.5 * step[:, :, None], t.demand.shape))
        grain_worth(p.grains, lam, np.zeros_like(lam), t.demand, self._grain)
        supply_worth(p.grains, self._grain, self._on, self._late, self._store)
        best = self._on[:, :, -1].max(axis=1, initial=0.0)
        supply = float(best.mean() if best.size else 0.0) / t.weeks
        people = float(p.posts.people.mean()) if p.posts.people.size and (t.floor > 0).any() else 0.0
        floor = t.floor_price * people / 4
        found = max(supply, floor, float(per_participant(t).mean()) / 10 if len(t.need_count) else 0.0)
        return max(found, 1e-6) if found > 0 else 1.0  # without any price no unit is better than another

    def narrow(self, decided: Decided) -> None:
        """Only plans that keep to ``decided`` from now on."""
        if len(decided.element) != len(self.decided.element):
            self._worths = self._room_for(len(decided.element))
        self.decided = decided

    def _room_for(self, limited: int) -> Worths:
        """Arrays of worths, with rows for elements whose bases are limited."""
        p, t_n = self.parts, self.t.weeks
        shape, square = (len(p.posts.people) + limited, t_n, p.longest + 1), (len(p.fliers.people), t_n + 1, t_n + 1)
        return Worths(
            np.zeros(shape),
            np.zeros(shape, dtype=np.int64),
            np.zeros(square),
            np.zeros(square),
            np.zeros((len(p.whole.rsoi), t_n + 1)),
            p.whole.rsoi,
        )

    def place(self, family: int, rows: Partly) -> None:
        """Replace the submodular rows of a family. Multipliers of rows that are gone count as 0 from now on, and
        should be set to it."""
        self._placed[family] = rows
        self.partly = together(list(self._placed.values()))
        self._active[family] = False
        self._active[family, rows.area, rows.level, rows.week] = True
        rhs, high = self.rows.view(self.rows.rhs, "partly")[family], self.rows.view(self.rows.high, "partly")[family]
        rhs[:], high[:] = 0.0, 0.0
        rhs[rows.area, rows.level, rows.week], high[rows.area, rows.level, rows.week] = rows.sure, np.inf

    @property
    def submodular(self) -> dict[int, Partly]:
        """The submodular rows, by family."""
        return dict(self._placed)

    def standing(self, but: int, own: Partly) -> Partly:
        """The submodular rows of all families, those of one of them replaced by ``own``."""
        return together([rows for family, rows in self._placed.items() if family != but] + [own])

    # -- value and slope ---------------------------------------------------------------------

    def evaluate(self, theta: np.ndarray) -> tuple[float, float, np.ndarray]:
        """(value, size of what was summed, slope) at multipliers ``theta`` inside their boxes."""
        t, p, view = self.t, self.parts, self.rows.view
        partly = np.where(self._active, view(theta, "partly"), 0.0)
        money, pr = self._prices(theta, partly)
        use = self._nothing(money)
        values = self._lives(theta, pr, use)
        slope = self.rows.rhs.copy()
        stored, total = self._others(theta, money, use, slope)
        values += total
        steps = self.steps(theta)[:, :, None] + self.extra
        paid = view(theta, "cover") + view(theta, "whole") + partly.sum(axis=0)
        asked = t.demand * (steps > paid)
        values.append(float(((steps - paid) * asked).sum()))
        cover, by_unit, part = view(slope, "cover"), view(slope, "whole"), view(slope, "partly")
        grain_count(p.grains, use.on, use.late, stored, self.count)
        coverage(p.grains, t.demand, self.count, cover, by_unit)
        supplied(p.whole, t.demand, self.chosen.jobs, self.chosen.n, by_unit)
        partly_supplied(p.grains, self.partly, self.count, part)
        cover -= asked
        by_unit -= asked
        part -= asked * self._active
        self.worst.book(self.rows, asked.sum(axis=2), slope)
        book_places(self.rows, t.country, use, slope)
        view(slope, "needs")[:] += use.nu
        entry, week = np.nonzero(use.flown)
        np.add.at(view(slope, "needs"), (p.fliers.pair[entry], week), use.flown[entry, week])
        values.append(book_money(t, self.rows, theta, use.money, slope))
        fixed = theta * self.rows.rhs
        values += [float(fixed.sum()), self.constant]
        if min(values[:4]) < HOPELESS:
            return -np.inf, 0.0, slope
        return float(sum(values)), float(np.abs(values).sum() + np.abs(fixed).sum()), slope

    def _prices(self, theta: np.ndarray, partly: np.ndarray) -> tuple[np.ndarray, Prices]:
        t, g, view = self.t, self.parts.grains, self.rows.view
        grain_worth(g, view(theta, "cover"), view(theta, "whole"), t.demand, self._grain)
        partly_worth(g, self.partly, partly, self._grain)
        supply_worth(g, self._grain, self._on, self._late, self._store)
        settled, present = view(theta, "settled").copy(), view(theta, "everyone").copy()
        brigade = np.zeros(settled.shape)
        own = t.country[self.inside]
        settled[self.inside] += view(theta, "host settled")[own]
        present[self.inside] += (view(theta, "host everyone") - view(theta, "floor"))[own]
        brigade[self.inside] += view(theta, "brigade")[own]
        money = money_prices(t, self.rows, theta)
        nu, hold = view(theta, "needs"), sums(view(theta, "hold"))
        flown = nu[self.parts.fliers.pair] + self.cut_rows.flown(view(theta, "cuts"))
        places = sums(settled), sums(present), sums(brigade)
        return money, Prices(self._on, self._late, nu, flown, *places, money, sums(money), hold)

    def _nothing(self, money: np.ndarray) -> Use:
        """Nothing used yet."""
        p, supply, places = self.parts, self._on[:, :, 1:].shape, self.room.settled.shape
        pairs, flown = (len(p.visits.host), self.t.weeks), (len(p.fliers.pair), self.t.weeks)
        shapes = (supply, supply, places, places, places, money.shape, self._store.shape, pairs, flown)
        return Use._make(np.zeros(shape) for shape in (*shapes, p.cuts.already.shape))

    def _lives(self, theta: np.ndarray, pr: Prices, use: Use) -> list[float]:
        """Choose and book the lives of the units: their values, then that of those under way."""
        t, p, w, de, view = self.t, self.parts, self._worths, self.decided, self.rows.view
        self._posts.price(p.visits, pr, self.width, p.lives.kind[de.element], de.base, w.value, w.choice)
        homes(p.fliers, p.visits, pr, self.width, w.inside, w.begun)
        earned(p.whole, view(theta, "whole"), t.demand, w.earned)
        jobs = self.chosen.jobs
        value, n = units(p.lives, p.cuts, de, view(theta, "cuts"), w, self.worth, jobs)
        self.chosen.n = n
        return [value, book(p.posts, p.visits, p.fliers, p.out, p.cuts, pr, self.width, jobs, n, use)]

    def _others(self, theta: np.ndarray, money: np.ndarray, use: Use, slope: np.ndarray) -> tuple[Floats, list[float]]:
        """Price and book sets, exercises and upgrades: (stored, values)."""
        t, view = self.t, self.rows.view
        line_x, line_q, line_b = t.line[1:]
        hold, xi = view(theta, "hold"), view(theta, "cuts")
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
        asked = (view(theta, n) for n in of_runs)
        value, runs = self.events.runs(self.decided, money[line_x], self.cut_rows.per_run(xi), *asked)
        values.append(value)
        self.chosen.runs = runs
        self.events.book_runs(runs, use.money[line_x], *(view(down, n) for n in of_runs))
        of_buys = ("settled", "everyone", "slots", "range", "echelon")
        value, buys = self.events.buys(money[line_b], *(view(theta, n) for n in of_buys))
        values.append(value)
        self.events.book_buys(buys, use.money[line_b], *(view(down, n) for n in of_buys))
        slope -= down
        held = np.zeros((len(t.x_weeks), t.weeks))
        held[self.events.of[runs[0]], runs[1]] = 1.0
        view(slope, "cuts")[:] += self.cut_rows.slope(use, held)
        return stored, values

    def participant_worth(self, theta: np.ndarray) -> np.ndarray:
        """What a participant is worth where the cuts count every one: [pairs, T]."""
        extra = self.cut_rows.per_participant(self.rows.view(theta, "cuts"))
        return self.rows.view(theta, "needs") + extra[self.parts.pair_need]


def _width(p: Parts) -> int:
    """Arcs that may end in one week: one for each exercise and, flown in, each time of readying."""
    v, fl = p.visits, p.fliers

    def most(first: np.ndarray, pair: np.ndarray) -> int:
        return max((len(set(v.exercise[pair[i:j]].tolist())) for i, j in pairwise(first)), default=0)

    readying = max((len(set(fl.rsoi[i:j].tolist())) for i, j in pairwise(fl.way_first)), default=0)
    return max(most(v.first, v.pair), most(fl.first, fl.pair) * readying, 1)
