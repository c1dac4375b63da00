"""Best-first tree search, apart from what is searched.

A node has a bound; ``children`` works on a node in steps, yielding what is proven of it so far, and returns the nodes
that together hold all it held. Any stop between steps leaves a bound that is true. Pattern: Coluna's ``explore``.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Generator, Iterator
from typing import Generic, TypeVar

Node = TypeVar("Node")


class BestFirst(Generic[Node]):
    """``open``: a heap of (minus the bound, number, node), the worst first; ``at``: the node in work."""

    def __init__(
        self,
        root: Node,
        children: Callable[[Node], Generator[float, None, list[Node]]],
        priority: Callable[[Node], float],
        stop: Callable[[float], bool],
    ):
        self.children, self.priority, self.stop = children, priority, stop
        self.open, self.made = [(-priority(root), 0, root)], 0
        self.at: Node | None = None

    def steps(self) -> Iterator[float]:
        """After every step of work the largest bound of all nodes; ends when none is left, or at ``stop``."""
        while self.open and not self.stop(-self.open[0][0]):
            _, _, self.at = heapq.heappop(self.open)
            work, done = self.children(self.at), False
            while not done:
                others = -self.open[0][0] if self.open else float("-inf")
                try:
                    yield max(others, next(work))
                except StopIteration as end:
                    found, done = end.value, True
            for node in found:
                self.made += 1
                heapq.heappush(self.open, (-self.priority(node), self.made, node))
            self.at = None
        yield -self.open[0][0] if self.open else float("-inf")
