"""The command line itself: what all commands hang on."""

from __future__ import annotations

import typer

from optimizer.cli.options import Version

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
