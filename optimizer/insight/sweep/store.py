"""One file a result, named by the hash of all it depends on: what is there need not be done again."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from optimizer.errors import UsageError


def key_of(*parts: object) -> str:
    """The name of a result that depends on ``parts``, texts and numbers: 32 hexadecimal digits."""
    return hashlib.sha256(json.dumps([str(p) for p in parts]).encode()).hexdigest()[:32]


class Store:
    """Results in a folder, a JSON file each. A file is put there in one piece, so that it is whole or absent,
    whatever is killed when; one that somebody else has spoilt counts as absent."""

    def __init__(self, folder: Path):
        self.folder = folder
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=folder):
                pass
        except OSError as error:
            raise UsageError(f"{folder}: no folder that results can be kept in: {error.strerror or error}") from error

    def path(self, key: str) -> Path:
        return self.folder / f"{key}.json"

    def get(self, key: str) -> dict[str, Any] | None:
        """The result of that name, ``None`` if there is none."""
        try:
            found = json.loads(self.path(key).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        return found if isinstance(found, dict) and found.get("key") == key else None

    def put(self, key: str, result: Mapping[str, Any]) -> None:
        """Keep a result."""
        handle, name = tempfile.mkstemp(prefix=".result-", dir=self.folder)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump({"key": key} | dict(result), file, ensure_ascii=False, indent=1, allow_nan=False)
            os.replace(name, self.path(key))
        finally:
            with suppress(OSError):
                os.unlink(name)
