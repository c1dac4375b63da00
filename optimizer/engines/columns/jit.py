"""How kernels are compiled: once per machine and version of these sources, without the GIL.

Numba's cache notices a change in a kernel's own file but not in the files of kernels it
calls, so the cache folder is named after the content of all of them.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

import numba


def _cache_folder() -> Path:
    digest = hashlib.sha256(numba.__version__.encode())
    for source in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(source.read_bytes())
    base = os.environ.get("OPTIMIZER_CACHE") or Path.home() / ".cache" / "deterrence-optimizer"
    folder = Path(base) / digest.hexdigest()[:16]
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:  # no home, or read-only: compile into a scratch folder
        folder = Path(tempfile.mkdtemp(prefix="deterrence-optimizer-"))
    return folder


numba.config.CACHE_DIR = str(_cache_folder())
kernel = numba.njit(cache=True, nogil=True, error_model="numpy")
