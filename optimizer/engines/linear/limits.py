"""The linear model of a part of all plans: those that keep to what a leaf of the bound's tree has decided, and to the
rotations that a better plan may have."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from optimizer.engines.linear.model import Model
from optimizer.rules.rows import Key, Row, total

Weeks = frozenset[tuple[int, int]]  # (arrival, departure) of rotations


@dataclass(frozen=True)
class Limits:
    """Rotations under way lie outside. ``next``, ``later``: by unit, which rotations may be the first that is not
    under way, and which may come after it; ``times``: by unit, fewest and most rotations; ``bases``: by element, sites
    it may be based at in the next rotation; ``starts``: by exercise, first and last week in which it may start;
    ``held``: exercises that must be held."""

    next: Mapping[str, Weeks]
    later: Mapping[str, Weeks]
    times: Mapping[str, tuple[int, int]]
    bases: Mapping[str, frozenset[str]]
    starts: Mapping[str, tuple[int, int]]
    held: frozenset[str]


def narrowed(model: Model, limits: Limits) -> Model:
    """The model with its solutions limited; it holds all solutions of ``model`` that keep to the limits, perhaps more.
    Of ``model`` nothing changes."""
    part = copy.copy(model)
    part.high = model.high[:]
    for name in ("starts", "index", "value", "lower", "upper"):
        setattr(part, name, getattr(model, name)[:])
    part.owner, part.about = list(model.owner), list(model.about)
    under = {(r.unit, r.arrive, r.depart) for r in model.space.case.underway}
    for key, at in model.columns.items():
        if _excluded(model, limits, under, key):
            part.high[at] = 0.0
    part.post("limits", _rows(model, limits, under))
    return part


def _excluded(model: Model, limits: Limits, under: set[tuple[str, int, int]], key: Key) -> bool:
    if key[0] == "rotate" and key[1:] not in under:
        return key[2:] not in limits.next[key[1]] | limits.later[key[1]]
    if key[0] == "run":
        first, last = limits.starts[key[1]]
        return not first <= key[3] <= last
    if key[0] == "start" and key[1] in limits.bases and key[2] not in limits.bases[key[1]]:
        unit = model.space.case.element[key[1]].unit
        slack = model.space.case.unit_type(unit).stagger

        def during(weeks: Weeks) -> bool:
            return any(a <= key[5] <= a + slack for a, _ in weeks)

        return during(limits.next[unit]) and not during(limits.later[unit])
    return False


def _rows(model: Model, limits: Limits, under: set[tuple[str, int, int]]) -> Iterator[Row]:
    for u, (fewest, most) in limits.times.items():
        new = [("rotate", u, a, d) for a, d in model.space.rotations[u] if (u, a, d) not in under]
        yield Row((u,), None, total((key, 1) for key in new), "<=", most)
        yield Row((u,), None, total((key, 1) for key in new), ">=", fewest)
        if fewest:
            yield Row((u,), None, total((key, 1) for key in new if key[2:] in limits.next[u]), ">=", 1)
    for x in limits.held:
        yield Row((x,), None, total((("run", x, s, w), 1) for s, w in model.space.runs[x]), ">=", 1)
