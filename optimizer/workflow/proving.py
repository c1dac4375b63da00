"""What an engine claims of its answer, checked before anybody relies on it: the score, and the proof of the bound."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from optimizer.domain import Case
from optimizer.domain.canonical import content_hash
from optimizer.domain.certificate import Certificate, Malformed
from optimizer.domain.outcome import Options, Outcome, Status, StopReason
from optimizer.engines.attest import ENDED, attested
from optimizer.errors import Disagreement, Overran
from optimizer.quantities import figure, same
from optimizer.verify import Verdict
from optimizer.verify.bound.judge import Proof, as_score, prove

NAMED = 5  # breaches spelled out when a plan fails its check
LOOKED_AT = 40_000  # numbers of a proof in hand that are priced again to see whether it still does better
NEAR = 0.01  # points by which rounding may raise a bound


def stored(book: Path) -> Certificate | None:
    """The certificate in a workbook, for its multipliers: whatever they are, they bound."""
    from optimizer.workbook.reading.proof import read_certificate

    try:
        return read_certificate(book)
    except Malformed:
        return None


def agreed(outcome: Outcome, verdict: Verdict) -> Outcome:
    """The outcome with the re-added score; ``Disagreement`` where claim and check differ.

    ``optimal`` stands only if the bound meets the re-added score.
    """
    if not verdict.ok:
        named = "; ".join(f"{b.rule}: {b.text}" for b in verdict.breaches[:NAMED])
        more = len(verdict.breaches) - NAMED
        rest = f" … and {more} more" if more > 0 else ""
        raise Disagreement(f"the plan of engine '{outcome.engine}' breaks rules and was not written: {named}{rest}")
    score = verdict.score
    if outcome.score is None or not same(outcome.score, score):
        raise Disagreement(f"engine '{outcome.engine}' claims a score of {outcome.score}, re-added it is {score}")
    bound = outcome.bound
    if bound is not None and bound < score and not same(bound, score):
        raise Disagreement(f"engine '{outcome.engine}' claims no plan scores above {bound}, yet its own scores {score}")
    told = replace(outcome, score=score, bound=None if bound is None else max(bound, score) + 0.0)
    if told.status == Status.optimal and told.gap != 0.0:
        return replace(told, status=Status.feasible, stop_reason=StopReason.gap)
    return told


def with_proof(
    case: Case, outcome: Outcome, options: Options, run: Callable[[Callable[[], Outcome]], Outcome]
) -> Outcome:
    """The outcome with a certificate from whatever engine it is; ``run`` runs engines (in a thread, say)."""
    try:
        return run(lambda: attested(case, outcome, options))
    except Overran:
        return replace(outcome, unproven=ENDED)


def still_proven(case: Case, outcome: Outcome, options: Options) -> Outcome | None:
    """The outcome with the proof in hand, checked, where that proves more of this very case than the engine did and is
    small enough to find that out; else ``None``. A second question may not loosen what the first has proven."""
    given, bound, score = options.proof, outcome.bound, outcome.score
    room = LOOKED_AT if options.time_limit is None and not options.must_stop else options.checkable(case)
    if given is None or given.numbers > room or score is None:
        return None
    if bound is not None and as_score(given.claimed) > bound - NEAR:
        return None
    known = replace(given, case=content_hash(case))
    found = prove(case, known)
    if found.certified is None or (bound is not None and found.certified > bound - NEAR):
        return None
    _not_refuted(outcome, found)
    told = replace(outcome, bound=max(found.certified, score), certificate=replace(known, claimed=found.worth))
    if same(found.certified, score):
        return replace(told, status=Status.optimal, stop_reason=StopReason.proven)
    return told


def proven(case: Case, outcome: Outcome, options: Options) -> Outcome:
    """The outcome with its certificate checked against the case and claiming what it proves; unchecked and without it
    where a run of these ``options`` was cut short and the check would take long.

    Where that is the engine's bound but for rounding, it is the bound from now on. Raises ``Disagreement`` if the
    proof says that no plan is as good as the one found.
    """
    made = outcome.certificate
    if made is None:
        why = outcome.unproven or f"engine '{outcome.engine}' writes no certificate"
        return replace(outcome, unproven="there is none" if outcome.bound is None else why)
    cut = outcome.stop_reason in (StopReason.interrupted, StopReason.time_limit)
    if cut and made.numbers > options.checkable(case):
        return replace(outcome, certificate=None, unproven="the run was ended before it could be checked")
    found = prove(case, made)
    if found.certified is None:
        return replace(outcome, certificate=None, unproven=found.why)
    _not_refuted(outcome, found)
    told = replace(outcome, certificate=replace(made, claimed=found.worth))
    return replace(told, bound=_bound(outcome, found))


def _not_refuted(outcome: Outcome, found: Proof) -> None:
    """Raise ``Disagreement`` if the proof says that no plan is as good as the one found."""
    certified, score = found.certified, outcome.score
    if certified is not None and score is not None and certified < score and not same(certified, score):
        raise Disagreement(
            f"the bound of engine '{outcome.engine}', proven anew, is {figure(certified, 6)}, yet its plan "
            f"scores {figure(score, 6)}; please report this workbook"
        )


def _bound(outcome: Outcome, found: Proof) -> float | None:
    """The bound certified, where it is the engine's but for rounding and as good a proof of what was proven."""
    bound, score = outcome.bound, outcome.score
    if bound is None or found.certified is None or found.certified > bound + NEAR:
        return bound
    top = found.certified if score is None else max(found.certified, score)
    if score is not None and same(bound, score) and not same(top, score):
        return bound
    return top
