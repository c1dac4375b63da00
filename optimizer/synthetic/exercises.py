"""Exercises: when, where, for whom, and what they are worth."""

from __future__ import annotations

from collections import Counter

from optimizer.domain import Element, Exercise, Host, Need, Site, Upgrade
from optimizer.domain.places import ECHELONS
from optimizer.quantities import MONEY
from optimizer.synthetic.catalogue import UNIT_TYPES
from optimizer.synthetic.dice import Dice

RANK = {e: i for i, e in enumerate(ECHELONS)}
SIZES = ("none", "company", "company", "company", "company", "battalion", "battalion", "brigade")
TOGETHER = 3  # exercises in a group


def exercises(
    dice: Dice, count: int, places: tuple[Site, ...], built: tuple[Upgrade, ...], force: tuple[Element, ...], weeks: int
) -> tuple[Exercise, ...]:
    """``count`` exercises; one in five belongs to a group that keeps apart."""
    return tuple(_exercise(dice, n, places, built, force, weeks) for n in range(count))


def _exercise(
    dice: Dice, n: int, places: tuple[Site, ...], built: tuple[Upgrade, ...], force: tuple[Element, ...], weeks: int
) -> Exercise:
    echelon = dice.pick(SIZES)
    size = RANK[echelon]
    length = min(dice.whole(1, 2) + (size >= 2) * dice.whole(0, 2), weeks)
    earliest = dice.whole(0, max(0, weeks - length - 2))
    latest = min(earliest + dice.whole(2, 14), weeks - length)
    hosts = dice.some(_able(places, built, size), dice.whole(1, 2) + (size >= 2) * dice.whole(0, 2))
    needs = _needs(dice, size, force)
    elements = sum(x.count for x in needs)
    cost = (dice.whole(25, 60) * MONEY // 100) * elements * (2 if size >= 2 else 1)
    value = float(dice.whole(12, 18) * elements * (2 if size >= 2 else 1))
    grouped = n % 5 == 4
    return Exercise(
        f"X{n + 1:03}", f"Exercise {n + 1}", earliest, max(latest, earliest), length, echelon, value, cost,
        tuple(Host(s.id, dice.whole(0, 4) * MONEY // 20) for s in hosts), needs,
        group=f"SERIES_{n // 5 // TOGETHER + 1}" if grouped else None, spacing=dice.whole(1, 4) if grouped else 0,
    )  # fmt: skip


def _able(places: tuple[Site, ...], built: tuple[Upgrade, ...], size: int) -> list[Site]:
    """Sites of the areas whose range supports the echelon, now or after an upgrade."""
    best = {s.id: RANK[s.range_echelon] for s in places}
    for b in built:
        best[b.site] = max(best[b.site], RANK[b.range_echelon])
    return [s for s in places if s.country is not None and best[s.id] >= size]


def _needs(dice: Dice, size: int, force: tuple[Element, ...]) -> tuple[Need, ...]:
    main = {t.id: t.main_capability for t in UNIT_TYPES}
    able = Counter(main[e.type] for e in force)
    kinds = Counter(e.type for e in force)
    common = sorted(t for t, number in kinds.items() if number >= 2)
    needs = []
    for i, capability in enumerate(dice.some(sorted(able), 1 if size < 2 else dice.whole(2, 3))):
        by_type = dice.chance(15) and common
        what = dice.pick(common) if by_type else capability
        most = (kinds[what] if by_type else able[what]) // 2
        count = max(1, min(dice.whole(1, max(1, size)), most))
        origin = dice.pick(("theatre", "theatre", "theatre", "either", "either", "home"))
        days = None if origin == "home" else dice.pick((5000, 10000))
        needs.append(Need(f"N{i + 1}", what, count, origin, days))
    return tuple(needs)
