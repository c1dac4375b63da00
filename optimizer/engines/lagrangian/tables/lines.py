"""What the planner's lines are about, by row of the arrays: read here for the search and the bound alike."""

from __future__ import annotations

import numpy as np

from optimizer.domain import Case, Lock
from optimizer.domain.presence import sites_of
from optimizer.rules.locks.truth import span


class Lines:
    """Rows of a case's arrays by id; ``elements`` gives the order of the elements. ``hosts`` are (exercise, site) and
    ``needs`` (exercise, need) by row."""

    def __init__(self, case: Case, elements: tuple[str, ...]):
        self.case = case
        self.e_at = {e: i for i, e in enumerate(elements)}
        self.u_at = {u.id: i for i, u in enumerate(case.units)}
        self.s_at = {s.id: i for i, s in enumerate(case.sites)}
        self.q_at = {q.id: i for i, q in enumerate(case.sets)}
        self.x_at = {x.id: i for i, x in enumerate(case.exercises)}
        self.b_at = {b.id: i for i, b in enumerate(case.upgrades)}
        self.hosts = [(x.id, h.site) for x in case.exercises for h in x.hosts]
        self.needs = [(x.id, n.id) for x in case.exercises for n in x.needs]

    def meant(self, lock: Lock) -> tuple[np.ndarray, slice]:
        """The sites ([S] of booleans) and the weeks that a line speaks of."""
        inside = np.zeros(len(self.s_at), dtype=np.bool_)
        inside[sites_of(self.case, lock.place) if lock.place else slice(None)] = True
        return inside, slice(*span(self.case, lock))

    def hosted(self, lock: Lock, inside: np.ndarray) -> np.ndarray:
        """The rows of the hosts of an exercise's line. [H] of booleans."""
        return np.array([x == lock.subject and inside[self.s_at[s]] for x, s in self.hosts], dtype=np.bool_)

    def asked(self, lock: Lock) -> np.ndarray:
        """The rows of the needs that a participant's line is about. [N] of booleans."""
        return np.array([x == lock.exercise for x, _ in self.needs], dtype=np.bool_)

    def in_order(self, by_element: np.ndarray) -> np.ndarray:
        """Rows in the case's order of elements, put into that of the arrays."""
        at = {e.id: i for i, e in enumerate(self.case.elements)}
        return by_element[[at[e] for e in self.e_at]]
