"""What a case and a plan contain, independent of the file they came in."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

ORDERED = frozenset(("levels", "quarters", "credit_bands"))  # where the order of things is part of the content


def content(thing: Any, ordered: bool = True) -> Any:
    """``thing`` (records, mappings, sequences, figures) as plain JSON in one canonical order."""
    if is_dataclass(thing):
        return {f.name: content(getattr(thing, f.name), f.name in ORDERED) for f in fields(thing)}
    if isinstance(thing, Mapping):
        return {str(k): content(v, False) for k, v in thing.items()}
    if isinstance(thing, tuple | list | set | frozenset):
        members = [content(x) for x in thing]
        return members if ordered and isinstance(thing, tuple | list) else sorted(members, key=_text)
    if isinstance(thing, float) and thing.is_integer():
        return int(thing)
    return thing.isoformat() if isinstance(thing, date) else thing


def _text(thing: Any) -> str:
    return json.dumps(thing, sort_keys=True, ensure_ascii=False)


def content_hash(*things: Any) -> str:
    """SHA-256 (hex) of the content of a case, a plan or tables; the order of rows does not count."""
    parts = [content(t, False) for t in things if t is not None]
    return hashlib.sha256(_text(parts).encode()).hexdigest()
