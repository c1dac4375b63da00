"""Searches side by side: how they work at once, cool, and go on from one another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from optimizer.domain import Case
from optimizer.domain.history import present
from optimizer.domain.outcome import Options
from optimizer.engines.lagrangian.effort import Work
from optimizer.engines.lagrangian.search.cooling import stretches
from optimizer.engines.lagrangian.search.moves.choose import MOVES
from optimizer.engines.lagrangian.search.pacing import DESCENDED, Pacing
from optimizer.engines.lagrangian.search.search import Search
from optimizer.engines.lagrangian.tables.build import names
from optimizer.engines.lagrangian.tables.records import Tables
from optimizer.engines.lagrangian.tables.wishes import MUST

COLD = 3e-5  # of the score: the temperature at which a descent ends
ROUNDS = 4  # looks at the best plan during a descent
LEG = 64  # moves after which searches that work together go on from the best of them
FEW = 3_000  # moves per unit: with fewer in all, searches work together; with more, what they find apart counts more
MANY, SCARCE = 200, 15  # units for which heats are stated; with more of them each is worth less of the score, with
# fewer more


class Crew:
    """One search per worker. ``say(stage)`` is called whenever there may be news, ``halted()`` asks whether to
    stop. Temperatures are shares of the score."""

    def __init__(
        self,
        case: Case,
        tb: Tables,
        options: Options,
        work: Work,
        say: Callable[[str], None],
        halted: Callable[[], bool],
    ):
        self.case, self.tb, self.options, self.work, self.seed = case, tb, options, work, options.seed * 1009
        ids = names(case)
        held = present(case.last) if options.start is None else options.start
        self.searches = [Search(case, tb, ids, self.seed + i, held) for i in range(max(options.workers, 1))]
        self.able = all(s.able for s in self.searches)  # else the sets cannot be laid out
        self.say, self.halted = say, halted
        self.pacing = Pacing(options, work.moves)
        self.pool = ThreadPoolExecutor(len(self.searches))

    @property
    def best(self) -> Search:
        """The search with the best checked plan (the best state while there is none)."""
        return max(self.searches, key=lambda s: (-np.inf if s.score is None else s.score, s.best_score))

    @property
    def refused(self) -> dict[str, int]:
        """Plans that the check did not let pass, by rule."""
        return dict(sum((s.refused for s in self.searches), Counter()))

    @property
    def moves(self) -> dict[str, tuple[int, int]]:
        """How often each kind of move was tried, and how often it was kept."""
        tried, kept = (sum(counts) for counts in zip(*((s.tried, s.accepted) for s in self.searches), strict=True))
        return {m.name: (int(tried[i]), int(kept[i])) for i, m in enumerate(MOVES)}

    @property
    def scale(self) -> float:
        """What temperatures are measured in: the size of a score, less where many units share it, more where few do."""
        found = [abs(s.score) for s in self.searches if s.score is not None]
        score = max([1.0, *found]) if found else max(1.0, *(abs(s.best_score) % MUST for s in self.searches))
        units = max(len(self.tb.std), 1)
        return score * min(1.0, MANY / units) * max(1.0, SCARCE / units)

    @property
    def together(self) -> bool:
        """Whether the searches do best to work together where they begin from one plan."""
        return self.pacing.moves < FEW * len(self.tb.std)

    def gather(self) -> None:
        """Every search goes on from the best of all."""
        best = max(self.searches, key=lambda s: s.best_score)
        for search in self.searches:
            search.follow(best)

    def descend(self, share: float, left: float, hot: float, together: bool) -> None:
        """One descent of every search from where it is, with ``share`` of the moves, of which ``left``
        are still to come."""
        self.pacing.fit(left)
        self.fall(int(share * self.pacing.moves), hot, together)

    def fall(self, moves: int, hot: float, together: bool) -> None:
        """Anneal every search from ``hot`` until it is cold."""
        began, moves = self.options.elapsed, max(ROUNDS, moves)
        for above, below in stretches(hot, COLD, ROUNDS):
            self.anneal(moves // ROUNDS, above, below, together)
            self.say("search")
            if self.halted():
                return
        self.pacing.measure(began, moves, DESCENDED)

    def anneal(self, moves: int, hot: float, cold: float, together: bool = False) -> None:
        """Advance every search. ``together``: all go on from wherever the best of them is, again and again: where
        few moves are of use, that does the work of one search in less time."""
        legs = max(1, moves // LEG) if together and len(self.searches) > 1 else 1
        scale = self.scale
        for above, below in stretches(hot, cold, legs):
            self._advance(moves // legs, above * scale, below * scale)
            if self.halted():
                break
            if legs > 1:
                ahead = max(self.searches, key=lambda s: s.present_score)
                for search in self.searches:
                    search.join(ahead)
        self._look()

    def _advance(self, moves: int, hot: float, cold: float) -> None:
        """The same, without a look at what was found; temperatures in score points."""
        self._work(lambda _, s: s.advance(moves, hot, cold, self.halted))

    def each(self, work: Callable[[int, Search], None]) -> None:
        """Do ``work`` for every search at once, then look at what was found."""
        self._work(work)
        self._look()

    def _work(self, work: Callable[[int, Search], None]) -> None:
        for done in [self.pool.submit(work, i, s) for i, s in enumerate(self.searches)]:
            done.result()

    def _look(self) -> None:
        for search in self.searches:
            search.adopt()
