"""Which rows of the inputs a breach of a rule rests on: by its rule and by whom it names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from optimizer.domain import Case
from optimizer.domain.reasons import Place
from optimizer.rules import Breach

UNIT, SITE, COUNTRY, SET, EXERCISE, LINE, LOCK, UPGRADE = range(8)
# by rule: whose row, the sheet, and the column that counts
ROWS: dict[str, tuple[tuple[int, str, str], ...]] = {
    "availability": ((UNIT, "Availability", "From"),),
    "rotation-length": ((UNIT, "Units", "Type"),),
    "dwell": ((UNIT, "Units", "Last return"),),
    "turnaround": ((UNIT, "Units", "Type"),),
    "together": ((UNIT, "Units", "Type"),),
    "one-place": ((UNIT, "Units", "Unit"),),
    "site-capacity": ((SITE, "Sites", "Places"), (SITE, "Closures", "Left"), (COUNTRY, "Closures", "Left")),
    "host-cap": ((COUNTRY, "Countries", "Cap"),),
    "set-custody": ((SET, "Sets", "Available"),),
    "set-location": ((SET, "Set holdings", "Site"), (SITE, "Sites", "Slots"), (SITE, "Closures", "Left")),
    "set-maintenance": ((SET, "Sets", "Maintenance every"),),
    "exercise-window": (
        (EXERCISE, "Exercises", "Latest start"), (SITE, "Closures", "Left"), (COUNTRY, "Closures", "Left"),
    ),
    "exercise-needs": ((EXERCISE, "Exercise needs", "Count"),),
    "exercise-load": ((UNIT, "Units", "Type"),),
    "range-capacity": ((SITE, "Sites", "Range"), (SITE, "Closures", "Left")),
    "budget": ((LINE, "Budget", "Amount"), (UPGRADE, "Upgrades", "Upgrade")),
    "presence-floor": ((COUNTRY, "Countries", "Presence floor"),),
    "upgrades": ((UPGRADE, "Upgrades", "Upgrade"),),
    "locks": ((LOCK, "Locks", "Subject"),),
}  # fmt: skip


def places_of(case: Case, breach: Breach) -> tuple[Place, ...]:
    """The rows behind a breach, those of closures only where one reaches into its weeks."""
    return tuple(dict.fromkeys(_places(case, breach)))


def _places(case: Case, breach: Breach) -> Iterator[Place]:
    who = _who(case, breach.parties)
    for kind, sheet, column in ROWS.get(breach.rule, ()):
        for name in who[kind]:
            if sheet == "Closures" and not _closed(case, name, breach.week):
                continue
            if sheet != "Budget":
                yield Place(sheet, name, column)
                continue
            years = case.calendar.fiscal_years if breach.week is None else (case.calendar.fiscal(breach.week)[0],)
            yield from (Place("Budget", f"{year} {name}", column) for year in years)
    if breach.rule == "locks" and "frozen weeks" in breach.text:
        yield Place("Settings", "", "frozen_weeks")
    if breach.rule == "budget" and not breach.parties:
        yield Place("Settings", "", "total_cap")


def _who(case: Case, parties: Iterable[str]) -> dict[int, list[str]]:
    """The parties of a breach by what they are; elements stand for their units, sites for their countries too."""
    found: dict[int, list[str]] = {kind: [] for kind in range(8)}
    locks, lines = {k.id for k in case.locks}, set(case.lines)
    for p in parties:
        for kind, known in (
            (SITE, case.site), (COUNTRY, case.country), (SET, case.prepo), (EXERCISE, case.exercise),
            (LINE, lines), (LOCK, locks), (UPGRADE, case.upgrade), (UNIT, case.unit),
        ):  # fmt: skip
            if p in known:
                found[kind].append(p)
        if p in case.element and case.element[p].unit not in found[UNIT]:
            found[UNIT].append(case.element[p].unit)
        country = case.site[p].country if p in case.site else None
        if country:
            found[COUNTRY].append(country)
    return found


def _closed(case: Case, place: str, week: int | None) -> bool:
    return any(c.place == place and (week is None or c.start <= week < c.end) for c in case.closures)
