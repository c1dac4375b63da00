"""Putting a finished file in its place: never half of one, never over somebody's work, and never nowhere."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException

from optimizer.errors import Unwritable, WorkbookError
from optimizer.workbook.sheets.seal import edited, seal

COPIES = range(2, 100)  # numbers of the names tried beside one that is taken


def check_target(path: Path) -> Path:
    """Where a file asked for at ``path`` will really stand, links followed.

    Raises Unwritable, before any work is done, for a folder, a device or a pipe, or a place that cannot be written.
    """
    try:
        if path.is_symlink():
            path = path.resolve()
        if path.is_dir():
            raise Unwritable(f"{path} is a folder: name a file in it, such as {path / 'plan.xlsx'}")
        if path.exists() and not path.is_file():
            raise Unwritable(f"{path} is a device or a pipe, not a file: name a file")
        there = next(p for p in path.absolute().parents if p.exists())  # folders are made when there is a file for them
        handle, name = tempfile.mkstemp(prefix=".optimizer-", dir=there)
        os.close(handle)
        os.unlink(name)
    except OSError as e:
        raise Unwritable(f"{_short(path.parent)} cannot be written to: {e.strerror or e}") from e
    return path


@contextmanager
def new_workbook(path: Path, options: Mapping[str, Any]) -> Iterator[xlsxwriter.Workbook]:
    """A workbook that is put at ``path`` in one piece when it is made: on a full disk an archive left half written
    would be closed again by the garbage collector, with a complaint of its own on the screen."""
    whole = BytesIO()
    with xlsxwriter.Workbook(whole, dict(options)) as book:
        yield book
    path.write_bytes(whole.getbuffer())


def land(path: Path, write: Callable[[Path], None], *, precious: bool = False) -> Path:
    """Let ``write`` make a file under a temporary name beside ``path``, then move it there.

    Returns where it landed: ``path``, or ``name (2).xlsx`` and so on where a spreadsheet holds the file open. A
    ``precious`` workbook took long to make: it is sealed, does not replace a file that is not as the program wrote it,
    and where there is no room goes to the current folder, the user's or the one for temporary files (``why_elsewhere``
    says so). Raises WorkbookError when it can be written nowhere.
    """
    try:
        return _land(check_target(path), write, precious)
    except WorkbookError:
        if not precious:
            raise
        for folder in _refuges(path):
            try:
                return _land(check_target(folder / path.name), write, precious)
            except WorkbookError:
                continue
        raise


def why_elsewhere(asked: Path, landed: Path) -> str:
    """Why a file is not where it was asked for; empty if it is."""
    real = asked.resolve()
    if landed.resolve() == real:
        return ""
    if landed.resolve().parent == real.parent:
        return f"{asked} is open elsewhere, or was changed since the program wrote it: it stays as it is"
    return f"{asked} could not be written (no room, or no right to): the file is kept elsewhere"


def _land(path: Path, write: Callable[[Path], None], precious: bool) -> Path:
    made: Path | None = None
    try:
        made = _beside(path)
        os.unlink(made)  # written afresh, it gets the rights that the user's new files get
        write(made)
        if precious:
            seal(made)
        for target in (path, *(path.with_stem(f"{path.stem} ({n})") for n in COPIES)):
            if precious and edited(target):
                continue
            try:
                os.replace(made, target)
            except PermissionError:
                continue
            return target
        raise WorkbookError(f"{path.name} is open elsewhere, and so are its numbered copies")
    except (OSError, XlsxWriterException) as e:
        cause = e if isinstance(e, OSError) else next((a for a in e.args if isinstance(a, OSError)), None)
        reason = (cause.strerror if cause else None) or str(e)
        raise Unwritable(f"{_short(path)} cannot be written: {reason}; nothing was written there") from e
    finally:
        if made is not None:
            made.unlink(missing_ok=True)


def _beside(path: Path) -> Path:
    """A new empty file with a name of its own in the folder of ``path``, which is made if need be."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(suffix=path.suffix, prefix=".optimizer-", dir=path.parent)
    os.close(handle)
    return Path(name)


def _refuges(path: Path) -> Iterator[Path]:
    """Folders that a precious file goes to where it cannot stand in its own."""
    for folder in (Path.cwd(), Path.home(), Path(tempfile.gettempdir())):
        if folder.resolve() != path.parent.resolve():
            yield folder


def _short(path: Path) -> str:
    text = str(path)
    return text if len(text) <= 200 else f"{text[:200]}…"
