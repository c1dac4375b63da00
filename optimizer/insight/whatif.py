"""What an edit does: the most that any plan may score now (proven), and the best plan found from the one in hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from optimizer.conflicts import conflicts
from optimizer.domain import Case, Plan
from optimizer.domain.certificate import Certificate
from optimizer.domain.history import joined
from optimizer.domain.outcome import Options, Progress
from optimizer.domain.reasons import Reason
from optimizer.errors import Disagreement
from optimizer.goals.least import least_score
from optimizer.insight.finding import Finder, Found, Guide
from optimizer.insight.proving import Prover
from optimizer.insight.replan.undo import undo
from optimizer.quantities import figure, same
from optimizer.verify import Verdict, verify

MOVES = 1_500  # from each plan in hand
TRACE = (0.02, 0.2)  # what a changed week of an element or set, and a changed event, cost at least to be worth it,
LARGE = 1_000.0  # where a score is so large; less where it is less


@dataclass(frozen=True)
class Judged:
    """A plan in hand under the edited inputs."""

    plan: Plan
    verdict: Verdict


@dataclass(frozen=True)
class Effect:
    """What an edit does.

    ``ceiling``: no plan of the edited workbook scores more (proven), ``None`` if it has no plan at all (proven as
    well, ``reasons`` where a part of it is impossible by itself); ``in_hand``: the plans in hand under the edited
    inputs; ``found``: the best plan found, if any.
    """

    ceiling: float | None
    in_hand: tuple[Judged, ...]
    found: Found | None
    reasons: tuple[Reason, ...] = ()
    seconds_to_ceiling: float = 0.0


def still_known(case: Case, plan: Plan) -> Plan:
    """What of a plan a changed case can still speak of: units, sites, sets, exercises that are no more are left out."""
    elements, sites, sets = set(case.element), set(case.site), set(case.prepo)
    rotations = []
    for r in plan.rotations:
        postings = tuple(
            p
            for p in r.postings
            if p.element in elements and p.site in sites and (p.set_id is None or p.set_id in sets)
        )
        if r.unit in case.unit and postings:
            rotations.append(replace(r, postings=postings))
    hosts = {(x.id, h.site) for x in case.exercises for h in x.hosts}
    needs = {(x.id, n.id) for x in case.exercises for n in x.needs}
    runs = [
        replace(r, participants=tuple(
            p for p in r.participants
            if p.element in elements and (r.exercise, p.need) in needs and (p.set_id is None or p.set_id in sets)
        ))
        for r in plan.runs if (r.exercise, r.site) in hosts
    ]  # fmt: skip
    return Plan(
        tuple(rotations),
        tuple(s for s in plan.stays if s.set_id in sets and s.site in sites),
        tuple(m for m in plan.maintenance if m.set_id in sets),
        tuple(runs),
        tuple(b for b in plan.purchases if b.upgrade in case.upgrade),
    ).tidy()


def steady(case: Case, plan: Plan, scale: float) -> Case:
    """The case with a trace of a price on every change of ``plan``, so that a search from it changes nothing without a
    reason; the case as it is where changes have a price already. ``scale``: the size of a score."""
    s = case.settings
    if s.replan:
        return case
    week, event = (x * min(1.0, abs(scale) / LARGE) for x in TRACE)
    priced = replace(s, replan=True, frozen_weeks=0, change_price=week, change_price_event=event)
    return replace(case, last=joined(plan, case.last), settings=priced)


def effect(
    case: Case,
    plans: Sequence[Plan],
    options: Options,
    moves: int = MOVES,
    search: bool = True,
    given: Certificate | None = None,
    later: int = 0,
) -> Effect:
    """What ``case``, edited, leaves possible, and the best plan found from ``plans``, those in hand.

    ``given``: the certificate of the plan in hand, whose case began ``later`` weeks before. ``options.progress``
    hears the ceiling as soon as it is known.
    """
    in_hand = tuple(Judged(p, verify(case, p)) for p in dict.fromkeys(plans))
    holding = [(j.verdict.score, j.plan) for j in in_hand if j.verdict.ok]
    if not holding and (never := conflicts(case)):
        return Effect(None, in_hand, None, never, options.elapsed)
    prover = Prover(case, options, given=given, later=later)
    known = max((s for s, _ in holding), default=None)
    least = least_score(case)
    if prover.bound < least - 1e-6 * max(1.0, abs(least)):
        return Effect(None, in_hand, None, (), options.elapsed)
    ceiling, took = prover.bound, options.elapsed
    said = f"no plan of this workbook scores above {figure(ceiling)} (proven)"
    options.progress(Progress(took, said, known, ceiling))
    best = max((Found(p, s) for s, p in holding), key=lambda f: f.score, default=None)
    if search and not options.must_stop:
        scale = ceiling if known is None else known
        finder = Finder(options, Guide(prover.dual), scale)
        careful = steady(case, in_hand[0].plan, finder.scale) if in_hand else case
        found = finder.best(careful, [j.plan for j in in_hand], moves, enough=ceiling)
        if found is not None:
            plan = undo(case, in_hand[0].plan, found.plan, lambda: options.must_stop) if in_hand else found.plan
            score = verify(case, plan).score
            best = Found(plan, score) if best is None or score > best.score else best
    if best is not None and best.score > ceiling and not same(best.score, ceiling):
        raise Disagreement(f"no plan is said to score above {ceiling}, yet one was found that scores {best.score}")
    return Effect(max(ceiling, best.score if best else ceiling), in_hand, best, (), took)
