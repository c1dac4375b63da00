"""How much work an effort stands for, by the size of the case."""

from __future__ import annotations

from dataclasses import dataclass, replace

from optimizer.engines.lagrangian.tables.records import Tables

USUAL = 1_400  # sites times weeks of the case that the amounts are stated for
LEAST_FIRST, LEAST_MOVES = 60, 64
MOST_BESIDE = 10.0  # times as many iterations at most, on small cases: that is where branching closes the gap
PER_UNIT, ALONE = 25_000, 4  # moves for each unit at most, or that part of an effort's: few units are soon searched
KNOWN = 4  # that part of the first iterations still brings multipliers of a similar case to where they guide
WAITING = 30  # moves that take about as long as an iteration, whatever the size


@dataclass(frozen=True)
class Work:
    """Amounts per effort: dual iterations before the search, beside its exploration (which waits for them) and
    beside its descents; moves of each search, and those of one that mends a plan in hand (many brief descents)."""

    first: int
    early: int
    beside: int
    moves: int
    mending: int

    @property
    def waiting(self) -> int:
        """Moves that are made meanwhile where one can only wait for the early iterations."""
        return WAITING * self.early

    def fit(self, tb: Tables) -> Work:
        """Less work on larger cases, where each step is dearer, and more moves and iterations on small ones."""
        size = max(len(tb.places) * tb.weeks, 1) / USUAL
        slow = max(1.0, size**0.5)
        moves, mending = (self._moves(n, size, len(tb.std)) for n in (self.moves, self.mending))
        first = max(LEAST_FIRST, int(self.first / slow))
        small = min(MOST_BESIDE, max(1.0, 1.0 / size))
        return Work(first, int(self.early / slow), int(self.beside * small / slow), moves, mending)

    @staticmethod
    def _moves(stated: int, size: float, units: int) -> int:
        moves = max(LEAST_MOVES, int(stated / min(max(size**0.8, 0.2), 1e3)))
        return min(moves, max(PER_UNIT, stated // ALONE) * max(1, units))

    def known(self) -> Work:
        """Less before the search and beside its exploration where the dual sets out from multipliers found before."""
        return replace(self, first=max(self.first // KNOWN, 1), early=self.early // KNOWN)


WORK = {
    "quick": Work(100, 50, 60, 4_000, 7_000),
    "standard": Work(150, 600, 1_100, 80_000, 80_000),
    "thorough": Work(150, 900, 20_000, 1_600_000, 1_600_000),
}
