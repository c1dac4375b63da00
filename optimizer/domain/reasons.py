"""Why no plan can hold all the rules: rows of the workbook that cannot be met together."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Place:
    """Where something was typed: a sheet, the key of the row as its id columns show it (a sheet whose rows
    have no id of their own: what they are about; empty for the sheet as a whole) and the column that counts."""

    sheet: str
    key: str = ""
    column: str = ""


@dataclass(frozen=True, order=True)
class Reason:
    """Rows that cannot all be met: what is left if any one of them is taken away is possible again, as far as
    was looked at (``text`` says who was looked at). ``rule`` is the id of the rule they meet in, ``weeks``
    the plan weeks concerned (half-open), ``None`` for the whole plan."""

    rule: str
    rows: tuple[Place, ...]
    parties: tuple[str, ...]
    text: str
    weeks: tuple[int, int] | None = None

    def __str__(self) -> str:
        return f"{self.rule}: {self.text}"
