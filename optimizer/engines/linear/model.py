"""Rows and columns as sparse arrays: what is handed to a solver, and what it hands back."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
from scipy.sparse import csr_matrix

from optimizer.engines.linear.stopping import Stop, watched
from optimizer.goals import GOALS
from optimizer.rules.rows import DECISIONS, Key, Row, Space

WHOLE = frozenset(("rotate", "start", "run", "join", "fly", "place", "move", "end", "maint", "buy", "relief"))
INF = float("inf")
SENSES = {"<=": (-INF, 0.0), ">=": (0.0, INF), "==": (0.0, 0.0)}


@dataclass
class Model:
    """Maximise ``cost · x + constant`` subject to ``lower ≤ A x ≤ upper`` and column bounds.

    ``owner`` is the rule, goal or "definition" each row belongs to; ``about`` its parties and week.
    """

    space: Space
    columns: dict[Key, int] = field(default_factory=dict)
    low: array[float] = field(default_factory=lambda: array("d"))
    high: array[float] = field(default_factory=lambda: array("d"))
    whole: array[int] = field(default_factory=lambda: array("b"))
    starts: array[int] = field(default_factory=lambda: array("q", [0]))
    index: array[int] = field(default_factory=lambda: array("q"))
    value: array[float] = field(default_factory=lambda: array("d"))
    lower: array[float] = field(default_factory=lambda: array("d"))
    upper: array[float] = field(default_factory=lambda: array("d"))
    owner: list[str] = field(default_factory=list)
    about: list[tuple[tuple[str, ...], int | None]] = field(default_factory=list)
    objective: dict[int, float] = field(default_factory=dict)
    constant: float = 0.0
    stop: Stop = lambda: False

    def __post_init__(self) -> None:
        space = self.space
        staggered = {e.id for e in space.case.elements if space.case.unit_type(e.unit).stagger}
        for key in watched(space.keys, self.stop):
            kind = key[0]
            copies = len(space.members[key[1]]) if kind in ("place", "move", "end", "stand") else 1
            whole = kind in WHOLE or (kind == "at" and key[1] in staggered)
            self._column(key, INF if space.made_of_plan else copies, whole)

    def _column(self, key: Key, high: float, whole: bool) -> int:
        at = self.columns[key] = len(self.columns)
        self.low.append(0.0)
        self.high.append(high)
        self.whole.append(whole)
        return at

    def _at(self, key: Key) -> int | None:
        """The column of a quantity, made if it is not a decision; ``None`` for one that is zero."""
        at = self.columns.get(key)
        if at is None and key[0] not in DECISIONS:
            relief = key[0] == "relief"
            at = self._column(key, 1.0 if relief else INF, relief)
        return at

    def post(self, owner: str, rows: Iterable[Row]) -> None:
        """Adds the rows of one owner; rows that say nothing are left out, and a row of a goal that
        bounds one quantity from above becomes that quantity's bound."""
        free = owner in GOALS
        known, index, value = self.columns.get, self.index.append, self.value.append  # the hot loop of a build
        for parties, week, terms, sense, rhs in watched(rows, self.stop):
            begin = len(self.index)
            for key, coefficient in terms.items():
                at = known(key)
                if at is None:
                    at = self._at(key)
                if at is not None and coefficient:
                    index(at)
                    value(coefficient)
            low, high = SENSES[sense]
            low, high = low + rhs, high + rhs
            if free and len(self.index) == begin + 1 and sense == "<=" and self.value[-1] > 0:
                at = self.index.pop()
                self.high[at] = min(self.high[at], rhs / self.value.pop())
                continue
            if len(self.index) == begin and low <= 0 <= high:
                continue
            self.lower.append(low)
            self.upper.append(high)
            self.starts.append(len(self.index))
            self.owner.append(owner)
            self.about.append((parties, week))

    def reward(self, terms: Mapping[Key, float], constant: float) -> None:
        """Adds terms of the score."""
        self.constant += constant
        for key, price in terms.items():
            at = self._at(key)
            if at is not None and price:
                self.objective[at] = self.objective.get(at, 0.0) + price

    def fix(self, values: Mapping[Key, float]) -> None:
        """Fixes every decision: to its value where given, else to zero."""
        for key in self.space.keys:
            at = self.columns[key]
            self.low[at] = self.high[at] = values.get(key, 0.0)

    @property
    def matrix(self) -> csr_matrix:
        """A, shape (rows, columns)."""
        shape = (len(self.owner), len(self.columns))
        return csr_matrix((np.asarray(self.value), np.asarray(self.index), np.asarray(self.starts)), shape=shape)

    @property
    def costs(self) -> np.ndarray:
        """The score's coefficients, shape (columns,)."""
        out = np.zeros(len(self.columns))
        out[list(self.objective.keys())] = list(self.objective.values())
        return out

    @property
    def ceiling(self) -> float:
        """A bound on the score that needs no solver: everything worth having at its most."""
        return self.constant + sum(p * (self.high if p > 0 else self.low)[at] for at, p in self.objective.items())

    def values(self, x: np.ndarray) -> dict[Key, float]:
        """Solution values by quantity, whole ones rounded, zeros left out."""
        x = np.where(np.asarray(self.whole, dtype=bool), np.rint(x), x)
        return {key: float(v) for key, v in zip(self.columns, x, strict=True) if abs(v) > 1e-9}
