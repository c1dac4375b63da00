"""Why there is no plan: a set of rules that cannot hold together, with the parties involved."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any, TypeVar

from optimizer.domain import Case
from optimizer.domain.outcome import Options
from optimizer.engines.cpsat.logic import Stopped
from optimizer.engines.cpsat.model import Built, build
from optimizer.rules import RULES

Row = tuple[str, str]  # rule and party
T = TypeVar("T", str, Row)
WORK = 10.0  # deterministic seconds for each question


def reasons(case: Case, options: Options) -> tuple[str, ...]:
    """Plain sentences, one per rule that is part of the conflict; none if time runs out first.

    An assumption core gives the suspects. It is never trusted: rules, and then parties, are
    thinned out one by one, and what remains is always proven impossible by a solve of its
    own, in a model whose domains know nothing of the rules left out.
    """

    def ask(rules: Collection[str], tight: bool = True) -> _Questions:
        return _Questions(build(case, rules, goals=(), stop=lambda: options.must_stop, tight=tight), options)

    def conflict(rules: Collection[str]) -> bool:
        try:
            return ask(rules).impossible()
        except Stopped:
            return False

    try:
        suspects = {rule for rule, _ in ask(RULES).core()}
        rules = _thin([r for r in RULES if r in suspects], list(RULES), conflict, options)
        last = ask(rules, tight=False)
    except Stopped:
        return ()
    parties = _thin(last.core(), list(last.literals), last.impossible, options)
    return tuple(_sentence(rule, [who for owner, who in parties if owner == rule]) for rule in rules)


class _Questions:
    """A model in which the rows of each party stand under a literal of their own."""

    def __init__(self, built: Built, options: Options):
        self.model, self.options = built.model, options
        self.literals: dict[Row, Any] = {}
        for row, indices in built.rows.items():
            lit = self.literals[row] = self.model.new_bool_var(" ".join(row))
            for i in indices:
                self.model.proto.constraints[i].enforcement_literal.append(lit.index)

    def impossible(self, rows: Collection[Row] | None = None) -> bool:
        """Whether no plan holds these rows (``None``: all) together."""
        return self._solve(rows)[0] == "INFEASIBLE"

    def core(self) -> list[Row]:
        """Rows that the solver blames; empty if it cannot tell."""
        status, blamed = self._solve(None)
        return [row for row, lit in self.literals.items() if status == "INFEASIBLE" and lit.index in blamed]

    def _solve(self, rows: Collection[Row] | None) -> tuple[str, frozenset[int]]:
        from ortools.sat.python import cp_model

        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1  # a core needs one worker and no objective
        solver.parameters.random_seed = self.options.seed
        solver.parameters.max_deterministic_time = WORK
        if self.options.time_left != float("inf"):
            solver.parameters.max_time_in_seconds = max(self.options.time_left, 0.01)
        self.model.clear_assumptions()
        self.model.add_assumptions([lit for row, lit in self.literals.items() if rows is None or row in rows])
        status = solver.status_name(solver.solve(self.model))
        found = solver.sufficient_assumptions_for_infeasibility() if status == "INFEASIBLE" else ()
        return status, frozenset(found)


def _thin(suspects: list[T], everyone: list[T], conflict: Callable[[list[T]], bool], options: Options) -> list[T]:
    """Drop one after the other as long as the rest is still in conflict."""
    kept = suspects if suspects and conflict(suspects) else everyone
    for one in kept if len(kept) > 1 else ():
        rest = [x for x in kept if x != one]
        if options.must_stop:
            break
        if conflict(rest):
            kept = rest
    return kept


def _sentence(rule: str, parties: list[str]) -> str:
    about = f" ({', '.join(parties)})" if parties else ""
    return f"{RULES[rule].title}{about}: {RULES[rule].statement}"
