"""The exceptions this package raises on purpose.

    OptimizerError
    ├── WorkbookError        the file cannot be read or written at all (locked, encrypted, truncated)
    │   ├── FaultsFound      the file was read and its content has faults, each with sheet and cell
    │   └── Unwritable       the place asked for is none where a file can be put
    ├── UsageError           an unknown name or an unsupported combination of options
    ├── EngineError          a solver failed or is not installed
    │   └── Overran          an engine did not stop when it should have, and was left behind
    ├── Busy                 another run is at work on the same years
    └── Disagreement         the engine's claim and the independent re-computation differ

Anything else that escapes is a defect in the program.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


class OptimizerError(Exception):
    """Base of every deliberate error; its text is a sentence a planner can act on."""


class WorkbookError(OptimizerError):
    """The workbook as a file cannot be used."""


class FaultsFound(WorkbookError):
    """The workbook was read; ``faults`` lists everything wrong with its content."""

    def __init__(self, faults: Sequence[Any]):
        self.faults = tuple(faults)
        super().__init__(f"{len(self.faults)} fault(s) in the workbook")


class Unwritable(WorkbookError):
    """A file cannot be put where it was asked for: a folder, a device, no right to write, no room."""


class UsageError(OptimizerError):
    """The call itself makes no sense (unknown scenario, engine that cannot do the case)."""


class EngineError(OptimizerError):
    """A solver could not be run."""


class Overran(EngineError):
    """An engine that should have stopped went on and was left; the best plan it had told of remains."""


class Busy(OptimizerError):
    """Another run holds the lock."""


class Disagreement(OptimizerError):
    """A plan failed the independent check; it is never written as a plan."""
