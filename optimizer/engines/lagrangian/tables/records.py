"""The case as arrays: what the compiled search and the bound compute on.

Everything is in the order of the case's tuples (elements are sorted by unit so that a
unit's elements are a slice). Supply and demand are micro-points and money is micro-units,
held in float64 (exact up to 2**53). An *area* is one (scenario block, country, capability):
block 0 is the case as planned; further blocks exist when scenarios are weighed.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

SEA, AIR, SET = range(3)
BY_UNIT, BY_ELEMENT, BY_RUN, BY_PARTICIPANT, BY_UPGRADE = range(5)  # kinds of what has to be true
FORBIDDEN = -1e6  # a gain below this is a prohibition, not merely poor
NO_BLOCK = -(1 << 40)


class Wishes(NamedTuple):
    """Gains; an array of size 0 means that nothing of the kind is wished.

    ``element[e, s, t]`` element e based at s in week t; ``unit_*`` one entry per unit-wide
    line: all non-optional elements based in the place; ``set_at[q, s, t]`` set standing;
    ``run[h, t]`` host row h starting in t; ``join[n, e]`` element e serving need n;
    ``buy[b, t]`` upgrade b started in t. ``base`` is what a plan in which nothing happens earns: the changes
    it makes to the last plan. ``must``: what has to be true, a row each (kind, subject, from week or
    exercise, to week); see ``BY_UNIT`` …. ``frozen_*``: what the last plan has in the frozen weeks.
    """

    element: np.ndarray
    unit: np.ndarray
    unit_place: np.ndarray  # [entries, S]
    unit_from: np.ndarray
    unit_to: np.ndarray
    unit_price: np.ndarray
    set_at: np.ndarray
    run: np.ndarray
    join: np.ndarray
    buy: np.ndarray
    base: float
    target: int  # times that MUST is earned where all that is hard is true
    must: np.ndarray  # [M, 4]
    frozen: int  # weeks
    frozen_run: np.ndarray  # [X, 2] host row and start, -1 not frozen
    frozen_part: np.ndarray  # [N, most, 3] element, mode, set of each participant of a frozen run, -1 none
    frozen_block: np.ndarray  # [Q, most] starts of maintenance blocks in frozen weeks, NO_BLOCK none


class Tables(NamedTuple):
    """Index arrays of a case. Sizes: T weeks, S sites, C countries, A areas, L levels,
    Y types, E elements, U units, Q sets, X exercises, H hosts, N needs, B upgrades."""

    weeks: int
    # demand: D[a, l, t] cumulative; price[a, l] per micro-point of increment l
    demand: np.ndarray
    price: np.ndarray
    area_block: np.ndarray
    area_country: np.ndarray
    # types
    people: np.ndarray  # [Y]
    week_cost: np.ndarray  # [Y]
    mode_ok: np.ndarray  # [Y, 3]
    lead: np.ndarray  # [Y, 3] first week anyone of the type may arrive by the mode
    rsoi: np.ndarray  # [Y, 3]
    mode_cost: np.ndarray  # [Y, 3]
    movement: np.ndarray  # [Y]
    brigades: np.ndarray  # [Y]
    back: np.ndarray  # [Y, 3] weeks between leaving theatre and being brought in again, 0 where that does not matter
    turnaround: bool
    past_end: bool  # sets held past the end are judged past it
    load: np.ndarray  # [Y] milli-share of its weeks on rotation that an element may exercise, -1 no limit
    loaded: bool  # any type has such a limit
    left: np.ndarray  # [E] week in which the element left theatre before the plan, NO_BLOCK if nothing is known
    rest: np.ndarray  # [U, length] weeks at home after a rotation of that length
    # points of a type at a site: areas reach[y, :reach_n[y]], amounts give[y, s, :reach_n[y]]
    reach: np.ndarray
    reach_n: np.ndarray
    give: np.ndarray
    # the same by amount: a type's distinct (area, amount), and which of them it gives at a site
    gr_first: np.ndarray  # [Y + 1]
    gr_area: np.ndarray
    gr_amount: np.ndarray
    gs_first: np.ndarray  # [Y * S + 1]
    gs: np.ndarray  # counted from the type's first
    most_grains: int
    # elements and units
    el_unit: np.ndarray
    el_type: np.ndarray
    el_optional: np.ndarray
    el_first: np.ndarray  # [U + 1] slice of a unit's elements
    el_order: np.ndarray  # [E] a unit's elements, those that must go and have most people first
    std: np.ndarray  # [U]
    stagger: np.ndarray  # [U]
    iv_first: np.ndarray  # [U + 1] slice of a unit's admissible intervals
    iv_a: np.ndarray
    iv_d: np.ndarray
    repeats: np.ndarray  # [U] there is time for two new rotations
    window: np.ndarray  # [U, T] end of the availability window that lasts longest of those the week lies in, 0 if none
    # sites and countries
    country: np.ndarray  # [S], -1 outside
    opens: np.ndarray  # [S] anyone may ever be there
    places: np.ndarray  # [S]
    handover: np.ndarray  # [S]
    closed_left: np.ndarray  # [S, T] people a closure leaves room for
    slots: np.ndarray  # [S]
    echelon: np.ndarray  # [S]
    at_once: np.ndarray  # [S]
    cap: np.ndarray  # [C]
    cap_all: np.ndarray  # [C]
    brigade_cap: np.ndarray  # [C]
    floor: np.ndarray  # [C]
    days: np.ndarray  # [2, S, S] milli-days by movement
    # sets
    draws: np.ndarray  # [Y, Q] the type may draw the set
    draw: np.ndarray  # [Q]
    reset: np.ndarray  # [Q]
    interval: np.ndarray  # [Q]
    maint: np.ndarray  # [Q] block length
    last_maint: np.ndarray  # [Q]
    available: np.ndarray  # [Q]
    stays_on: np.ndarray  # [Q, S] until when a set that stands there in the last week may stay, past the end
    drawable: np.ndarray  # [Q] first week in which anyone new may draw it
    set_cost: np.ndarray  # [Q] per week
    move_cost: np.ndarray  # [Q]
    set_slots: np.ndarray  # [Q]
    start_site: np.ndarray  # [Q], -1 free
    may_stand: np.ndarray  # [Q, S, T]
    move_weeks: np.ndarray  # [S, S], -1 no way
    stored: np.ndarray  # [Q, S, A] supply of a stored set, after the set credit
    lost: np.ndarray  # [blocks, Q]
    late: np.ndarray  # [blocks, U] weeks
    # exercises
    x_weeks: np.ndarray
    x_echelon: np.ndarray
    x_value: np.ndarray
    x_group: np.ndarray  # -1 none
    x_spacing: np.ndarray
    host_first: np.ndarray  # [X + 1]
    host_site: np.ndarray  # [H]
    host_cost: np.ndarray  # [H] exercise cost + host cost
    start_ok: np.ndarray  # [H, T] window, closures and locks allow this start
    need_first: np.ndarray  # [X + 1]
    need_count: np.ndarray
    need_origin: np.ndarray
    need_days: np.ndarray
    need_type: np.ndarray  # [N, Y]
    cand_first: np.ndarray  # [N + 1] elements that may serve a need
    cand: np.ndarray
    came: np.ndarray  # [K, 6] flown in before week 0 by the last plan: need, element, mode, set, site, exercise's start
    # money
    line: np.ndarray  # [4] line of rotations, exercises, sets, upgrades
    year: np.ndarray  # [T] fiscal year index
    quarter: np.ndarray  # [T] index of the fiscal quarter (counted over the whole plan)
    amount: np.ndarray  # [lines, years]
    ceiling: np.ndarray  # [lines, quarters]
    transfer: float
    total_cap: float
    cr_weeks: int  # no upgrade is bought before
    cr_until: np.ndarray  # [K] weeks of each continuing resolution
    cr_cap: np.ndarray  # [K, lines] what may be spent in them
    # upgrades
    up_before: np.ndarray  # [B] bought before the plan
    up_site: np.ndarray
    up_cost: np.ndarray
    up_weeks: np.ndarray
    up_from: np.ndarray
    up_to: np.ndarray
    up_places: np.ndarray
    up_handover: np.ndarray
    up_slots: np.ndarray
    up_echelon: np.ndarray
    up_at_once: np.ndarray
    # prices
    floor_price: float
    floor_cost: float  # what the search pays per person-week: no plan lacks any where floors are hard
    over_price: float
    cost_price: float  # per micro-unit of money
    worst_price: float  # per unit share of the worst country
    share: np.ndarray  # [blocks] part of each block's value that the prices carry
    raw: np.ndarray  # [A, L] prices as of one block that is certain
    omega: float  # weight of the worst block's value
    full: np.ndarray  # [C] value of a country's full demand (nominal)
    # wishes: what locks, frozen weeks and change prices add
    wish: Wishes


class Names(NamedTuple):
    """Ids in the order of the arrays."""

    elements: tuple[str, ...]
    units: tuple[str, ...]
    sites: tuple[str, ...]
    sets: tuple[str, ...]
    exercises: tuple[str, ...]
    needs: tuple[str, ...]
    upgrades: tuple[str, ...]
    lines: tuple[str, ...]
