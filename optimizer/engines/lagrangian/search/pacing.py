"""How many moves a run affords: those of its effort, or what the clock leaves time for."""

from __future__ import annotations

from optimizer.domain.outcome import Options

FIT = 0.93  # share of the time left that moves are planned for
# How many times too slow the pace known so far may be, by where it is from: the trial, exploring (which also
# constructs, beside a busy dual), a descent. Work is cut only where the clock would end it even so.
TRIED, EXPLORED, DESCENDED = 2.0, 1.5, 1.0


class Pacing:
    """``moves`` of each search in all. ``paced``: they were fitted to the clock, so that the plan depends on it."""

    def __init__(self, options: Options, moves: int):
        self.options, self.most, self.moves = options, moves, moves
        self.pace, self.doubt = 0.0, TRIED  # seconds a move, and how much that may be too many
        self.paced = False

    def measure(self, began: float, moves: int, doubt: float) -> None:
        """So many moves were made since ``began`` (seconds into the run)."""
        self.pace, self.doubt = (self.options.elapsed - began) / moves, doubt

    def fit(self, left: float) -> None:
        """Fit the moves to the clock where it would cut them, ``left`` being the share still to come."""
        affordable = min(self.most, self._affordable() / left)
        if self.paced or self.doubt * affordable < self.moves:
            self.paced, self.moves = True, int(affordable)

    def over(self) -> int:
        """Moves that the clock leaves time for when the work, fitted to it, is done; none where it was not."""
        return int(self._affordable()) if self.paced else 0

    def _affordable(self) -> float:
        return FIT * self.options.time_left / max(self.pace, 1e-6)
