"""Closing the last gap of a case that is not large: a tree parts its plans, a linear model searches each part.

A few dozen branchings bring the bound within a per cent or two of the best plan. In each leaf most rotations then
cost more than that per cent and are left out; what is left of the linear model is mostly proven within seconds.
"""

from __future__ import annotations

from dataclasses import replace

from optimizer.domain import Case, Plan
from optimizer.domain.outcome import Options, Outcome, Progress, Status, Stopped, StopReason
from optimizer.engines.attest import branched
from optimizer.engines.linear import drive
from optimizer.engines.linear.build import model_of
from optimizer.engines.linear.encode import decode
from optimizer.engines.linear.limits import narrowed
from optimizer.engines.linear.model import Model
from optimizer.goals import score_all
from optimizer.quantities import SAME, same
from optimizer.rules import check_all

LEAVES = 20  # into which the tree parts a case (fewer are larger: of four, two were open after 40 s, of twenty none)
STEPS, AT_ONCE = 12_000, 100  # iterations at most, and between looks at the clock
SHARE = 3  # one part in so many of a time limit is the most that the tree gets
NODES = 2_000  # of branch and bound in each leaf
ENGINE = "linear (highs)"


def closed(case: Case, found: Outcome, options: Options) -> Outcome:
    """``found``, with a plan, if possible proven or bettered: its bound is the largest of any leaf's.

    A leaf that stays open after its share of work keeps the bound found so far; no other whose bound is not larger is
    then looked at, for it would change nothing."""
    from optimizer.engines.lagrangian.bound.limits import limits_of  # numba is heavy: import when needed
    from optimizer.engines.lagrangian.bound.tree import Tree
    from optimizer.engines.lagrangian.tables.build import tables

    if found.plan is None or found.score is None:
        return found
    tree, until = Tree(case, tables(case), fruit=0.0), options.elapsed + options.time_left / SHARE
    _tell(options, "the bound's tree parts the case", found.score, found.bound)
    while tree.iterations < STEPS and len(tree.leaves()) < LEAVES and not options.stopped():
        before = tree.iterations
        tree.run(AT_ONCE)
        if options.elapsed > until or tree.iterations == before or same(tree.bound, found.score):
            break
    if tree.search is None:  # it was ended before it parted anything
        return found
    try:
        model = model_of(case, lambda: options.must_stop)
    except Stopped:
        return found
    best: tuple[Plan, float] = found.plan, found.score
    repeatable, proven = options.elapsed <= until, _beaten(found.score)
    leaves = sorted(tree.proofs(), key=lambda leaf: -leaf.bound)
    for n, leaf in enumerate(leaves):
        if leaf.bound <= max(proven, _beaten(best[1])):
            break
        if options.must_stop:
            proven, repeatable = leaf.bound, False
            break
        known = min(max(leaf.bound, proven), found.bound or leaf.bound)
        _tell(options, f"leaf {n + 1} of {len(leaves)} as a linear model", best[1], known)
        part = narrowed(model, limits_of(case, tree, leaf, _beaten(best[1])))
        answer = drive.solve(part, _quiet(options), nodes=NODES, beat=_beaten(best[1]))
        best = _better(case, model, answer, best)
        repeatable &= answer.status not in ("time", "interrupted")
        if answer.status == "infeasible":
            continue
        proven = max(proven, min(leaf.bound, answer.bound if answer.bound is not None else leaf.bound))
    return _outcome(found, best, max(proven, best[1]), repeatable, options)


def _beaten(score: float) -> float:
    """What a plan must score more than to be another than the best: half of what counts as the same, so that this and
    the tolerance of a solver together do."""
    return score + SAME / 2 * max(1.0, abs(score))


def _better(case: Case, model: Model, answer: drive.Answer, best: tuple[Plan, float]) -> tuple[Plan, float]:
    """The better of the best plan so far and that of an answer, as far as the check lets it pass."""
    if answer.x is None or not len(answer.x):
        return best
    plan = decode(model.space, model.values(answer.x))
    score = sum(score_all(case, plan).values())
    return best if score <= best[1] or any(f.breaches for f in check_all(case, plan)) else (plan, score)


def _outcome(found: Outcome, best: tuple[Plan, float], proven: float, repeatable: bool, options: Options) -> Outcome:
    plan, score = best
    tighter = found.bound is None or proven < found.bound
    bound = proven if tighter else max(found.bound or proven, score)
    told = replace(
        found,
        plan=plan,
        score=score,
        bound=bound,
        seconds=options.elapsed,
        repeatable=found.repeatable and repeatable,
        engine=found.engine if plan is found.plan else ENGINE,
        unproven=branched(ENGINE) if tighter else found.unproven,
    )
    if told.gap == 0.0:
        return replace(told, bound=max(bound, score), status=Status.optimal, stop_reason=StopReason.proven)
    if options.must_stop:
        return replace(told, stop_reason=options.cut_short)
    return told if repeatable else replace(told, stop_reason=StopReason.time_limit)


def _quiet(options: Options) -> Options:
    return replace(options, progress=lambda _: None)


def _tell(options: Options, stage: str, score: float | None, bound: float | None) -> None:
    options.progress(Progress(options.elapsed, stage, score, bound))
