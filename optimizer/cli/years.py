"""The commands from year to year: cycle and sign-off; options and answers."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from optimizer.cli.exits import Exit, ends_well
from optimizer.cli.options import Effort, Engine, Json, engine_of
from optimizer.cli.root import app

if TYPE_CHECKING:
    from optimizer.workflow.cycling import Cycle
    from optimizer.workflow.signing import Chain

Root = Annotated[Path, typer.Option("--root", metavar="DIR", help="The folder of the years.", file_okay=False)]
Year = Annotated[int, typer.Argument(metavar="YEAR", help="The fiscal year.", min=1951, max=2140)]
FOLDER = Path("cycles")


@app.command()
@ends_well
def cycle(
    year: Year,
    book: Annotated[
        Path | None, typer.Option("--from", metavar="BOOK", help="The workbook of the first year.", dir_okay=False)
    ] = None,
    updates: Annotated[
        Path | None, typer.Option(metavar="BOOK", help="A workbook with the rows that are new.", dir_okay=False)
    ] = None,
    root: Root = FOLDER,
    look_ahead: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            min=0,
            max=104,
            help="Weeks planned beyond the year; default: 26, the first year as its workbook says.",
        ),
    ] = None,
    effort: Annotated[Effort | None, typer.Option(help="How long to search; default: as the workbook says.")] = None,
    engine: Annotated[
        Engine, typer.Option(help="Which solver.", parser=engine_of, metavar=f"[{'|'.join(Engine)}]")
    ] = Engine.auto,
    seed: Annotated[int | None, typer.Option(metavar="N", min=0, help="Default: as the workbook says.")] = None,
    as_json: Json = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no summary.")] = False,
) -> Exit:
    """Plan a year from the signed one before it, into DIR/YEAR; say what is to be filled in."""
    from optimizer.cli import commands, record, screen, show
    from optimizer.cli.interrupt import Overrun, aside
    from optimizer.cli.progress import listening
    from optimizer.workflow import Wishes, cycling

    order = cycling.Order(
        year, root, None if book is None else commands.present(book),
        None if updates is None else commands.present(updates), look_ahead,
    )  # fmt: skip
    wishes = Wishes(engine.value, effort.value if effort else None, seed=seed)
    with listening(quiet) as (reporter, interrupt):
        run = partial(aside, overrun=Overrun(interrupt.asked, None, reporter.patience))
        found = cycling.cycle(order, wishes, reporter, interrupt.asked, run)
    if as_json:
        screen.print_json(of_cycle(found))
    elif not quiet:
        if found.solved is not None:
            show.outcome(found.solved)
        screen.note(f"year {found.year}: {found.status}, in {found.folder}")
        if found.yellow:
            screen.note(
                f"{len(found.yellow)} proposals to look at: sheet “To fill in” of {found.folder / 'input.xlsx'}"
            )
    if found.solved is not None:
        return record.exit_of(found.solved.outcome)
    return Exit.DONE


def of_cycle(found: Cycle) -> dict[str, Any]:
    """A cycle as one object: a solve's, and the year, its folder and parent, and what is asked."""
    from optimizer.cli import record

    made = found.manifest
    if found.solved is not None:
        told = record.of_solve(found.solved)
    else:
        told = {"status": found.status, "score": made.score if made else None, "bound": made.bound if made else None}
    yellow = [{"cell": cell, "row": a.row, "column": a.column, "what": a.what, "needed": a.needed}
              for cell, a in found.yellow]  # fmt: skip
    more = {"year": found.year, "folder": str(found.folder), "parent": found.parent, "yellow": yellow}
    return told | more | {"cycle": found.status}


@app.command("sign-off")
@ends_well
def sign_off(
    year: Year,
    by: Annotated[str, typer.Option(metavar="NAME", help="Who signs.")],
    note: Annotated[str, typer.Option(metavar="TEXT", help="Kept with the signature.")] = "",
    root: Root = FOLDER,
    as_json: Json = False,
) -> Exit:
    """Freeze a planned year: the next is made from it, and later edits of it are found out."""
    from optimizer.cli import screen
    from optimizer.workflow import signing

    made = signing.sign_off(year, by, note, root)
    assert made.signed is not None
    if as_json:
        screen.print_json({"status": "signed", "year": year, "signed": vars(made.signed), "content": made.content})
    else:
        screen.note(f"year {year} is signed by {made.signed.by}, {made.signed.at}")
    return Exit.DONE


def verify_chain(root: Path, as_json: bool) -> Exit:
    """Check every signed year and all of them glued together."""
    from optimizer.cli import screen
    from optimizer.workflow import signing

    found = signing.chain(root)
    if as_json:
        screen.print_json(of_chain(found))
    else:
        rows = [(x.manifest.year, f"{x.manifest.score:,.2f}", x.manifest.signed.by if x.manifest.signed else "",
                 "; ".join(x.wrong) or "as signed") for x in found.links]  # fmt: skip
        screen.table("signed years", ("year", "score", "signed by", ""), rows)
        if found.breaches:
            told = [(b.rule, b.text) for b in found.breaches[:40]]
            screen.table(f"{len(found.breaches)} breach(es) in {found.weeks} weeks as one", ("rule", "what"), told)
        else:
            screen.note(f"as one plan of {found.weeks} weeks every rule holds ({found.tested:,} conditions checked)")
    return Exit.DONE if found.ok else Exit.UNVERIFIED


def of_chain(found: Chain) -> dict[str, Any]:
    """A chain as one object."""
    from optimizer.cli import record

    return {
        "status": "verified" if found.ok else "not verified",
        "years": [
            {"year": x.manifest.year, "score": x.manifest.score, "bound": x.manifest.bound, "wrong": x.wrong,
             "signed": vars(x.manifest.signed) if x.manifest.signed else None, "folder": str(x.folder)}
            for x in found.links
        ],
        "weeks": found.weeks,
        "tested": found.tested,
        "breaches": [record.of_breach(b) for b in found.breaches],
    }  # fmt: skip
