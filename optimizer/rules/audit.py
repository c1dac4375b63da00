"""Small tools of the checks: collecting breaches, merging weeks, saying when."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from optimizer.domain import Case
from optimizer.rules.base import Breach, Finding


class Audit:
    """One rule's check in progress: counts the conditions tested and keeps what broke."""

    def __init__(self, case: Case, rule: str):
        self.case, self.rule = case, rule
        self.tested = 0
        self._breaches: list[Breach] = []

    def test(self, over: float, week: int | None, parties: tuple[str, ...], unit: str, text: str) -> None:
        """Count one condition, broken by ``over`` (> 0) or kept (≤ 0)."""
        self.tested += 1
        if over > 0:
            self.breach(over, week, parties, unit, text)

    def breach(self, size: float, week: int | None, parties: tuple[str, ...], unit: str, text: str) -> None:
        """Record a breach; ``text`` is a sentence without its full stop and date."""
        when = "" if week is None else f", {monday(self.case, week)}"
        self._breaches.append(Breach(self.rule, week, parties, float(size), unit, f"{text}{when}."))

    def finding(self) -> Finding:
        """What was found, breaches in order of week and parties."""
        ordered = sorted(self._breaches, key=lambda b: (b.week is None, b.week or 0, b.parties, b.text))
        return Finding(self.rule, self.tested, tuple(ordered))


def monday(case: Case, week: int) -> str:
    """The week by its Monday, however far out."""
    try:
        return f"week of {case.calendar.monday(week).isoformat()}"
    except OverflowError:
        return f"week {week}"


def spells(excess: np.ndarray) -> Iterator[tuple[int, int]]:
    """``[first, until)`` of each run of consecutive weeks with a positive value."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], (np.asarray(excess) > 0).astype(np.int8), [0]))))
    for first, until in zip(edges[::2], edges[1::2], strict=True):
        yield int(first), int(until)


def common(a: tuple[int, int], b: tuple[int, int]) -> tuple[int, int]:
    """(first common week, how many) of two intervals; the count is ≤ 0 if they are apart."""
    first = max(a[0], b[0])
    return first, min(a[1], b[1]) - first


def clip(case: Case, start: int, end: int) -> slice:
    """The weeks of ``[start, end)`` inside the plan, as an index."""
    return slice(min(max(start, 0), case.weeks), min(max(end, 0), case.weeks))


def amount(value: float) -> str:
    """A figure for a sentence: no trailing zeros, thousands set apart."""
    return f"{value:,.3f}".rstrip("0").rstrip(".")


def weeks(n: float) -> str:
    return "1 week" if n == 1 else f"{amount(n)} weeks"
