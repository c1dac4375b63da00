"""Is this file a workbook, and is it safe to open? Asked before anything is parsed."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from optimizer.errors import WorkbookError
from optimizer.workbook.reading.package import Package, plain

SUFFIXES = (".xlsx", ".xlsm")
TOTAL, PART, RATIO, RATIO_FROM = 768 << 20, 384 << 20, 400, 16 << 20  # bytes, bytes, times, bytes
PARTS = 20_000
_OLE, _ZIP = b"\xd0\xcf\x11\xe0", b"PK\x03\x04"
_TEXTS = {
    "an HTML page": re.compile(rb"<(?:!doctype\s+html|html|table|head|body)\b", re.I),
    "an XML file": re.compile(rb"^\s*<\?xml"),
    "a PDF": re.compile(rb"^%PDF"),
}
_KINDS = {
    "xl/workbook.bin": "a binary .xlsb workbook",
    "word/document.xml": "a Word document",
    "ppt/presentation.xml": "a PowerPoint file",
    "content.xml": "an OpenDocument file",
}
_SAVE_AS = "open it in the spreadsheet program and save it as .xlsx"
SAVE_AGAIN = f"{_SAVE_AS} anew, or ask for it to be sent again"
_DECLARED = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.I)


def is_lock_file(path: Path) -> bool:
    """Whether the name is that of the marker a spreadsheet program leaves beside an open file."""
    return path.name.startswith(("~$", ".~lock."))


def workbooks_in(folder: Path) -> list[Path]:
    """The workbooks of a folder, lock files skipped, by name."""
    return sorted(p for p in folder.iterdir() if p.suffix.lower() in SUFFIXES and not is_lock_file(p))


def inspect(path: Path) -> None:
    """Raise WorkbookError, with what to do, unless ``path`` is a workbook that is safe to parse.

    Checks what kind of file it is, declared sizes and compression ratios (zip bombs), that every
    part is complete (checksums) and that no part declares entities (XXE).
    """
    if is_lock_file(path):
        raise WorkbookError(f"{path.name} is the marker of a workbook open elsewhere, not a workbook")
    if not path.exists():
        raise WorkbookError(f"{path} does not exist")
    if path.is_dir():
        raise WorkbookError(f"{path} is a folder, not a workbook")
    if not path.is_file():
        raise WorkbookError(f"{path} is a pipe or a device, not a file: save the workbook first")
    try:
        with path.open("rb") as file:
            head = file.read(4096)
            if head.startswith(_OLE):
                rest = head + file.read(8 << 20)
                raise WorkbookError(f"{path.name} {_ole(rest)}")
    except OSError as e:
        raise WorkbookError(f"{path.name} cannot be opened: {e.strerror or e}; is it open elsewhere?") from e
    if not head.startswith(_ZIP):
        raise WorkbookError(f"{path.name} {_not_zip(head)}")
    try:
        with zipfile.ZipFile(path) as archive:
            _parts(path.name, archive)
    except (WorkbookError, MemoryError):
        raise
    except Exception as e:  # zipfile, zlib, lzma and bz2 each have their own
        raise WorkbookError(f"{path.name} is damaged or was cut off ({e}); ask for it to be sent again") from e


def _ole(data: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return "is protected by a password; remove it (File, Info, Protect) and save again"
    return f"is an old .xls file; {_SAVE_AS}"


def _not_zip(head: bytes) -> str:
    if not head:
        return "is empty"
    for kind, pattern in _TEXTS.items():
        if pattern.search(head.lstrip(b"\xef\xbb\xbf")):
            return f"is {kind} under a workbook's name; {_SAVE_AS}"
    if not any(b < 9 or 13 < b < 32 for b in head):  # in whatever code page
        return f"is text (CSV?) under a workbook's name; {_SAVE_AS}, or pack a folder of CSV files"
    return "is not a workbook"


def _parts(name: str, archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    names = {plain(p.filename) for p in parts}
    if Package(archive).main() is None:
        kind = next((k for n, k in _KINDS.items() if n in names), None)
        raise WorkbookError(f"{name} is {kind or 'a zip file'}, not a workbook; {_SAVE_AS}")
    if len(names) != len(parts) or len(parts) > PARTS:
        raise WorkbookError(f"{name} is not a sound workbook: its parts repeat or are too many; {SAVE_AGAIN}")
    if any(p.flag_bits & 1 for p in parts):
        raise WorkbookError(f"{name} is protected by a password; remove it and save again")
    for p in parts:
        ratio = p.file_size / max(p.compress_size, 1)
        if p.file_size > PART or (p.file_size > RATIO_FROM and ratio > RATIO):
            raise WorkbookError(f"{name} would unpack to far more than a workbook holds ({p.filename}); not opened")
    if sum(p.file_size for p in parts) > TOTAL:
        raise WorkbookError(f"{name} would unpack to far more than a workbook holds; not opened")
    for p in parts:
        _scan(name, archive, p)


def _scan(name: str, archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Read a part to its end (checking its checksum); if it is XML, whatever its name, it may not declare entities."""
    xml, tail = part.filename.casefold().endswith((".xml", ".rels", ".vml")), b""
    with archive.open(part) as file:
        while block := file.read(1 << 20):
            seen = tail + block
            xml = xml or (not tail and block.lstrip(b"\xef\xbb\xbf\xff\xfe\0 \r\n\t").startswith(b"<"))
            if xml and (_DECLARED.search(seen) or _DECLARED.search(seen.replace(b"\0", b""))):
                raise WorkbookError(f"{name} declares entities in {part.filename}, as no spreadsheet does; not opened")
            tail = block[-64:]
