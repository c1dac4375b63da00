"""A plan and an edited copy of its workbook → what the edit does, proven and found; on request the plan found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from optimizer.domain import Case, Plan
from optimizer.domain.differences import later
from optimizer.domain.history import present
from optimizer.domain.outcome import Options, Outcome, Progress, Status, StopReason
from optimizer.errors import UsageError
from optimizer.insight.whatif import MOVES, Effect, effect, still_known
from optimizer.quantities import same
from optimizer.report.changes import Change, changes
from optimizer.verify import verify
from optimizer.workflow.proving import agreed, stored
from optimizer.workflow.solving import Told, write


@dataclass(frozen=True)
class WhatIf:
    """What an edit does.

    ``score_before``: of the plan in hand under its own inputs; ``kept``: of the same plan under the edited inputs,
    ``None`` if it breaks a rule (``broken`` says which); ``ceiling`` (proven), ``score`` (found) and ``changes``
    against the plan in hand; ``reasons`` where the edited workbook is proven to have no plan.
    """

    case: Case
    effect: Effect
    score_before: float
    kept: float | None
    broken: tuple[str, ...]
    changes: tuple[Change, ...]
    reasons: tuple[Told, ...] = ()
    output: Path | None = None
    seconds: float = 0.0

    @property
    def ceiling(self) -> float | None:
        return self.effect.ceiling

    @property
    def score(self) -> float | None:
        return None if self.effect.found is None else self.effect.found.score

    @property
    def proven_best(self) -> bool:
        """Whether the plan found is proven to be the best there is."""
        return self.score is not None and self.ceiling is not None and same(self.score, self.ceiling)


def whatif(
    book: Path,
    edited: Path,
    out: Path | None,
    progress: Callable[[Progress], None] = lambda _: None,
    stopped: Callable[[], bool] = lambda: False,
    time_limit: float | None = None,
    search: bool = True,
) -> WhatIf:
    """What the edits of ``edited``, a copy of the plan ``book``, do; the best plan found goes to ``out``.

    Raises ``UsageError`` where ``book`` holds no plan that can be told apart from the edit, ``FaultsFound``.
    """
    from optimizer.workbook.output import Made
    from optimizer.workbook.reader import read_case, read_for_verifying
    from optimizer.workbook.sense.impossible import rows_of
    from optimizer.workbook.sheets.files import check_target

    options = Options(progress=progress, stopped=stopped, time_limit=time_limit)
    if out is not None:
        check_target(out)
    old, plan = read_for_verifying(book)
    reading = read_case(edited)
    case = reading.case
    days = (old.calendar.start - case.calendar.start).days
    if days % 7:
        raise UsageError(f"{edited.name} does not begin its weeks on the day of the week that {book.name} does")
    moved = still_known(case, present(later(plan, days // 7)))
    own = present(case.last).tidy()
    plans = [p for p in (moved, own) if not p.empty]
    if not plans:
        raise UsageError(f"neither {book.name} nor {edited.name} holds a plan to begin from")
    found = effect(case, plans, options, MOVES, search, stored(book), -days // 7)
    first = found.in_hand[0].verdict
    told: WhatIf = WhatIf(
        case, found, verify(old, plan).score, first.score if first.ok else None,
        tuple(dict.fromkeys(f"{b.rule}: {b.text}" for b in first.breaches)),
        () if found.found is None else changes((old, plan), (case, found.found.plan)),
        tuple(Told(r.rule, rows_of(reading.tables, r.rows), r.text) for r in found.reasons), None, options.elapsed,
    )  # fmt: skip
    if out is None or found.found is None:
        return told
    outcome = _outcome(case, found, options)
    verdict = verify(case, found.found.plan)
    made = Made(reading.tables, edited, True)
    landed = write(out, case, found.found.plan, made, agreed(outcome, verdict), verdict)
    return WhatIf(**{**vars(told), "output": landed, "seconds": options.elapsed})


def ceilings(book: Path) -> Callable[[Case, Plan | None], float | None]:
    """A function of a case edited from that of the plan ``book``, and of the plan it holds: what no plan of it scores
    above, ``None`` where it has no plan at all, both proven from the proof that ``book`` carries.

    Raises ``UsageError`` where ``book`` carries none.
    """
    from optimizer.workbook import labels
    from optimizer.workbook.reader import read_for_verifying

    given = stored(book)
    if given is None:
        raise UsageError(
            f"{book.name} carries no proof (a sheet {labels.PROOF}) to prove ceilings from: give a plan that solve "
            "made with the engine lagrangian, or leave out --ceiling"
        )
    start = read_for_verifying(book)[0].calendar.start

    def ceiling(case: Case, plan: Plan | None) -> float | None:
        weeks, rest = divmod((case.calendar.start - start).days, 7)
        told = given if rest == 0 else None  # its weeks are none of this case: begin anew
        return effect(case, [] if plan is None else [plan], Options(), search=False, given=told, later=weeks).ceiling

    return ceiling


def _outcome(case: Case, found: Effect, options: Options) -> Outcome:
    """The plan found as an engine's answer, for the Run sheet."""
    assert found.found is not None
    plan: Plan = found.found.plan
    sure = found.ceiling is not None and same(found.ceiling, found.found.score)
    status, reason = (Status.optimal, StopReason.proven) if sure else (Status.feasible, StopReason.effort)
    return Outcome(
        "what-if", status, reason, plan, found.found.score, found.ceiling, options.elapsed, options.seed,
        repeatable=not options.must_stop,
    )  # fmt: skip
