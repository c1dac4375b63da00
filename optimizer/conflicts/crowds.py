"""Lines on several units that together fill a site or a country beyond what it can ever hold."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from optimizer.conflicts.items import during, lock_item
from optimizer.conflicts.room import most_in
from optimizer.domain import Case, Lock
from optimizer.domain.presence import stands_for
from optimizer.domain.reasons import Place, Reason
from optimizer.rules.audit import spells
from optimizer.rules.locks.truth import span


def crowd_reasons(case: Case) -> Iterator[Reason]:
    """One reason for each place that must lines of two and more units overfill in some weeks.

    People count once per element and week; those under way without a line are left out, and what they alone
    exceed is forgiven by the rule, so that a line's people still have to fit below the cap.
    """
    musts = [k for k in case.locks if k.rule == "must" and k.kind in ("unit", "element") and k.place is not None]
    for place in dict.fromkeys(k.place for k in musts):
        inside = np.array([stands_for(s, place) for s in case.sites], dtype=bool)
        within = {s.id for s, there in zip(case.sites, inside, strict=True) if there}
        countries = {case.site[s].country for s in within}
        mine = [k for k in musts if {s.id for s in case.sites if stands_for(s, k.place)} <= within]
        if len(countries) == 1 and len({_unit(case, k) for k in mine}) > 1:
            beds = most_in(case, inside, countries.pop())[1]
            yield from _overfull(case, str(place), within, mine, beds)


def _unit(case: Case, lock: Lock) -> str:
    return lock.subject if lock.kind == "unit" else case.element[lock.subject].unit


def _people(case: Case, locks: list[Lock]) -> np.ndarray:
    """People that the lines bind to their places, by week."""
    out = np.zeros(case.weeks, dtype=np.int64)
    bound: dict[str, np.ndarray] = {}
    fixed = {p.element for r in case.underway for p in r.postings}
    for k in locks:
        elements = [k.subject] if k.kind == "element" else [e.id for e in case.elements_of[k.subject] if not e.optional]
        for e in set(elements) - fixed:
            bound.setdefault(e, np.zeros(case.weeks, dtype=bool))[slice(*span(case, k))] = True
    for e, there in bound.items():
        out += case.element_type(e).people * there
    return out


def _overfull(case: Case, place: str, within: set[str], locks: list[Lock], beds: np.ndarray) -> Iterator[Reason]:
    for first, until in spells(_people(case, locks) - beds):
        kept = [k for k in locks if span(case, k)[0] < until and first < span(case, k)[1]]
        worst = first + int(np.argmax((_people(case, kept) - beds)[first:until]))
        for k in list(kept):  # the smallest set that is still too many
            rest = [other for other in kept if other is not k]
            if _people(case, rest)[worst] > beds[worst]:
                kept = rest
        if len({_unit(case, k) for k in kept}) > 1:  # of one unit it is said there
            rows = (
                *(Place("Locks", k.id) for k in kept),
                *(Place("Sites", s, "Hand-over places") for s in sorted(within)),
            )
            lines = "; ".join(lock_item(case, k).text for k in kept)
            people = int(_people(case, kept)[worst])
            beds_text = f"{place} has hand-over places for {beds[worst]:,} people {during(case, worst, worst + 1)}"
            text = f"{beds_text}, and lines bring {people:,}: {lines}."
            who = tuple(dict.fromkeys(_unit(case, k) for k in kept))
            yield Reason("site-capacity", rows, who, text, (worst, worst + 1))
            return
