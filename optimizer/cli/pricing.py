"""The commands that weigh a plan: what more or less of anything is worth, and where the gap lies."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from optimizer.cli.exits import Exit, ends_well
from optimizer.cli.options import Json, Limit, PlanBook
from optimizer.cli.root import app

SHOWN = 30  # lines of the ledger on screen; JSON has them all

Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress.")]


def _kind(name: str) -> str:
    from optimizer.report.prices import KINDS

    if name.lower() not in KINDS:
        raise typer.BadParameter(f"there is no kind '{name}' (known: {', '.join(KINDS)})")
    return name.lower()


@app.command()
@ends_well
def prices(
    book: PlanBook,
    of: Annotated[
        list[str] | None,
        typer.Option(
            "--of",
            help="money, places, set, week, lock, floor or cap; repeatable.",
            parser=_kind,
            metavar="KIND",
        ),
    ] = None,
    money: Annotated[float, typer.Option(metavar="M", min=0.001, help="Money more or less of each line.")] = 10.0,
    places: Annotated[int, typer.Option(metavar="N", min=1, help="Places more of each site.")] = 100,
    time_limit: Limit = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> Exit:
    """Say what the next and last money, places, sets, weeks, lines and caps are worth, found and proven."""
    from optimizer.cli import commands, screen
    from optimizer.cli.progress import listening
    from optimizer.domain.outcome import Options
    from optimizer.quantities import MONEY as MICRO
    from optimizer.quantities import figure
    from optimizer.workflow import pricing as story
    from optimizer.workflow import versions

    commands.present(book)
    with listening(quiet) as (reporter, interrupt):
        options = Options(progress=reporter, stopped=interrupt.asked, time_limit=time_limit)
        found = story.priced(book, options, of or (), round(money * MICRO), places)
    if as_json:
        record = {"status": "ok", "score": found.score, "bound": found.bound,
                  "prices": [{**vars(p), "sentence": p.sentence} for p in found.prices],
                  "wall_seconds": round(found.seconds, 3), "versions": versions()}  # fmt: skip
        screen.print_json(record)
    else:
        for p in found.prices:
            screen.note(p.sentence)
        gap = found.bound - found.score
        screen.note(f"the present gap, {figure(gap, 1)} points, is part of every proven ceiling")
    return Exit.STOPPED if options.must_stop else Exit.DONE


@app.command()
@ends_well
def ledger(book: PlanBook, as_json: Json = False, quiet: Quiet = False) -> Exit:
    """Say where the gap between a plan and the proven bound lies: by unit, set, exercise and kind of row."""
    from optimizer.cli import commands, screen
    from optimizer.cli.progress import listening
    from optimizer.domain.outcome import Options
    from optimizer.quantities import figure
    from optimizer.workflow import pricing as story
    from optimizer.workflow import versions

    commands.present(book)
    with listening(quiet) as (reporter, interrupt):
        found, seconds = story.gap_of(book, Options(progress=reporter, stopped=interrupt.asked))
    if as_json:
        record: dict[str, Any] = {"status": "ok", "score": found.score, "bound": found.bound,
                                  "ledger": [vars(e) for e in found.entries],
                                  "wall_seconds": round(seconds, 3), "versions": versions()}  # fmt: skip
        screen.print_json(record)
        return Exit.DONE
    rows = [(e.kind, e.subject, figure(e.points)) for e in found.entries[:SHOWN]]
    rest = sum(e.points for e in found.entries[SHOWN:])
    if found.entries[SHOWN:]:
        rows.append((f"{len(found.entries) - SHOWN} others", "", figure(rest)))
    total = found.bound - found.score
    screen.table(
        f"where the gap of {figure(total)} points lies", ("", "of", "points"), [*rows, ("all", "", figure(total))], 1
    )
    return Exit.DONE
