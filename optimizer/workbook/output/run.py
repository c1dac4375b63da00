"""Run: how the plan came about, enough to make it again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from optimizer.domain import Case
from optimizer.domain.canonical import content_hash
from optimizer.report.before import kept_apart
from optimizer.versions import versions
from optimizer.workbook import labels
from optimizer.workbook.output.bound import unproved_of
from optimizer.workbook.sheets.material import Material

NAME = labels.RUN
CALLED = {"deterrence-optimizer": "optimizer"}  # packages that go by another name


def facts(m: Material, case: Case, info: Mapping[str, Any]) -> dict[str, Any]:
    """What the run was, by name; ``case`` as it was asked; times are there only if ``info`` brings them."""
    apart = kept_apart(case, m.figures.changed_weeks, m.figures.changed_events)
    return {
        "Plan": case.settings.name,
        "Made from": m.source,
        "As of": case.settings.as_of,
        "Under scenario": case.under or "as planned",
        "Engine": m.claim.engine,
        "Effort": m.claim.effort,
        "Seed": m.claim.seed,
        "Status": str(m.claim.status),
        "Stop reason": str(m.claim.stop_reason),
        "Repeatable": "yes" if m.claim.repeatable else "no: stopped by the clock or by hand",
        labels.SCORE: m.claim.score,
        labels.BOUND: m.claim.bound,
        **({} if (unproved := unproved_of(m)) is None else {labels.UNPROVED: unproved}),
        labels.INPUT_HASH: content_hash(case),
        labels.CONTENT_HASH: content_hash(case, m.plan),
        **({"Against the plan in hand": apart} if apart else {}),
        **{f"Version of {CALLED.get(name, name)}": v for name, v in versions().items()},
        **info,
    }


def write(m: Material, known: Mapping[str, Any]) -> None:
    """The Run sheet."""
    page = m.page(
        NAME, "Run", "How this plan came about. The same inputs, seed and effort give the same plan.", [34, 80]
    )
    page.heads(("What", "Value"), (False, False))
    for name, value in known.items():
        look = ("cell", "score" if isinstance(value, float) else "date" if isinstance(value, date) else "plain")
        page.line((name, value), (("cell",), look), align="left")


def properties(known: Mapping[str, Any]) -> dict[str, str]:
    """The facts that go into the file's custom properties."""
    keys = (
        "Engine",
        "Effort",
        "Seed",
        "Status",
        "Stop reason",
        labels.INPUT_HASH,
        labels.CONTENT_HASH,
    )
    return {
        k: str(known[k])
        for k in (*keys, *(k for k in known if k.startswith("Version of ")))
        if known.get(k) is not None
    }
