"""The ``optimizer`` command with all its commands: each room adds its own on import, in the order help shows them."""

from __future__ import annotations

from typing import Annotated

import typer

from optimizer.cli import planning, replanning, judging, asking, pricing, books  # noqa: F401  # isort: skip
from optimizer.cli import between, desk, years, exploring, machine  # noqa: F401  # isort: skip
from optimizer.cli.options import say_version
from optimizer.cli.root import app as app


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
