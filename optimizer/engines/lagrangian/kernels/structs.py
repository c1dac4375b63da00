"""Structures as the compiled code sees them: one pointer each.

Passing a tuple of a hundred arrays to every kernel costs minutes of compilation; a Numba structure costs none.
Structures share memory with the NumPy arrays they are made from.
"""

from __future__ import annotations

from typing import Any

from numba import types


class Struct(types.StructRef):
    """The type of a structure; its fields are of no literal kind."""

    def preprocess_fields(self, fields: Any) -> Any:
        return tuple((name, types.unliteral(kind)) for name, kind in fields)
