"""The commands and their options; no logic."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from optimizer.cli.exits import Exit, ends_well
from optimizer.cli.options import (
    AsOf,
    Book,
    Effort,
    Engine,
    Json,
    Limit,
    Lp,
    Mps,
    Out,
    PlanBook,
    SizeClass,
    Version,
    engine_of,
    one_of,
    say_version,
)
from optimizer.errors import UsageError

app = typer.Typer(
    help="Plans rotations, prepositioned sets, exercises and upgrades within budget: workbook in, verified plan out.",
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@app.callback()
def _root(version: Version = False) -> None:
    return None


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
def score(book: PlanBook, as_json: Json = False) -> Exit:
    """What any plan achieves, made by hand or not: coverage, money, and the rules it breaks."""
    from optimizer.cli import commands

    return commands.score(book, as_json)


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
    as_json: Json = False,
) -> Exit:
    """Draw a plan as one page of HTML, re-verified on the way, for screens, telephones and print."""
    from optimizer.cli import commands

    return commands.report(book, out, week, as_json)


@app.command()
@ends_well
def explain(
    book: Book,
    model: Annotated[bool, typer.Option("--model", help="Every rule and term, with its rows in this case.")] = False,
    as_json: Json = False,
) -> Exit:
    """Print what a case is made of: its counts, or with --model every rule and term."""
    from optimizer.cli import commands

    return commands.explain(book, model, as_json)


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


from optimizer.cli import between as between  # noqa: E402  the commands between planners
from optimizer.cli import desk as desk  # noqa: E402  the commands of a planner's desk
from optimizer.cli import years as years  # noqa: E402  the commands from year to year


@app.command(hidden=True)
def version() -> None:
    """Say the version."""
    say_version(True)


@app.command("help", hidden=True)
def help_(
    context: typer.Context, command: Annotated[str | None, typer.Argument(metavar="COMMAND", show_default=False)] = None
) -> None:
    """Say what the commands do, or one of them."""
    root = context.find_root()
    known = getattr(root.command, "commands", {})
    if command is not None and command not in known:
        raise typer.BadParameter(f"there is no command '{command}'")
    if command is None:
        typer.echo(root.get_help())
    else:
        typer.echo(known[command].get_help(type(root)(known[command], parent=root, info_name=command)))
