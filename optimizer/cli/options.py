"""Options and arguments that commands share, and the words they take."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from optimizer import __version__


class Engine(StrEnum):
    """The solvers to choose from."""

    auto = "auto"
    linear = "linear"
    cpsat = "cpsat"
    lagrangian = "lagrangian"


OLDER = {"cp": Engine.cpsat, "columns": Engine.lagrangian}  # names that earlier versions had


def one_of(kind: type[StrEnum], what: str, name: str) -> StrEnum:
    """The member of that name, in whatever case."""
    found = next((m for m in kind if m.value.casefold() == str(name).casefold()), None)
    if found is None:
        raise typer.BadParameter(f"there is no {what} '{name}' (known: {', '.join(kind)})")
    return found


def engine_of(name: str) -> StrEnum:
    """The engine of that name, today's or an earlier one."""
    return OLDER.get(name) or one_of(Engine, "engine", name)


class Effort(StrEnum):
    """How long to search."""

    quick = "quick"
    standard = "standard"
    thorough = "thorough"


class SizeClass(StrEnum):
    """Named sizes of synthetic cases."""

    S = "S"
    M = "M"
    L = "L"
    XL = "XL"


Book = Annotated[Path, typer.Argument(metavar="IN", help="A planning workbook (.xlsx, .xlsm).", dir_okay=False)]
PlanBook = Annotated[Path, typer.Argument(metavar="PLAN", help="A workbook with a plan in it.", dir_okay=False)]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")]


def say_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"optimizer {__version__}")
        raise typer.Exit


Version = Annotated[bool, typer.Option("--version", callback=say_version, is_eager=True, help="Say the version.")]
Out = Annotated[
    Path | None, typer.Option("--out", "-o", metavar="OUT", help="Where the plan goes; default outputs/IN_plan.xlsx.")
]
Adopt = Annotated[
    Path | None,
    typer.Option("--adopt", metavar="BETTER", help="Write a plan that beats the one in hand, if a search meets one."),
]
AsOf = Annotated[
    str | None,
    typer.Option("--date", metavar="DATE", help="The date on the pages of the plan; default: as the workbook says."),
]
Limit = Annotated[float | None, typer.Option(metavar="S", min=0.001, help="Stop after so many seconds.")]
Lp = Annotated[Path | None, typer.Option(help="Also write the linear model as CPLEX LP.", dir_okay=False)]
Mps = Annotated[Path | None, typer.Option(help="Also write the linear model as MPS.", dir_okay=False)]
