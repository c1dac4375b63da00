"""A proof for the answer of an engine that has none that could travel: the Lagrangian bound of the case, branching
until it meets the plan or its share of work is done.
"""

from __future__ import annotations

from dataclasses import replace

from optimizer.domain import Case
from optimizer.domain.outcome import Options, Outcome, Progress, StopReason
from optimizer.quantities import same

STEPS = {"quick": 200, "standard": 1_200, "thorough": 16_000}  # iterations of the dual and of its tree
AT_ONCE = 50  # between looks at the clock and at the gap
COMPILING = "compiling the bound, once on this machine: half a minute or so"
ENDED = "the run was ended before it could be proven anew"


def attested(case: Case, outcome: Outcome, options: Options) -> Outcome:
    """The outcome with a certificate, if it has a plan and no certificate yet; its bound where that is smaller."""
    if outcome.certificate is not None or outcome.score is None:
        return outcome
    if outcome.stop_reason in (StopReason.time_limit, StopReason.interrupted):
        return replace(outcome, unproven=ENDED)
    from optimizer.engines.lagrangian.bound.dual import Schedule  # numba is heavy: import when needed
    from optimizer.engines.lagrangian.bound.pricing.units import units
    from optimizer.engines.lagrangian.bound.travel import of_tree
    from optimizer.engines.lagrangian.bound.tree import Tree
    from optimizer.engines.lagrangian.tables.build import tables

    short = Schedule(first=200, each=50, again=60)
    stage = "bound that can be proven anew" if units.known else COMPILING
    options.progress(Progress(options.elapsed, stage, outcome.score, outcome.bound))
    tree, left = Tree(case, tables(case), short, fruit=0.0), STEPS[options.effort]
    while left > 0 and not same(tree.bound, outcome.score):
        if options.must_stop:
            return replace(outcome, unproven=ENDED)
        tree.run(min(left, AT_ONCE))
        left -= AT_ONCE
    found = of_tree(case, tree)
    if found is None:
        return replace(outcome, unproven="its proof is too large to be carried")
    own = found.bound if outcome.bound is None else min(outcome.bound, max(found.bound, outcome.score))
    return replace(outcome, certificate=found.certificate, bound=own, unproven=branched(outcome.engine))


def branched(engine: str) -> str:
    """Why a bound is larger once it is proven anew."""
    return f"engine '{engine}' found it by branching that is not carried here"
