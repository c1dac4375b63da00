"""What differs from the last plan, counted on places and events."""

from __future__ import annotations

from optimizer.domain.whereabouts import bases, purchases_starting, runs_starting, stands
from optimizer.rules.rows import Pairs, Space, Terms, put


def objective(space: Space) -> tuple[Terms, float]:
    """− price × (1 − still there), or × there at all where the last plan has nothing; nothing
    unless replanning."""
    case, fixed = space.case, 0.0
    terms: Terms = {}
    if not case.settings.replan:
        return terms, fixed
    inside = range(case.weeks)
    based, stood = bases(case.last, inside), stands(case.last, inside)
    for e in case.elements:
        for t in inside:
            site = based.get((e.id, t))
            fixed += _price(terms, space.based(e.id, t, site), site is not None, case.settings.change_price)
    for q in space.members:
        for t in inside:
            site = stood.get((q, t))
            there: Pairs = [(("stand", q, s, t), 1) for s in ([site] if site is not None else space.stands[q])]
            fixed += _price(terms, there, site is not None, case.settings.change_price)
    return terms, fixed + _events(space, terms)


def _events(space: Space, terms: Terms) -> float:
    case, fixed = space.case, 0.0
    inside = range(case.weeks)
    held = {x: (run.site, w) for (x, w), run in runs_starting(case.last, inside).items()}
    bought = dict(purchases_starting(case.last, inside))
    price = case.settings.change_price_event
    for x in case.exercises:
        run = held.get(x.id)
        runs = [run] if run is not None else [r for r in space.runs[x.id] if r[1] in inside]
        fixed += _price(terms, [(("run", x.id, *r), 1) for r in runs], run is not None, price)
    for u in case.upgrades:
        buy = bought.get(u.id)
        weeks = [buy] if buy is not None else [w for w in space.buys[u.id] if w in inside]
        fixed += _price(terms, [(("buy", u.id, w), 1) for w in weeks], buy is not None, price)
    return fixed


def _price(terms: Terms, same: Pairs, kept: bool, price: float) -> float:
    """Prices what differs: ``1 − same`` if it should be kept, ``same`` if there should be nothing."""
    put(terms, same, price if kept else -price)
    return -price if kept else 0.0
