"""The commands that ask beyond one plan: many solves at once; options and answers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from optimizer.cli.exits import Exit, ends_well
from optimizer.cli.options import Book, Effort, Engine, Json, Limit, engine_of, one_of
from optimizer.cli.root import app

if TYPE_CHECKING:
    from optimizer.report.sweeps import Sweep

SHOWN = 60  # results on screen; JSON and the workbook have them all

EngineName = Annotated[Engine, typer.Option(help="Which solver.", parser=engine_of, metavar=f"[{'|'.join(Engine)}]")]
EffortName = Annotated[
    Effort | None,
    typer.Option(
        help="How long each solve searches; default: as the workbook says.",
        parser=lambda name: one_of(Effort, "effort", name),
        metavar=f"[{'|'.join(Effort)}]",
    ),
]


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
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no table.")] = False,
) -> Exit:
    """Solve many variations of a workbook; what is done is kept, and the same call goes on from there."""
    from optimizer.cli import commands, screen
    from optimizer.cli.interrupt import Interrupt
    from optimizer.cli.progress import Reporter
    from optimizer.errors import UsageError
    from optimizer.workflow import sweeping

    if jobs is not None and cluster is not None:
        raise UsageError("--jobs is for this machine, --cluster for others: one of the two")
    commands.present(book)
    target = commands.elsewhere(commands.workbook(out or sweeping.default_store(book).with_suffix(".xlsx")), book)
    asked = sweeping.Sweeping(tuple(over or ()), seeds, engine.value, effort.value if effort else None, time_limit,
                              jobs, cluster)  # fmt: skip
    with Reporter(screen.stderr(), quiet) as reporter:
        interrupt = Interrupt(
            lambda _: reporter.say("stopping; results so far are kept (Ctrl-C again to leave at once)")
        )
        with interrupt.listening():
            found, case = sweeping.sweep(book, asked, store, reporter, interrupt.asked)
    landed = sweeping.write(found, case, target) if target is not None and found.results else None
    if as_json:
        screen.print_json(of_sweep(found, landed))
    elif not quiet:
        show_sweep(found)
        if landed is not None:
            screen.note(f"sweep: {landed}")
    return _exit(found)


def _exit(found: Sweep) -> Exit:
    from optimizer.report.sweeps import FAILED, LOST

    if not found.complete:
        return Exit.STOPPED if found.results else Exit.INTERRUPTED
    broken = any(r.status == LOST or (r.status == FAILED) for r in found.results)
    return Exit.CRASH if broken else Exit.DONE


def of_sweep(found: Sweep, landed: Path | None) -> dict[str, Any]:
    """A sweep as one object."""
    return {
        "status": "ok" if found.complete else "not complete",
        "axes": found.axes,
        "seeds": found.seeds,
        "results": [vars(r) for r in found.results],
        "kept": found.kept,
        "repeated": found.repeated,
        "output": None if landed is None else str(landed),
    }


def show_sweep(found: Sweep) -> None:
    """A sweep on the screen: the table, and how it went."""
    from optimizer.cli import screen
    from optimizer.report.sweeps import heads, rows

    titles = heads(found)
    lines = [["–" if v is None else f"{v:,.2f}" if isinstance(v, float) else v for v in line] for line in rows(found)]
    screen.table(f"{len(found.results):,} solves", titles, lines[:SHOWN], len(titles) - len(found.axes) - 2)
    if len(lines) > SHOWN:
        screen.note(f"… and {len(lines) - SHOWN:,} more: --json and the workbook have them all")
    for r in [r for r in found.results if r.error or r.reasons][:SHOWN]:
        where = ", ".join(f"{a} {v}" for a, v in r.values.items())
        screen.note(f"{where or 'the case'}, seed {r.seed}: {r.status}: {r.error or '; '.join(r.reasons)}")
    again = f"; {found.repeated} tasks begun again because a process died" if found.repeated else ""
    screen.note(f"{found.kept:,} results were there already{again}")
    if not found.complete:
        screen.complain("not complete: the same command goes on with the rest")
