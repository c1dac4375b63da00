"""Long work on many things that can be ended at any time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from optimizer.domain.outcome import Stopped

T = TypeVar("T")
Stop = Callable[[], bool]
OFTEN = 2_000  # things between two questions: some milliseconds


def watched(things: Iterable[T], stop: Stop) -> Iterator[T]:
    """The same things; raises ``Stopped`` once ``stop`` says so."""
    for n, thing in enumerate(things):
        if n % OFTEN == 0 and stop():
            raise Stopped
        yield thing
