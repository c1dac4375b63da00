"""Sets stand in one place at a time, move along the network and fit into the store."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache

from optimizer.domain import Case
from optimizer.domain.network import move_weeks
from optimizer.rules.rows import Row, Space, Terms, put, total


@lru_cache(maxsize=8)
def _sites(case: Case) -> dict[str, int]:
    return {s.id: i for i, s in enumerate(case.sites)}


def stand(case: Case, set_id: str, site: str, week: int) -> bool:
    return any(h.site == site and h.start <= week < h.end for h in case.holdings_of[set_id])


def place(case: Case, set_id: str, site: str, week: int) -> bool:
    q = case.prepo[set_id]
    return week == max(q.available, 0) < case.weeks and q.start_site in (None, site)


def move(case: Case, set_id: str, origin: str, goal: str, week: int, arrive: int) -> bool:
    at = _sites(case)
    return 0 <= int(move_weeks(case)[at[origin], at[goal]]) == arrive - week


def end(case: Case, set_id: str, site: str, week: int) -> bool:
    return week == case.weeks


ADMITS = {"stand": stand, "place": place, "move": move, "end": end}


def rows(space: Space) -> Iterator[Row]:
    """Every set is placed once; one holding row covers a stay; nothing moves while in use; storage."""
    case = space.case
    for q, members in space.members.items():
        if max(case.prepo[q].available, 0) < case.weeks:
            yield Row((q,), None, total((("place", q, *p), 1) for p in space.places[q]), "==", len(members))
        yield from _holdings(space, q)
        yield from _no_passing(space, q)
        for t in range(case.weeks):
            road = [(("move", q, *m), space.exclusive(q)) for m in space.moves[q] if m[2] <= t < m[3]]
            use = space.held(q, t) + space.serviced(q, t)
            if road and use:
                yield Row((q,), t, put(total(use), road), "<=", space.exclusive(q))
    for s in case.sites:
        stored = [q for q in space.members if s.id in space.stands[q]]
        upgrades = [u for u in case.upgrades if u.site == s.id and u.slots]
        for t in range(case.weeks):
            terms = total((("stand", q, s.id, t), case.prepo[q].slots) for q in stored)
            for u in upgrades:
                put(terms, space.finished(u.id, t), -u.slots)
            if stored:
                yield Row((s.id,), t, terms, "<=", s.slots)


def _no_passing(space: Space, q: str) -> Iterator[Row]:
    """Only what stood there the week before may leave: nothing arrives and moves on in one week."""
    leaving: defaultdict[tuple[str, int], Terms] = defaultdict(dict)
    for origin, goal, t, v in space.moves[q]:
        put(leaving[origin, t], [(("move", q, origin, goal, t, v), 1)])
    for s, t in space.ends[q]:
        put(leaving[s, t], [(("end", q, s, t), 1)])
    coming = {(goal, v) for _, goal, _, v in space.moves[q]} | set(space.places[q])
    for (s, t), terms in leaving.items():
        if (s, t) in coming:  # otherwise standing there cannot turn negative anyway
            yield Row((q, s), t, put(terms, [(("stand", q, s, t - 1), -1)]), "<=", 0)


def _holdings(space: Space, q: str) -> Iterator[Row]:
    """No stay runs on beyond every holding row that covers its first week."""
    for s, weeks in space.stands[q].items():
        spans = [(h.start, h.end) for h in space.case.holdings_of[q] if h.site == s]
        there = set(weeks)
        anew = [(m[2], ("move", q, *m)) for m in space.moves[q] if m[0] == m[1] == s]
        for t in weeks:
            far = max((b for a, b in spans if a <= t < b), default=t + 1)
            if far in there and far > t + 1:
                stay = total((("stand", q, s, j), 1) for j in range(t, far + 1))
                put(stay, ((key, -1) for j, key in anew if t < j <= far))
                yield Row((q, s), t, stay, "<=", (far - t) * len(space.members[q]))
            elif far in there:
                stay = total((("stand", q, s, j), 1) for j in (t, far))
                put(stay, ((key, -1) for j, key in anew if j == far))
                yield Row((q, s), t, stay, "<=", len(space.members[q]))
