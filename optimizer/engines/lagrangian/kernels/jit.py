"""How kernels are compiled: once per machine and version of their sources, without the GIL.

Numba's cache notices a change in a kernel's own file but not in the files of kernels it
calls, so each module's cache folder is named after the content of all modules of this
engine that it imports, directly or not.
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import numba

PACKAGE = __package__.rpartition(".")[0]  # the engine: only its modules hold compiled code
HERE = Path(__file__).parents[1]
IMPORTS = re.compile(rf"^from ({re.escape(PACKAGE)}[\w.]*) import (\([^)]*\)|[^\n(]+)", re.MULTILINE)


def _file(module: str, package: str, folder: Path) -> Path:
    return folder.joinpath(*module.removeprefix(package).strip(".").split(".")).with_suffix(".py")


def _imports(text: str, package: str, folder: Path) -> Iterator[str]:
    """Dotted names of the modules that a module's ``text`` imports from: ``from room import module`` too."""
    for module, names in IMPORTS.findall(text):
        if _file(module, package, folder).exists():
            yield module
        for name in re.findall(r"\w+", names):
            if _file(f"{module}.{name}", package, folder).exists():
                yield f"{module}.{name}"


def needed(module: str, package: str = PACKAGE, folder: Path = HERE) -> frozenset[str]:
    """The modules of ``package`` (in ``folder``) that ``module`` imports, directly or not, and itself."""
    found, open_ = {module}, [module]
    while open_:
        text = _file(open_.pop(), package, folder).read_text(encoding="utf-8")
        fresh = set(_imports(text, package, folder)) - found
        found |= fresh
        open_ += fresh
    return frozenset(found)


def digest(module: str, package: str = PACKAGE, folder: Path = HERE) -> str:
    """Names the state of all the sources that ``module``'s compiled code depends on."""
    total = hashlib.sha256(numba.__version__.encode())
    for name in sorted(needed(module, package, folder)):
        total.update(_file(name, package, folder).read_bytes())
    return total.hexdigest()[:16]


@cache
def _folder(module: str) -> str:
    base = os.environ.get("OPTIMIZER_CACHE") or Path.home() / ".cache" / "deterrence-optimizer"
    folder = Path(base) / f"{module.removeprefix(PACKAGE).strip('.')}-{digest(module)}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:  # no home, or read-only: compile into a scratch folder
        folder = Path(tempfile.mkdtemp(prefix="deterrence-optimizer-"))
    return str(folder)


def kernel(function: Callable) -> Callable:
    """Compile ``function`` when it is first called, and keep the result for later runs."""
    inside = function.__module__.startswith(f"{PACKAGE}.")
    if inside:
        numba.config.CACHE_DIR = _folder(function.__module__)
    made: Callable = numba.njit(cache=inside, nogil=True, error_model="numpy")(function)
    return made
