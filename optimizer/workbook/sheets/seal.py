"""Whether a workbook is still as the program wrote it, or has been worked on since.

The seal is a custom property with the checksum of everything else in the file; whatever program saves the file again
changes some of it, or drops the property.
"""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path

SEAL = "Seal of the file"
OPEN = "0" * 64  # what a workbook holds in place of its seal until it is sealed
_PROPERTIES = "docProps/custom.xml"


def seal(path: Path) -> None:
    """Put the seal into a workbook that holds ``OPEN`` in its place; a file without one is left as it is."""
    with zipfile.ZipFile(path) as archive:
        parts = [(i, archive.read(i)) for i in archive.infolist()]
    found = next((data for i, data in parts if i.filename == _PROPERTIES), b"")
    if OPEN.encode() not in found:
        return
    stamp = _stamp({i.filename: data for i, data in parts}).encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for info, data in parts:
            out.writestr(info, data.replace(OPEN.encode(), stamp) if info.filename == _PROPERTIES else data,
                         zipfile.ZIP_DEFLATED)  # fmt: skip


def edited(path: Path) -> bool:
    """Whether there is a file that is not exactly what the program wrote, so that it may hold somebody's work."""
    if not path.exists():
        return False
    try:
        with zipfile.ZipFile(path) as archive:
            parts = {i.filename: archive.read(i) for i in archive.infolist()}
    except (OSError, zipfile.BadZipFile, NotImplementedError, RuntimeError):
        return True
    return _stamp(parts).encode() not in parts.get(_PROPERTIES, b"")


def _stamp(parts: dict[str, bytes]) -> str:
    digest = hashlib.sha256()
    for name in sorted(parts):
        if name != _PROPERTIES:
            digest.update(name.encode() + b"\0" + hashlib.sha256(parts[name]).digest())
    return digest.hexdigest()
