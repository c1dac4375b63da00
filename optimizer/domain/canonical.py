"""What a case and a plan contain, independent of the file they came in.

A hash outlives the program that made it: what stands at its default is left out, so that a field or a setting added
later, at its default, changes nothing. The scheme has a number, raised whenever an old default changes its value or
its meaning; a hash of another scheme says nothing about today's (``comparable``).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from typing import Any

SCHEME = "2"
ORDERED = frozenset(("levels", "quarters", "credit_bands"))  # where the order of things is part of the content


def content(thing: Any, ordered: bool = True) -> Any:
    """``thing`` (records, mappings, sequences, figures) as plain JSON in one canonical order, without defaults."""
    if is_dataclass(thing):
        values = ((f, getattr(thing, f.name)) for f in fields(thing))
        return {f.name: content(v, f.name in ORDERED) for f, v in values if not _default(f, v)}
    if isinstance(thing, Mapping):
        return {str(k): content(v, False) for k, v in thing.items()}
    if isinstance(thing, tuple | list | set | frozenset):
        members = [content(x) for x in thing]
        return members if ordered and isinstance(thing, tuple | list) else sorted(members, key=_text)
    if isinstance(thing, float) and thing.is_integer():
        return int(thing)
    return thing.isoformat() if isinstance(thing, date) else thing


def _default(field: Field[Any], value: Any) -> bool:
    """Whether a field says only what its absence would, or only what is printed on the pages of a plan."""
    if field.metadata.get("paper"):
        return True
    if field.default is not MISSING:
        return bool(value == field.default)
    return field.default_factory is not MISSING and bool(value == field.default_factory())


def _text(thing: Any) -> str:
    return json.dumps(thing, sort_keys=True, ensure_ascii=False)


def content_hash(*things: Any) -> str:
    """Scheme and SHA-256 (hex) of the content of a case, a plan or tables; the order of rows does not count."""
    parts = [content(t, False) for t in things if t is not None]
    return f"{SCHEME}:{hashlib.sha256(_text(parts).encode()).hexdigest()}"


def comparable(claimed: str) -> bool:
    """Whether a hash found somewhere was made by the scheme of today."""
    return claimed.partition(":")[0] == SCHEME
