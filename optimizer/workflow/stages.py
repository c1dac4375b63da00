"""Work in stages that a killed run takes up again: each is named by the hash of what it is made from.

A stage makes its file aside and moves it into place in one step; only then is it noted. Killed in between, it is made
again, to the same bytes. A file that somebody edited since is never overwritten.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from optimizer.cycle.manifest import file_hash, place
from optimizer.errors import UsageError, WorkbookError

WORK, NOTED, LOG = ".work", "stages.json", "log.jsonl"


def key_of(*parts: object) -> str:
    """The name of a stage made from ``parts``."""
    return hashlib.sha256(json.dumps([str(p) for p in parts]).encode()).hexdigest()


class Stages:
    """The stages of one folder."""

    def __init__(self, folder: Path):
        self.folder, self.work = folder, folder / WORK
        self.work.mkdir(parents=True, exist_ok=True)
        path = self.work / NOTED
        try:
            self.noted: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        except ValueError:
            self.noted = {}
        _mend(folder / LOG)

    def make(
        self, name: str, key: str, file: str, work: Callable[[Path], Any], facts: Callable[[Any], Any] | None = None
    ) -> Any:
        """Make ``file`` with ``work`` (given where to write), unless it is there for the same ``key``.

        Returns what ``work`` returned, ``None`` where nothing was to do; ``facts`` of it are kept with the note.
        Raises UsageError where the file was edited
        by hand and would have to be made anew.
        """
        target, old = self.folder / file, self.noted.get(name)
        there = target.exists()
        if old is not None and old["key"] == key and there:
            edited = file_hash(target) != old["hash"]
            self.log(name, "edited by hand, kept" if edited else "there already")
            return None
        edited = there and (old is None or file_hash(target) != old["hash"])
        made = self.work / file
        made.unlink(missing_ok=True)
        self.log(name, "begun")
        found = work(made)
        if made.exists():
            if edited and file_hash(made) != file_hash(target):
                raise UsageError(
                    f"{target} was edited by hand, and what it is made from has changed: move it away, or put the "
                    "edits into --updates"
                )
            try:
                os.replace(made, target)
            except OSError as e:
                raise WorkbookError(f"{target} cannot be written: {e.strerror or e}; is it open elsewhere?") from e
            self.noted[name] = {"key": key, "hash": file_hash(target), "facts": facts(found) if facts else None}
            place(self.work / NOTED, json.dumps(self.noted, indent=1, sort_keys=True).encode())
            self.log(name, "done")
        return found

    def facts(self, name: str) -> Any:
        """What was kept with the note of a stage."""
        return self.noted[name]["facts"]

    def edited(self, name: str, file: str) -> bool:
        """Whether a file is not as its stage left it."""
        old = self.noted.get(name)
        return old is not None and file_hash(self.folder / file) != old["hash"]

    def log(self, stage: str, what: str, **more: object) -> None:
        """One line on what happened, with the time (UTC)."""
        at = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        line = json.dumps({"at": at, "stage": stage, "what": what, **more}, ensure_ascii=False)
        with (self.folder / LOG).open("a", encoding="utf-8") as file:
            file.write(line + "\n")


def _mend(log: Path) -> None:
    """Drop a last line that a killed run left unfinished."""
    if log.exists():
        data = log.read_bytes()
        if data and not data.endswith(b"\n"):
            with log.open("r+b") as file:
                file.truncate(data.rfind(b"\n") + 1)
