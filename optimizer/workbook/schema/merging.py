"""The sheet in which merged workbooks put what copies say differently."""

from __future__ import annotations

from optimizer.workbook.schema.kinds import Column, Sheet

CONFLICTS = Sheet(
    "Conflicts",
    "something that copies of one workbook say differently",
    (
        Column("Conflict", "id", "Its number.", required=True),
        Column("Sheet", "text", "The sheet it is about.", required=True),
        Column("Row", "text", "What names the row in the workbook all copies were made from.", blank="the whole sheet"),
        Column("Column", "text", "The column, or (row) where one copy deletes what another needs."),
        Column("Base", "text", "What stood there before."),
        Column(
            "Choose",
            "text",
            "The name of one of the columns beside it: Base, or a copy's.",
            blank="open: nothing is planned while a conflict is open",
        ),
    ),
    key=("Conflict",),
    group="merge",
    help="Written by merge, with one column for each copy, and obeyed by merge and solve. Choose is yellow. A workbook "
    "in which one is open is refused.",
)
