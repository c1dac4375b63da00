"""The commands that make workbooks or say how they are made: sheets, templates, folders, synthetic cases; no logic."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from optimizer.cli.exits import Exit, ends_well
from optimizer.cli.options import Book, Json, SizeClass, one_of
from optimizer.cli.root import app


@app.command()
@ends_well
def schema(as_json: Json = False) -> Exit:
    """Print the sheets and columns of a workbook."""
    from optimizer.cli import commands

    return commands.schema(as_json)


@app.command()
@ends_well
def template(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="The workbook to make (.xlsx).", dir_okay=False)],
    source: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="BOOK",
            help="Fill it from this workbook, or by its name from an example (teaching, fy2017) or one in inputs/.",
        ),
    ] = None,
    year: Annotated[
        int | None,
        typer.Option(
            metavar="YEAR",
            help="The fiscal year to plan. With --from, every date moves by the same number of weeks, so that "
            "exercises, closures and demands keep their season; budget rows and the plan's name move with them.",
        ),
    ] = None,
) -> Exit:
    """Write a workbook to fill in: empty, or with the data of another, moved to another year on request."""
    from optimizer.cli import commands

    return commands.template(out, source, year)


@app.command()
@ends_well
def unpack(
    book: Book,
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", file_okay=False)],
    ordered: Annotated[
        bool, typer.Option("--sort", help="Rows in the order of their ids, however the workbook is sorted.")
    ] = False,
) -> Exit:
    """Turn a workbook into a folder of CSV files."""
    from optimizer.cli import commands

    return commands.unpack(book, folder, ordered)


@app.command()
@ends_well
def pack(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", file_okay=False)],
    out: Annotated[Path, typer.Argument(metavar="OUT", dir_okay=False)],
) -> Exit:
    """Turn a folder of CSV files into a workbook."""
    from optimizer.cli import commands

    return commands.pack(folder, out)


@app.command()
@ends_well
def generate(
    out: Annotated[Path, typer.Argument(metavar="OUT", dir_okay=False)],
    size: Annotated[
        SizeClass,
        typer.Option(
            "--class",
            help="A named size, where not said otherwise.",
            parser=lambda name: one_of(SizeClass, "class", name),
            metavar=f"[{'|'.join(SizeClass)}]",
        ),
    ] = SizeClass.M,
    units: Annotated[int | None, typer.Option(metavar="N", min=1, max=5000, help="Units.")] = None,
    sites: Annotated[int | None, typer.Option(metavar="N", min=7, max=1000, help="Sites.")] = None,
    weeks: Annotated[int | None, typer.Option(metavar="N", min=8, max=260, help="Length of the plan.")] = None,
    exercises: Annotated[int | None, typer.Option(metavar="N", min=0, max=5000, help="Exercises offered.")] = None,
    sets: Annotated[
        int | None, typer.Option(metavar="N", min=0, max=1000, help="Prepositioned sets; default one per five units.")
    ] = None,
    seed: Annotated[int, typer.Option(metavar="N", min=0, help="Same seed, same case.")] = 1,
) -> Exit:
    """Write the workbook of a synthetic case, to try sizes and to compare solvers."""
    from optimizer.cli import commands

    chosen = {"units": units, "sites": sites, "weeks": weeks, "exercises": exercises, "sets": sets}
    return commands.generate(out, size.value, {k: v for k, v in chosen.items() if v is not None}, seed)
