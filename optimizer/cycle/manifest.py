"""What was planned and signed for a year, and by whom: one small JSON file, replaced whole and last."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from optimizer.errors import WorkbookError

NAME = "manifest.json"
SCHEME = 1


@dataclass(frozen=True)
class Signature:
    """Who signed, when (UTC), and what they noted."""

    by: str
    at: str
    note: str = ""


@dataclass(frozen=True)
class Manifest:
    """One year. ``parent`` is the hash of the signed manifest before it (``None``: the first year, made from a book
    with hash ``book``); ``files`` the hash of every file by name; ``inputs`` and ``content`` the content hashes of the
    case, and of case and plan; ``weeks`` planned, of which ``signed_weeks`` bind."""

    year: int
    start: str
    weeks: int
    signed_weeks: int
    parent: str | None
    book: str | None
    updates: str | None
    inputs: str
    content: str
    score: float
    bound: float | None
    engine: str
    effort: str
    seed: int
    repeatable: bool
    versions: dict[str, str]
    files: dict[str, str] = field(default_factory=dict)
    scheme: int = SCHEME
    signed: Signature | None = None


def read(folder: Path) -> Manifest | None:
    """The manifest of a year's folder, ``None`` if there is none; WorkbookError for one that cannot be read."""
    path = folder / NAME
    if not path.exists():
        return None
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        sign = found.pop("signed", None)
        return Manifest(**found, signed=None if sign is None else Signature(**sign))
    except (ValueError, TypeError, OSError) as e:
        raise WorkbookError(f"{path} is not a manifest of this program ({e})") from e


def write(manifest: Manifest, folder: Path) -> None:
    """Put the manifest in its place in one step: there is never half of one."""
    text = json.dumps(asdict(manifest), indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    place(folder / NAME, text.encode())


def place(path: Path, data: bytes) -> None:
    """Write a file whole or not at all; WorkbookError where it cannot be."""
    made = path.with_name(f".optimizer-{os.getpid()}-{path.name}")
    try:
        try:
            with made.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.replace(made, path)
        finally:
            made.unlink(missing_ok=True)
    except OSError as e:
        raise WorkbookError(f"{path} cannot be written: {e.strerror or e}; is it open elsewhere?") from e


def file_hash(path: Path) -> str:
    """SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def hash_of(folder: Path) -> str:
    """The hash of a year's manifest, by which the next year names its parent."""
    return file_hash(folder / NAME)


def changed(manifest: Manifest, folder: Path) -> list[str]:
    """The files of a year that are not as the manifest says, or not there."""
    return sorted(
        name
        for name, known in manifest.files.items()
        if not (folder / name).is_file() or file_hash(folder / name) != known
    )


def with_signature(manifest: Manifest, by: str, at: str, note: str) -> Manifest:
    """The manifest signed."""
    return replace(manifest, signed=Signature(by, at, note))
