"""What a table is: sheets, columns and column families, as plain data."""

from __future__ import annotations

from dataclasses import dataclass, replace

KINDS = {
    "text": "any text",
    "id": "a short name, unique and stable",
    "int": "a whole number",
    "decimal": "a number, to three decimals",
    "price": "a number",
    "money": "an amount in the workbook's money unit",
    "date": "a date",
    "bool": "yes or no",
    "choice": "one of a few words",
    "ref": "the id of a row of another sheet",
    "refs": "ids of rows of another sheet, separated by ;",
    "ids": "names separated by ;",
    "bands": "days: credit pairs separated by ;",
}

WEEKS = {
    "first-whole": "the first week wholly on or after it",
    "last-whole": "that day included; only weeks wholly before its end count",
    "first-touched": "the week it falls in counts",
    "last-touched": "that day included; the week it falls in counts",
    "start": "the week it falls in",
    "monday": "a Monday: the first day of the week meant",
}


@dataclass(frozen=True)
class Column:
    """One column (or one row of Settings).

    ``kind`` is a key of ``KINDS``; ``week`` (dates only) a key of ``WEEKS``, says how the date
    becomes a plan week. ``refs`` are sheets, any of which may hold the id; ``offers`` are sheets whose
    ids a template offers for a cell that may also hold other words. ``default`` is the text that a blank
    means, as a planner would type it (``None``: nothing); where the default depends on the row, ``blank``
    says what a blank means. ``low``/``high`` bound numbers; more than ``usual`` is worth a warning.
    ``family`` makes the header a pattern, expanded with every key of that sheet in place of ``{}``.
    """

    header: str
    kind: str
    help: str
    attribute: str = ""
    unit: str = ""
    required: bool = False
    default: str | None = None
    blank: str = ""
    choices: tuple[str, ...] = ()
    refs: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None
    usual: float | None = None
    week: str = ""
    family: str | None = None
    example: str = ""

    def expand(self, keys: tuple[str, ...]) -> tuple[Column, ...]:
        """The columns a family stands for, one per key; a plain column stands for itself."""
        if self.family is None:
            return (self,)
        return tuple(replace(self, header=self.header.format(k), attribute=k, family=None) for k in keys)

    @property
    def names_year(self) -> bool:
        """Whether its numbers are names of years, to be shown without a thousands mark."""
        return self.kind == "int" and self.attribute == "year"

    @property
    def meaning_of_blank(self) -> str:
        """What leaving the cell empty means, in words."""
        if self.required:
            return "must be filled"
        return self.blank or (self.default if self.default is not None else "nothing")


REMARKS = (
    Column("Source", "text", "Where the figures of this row come from."),
    Column("Confidence", "text", "How sure the source is: high, medium, low, notional."),
    Column("Note", "text", "Anything a colleague should know; not read by the program."),
)


@dataclass(frozen=True)
class Sheet:
    """One table. ``row`` says what one row is; ``key`` are the headers that together name a row, the
    first of them the id others refer to; ``group`` is ``input``, ``plan`` or ``last``. A ``required``
    sheet has a row at least; one that ``may_be_empty`` only where there are no sets either. ``example`` is one row,
    ``|`` between the cells; those of all input sheets together are a sound case."""

    name: str
    row: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    required: bool = False
    may_be_empty: bool = False
    help: str = ""
    group: str = "input"
    example: str = ""

    def __post_init__(self) -> None:
        if self.example:
            cells = [cell.strip() for cell in self.example.split("|")]
            columns = (replace(c, example=e) for c, e in zip(self.columns, cells, strict=True))
            object.__setattr__(self, "columns", tuple(columns))

    @property
    def families(self) -> tuple[Column, ...]:
        return tuple(c for c in self.columns if c.family is not None)

    def expand(self, keys: dict[str, tuple[str, ...]]) -> tuple[Column, ...]:
        """All columns of a workbook whose sheets have ``keys`` (sheet name → first-key values),
        families expanded, with the remark columns every sheet may carry."""
        own = tuple(x for c in self.columns for x in c.expand(keys.get(c.family or "", ())))
        return own if self.name == "Settings" else own + REMARKS
