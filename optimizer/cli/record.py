"""Answers as records: what ``--json`` prints, and the exit code of a solve."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, Any

from optimizer.cli.exits import Exit
from optimizer.cli.screen import fault_record
from optimizer.quantities import gap

if TYPE_CHECKING:
    from optimizer.domain.outcome import Outcome
    from optimizer.report import Figures
    from optimizer.rules import Breach
    from optimizer.workflow import Audited, Solved

FIGURES = (
    "terms",
    "coverage",
    "spend",
    "spent",
    "exercises_held",
    "exercises_offered",
    "floor_shortfall",
    "changes",
)


def exit_of(outcome: Outcome) -> Exit:
    """The exit code that says how a solve ended."""
    from optimizer.domain.outcome import Status, StopReason

    if outcome.plan is not None:
        return Exit.STOPPED if outcome.stop_reason in (StopReason.time_limit, StopReason.interrupted) else Exit.DONE
    if outcome.status == Status.infeasible:
        return Exit.INFEASIBLE
    return Exit.INTERRUPTED if outcome.stop_reason == StopReason.interrupted else Exit.NO_PLAN


def of_solve(found: Solved) -> dict[str, Any]:
    """A solve as one object; without a plan its figures are null."""
    from optimizer.report import figures
    from optimizer.workflow import versions

    o, v = found.outcome, found.verdict
    shown = figures(found.case, o.plan, v) if o.plan is not None and v is not None else None
    return {
        "status": o.status,
        "stop_reason": o.stop_reason,
        "score": o.score,
        "bound": o.bound,
        "gap": o.gap,
        **_figures(shown),
        "breaches": [of_breach(b) for b in v.breaches] if v else [],
        "reasons": [{"rule": r.rule, "rows": r.rows, "text": r.text} for r in found.reasons],
        "repairs": [{"rows": r.rows, "text": r.text, "proven": r.proven} for r in found.repairs],
        "engine": o.engine,
        "effort": o.effort,
        "seed": o.seed,
        "repeatable": o.repeatable,
        "refused": dict(o.refused),
        "moves": {name: {"tried": tried, "kept": kept} for name, (tried, kept) in o.moves.items()},
        "scenario": found.case.under,
        "wall_seconds": round(o.seconds, 3),
        "output": str(found.output) if found.output else None,
        "elsewhere": found.elsewhere or None,
        "warnings": [fault_record(w) for w in found.warnings],
        "versions": versions(),
    }


def of_audit(found: Audited, claims: bool) -> dict[str, Any]:
    """A judged plan as one object, of the same shape as a solve's; ``claims`` adds the compared figures."""
    from optimizer.report import figures
    from optimizer.workflow import versions

    v, bound = found.verdict, found.bound
    record = {
        "status": "verified" if found.ok else "not verified",
        "stop_reason": None,
        "score": v.score,
        "bound": bound,
        "gap": gap(v.score, bound),
        **_figures(figures(found.case, found.plan, v)),
        "breaches": [of_breach(b) for b in v.breaches],
        "tested": v.tested,
        "engine": None,
        "effort": None,
        "seed": None,
        "scenario": found.case.under,
        "wall_seconds": round(found.seconds, 3),
        "output": None,
        "versions": versions(),
    }
    if claims:
        wrong = [{"what": m.what, "claimed": m.claimed, "found": m.found} for m in found.wrong]
        record["claims"] = {"compared": found.claimed, "wrong": wrong}
        if (p := found.proof) is not None:
            record["certificate"] = {
                "claimed": _finite(p.claimed),
                "certified": _finite(p.certified),
                "seconds": round(p.seconds, 3),
                "why": p.why or None,
            }
    return record


def _finite(figure: float | None) -> float | None:
    """JSON has no infinity: minus infinity, for no plan at all, is null."""
    return figure if figure is not None and isfinite(figure) else None


def _figures(f: Figures | None) -> dict[str, Any]:
    if f is None:
        return dict.fromkeys(FIGURES)
    return {
        "terms": f.terms,
        "coverage": {
            "levels": f.coverage,
            "countries": f.country_coverage,
            "worst_country": f.worst_country,
            "worst_covered": f.worst_covered,
        },
        "spend": f.spend,
        "spent": f.spent,
        "exercises_held": f.exercises_held,
        "exercises_offered": f.exercises_offered,
        "floor_shortfall": {"person_weeks": f.floor_person_weeks, "weeks": f.floor_weeks},
        "changes": {"weeks": f.changed_weeks, "events": f.changed_events},
    }


def of_breach(b: Breach) -> dict[str, Any]:
    """A breach as JSON shows it."""
    return {"rule": b.rule, "week": b.week, "parties": b.parties, "size": b.size, "unit": b.unit, "text": b.text}
