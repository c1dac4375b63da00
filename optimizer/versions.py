"""Which versions of what an answer was made with."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, version

PACKAGES = ("deterrence-optimizer", "numpy", "scipy", "pulp", "highspy", "ortools", "XlsxWriter")


def versions() -> dict[str, str]:
    """Python's and the installed packages' versions."""
    found = {"Python": platform.python_version()}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found
