"""The case as arrays: what the compiled search and the bound compute on.

Everything is in the order of the case's tuples (elements are sorted by unit so that a
unit's elements are a slice). Supply and demand are micro-points and money is micro-units,
held in float64 (exact up to 2**53). An *area* is one (scenario block, country, capability):
block 0 is the case as planned; further blocks exist when scenarios are weighed.
"""

from __future__ import annotations

from typing import NamedTuple

from optimizer.engines.lagrangian.kernels.arrays import Bools, Floats, Ints

SEA, AIR, SET = range(3)  # modes, in the order of ``domain.forces.MODES``
THEATRE, HOME, EITHER = range(3)  # where a need wants them from, in the order of ``domain.exercises.ORIGINS``
BY_UNIT, BY_ELEMENT, BY_RUN, BY_PARTICIPANT, BY_UPGRADE, BY_SET = range(6)  # kinds of what has to be true
FORBIDDEN = -1e6  # a gain below this is a prohibition, not merely poor
NO_BLOCK = -(1 << 40)


class Tables(NamedTuple):
    """Index arrays of a case, never changed. Sizes: T weeks, S sites, C countries, A areas, L levels, Y types, E
    elements, U units, I intervals, Q sets, X exercises, H host rows, N needs, B upgrades, K resolutions.

    The gains (``wish_…``) are score points, ``MUST`` for what is hard; an array of size 0 means that nothing of the
    kind is wished. What ``tables_core`` makes of them has the same fields."""

    weeks: int  # T
    # demand
    demand: Floats  # [A, L, T] micro-points, cumulative over the levels
    price: Floats  # [A, L] score points per micro-point of a level's increment
    area_block: Ints  # [A] scenario block
    area_country: Ints  # [A]
    # types
    people: Ints  # [Y]
    week_cost: Floats  # [Y] upkeep, micro-money
    mode_ok: Bools  # [Y, 3] the type offers the mode
    lead: Ints  # [Y, 3] first week anyone of the type may arrive by the mode
    rsoi: Ints  # [Y, 3] weeks from arrival until it counts
    mode_cost: Floats  # [Y, 3] way there and back, micro-money
    movement: Ints  # [Y] row of ``days``
    brigades: Ints  # [Y] milli-brigades
    back: Ints  # [Y, 3] weeks between leaving theatre and being brought in again, 0 where that does not matter
    turnaround: bool  # the rule is on
    past_end: bool  # sets held past the end are judged past it
    load: Ints  # [Y] milli-share of its weeks on rotation that an element may exercise, -1 no limit
    loaded: bool  # any type has such a limit
    left: Ints  # [E] week in which the element left theatre before the plan, NO_BLOCK if nothing is known
    rest: Ints  # [U, length] weeks at home after a rotation of that length
    # points of a type at a site: areas reach[y, :reach_n[y]], amounts give[y, s, :reach_n[y]]
    reach: Ints  # [Y, most] areas
    reach_n: Ints  # [Y] how many
    give: Floats  # [Y, S, most] micro-points
    # the same by amount: a type's distinct (area, amount), and which of them it gives at a site
    gr_first: Ints  # [Y + 1]
    gr_area: Ints  # [grains]
    gr_amount: Floats  # [grains] micro-points
    gs_first: Ints  # [Y * S + 1]
    gs: Ints  # […] grains, counted from the type's first
    most_grains: int  # of a type
    # elements and units
    el_unit: Ints  # [E]
    el_type: Ints  # [E]
    el_optional: Bools  # [E]
    el_first: Ints  # [U + 1] slice of a unit's elements
    el_order: Ints  # [E] a unit's elements, those that must go and have most people first
    std: Ints  # [U] standard length, weeks
    stagger: Ints  # [U] weeks
    iv_first: Ints  # [U + 1] slice of a unit's admissible intervals
    iv_a: Ints  # [I] arrival
    iv_d: Ints  # [I] departure, past the end too
    repeats: Bools  # [U] there is time for two new rotations
    window: Ints  # [U, T] end of the availability window that lasts longest of those the week lies in, 0 if none
    # sites and countries
    country: Ints  # [S] -1 outside
    opens: Bools  # [S] anyone may ever be there
    places: Ints  # [S] people settled
    handover: Ints  # [S] people in all
    closed_left: Floats  # [S, T] people a closure leaves room for
    slots: Ints  # [S] milli-slots
    echelon: Ints  # [S] of the range
    at_once: Ints  # [S] exercises on the range
    cap: Floats  # [C] people settled
    cap_all: Floats  # [C] people in all
    brigade_cap: Floats  # [C] milli-brigades
    floor: Ints  # [C] people
    days: Ints  # [2, S, S] milli-days by movement
    # sets
    draws: Bools  # [Y, Q] the type may draw the set
    draw: Ints  # [Q] weeks from drawing it until its holder counts
    reset: Ints  # [Q] weeks
    interval: Ints  # [Q] weeks from a block to the next one's start, 0 no maintenance
    maint: Ints  # [Q] weeks of a block
    last_maint: Ints  # [Q] end of the last block before the plan
    available: Ints  # [Q] week, from 0 on
    stays_on: Ints  # [Q, S] until when a set that stands there in the last week may stay, past the end
    drawable: Ints  # [Q] first week in which anyone new may draw it
    set_cost: Floats  # [Q] upkeep a week, micro-money
    move_cost: Floats  # [Q] micro-money
    set_slots: Ints  # [Q] milli-slots
    start_site: Ints  # [Q] -1 free
    may_stand: Bools  # [Q, S, T]
    move_weeks: Ints  # [S, S] -1 no way
    stored: Floats  # [Q, S, A] micro-points of a stored set, after the set credit
    lost: Bools  # [blocks, Q]
    late: Ints  # [blocks, U] weeks
    # exercises
    x_weeks: Ints  # [X]
    x_echelon: Ints  # [X]
    x_value: Floats  # [X] score points
    x_group: Ints  # [X] -1 none
    x_spacing: Ints  # [X] weeks
    host_first: Ints  # [X + 1] slice of an exercise's host rows
    host_site: Ints  # [H]
    host_cost: Floats  # [H] exercise and host, micro-money
    start_ok: Bools  # [H, T] window, closures and locks allow this start
    need_first: Ints  # [X + 1] slice of an exercise's needs
    need_count: Ints  # [N] elements
    need_origin: Ints  # [N] theatre, home, either
    need_days: Ints  # [N] milli-days
    need_type: Bools  # [N, Y]
    cand_first: Ints  # [N + 1] slice of the elements that may serve a need
    cand: Ints  # […] elements
    came: Ints  # [K, 6] flown in before week 0 by the last plan: need, element, mode, set, site, exercise's start
    # money
    line: Ints  # [4] line of rotations, exercises, sets, upgrades
    year: Ints  # [T] fiscal year index
    quarter: Ints  # [T] index of the fiscal quarter (counted over the whole plan)
    amount: Floats  # [lines, years] micro-money
    ceiling: Floats  # [lines, quarters] micro-money
    transfer: float  # share of its money that a line may give to others
    total_cap: float  # micro-money
    cr_weeks: int  # no upgrade is bought before
    cr_until: Ints  # [K] weeks of each continuing resolution
    cr_cap: Floats  # [K, lines] what may be spent in them, micro-money
    # upgrades
    up_before: Bools  # [B] bought before the plan
    up_site: Ints  # [B]
    up_cost: Floats  # [B] micro-money
    up_weeks: Ints  # [B] of building
    up_from: Ints  # [B] first and last week to buy it in
    up_to: Ints  # [B]
    up_places: Ints  # [B] what it adds to ``places`` and so on
    up_handover: Ints  # [B]
    up_slots: Ints  # [B]
    up_echelon: Ints  # [B]
    up_at_once: Ints  # [B]
    # prices
    floor_price: float  # score points per person-week
    floor_cost: float  # what the search pays per person-week: no plan lacks any where floors are hard
    over_price: float  # score points per week
    cost_price: float  # score points per micro-money
    worst_price: float  # per unit share of the worst country
    share: Floats  # [blocks] part of each block's value that the prices carry
    raw: Floats  # [A, L] ``price`` as of one block that is certain
    omega: float  # weight of the worst block's value
    full: Floats  # [C] value of a country's full demand (nominal)
    # wishes: what locks, frozen weeks and change prices add
    wish_element: Floats  # [E, S, T] element based there in the week
    wish_unit: Ints  # [entries] unit of a line about all its elements that have to go
    wish_unit_place: Bools  # [entries, S] where they all have to be
    wish_unit_from: Ints  # [entries] weeks in which it pays
    wish_unit_to: Ints  # [entries]
    wish_unit_price: Floats  # [entries] a week
    wish_set_at: Floats  # [Q, S, T] set standing
    wish_run: Floats  # [H, T] exercise started there in the week
    wish_join: Floats  # [N, E] element serving the need
    wish_buy: Floats  # [B, T] upgrade started
    wish_base: float  # what a plan in which nothing happens earns: the changes it makes to the last plan
    wish_target: int  # times that MUST is earned where all that is hard is true
    wish_must: Ints  # [M, 4] what has to be true: kind (``BY_UNIT`` …), subject, from week or exercise, to week
    wish_frozen: int  # weeks in which nothing may differ from the last plan
    wish_frozen_run: Ints  # [X, 2] host row and start of a run in frozen weeks, -1 not frozen
    wish_frozen_part: Ints  # [N, most, 3] element, mode, set of each participant of a frozen run, -1 none
    wish_frozen_block: Ints  # [Q, most] starts of maintenance blocks in frozen weeks, NO_BLOCK none


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
