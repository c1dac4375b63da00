"""Read a plan in force and what changed → replan near it → undo what is free → say why of each change → write it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from optimizer.domain import Case, Plan
from optimizer.domain.differences import KEPT, Difference, differences, later
from optimizer.domain.history import present
from optimizer.domain.outcome import Options, Outcome, Progress
from optimizer.engines.auto import engine
from optimizer.errors import FaultsFound, UsageError
from optimizer.goals import score_all
from optimizer.goals.plan_changes.score import changes
from optimizer.insight.replan.curve import Curve, curve
from optimizer.insight.replan.reasons import FORCED, Why, reasons
from optimizer.insight.replan.undo import fewer, price_of_change
from optimizer.report.changes import Explained, in_order, said
from optimizer.workflow.comparing import Version, of_book, version
from optimizer.workflow.days import day_of
from optimizer.workflow.proving import stored
from optimizer.workflow.solving import Solved, Talk, Wishes, answered, check_targets, warned

if TYPE_CHECKING:
    from optimizer.workbook.output import Made
    from optimizer.workbook.reader import Reading


@dataclass(frozen=True)
class Order:
    """What to replan: ``plan`` is the workbook of the plan in force, ``inputs`` that of what holds now (``None``: the
    same), ``freeze`` the day from which on anything may change, ``curve`` whether to draw score against changes."""

    plan: Path
    inputs: Path | None = None
    freeze: str | None = None
    curve: bool = False


@dataclass(frozen=True)
class Replanned:
    """A replanned workbook: the answer, its changes against the plan in force (element- and set-weeks, events, and one
    by one with their reasons), and the curve, if asked for."""

    solved: Solved
    element_weeks: int = 0
    events: int = 0
    changes: tuple[Explained, ...] = ()
    curve: Curve | None = None


def replan(order: Order, out: Path | None, wishes: Wishes, talk: Talk | None = None) -> Replanned:
    """Make the best plan near the one in force, with a reason for each change, and write it to ``out`` (default
    ``outputs/<plan>_replanned.xlsx``).

    Raises what ``solve`` raises, and ``UsageError`` where there is no plan in force or the day lies outside the plan.
    """
    from optimizer.workbook.output import Made

    talk, target = talk or Talk(), out or Path("outputs") / f"{order.plan.stem}_replanned.xlsx"
    check_targets(target, wishes)
    talk.progress(Progress(0.0, f"read {order.plan.name}", None, None))
    before = version(order.plan)
    if before.plan is None or before.plan.empty:
        raise UsageError(f"{order.plan} holds no plan that could be in force")
    reading = _read(order)
    case = reading.case
    if wishes.as_of is not None:
        case = replace(case, settings=replace(case.settings, as_of=day_of(wishes.as_of)))
    facts = {"Plan in force": order.plan.name} | ({} if order.freeze is None else {"Frozen until": order.freeze})
    plan_file = None if order.inputs is None else order.plan
    made = Made(reading.tables, order.inputs or order.plan, True, run=facts | warned(reading), plan_file=plan_file)
    finishing = _Finishing(order, before, reading)
    solver = near if wishes.engine == "auto" else engine(wishes.engine)
    proof = stored(order.plan) if case.calendar.start == before.case.calendar.start else None  # its weeks are these
    solved = answered(solver, case, reading, made, target, wishes, talk, finishing, proof)
    if solved.outcome.plan is None:
        return Replanned(solved)
    weeks, events = changes(case, solved.outcome.plan)
    return Replanned(solved, weeks, events, finishing.changes, finishing.curve)


def near(case: Case, options: Options) -> Outcome:
    """The engine that stays near the plan in force; where it has no plan, whichever suits the case."""
    from optimizer.engines.lagrangian.kept import kept

    old = present(case.last)
    price = price_of_change(case, old, kept(case, old, options.seed) or old)
    found = engine("lagrangian")(case, replace(options, change_price=price))
    return found if found.plan is not None or options.must_stop else engine("auto")(case, options)


def _read(order: Order) -> Reading:
    """The inputs with the plan in force, replanning switched on and the weeks before the day frozen."""
    from optimizer.workbook.reader import read_book
    from optimizer.workbook.reading.grid import load
    from optimizer.workbook.reading.onto import onto
    from optimizer.workbook.schema import SHEET_NAMES
    from optimizer.workbook.words import fold

    known: Callable[[str], bool] = lambda title: fold(title) in SHEET_NAMES  # noqa: E731
    plan = load(order.plan, known)
    inputs = plan if order.inputs is None else load(order.inputs, known)

    def read(settings: dict[str, Any]) -> Reading:
        book, told = onto(inputs, plan, settings)
        try:
            found = read_book(book)
        except FaultsFound as error:
            raise of_book(error, order.inputs or order.plan) from error
        return replace(found, remarks=(*told, *found.remarks))

    reading = read({"replan": "yes"})
    if order.freeze is None:
        return reading
    calendar, day = reading.case.calendar, day_of(order.freeze)
    weeks = calendar.week_from(day)
    if not 0 < weeks <= calendar.weeks:
        last = calendar.monday(calendar.weeks)
        raise UsageError(f"{day} lies outside the plan, which begins on {calendar.start} and ends before {last}")
    return read({"replan": "yes", "frozen_weeks": weeks})


class _Finishing:
    """What is done with the engine's plan before it is checked and written; keeps what it found."""

    def __init__(self, order: Order, before: Version, reading: Reading):
        self.order, self.before, self.reading = order, before, reading
        self.changes: tuple[Explained, ...] = ()
        self.curve: Curve | None = None

    def __call__(self, case: Case, outcome: Outcome, options: Options, made: Made) -> tuple[Outcome, Made]:
        from optimizer.engines.lagrangian.kept import kept as what_fits
        from optimizer.workbook.merge.rows import row_changes
        from optimizer.workbook.output.replanned import Replanned as Sheet

        def stopped() -> bool:
            return options.must_stop

        assert outcome.plan is not None
        old = present(case.last)
        options.progress(Progress(options.elapsed, "undo what gains nothing", outcome.score, outcome.bound))
        plan = fewer(case, old, outcome.plan, what_fits(case, old, options.seed), stopped)
        outcome = replace(outcome, plan=plan, score=sum(score_all(case, plan).values()))
        options.progress(Progress(options.elapsed, "why each change", outcome.score, outcome.bound))
        kept, self.changes = self._explained(case, plan, reasons(case, old, plan, stopped))
        if self.order.curve:
            options.progress(Progress(options.elapsed, "curve", outcome.score, outcome.bound))
            self.curve = _curve(case, old, plan, options)
        points = () if self.curve is None else self.curve.points
        shown = tuple((p.element_weeks, p.events, p.score, p.ceiling) for p in points)
        inputs = row_changes(self.before.case, _as_before(case, self.before.case))
        return outcome, replace(made, replanned=Sheet(self.order.plan.name, kept, self.changes, inputs, shown))

    def _explained(self, case: Case, plan: Plan, whys: tuple[Why, ...]) -> tuple[int, tuple[Explained, ...]]:
        """How many decisions of the plan in force stand, and the others with their reasons; those of the plan as its
        workbook has it, what the inputs no longer know too."""
        from optimizer.workbook.sense.impossible import rows_of

        assert self.before.plan is not None
        offset = (case.calendar.start - self.before.case.calendar.start).days // 7
        full = present(later(self.before.plan, -offset))
        known = {(d.kind, d.subject, d.before, d.after): w for w in whys for d in w.swap.differences}
        found, kept = [], 0
        for d in differences(full, plan):
            if d.change == KEPT:
                kept += 1
                continue
            told = said(_dated(self.before.case, case), case, d)
            why = known.get((d.kind, d.subject, d.before, d.after))
            if why is None:
                found.append(Explained(told, FORCED, _gone(d), "cannot be kept"))
                continue
            rows = rows_of(self.reading.tables, why.rows)
            others = tuple(subject for _, subject in why.others)
            found.append(Explained(told, why.how, why.because, why.keeping, why.rule, rows, why.gain, others))
        return kept, tuple(sorted(found, key=lambda x: in_order(x.change)))


def _dated(old: Case, new: Case) -> Case:
    """The earlier case with the weeks of the later, for the names that only it knows."""
    return replace(old, settings=replace(old.settings, calendar=new.calendar))


def _as_before(case: Case, before: Case) -> Case:
    """The case with the settings that replanning itself puts otherwise as they were."""
    own = {k: getattr(before.settings, k) for k in ("replan", "frozen_weeks")}
    return replace(case, settings=replace(case.settings, **own))


def _gone(d: Difference) -> str:
    return f"the inputs no longer have all that {d.subject} needs: see the warnings"


def _curve(case: Case, old: Plan, plan: Plan, options: Options) -> Curve:
    """Score against changes, from plans near both ends."""
    from optimizer.engines.lagrangian.kept import ceiling, kept
    from optimizer.insight.replan.curve import STEPS

    least = kept(case, old, options.seed)
    plans = [plan, *([least] if least is not None else [])]
    return curve(case, old, plans, lambda c: ceiling(c, STEPS, lambda: options.must_stop), lambda: options.must_stop)
