"""Random edits of one workbook by several people, and what a merge must make of them, worked out from the edits.

The people's edits are known as such (set this cell of that row, delete it, add one, call it otherwise), so what should
come out follows without ever comparing rows. Edits that a reader of the copies alone cannot tell apart (a row moved in
time beside another one added for the same parent) are ``vague``: then only that nothing is lost or invented is asked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from optimizer.workbook.forms.template import write_input
from optimizer.workbook.merge.align import spelt
from optimizer.workbook.merge.content import Content, Row
from optimizer.workbook.merge.read import read_content
from optimizer.workbook.schema import BY_NAME
from tests.workbook.books import PLAN, SOUND, table

MORE = {
    "Units": table("Unit|Name|Type|Home|POC", "D|Delta|GUNS|Bliss|Smith", "E|Echo|GUNS|Bliss|", "F|Fox|TANK|Hood|Ray"),
    "Demand": table(
        "Country|Capability|From|To|Points assure", "LV|armor|2017-11-06|2018-01-28|2", "EE|fires|2018-02-05||3"
    ),
    "Sites": table("Site|Name|Country|Places", "RUKLA|Rukla camp|LV|300", "PABRADE|Pabrade camp|LV|200"),
}
# cells that people edit: sheet, header and three values
CELLS: tuple[tuple[str, str, tuple[Any, ...]], ...] = (
    ("Settings", "Value", ()),
    ("Countries", "Presence floor", (10, 20, 30)),
    ("Sites", "Places", (111, 222, 333)),
    ("Sites", "Slots", (Decimal("1.5"), Decimal("2"), Decimal("2.5"))),
    ("Unit types", "Week cost", (Decimal("0.7"), Decimal("0.8"), Decimal("0.9"))),
    ("Unit types", "Points armor", (Decimal("2"), Decimal("3"), Decimal("4"))),
    ("Units", "Home", ("Riley", "Drum", "Carson")),
    ("Units", "POC", ("Jones", "Brown", None)),
    ("Exercises", "Value", (1.5, 2.5, 3.5)),
    ("Exercises", "Earliest start", (date(2018, 5, 14), date(2018, 4, 2), date(2018, 3, 5))),
    ("Exercise needs", "Count", (3, 4, 5)),
    ("Demand", "Points assure", (Decimal("7"), Decimal("8"), Decimal("9"))),
    ("Budget", "Amount", (Decimal("70"), Decimal("80"), Decimal("90"))),
    ("Plan rotations", "Site", ("TAPA", "ADAZI", "RUKLA")),
    ("Plan rotations", "Lock", ("must", "forbid", None)),
    ("Plan exercises", "Start", (date(2018, 2, 12), date(2018, 2, 19), date(2018, 2, 26))),
    ("Locks", "Price", (1.0, 4.0, 5.0)),
)
GOING = ("Units", "Sites", "Exercises", "Demand", "Locks", "Set holdings", "Reach", "Exercise hosts", "Availability")
NAMES = {"Units": "Unit", "Sites": "Site", "Exercises": "Exercise", "Sets": "Set", "Countries": "Country"}
DATED = {"Demand": "From", "Availability": "From", "Plan rotations": "Arrive"}


@cache
def base() -> Content:
    """The sound workbook with a plan, own columns and a sheet of notes, as it is read from a file."""
    tables = {**SOUND, **PLAN}
    for name, rows in MORE.items():
        tables[name] = [*tables[name], *rows]
    tables["Notes"] = [{"What": "call", "Who": "Tapa"}, {"What": "write", "Who": "Riga"}]
    with TemporaryDirectory() as folder:
        return read_content(write_input(tables, Path(folder) / "base.xlsx"), "base")


@dataclass
class Edits:
    """One person's edits, by (sheet, index of the row in the base)."""

    name: str
    sets: dict[tuple[str, int, str], Any] = field(default_factory=dict)
    gone: set[tuple[str, int]] = field(default_factory=set)
    added: list[tuple[str, Row]] = field(default_factory=list)
    names: dict[tuple[str, str], str] = field(default_factory=dict)
    notes: dict[tuple[int, int], str] = field(default_factory=dict)
    shuffled: bool = False
    vague: bool = False


def edits(name: str, r: Random, most: int = 6) -> Edits:
    """Up to ``most`` edits of one person."""
    made, start = Edits(name), base()
    for _ in range(r.randint(0, most)):
        match r.choice(("set", "set", "set", "set", "gone", "add", "name", "date", "note", "shuffle")):
            case "set":
                sheet, header, values = r.choice(CELLS)
                if sheet == "Settings":
                    i = next(i for i, x in enumerate(start.tables[sheet]) if x.values["Name"] == "Floor price")
                    made.sets[sheet, i, header] = r.choice((0.1, 0.2, 0.3))
                else:
                    made.sets[sheet, _some(sheet, r), header] = r.choice(values)
            case "gone":
                sheet = r.choice(GOING)
                made.gone.add((sheet, _some(sheet, r)))
            case "add":
                made.added.append(_new(r))
            case "name":
                sheet = r.choice(list(NAMES))
                old = r.choice([x.values[NAMES[sheet]] for x in start.tables[sheet]])
                made.names = {k: v for k, v in made.names.items() if k[0] != sheet}
                made.names[sheet, str(old)] = f"{old}_{r.choice('XYZ')}"
            case "date":
                sheet = r.choice(list(DATED))
                i = _some(sheet, r)
                old = start.tables[sheet][i].values[DATED[sheet]]
                made.sets[sheet, i, DATED[sheet]] = old + timedelta(weeks=r.choice((1, 2, 3)))
            case "note":
                made.notes[r.choice(((2, 1), (2, 2), (9, 9)))] = r.choice(("alpha", "beta"))
            case "shuffle":
                made.shuffled = True
    return _settled(made)


def _some(sheet: str, r: Random) -> int:
    """A row, more often one that others edit too."""
    count = len(base().tables[sheet])
    return r.randrange(min(count, 2) if r.random() < 0.85 else count)


def _settled(made: Edits) -> Edits:
    """Edits without those that another of the same person undoes, and without empty ones."""
    start = base()
    made.sets = {
        (s, i, h): v
        for (s, i, h), v in made.sets.items()
        if (s, i) not in made.gone and spelt(start.tables[s][i].values.get(h)) != spelt(v)
    }
    for (sheet, old), _ in list(made.names.items()):
        i = next(i for i, x in enumerate(start.tables[sheet]) if x.values[NAMES[sheet]] == old)
        touched = (sheet, i) in made.gone or any(k[:2] == (sheet, i) for k in made.sets)
        if touched or any(s == sheet for s, _ in made.gone) or any(s == sheet for s, _ in made.added):
            del made.names[sheet, old]  # no longer to be told from a deletion and an addition
    moved = Counter(_parent(s, start.tables[s][i].values) for s, i, h in made.sets if DATED.get(s) == h)
    moved.update(_parent(s, start.tables[s][i].values) for s, i in made.gone)
    come = {_parent(s, row.values) for s, row in made.added}
    # beside a row that moved or went, another of the same parent is no clear case
    made.vague = any(n > 1 for n in moved.values()) or bool(come & moved.keys())
    return made


def _parent(sheet: str, values: Mapping[str, Any]) -> tuple[Any, ...]:
    names = {"Demand": ("Country", "Capability"), "Availability": ("Unit",), "Plan rotations": ("Unit", "Element"),
             "Set holdings": ("Set", "Site")}.get(sheet, BY_NAME[sheet].key)  # fmt: skip
    return sheet, *(values.get(h) for h in names)


def _new(r: Random) -> tuple[str, Row]:
    n = r.choice("123")
    cells: dict[str, Any]
    sheet, cells = r.choice((
        ("Units", {"Unit": f"NEW{n}", "Name": f"New {n}", "Type": r.choice(("TANK", "GUNS")), "Home": "Polk"}),
        ("Sites", {"Site": f"SITE{n}", "Name": f"Site {n}", "Country": r.choice(("EE", "LV")), "Places": 100}),
        ("Locks", {"Lock": f"N{n}", "Rule": "forbid", "Kind": "unit", "Subject": r.choice("ABCDEF"), "Place": "TAPA"}),
        ("Reach", {"Site": r.choice(("TAPA", "ADAZI", "RUKLA")), "Country": "EE", "Credit": Decimal(n) / 10}),
        ("Demand", {"Country": "LV", "Capability": "armor", "From": date(2018, 4, 2) + timedelta(weeks=int(n)),
                    "To": date(2018, 5, 6) + timedelta(weeks=int(n)), "Points assure": Decimal(n)}),
    ))  # fmt: skip
    return sheet, Row(dict(cells), dict(cells))


def copy_of(made: Edits, r: Random) -> Content:
    """The workbook that person sends back."""
    start = base()
    tables = {}
    for sheet, rows in start.tables.items():
        out = []
        for i, row in enumerate(rows):
            if (sheet, i) in made.gone:
                continue
            changed = {h: v for (s, j, h), v in made.sets.items() if (s, j) == (sheet, i)}
            out.append(put(row, changed) if changed else row)
        out += [_full(s, row) for s, row in made.added if s == sheet]
        if made.shuffled and sheet != "Levels":
            r.shuffle(out)
        tables[sheet] = tuple(_unique(sheet, out))
    sheets = {t: {**cells, **made.notes} for t, cells in start.sheets.items()}
    content = replace(start, name=made.name, tables=tables, sheets=sheets)
    return named(content, made.names)


def _unique(sheet: str, rows: list[Row]) -> list[Row]:
    """Without a second row of one key, which no workbook can have."""
    keys = BY_NAME[sheet].key
    return list({tuple(spelt(x.values.get(h)) for h in keys): x for x in reversed(rows)}.values())[::-1]


def _full(sheet: str, row: Row) -> Row:
    """An added row as it is read: with defaults where nothing stands."""
    like = base().tables[sheet][0].values
    defaults = {c.header: c for c in BY_NAME[sheet].columns}
    values = {h: row.values.get(h, _default(defaults.get(h))) for h in like}
    if sheet == "Sites":
        values["Hand-over places"] = values["Places"]
    return Row(values, row.raw)


def _default(column: Any) -> Any:
    from optimizer.workbook import values

    return None if column is None else values.default(column)


def put(row: Row, changed: Mapping[str, Any]) -> Row:
    """The row with cells set, or cleared."""
    raw = {**row.raw, **changed}
    return Row({**row.values, **changed}, {h: v for h, v in raw.items() if v is not None}, row.notes)


def named(content: Content, names: Mapping[tuple[str, str], str]) -> Content:
    """The content with ids replaced wherever they stand, found by the text of the cell in the columns that refer."""
    refer = {
        "Units": {"Units": "Unit", "Elements": "Unit", "Availability": "Unit", "Locks": "Subject",
                  "Scenarios": "Late units", "Plan rotations": "Unit|Element"},
        "Sites": {"Sites": "Site", "Closures": "Place", "Upgrades": "Site", "Travel": "From|To", "Reach": "Site",
                  "Sets": "Start site", "Set holdings": "Site", "Exercise hosts": "Site", "Locks": "Place",
                  "Plan rotations": "Site", "Plan sets": "Site", "Plan exercises": "Site"},
        "Exercises": {"Exercises": "Exercise", "Exercise hosts": "Exercise", "Exercise needs": "Exercise",
                      "Locks": "Exercise", "Plan exercises": "Exercise", "Plan participants": "Exercise"},
        "Sets": {"Sets": "Set", "Set holdings": "Set", "Scenarios": "Lost sets", "Plan rotations": "Set",
                 "Plan sets": "Set", "Plan participants": "Set"},
        "Countries": {"Countries": "Country", "Sites": "Country", "Reach": "Country", "Demand": "Country",
                      "Locks": "Place"},
    }  # fmt: skip
    tables = dict(content.tables)
    split = {x.values["Unit"] for x in base().tables["Elements"]}
    for (sheet, old), new in names.items():
        for where, headers in refer[sheet].items():
            rows = []
            for row in tables.get(where, ()):
                changed = {}
                for h in headers.split("|"):
                    value = row.values.get(h)
                    if (sheet, h) == ("Units", "Element") and old in split:
                        continue
                    if (sheet, where) == ("Units", "Locks") and row.values["Kind"] not in ("unit", "participant"):
                        continue
                    if isinstance(value, tuple) and old in value:
                        changed[h] = tuple(sorted(new if v == old else v for v in value))
                    elif value == old:
                        changed[h] = new
                if where == sheet and changed and "Name" in row.values and "Name" not in row.raw:
                    rows.append(replace(put(row, changed), values={**row.values, **changed, "Name": new}))
                else:
                    rows.append(put(row, changed) if changed else row)
            tables[where] = tuple(rows)
    return replace(content, tables=tables)
