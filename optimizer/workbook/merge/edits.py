"""How much a copy changed."""

from __future__ import annotations

from dataclasses import dataclass

from optimizer.workbook.merge.align import align
from optimizer.workbook.merge.content import MERGED, Content
from optimizer.workbook.merge.fold import differing
from optimizer.workbook.merge.renames import find_renames


@dataclass(frozen=True)
class Edits:
    """Cells changed, rows added and gone, ids renamed."""

    cells: int = 0
    added: int = 0
    gone: int = 0
    renamed: int = 0


def edits_of(base: Content, copy: Content) -> Edits:
    """What ``copy`` changed of ``base``; a sheet that it does not have is one it did not touch."""
    found, copy = find_renames(base, copy)
    cells = added = gone = 0
    for sheet in MERGED:
        if sheet.name not in copy.tables:
            continue
        old, new = base.tables.get(sheet.name, ()), copy.tables[sheet.name]
        matched = align(sheet, [r.values for r in old], [r.values for r in new])
        cells += sum(len(differing(old[i], new[j]) - {"Rotation"}) for i, j in matched.pairs)
        added, gone = added + len(matched.added), gone + len(matched.gone)
    return Edits(cells, added, gone, sum(len(names) for names in found.by_sheet.values()))
