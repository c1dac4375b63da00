"""The primal side: from the empty plan to the best one found, by simulated annealing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import numpy as np

from optimizer.domain import EMPTY_PLAN, Case, Plan
from optimizer.engines.lagrangian.kernels.chance import generator
from optimizer.engines.lagrangian.search.anneal import advance
from optimizer.engines.lagrangian.search.fit import fit
from optimizer.engines.lagrangian.search.moves.choose import MOVES
from optimizer.engines.lagrangian.search.moves.desk import Desk, desk_core, leaning
from optimizer.engines.lagrangian.search.moves.units import least_cost
from optimizer.engines.lagrangian.search.plans import initial, plan_of
from optimizer.engines.lagrangian.search.seat import rotations_room
from optimizer.engines.lagrangian.search.state.arrays import State
from optimizer.engines.lagrangian.search.state.structs import copy_into, state_core
from optimizer.engines.lagrangian.search.state.value import score
from optimizer.engines.lagrangian.tables.records import Names, Tables
from optimizer.engines.lagrangian.tables.wishes import MUST
from optimizer.goals import score_all
from optimizer.rules import check_all

CHUNK = 32  # moves between two looks at the clock
FEW, SITES = 0.25, 8.0  # once the core is known: size of the sample of other intervals, other sites sampled, about


class Search:
    """A search that is advanced in rounds; deterministic in its seed, whatever thread runs it.

    ``plan`` and ``score`` are the best plan that the rules' own checks accept and its
    score by the goals' own arithmetic; the compiled numbers only steer.
    """

    def __init__(self, case: Case, tb: Tables, ids: Names, seed: int, held: Plan = EMPTY_PLAN):
        self.case, self.tb, self.ids, self.held = case, tb, ids, held
        self.plan: Plan | None = None
        self.score: float | None = None
        self.bar = -np.inf  # what a further plan has to score more than
        self.refused: Counter[str] = Counter()  # plans that the check did not let pass, by rule
        self.safe: State | None = None  # the best state that it let pass
        self.tried, self.accepted = np.zeros((2, len(MOVES)), dtype=np.int64)  # moves made, and accepted, by kind
        self.tops = np.full(2, -np.inf)  # the compiled scores of the present state and the best
        rng = generator(seed)
        self.most = rotations_room(case, tb, held)
        start = initial(case, tb, ids, rng, self.most)
        self.able = start is not None
        if start is None:
            return
        state, floors = start.state, start.floors
        self.best = _copy(state)
        self.core, self.now = start.tables, start.core
        self.kept, self.backup, self.empty = (state_core(x) for x in (self.best, _copy(state), _copy(state)))
        units, runs, kinds = len(tb.std), len(tb.x_weeks), len(tb.people)
        self.desk = Desk(
            rng=rng,
            lam=np.zeros((4, tb.weeks)),
            scarce=np.ones(len(tb.need_count)),
            lean=np.zeros(units),
            floors=floors,
            n=np.zeros(2, dtype=np.int64),
            units=np.zeros(units, dtype=np.int64),
            urgent=np.full(1, -1, dtype=np.int64),
            listed=np.zeros(units, dtype=np.bool_),
            asks=np.zeros((runs, 3), dtype=np.int64),
            asked=np.zeros(runs, dtype=np.bool_),
            eager=np.zeros(runs),
            pull=np.zeros((kinds, len(tb.places), tb.weeks)),
            short=np.zeros(len(tb.need_count), dtype=np.int64),
            price=np.zeros((4, tb.weeks)),
            mask=np.zeros(max(units, runs), dtype=np.bool_),
            span=np.zeros(2, dtype=np.int64),
            core=np.zeros(len(tb.iv_a), dtype=np.bool_),
            bases=np.zeros((units, len(tb.places)), dtype=np.bool_),
            move=np.zeros(1, dtype=np.int64),
            tried=self.tried,
            kept=self.accepted,
            others=np.ones(2),
        )
        self.moving = desk_core(self.desk)

    @property
    def best_score(self) -> float:
        """The compiled score of the best state, ``MUST`` added for every hard wish met."""
        return float(self.tops[1])

    @property
    def present_score(self) -> float:
        """The same of the present state, leaning included."""
        return float(self.tops[0])

    def price_money(self, by_line_year: np.ndarray) -> None:
        """Guide by the price of money: (lines, fiscal years), score per micro-unit."""
        if self.able:
            for kind in range(4):
                self.desk.lam[kind] = by_line_year[self.tb.line[kind]][self.tb.year]

    def value_participants(self, scarce: np.ndarray) -> None:
        """Guide by what a participant is worth to an exercise: by need."""
        if self.able:
            self.desk.scarce[:] = np.maximum(scarce, 1e-3)

    def lean(self, worth: np.ndarray) -> None:
        """Add ``worth`` (score points, by unit) for every unit that goes; of the best so far only the
        score counts."""
        if self.able:
            self.desk.lean[:] = worth
            self.tops[0] = score(self.core, self.now) + leaning(self.now, self.moving)

    def prefer(self, core: np.ndarray, bases: np.ndarray) -> None:
        """Always look at the ``core`` of the units' intervals and at their ``bases``, and less at the others."""
        if self.able:
            self.desk.core[:], self.desk.bases[:] = core, bases
            self.desk.others[:] = FEW, min(1.0, SITES / max(1, self.tb.opens.sum()))

    def construct(self, eager: float = 0.0, only_core: bool = False) -> None:
        """A complete plan from nothing, gone on from; kept if it is better than the best so far."""
        if self.able:
            copy_into(self.empty, self.now)
            others = float(self.desk.others[0])
            self.desk.others[0] = 0.0 if only_core else others
            self._advance(eager)
            self.desk.others[0] = others
            found = score(self.core, self.now)
            self.tops[0] = found + leaning(self.now, self.moving)
            copy_into(self.now, self.backup)
            if found > self.tops[1]:
                self.tops[1] = found
                copy_into(self.now, self.kept)

    def forget(self) -> None:
        """Let the next state found count as the best, however poor."""
        self.tops[1] = -np.inf

    def costs(self) -> np.ndarray:
        """Money that the shortest rotation of each unit costs at least: [units]."""
        return np.array([least_cost(self.core, u) for u in range(len(self.tb.std))])

    def advance(self, moves: int, hot: float, cold: float, stopped: Callable[[], bool]) -> None:
        """Up to ``moves`` moves while the temperature (score points) falls geometrically
        from ``hot`` to ``cold``, or until ``stopped``."""
        for first in range(0, moves if self.able else 0, CHUNK):
            if stopped():
                return
            self._advance(0.0, first, min(CHUNK, moves - first), moves, hot, cold)

    def _advance(self, eager: float, *moves: float) -> None:
        moves = moves or (0, 0, 0, 1.0, 1.0)
        advance(self.core, self.now, self.kept, self.backup, self.moving, self.tops, eager, *moves)

    def restart(self) -> None:
        """Go on from the best state."""
        if self.able:
            self.tops[1] = self._go_on_from(self.kept)

    def follow(self, other: Search) -> None:
        """Go on from the best state of another search of the same case."""
        if self.able and other.best_score > self.best_score:
            self.resume(other.best)

    def join(self, other: Search) -> None:
        """Go on from where another search of the same case is, unless that is no better; the best so far is kept."""
        if self.able and other.present_score > self.present_score:
            self._go_on_from(other.backup)

    def snapshot(self) -> State:
        """A copy of the best state."""
        return _copy(self.best)

    def resume(self, state: State) -> None:
        """Go on from ``state``, which then is the best so far."""
        copy_into(state_core(state), self.kept)
        self.tops[1] = self._go_on_from(self.kept)

    def _go_on_from(self, state: State) -> float:
        """Make ``state`` the present one; its score."""
        copy_into(state, self.now)
        copy_into(state, self.backup)
        found: float = score(self.core, self.now)
        self.tops[0] = found + leaning(self.now, self.moving)
        return found

    def seat(self) -> None:
        """Go on from the plan in hand, fitted to the case, if there is one and its sets find a place."""
        if self.able and not self.held.empty:
            board = fit(self.case, self.tb, self.ids, self.desk.rng, self.held, self.most)
            if board is not None:
                self.resume(board.state)

    def _hard(self) -> int:
        """How often the best state earns ``MUST``."""
        return round(self.best_score / MUST) if self.best_score > -np.inf else -1

    def adopt(self) -> bool:
        """Judge the best state, where all that is hard is true of it, by the rules' and goals' own code; true if it
        is a new plan. Where the check does not let it pass the search goes back to the last that did."""
        stated = self.best_score - self._hard() * MUST
        known = max(self.bar, -np.inf if self.score is None else self.score)
        if not self.able or self._hard() < self.tb.wish_target or stated <= known:
            return False
        plan = plan_of(self.case, self.tb, self.ids, self.best)
        if plan == self.plan:
            return False
        if broken := {b.rule for f in check_all(self.case, plan) for b in f.breaches}:
            self.refused.update(broken)
            self.forget()
            if self.safe is not None:
                self.resume(self.safe)
            return False
        value = sum(score_all(self.case, plan).values())
        self.safe = self.snapshot()
        if value <= known:
            return False
        self.plan, self.score = plan, value
        return True


def _copy(st: State) -> State:
    return State._make(a.copy() for a in st)
