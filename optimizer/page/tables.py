"""Rows of the page's tables."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from optimizer.domain import Case, Exercise, Plan
from optimizer.quantities import MONEY
from optimizer.report.colours import INK, PAPER, heat
from optimizer.report.spending import ALL
from optimizer.report.transfers import lines_by_year
from optimizer.verify import Verdict

DARK = 75.0  # percent from which letters on the colour are white


@dataclass(frozen=True)
class Share:
    """A percentage and how its cell looks; ``None`` where nothing is wanted."""

    percent: float | None

    @property
    def look(self) -> str:
        if self.percent is None:
            return ""
        return f"background:{heat(self.percent / 100)};color:{PAPER if self.percent > DARK else INK}"

    def __str__(self) -> str:
        return "–" if self.percent is None else f"{self.percent:.1f} %"


@dataclass(frozen=True)
class Covered:
    """One row of coverage; ``below``: weeks below the floor, None where none is asked for; ``worst`` marks the country
    with the least of its demand's value."""

    name: str
    levels: tuple[Share, ...]
    floor: int | None
    below: int | None
    worst: bool = False


def coverage(case: Case, verdict: Verdict) -> list[Covered]:
    """All countries together, then each."""
    tally, levels = verdict.tally, [x.id for x in case.levels]
    worst = tally.worst_country
    short = {c.id: tally.floor_shortfall.get(c.id, (0, 0))[1] for c in case.countries if c.floor}
    everywhere = sum(short.values()) if short else None
    rows = [Covered("All countries", tuple(Share(tally.coverage[x]) for x in levels), None, everywhere)]
    for c in case.countries:
        shares = tuple(Share(tally.country_coverage[c.id][x]) for x in levels)
        least = worst is not None and worst[0] == c.id
        rows.append(Covered(c.name, shares, c.floor or None, short.get(c.id), least))
    return rows


@dataclass(frozen=True)
class Money:
    """What a line may spend in a fiscal year and does; ``given`` ``None`` without a budget."""

    line: str
    year: int
    given: float | None
    spent: float
    moved: float = 0.0  # by transfers from other lines (to them: negative)

    @property
    def available(self) -> float | None:
        """The money after transfers."""
        return None if self.given is None else self.given + self.moved

    @property
    def left(self) -> float | None:
        """What of it is not spent."""
        return None if self.available is None else round(self.available - self.spent, 9) + 0.0

    @property
    def used(self) -> float | None:
        """Share of the money available that is spent."""
        return self.spent / self.available if self.available else None


def money_by_year(case: Case, verdict: Verdict, lines: list[str]) -> list[Money]:
    """A row per fiscal year and line, transfers made, and one for all lines."""
    known = lines_by_year(case, verdict.spend_by_year)
    rows = []
    for year in case.calendar.fiscal_years:
        own = [known.get((x, year)) for x in lines]
        spent = [verdict.spend_by_year.get((x, year), 0) / MONEY for x in lines]
        rows += [
            Money(x, year, None if k is None else k.ceiling, sum_, 0.0 if k is None else k.moved)
            for x, k, sum_ in zip(lines, own, spent, strict=True)
        ]
        given = [k.ceiling for k in own if k is not None]
        rows.append(Money(ALL, year, sum(given) if given else None, sum(spent)))
    return rows


@dataclass(frozen=True)
class Held:
    """An exercise that takes place."""

    name: str
    site: str
    first: date
    weeks: int
    value: float
    mandatory: bool
    who: str
    exercise: Exercise


def held(case: Case, plan: Plan) -> list[Held]:
    """Exercises held, by date, with the units that take part."""
    out = []
    for run in sorted(plan.runs, key=lambda r: (r.start, r.exercise)):
        x = case.exercise[run.exercise]
        names: dict[str, list[str]] = {}
        for p in run.participants:
            unit = case.unit[case.element[p.element].unit].name
            names.setdefault(unit, []).append("brought in" if p.mode else "")
        who = "; ".join(
            unit + (f" ({len(n)} elements)" if len(n) > 1 else "") + (", brought in" if any(n) else "")
            for unit, n in names.items()
        )
        first = case.calendar.monday(run.start)
        name, site = case.exercise_name[x.id], case.site[run.site].name
        out.append(Held(name, site, first, x.weeks, x.value, x.mandatory, who, x))
    return out
