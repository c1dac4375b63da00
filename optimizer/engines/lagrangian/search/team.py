"""The searches of a run: what they explore and which plans they go on from.

Both ways end in the same place. Where large units compete (see ``basins``), each search explores draws of them,
descends in the best and goes on from the best of all; elsewhere it begins again from a plan made
of the intervals that the bound chose.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from optimizer.engines.lagrangian.search.basins import EAGER, Basins, Found
from optimizer.engines.lagrangian.search.crew import ROUNDS, Crew
from optimizer.engines.lagrangian.search.pacing import EXPLORED, TRIED, Pacing
from optimizer.engines.lagrangian.search.search import CHUNK, Search
from optimizer.goals import score_all
from optimizer.quantities import MILLI

HOT, WARM, COOL = 3e-3, 1.5e-3, 3e-4  # temperatures as shares of the score
BASINS, CONSTRUCTIONS = (8, 24), 6  # fewest and most basins per search; plans made from nothing to begin one
BASIN = 40  # moves per unit that a basin should have, before there are more than the fewest
FIRST = 40  # times at most that the searches go on for a first plan before exploring anyway
EXPLORE = 0.14  # share of the moves for the basins, or at most for the first plan while the bound is no guide yet
CHOSEN, CHOOSE = 2, 0.1  # basins that each search goes on with, and the share of the moves for each
DESCENTS = ((0.16, 1e-3), (0.16, 7e-4)) * 2  # shares and heat of the descents, each from the best of all before
DEEP = ((0.62, 1e-3), (0.2, COOL))  # the same where there are no basins to choose from
NEARBY = ((0.5, COOL), (0.3, COOL))  # the same where a plan in hand that holds is to be changed as little as need be
# Where it no longer holds: many brief descents from it, longer ones from the best of those, one from the best of all;
# rounds of the searches, and the share of the moves of each round.
MENDING = ((8, 0.06), (2, 0.17), (1, 0.18))
ENOUGH = 256  # moves that a further descent is worth beginning for, while the clock leaves time
TRIAL = 64  # moves that are timed before exploring


class Team(Crew):
    """The searches of a run, and what they do one after the other."""

    in_hand: Found | None = None  # the plan that the workbook holds, as far as the case lets it stand
    holding = False  # whether it stands as it is

    def first_plan(self) -> None:
        """A checked plan as soon as possible: the one in hand, as far as the case lets it stand, or a new one."""
        if self._plan_in_hand() and self.replanning:
            return
        first = self.searches[0]  # alone, for the first plan is wanted soon
        first.construct()
        first.adopt()
        self.say("first plan")
        self.each(lambda i, s: s.construct() if i else None)
        for _ in range(FIRST):
            if self.best.plan is not None or self.halted():
                return
            self.anneal(min(max(self.pacing.moves // 400, 5), CHUNK), HOT, WARM)
            self.say("first plan")

    def _plan_in_hand(self) -> bool:
        """Seat the plan in hand in every search; true if that is a plan to go on from."""
        self.each(lambda _, s: s.seat())
        best = self.best
        if (start := self.options.start) is not None:  # it may have what the search cannot express
            value = sum(score_all(self.case, start).values())
            if best.score is None or value > best.score:
                best.plan, best.score = start.tidy(), value
        if best.plan is None or best.score is None:
            return False
        self.say("plan in hand")
        if not self.able:
            return True
        self.in_hand = Found(best.best_score, best.snapshot(), np.zeros(len(self.tb.std)))
        self.holding = best.plan == best.held.tidy()
        if self.replanning and self.holding:
            for search in self.searches:
                search.bar = best.score + abs(best.score) * self.case.settings.least_gain / MILLI
        return True

    @property
    def replanning(self) -> bool:
        """Whether the plan in hand is to be changed as little as need be."""
        return self.case.settings.replan and self.in_hand is not None

    def explore(self, shares: np.ndarray) -> list[Found]:
        """Explore basins by short descents; what was found, the best first (nothing where no unit is
        large: then the plan at hand is improved). ``shares``: see ``Dual.shares``."""
        if not self.able or self.replanning:
            return []
        scale = self.scale
        basins = [Basins(s, self.tb, shares, scale, self.seed + i) for i, s in enumerate(self.searches)]
        self._time_moves()
        if basins[0].large.any():
            self._visit(basins, scale)
        else:
            self._pass_time()
        found = [f for b in basins for f in b.found]
        if found and self.in_hand is not None:
            found.append(self.in_hand)
        return sorted(found, key=lambda f: -f.score)

    def improve(self, found: list[Found]) -> None:
        """Descend in some basins, or from plans made of what the bound chose, then from the best plan. Where
        the clock would end the descents before they are cold they are shortened; what it leaves over is used."""
        if self.halted() or not self.able:
            return
        descents: tuple[tuple[float, float], ...] = DESCENTS if found else DEEP
        held = self.in_hand
        if found:
            self._choose(found)
        elif held is None:
            self.each(lambda _, s: _from_core(s))
        elif self.replanning and not self.holding:
            descents = ()
            self._mend(held)
        elif self.replanning:
            descents = NEARBY
            self.each(lambda _, s: s.resume(held.state))
        else:
            self.each(lambda i, s: _from_core(s) if i else s.resume(held.state))
        for k, (share, hot) in enumerate(descents):
            if self.halted():
                return
            if found or k:
                self.gather()
            self.descend(share, sum(x for x, _ in descents[k:]), hot, not found and self.together)
        while not self.halted() and (moves := self.pacing.over()) > ENOUGH:
            self.gather()
            self.fall(moves, COOL, self.together)

    def _visit(self, basins: list[Basins], scale: float) -> None:
        """Each search draws large units in or out, and sees what the draw is worth; many times."""
        units = max(len(self.tb.std), 1)

        def visit(i: int, search: Search, each: int) -> None:
            lean = basins[i].begin(min(CONSTRUCTIONS, max(1, each // (3 * units))))
            search.advance(each, HOT * scale, COOL * scale, self.halted)
            basins[i].end(lean)

        fewest, most = BASINS
        steps = min(max(int(EXPLORE * self.pacing.moves) // (BASIN * units), fewest), most)
        for k in range(steps):
            moves = int(EXPLORE * self.pacing.moves) // steps
            left = 1.0 - EXPLORE * (k + 1) / steps
            self._step(moves, left, lambda n: self.each(lambda i, s: visit(i, s, n)))

    def _pass_time(self) -> None:
        """Improve the first plan while the bound is no guide yet; the descents will not go on from it."""
        left = sum(share for share, _ in DEEP)
        for _ in range(ROUNDS):
            moves = min(int(EXPLORE * self.pacing.moves), self.work.waiting) // ROUNDS
            self._step(moves, left, lambda n: self.anneal(n, WARM, WARM))

    def _step(self, moves: int, left: float, work: Callable[[int], None]) -> None:
        """``moves`` of exploring by ``work``, which is told how many; then the share ``left`` is still to come."""
        if self.halted():
            return
        began, moves = self.options.elapsed, max(1, moves)
        work(moves)
        self.say("explore")
        self.pacing.measure(began, moves, EXPLORED)
        self.pacing.fit(left)

    def _time_moves(self) -> None:
        """See how long a move takes; the first ones may have to compile."""
        for _ in range(2):
            began = self.options.elapsed
            self.anneal(TRIAL, WARM, WARM)
            self.pacing.measure(began, TRIAL, TRIED)
        self.pacing.fit(1.0)

    def _choose(self, found: list[Found]) -> None:
        """Descend in the best basins, different draws as far as there are, and go on from the best."""
        best_of = {f.lean.tobytes(): f for f in reversed(found)}
        differ = sorted(best_of.values(), key=lambda f: -f.score)
        ended = self._apart(differ + found, CHOSEN, CHOOSE, sum(x for x, _ in DESCENTS), HOT)
        if self.halted():
            return
        best = max(ended, key=lambda f: f.score)
        for search in self.searches:
            search.lean(np.zeros(len(self.tb.std)))
            search.resume(best.state)

    def _mend(self, held: Found) -> None:
        """Change a plan in hand that no longer holds. What is to become of its broken parts is decided in the first
        moves, and only later moves tell how well: so by successive halving (Jamieson and Talwalkar 2016)."""
        self.pacing = Pacing(self.options, self.work.mending)
        ended = [held] * (MENDING[0][0] * len(self.searches))
        for k, (rounds, share) in enumerate(MENDING):
            ended.sort(key=lambda f: -f.score)
            if rounds == 1:
                ended = ended[:1] * len(self.searches)
            after = sum(n * x for n, x in MENDING[k + 1 :])
            ended = self._apart(ended, rounds, share, after, COOL)

    def _apart(self, begin: list[Found], rounds: int, share: float, after: float, hot: float) -> list[Found]:
        """What descents from the first of ``begin`` end in: ``rounds`` of one descent a search, each by itself, with
        ``share`` of the moves each round; ``after``: the share still to come then."""
        ended: list[Found] = []
        for k in range(rounds):
            mine = begin[k * len(self.searches) : (k + 1) * len(self.searches)]
            if self.halted() or not mine:
                break
            for search, basin in zip(self.searches, mine, strict=False):
                search.lean(basin.lean)
                search.resume(basin.state)
            self.descend(share, (rounds - k) * share + after, hot, together=False)
            ended += [Found(s.best_score, s.snapshot(), b.lean) for s, b in zip(self.searches, mine, strict=False)]
        return ended


def _from_core(search: Search) -> None:
    """Go on from the best of some plans made of the intervals that the bound chose."""
    search.forget()
    for eager in np.linspace(*EAGER, CONSTRUCTIONS):
        search.construct(float(eager), only_core=True)
    search.restart()
