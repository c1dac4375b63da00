"""How much work an effort stands for, by the size of the case."""

from __future__ import annotations

from dataclasses import dataclass

from optimizer.engines.lagrangian.tables.records import Tables

USUAL = 1_400  # sites times weeks of the case that the amounts are stated for
LEAST_FIRST, LEAST_MOVES = 60, 64
WAITING = 30  # moves that take about as long as an iteration, whatever the size


@dataclass(frozen=True)
class Work:
    """Amounts per effort: dual iterations before the search, beside its exploration (which waits for them) and
    beside its descents; moves of each search."""

    first: int
    early: int
    beside: int
    moves: int

    @property
    def waiting(self) -> int:
        """Moves that are made meanwhile where one can only wait for the early iterations."""
        return WAITING * self.early

    def fit(self, tb: Tables) -> Work:
        """Less work on larger cases, where each step is dearer, and more moves on small ones."""
        size = max(len(tb.places) * tb.weeks, 1) / USUAL
        slow = max(1.0, size**0.5)
        moves = max(LEAST_MOVES, int(self.moves / min(max(size**0.8, 0.2), 1e3)))
        first = max(LEAST_FIRST, int(self.first / slow))
        return Work(first, int(self.early / slow), int(self.beside / slow), moves)


WORK = {
    "quick": Work(100, 50, 100, 4_000),
    "standard": Work(150, 600, 1_100, 60_000),
    "thorough": Work(150, 900, 20_000, 1_600_000),
}
