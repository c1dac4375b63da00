"""Arithmetic on plans that make no sense: how to go on after a mode nobody offers."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from optimizer.domain import Case, Mode, Plan


def lenient(case: Case, plan: Plan) -> Case:
    """The case itself, or, if the plan uses modes that types do not offer, the same case in
    which they do, at once and free. Rules availability and exercise-needs report such modes;
    every other sum can then still be formed."""
    used = {(p.element, p.mode) for r in plan.rotations for p in r.postings}
    used |= {(p.element, p.mode) for run in plan.runs for p in run.participants if p.mode is not None}
    by_type = ((case.element[e].type, mode) for e, mode in used)
    missing = frozenset((kind, mode) for kind, mode in by_type if mode not in case.types[kind].modes)
    return _offering(case, missing) if missing else case


@lru_cache(maxsize=8)
def _offering(case: Case, missing: frozenset[tuple[str, str]]) -> Case:
    def extended(kind: str) -> dict[str, Mode]:
        return {mode: Mode(0, 0, 0) for owner, mode in missing if owner == kind}

    return replace(case, unit_types=tuple(replace(t, modes={**t.modes, **extended(t.id)}) for t in case.unit_types))
