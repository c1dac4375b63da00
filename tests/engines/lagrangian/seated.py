"""What the search makes of a plan: each part asked of the same kernels that its moves ask, one by one."""

from __future__ import annotations

from dataclasses import replace

from optimizer.domain import Case, Plan
from optimizer.engines.lagrangian.kernels.chance import generator
from optimizer.engines.lagrangian.search.fit import fit
from optimizer.engines.lagrangian.search.plans import plan_of
from optimizer.engines.lagrangian.search.seat import rotations_room
from optimizer.engines.lagrangian.tables.build import names, tables


def fitted(case: Case, plan: Plan) -> Plan | None:
    """``plan`` itself (``uncut``) where the search may do all of it; ``None`` where its sets find no place."""
    t, ids = tables(case), names(case)
    board = fit(case, t, ids, generator(1), plan, rotations_room(case, t, plan))
    return None if board is None else plan_of(case, t, ids, board.state)


def uncut(case: Case, plan: Plan) -> Plan:
    """The plan with every maintenance block written whole: one that runs past the end may be written cut there."""
    blocks = (
        replace(m, end=m.start + case.prepo[m.set_id].maintenance_weeks) if m.end == case.weeks else m
        for m in plan.maintenance
    )
    return replace(plan, maintenance=tuple(blocks)).tidy()
