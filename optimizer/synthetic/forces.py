"""The force: units, their elements, when they may go; prepositioned sets and where they may stand."""

from __future__ import annotations

from dataclasses import replace

from optimizer.domain import Element, Holding, PrepoSet, Site, Unit, Window
from optimizer.quantities import MILLI
from optimizer.synthetic.catalogue import BATTALIONS, BRIGADES, COMPANIES, SET_KINDS, SetKind
from optimizer.synthetic.dice import Dice

BEYOND = 52  # weeks past the plan to which a window may reach


def units(dice: Dice, count: int) -> tuple[tuple[Unit, ...], tuple[Element, ...]]:
    """An eighth of them brigades, nearly a third battalions, the rest companies, and all their elements."""
    brigades, battalions = (count + 4) // 8, max(1, count * 3 // 10)
    made: list[Unit] = []
    elements: list[Element] = []
    for n in range(count):
        if n < brigades:
            kind = "IBCT" if n % 3 == 1 else "ABCT"
            name = f"{n + 1}{kind}"
            parts = BRIGADES[kind]
        else:
            nth = n - brigades
            small = nth >= battalions
            kind = COMPANIES[(nth - battalions) % len(COMPANIES)] if small else BATTALIONS[nth % len(BATTALIONS)]
            name = f"{kind}_{n + 1}"
            parts = (kind,)
        made.append(_rested(dice, Unit(name, name, kind, "home")))
        for i, part in enumerate(parts):
            ident = name if len(parts) == 1 else f"{name}_{'ABCDEFGH'[i]}"
            elements.append(Element(ident, name, part.rstrip("?"), part.endswith("?")))
    return tuple(made), tuple(elements)


def _rested(dice: Dice, unit: Unit) -> Unit:
    """A third came home within the last year and a half and may not be rested yet."""
    if not dice.chance(33):
        return unit
    return replace(unit, last_return=-dice.whole(10, 78), last_weeks=dice.whole(13, 39))


def windows(dice: Dice, force: tuple[Unit, ...], weeks: int) -> tuple[Window, ...]:
    """Four in ten are there all the time, the others in one window every two years."""
    made = []
    for u in force:
        if dice.chance(40):
            made.append(Window(u.id, 0, weeks + BEYOND))
            continue
        start = dice.whole(0, min(weeks, 104) * 6 // 10)
        while start < weeks:
            end = min(start + dice.whole(48, 61), weeks + BEYOND)
            made.append(Window(u.id, start, end))
            start = end + dice.whole(30, 56)
    return tuple(made)


def sets(
    dice: Dice, count: int, places: tuple[Site, ...], weeks: int
) -> tuple[tuple[PrepoSet, ...], tuple[Holding, ...], tuple[Site, ...]]:
    """The sets, their holdings, and the sites with storage enough for where they first stand and some more."""
    made: list[PrepoSet] = []
    holdings: list[Holding] = []
    taken: dict[str, int] = {}
    depots = [s for s in places if s.country is None]
    camps = [s for s in places if s.country is not None]
    for n in range(count):
        kind = SET_KINDS[(0, 1, 2, 0, 1, 0)[n % 6]]
        start = dice.pick(depots) if kind.id != "COY_SET" and dice.chance(50) else camps[n % len(camps)]
        taken[start.id] = taken.get(start.id, 0) + kind.slots
        q = _set(dice, n, kind, start, weeks)
        made.append(q)
        others = dice.some([s for s in camps if s.id != start.id], 3)
        holdings += [Holding(q.id, s.id, 0, weeks) for s in (start, *others)]
    spare = {s.id: dice.whole(0, 2) * MILLI for s in places}
    room = tuple(replace(s, slots=taken.get(s.id, 0) + spare[s.id]) for s in places)
    return tuple(made), tuple(holdings), room


def _set(dice: Dice, n: int, kind: SetKind, start: Site, weeks: int) -> PrepoSet:
    available = dice.whole(4, weeks // 2) if dice.chance(15) else 0
    interval = dice.pick((52, 52, 78, 104))
    last = available if available else -dice.whole(4, 40)
    name = f"{kind.id}_{n + 1}"
    return PrepoSet(
        name, name, kind.id, dict(kind.worth), kind.slots, start.id, available, 1, kind.reset, interval,
        kind.maintenance, last, kind.week_cost, kind.move_cost,
    )  # fmt: skip
