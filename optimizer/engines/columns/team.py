"""The searches of a run, side by side: what they explore, which plans they go on from, how they cool.

Both ways end in the same place. Where large units compete (see ``basins``), each search explores draws of them,
descends in the best and goes on from the best of all; elsewhere it begins again from a plan made
of the intervals that the bound chose.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from optimizer.domain import Case
from optimizer.engines.columns.basins import EAGER, Basins, Found
from optimizer.engines.columns.locks import MUST
from optimizer.engines.columns.search import CHUNK, Search
from optimizer.engines.columns.tables import Tables, names
from optimizer.engines.outcome import Options

HOT, WARM, COOL, COLD = 3e-3, 1.5e-3, 3e-4, 3e-5  # temperatures as shares of the score
BASINS, CONSTRUCTIONS = (8, 24), 6  # fewest and most basins per search; plans made from nothing to begin one
BASIN = 40  # moves per unit that a basin should have, before there are more than the fewest
FIRST = 40  # times at most that the searches go on for a first plan before exploring anyway
ROUNDS = 4  # looks at the best plan during a descent
EXPLORE = 0.18  # share of the moves for the basins, or for the first plan while the bound is no guide yet
CHOSEN, CHOOSE = 2, 0.13  # basins that each search goes on with, and the share of the moves for each
DESCENTS = ((0.28, WARM), (0.28, WARM))  # shares and heat of the descents from the best of all
DEEP = ((0.62, 1e-3), (0.2, 3e-4))  # the same where there are no basins to choose from
MANY = 200  # units for which heats are stated; with more of them, each is worth less of the score
TRIAL = 64  # moves that are timed before exploring
FIT = 0.93  # share of the time left that moves are planned for
# How many times too slow the pace known so far may be, by where it is from: the trial, exploring (which also
# constructs, beside a busy dual), a descent. Work is cut only where the clock would end it even so.
TRIED, EXPLORED, DESCENDED = 2.0, 1.5, 1.0


class Team:
    """One search per worker. ``say(stage)`` is called whenever there may be news, ``halted()`` asks whether to
    stop. ``paced``: the moves were fitted to the clock, so that the plan depends on it."""

    def __init__(
        self,
        case: Case,
        tb: Tables,
        options: Options,
        moves: int,
        say: Callable[[str], None],
        halted: Callable[[], bool],
    ):
        self.tb, self.options, self.seed = tb, options, options.seed * 1009
        ids = names(case)
        self.searches = [Search(case, tb, ids, self.seed + i) for i in range(max(options.workers, 1))]
        self.able = all(s.able for s in self.searches)  # else the sets cannot be laid out
        self.say, self.halted = say, halted
        self.most = self.moves = moves  # of each search
        self.pace, self.doubt = 0.0, TRIED  # seconds a move, and how much that may be too many
        self.paced = False
        self.pool = ThreadPoolExecutor(len(self.searches))

    @property
    def best(self) -> Search:
        """The search with the best checked plan (the best state while there is none)."""
        return max(self.searches, key=lambda s: (-np.inf if s.score is None else s.score, s.best_score))

    def first_plan(self) -> None:
        """A checked plan as soon as possible."""
        first = self.searches[0]  # alone, for the first plan is wanted soon
        first.construct()
        first.adopt()
        self.say("first plan")
        self._each(lambda i, s: s.construct() if i else None)
        for _ in range(FIRST):
            if self.best.plan is not None or self.halted():
                return
            self._anneal(min(max(self.moves // 400, 5), CHUNK), HOT, WARM)
            self.say("first plan")

    def explore(self, shares: np.ndarray) -> list[Found]:
        """Explore basins by short descents; what was found, the best first (nothing where no unit is
        large: then the plan at hand is improved). ``shares``: see ``Dual.shares``."""
        if not self.able:
            return []
        scale = self._scale()
        basins = [Basins(s, self.tb, shares, scale, self.seed + i) for i, s in enumerate(self.searches)]
        self._time_moves()
        if basins[0].large.any():
            self._visit(basins, scale)
        else:
            for k in range(ROUNDS):
                self._step(k, ROUNDS, lambda n: self._anneal(n, WARM, WARM))
        return sorted((f for b in basins for f in b.found), key=lambda f: -f.score)

    def improve(self, found: list[Found]) -> None:
        """Descend in some basins, or from plans made of what the bound chose, then from the best plan. Where
        the clock would end the descents before they are cold they are shortened."""
        if self.halted() or not self.able:
            return
        descents = DESCENTS if found else DEEP
        if found:
            self._choose(found)
        else:
            self._each(lambda _, s: _from_core(s))
        for k, (share, hot) in enumerate(descents):
            if self.halted():
                return
            best = max(self.searches, key=lambda s: s.best_score)
            for search in self.searches if found or k else []:
                search.follow(best)
            self._descend(share, sum(x for x, _ in descents[k:]), hot)

    def _visit(self, basins: list[Basins], scale: float) -> None:
        """Each search draws large units in or out, and sees what the draw is worth; many times."""
        units = max(len(self.tb.std), 1)

        def visit(i: int, search: Search, each: int) -> None:
            lean = basins[i].begin(min(CONSTRUCTIONS, max(1, each // (3 * units))))
            search.advance(each, HOT * scale, COOL * scale, self.halted)
            basins[i].end(lean)

        fewest, most = BASINS
        steps = min(max(int(EXPLORE * self.moves) // (BASIN * units), fewest), most)
        for k in range(steps):
            self._step(k, steps, lambda n: self._each(lambda i, s: visit(i, s, n)))

    def _step(self, k: int, steps: int, work: Callable[[int], None]) -> None:
        """Step ``k`` of exploring: so many moves of ``work``, which is told how many."""
        if self.halted():
            return
        began, each = self.options.elapsed, max(1, int(EXPLORE * self.moves) // steps)
        work(each)
        self.say("explore")
        self.pace, self.doubt = (self.options.elapsed - began) / each, EXPLORED
        self._fit(1.0 - EXPLORE * (k + 1) / steps)

    def _time_moves(self) -> None:
        """See how long a move takes; the first ones may have to compile."""
        for _ in range(2):
            began = self.options.elapsed
            self._anneal(TRIAL, WARM, WARM)
            self.pace = (self.options.elapsed - began) / TRIAL
        self._fit(1.0)

    def _fit(self, left: float) -> None:
        """Fit the moves to the clock where it would cut them, ``left`` being the share still to come."""
        affordable = min(self.most, FIT * self.options.time_left / max(self.pace, 1e-6) / left)
        if self.paced or self.doubt * affordable < self.moves:
            self.paced, self.moves = True, int(affordable)

    def _choose(self, found: list[Found]) -> None:
        """Descend in the best basins, different draws as far as there are, and go on from the best."""
        best_of = {f.lean.tobytes(): f for f in reversed(found)}
        differ = sorted(best_of.values(), key=lambda f: -f.score)
        chosen = (differ + found)[: CHOSEN * len(self.searches)]
        ended: list[Found] = []
        for k in range(0, len(chosen), len(self.searches)):
            mine = chosen[k : k + len(self.searches)]
            for search, basin in zip(self.searches, mine, strict=False):
                search.lean(basin.lean)
                search.resume(basin.state)
            left = (CHOSEN - k // len(self.searches)) * CHOOSE + sum(x for x, _ in DESCENTS)
            self._descend(CHOOSE, left, HOT)
            ended += [Found(s.best_score, s.snapshot(), b.lean) for s, b in zip(self.searches, mine, strict=False)]
            if self.halted():
                return
        best = max(ended, key=lambda f: f.score)
        for search in self.searches:
            search.lean(np.zeros(len(self.tb.std)))
            search.resume(best.state)

    def _descend(self, share: float, left: float, hot: float) -> None:
        """One descent of every search from where it is, with ``share`` of the moves, of which ``left``
        are still to come."""
        self._fit(left)
        began, moves = self.options.elapsed, max(ROUNDS, int(share * self.moves))
        fall = (COLD / hot) ** (1 / ROUNDS)
        for k in range(ROUNDS):
            self._anneal(moves // ROUNDS, hot * fall**k, hot * fall ** (k + 1))
            self.say("search")
            if self.halted():
                return
        self.pace, self.doubt = (self.options.elapsed - began) / moves, DESCENDED

    def _anneal(self, moves: int, hot: float, cold: float) -> None:
        """Advance every search; temperatures are shares of the score."""
        scale = self._scale()
        self._each(lambda _, s: s.advance(moves, hot * scale, cold * scale, self.halted))

    def _scale(self) -> float:
        """What temperatures are measured in: the size of a score, less where many units share it."""
        found = [abs(s.score) for s in self.searches if s.score is not None]
        score = max([1.0, *found]) if found else max(1.0, *(abs(s.best_score) % MUST for s in self.searches))
        return score * min(1.0, MANY / max(len(self.tb.std), 1))

    def _each(self, work: Callable[[int, Search], None]) -> None:
        """Do ``work`` for every search at once, then look at what was found."""
        for done in [self.pool.submit(work, i, s) for i, s in enumerate(self.searches)]:
            done.result()
        for search in self.searches:
            search.adopt()


def _from_core(search: Search) -> None:
    """Go on from the best of some plans made of the intervals that the bound chose."""
    search.forget()
    for eager in np.linspace(*EAGER, CONSTRUCTIONS):
        search.construct(float(eager), only_core=True)
    search.restart()
