"""What keeps something out of a plan as things stand: rules taken back family by family until it can be put in.

Everything else stays as it is. What the plan then breaks says which rule it was, and by how much.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from optimizer.domain import Case, Plan
from optimizer.domain.reasons import Place
from optimizer.engines.lagrangian.kernels.chance import generator
from optimizer.engines.lagrangian.search.insert.exercises import insert_run
from optimizer.engines.lagrangian.search.insert.units import respond
from optimizer.engines.lagrangian.search.plans import plan_of
from optimizer.engines.lagrangian.search.seat import state_of
from optimizer.engines.lagrangian.search.state.arrays import State
from optimizer.engines.lagrangian.search.state.structs import state_core, tables_core
from optimizer.engines.lagrangian.tables.build import names, tables
from optimizer.insight.limits import Limit, lifted, limits_of
from optimizer.insight.questions import Question
from optimizer.report.answers import EXERCISE, UNIT
from optimizer.rules import Breach, check_all

FAMILIES: dict[str, tuple[str, ...]] = {
    "money": ("money", "total", "resolution"),
    "places": ("places", "cap", "closure"),
    "ranges": ("range",),
    "rest": ("rest", "dwell", "turnaround"),
    "dates of exercises": ("event window", "spacing"),
    "availability": ("window", "lead"),
    "lines and freezes": ("lock", "mandatory", "freeze"),
}
EAGER = 1e6  # points offered, so that only rules can say no
DEAR = 1e-4  # points per micro-unit of money, so that the cheapest way is taken
LOOKS, WIDTH, TRIES = 1 << 20, 1 << 10, 6  # spots and candidates looked at: all; intervals built
NAMED = 6  # breaches told of one family


class Blocker:
    """Puts one thing into a plan of ``case`` with families of rules taken back. ``plan`` holds the rules."""

    def __init__(self, case: Case, plan: Plan):
        self.case, self.plan, self.limits = case, plan, limits_of(case)
        self._relaxed: dict[frozenset[str], _Relaxed] = {}

    def blocked(self, q: Question) -> list[tuple[str, tuple[Place, ...], str]]:
        """(rule, rows, what is wrong) of whatever keeps a unit or an exercise out; nothing if it fits as it is, and
        nothing of other kinds."""
        if not q.wish or q.kind not in (UNIT, EXERCISE) or self._put(frozenset(), q) is not None:
            return []
        found: dict[tuple[str, str], tuple[str, tuple[Place, ...], str]] = {}
        for family in FAMILIES:
            made = self._put(frozenset({family}), q)
            for b in () if made is None else self._broken(made):
                found.setdefault((b.rule, b.text), (b.rule, self._rows(b), b.text))
        return list(found.values()) or self._together(q)

    def _together(self, q: Question) -> list[tuple[str, tuple[Place, ...], str]]:
        """What several families do together, none of them to be left out."""
        kept, made = frozenset(FAMILIES), self._put(frozenset(FAMILIES), q)
        if made is None:
            rule = "exercise-needs" if q.kind == EXERCISE else "availability"
            return [(rule, (), "nobody suitable is near enough and free at any time allowed")]
        for family in reversed(FAMILIES):
            less = self._put(kept - {family}, q)
            if less is not None:
                kept, made = kept - {family}, less
        return [(b.rule, self._rows(b), f"together with the others: {b.text}") for b in self._broken(made)]

    def _put(self, families: frozenset[str], q: Question) -> Plan | None:
        if families not in self._relaxed:
            kinds = {k for f in families for k in FAMILIES[f]}
            self._relaxed[families] = _Relaxed(
                lifted(self.case, [x for x in self.limits if x.kind in kinds]), self.plan
            )
        return self._relaxed[families].put(q)

    def _broken(self, plan: Plan) -> Iterator[Breach]:
        broken = sorted((b for f in check_all(self.case, plan) for b in f.breaches), key=lambda b: (b.rule, -b.size))
        yield from broken[:NAMED]

    def _rows(self, b: Breach) -> tuple[Place, ...]:
        """Rows of the limits of that rule that name one of the parties."""

        def about(limit: Limit) -> bool:
            return limit.item.rule == b.rule and any(set(b.parties) & {p.key, *p.key.split()} for p in limit.item.rows)

        return tuple(dict.fromkeys(p for x in self.limits if about(x) for p in x.item.rows))


class _Relaxed:
    """The plan seated in a case with fewer rules."""

    def __init__(self, case: Case, plan: Plan):
        self.case, self.ids, self.tables = case, names(case), tables(case)
        self.board = state_of(case, self.tables, self.ids, plan)
        self.core = tables_core(self.tables._replace(x_value=self.tables.x_value + EAGER))

    def put(self, q: Question) -> Plan | None:
        tb, state, rng = self.tables, State._make(a.copy() for a in self.board.state), generator(1)
        core, free = state_core(state), np.full(tb.weeks, DEAR)
        if q.kind == EXERCISE:
            x = self.ids.exercises.index(q.subject)
            done = insert_run(self.core, core, rng, x, free, LOOKS, WIDTH, -1, -1)
        else:
            u = self.ids.units.index(q.subject)
            every, bases = np.ones(len(tb.iv_a), dtype=np.bool_), np.ones((len(tb.std), len(tb.places)), dtype=np.bool_)
            pull, span = np.zeros((len(tb.people), len(tb.places), tb.weeks)), np.array([0, tb.weeks], dtype=np.int64)
            done = respond(self.core, core, rng, u, free, pull, every, bases, np.ones(2), span, EAGER, 0.0, TRIES)
        return plan_of(self.case, tb, self.ids, state) if done else None
