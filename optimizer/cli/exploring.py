"""The commands that ask beyond one plan: many solves at once, what money buys, scenarios,
alternatives; no logic."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from optimizer.cli.exits import Exit, ends_well
from optimizer.cli.options import Book, Effort, Engine, Json, Limit, PlanBook, engine_of, one_of
from optimizer.cli.root import app

EngineName = Annotated[Engine, typer.Option(help="Which solver.", parser=engine_of, metavar=f"[{'|'.join(Engine)}]")]
EffortName = Annotated[
    Effort | None,
    typer.Option(
        help="How long each solve searches; default: as the workbook says.",
        parser=lambda name: one_of(Effort, "effort", name),
        metavar=f"[{'|'.join(Effort)}]",
    ),
]

Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no table.")]


def _target(out: Path | None, book: Path, what: str) -> Path:
    """Where the answer goes, ``outputs/BOOK_what.xlsx`` unless said otherwise; never the workbook itself."""
    from optimizer.cli import commands

    commands.present(book)
    target = commands.workbook(out or Path("outputs") / f"{book.stem}_{what}.xlsx")
    commands.elsewhere(target, book)
    return target


@app.command()
@ends_well
def sweep(
    book: Book,
    over: Annotated[
        list[str] | None,
        typer.Option(
            metavar="WHAT=VALUES",
            help="What is varied: budget=0.8:1.2:0.05 (factors), budget.LINE=…, "
            "total-cap=900,1000, scenario=all or their ids; again for more, all combinations are solved.",
        ),
    ] = None,
    seeds: Annotated[int, typer.Option(metavar="N", min=1, help="Solves of each, with different seeds.")] = 1,
    jobs: Annotated[
        int | None, typer.Option(metavar="N", min=1, help="Processes at once; default: one for two cores.")
    ] = None,
    cluster: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="The scheduler of a Dask cluster to do the work instead.")
    ] = None,
    engine: EngineName = Engine.auto,
    effort: EffortName = None,
    time_limit: Limit = None,
    store: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Where results are kept; default outputs/IN_sweep.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="OUT", help="The workbook; default outputs/IN_sweep.xlsx.")
    ] = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> Exit:
    """Solve many variations of a workbook; what is done is kept, and the same call goes on from there."""
    from optimizer.cli import explored, screen
    from optimizer.cli.progress import listening
    from optimizer.errors import UsageError
    from optimizer.workflow import sweeping

    if jobs is not None and cluster is not None:
        raise UsageError("--jobs is for this machine, --cluster for others: one of the two")
    target = _target(out, book, "sweep")
    asked = sweeping.Sweeping(tuple(over or ()), seeds, engine.value, effort.value if effort else None, time_limit,
                              jobs, cluster)  # fmt: skip
    with listening(quiet, "stopping; results so far are kept (Ctrl-C again to leave at once)") as (reporter, interrupt):
        found, case = sweeping.sweep(book, asked, store, reporter, interrupt.asked)
    landed = sweeping.write(found, case, target) if found.results else None
    if as_json:
        screen.print_json(explored.of_sweep(found, landed))
    elif not quiet:
        explored.show_sweep(found)
        if landed is not None:
            screen.note(f"sweep: {landed}")
    return explored.exit_of_sweep(found)


@app.command()
@ends_well
def frontier(
    book: Book,
    budgets: Annotated[
        str, typer.Option(metavar="FACTORS", help="Times the workbook's money: from:to:step, or factors.")
    ] = "0.8:1.2:0.05",
    reach: Annotated[
        list[str] | None,
        typer.Option(
            metavar="WHAT=AMOUNT", help="Also the least money for score=13000, or for a percentage of a level: full=60."
        ),
    ] = None,
    scenario: Annotated[str | None, typer.Option(metavar="ID", help="As if this scenario came true.")] = None,
    effort: EffortName = None,
    seed: Annotated[int | None, typer.Option(metavar="N", min=0, help="Default: as the workbook says.")] = None,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="OUT", help="The workbook; default outputs/IN_frontier.xlsx.")
    ] = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> Exit:
    """What money buys: score and coverage found for each budget, and what no plan can have with it."""
    from optimizer.cli import explored, screen
    from optimizer.cli.progress import listening
    from optimizer.workflow import Wishes
    from optimizer.workflow import frontier as story

    target = _target(out, book, "frontier")
    wishes = Wishes(effort=effort.value if effort else None, seed=seed, scenario=scenario)
    with listening(quiet) as (reporter, interrupt):
        found, case = story.frontier(book, budgets, reach or (), wishes, reporter, interrupt.asked)
    landed = story.write(found, case, target)
    if as_json:
        screen.print_json(explored.of_frontier(found, landed))
    elif not quiet:
        explored.show_frontier(found)
        screen.note(f"frontier: {landed}")
    return Exit.STOPPED if interrupt.asked() else Exit.DONE


@app.command()
@ends_well
def stress(
    book: PlanBook,
    scenario: Annotated[
        list[str] | None, typer.Option(metavar="ID", help="Only this scenario; again for more. Default: all.")
    ] = None,
    effort: EffortName = None,
    seed: Annotated[int | None, typer.Option(metavar="N", min=0, help="Default: as the workbook says.")] = None,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="OUT", help="The workbook; default outputs/PLAN_stress.xlsx.")
    ] = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> Exit:
    """One plan in every scenario: as it is, mended, and planned anew, all from one start; what knowing is worth."""
    from optimizer.cli import explored, screen
    from optimizer.cli.progress import listening
    from optimizer.workflow import Wishes
    from optimizer.workflow import stress as story

    target = _target(out, book, "stress")
    wishes = Wishes(effort=effort.value if effort else None, seed=seed)
    with listening(quiet) as (reporter, interrupt):
        found, case = story.stress(book, scenario, wishes, reporter, interrupt.asked)
    landed = story.write(found, case, target)
    if as_json:
        screen.print_json(explored.of_stress(found, landed))
    elif not quiet:
        explored.show_stress(found)
        screen.note(f"stress: {landed}")
    return Exit.STOPPED if interrupt.asked() else Exit.DONE


@app.command()
@ends_well
def alternatives(
    book: PlanBook,
    count: Annotated[int, typer.Option(metavar="N", min=2, max=50, help="Plans in all, this one counted.")] = 10,
    within: Annotated[float, typer.Option(metavar="PERCENT", help="Of the score that may be given up.")] = 1.0,
    unlike: Annotated[float, typer.Option(metavar="PERCENT", help="Of element-weeks that each two differ in.")] = 30.0,
    effort: EffortName = None,
    seed: Annotated[int | None, typer.Option(metavar="N", min=0, help="Default: as the workbook says.")] = None,
    plans: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Also write each plan there as a workbook of its own.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="OUT", help="Default outputs/PLAN_alternatives.xlsx.")
    ] = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> Exit:
    """Plans about as good as this one and unlike it and each other; what all of them share."""
    from optimizer.cli import explored, screen
    from optimizer.cli.progress import listening
    from optimizer.workflow import Wishes
    from optimizer.workflow import alternatives as story

    target = _target(out, book, "alternatives")
    wishes = Wishes(effort=effort.value if effort else None, seed=seed)
    with listening(quiet) as (reporter, interrupt):
        found, case, written = story.alternatives(
            book, count, within / 100, unlike / 100, wishes, plans, reporter, interrupt.asked
        )
    landed = story.write_overview(found, case, target)
    if as_json:
        screen.print_json(explored.of_alternatives(found, landed, written))
    elif not quiet:
        explored.show_alternatives(found)
        screen.note(f"alternatives: {landed}")
    return Exit.STOPPED if interrupt.asked() else Exit.DONE
