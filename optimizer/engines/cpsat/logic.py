"""Literals over a CP-SAT model in which whatever is already decided stays a Python integer.

A *literal* is a Boolean of the model or the integer 0 or 1; a *week variable* is an integer
of the model or a Python integer. Constants cost nothing, so that what is under way, or
settled by the rules alone, makes a model no larger.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from typing import Any

from optimizer.domain.outcome import Stopped

Lit = Any  # BoolVar, its negation, or 0/1
Week = Any  # IntVar or int


class Logic:
    """Makes and remembers variables, so that equal questions get the same literal.

    ``stop`` is asked every few thousand variables; once it says so, ``Stopped`` is raised.
    """

    def __init__(self, model: Any, stop: Callable[[], bool] = lambda: False):
        self.model, self.stop, self._made = model, stop, 0
        self._values: dict[int, list[int]] = {}
        self._by: dict[tuple[int, int], Lit] = {}
        self._all: dict[frozenset[int], Lit] = {}
        self._total: dict[frozenset[int], Lit] = {}

    @staticmethod
    def no(lit: Lit) -> Lit:
        """The negation of a literal."""
        return 1 - lit if isinstance(lit, int) else ~lit

    def boolean(self, name: str) -> Lit:
        self._made += 1
        if self._made % 4096 == 0 and self.stop():
            raise Stopped
        return self.model.new_bool_var(name)

    def week(self, values: Iterable[int], name: str) -> Week:
        """A variable over the given weeks; a plain integer if there is only one."""
        from ortools.sat.python.cp_model import Domain

        ordered = sorted(set(values))
        if len(ordered) == 1:
            return ordered[0]
        var = self.model.new_int_var_from_domain(Domain.from_values(ordered), name)
        self._values[var.index] = ordered
        return var

    def domain(self, var: Week) -> list[int]:
        """The weeks a week variable can take, ascending."""
        return [var] if isinstance(var, int) else self._values[var.index]

    def by(self, var: Week, week: int) -> Lit:
        """Whether ``var ≤ week``."""
        values = self.domain(var)
        n = bisect_right(values, week)
        if n in (0, len(values)):
            return int(n > 0)
        key = (var.index, values[n - 1])
        if key not in self._by:
            lit = self._by[key] = self.boolean(f"{var.name}<={values[n - 1]}")
            self.model.add(var <= values[n - 1]).only_enforce_if(lit)
            self.model.add(var >= values[n]).only_enforce_if(~lit)
        return self._by[key]

    def among(self, var: Week, start: int, end: int) -> Lit:
        """Whether ``start ≤ var < end``."""
        return self.both(self.by(var, end - 1), self.no(self.by(var, start - 1)))

    def both(self, *lits: Lit) -> Lit:
        """The conjunction of literals."""
        parts = {x.index: x for x in lits if not isinstance(x, int)}
        if any(isinstance(x, int) and not x for x in lits) or any(-i - 1 in parts for i in parts):
            return 0
        if len(parts) < 2:
            return next(iter(parts.values()), 1)
        key = frozenset(parts)
        if key not in self._all:
            lit = self._all[key] = self.boolean("all")
            self.model.add_bool_and(list(parts.values())).only_enforce_if(lit)
            self.model.add_bool_or([lit, *(~x for x in parts.values())])
        return self._all[key]

    def either(self, *lits: Lit) -> Lit:
        """The disjunction of literals."""
        return self.no(self.both(*(self.no(x) for x in lits)))

    def total(self, lits: Iterable[Lit]) -> Lit:
        """A literal for the sum of literals of which at most one can hold."""
        terms = [x for x in lits if not (isinstance(x, int) and not x)]
        if not terms:
            return 0
        if len(terms) == 1 or any(isinstance(x, int) for x in terms):
            return next((x for x in terms if isinstance(x, int)), terms[0])
        key = frozenset(x.index for x in terms)
        if key not in self._total:
            lit = self._total[key] = self.boolean("any")
            self.model.add(sum(terms) == lit)
        return self._total[key]

    def equal(self, expression: Any) -> Lit:
        """A literal for an expression that is worth 0 or 1."""
        if isinstance(expression, int) or hasattr(expression, "index"):
            return expression
        lit = self.boolean("equal")
        self.model.add(expression == lit)
        return lit

    def share(self, whole: Any, parts: dict[str, Lit] | dict[Any, Lit], name: str) -> dict[Any, Lit]:
        """Literals, one per part, of which exactly one holds if ``whole`` (an expression worth 0
        or 1) does, and then one whose part holds; none otherwise. Parts that cannot hold are left out."""
        possible = {k: x for k, x in parts.items() if not (isinstance(x, int) and not x)}
        if isinstance(whole, int) and not whole:
            return {}
        if isinstance(whole, int):
            self.model.add(sum(possible.values()) == 1)
            return possible
        if len(possible) == 1 and hasattr(whole, "index") and isinstance(next(iter(possible.values())), int):
            return dict.fromkeys(possible, whole)
        made = {k: self.boolean(f"{name} {k}") for k in possible}
        for k, part in possible.items():
            self.model.add_implication(made[k], part)
        self.model.add(sum(made.values()) == whole)
        return made
