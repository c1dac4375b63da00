"""Limits of the ground: closures, upgrades, sites, countries, and the sets that stand there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from optimizer.conflicts.items import day
from optimizer.domain import Case, Holding
from optimizer.domain.reasons import Place
from optimizer.insight.limits.base import AGES, ENOUGH, Lift, Limit, change, drop, limit
from optimizer.quantities import MILLI


def ground(case: Case) -> Iterator[Limit]:
    for c in case.closures:
        rows, when = [Place("Closures", c.place, "From")], f"from {day(case, c.start)} to {day(case, c.end - 1)}"
        text = f"{c.place} is closed ({c.closes}) {when}"
        yield limit("closure", f"{c.place} {c.start} {c.closes}", "site-capacity", rows, text, drop("closures", c))
    for u in case.upgrades:
        rows = [Place("Upgrades", u.id, "Earliest start")]
        text = f"{u.id} can be built in its own weeks only, and takes {u.weeks}"
        yield limit(
            "upgrade", u.id, "upgrades", rows, text, change("upgrades", u.id, earliest=-AGES, latest=AGES, weeks=0)
        )


def places(case: Case) -> Iterator[Limit]:
    for s in case.sites:
        rows = [Place("Sites", s.id, "Places"), Place("Sites", s.id, "Hand-over places")]
        text = f"{s.id} has {s.places:,} places and {s.handover_places:,} hand-over places"
        lift = change("sites", s.id, places=ENOUGH, handover_places=ENOUGH)
        yield limit("places", s.id, "site-capacity", rows, text, lift)
        rows = [Place("Sites", s.id, "Range")]
        text = f"the range of {s.id} takes a {s.range_echelon} and {s.exercises_at_once} exercise(s) at once"
        lift = change("sites", s.id, range_echelon="brigade", exercises_at_once=AGES)
        yield limit("range", s.id, "range-capacity", rows, text, lift)
        text = f"{s.id} has {s.slots / MILLI:g} slots"
        yield limit(
            "slots", s.id, "set-location", [Place("Sites", s.id, "Slots")], text, change("sites", s.id, slots=ENOUGH)
        )
    for c in case.countries:
        if (c.cap, c.handover_cap) != (None, None) or (case.settings.founding_act and c.brigade_cap is not None):
            rows = [Place("Countries", c.id, "People cap")]
            lift = change("countries", c.id, cap=None, handover_cap=None, brigade_cap=None)
            yield limit("cap", c.id, "host-cap", rows, f"{c.id} caps who may be there", lift)
        if case.settings.floor_hard and c.floor:
            rows = [Place("Countries", c.id, "Presence floor")]
            text = f"{c.id} must never have fewer than {c.floor:,} people"
            yield limit("floor", c.id, "presence-floor", rows, text, change("countries", c.id, floor=0))


def sets(case: Case) -> Iterator[Limit]:
    for q in case.sets:
        rows = [Place("Set holdings", q.id, "Site")]
        yield limit(
            "holding",
            q.id,
            "set-location",
            rows,
            f"{q.id} may stand at the sites of its holdings only",
            _anywhere(q.id),
        )
        rows = [Place("Sets", q.id, "Start site")]
        if q.start_site is not None:
            lift = change("sets", q.id, start_site=None)
            yield limit("start", q.id, "set-location", rows, f"{q.id} begins at {q.start_site}", lift)
        if q.interval:
            rows = [Place("Sets", q.id, "Maintenance every")]
            text = f"{q.id} is maintained every {q.interval} weeks"
            yield limit("maintenance", q.id, "set-maintenance", rows, text, change("sets", q.id, interval=AGES))
        rows, lift = [Place("Sets", q.id, "Reset weeks")], change("sets", q.id, reset_weeks=0)
        if q.reset_weeks:
            yield limit(
                "reset", q.id, "set-custody", rows, f"{q.id} is reset for {q.reset_weeks} weeks after use", lift
            )


def _anywhere(name: str) -> Lift:
    def lift(case: Case) -> Case:
        rest = tuple(h for h in case.holdings if h.set_id != name)
        return replace(case, holdings=(*rest, *(Holding(name, s.id, 0, case.weeks) for s in case.sites)))

    return lift
