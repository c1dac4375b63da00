"""Doubting a claim: another engine tries for a while to refute what one engine says it has proven.

Two programs that read the rules apart and one check that judges plans: a false proof has to get past all three.
"""

from __future__ import annotations

from dataclasses import replace

from optimizer.domain import Case
from optimizer.domain.outcome import Options, Outcome, Status
from optimizer.errors import Disagreement, EngineError
from optimizer.quantities import figure, same

CHECKED = 1_500  # columns of the linear model up to which a second engine is asked


def checked(case: Case, options: Options, claim: Outcome) -> Outcome:
    """The claim, if constraint programming cannot refute it within a small, fixed amount of work.

    Raises ``Disagreement`` if it finds a plan that holds every rule where there should be none, or one that
    scores more than any should. An engine that cannot run refutes nothing.
    """
    from optimizer.engines import cpsat

    quiet = replace(options, progress=lambda _: None, workers=1, start=claim.plan)
    try:
        found = cpsat.challenge(case, quiet)
    except (EngineError, ImportError):
        return claim
    if found is None:
        return claim
    score = found[1]
    if claim.status == Status.infeasible:
        raise Disagreement(
            f"engine '{claim.engine}' claims that there is no plan, yet constraint programming found one that holds "
            f"every rule and scores {figure(score)}; please report this workbook"
        )
    best = claim.score or 0.0
    if score > best and not same(score, best):
        raise Disagreement(
            f"engine '{claim.engine}' claims that no plan scores above {figure(best, 6)}, yet constraint programming "
            f"found one of {figure(score, 6)}; please report this workbook"
        )
    return claim
