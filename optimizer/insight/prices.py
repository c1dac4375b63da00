"""Prices: what a little more or less of anything is worth, found by search and bounded by pricing the changed case.

A multiplier alone is no price: money moves between lines, a camp is too small for a whole unit or large enough. So
the changed case itself is bounded (multipliers of the case at hand are valid there) and searched from the plan in hand;
one so small that a linear program proves its optimum is solved, and its price is what it truly is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from optimizer.domain import Case, Plan
from optimizer.domain.outcome import Options, Progress, Status
from optimizer.engines import linear
from optimizer.engines.auto import linear_columns
from optimizer.engines.referee import CHECKED
from optimizer.goals import score_all
from optimizer.goals.least import least_score
from optimizer.insight.finding import Finder, Guide
from optimizer.insight.proving import Prover
from optimizer.insight.whatif import steady, still_known
from optimizer.quantities import MONEY as MICRO
from optimizer.quantities import same
from optimizer.report.prices import CAP, FLOOR, LOCK, MONEY, PLACES, SET, WEEK, Price
from optimizer.rules import check_all

TEN, HUNDRED = 10 * MICRO, 100
MOVES, STEPS = 256, 20


@dataclass(frozen=True)
class Edit:
    """A change of the inputs; ``more``: every plan of the case holds the rules of the changed one as well."""

    kind: str
    subject: str
    text: str
    more: bool
    case: Case


def edits(case: Case, amount: int = TEN, places: int = HUNDRED) -> Iterator[Edit]:
    """Everything that has a price: the next and the last ``amount`` of each line, ``places`` at each site, each set, a
    week of each unit, each line typed, each floor and each cap."""
    unit = case.settings.money_unit
    for b in case.budgets:
        said = f"{unit} {amount / MICRO:g}"
        for more in (True, False):
            given = b.amount + amount if more else max(b.amount - amount, 0)
            text = f"{said} {'more' if more else 'less'} for {b.line} in {b.year}"
            yield Edit(MONEY, b.line, text, more, _changed(case, "budgets", b, amount=given))
    for s in case.sites:
        wider = replace(s, places=s.places + places, handover_places=s.handover_places + places)
        sites = tuple(wider if x is s else x for x in case.sites)
        yield Edit(PLACES, s.id, f"{places} places more at {s.id}", True, replace(case, sites=sites))
    for q in case.sets:
        if not any(p.set_id == q.id for r in case.underway for p in r.postings):
            yield Edit(SET, q.id, f"without {q.id}", False, _without_set(case, q.id))
    for w in case.windows:
        if w.end < case.weeks:
            text = f"{w.unit} for a week longer"
            yield Edit(WEEK, w.unit, text, True, _changed(case, "windows", w, end=w.end + 1))
    for k in case.locks:
        if k.rule != "prefer":
            others = tuple(x for x in case.locks if x is not k)
            yield Edit(LOCK, k.id, f"without the line {k.id}", True, replace(case, locks=others))
    for c in case.countries:
        if c.floor and case.settings.floor_hard:
            yield Edit(FLOOR, c.id, f"without the floor of {c.id}", True, _changed(case, "countries", c, floor=0))
        if c.cap is not None:
            yield Edit(CAP, c.id, f"{places} people more under the cap of {c.id}", True,
                       _changed(case, "countries", c, cap=c.cap + places))  # fmt: skip


def _changed(case: Case, table: str, row: Any, **fields: Any) -> Case:
    rows = tuple(replace(x, **fields) if x is row else x for x in getattr(case, table))
    return replace(case, **{table: rows})  # type: ignore[arg-type]


def _without_set(case: Case, name: str) -> Case:
    without = replace(
        case, sets=tuple(q for q in case.sets if q.id != name),
        holdings=tuple(h for h in case.holdings if h.set_id != name),
        locks=tuple(k for k in case.locks if k.kind != "set" or k.subject != name),
        scenarios=tuple(replace(s, lost_sets=s.lost_sets - {name}) for s in case.scenarios),
    )  # fmt: skip
    return replace(without, last=still_known(without, case.last))


def prices(
    case: Case,
    plan: Plan,
    options: Options,
    wanted: Sequence[Edit],
    prover: Prover | None = None,
    moves: int = MOVES,
    solved: int = CHECKED,
) -> tuple[Price, ...]:
    """The price of each edit, in their order. ``plan`` holds the rules of ``case``. Changed cases of at most ``solved``
    columns as a linear model are solved, the others searched and bounded."""
    score = sum(score_all(case, plan).values())
    prover = Prover(case, options) if prover is None else prover
    finder = Finder(options, Guide(prover.dual), score)
    found = []
    for i, edit in enumerate(wanted, 1):
        known = [_solved(edit, plan, options)] if linear_columns(edit.case) <= solved else []
        if not any(k.settled for k in known):
            known.append(_searched(edit, plan, prover, finder, moves))
        found.append(_price(edit, score, known))
        said = f"{i} of {len(wanted)} prices"
        options.progress(Progress(options.elapsed, said, score, prover.bound))
    return tuple(found)


@dataclass(frozen=True)
class Known:
    """Of a changed case: the best score found, what none exceeds, whether there is proven to be no plan, and whether
    nothing is left to ask."""

    value: float | None
    bound: float
    impossible: bool
    settled: bool = False


def _solved(edit: Edit, plan: Plan, options: Options) -> Known:
    """The changed case solved from the plan in hand, where that holds its rules."""
    start = plan if edit.more else None
    found = linear.solve(edit.case, replace(options, effort="quick", start=start, progress=lambda _: None))
    none, settled = found.status == Status.infeasible, found.status in (Status.optimal, Status.infeasible)
    bound = found.bound if found.bound is not None else -float("inf") if none else float("inf")
    return Known(found.score, bound, none, settled)


def _searched(edit: Edit, plan: Plan, prover: Prover, finder: Finder, moves: int) -> Known:
    """The changed case searched from what is left of the plan in hand, and bounded."""
    case, start = edit.case, still_known(edit.case, plan)
    best = finder.best(steady(case, start, finder.scale), [start], moves)
    value = None
    if best is not None and not any(f.breaches for f in check_all(case, best.plan)):
        value = sum(score_all(case, best.plan).values())
    bound, least = prover.of(case, STEPS), least_score(case)
    return Known(value, bound, not edit.more and value is None and bound < least - 1e-6 * max(1.0, abs(least)))


def _price(edit: Edit, score: float, known: Sequence[Known]) -> Price:
    """Found gain and proven ceiling of one edit; the plan in hand itself holds the rules of one that allows more."""
    value = max((k.value for k in known if k.value is not None), default=None)
    bound, impossible = min(k.bound for k in known), value is None and any(k.impossible for k in known)
    if edit.more:
        gain = max(0.0, -float("inf") if value is None else value - score)
        return Price(edit.kind, edit.subject, edit.text, True, gain, max(bound - score, gain))
    cost, lost = None if value is None else score - value, score - bound
    proven = lost if lost > 0 and not same(lost, 0.0) and not impossible else None
    return Price(edit.kind, edit.subject, edit.text, False, cost, proven, impossible)
