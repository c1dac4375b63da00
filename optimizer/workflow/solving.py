"""Read → solve → verify → write."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from optimizer.domain import Case, Plan
from optimizer.domain.outcome import EFFORTS, Options, Outcome, Progress
from optimizer.domain.scenarios import under
from optimizer.engines.auto import engine
from optimizer.errors import Overran, UsageError, WorkbookError
from optimizer.quantities import MONEY, scaled
from optimizer.verify import Verdict, verify
from optimizer.workflow.asking import Heard, ask
from optimizer.workflow.days import day_of
from optimizer.workflow.proving import agreed, proven, still_proven, stored, with_proof

if TYPE_CHECKING:
    from optimizer.domain.certificate import Certificate
    from optimizer.workbook.output import Made
    from optimizer.workbook.reader import Reading
    from optimizer.workbook.reading.tables import Tables
    from optimizer.workbook.sheets.material import Claim

WARNED = 40  # warnings that the Run sheet repeats


@dataclass(frozen=True)
class Wishes:
    """What the planner asked beside the workbook; ``None`` means what the workbook says."""

    engine: str = "auto"
    effort: str | None = None
    time_limit: float | None = None
    seed: int | None = None
    scenario: str | None = None
    total_cap: str | None = None  # a decimal, in the workbook's money unit
    write_lp: Path | None = None
    write_mps: Path | None = None
    as_of: str | None = None  # the date on the pages of the plan
    timeless: bool = False  # write nothing that a second run would write otherwise


@dataclass(frozen=True)
class Told:
    """A reason or a repair as a planner reads it: ``rows`` are cells such as ``Locks!D3``. ``proven`` says of a
    repair whether a plan was found without those rows."""

    rule: str | None
    rows: tuple[str, ...]
    text: str
    proven: bool = True


@dataclass(frozen=True)
class Solved:
    """An engine's answer, checked: with a plan there are its verdict and where it was written, without one, if that
    is proven, why and what would help."""

    case: Case
    outcome: Outcome
    verdict: Verdict | None = None
    output: Path | None = None
    reasons: tuple[Told, ...] = ()
    repairs: tuple[Told, ...] = ()
    warnings: tuple[Any, ...] = ()  # what ``check`` warns of, as Faults
    elsewhere: str = ""  # why the plan is not where it was asked for


def prepare(book: Path, wishes: Wishes) -> tuple[Case, Reading]:
    """The case of a workbook, under the scenario and the total cap asked for, and what else was read."""
    from optimizer.workbook.reader import read_case

    reading = read_case(book)
    case = reading.case
    if wishes.scenario is not None:
        case = under(case, wishes.scenario)
    if wishes.total_cap is not None:
        case = replace(case, settings=replace(case.settings, total_cap=_money(wishes.total_cap)))
    if wishes.as_of is not None:
        case = replace(case, settings=replace(case.settings, as_of=day_of(wishes.as_of)))
    return case, reading


def solve(
    book: Path,
    out: Path | None,
    wishes: Wishes,
    progress: Callable[[Progress], None] = lambda _: None,
    stopped: Callable[[], bool] = lambda: False,
    run: Callable[[Callable[[], Outcome]], Outcome] = lambda work: work(),
) -> Solved:
    """Read ``book``, solve it, check the plan and write it to ``out`` (default ``outputs/<book>_plan.xlsx``).

    ``run`` runs the engine (in a thread, say). Without a plan nothing is written. Raises
    ``FaultsFound``, ``WorkbookError``, ``UsageError``, ``EngineError``, and ``Disagreement`` for a
    plan that fails the independent check.
    """
    from optimizer.workbook.output import Made

    solver, asked = _solver(wishes), out or default_output(book)
    check_targets(asked, wishes)
    progress(Progress(0.0, f"read {book.name}", None, None))
    case, reading = prepare(book, wishes)
    plain = wishes.scenario is None and wishes.total_cap is None  # the case is just what was read
    made = Made(reading.tables, book, plain, run=warned(reading))
    proof = None if case.last.empty else stored(book)
    return answered(solver, case, reading, made, asked, wishes, Talk(progress, stopped, run), proof=proof)


@dataclass(frozen=True)
class Talk:
    """How a solve talks to whoever asked: reports, whether to stop, and what runs the engine (in a thread, say)."""

    progress: Callable[[Progress], None] = lambda _: None
    stopped: Callable[[], bool] = lambda: False
    run: Callable[[Callable[[], Outcome]], Outcome] = lambda work: work()


def answered(
    solver: Callable[[Case, Options], Outcome],
    case: Case,
    reading: Reading,
    made: Made,
    asked: Path,
    wishes: Wishes,
    talk: Talk,
    finish: Callable[[Case, Outcome, Options, Made], tuple[Outcome, Made]] | None = None,
    proof: Certificate | None = None,
) -> Solved:
    """Solve a case that was read, check the plan and write it to ``asked``.

    ``finish`` may better the outcome before it is checked, and adds to what the workbook tells. ``proof`` is that of
    the plan in hand, for the bound to set out from.
    """
    from optimizer.workbook.sheets.files import why_elsewhere

    options = replace(options_of(case, wishes, talk.progress, talk.stopped), proof=proof)
    heard = Heard(wishes.engine, options)
    try:
        outcome = talk.run(lambda: ask(solver, case, replace(options, progress=heard)))
    except Overran:
        outcome = heard.outcome()
    if outcome.plan is None:
        return replace(_without(case, reading.tables, outcome, options), warnings=reading.warnings)
    if finish is not None:
        outcome, made = finish(case, outcome, options, made)
    plan = outcome.plan
    assert plan is not None
    talk.progress(Progress(options.elapsed, "verify", outcome.score, outcome.bound))
    verdict = verify(case, plan)
    outcome = agreed(outcome, verdict)
    known = still_proven(case, outcome, options)
    if known is None:
        outcome = with_proof(case, outcome, options, talk.run)
        talk.progress(Progress(options.elapsed, "prove the bound anew", outcome.score, outcome.bound))
    outcome = known or proven(case, outcome, options)
    talk.progress(Progress(options.elapsed, "write", outcome.score, outcome.bound))
    took = {} if wishes.timeless else {"Seconds": round(outcome.seconds, 1)}
    landed = write(asked, case, plan, replace(made, run=took | dict(made.run)), outcome, verdict)
    return Solved(case, outcome, verdict, landed, (), (), reading.warnings, why_elsewhere(asked, landed))


def effort_of(asked: str | None, case: Case) -> str:
    """The effort asked for, else the workbook's. Raises ``UsageError`` for one that is unknown."""
    effort = asked or case.settings.effort
    if effort not in EFFORTS:
        raise UsageError(f"there is no effort '{effort}' (known: {', '.join(EFFORTS)})")
    return effort


def options_of(
    case: Case, wishes: Wishes, progress: Callable[[Progress], None], stopped: Callable[[], bool]
) -> Options:
    """What was asked beside the workbook, as engines take it."""
    seed = case.settings.seed if wishes.seed is None else wishes.seed
    return Options(effort_of(wishes.effort, case), wishes.time_limit, seed, progress=progress, stopped=stopped)


def check_targets(asked: Path, wishes: Wishes) -> None:
    """Raise ``Unwritable`` where one of the files to be written cannot be."""
    from optimizer.workbook.sheets.files import check_target

    for target in (asked, wishes.write_lp, wishes.write_mps):
        if target is not None:
            check_target(target)


def _without(case: Case, tables: Tables, outcome: Outcome, options: Options) -> Solved:
    """No plan: the reasons by their cells, and what would help."""
    from optimizer.insight.repairs import repairs
    from optimizer.workbook.sense.impossible import rows_of

    if not outcome.reasons:
        return Solved(case, outcome)
    told = tuple(Told(r.rule, rows_of(tables, r.rows), r.text) for r in outcome.reasons)
    ways = repairs(case, outcome.reasons, options)
    return Solved(case, outcome, reasons=told,
                  repairs=tuple(Told(None, rows_of(tables, w.rows), w.text, w.proven) for w in ways))  # fmt: skip


def default_output(book: Path) -> Path:
    """Where the plan of ``book`` goes unless said otherwise: a folder ``outputs`` where the command runs."""
    return Path("outputs") / f"{book.stem}_plan.xlsx"


def _money(text: str) -> int:
    try:
        amount = scaled(text, MONEY)
    except ArithmeticError as error:
        raise UsageError(f"'{text}' is not an amount of money (write 1250.5)") from error
    if amount < 0:
        raise UsageError("a total cap cannot be negative")
    return amount


def _solver(wishes: Wishes) -> Callable[[Case, Options], Outcome]:
    """The engine asked for, told which model files to write."""
    solver = engine(wishes.engine)
    files = {name: path for name in ("write_lp", "write_mps") if (path := getattr(wishes, name)) is not None}
    if files and wishes.engine != "linear":
        raise UsageError("only the linear engine has a model to write: add --engine linear")
    return partial(solver, **files) if files else solver


def warned(reading: Reading) -> dict[str, str]:
    """What the reader warned of, for the Run sheet."""
    return {f"Warning {n}": str(w) for n, w in enumerate(reading.warnings[:WARNED], 1)}


def write(out: Path, case: Case, plan: Plan, made: Made, claim: Claim, verdict: Verdict) -> Path:
    """Write a judged plan as a workbook, with what is claimed of it; where it landed. Raises ``UsageError`` where it
    cannot be put there."""
    from optimizer.report import figures
    from optimizer.workbook.output import write_plan

    try:
        return write_plan(out, case, plan, claim, verdict, figures(case, plan, verdict), made)
    except WorkbookError as error:
        raise UsageError(str(error)) from error
