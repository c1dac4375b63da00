"""The ``optimizer`` command: Typer commands that call ``workflow`` and show the answer.

Nothing heavy (solvers, pandas, numba, numpy, openpyxl) is imported before a command needs it.
"""

from __future__ import annotations


def main() -> None:
    """Entry point of the ``optimizer`` command."""
    from optimizer.cli import early

    early.listen()
    import sys
    import warnings

    if not sys.warnoptions:  # what libraries have to say is for developers, who ask for it with -W
        warnings.simplefilter("ignore")

    from optimizer.cli.app import app

    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a console that lacks a character shows "?" and goes on
    try:
        app()
    except SystemExit as end:
        early.finish(end.code)
        raise
