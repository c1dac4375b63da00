"""The locked packages are the ones the project asks for, each with its hashes, from no particular place."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parents[2]
LOCKED = re.compile(r"(?m)^([A-Za-z0-9._-]+)==([^\s;]+)(.*?)(?=^\S|\Z)", re.S)


def locked() -> list[tuple[str, str, int]]:
    """Name, version and number of hashes of each package of the lock; one twice where two Pythons need two versions."""
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    return [(canonicalize_name(m[1]), m[2], m[3].count("--hash=sha256:")) for m in LOCKED.finditer(text)]


def test_every_package_asked_for_is_locked_at_a_version_asked_for():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [Requirement(r) for r in project["dependencies"] + project["optional-dependencies"]["dev"]]
    found = locked()
    assert len(asked) > 20
    for one in asked:
        versions = [version for name, version, _ in found if name == canonicalize_name(one.name)]
        assert versions, one
        assert all(one.specifier.contains(Version(v)) for v in versions), one


def test_every_locked_package_has_hashes_and_no_address():
    found = locked()
    assert min(hashes for *_, hashes in found) >= 1
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert not re.search(r"://|--?(extra-)?index|--find-links|\s@\s", text)
    assert len(found) == len(re.findall(r"(?m)^[A-Za-z0-9]", text))  # nothing but pinned packages
