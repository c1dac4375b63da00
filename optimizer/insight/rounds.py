"""Many questions searched side by side: each gets a little first, more the more its answer still leaves open.

Moves decide, not seconds, so that the same plan gets the same answers; only a time limit cuts them short. After each
round every question may take over a plan found for another one, if that plan does what it asks for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, replace

import numpy as np

from optimizer.domain.outcome import Options
from optimizer.insight.finding import Found
from optimizer.insight.questions import Question
from optimizer.insight.trying import FIRST, Forcer, Try, does

WORKERS = 2
FIT = 0.85  # of the time left that a round may take
LEAST = 32  # moves below which a round is not worth its beginning


@dataclass(frozen=True)
class Effort:
    """``rounds`` (one at least): moves, for questions whose answer costs more than that share of the score, or that
    have no plan yet; ``descents`` of ``steps`` steps each for the proven side, where they promise most. ``tries``: how
    often each question is searched apart; the luck of one search moves an answer by a third."""

    rounds: tuple[tuple[int, float], ...]
    descents: int = 8
    steps: int = 60
    tries: int = 1


MANY = Effort(((240, 4e-4), (480, 1.5e-3), (720, 6e-3)))
ALONE = Effort(((480, -1.0), (960, 1e-3)), descents=1, tries=4)


class Rounds:
    """Searches for all ``questions``, ``tries`` times each. ``hopeless`` says of one without a plan whether it is
    proven to have none; ``said`` hears what is done."""

    def __init__(
        self,
        forcer: Forcer,
        questions: Sequence[Question],
        score: float,
        hopeless: Callable[[int], bool],
        said: Callable[[str], None],
        tries: int = 1,
    ):
        self.forcer, self.score, self.hopeless, self.said, self.each = forcer, score, hopeless, said, tries
        self.questions = [q for q in questions for _ in range(tries)]
        self.options: Options = forcer.finder.options
        self.tries = [Try(apart=i % tries) for i in range(len(self.questions))]
        self._pace = 0.0  # seconds a question and move, as they pass

    def best(self) -> list[Try]:
        """The best try of each question."""
        n = self.each
        return [
            max(self.tries[i : i + n], key=lambda t: -np.inf if t.found is None else t.found.score)
            for i in range(0, len(self.tries), n)
        ]

    def first(self, pool: ThreadPoolExecutor, moves: int = FIRST) -> None:
        """A first plan for each."""
        self._round(pool, range(len(self.tries)), moves, "a first plan")

    def more(self, pool: ThreadPoolExecutor, moves: int, share: float) -> None:
        """``moves`` moves more where the answer costs more than ``share`` of the score."""
        going = [i for i, t in enumerate(self.tries) if self._open(i, t, share)]
        if self.options.time_limit is not None:
            moves = min(moves, int(FIT * self.options.time_left / max(self._pace * len(going), 1e-9)))
        if moves >= LEAST and not self.options.must_stop:
            self._round(pool, going, moves, f"{moves} moves more")

    def _open(self, i: int, t: Try, share: float) -> bool:
        if t.found is None:
            return not self.hopeless(i // self.each)
        return self.score - t.found.score > share * abs(self.score)

    def _round(self, pool: ThreadPoolExecutor, going: Sequence[int], moves: int, what: str) -> None:
        if not going:
            return
        began = self.options.elapsed
        waiting = {pool.submit(self.forcer.on, self.questions[i], self.tries[i], moves): i for i in going}
        for n, done in enumerate(as_completed(waiting), 1):
            self.tries[waiting[done]] = done.result()
            self.said(f"{what}: {n} of {len(waiting)} searches")
        self._pace = max(self._pace, (self.options.elapsed - began) / (len(going) * moves))
        self._share()

    def _share(self) -> None:
        """Give each question the best plan there is of another one that does what it asks for."""
        plans = {(q, t.found.plan): t.found for q, t in zip(self.questions, self.tries, strict=True) if t.found}
        best = sorted(plans.items(), key=lambda x: -x[1].score)
        for i, (q, t) in enumerate(zip(self.questions, self.tries, strict=True)):
            known: Found | None = t.found
            for (other, _), f in best:
                if known is not None and f.score <= known.score:
                    break
                if other != q and does(self.forcer.case, q, f.plan):
                    self.tries[i] = replace(t, found=f)
                    break
