"""Right-hand sides, boxes and scales of the dualised rows of a case."""

from __future__ import annotations

import numpy as np

from optimizer.engines.lagrangian.bound.parts.make import Made
from optimizer.engines.lagrangian.bound.rows import Rows, family
from optimizer.engines.lagrangian.tables.records import Tables

PARTLY = 5  # families of submodular coverage rows: the last is the leaf's own
NEED = 0.3  # scale of the multipliers of a need, in values of its exercise per participant


def per_participant(t: Tables) -> np.ndarray:
    """Value of an exercise by participant, for every need."""
    of = np.searchsorted(t.need_first, np.arange(len(t.need_count)), side="right") - 1
    asked = np.zeros(len(t.x_weeks))
    np.add.at(asked, of, t.need_count)
    return t.x_value[of] / np.maximum(asked[of], 1)


def by_country(t: Tables, sites: np.ndarray) -> np.ndarray:
    """Sums over the sites of each country: [S, T] to [C, T]."""
    inside, out = t.country >= 0, np.zeros((len(t.cap), sites.shape[1]))
    np.add.at(out, t.country[inside], sites[inside])
    return out


def mean(values: np.ndarray) -> float:
    """Of those above zero; one where there are none."""
    return float(values[values > 0].mean()) if (values > 0).any() else 1.0


def rows_of(
    t: Tables, made: Made, wanting: np.ndarray, fixed: np.ndarray, countries: int, typical: float, hard_floor: bool
) -> Rows:
    """All families of a case. ``wanting``: host rows whose range is too small; ``fixed``: money
    spent whatever is decided, [lines, T]; ``countries``: those that count for the worst;
    ``typical``: worth of an element-week, the yardstick of scales."""
    p, under, room, t_n = made.parts, made.under, made.room, t.weeks
    n_q, n_s = len(t.draw), len(t.places)

    def left(cap: np.ndarray, used: np.ndarray) -> np.ndarray:
        already = by_country(t, used)
        return np.where(cap[:, None] >= 1e17, 1e18, np.maximum(cap[:, None], already) - already)

    def weekly_of(values: np.ndarray) -> np.ndarray:
        return np.repeat(values[:, None].astype(np.float64), t_n, axis=1)

    person = typical / mean(p.posts.people)
    money = typical / (mean(p.posts.week_cost) + mean(p.posts.cost) / 20)
    run = mean(t.x_value) / 4
    served = np.maximum(typical, NEED * per_participant(t))
    years = np.zeros_like(t.amount)
    quarters = np.zeros_like(t.ceiling)
    np.add.at(years.T, t.year, fixed.T)
    np.add.at(quarters.T, t.quarter, fixed.T)
    early = np.array([fixed[:, :weeks].sum(axis=1) for weeks in t.cr_until]).reshape(t.cr_cap.shape)
    group_n = int(t.x_group.max(initial=-1)) + 1
    waiting = np.where(wanting[:, None] & p.visits.ok, 0.0, 1e18)
    return Rows(
        {
            "cover": family(np.zeros(t.demand.shape), 0.0),  # scaled once prices are known
            "whole": family(p.whole.already, 0.0),
            "partly": family(np.full((PARTLY, *t.demand.shape), 1e18), 0.0),  # no row before one is separated
            "country": family(np.zeros(countries), 0.2, high=1.0),
            "block": family(np.zeros(len(t.lost)), 0.2, high=1.0),
            "settled": family(room.settled, person),
            "everyone": family(room.everyone, person),
            "host settled": family(left(t.cap, under.settled), person),
            "host everyone": family(left(t.cap_all, under.people), person),
            "brigade": family(left(t.brigade_cap, under.brigades), typical / mean(p.posts.brigades)),
            "floor": family(
                np.where(t.floor[:, None] > 0, by_country(t, under.people) - t.floor[:, None], 1e18),
                max(t.floor_price / 4, 1e-9) if not hard_floor else person,
                high=np.inf if hard_floor else t.floor_price,
            ),
            "slots": family(weekly_of(t.slots), typical / 5 / mean(t.set_slots)),
            "hold": family(np.zeros((n_q, n_s, t_n)), typical / 2),
            "range": family(weekly_of(t.at_once), run),
            "echelon": family(waiting, run),
            "group": family(np.ones((group_n, t_n)), run),
            "needs": family(np.zeros((len(p.visits.host), t_n)), served[p.pair_need][:, None], low=-np.inf),
            "cuts": family(p.cuts.already, served[p.cuts.need]),
            "year": family(np.where(t.amount >= 1e17, 1e18, t.amount - years), money),
            "quarter": family(np.where(t.ceiling >= 1e17, 1e18, t.ceiling - quarters), money),
            "resolution": family(np.where(t.cr_cap >= 1e17, 1e18, t.cr_cap - early), money),
            "total": family(np.array([t.total_cap - fixed.sum() if t.total_cap < 1e17 else 1e18]), money),
        }
    )
