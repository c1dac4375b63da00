"""The parts of a workbook's zip file and how they refer to one another, however a program has named them.

Programs differ in the case of part names, write backslashes, put parts at the root or number them as they like; what a
part is follows from the relations, as in the spreadsheet programs themselves.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO
from urllib.parse import unquote
from xml.etree import ElementTree

from optimizer.errors import WorkbookError

_MAIN = re.compile(r"(?:.*/)?workbook\d*\.xml")


@dataclass(frozen=True)
class Relation:
    """``kind`` is the last word of its type (worksheet, styles …); ``target`` a part as ``Package.find`` takes it."""

    id: str
    kind: str
    target: str


def local(tag: str) -> str:
    """The name of an element or attribute without its namespace (Strict Open XML has others)."""
    return tag.rpartition("}")[2]


def plain(name: str) -> str:
    """A part's name for comparison: without case, backslashes and a leading slash."""
    return name.replace("\\", "/").lstrip("/").casefold()


class Package:
    """An open zip file by the plain names of its parts."""

    def __init__(self, archive: zipfile.ZipFile):
        self.archive = archive
        self.names = {plain(i.filename): i.filename for i in archive.infolist() if not i.is_dir()}

    def find(self, name: str) -> str | None:
        """The plain name of the part meant by ``name``: exactly, unquoted, or the only one so called anywhere."""
        for wanted in (plain(name), plain(unquote(name))):
            if wanted in self.names:
                return wanted
        base = posixpath.basename(plain(name))
        alike = [n for n in self.names if posixpath.basename(n) == base]
        return alike[0] if len(alike) == 1 else None

    def open(self, name: str) -> IO[bytes]:
        """A part to be read; WorkbookError if there is none."""
        found = self.find(name)
        if found is None:
            raise WorkbookError(f"its part {posixpath.basename(name)} is missing")
        return self.archive.open(self.names[found])

    def tree(self, name: str) -> ElementTree.Element:
        """A part as one tree; WorkbookError if it is no XML."""
        with self.open(name) as file:
            try:
                return ElementTree.parse(file).getroot()
            except ElementTree.ParseError as e:
                raise WorkbookError(f"its part {posixpath.basename(name)} breaks off or is garbled") from e

    def relations(self, part: str) -> Iterator[Relation]:
        """What a part (``""``: the whole package) refers to inside the file, if its list is there."""
        folder, base = posixpath.split(part)
        listed = self.find(posixpath.join(folder, "_rels", f"{base}.rels"))
        if listed is None:
            return
        for e in self.tree(listed).iter():
            if local(e.tag) == "Relationship" and e.get("TargetMode") != "External" and e.get("Target"):
                target = (e.get("Target") or "").replace("\\", "/")
                whole = target if target.startswith("/") else posixpath.join(folder, target)
                kind = (e.get("Type") or "").rpartition("/")[2]
                yield Relation(e.get("Id") or "", kind, posixpath.normpath(whole.lstrip("/")))

    def related(self, part: str, kind: str) -> str | None:
        """The first part of a kind that ``part`` refers to and that is there."""
        targets = (r.target for r in self.relations(part) if r.kind == kind)
        return next((t for t in targets if self.find(t) is not None), None)

    def main(self) -> str | None:
        """The part that lists the sheets; ``None`` in a zip of something else."""
        told = self.related("", "officeDocument")
        if told is not None and _MAIN.fullmatch(plain(told)):
            return plain(self.find(told) or told)
        return min((n for n in self.names if _MAIN.fullmatch(n)), key=len, default=None)
