"""What a better plan of a leaf keeps to, in words that other engines understand."""

from __future__ import annotations

import numpy as np

from optimizer.domain import Case
from optimizer.engines.lagrangian.bound.dual import MARGIN
from optimizer.engines.lagrangian.bound.parts.decided import AGAIN, ONCE
from optimizer.engines.lagrangian.bound.pricing.within import lives_through
from optimizer.engines.lagrangian.bound.tree import OWN, Leaf, Tree
from optimizer.engines.lagrangian.tables.force import elements_in_order
from optimizer.engines.linear.limits import Limits, Weeks


def limits_of(case: Case, tree: Tree, leaf: Leaf, beat: float) -> Limits:
    """Limits that every plan of the leaf that scores more than ``beat`` keeps to. Prices the leaf anew: not while the
    tree is at work."""
    of, de, t = tree.root.lagrangian, leaf.decided, tree.root.lagrangian.t
    theta, rows = leaf.proof
    of.narrow(de)
    of.place(OWN, rows)
    value, size, _ = of.evaluate(theta)
    first, later, best = np.zeros(len(t.iv_a)), np.zeros(len(t.iv_a)), np.zeros(len(case.units))
    xi = of.rows.view(theta, "cuts")
    lives_through(of.parts.lives, of.parts.cuts, de, xi, of._worths, first, later, best)
    slack = value + MARGIN * size - beat

    def weeks(through: np.ndarray, u: int) -> Weeks:
        mine = slice(t.iv_first[u], t.iv_first[u + 1])
        kept = through[mine] >= best[u] - slack
        return frozenset(zip(t.iv_a[mine][kept].tolist(), t.iv_d[mine][kept].tolist(), strict=True))

    ids = [u.id for u in case.units]
    elements = elements_in_order(case)
    times = {}
    for u, unit in enumerate(ids):
        fewest = 2 if de.again[u] == AGAIN else int(de.by[u] < t.weeks)
        times[unit] = (fewest, 1 if de.again[u] == ONCE else case.weeks)
    return Limits(
        next={unit: weeks(first, u) for u, unit in enumerate(ids)},
        later={unit: weeks(later, u) for u, unit in enumerate(ids)},
        times=times,
        bases={
            elements[e].id: frozenset(case.sites[s].id for s in np.flatnonzero(de.base[m]).tolist())
            for m, e in enumerate(de.element.tolist())
        },
        starts={x.id: (int(de.run_since[i]), int(de.run_by[i])) for i, x in enumerate(case.exercises)},
        held=frozenset(x.id for i, x in enumerate(case.exercises) if de.run_by[i] < t.weeks),
    )
