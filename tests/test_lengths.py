"""Files and functions of a length that can be read at a sitting, and those that say why they are longer."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import optimizer

ROOT = Path(optimizer.__file__).parent
FILE, FUNCTION, KERNEL = 250, 60, 90  # lines
REASON = "In one file"  # how the docstring of a longer file begins to say why

Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions(tree: ast.AST) -> Iterator[tuple[Function, int]]:
    """Functions and how long each may be."""
    for node in ast.walk(tree):
        if isinstance(node, Function):
            compiled = any(isinstance(d, ast.Name) and d.id == "kernel" for d in node.decorator_list)
            yield node, KERNEL if compiled else FUNCTION


@pytest.mark.parametrize("room", sorted(p.name for p in ROOT.iterdir() if p.name != "__pycache__"))
def test_files_and_functions_are_short_or_say_why_not(room: str) -> None:
    path = ROOT / room
    for file in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
        if file.suffix != ".py":
            continue
        text = file.read_text(encoding="utf-8")
        tree = ast.parse(text)
        lines = len(text.splitlines())
        assert lines <= FILE or REASON in (ast.get_docstring(tree) or ""), f"{file}: {lines} lines, and no reason given"
        for function, most in functions(tree):
            length = (function.end_lineno or 0) - function.lineno + 1
            assert length <= most, f"{file}: {function.name} has {length} lines"
