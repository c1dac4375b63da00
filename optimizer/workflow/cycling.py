"""Open a year from the one signed before it → ask for what only people know → plan → compare → draw → note it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from filelock import FileLock, Timeout

from optimizer import __version__
from optimizer.cycle import manifest
from optimizer.cycle.manifest import Manifest
from optimizer.cycle.recurrence import first_monday
from optimizer.domain.canonical import content_hash
from optimizer.domain.outcome import Outcome, Progress
from optimizer.errors import Busy, FaultsFound, UsageError
from optimizer.versions import versions
from optimizer.workflow.drafting import INPUT, PLAN, ROOT, Draft, Order, draft
from optimizer.workflow.solving import Solved, Wishes, solve
from optimizer.workflow.stages import LOG, Stages, key_of

if TYPE_CHECKING:
    from optimizer.workbook.forms.next_year import Asked

LOCK = ".lock"
COMPARE, PAGE = "compare.xlsx", "report.html"


@dataclass(frozen=True)
class Cycle:
    """What a run came to. ``status``: ``planned``, ``signed`` (nothing to do), ``no plan``. ``yellow`` what is asked
    or proposed, with its cell; ``solved`` the answer of this run, ``None`` where the plan was there already."""

    year: int
    folder: Path
    status: str
    parent: str | None
    yellow: tuple[tuple[str, Asked], ...] = ()
    solved: Solved | None = None
    manifest: Manifest | None = None


@contextmanager
def alone(root: Path) -> Iterator[None]:
    """Only one run at a time works on the years under ``root``; ``Busy`` for the others.

    The lock is the operating system's and goes with the process, however that ends.
    """
    root.mkdir(parents=True, exist_ok=True)
    lock = FileLock(root / LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise Busy(f"another run is at work on {root}") from None
    try:
        yield
    finally:
        lock.release()


def cycle(
    order: Order,
    wishes: Wishes,
    progress: Callable[[Progress], None] = lambda _: None,
    stopped: Callable[[], bool] = lambda: False,
    run: Callable[[Callable[[], Outcome]], Outcome] = lambda work: work(),
) -> Cycle:
    """Plan a year into ``root/YEAR``; a run that was killed is taken up where it stopped.

    Raises ``Busy`` while another run is at work, ``UsageError`` where the year before is not signed or was changed
    since, ``FaultsFound`` where cells are to be filled or make no sense.
    """
    order = replace(order, root=order.root.resolve())
    with alone(order.root):
        folder = order.root / str(order.year)
        known = manifest.read(folder)
        if known is not None and known.signed is not None:
            return Cycle(order.year, folder, "signed", known.parent, manifest=known)
        parent = _parent(order)
        drafted = draft(order, parent)
        folder.mkdir(parents=True, exist_ok=True)
        stages = Stages(folder)
        yellow = _input(order, parent, stages, drafted)
        return _plan(order, parent, stages, yellow, replace(wishes, timeless=True), (progress, stopped, run))


def _parent(order: Order) -> Manifest | None:
    """The signed year before, unchanged since; ``None`` for the first year."""
    before = order.root / str(order.year - 1)
    found = manifest.read(before)
    if found is None:
        if order.book is None:
            raise UsageError(
                f"there is no year {order.year - 1} under {order.root}: say from which workbook the first year is made "
                "(--from BOOK)"
            )
        return None
    if found.signed is None:
        raise UsageError(f"year {order.year - 1} is not signed yet: optimizer sign-off {order.year - 1} --by NAME")
    wrong = manifest.changed(found, before)
    if wrong:
        raise UsageError(f"year {order.year - 1} was changed after it was signed: {', '.join(wrong)}")
    return found


def _input(order: Order, parent: Manifest | None, stages: Stages, drafted: Draft) -> tuple[tuple[str, Asked], ...]:
    """Draft the year's input workbook, unless it is there; what is asked, with its cells."""
    from optimizer.workbook.forms.drafts import place

    source = [
        None if p is None else manifest.file_hash(p) for p in (order.book if parent is None else None, order.updates)
    ]
    before = None if parent is None else manifest.hash_of(order.root / str(order.year - 1))
    key = key_of("input", before, *source, order.look_ahead, order.year, __version__)
    content, asked, origin = drafted

    def write(path: Path) -> None:
        from optimizer.workbook.forms.drafts import write_draft
        from optimizer.workbook.merge.write import write_content

        write_content(content, path) if parent is None else write_draft(content, asked, path)

    stages.make("input", key, INPUT, write)
    _sound(order, stages, origin)
    return tuple((f"{a.sheet}!{place(content, a)}", a) for a in asked)


def _sound(order: Order, stages: Stages, origin: dict[tuple[str, int], int]) -> None:
    """Raise the faults of the drafted input, those of rows from the news told where they stand there."""
    from optimizer.workbook.forms.updates import told_at
    from optimizer.workbook.reader import read_case

    try:
        read_case(stages.folder / INPUT)
    except FaultsFound as error:
        stages.log("input", "waits to be filled in")
        name = order.updates.name if order.updates else ""
        raise FaultsFound(told_at(error.faults, origin, name)) from error


def _plan(
    order: Order, parent: Manifest | None, stages: Stages, yellow: tuple[tuple[str, Asked], ...], wishes: Wishes,
    talk: tuple[Any, Any, Any],
) -> Cycle:  # fmt: skip
    """Plan, compare with the year before, draw, and at the very end put the manifest in its place."""
    from optimizer.workbook.reader import read_case

    folder = stages.folder
    asked = read_case(folder / INPUT)
    effort = wishes.effort or asked.case.settings.effort
    seed = asked.case.settings.seed if wishes.seed is None else wishes.seed
    key = key_of("plan", manifest.file_hash(folder / INPUT), effort, seed, wishes.engine, __version__)
    hashed = None if parent is None else manifest.hash_of(order.root / str(order.year - 1))
    solved: Solved | None = stages.make(
        "plan", key, PLAN, lambda path: solve(folder / INPUT, path, wishes, *talk), _facts
    )
    if solved is not None and solved.output is None:
        stages.log("plan", f"no plan: {solved.outcome.status}")
        return Cycle(order.year, folder, "no plan", hashed, yellow, solved)
    old = order.root / str(order.year - 1) / PLAN if parent else folder / INPUT
    if solved is not None:
        solved = replace(solved, output=folder / PLAN)
    both = [manifest.file_hash(p) for p in (old, folder / PLAN)]
    stages.make("compare", key_of("compare", *both, __version__), COMPARE, lambda path: _compare(old, folder, path))
    stages.make("page", key_of("page", both[1], __version__), PAGE, lambda path: _page(folder / PLAN, path))
    made = _manifest(order, parent, hashed, stages, effort, seed)
    if manifest.read(folder) != made:
        manifest.write(made, folder)
        stages.log("manifest", "done", score=made.score, bound=made.bound)
    return Cycle(order.year, folder, "planned", hashed, yellow, solved, made)


def _compare(old: Path, folder: Path, path: Path) -> None:
    from optimizer.workflow.comparing import compared, version, write

    last = version(old, "last year" if old.parent != folder else "before")
    write(compared((last, version(folder / PLAN, "this year"))), path)


def _page(plan: Path, path: Path) -> None:
    from optimizer.workflow.reporting import report

    report(plan, path)


def _manifest(
    order: Order, parent: Manifest | None, hashed: str | None, stages: Stages, effort: str, seed: int
) -> Manifest:
    """The manifest of what lies in the folder now."""
    from optimizer.workflow.auditing import audit

    folder = stages.folder
    found = audit(folder / PLAN)
    calendar = found.case.calendar
    weeks = (first_monday(order.year + 1, calendar) - calendar.start).days // 7
    by_hand: dict[str, Any] = {"engine": "by hand", "repeatable": True}
    facts = by_hand if stages.edited("plan", PLAN) else stages.facts("plan")
    return Manifest(
        order.year,
        calendar.start.isoformat(),
        calendar.weeks,
        weeks,
        hashed,
        None if order.book is None or parent is not None else manifest.file_hash(order.book),
        None if order.updates is None else manifest.file_hash(order.updates),
        content_hash(found.case),
        content_hash(found.case, found.plan),
        found.verdict.score,
        found.bound,
        facts["engine"],
        effort,
        seed,
        facts["repeatable"],
        {"optimizer": __version__} | versions(),
        {name: manifest.file_hash(folder / name) for name in (INPUT, PLAN, COMPARE, PAGE)},
    )


def _facts(solved: Solved) -> dict[str, Any]:
    """What the manifest tells of how the plan was made."""
    return {"engine": solved.outcome.engine, "repeatable": solved.outcome.repeatable}


__all__ = ["COMPARE", "INPUT", "LOCK", "LOG", "PAGE", "PLAN", "ROOT", "Cycle", "Order", "alone", "cycle"]
