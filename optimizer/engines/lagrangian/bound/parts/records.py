"""Who decides what in the bound: the independent parts of a case as index arrays.

A *profile* is how an element type supplies the areas (which scenario blocks count it, and
from when); a *kind* is a class of elements that share every table of rotation values; a
*post* is one way for a kind to be based (site, mode, set); a *cell* gathers the posts of one
profile and site; a *flier* is a class of elements that share their exercise deployments; a
*pair* is a need and a host of its exercise; a *grain* is an amount of supply in an area.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

VOID, COUNTS, LATE = range(3)


class Grains(NamedTuple):
    """Supply by profile and site, and of stored sets; P profiles, S sites, Q sets, G grains, A areas. A *giver* is a
    profile, or P + q for set q: what supplies an area at most ``copies`` at a time."""

    area: np.ndarray  # [G]
    amount: np.ndarray  # [G]
    alone: np.ndarray  # [G] counts by itself in the rows by unit, too
    giver: np.ndarray  # [G]
    copies: np.ndarray  # [P + Q] elements that may supply under the profile; 1 for a set
    by_area: np.ndarray  # [G] the grains, area by area
    area_first: np.ndarray  # [A + 1] slices of ``by_area``
    on_first: np.ndarray  # [P * S + 1] grains that count from readiness
    on: np.ndarray
    late_first: np.ndarray  # [P * S + 1] grains that count later
    late: np.ndarray
    store_first: np.ndarray  # [Q * S + 1] grains of a stored set
    store: np.ndarray


class Visits(NamedTuple):
    """Exercises as elements see them; R pairs, H host rows, T weeks."""

    host: np.ndarray  # [R] host row
    site: np.ndarray  # [R]
    weeks: np.ndarray  # [R]
    exercise: np.ndarray  # [R]
    max_days: np.ndarray  # [R]
    ok: np.ndarray  # [H, T] admissible starts
    ok_from: np.ndarray  # [H] first and last of them
    ok_to: np.ndarray
    days: np.ndarray  # [P, S, S] milli-days for the profile's movement
    first: np.ndarray  # [P + 1] pairs a profile may serve from theatre
    pair: np.ndarray
    gain: np.ndarray
    late: np.ndarray  # [P] weeks
    has_late: np.ndarray  # [P] whether any block counts the profile later
    exercises: int


class Posts(NamedTuple):
    """Bases of elements; K kinds."""

    cell_profile: np.ndarray
    cell_site: np.ndarray
    cell_first: np.ndarray
    kind: np.ndarray
    set: np.ndarray  # -1 none
    rsoi: np.ndarray
    reset: np.ndarray
    cost: np.ndarray
    cell: np.ndarray
    stop: np.ndarray  # [posts, T] last depart when arriving in t; t itself if impossible
    people: np.ndarray  # [K]
    week_cost: np.ndarray
    brigades: np.ndarray
    soft: np.ndarray  # [K] row of `gain`, -1 none
    gain: np.ndarray  # [rows, S, T]
    shortest: np.ndarray  # [K] weeks of the shortest element stay to consider
    line: int


class Fliers(NamedTuple):
    """Exercise deployments from home; F fliers."""

    first: np.ndarray  # [F + 1] pairs
    pair: np.ndarray
    gain: np.ndarray
    way_first: np.ndarray  # [F + 1] ways to fly in
    profile: np.ndarray
    set: np.ndarray
    rsoi: np.ndarray
    reset: np.ndarray
    lead: np.ndarray
    cost: np.ndarray
    people: np.ndarray  # [F]
    week_cost: np.ndarray
    window_end: np.ndarray  # [F, before + T] end of the window that contains the week, or that week
    set_bad: np.ndarray  # [Q, S, T + 1] weeks up to t in which nobody new may hold the set
    before: int
    line: int


class Lives(NamedTuple):
    """Units and their elements; U units, E elements, K kinds."""

    kind: np.ndarray  # [E]
    flier: np.ndarray  # [E]
    optional: np.ndarray  # [E]
    first: np.ndarray  # [U + 1]
    must: np.ndarray  # [K, T + 1] weeks up to t in which the kind must be based
    stagger: np.ndarray
    std: np.ndarray
    rest: np.ndarray
    iv_first: np.ndarray
    iv_a: np.ndarray
    iv_d: np.ndarray
    out_until: np.ndarray  # [U] depart of the rotation under way, -1 none
    out_rest: np.ndarray  # [U] first week of a next arrival after it
    out_first: np.ndarray  # [U + 1] postings under way
    home_from: np.ndarray  # [E] week from which an element of a unit under way is at home
    over_price: float


class Cuts(NamedTuple):
    """Rows that tie runs to whole rotations (see parts/cuts.py), and who counts in which."""

    exercise: np.ndarray  # [rows]
    coef: np.ndarray  # [rows] participants that must come from units not left out
    need: np.ndarray  # [rows] one of the needs, for the scale of the multiplier
    start: np.ndarray  # [rows] run starts in [start, end)
    end: np.ndarray
    already: np.ndarray  # [rows] what rotations under way count
    first: np.ndarray  # [U + 1] entries of a unit
    row: np.ndarray
    amount: np.ndarray
    latest: np.ndarray  # last arrival and first departure of a rotation that counts
    earliest: np.ndarray
    of_row: np.ndarray  # (row, need): who is flown in for the need counts in the row
    of_need: np.ndarray
    not_row: np.ndarray  # (row, entry of Fliers.pair): but not this one, whose unit is left out
    not_entry: np.ndarray
    out_row: np.ndarray  # (row, unit left out): with exercise, needs, start and end who the row is
    out_unit: np.ndarray


class Whole(NamedTuple):
    """What units of several elements supply as one in the coverage rows by unit (see docs/bound.md)."""

    first: np.ndarray  # [U + 1] entries of a unit
    area: np.ndarray
    amount: np.ndarray  # points of all its elements together, each where it counts most
    rsoi: np.ndarray  # [U] weeks from arrival until the first of them may be ready
    already: np.ndarray  # [areas, levels, T] of rotations under way


class Out(NamedTuple):
    """Postings under way, which are fixed."""

    kind: np.ndarray
    profile: np.ndarray
    site: np.ndarray
    ready: np.ndarray
    depart: np.ndarray


class Parts(NamedTuple):
    """All of it. ``longest``: weeks of the longest rotation inside the plan; ``profiles``: who each profile is (type,
    status by block, weeks late, element with wishes of its own, whether alone, unit; -1 for any)."""

    grains: Grains
    visits: Visits
    posts: Posts
    fliers: Fliers
    lives: Lives
    out: Out
    cuts: Cuts
    whole: Whole
    pair_need: np.ndarray
    pair_count: np.ndarray
    country: np.ndarray
    longest: int
    profiles: tuple[tuple[Any, ...], ...]


class SetParts(NamedTuple):
    """Static arrays of the set paths: Q sets, S sites, T weeks."""

    ok: np.ndarray  # [Q, S, T] may stand
    usable: np.ndarray  # [Q, S] in any week
    stay: np.ndarray  # [Q, T + 1] weeks up to t in which it may not be on the road
    busy: np.ndarray  # [Q, T + 1] weeks up to t in which someone under way holds it
    move: np.ndarray  # [S, S] weeks, -1 no way
    move_cost: np.ndarray  # [Q]
    interval: np.ndarray  # [Q], 0 none
    block: np.ndarray  # [Q] weeks
    due: np.ndarray  # [Q] last start of the first block, T or more if none is due
    available: np.ndarray
    start: np.ndarray  # [Q] site, -1 free
    soft: np.ndarray  # [Q, S, T]


class Limits(NamedTuple):
    """Masks and gains; E elements, S sites, T weeks, Q sets, H hosts, N needs, B upgrades."""

    el_ok: np.ndarray  # [E, S, T] element may be based there
    el_gain: np.ndarray  # [E, S, T]
    el_must: np.ndarray  # [E, T] element must be based somewhere
    set_ok: np.ndarray  # [Q, S, T] set may stand there
    set_gain: np.ndarray  # [Q, S, T]
    set_must: np.ndarray  # [Q, T] set may not be on the road
    run_ok: np.ndarray  # [H, T]
    run_gain: np.ndarray  # [H, T]
    held: np.ndarray  # [X] must take place
    join_ok: np.ndarray  # [N, E]
    join_gain: np.ndarray  # [N, E]
    buy_ok: np.ndarray  # [B, T]
    buy_gain: np.ndarray  # [B, T]
    bought: np.ndarray  # [B] must be bought
    constant: float


class Under(NamedTuple):
    """What rotations under way use: fixed, hence outside every price."""

    people: np.ndarray  # [S, T] present
    settled: np.ndarray  # [S, T]
    brigades: np.ndarray  # [S, T]
    spent: np.ndarray  # [T] upkeep
    held: np.ndarray  # [Q, T] site of a set held by someone under way, -1 none


class Room(NamedTuple):
    """Places left for what is decided, and what upgrades may add to them at most."""

    settled: np.ndarray  # [S, T]
    everyone: np.ndarray  # [S, T]
    up_settled: np.ndarray  # [B, T] what upgrade b adds in week t once finished
    up_everyone: np.ndarray
