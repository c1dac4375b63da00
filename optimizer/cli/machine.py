"""The command that concerns the machine, and no case."""

from __future__ import annotations

import time

from optimizer.cli.exits import Exit, ends_well
from optimizer.cli.root import app


@app.command()
@ends_well
def warm() -> Exit:
    """Compile the search beforehand: once on each machine, or else the first plan waits for it."""
    from optimizer.cli import screen
    from optimizer.engines.lagrangian import warm as engine

    began = time.monotonic()
    engine.warm()
    screen.note(f"compiled, or found compiled, in {time.monotonic() - began:.0f} s")
    return Exit.DONE
