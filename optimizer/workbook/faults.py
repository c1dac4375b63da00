"""What is wrong with a workbook: one ``Fault`` per place, worded by one catalogue."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

FAULT, WARNING, NOTE = "fault", "warning", "note"


@dataclass(frozen=True)
class Fault:
    """One finding. ``cell`` is an address such as ``C7`` (empty: the whole sheet; an empty
    ``sheet``: the whole workbook); ``read`` is what stood there. Only severity ``fault``
    stops the reading; a ``warning`` deserves a look; a ``note`` is for the record."""

    sheet: str
    cell: str
    problem: str
    read: str = ""
    suggestion: str = ""
    severity: str = FAULT
    code: str = ""

    @property
    def where(self) -> str:
        """``Sheet!C7``, quoted the way a spreadsheet quotes it."""
        name = self.sheet if self.sheet.replace("_", "").isalnum() else "'" + self.sheet.replace("'", "''") + "'"
        return f"{name}!{self.cell}" if self.cell else self.sheet

    def __str__(self) -> str:
        read = f" (read: {self.read})" if self.read else ""
        hint = f" – {self.suggestion}" if self.suggestion else ""
        return f"{self.where}: {self.problem}{read}{hint}"


CATALOGUE: dict[str, tuple[str, str]] = {
    # the workbook and its sheets
    "sheet-missing": (FAULT, "the sheet {name} is missing"),
    "sheet-misspelt": (FAULT, "no such sheet, and {name} is missing"),
    "sheet-twice": (FAULT, "two sheets are read as {name}"),
    "sheet-empty": (FAULT, "the sheet has no row although at least one is needed"),
    "sheet-extra": (NOTE, "sheets of your own: not read"),
    "sheet-hidden": (NOTE, "the sheet is hidden; it was read all the same"),
    "plan-ignored": (
        NOTE,
        "read only for what was over before day one: the Plan sheets are the last plan",
    ),
    "plan-missing": (FAULT, "the workbook holds no plan: none of the Plan sheets is there"),
    "participants-left": (WARNING, "the exercise is no longer held: {count} participant row(s) go with it"),
    "day-rounded": (WARNING, "no Monday: {monday} is taken"),
    "plan-left": (WARNING, "no longer in {name}: {count} row(s) of the plan in force are left out"),
    "lock-unused": (WARNING, "not used: the plan in force is another workbook's; put the line into Locks"),
    "inputs-under": (WARNING, "these inputs are as if scenario {name} had come true: the plan is made for that"),
    "conflict-open": (FAULT, "copies differ here and nobody has chosen yet: choose one of {names}"),
    "conflict-choice": (FAULT, "no version has this name: choose one of {names}"),
    "conflict-lost": (FAULT, "{name} no longer has the row or the column this is about: delete this line"),
    # headers
    "header-missing": (FAULT, "no header row found"),
    "column-missing": (FAULT, "the column {name} is missing"),
    "column-misspelt": (FAULT, "no such column, and {name} is missing"),
    "column-twice": (FAULT, "the column {name} stands twice, first in {first}"),
    "column-extra": (NOTE, "columns of your own: not read"),
    "column-doubt": (FAULT, "the column {name} is missing, and this may be it"),
    "column-unit": (FAULT, "the header says {said}, the column is read in {unit}"),
    "column-family": (WARNING, "names no row of {name}: not read"),
    "column-placeholder": (FAULT, "the column has figures but does not say of what"),
    "column-hidden": (NOTE, "hidden columns were read all the same"),
    "merged": (FAULT, "merged cells inside the table"),
    "rows-hidden": (NOTE, "{count} hidden row(s) were read all the same"),
    "rows-struck": (NOTE, "{count} struck-through row(s) were read all the same"),
    "row-total": (NOTE, "a total of the rows above: not read"),
    "row-sum": (FAULT, "the row adds up the rows above it: delete it, call it Total, or type its own figures"),
    "row-header": (NOTE, "the header once more: not read"),
    "row-remark-below": (WARNING, "looks like a remark under the table: not read"),
    "row-remark-near": (FAULT, "looks like a remark, but stands where the next row of the table would"),
    "row-remark": (NOTE, "only remarks in this row: not read"),
    # cells
    "cell-twice": (FAULT, "the cell holds two contents"),
    "text-missing": (FAULT, "the cell's text is lost"),
    "error-value": (FAULT, "the cell holds an error"),
    "formula-uncalculated": (FAULT, "the formula was never calculated"),
    "blank": (FAULT, "{name} must be filled"),
    "not-number": (FAULT, "not a number"),
    "ambiguous-number": (FAULT, "could be {one} or {two}"),
    "not-whole": (FAULT, "not a whole number"),
    "too-large": (FAULT, "larger than any such figure can be"),
    "too-small": (FAULT, "must be at least {low}"),
    "too-big": (FAULT, "must be at most {high}"),
    "rounds-to-zero": (WARNING, "so small that it is read as 0"),
    "not-date": (FAULT, "not a date"),
    "ambiguous-date": (FAULT, "could be {one} or {two}"),
    "year-short": (FAULT, "the year must have four digits"),
    "date-far": (FAULT, "a date far from any plan"),
    "date-late": (FAULT, "{clock} on {day}: that day, or midnight of {after} in another time zone?"),
    "date-rounded": (WARNING, "{clock} is just before midnight: read as {after}"),
    "date-clock": (WARNING, "the cell holds a time of day, {clock}: read as {day}"),
    "date-zone": (FAULT, "a date with a time zone: which day it is depends on where it is read"),
    "date-for-id": (FAULT, "a date where a name is expected: the spreadsheet may have changed what was typed"),
    "not-yes": (FAULT, "neither yes nor no"),
    "not-choice": (FAULT, "not one of {choices}"),
    "not-bands": (FAULT, "not a list of days: credit pairs, days rising"),
    "unknown": (FAULT, "not found in {sheets}"),
    "duplicate": (FAULT, "the same {key} stands in row {first}"),
    "id-spelling": (FAULT, "differs from {other} in row {first} only in case, blanks or hyphens"),
    "id-lookalike": (WARNING, "looks like {twin} in row {first}, but {odd} is another letter"),
    # settings
    "setting-unknown": (FAULT, "no such setting"),
    "setting-extra": (NOTE, "no such setting: not read"),
    "setting-missing": (FAULT, "the setting {name} is missing"),
    "not-monday": (FAULT, "must be a Monday"),
    # sense
    "levels-rise": (FAULT, "the value of level {level} is above that of the level before"),
    "demand-falls": (FAULT, "less than at the level before, {before}"),
    "order": (FAULT, "{name} comes before {other}"),
    "lengths": (FAULT, "rotation lengths must hold shortest ≤ standard ≤ longest"),
    "no-mode": (FAULT, "elements are of this type, but it offers no mode"),
    "set-mode": (FAULT, "mode set needs a set type"),
    "set-type-unused": (WARNING, "no set is of type {type}"),
    "set-nobody": (WARNING, "no unit type with mode set has set type {type}"),
    "implied-element": (FAULT, "unit {unit} has no rows in Elements, so this name is its own only element"),
    "last-length": (FAULT, "needs the length of the last rotation"),
    "start-site": (FAULT, "the set has no holding row at this site when it becomes available"),
    "slots": (FAULT, "the sets that start here take {need} slots, there are {have}"),
    "holding-short": (WARNING, "no whole week lies inside"),
    "nowhere": (FAULT, "no site has slots enough for this set"),
    "overlap": (FAULT, "overlaps row {first}"),
    "maintenance-weeks": (FAULT, "a set that needs maintenance needs its length"),
    "maintenance-long": (FAULT, "maintenance takes longer than the time between two blocks"),
    "worth-twice": (FAULT, "give either Worth like or Worth columns"),
    "no-host": (FAULT, "the exercise has no row in Exercise hosts"),
    "outside-plan": (WARNING, "lies outside the plan"),
    "mandatory-outside": (FAULT, "a mandatory exercise whose window lies outside the plan"),
    "range-small": (WARNING, "no host has, or can get, a range for {echelon}"),
    "range-closed": (WARNING, "every host is closed in every week in which it could start"),
    "mandatory-closed": (FAULT, "a mandatory exercise whose hosts are closed in every week in which it could start"),
    "need-nobody": (WARNING, "at most {have} element(s) could serve this need: {why}"),
    "mandatory-nobody": (FAULT, "a mandatory exercise that cannot be staffed, at most {have} element(s): {why}"),
    "worthless": (WARNING, "an exercise of no value, and not mandatory: it will not be held"),
    "never-deploys": (WARNING, "can never deploy in this plan: {why}"),
    "must-never": (FAULT, "must deploy by lock {lock}, but can never in this plan: {why}"),
    "cannot-be": (FAULT, "no plan can meet this: {why}"),
    "line-missing": (FAULT, "no money for the line {line} in fiscal year {year}, but {what} cost it"),
    "mandatory-money": (FAULT, "what is bound to be spent exceeds the money: {what}"),
    "line-unused": (NOTE, "no cost is posted to this line"),
    "waypoint": (WARNING, "neither a site nor a waypoint of another leg"),
    "same-ends": (FAULT, "From and To are the same"),
    "route-unknown": (FAULT, "no leg of Travel uses the route {route}"),
    "lock-subject": (FAULT, "not found in {sheets}"),
    "lock-exercise": (FAULT, "a lock on a participant needs an exercise"),
    "lock-price": (WARNING, "a preference without a price has no effect"),
    "floor-cap": (FAULT, "the presence floor of {floor} is above the cap"),
    "floor-places": (WARNING, "the presence floor cannot be met: the sites of {country} hold {have} at most"),
    "floor-hard": (FAULT, "the presence floor is hard and cannot be met: the sites of {country} hold {have} at most"),
    "demand-nobody": (WARNING, "demanded, but no unit and no set has points of it"),
    "row-outside": (WARNING, "lies outside the plan: no effect"),
    "row-unused": (WARNING, "nothing in the workbook uses this row"),
    "rows-more": (WARNING, "{count} more row(s) like the ones above"),
    "unusual": (WARNING, "unusually large; rarely more than {usual}"),
    "unusual-cost": (WARNING, "more than all the money in Budget, {total}"),
    "money-vast": (WARNING, "all money together is {times} times what everybody and everything cost all year, {cost}"),
    "cost-vast": (WARNING, "{each} for one person and week, counted in {unit}: a thousandfold too much?"),
    "swapped": (WARNING, "far from every other site, but among them with latitude and longitude exchanged"),
    "hand-over": (WARNING, "fewer hand-over places than places"),
    "probabilities": (FAULT, "the probabilities of the scenarios add up to more than 1"),
    "frozen": (FAULT, "more frozen weeks than the plan has"),
    "cr-base": (WARNING, "no Last year figure: the continuing resolution does not limit this line"),
    # plan sheets
    "mode-not-offered": (FAULT, "the type {type} does not offer this mode"),
    "rotation-units": (FAULT, "rotation {rotation} is of unit {unit} in row {first}"),
    "site-needed": (FAULT, "a stored set stands somewhere"),
    "need-unknown": (FAULT, "exercise {exercise} has no such need"),
}


def fault(code: str, sheet: str, cell: str = "", read: object = "", suggestion: str = "", **words: object) -> Fault:
    """The fault ``code`` of the catalogue at a place, its wording filled with ``words``."""
    severity, problem = CATALOGUE[code]
    shown = "" if read is None else str(read)
    return Fault(sheet, cell, problem.format(**words), shown[:300], suggestion, severity, code)


def did_you_mean(word: str | None) -> str:
    """The suggestion for a near miss, or nothing."""
    return f"did you mean {word}?" if word else ""


def stops(faults: Iterable[Fault]) -> bool:
    """Whether any of them makes the workbook unusable."""
    return any(f.severity == FAULT for f in faults)
