"""The commands in process, and workbooks of the teaching case with something changed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from typer.testing import CliRunner

from optimizer.cli.app import app

INPUTS = Path(__file__).parents[2] / "inputs"


class Said:
    """What a command said and how it ended."""

    def __init__(self, *args: object):
        found = CliRunner().invoke(app, [str(a) for a in args])
        if found.exception is not None and not isinstance(found.exception, SystemExit):
            raise found.exception
        self.code, self.out, self.err = found.exit_code, found.stdout, found.stderr

    @property
    def json(self) -> dict[str, Any]:
        """The one object on stdout; numbers that are not finite are refused."""
        return json.loads(self.out, parse_constant=lambda text: pytest.fail(f"{text} in JSON"))


@pytest.fixture
def optimizer(tmp_path, monkeypatch) -> Callable[..., Said]:
    """Run a command in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return Said


@pytest.fixture
def edited(tmp_path) -> Callable[[Callable[[Any], None]], Path]:
    """A copy of the teaching workbook after an edit by a planner."""

    def make(edit: Callable[[Any], None], source: Path = INPUTS / "teaching.xlsx") -> Path:
        book = openpyxl.load_workbook(source)
        edit(book)
        path = tmp_path / "edited.xlsx"
        book.save(path)
        return path

    return make


def put(book: Any, sheet: str, header: str, row: int, value: Any) -> None:
    """Write a cell of a table by its column's header."""
    page = book[sheet]
    column = next(c.column for c in page[1] if c.value == header)
    page.cell(row, column, value)


def setting(book: Any, name: str, value: Any) -> None:
    """Write a setting."""
    page = book["Settings"]
    row = next(r for r in range(1, page.max_row + 1) if page.cell(r, 1).value == name)
    page.cell(row, 2, value)
