"""How kernels are compiled: once per machine and version of their sources, without the GIL.

Numba's cache notices a change in a kernel's own file but not in the files of kernels it
calls, so each module's cache folder is named after the content of all modules it imports here.
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import numba

HERE = Path(__file__).parent
IMPORTS = re.compile(rf"^from {re.escape(__package__)}\.(\w+) import", re.MULTILINE)


@cache
def _needed(module: str) -> frozenset[str]:
    """The modules of this package that ``module`` imports, directly or not, and itself."""
    found, open_ = {module}, [module]
    while open_:
        for name in IMPORTS.findall((HERE / f"{open_.pop()}.py").read_text(encoding="utf-8")):
            if name not in found:
                found.add(name)
                open_.append(name)
    return frozenset(found)


@cache
def _folder(module: str) -> str:
    digest = hashlib.sha256(numba.__version__.encode())
    for name in sorted(_needed(module)):
        digest.update((HERE / f"{name}.py").read_bytes())
    base = os.environ.get("OPTIMIZER_CACHE") or Path.home() / ".cache" / "deterrence-optimizer"
    folder = Path(base) / f"{module}-{digest.hexdigest()[:16]}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:  # no home, or read-only: compile into a scratch folder
        folder = Path(tempfile.mkdtemp(prefix="deterrence-optimizer-"))
    return str(folder)


def kernel(function: Callable) -> Callable:
    """Compile ``function`` when it is first called, and keep the result for later runs."""
    module = function.__module__.rpartition(".")[2]
    inside = (HERE / f"{module}.py").exists() and function.__module__.startswith(__package__)
    if inside:
        numba.config.CACHE_DIR = _folder(module)
    made: Callable = numba.njit(cache=inside, nogil=True, error_model="numpy")(function)
    return made
