"""One exercise, participant or upgrade alone: can it happen where and when lines want it, and be left undone?"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from optimizer.conflicts.items import Item, during, freeze_item, lock_item, locks_on, reason, smallest
from optimizer.conflicts.room import built
from optimizer.domain import Case, Closure, Exercise, Lock, Need, Upgrade
from optimizer.domain.places import ECHELONS
from optimizer.domain.presence import stands_for
from optimizer.domain.reasons import Place, Reason
from optimizer.domain.whereabouts import purchases_starting, runs_starting
from optimizer.rosters import must_be_held
from optimizer.rosters.occasions import spaced_from
from optimizer.rules.budget.limits import limits
from optimizer.rules.locks.truth import span

RANK = {e: i for i, e in enumerate(ECHELONS)}


def event_reasons(case: Case) -> Iterator[Reason]:
    """One reason for each exercise or upgrade that lines, windows, hosts and frozen weeks leave no way."""
    for x in case.exercises:
        yield from _judged(case, x.id, *_exercise(case, x))
    for u in case.upgrades:
        yield from _judged(case, u.id, *_upgrade(case, u))
    yield from _participants(case)


def _judged(
    case: Case, who: str, items: list[Item], impossible: Callable[[frozenset[str]], bool], order: list[str]
) -> Iterator[Reason]:
    if kept := smallest(order, impossible):
        yield reason(who, items, kept, None)


def _bound(lock: Lock) -> bool:
    return lock.rule == "must"


def _exercise(case: Case, x: Exercise) -> tuple[list[Item], Callable[[frozenset[str]], bool], list[str]]:
    locks = list(locks_on(case, ("exercise",), (x.id,)))
    joins = [k for k in case.locks if k.kind == "participant" and k.exercise == x.id and k.rule == "must"]
    n = min(case.settings.frozen_weeks, case.weeks) if case.settings.replan else 0
    frozen = {w: r.site for (name, w), r in runs_starting(case.last, range(n)).items() if name == x.id}
    asked = _asked(case, x)

    def impossible(kept: frozenset[str]) -> bool:
        musts = [k for k in (*locks, *joins) if f"lock {k.id}" in kept and _bound(k)]
        if not musts and "mandatory" not in kept and not ("frozen" in kept and frozen):
            return False
        if any(item.name in kept for item in asked):
            return True
        spans = {k.id: span(case, k) for k in locks}
        if "history" in kept and x.id in case.held_before:
            return True
        first, last = (x.earliest, x.latest) if "window" in kept else (0, case.weeks)
        first, last = max(first, spaced_from(case, x) if "history" in kept else 0, 0), min(last, case.weeks - x.weeks)
        hosts = [h.site for h in x.hosts] if "hosts" in kept else [s.id for s in case.sites]
        for site in hosts:
            for w in range(first, last + 1):
                if "frozen" in kept and w < n and frozen.get(w) != site:
                    continue
                if "frozen" in kept and frozen and w >= n:
                    continue
                if ("closures" in kept and not _range_open(case, x, site, w)) or (
                    "range" in kept and not _range_for(case, x, site, w)
                ):
                    continue
                if all(_agrees(case, k, spans[k.id], site, w) for k in locks if f"lock {k.id}" in kept):
                    return False
        return True

    items = [*(lock_item(case, k) for k in (*locks, *joins)), *asked]
    items += [
        Item("history", "exercise-window", (Place("Plan exercises", x.id, "Start"),),
             "the last plan holds it, or one of its group too near, before the plan"),
        Item("mandatory", "exercise-window", (Place("Exercises", x.id, "Mandatory"),), "it is mandatory"),
        Item("window", "exercise-window", (Place("Exercises", x.id, "Earliest start"),),
             f"it starts {during(case, x.earliest, max(x.latest, x.earliest) + 1)} and ends inside the plan"),
        Item("hosts", "exercise-window", (Place("Exercise hosts", x.id, "Site"),),
             f"its hosts are {', '.join(h.site for h in x.hosts)}"),
        Item("closures", "exercise-window", tuple(Place("Closures", c.place, "From") for c in _shut(case, x)),
             "ranges of hosts are closed for a time"),
        Item("range", "range-capacity", tuple(Place("Sites", h.site, "Range") for h in x.hosts),
             f"the range must take a {x.echelon}, upgrades counted once they can be built"),
        freeze_item(n),
    ]  # fmt: skip
    order = [
        *(item.name for item in asked),
        "range",
        "closures",
        "hosts",
        "window",
        "history",
        *(["frozen"] if n else []),
    ]
    order += [*(["mandatory"] if must_be_held(case, x) else []), *(f"lock {k.id}" for k in (*joins, *locks))]
    return items, impossible, order


def _asked(case: Case, x: Exercise) -> list[Item]:
    """Needs of more participants than there are in the force."""
    out = []
    for n in x.needs:
        able = sum(n.what in (e.type, case.types[e.type].main_capability) for e in case.elements)
        if able < n.count:
            text = f"it needs {n.count} {n.what}, and the force has {able}"
            out.append(Item(f"need {n.id}", "exercise-needs", (_need(x, n, "Count"),), text))
    return out


def _need(x: Exercise, n: Need, column: str) -> Place:
    return Place("Exercise needs", f"{x.id} {n.id}", column)


def _agrees(case: Case, lock: Lock, weeks: tuple[int, int], site: str, week: int) -> bool:
    """Whether a start fits a must line, or is none that a forbidding line is about."""
    meant = weeks[0] <= week < weeks[1] and stands_for(case.site[site], lock.place)
    return meant == (lock.rule == "must")


def _shut(case: Case, x: Exercise) -> list[Closure]:
    hosts = [case.site[h.site] for h in x.hosts]
    return [c for c in case.closures if c.closes in ("range", "all") and any(stands_for(s, c.place) for s in hosts)]


def _range_open(case: Case, x: Exercise, site: str, week: int) -> bool:
    shut = (c for c in case.closures if c.closes in ("range", "all") and stands_for(case.site[site], c.place))
    return not any(c.start < week + x.weeks and week < c.end for c in shut)


def _range_for(case: Case, x: Exercise, site: str, week: int) -> bool:
    ready = [u for u in case.upgrades if u.site == site and built(case, u) <= week]
    best = max([case.site[site].range_echelon, *(u.range_echelon for u in ready)], key=RANK.__getitem__)
    return RANK[best] >= RANK[x.echelon]


def _upgrade(case: Case, u: Upgrade) -> tuple[list[Item], Callable[[frozenset[str]], bool], list[str]]:
    locks = list(locks_on(case, ("upgrade",), (u.id,)))
    n = min(case.settings.frozen_weeks, case.weeks) if case.settings.replan else 0
    bought = {w for name, w in purchases_starting(case.last, range(n)) if name == u.id}
    stop = max((r.weeks for r in limits(case).resolutions), default=0)

    def impossible(kept: frozenset[str]) -> bool:
        if not any(_bound(k) for k in locks if f"lock {k.id}" in kept) and not ("frozen" in kept and bought):
            return False
        if "bought" in kept and u.id in case.bought:
            return any(_bound(k) for k in locks if f"lock {k.id}" in kept)
        first, last = (max(u.earliest, 0), min(u.latest, case.weeks - 1)) if "window" in kept else (0, case.weeks - 1)
        for w in range(first, last + 1):
            if ("resolution" in kept and w < stop) or ("frozen" in kept and (w < n) != bool(bought)):
                continue
            if "frozen" in kept and w < n and w not in bought:
                continue
            meant = {k.id: span(case, k)[0] <= w < span(case, k)[1] for k in locks}
            if all(meant[k.id] == _bound(k) for k in locks if f"lock {k.id}" in kept):
                return False
        return True

    items = [*(lock_item(case, k) for k in locks)]
    items += [
        Item("window", "upgrades", (Place("Upgrades", u.id, "Earliest start"),),
             f"building starts {during(case, u.earliest, max(u.latest, u.earliest) + 1)}"),
        Item("resolution", "budget", (Place("Settings", "", "cr_weeks"),),
             f"nothing is bought in the {stop} weeks of a continuing resolution"),
        freeze_item(n),
    ]  # fmt: skip
    if u.id in case.bought:
        rows = (Place("Plan upgrades", u.id, "Start"),)
        items.append(Item("bought", "upgrades", rows, "it was bought before the plan and is not bought again"))
    order = [
        "window",
        "bought",
        *(["resolution"] if stop else []),
        *(["frozen"] if n else []),
        *(f"lock {k.id}" for k in locks),
    ]
    return items, impossible, order


def _participants(case: Case) -> Iterator[Reason]:
    """Participants that must and may not, that serve no need, or more of them than a need takes."""
    lines = [k for k in case.locks if k.kind == "participant" and k.rule != "prefer"]
    for lock in (k for k in lines if k.rule == "must" and k.exercise in case.exercise):
        x, e = case.exercise[lock.exercise or ""], case.element_type(lock.subject)
        rows, text = lock_item(case, lock).rows, lock_item(case, lock).text
        against = [k for k in lines if k.rule == "forbid" and (k.subject, k.exercise) == (lock.subject, lock.exercise)]
        against += [k for k in case.locks if k.kind == "exercise" and k.rule == "forbid" and k.subject == x.id
                    and k.place is None and span(case, k) == (0, case.weeks)]  # fmt: skip
        for other in against:
            yield Reason("locks", (*rows, Place("Locks", other.id)), (lock.subject, x.id),
                         f"{lock.subject}: {text}; {lock_item(case, other).text}.")  # fmt: skip
        if not any({e.id, e.main_capability} & {n.what} for n in x.needs):
            wants = ", ".join(f"{n.count} {n.what}" for n in x.needs) or "nobody"
            needs = tuple(_need(x, n, "What") for n in x.needs)
            yield Reason("exercise-needs", (*rows, *needs), (lock.subject, x.id),
                         f"{lock.subject}: {text}; it is of type {e.id} and {x.id} needs {wants}.")  # fmt: skip
    for x in case.exercises:
        musts = [k for k in lines if k.rule == "must" and k.exercise == x.id]
        who = {k.subject for k in musts}
        most = sum(n.count for n in x.needs)
        if len(who) > most:
            rows = tuple(Place("Locks", k.id) for k in musts[: most + 1])
            needs = tuple(_need(x, n, "Count") for n in x.needs)
            yield Reason("exercise-needs", (*rows, *needs), (x.id,),
                         f"{x.id}: lines want {len(who)} participants and its needs take {most}.")  # fmt: skip
