"""One case before three engines: what each claims, and everything in it that cannot be true."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from optimizer.domain import Case
from optimizer.domain.outcome import Options, Outcome
from optimizer.engines import cpsat, lagrangian, linear
from optimizer.goals import score_all
from optimizer.rules import check_all
from tests.engines.lagrangian.seated import fitted, uncut

EXACT = 1e-5  # of 1 + |score|: what two proofs may differ by


@dataclass(frozen=True)
class Verdict:
    """``best`` is the proven optimum (``None``: there is no plan, or nothing proven); ``faults`` are sentences,
    each beginning with its kind; ``missed`` is what the search fell short of the optimum by (infinite: it
    found no plan though there is one), ``None`` where nothing can be said."""

    best: float | None
    feasible: bool | None
    faults: tuple[str, ...]
    missed: float | None


def judge(case: Case, search: Options | None = None) -> Verdict:
    """Solves the case by the linear and the constraint program and, with ``search``, by the lagrangian engine."""
    answers = {"linear": linear.solve(case, Options(workers=1, time_limit=60))}
    answers["cpsat"] = cpsat.solve(case, Options(workers=1, time_limit=60))
    faults = [f for name, a in answers.items() for f in (*_own(case, name, a), *_refused(case, name, a))]
    unproven = [name for name, a in answers.items() if a.status not in ("optimal", "infeasible")]
    if unproven:
        return Verdict(None, None, (*faults, f"unproven: {', '.join(unproven)}"), None)
    one, two = (a.score for a in answers.values())
    if (one is None) != (two is None) or (one is not None and two is not None and _apart(one, two)):
        return Verdict(None, None, (*faults, f"exact engines differ: linear {one}, cpsat {two}"), None)
    best = one
    if search is None:
        return Verdict(best, best is not None, tuple(faults), None)
    found = lagrangian.solve(case, search)
    faults += [*_own(case, "lagrangian", found), *_against(best, found)]
    missed = None if best is None else best - found.score if found.score is not None else float("inf")
    return Verdict(best, best is not None, tuple(faults), missed)


def _apart(a: float, b: float) -> bool:
    return abs(a - b) > EXACT * (1 + abs(a))


def _own(case: Case, name: str, answer: Outcome) -> Iterator[str]:
    """What is wrong with an answer by itself."""
    if answer.plan is None:
        return
    broken = sorted({f.rule for f in check_all(case, answer.plan) if f.breaches})
    if broken:
        yield f"plan refused: {name} breaks {', '.join(broken)}"
    score = sum(score_all(case, answer.plan).values())
    if answer.score is None or _apart(score, answer.score):
        yield f"score: {name} says {answer.score} of a plan of {score}"


def _refused(case: Case, name: str, answer: Outcome) -> Iterator[str]:
    """What the search would not do of a plan that holds every rule."""
    if answer.plan is None or any(f.breaches for f in check_all(case, answer.plan)):
        return
    kept, plan = fitted(case, answer.plan), uncut(case, answer.plan)
    if kept != plan:
        parts = [part for part, own in vars(plan).items() if kept is None or getattr(kept, part) != own]
        yield f"not for the search: {', '.join(parts)} of {name}'s plan"


def _against(best: float | None, found: Outcome) -> Iterator[str]:
    """What is wrong with the lagrangian engine's answer, given the truth."""
    if best is None:
        if found.status not in ("infeasible", "unknown"):
            yield f"plan refused: lagrangian is {found.status} where there is no plan"
        return
    if found.status == "infeasible":
        yield f"false infeasible: lagrangian, optimum {best}"
    if found.bound is not None and found.bound < best - EXACT * (1 + abs(best)):
        yield f"bound below: lagrangian {found.bound}, optimum {best}"
    if found.status == "optimal" and _apart(found.score or 0.0, best):
        yield f"false optimal: lagrangian {found.score}, optimum {best}"
