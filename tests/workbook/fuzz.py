"""Spoilt workbooks by the thousand: whatever is in a file, the program answers with a case or its own errors.

python -m tests.workbook.fuzz --runs 10000 --seed 1
"""

from __future__ import annotations

import argparse
import io
import re
import sys
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from datetime import time as clock
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import xlsxwriter

from optimizer.errors import FaultsFound, WorkbookError
from optimizer.workbook.forms.folder import unpack
from optimizer.workbook.forms.markup import markup
from optimizer.workbook.forms.template import put, typed
from optimizer.workbook.reader import read_book, read_case
from optimizer.workbook.reading.grid import Book, Broken, load
from optimizer.workbook.schema import BY_NAME, SHEET_NAMES
from optimizer.workbook.words import fold
from tests.workbook.books import PLAN, SOUND

VALUES: tuple[Any, ...] = (
    *(
        None,
        "",
        "?",
        "A",
        "TAPA",
        "must",
        "set",
        "; ;",
        "1,000",
        "12 %",
        "1e999",
        "nan",
        "-inf",
        "#N/A",
        "=1+1",
        "0x10",
    ),
    *(-1, 0, 1, 2.5, 1e300, 10**30, 43012, float("nan"), float("inf"), True, False, 2**63, -0.0, 1e-300),
    *(datetime(2017, 10, 4), datetime(1900, 1, 1), datetime(9999, 12, 31), datetime(2018, 1, 1, 12, 30)),
    *(clock(8), timedelta(days=3), timedelta(days=-400000)),
    *(Broken("error-value", "#N/A"), Broken("formula-uncalculated", "=1")),
    *(
        "x" * 5000,
        "\u202egnp",
        "\x00",
        "\ud800".encode("utf-8", "replace").decode(),
        "ﬀ",
        "٣",
        "½",
        "1;2;3",
        "a:b",
        "3:0.5;2",
    ),
)
TOKENS = (
    b"",
    b"<",
    b">",
    b"&",
    b'"',
    b"\x00",
    b"\xff",
    b"&#0;",
    b"&#xD800;",
    b"<c/>",
    b"</row>",
    b"<v>",
    b"<f>",
    b"-1",
    b"1e999",
)
SLOWEST = 10.0  # seconds of computing that one workbook may take; a busy machine does not count


@dataclass
class Tally:
    """What came of the runs: counts by kind of spoiling and outcome, what escaped, the slowest run."""

    outcomes: Counter[tuple[str, str]] = field(default_factory=Counter)
    escaped: list[str] = field(default_factory=list)
    slowest: float = 0.0


@cache
def _small() -> bytes:
    """The sound workbook and a plan with nothing but cells in them: quick to read."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False}) as book:
        form, day = book.add_format(), book.add_format({"num_format": "yyyy-mm-dd"})
        for name, rows in (SOUND | PLAN).items():
            page = book.add_worksheet(name)
            known = {c.header: c for c in BY_NAME[name].columns}
            for j, header in enumerate(rows[0]):
                page.write_string(0, j, header)
                for i, row in enumerate(rows, 1):
                    value = typed(known[header], row[header]) if header in known else row[header]
                    put(page, i, j, value, day if hasattr(value, "year") else form)
    return made.getvalue()


@cache
def _cells() -> Book:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.xlsx"
        path.write_bytes(_small())
        return load(path, lambda title: True)


# ---- spoiling cells, as a planner or a program might


def _values(dice: Random, book: Book) -> Book:
    for _ in range(dice.choice((1, 1, 2, 5, 40))):
        grid = dice.choice(book.grids)
        row = dice.choice(list(grid.rows))
        grid.rows[row][dice.choice([*grid.rows[row], dice.randint(1, 40)])] = dice.choice(VALUES)
    return book


def _swaps(dice: Random, book: Book) -> Book:
    """Values that are sound elsewhere: another cell's, perhaps of another sheet."""
    for _ in range(dice.choice((1, 2, 8))):
        here, there = dice.choice(book.grids), dice.choice(book.grids)
        cells, other = (dice.choice(list(g.rows.values())) for g in (here, there))
        cells[dice.choice(list(cells))] = dice.choice(list(other.values()))
    return book


def _headers(dice: Random, book: Book) -> Book:
    grid = dice.choice(book.grids)
    head = grid.rows[min(grid.rows)]
    for _ in range(dice.choice((1, 2, 4))):
        at = dice.choice(list(head))
        head[at] = dice.choice((dice.choice(VALUES), dice.choice(list(head.values())), _mistyped(dice, str(head[at]))))
    return book


def _titles(dice: Random, book: Book) -> Book:
    at = dice.randrange(len(book.grids))
    title = dice.choice(
        (_mistyped(dice, book.grids[at].title), dice.choice(book.titles), "Read me", "Faults", "Último")
    )
    titles = tuple(title if i == at else t for i, t in enumerate(book.titles))
    grids = tuple(replace(g, title=title) if i == at else g for i, g in enumerate(book.grids))
    return replace(book, titles=titles, grids=tuple(g for g in grids if fold(g.title) in SHEET_NAMES))


def _rows(dice: Random, book: Book) -> Book:
    grid = dice.choice(book.grids)
    rows = list(grid.rows)
    match dice.randrange(5):
        case 0:
            del grid.rows[dice.choice(rows)]
        case 1:
            grid.rows[dice.choice((max(rows) + 1, 1_048_576))] = dict(grid.rows[dice.choice(rows)])
        case 2:
            grid.rows = {r + 3: c for r, c in grid.rows.items()}
        case 3:
            grid.merged = [dice.choice(("A1:C1", "A2:B3", "B2", "A1:XFD1048576"))]
        case _:
            grid.rows.clear()
            grid.rows[1] = {1: dice.choice(VALUES) or "x"}
    return book


def _mistyped(dice: Random, text: str) -> str:
    at = dice.randrange(len(text) + 1)
    return text[:at] + dice.choice(("", " ", "x", "-", "é", "…")) + text[at + dice.randint(0, 2) :]


# ---- spoiling bytes


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {n: archive.read(n) for n in archive.namelist()}


def _zipped(parts: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as out:
        for name, part in parts.items():
            out.writestr(name, part)
    return made.getvalue()


def _noise(dice: Random, data: bytes, times: int) -> bytes:
    made = bytearray(data)
    for _ in range(times):
        at, length = dice.randrange(len(made) + 1), dice.choice((0, 1, 1, 3, 20))
        made[at : at + length] = dice.choice((dice.choice(TOKENS), dice.randbytes(2), bytes(made[at : at + 9]) * 2))
    return bytes(made)


def _xml_bytes(dice: Random, data: bytes) -> bytes:
    parts = _parts(data)
    name = dice.choice(list(parts))
    parts[name] = _noise(dice, parts[name], dice.choice((1, 1, 3)))
    return _zipped(parts)


def _xml_values(dice: Random, data: bytes) -> bytes:
    """Well-formed XML in which one attribute or text says something else."""
    parts = _parts(data)
    name = dice.choice([n for n in parts if n.endswith((".xml", ".rels"))])
    xml = parts[name]
    for _ in range(dice.choice((1, 1, 4))):
        places = list(re.finditer(rb'="([^"]*)"|>([^<]+)<', xml))
        if places:
            place = dice.choice(places)
            start, end = place.span(1 if place[1] is not None else 2)
            new = dice.choice(
                (b"", b"-1", b"0", b"99999999", b"A0", b"ZZZZ1", b"e", b"str", b"d", b"b", b"inlineStr", b"x")
            )
            xml = xml[:start] + new + xml[end:]
    parts[name] = xml
    return _zipped(parts)


def _xml_elements(dice: Random, data: bytes) -> bytes:
    """Whole elements taken out, doubled or moved."""
    parts = _parts(data)
    name = dice.choice([n for n in parts if n.endswith((".xml", ".rels"))])
    found = list(re.finditer(rb"<(\w+)[^<>]*/>|<(\w+)[^<>]*>[^<]*</\2>", parts[name]))
    if found:
        one = dice.choice(found)
        xml = parts[name][: one.start()] + dice.choice((b"", one[0] * 2, b"<x/>")) + parts[name][one.end() :]
        parts[name] = xml
    return _zipped(parts)


def _zip_bytes(dice: Random, data: bytes) -> bytes:
    return _noise(dice, data, dice.choice((1, 2, 6)))


def _zip_parts(dice: Random, data: bytes) -> bytes:
    parts = _parts(data)
    one, two = dice.sample(list(parts), 2)
    match dice.randrange(5):
        case 0:
            del parts[one]
        case 1:
            parts[one], parts[two] = parts[two], parts[one]
        case 2:
            parts[one] = b""
        case 3:
            parts[dice.choice(("../evil.xml", "xl/../x", "XL/WORKBOOK.XML", one + "/"))] = parts[one]
        case _:
            return data[: dice.randrange(len(data))] + dice.choice((b"", data[: dice.randrange(400)]))
    return _zipped(parts)


CELLS: tuple[Callable[[Random, Book], Book], ...] = (_values, _values, _swaps, _headers, _titles, _rows)
BYTES: tuple[Callable[[Random, bytes], bytes], ...] = (_xml_bytes, _xml_values, _xml_elements, _zip_bytes, _zip_parts)


def run(runs: int, seed: int, say: Callable[[str], None] = lambda _: None) -> Tally:
    """Spoil and read ``runs`` workbooks, half of them in their cells, half in their bytes; each has its own dice."""
    tally = Tally()
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.xlsx"
        for n in range(runs):
            dice = Random(f"{seed}/{n}")
            spoil = dice.choice(CELLS if n % 2 else BYTES)
            started = time.process_time()
            try:
                if n % 2:
                    read_book(spoil(dice, deepcopy(_cells())), verifying=dice.random() < 0.3)
                else:
                    path.write_bytes(spoil(dice, _small()))
                    _use(dice, path, Path(folder))
                outcome = "read"
            except FaultsFound:
                outcome = "faults"
            except WorkbookError:
                outcome = "refused"
            except Exception:
                outcome = "escaped"
                tally.escaped.append(f"seed {seed}, run {n}, {spoil.__name__}\n{traceback.format_exc()}")
                say(tally.escaped[-1])
            seconds = time.process_time() - started
            tally.slowest = max(tally.slowest, seconds)
            if seconds > SLOWEST:
                tally.escaped.append(f"seed {seed}, run {n}, {spoil.__name__}: {seconds:.1f} s")
            tally.outcomes[spoil.__name__.strip("_"), outcome] += 1
            if (n + 1) % 1000 == 0:
                say(f"{n + 1} runs, {len(tally.escaped)} escaped, slowest {tally.slowest:.2f} s")
    return tally


def _use(dice: Random, path: Path, folder: Path) -> None:
    """Read the file as the commands do; now and then also mark it up, or unpack it."""
    chance = dice.random()
    if chance < 0.05:
        unpack(path, folder / "csv")
        return
    try:
        read_case(path, verifying=chance > 0.8)
    except FaultsFound as e:
        if chance < 0.2:
            markup(path, e.faults, folder / "marked.xlsx")
        raise


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--runs", type=int, default=10_000)
    options.add_argument("--seed", type=int, default=1)
    wanted = options.parse_args()
    started = time.perf_counter()
    tally = run(wanted.runs, wanted.seed, print)
    for (kind, outcome), n in sorted(tally.outcomes.items()):
        print(f"{kind:14} {outcome:8} {n:6}")
    print(*tally.escaped, sep="\n")
    print(f"{wanted.runs} workbooks in {time.perf_counter() - started:.0f} s, {len(tally.escaped)} escaped")
    return 1 if tally.escaped else 0


if __name__ == "__main__":
    sys.exit(main())
