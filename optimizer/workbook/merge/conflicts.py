"""What copies say differently, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

ROW, ORDER = "(row)", "(order)"  # in place of a column
BASE = "Base"
Chosen = Mapping[tuple[str, str, str], str]  # what was chosen, by ``Conflict.at``
DELETED, KEPT = "(deleted)", "(kept)"


@dataclass(frozen=True)
class Conflict:
    """One cell, row or order on which copies differ.

    ``row`` names the row as the base does; ``versions`` the value of every copy that says something, by its name;
    ``chosen`` is ``Base``, a copy's name, or ``None`` while open.
    """

    sheet: str
    row: str
    column: str
    base: Any
    versions: Mapping[str, Any]
    chosen: str | None = None

    @property
    def at(self) -> tuple[str, str, str]:
        """What it is about: the same in every merge of the same workbooks."""
        return self.sheet, self.row, self.column

    @property
    def value(self) -> Any:
        """The value chosen."""
        return self.base if self.chosen == BASE else self.versions[self.chosen or ""]
