"""Synthetic cases of any size: realistic proportions, feasible by construction, the same for a seed everywhere.

All six areas, six capabilities and three levels of ``catalogue``; brigades of several elements, battalions
and companies; sets, exercises, upgrades, closures; money for about half of what would be useful. The plan
in which nobody goes, sets stay where they are and have their maintenance when due, holds every rule.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from optimizer.domain import Case, Settings
from optimizer.quantities import Calendar
from optimizer.synthetic import forces, land, wants
from optimizer.synthetic.catalogue import CAPABILITIES, LEVELS, UNIT_TYPES
from optimizer.synthetic.dice import Dice
from optimizer.synthetic.exercises import exercises as make_exercises

START = date(2018, 10, 1)  # a Monday, and the first day of a fiscal year
LEAST_SITES = 7  # one in each area, one store abroad
PER_SET = 5  # units per set, unless said otherwise


@dataclass(frozen=True)
class Size:
    """How large a case is; ``sets`` ``None``: one per five units."""

    units: int
    sites: int
    weeks: int
    exercises: int
    sets: int | None = None

    def __post_init__(self) -> None:
        if self.units < 1 or self.sites < LEAST_SITES or not 8 <= self.weeks <= 260 or self.exercises < 0:
            raise ValueError(f"a synthetic case has 1 unit, {LEAST_SITES} sites and 8 to 260 weeks at least")


CLASSES = {
    "S": Size(15, 8, 52, 12),
    "M": Size(60, 16, 52, 30),
    "L": Size(200, 40, 156, 120),
    "XL": Size(500, 80, 260, 300),
}


def synthetic_case(size: Size, seed: int = 1) -> Case:
    """The case of a size and seed."""
    people = {t.id: t.people for t in UNIT_TYPES}
    weeks = size.weeks
    units, elements = forces.units(Dice(seed, "units"), size.units)
    windows = forces.windows(Dice(seed, "windows"), units, weeks)
    strength = sum(people[e.type] for e in elements)
    bare = land.sites(Dice(seed, "sites"), size.sites, strength)
    count = size.units // PER_SET if size.sets is None else size.sets
    sets, holdings, sites = forces.sets(Dice(seed, "sets"), count, bare, weeks)
    upgrades = land.upgrades(Dice(seed, "upgrades"), sites, weeks)
    exercises = make_exercises(Dice(seed, "exercises"), size.exercises, sites, upgrades, elements, weeks)
    calendar = Calendar(START, weeks)
    settings = Settings(
        f"Synthetic {size.units} units, {size.sites} sites, {weeks} weeks, {size.exercises} exercises, seed {seed}",
        calendar,
        release=-5,
        floor_price=0.2,
        over_length_price=5.0,
        worst_country_price=1.0,
    )
    return Case(
        settings,
        countries=land.countries(size.units, strength),
        capabilities=CAPABILITIES,
        levels=LEVELS,
        sites=sites,
        closures=land.closures(Dice(seed, "closures"), sites, weeks),
        upgrades=upgrades,
        legs=land.legs(sites),
        unit_types=UNIT_TYPES,
        units=units,
        elements=elements,
        windows=windows,
        sets=sets,
        holdings=holdings,
        exercises=exercises,
        demands=wants.demands(Dice(seed, "demand"), elements, weeks),
        budgets=wants.budgets(calendar, units, elements, windows, sets, exercises, upgrades),
        scenarios=wants.scenarios(sets, units),
    )
