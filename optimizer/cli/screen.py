"""What people see: tables on stdout, notices on stderr, one JSON object where asked for."""

from __future__ import annotations

import contextlib
import errno
import json
import math
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console

FAULT_FIELDS = ("sheet", "cell", "problem", "read", "suggestion", "severity", "code")
SCHEMA = 1  # of the JSON objects: a field that goes or changes its meaning makes it 2, a new one does not
LISTED = 200  # findings on screen; JSON and the marked-up copy have them all
WIDE = 160  # columns assumed where there is no terminal to ask


@cache
def stdout() -> Console:
    """Results. Colours only on a terminal and without NO_COLOR."""
    from rich.console import Console

    return Console(width=None if sys.stdout.isatty() else WIDE, highlight=False)


@cache
def stderr() -> Console:
    """Progress and complaints."""
    from rich.console import Console

    return Console(stderr=True, width=None if sys.stderr.isatty() else WIDE, highlight=False)


@contextlib.contextmanager
def to_somebody() -> Iterator[None]:
    """What is shown inside may be shown to nobody: a pipe or a terminal that has gone away ends the showing, not
    the command, whose exit code still says how it went."""
    try:
        yield
    except OSError as error:
        if error.errno not in (errno.EPIPE, errno.EIO):
            raise
        nowhere = os.open(os.devnull, os.O_WRONLY)
        for stream in (sys.stdout, sys.stderr):
            with contextlib.suppress(OSError, ValueError):
                os.dup2(nowhere, stream.fileno())


def print_json(record: Mapping[str, Any]) -> None:
    """One object and nothing else; numbers that are not finite become null. See docs/json.md."""
    print(json.dumps(finite({"schema": SCHEMA} | dict(record)), allow_nan=False, indent=2))


def finite(value: Any) -> Any:
    """``value`` with everything JSON has no word for replaced."""
    if isinstance(value, Mapping):
        return {str(k): finite(v) for k, v in value.items()}
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if value is None or isinstance(value, str | int):
        return value
    return [finite(v) for v in value] if isinstance(value, Iterable) else str(value)


def complain(text: str) -> None:
    """A sentence on stderr."""
    stderr().print(text, style="bold red", markup=False, soft_wrap=True)


def note(text: str) -> None:
    """A line on stdout."""
    stdout().print(text, markup=False, soft_wrap=True)


def table(title: str, heads: Sequence[str], rows: Iterable[Sequence[object]], numbers: int = 0) -> None:
    """A table on stdout; the last ``numbers`` columns are right-aligned."""
    from rich.table import Table
    from rich.text import Text

    shown = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for i, head in enumerate(heads):
        shown.add_column(head, justify="right" if i >= len(heads) - numbers else "left", overflow="fold")
    for row in rows:
        shown.add_row(*(Text("" if cell is None else str(cell)) for cell in row))
    stdout().print(Text(title, style="bold"))
    stdout().print(shown)


def fault_record(fault: Any) -> dict[str, Any]:
    """A fault as JSON shows it; what is empty is null."""
    return {name: getattr(fault, name) or None for name in FAULT_FIELDS}


def print_faults(faults: Sequence[Any]) -> None:
    """Faults, warnings and notes as one table, in the order given."""
    kinds = ("fault", "warning", "note")
    counts = [(sum(f.severity == kind for f in faults), kind) for kind in kinds]
    rows = [(f.severity, f.where or "the workbook", f.problem, f.read, f.suggestion) for f in faults[:LISTED]]
    title = ", ".join(f"{n} {kind}{'' if n == 1 else 's'}" for n, kind in counts if n)
    table(f"{title} in the workbook", ("", "where", "what is wrong", "read", "suggestion"), rows)
    if len(faults) > LISTED:
        note(f"… and {len(faults) - LISTED:,} more: --json lists them all, check --markup marks them in a copy")
