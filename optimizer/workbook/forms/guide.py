"""The Read me sheet: everything a person needs who has read nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xlsxwriter.worksheet import Worksheet

from optimizer.workbook.schema import BY_NAME, GUIDE, KINDS, REMARKS, SETTINGS, Column, Sheet
from optimizer.workbook.sheets.style import Styles
from optimizer.workbook.words import PLACE

WIDTHS = (25, 27, 13, 21, 21, 46)
HEADS = ("Column", "What to type", "Unit", "Left blank, it means", "Example", "Meaning")
WHAT = (
    "This workbook is one planning case. From it the program plans which units go where, when and with what: "
    "rotations, prepositioned sets, exercises and site upgrades, week by week, so that the demand is covered as well "
    "as the money allows. All data must be unclassified.",
)
STEPS = (
    "Settings: give the plan a name, its first day (a Monday) and its length in weeks. Everything else there has a "
    "default that can stay.",
    "Capabilities and Levels: list what you count (armor, fires …) and how fully it can be wanted, lowest level first.",
    "The columns “Points {place}” and “Worth {place}”: write an id in place of the {place}, one column for each. In "
    "Unit types and Sets it is a capability (Points armor), in Demand a level (Points assure). Insert more such "
    "columns as needed.",
    "Countries, Sites and Travel: the demand areas, the places with their beds and storage slots, and the days between "
    "them.",
    "Unit types, then Units: what kinds there are, and who can be ordered. Elements only where a unit splits up; "
    "Availability only where a unit is not always free; Sets and Exercises if there are any.",
    "Demand: who wants how many points of what, and when. Budget: the money of each line and year, or no row at all.",
    "Check it: optimizer check FILE.xlsx --markup FAULTS.xlsx lists every fault with its cell and marks it in a copy.",
    "Plan it: optimizer solve FILE.xlsx -o PLAN.xlsx writes the plan as a workbook, which is a valid next input.",
)
POINTS = (
    "A point is what one company-sized unit adds: a tank company has 1 point of armor, a battalion of four of them 4. "
    "Demand says in points how much a country wants of what, unit types and sets say what they bring; any measure will "
    "do as long as both sides use it. A country that wants 3 points of armor and has 2 is covered by two thirds.",
    "Prices say what is worth what, all in the score: with Coverage price 1, a point covered for a week scores its "
    "country's weight × its capability's weight × its level's value. To choose the others, ask what you would give up "
    "for one such point-week: with Floor price 0.05, twenty people missing for a week weigh as much as one.",
    "Example: Estonia (weight 1) wants 2 points of armor (weight 1) at level assure (value 1). One tank company there "
    "all year scores 52. An exercise of value 20 is worth its stay for 20 weeks. Cost price 0.001 only chooses the "
    "cheaper of two equal plans; to let money decide, raise it until a million spent weighs what it should buy.",
)
TYPING = (
    "Pale yellow cells are yours. A dark header must be filled in every row; a grey one may stay blank, with the "
    "meaning given below. Choose a cell, or rest on a header, to see what belongs there.",
    "Names are yours: short, unique, and written the same everywhere. Lists offer the names you have typed so far.",
    "Dates: type them as dates, or as 2017-10-02, 02OCT2017 or 2017-W40. 01/02/2018 typed as text is refused: it can "
    "be two days. No time of day: a late hour is refused, because it may be midnight of another day elsewhere.",
    "Numbers: plain, such as 1200 or 2.5. Money is in the unit named in Settings, the same on every sheet.",
    "Yes or no: yes, no. Several names in one cell: separate them by ;",
    "Keep the header rows. Columns and rows may be moved; columns, sheets and colours of your own are welcome and not "
    "read. Do not merge cells inside a table. Empty rows do no harm; sheets you do not need can stay empty.",
)


def guide(book: Any, style: Styles, names: Sequence[str]) -> None:
    """Write the Read me sheet for the sheets ``names``."""
    page = book.add_worksheet(GUIDE)
    page.hide_gridlines(2)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.set_footer("&L&A&R&P / &N")
    for j, width in enumerate(WIDTHS):
        page.set_column(j, j, width)
    for j in range(len(WIDTHS)):
        page.write_blank(0, j, None, style("title"))
    page.write_string(0, 0, "Read me: how to fill in this workbook", style("title"))
    page.set_row(0, 30)
    row = 2
    for title, lines, numbered in (
        ("What it is", WHAT, False),
        ("In eight steps", STEPS, True),
        ("Points and prices", POINTS, False),
        ("How to type", TYPING, False),
    ):
        row = _block(page, style, row, title, lines, numbered)
    known = [BY_NAME[n] for n in names if n in BY_NAME]
    row = _sheets(page, style, row, known)
    _columns(page, style, row, known)


def _block(page: Worksheet, style: Styles, row: int, title: str, lines: Sequence[str], numbered: bool) -> int:
    _section(page, style, row, title)
    for n, line in enumerate(lines, 1):
        text = (f"{n}.  {line}" if numbered else line).format(place=PLACE)
        _across(page, style, row + n, 0, text)
    return row + len(lines) + 2


def _across(page: Worksheet, style: Styles, row: int, first: int, text: str) -> None:
    """A text from a column to the page's edge; merged cells do not find their height by themselves."""
    page.merge_range(row, first, row, len(WIDTHS) - 1, text, style("wrap"))
    page.set_row(row, _height((text, sum(WIDTHS[first:]))))


def _height(*cells: tuple[str, int]) -> float:
    """The height that lets the texts of a row be read, each in a column of so many characters."""
    return 12 * max(1 + int(len(text) / (1.3 * width)) for text, width in cells) + 2


def _section(page: Worksheet, style: Styles, row: int, title: str) -> None:
    for j in range(len(WIDTHS)):
        page.write_blank(row, j, None, style("section"))
    page.write_string(row, 0, title, style("section"))
    page.set_row(row, 18)


def _sheets(page: Worksheet, style: Styles, row: int, known: Sequence[Sheet]) -> int:
    _section(page, style, row, "The sheets")
    for i, s in enumerate(known, row + 1):
        page.write_url(i, 0, f"internal:'{s.name}'!A1", style("link", "wrap"), s.name)
        _across(page, style, i, 1, f"{'Needed. ' if s.required else ''}One row is {s.row}. {s.help}".strip())
    return row + len(known) + 2


def _columns(page: Worksheet, style: Styles, row: int, known: Sequence[Sheet]) -> None:
    _section(page, style, row, "Every column")
    for j, head in enumerate(HEADS):
        page.write_string(row + 1, j, head, style("header"))
    i = row + 2
    for title, columns in (*((s.name, _described(s)) for s in known), ("On any sheet but Settings", REMARKS)):
        for j in range(len(WIDTHS)):
            page.write_blank(i, j, None, style("group"))
        page.write_string(i, 0, title, style("group"))
        i += 1
        for c in columns:
            page.set_row(i, _height(*zip(_line(c), WIDTHS, strict=True)))
            for j, text in enumerate(_line(c)):
                look = {"bold": True} if j == 0 and c.required else {}
                page.write_string(i, j, text, style("cell", "wrap", **look))
            i += 1


def _described(sheet: Sheet) -> Sequence[Column]:
    return SETTINGS if sheet.name == "Settings" else sheet.columns


def _line(c: Column) -> tuple[str, ...]:
    text = f"{c.help} One column for each row of {c.family}." if c.family else c.help
    return (c.header.format(PLACE), what_to_type(c), c.unit, c.meaning_of_blank, c.example, text)


def what_to_type(column: Column) -> str:
    """The kind of a column for a planner's eyes."""
    if column.choices:
        return "one of: " + ", ".join(column.choices)
    if column.refs:
        many = "ids, separated by ;, of " if column.kind == "refs" else "an id of "
        return many + " or ".join(column.refs)
    bounds = [f"{word} {bound:g}" for word, bound in (("from", column.low), ("to", column.high)) if bound is not None]
    return " ".join([KINDS[column.kind], *bounds])
