"""The comments in the cells of a workbook, read from its parts: they are no business of the tables' reader."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import ParseError, fromstring
from openpyxl.utils import coordinate_to_tuple

WORKBOOK = "xl/workbook.xml"


def comments_of(path: Path) -> dict[str, dict[tuple[int, int], str]]:
    """The text of every comment by sheet title and (row, column), from 1; a workbook whose comments cannot be made
    out has none."""
    found: dict[str, dict[tuple[int, int], str]] = {}
    try:
        with zipfile.ZipFile(path) as archive:
            parts = dict(_relations(archive, WORKBOOK))
            for sheet in fromstring(archive.read(WORKBOOK)).iter():
                if _local(sheet.tag) == "sheet":
                    key = next((v for k, v in sheet.attrib.items() if _local(k) == "id" and k != "id"), "")
                    part = parts.get(key, ("", ""))[1]
                    for kind, target in dict(_relations(archive, part)).values():
                        if kind == "comments":
                            found[str(sheet.get("name"))] = dict(_texts(fromstring(archive.read(target))))
    except (KeyError, ParseError, ValueError, zipfile.BadZipFile):
        return found
    return found


def _relations(archive: zipfile.ZipFile, part: str) -> Iterator[tuple[str, tuple[str, str]]]:
    """(id, (kind, target part)) of what a part refers to."""
    folder, name = posixpath.split(part)
    listed = posixpath.join(folder, "_rels", f"{name}.rels")
    if listed not in archive.NameToInfo:
        return
    for e in fromstring(archive.read(listed)):
        target = str(e.get("Target", ""))
        whole = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        yield str(e.get("Id")), (str(e.get("Type", "")).rpartition("/")[2], whole)


def _texts(root: Any) -> Iterator[tuple[tuple[int, int], str]]:
    for e in root.iter():
        if _local(e.tag) == "comment" and e.get("ref"):
            text = "".join(t.text or "" for t in _pieces(e)).strip()
            if text:
                yield coordinate_to_tuple(e.get("ref")), text


def _pieces(comment: Element) -> Iterator[Element]:
    return (e for e in comment.iter() if _local(e.tag) == "t")


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]
