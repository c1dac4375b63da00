"""The commands that judge a plan: verify it, score it, report it on a page; no logic."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from optimizer.cli.exits import Exit, ends_well
from optimizer.cli.options import Json, PlanBook
from optimizer.cli.root import app
from optimizer.errors import UsageError


@app.command()
@ends_well
def verify(
    book: Annotated[
        Path | None, typer.Argument(metavar="PLAN", help="A workbook with a plan in it.", dir_okay=False)
    ] = None,
    chain: Annotated[bool, typer.Option("--chain", help="Check all signed years, and glued together as one.")] = False,
    root: Annotated[Path, typer.Option(metavar="DIR", help="With --chain: the folder of the years.")] = Path("cycles"),
    as_json: Json = False,
) -> Exit:
    """Re-check every rule of a plan, re-add every term, and compare with what its workbook claims."""
    from optimizer.cli import commands, years

    if (book is None) != chain:
        raise UsageError("say which plan, or --chain for all signed years")
    return years.verify_chain(root, as_json) if book is None else commands.verify(book, as_json)


@app.command()
@ends_well
def score(
    book: PlanBook,
    scenario: Annotated[str | None, typer.Option(metavar="ID", help="As if this scenario came true.")] = None,
    as_json: Json = False,
) -> Exit:
    """What any plan achieves, made by hand or not: coverage, money, and the rules it breaks."""
    from optimizer.cli import commands

    return commands.score(book, scenario, as_json)


@app.command()
@ends_well
def report(
    book: PlanBook,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="OUT", help="Where the page goes; default PLAN.html.")
    ] = None,
    week: Annotated[
        str | None, typer.Option(metavar="DATE", help="A day (2017-06-05) of the week on the map; default the fullest.")
    ] = None,
    against: Annotated[
        Path | None, typer.Option(metavar="PLAN", help="Another plan to put beside it.", dir_okay=False)
    ] = None,
    as_json: Json = False,
) -> Exit:
    """Draw a plan as one page of HTML, re-verified on the way, for screens, telephones and print."""
    from optimizer.cli import commands

    return commands.report(book, out, week, against, as_json)
