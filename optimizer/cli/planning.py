"""The commands that plan: solve a workbook, check it first, explain its model; no logic."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from optimizer.cli.exits import Exit, ends_well
from optimizer.cli.options import Adopt, AsOf, Book, Effort, Engine, Json, Limit, Lp, Mps, Out, engine_of, one_of
from optimizer.cli.root import app


@app.command()
@ends_well
def solve(
    book: Book,
    out: Out = None,
    engine: Annotated[
        Engine, typer.Option(help="Which solver.", parser=engine_of, metavar=f"[{'|'.join(Engine)}]")
    ] = Engine.auto,
    effort: Annotated[
        Effort | None,
        typer.Option(
            help="How long to search; default: as the workbook says.",
            parser=lambda name: one_of(Effort, "effort", name),
            metavar=f"[{'|'.join(Effort)}]",
        ),
    ] = None,
    time_limit: Limit = None,
    seed: Annotated[int | None, typer.Option(metavar="N", min=0, help="Default: as the workbook says.")] = None,
    scenario: Annotated[str | None, typer.Option(metavar="ID", help="Plan as if this scenario came true.")] = None,
    total_cap: Annotated[str | None, typer.Option(metavar="MONEY", help="Most the plan may spend in all.")] = None,
    write_lp: Lp = None,
    write_mps: Mps = None,
    as_of: AsOf = None,
    as_json: Json = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no summary.")] = False,
) -> Exit:
    """Make the best plan for a workbook, check it, and write it as a workbook."""
    from optimizer.cli import commands
    from optimizer.workflow import Wishes

    effort_name = effort.value if effort else None
    wishes = Wishes(engine.value, effort_name, time_limit, seed, scenario, total_cap, write_lp, write_mps, as_of)
    return commands.solve(book, out, wishes, as_json, quiet)


@app.command()
@ends_well
def check(
    books: Annotated[
        list[Path], typer.Argument(metavar="IN…", help="Planning workbooks (.xlsx, .xlsm).", dir_okay=False)
    ],
    markup: Annotated[
        Path | None, typer.Option(metavar="OUT", help="Write a copy of one with the faults marked.")
    ] = None,
    as_json: Json = False,
) -> Exit:
    """Look for faults in workbooks without solving them."""
    from optimizer.cli import commands

    return commands.check(books, markup, as_json)


@app.command()
@ends_well
def explain(
    book: Book,
    model: Annotated[bool, typer.Option("--model", help="Every rule and term, with its rows in this case.")] = False,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="OUT", help="Of a plan: a copy with the answers as Why sheet.")
    ] = None,
    page: Annotated[
        Path | None, typer.Option("--page", metavar="OUT.html", help="Of a plan: its page with the answers.")
    ] = None,
    adopt: Adopt = None,
    time_limit: Limit = None,
    as_json: Json = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress.")] = False,
) -> Exit:
    """Say of a plan why this and why not that; of an input its counts; with --model every rule and term."""
    from optimizer.cli import asking, commands
    from optimizer.errors import UsageError

    if commands.planned(book) and not model:
        return asking.why(book, out, commands.elsewhere(page, book), adopt, time_limit, as_json, quiet)
    if out is not None or page is not None or adopt is not None:
        raise UsageError(f"{book.name} holds no plan whose decisions could be explained" if not model else
                         "--model is printed: there is nothing to write")  # fmt: skip
    return commands.explain(book, model, as_json)
