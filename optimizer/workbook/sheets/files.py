"""Putting a finished file in its place without ever leaving half of one."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from optimizer.errors import WorkbookError


def land(path: Path, write: Callable[[Path], None]) -> Path:
    """Let ``write`` make a file under a temporary name beside ``path``, then move it there.

    Returns where it landed: ``path``, or ``name (2).xlsx`` and so on where a spreadsheet
    holds the file open. Raises WorkbookError when the folder cannot be written to.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(suffix=path.suffix, prefix=".optimizer-", dir=path.parent)
        os.close(handle)
        os.unlink(name)  # written afresh, it gets the rights that the user's new files get
    except OSError as e:
        raise WorkbookError(f"{path.parent} cannot be written to: {e.strerror or e}") from e
    made = Path(name)
    try:
        write(made)
        for target in (path, *(path.with_stem(f"{path.stem} ({n})") for n in range(2, 10))):
            try:
                os.replace(made, target)
            except PermissionError:
                continue
            return target
        raise WorkbookError(f"{path.name} is open elsewhere, and so are its numbered copies")
    finally:
        made.unlink(missing_ok=True)
