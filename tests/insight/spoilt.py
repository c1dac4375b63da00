"""Work for processes that are killed while they do it; in a file of its own, for other processes import it."""

from __future__ import annotations

import hashlib
import os
import time
from pathlib import Path
from typing import Any

FOLDER = "SWEEP_MARKS"  # environment variable: a folder in which whoever works leaves its number


def slow(payload: bytes) -> dict[str, Any]:
    """A little work with a repeatable answer."""
    with mark():
        time.sleep(0.15)
    return {"answer": hashlib.sha256(payload).hexdigest()}


def deadly(payload: bytes) -> dict[str, Any]:
    """The same, but one payload kills whoever touches it."""
    if payload == b"poison":
        os._exit(9)
    return slow(payload)


def wrong(payload: bytes) -> dict[str, Any]:
    raise ValueError("a mistake in the work itself")


class mark:
    """Says that this process is at work, as long as it is."""

    def __enter__(self) -> None:
        self.path = Path(os.environ[FOLDER]) / str(os.getpid())
        self.path.touch()

    def __exit__(self, *error: object) -> None:
        self.path.unlink()


def solved(payload: bytes) -> dict[str, Any]:
    """One solve of a sweep, marked while it lasts."""
    from optimizer.workflow.sweeping import answer

    with mark():
        return answer(payload)
