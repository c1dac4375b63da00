"""Read copies of one workbook → merge them → check what came out → write it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from optimizer.domain import Case, Plan
from optimizer.errors import FaultsFound, UsageError
from optimizer.verify import verify
from optimizer.workflow.comparing import names_of, version

if TYPE_CHECKING:
    from optimizer.workbook.merge.conflicts import Conflict
    from optimizer.workbook.merge.edits import Edits

Ceiling = Callable[[Case, Plan | None], float | None]  # no plan of a case scores above it; None: it has no plan


@dataclass(frozen=True)
class Effect:
    """What one version does to the plan in the books: its score (``None`` without a plan), the rules it then breaks,
    and, where it was asked for, a ceiling that no plan scores above (proven), or that its inputs allow no plan at all
    (``impossible``, proven). ``name`` is ``base``, a copy's, or ``merged``."""

    name: str
    score: float | None
    breaches: int | None
    ceiling: float | None = None
    impossible: bool = False
    unread: str = ""  # why it could not be judged


@dataclass(frozen=True)
class MergedBooks:
    """What merging came to. ``faults`` are what the merged workbook would be refused for, ``notes`` what could not be
    told apart; ``edits`` how much each copy changed."""

    output: Path
    names: tuple[str, ...]
    conflicts: tuple[Conflict, ...]
    notes: tuple[str, ...]
    faults: tuple[Any, ...]
    effects: tuple[Effect, ...]
    edits: Mapping[str, Edits]

    @property
    def open(self) -> tuple[Conflict, ...]:
        """Conflicts that are still to be decided."""
        return tuple(c for c in self.conflicts if c.chosen is None)


def merge(base: Path, copies: Sequence[Path], out: Path, ceiling: Ceiling | None = None) -> MergedBooks:
    """Merge ``copies`` of ``base`` into ``out``, obeying what an earlier ``out`` has under Choose.

    Raises ``FaultsFound`` for a workbook with cells that cannot be read, ``UsageError`` where ``out`` holds edits that
    merging again would lose. With ``ceiling`` every version's proven ceiling is told too.
    """
    from optimizer.workbook.merge.edits import edits_of
    from optimizer.workbook.merge.merge import merge as merged
    from optimizer.workbook.merge.read import read_content
    from optimizer.workbook.merge.write import write_merged

    names = _names(copies)
    first = read_content(base, "base")
    others = [read_content(path, name, first.calendar) for path, name in zip(copies, names, strict=True)]
    chosen = _chosen(out, lambda known: merged(first, others, known))
    result = merged(first, others, chosen)
    landed = write_merged(result, names, out)
    books = [(base, "base"), *zip(copies, names, strict=True)]
    effects = tuple(_effect(p, n, ceiling) for p, n in books)
    faults: tuple[Any, ...] = ()
    try:
        last = version(landed, "merged")
        effects += (_effect_of(last.case, last.plan if last.planned else None, "merged", ceiling),)
    except FaultsFound as error:
        faults = tuple(f for f in error.faults if f.code != "conflict-open" and f.severity == "fault")
    edits = {c.name: edits_of(first, c) for c in others}
    return MergedBooks(landed, tuple(names), result.conflicts, result.notes, faults, effects, edits)


def _names(copies: Sequence[Path]) -> list[str]:
    """A heading for each copy, none of which is one of the sheet's own."""
    from optimizer.workbook.schema import CONFLICTS
    from optimizer.workbook.words import fold

    taken = {fold(c.header) for c in CONFLICTS.columns}
    return [f"{n} (copy)" if fold(n) in taken else n for n in names_of(copies)]


def _chosen(out: Path, again: Callable[[Any], Any]) -> Any:
    """What an earlier ``out`` chooses. It may hold no other edits: they would be lost."""
    from optimizer.workbook.merge.choices import choices, lines_of, obey
    from optimizer.workbook.merge.read import ANSWER, content_of
    from optimizer.workbook.reading.grid import load
    from optimizer.workbook.schema import OWN_SHEETS

    if not out.exists():
        return {}
    book = load(out, lambda title: title not in OWN_SHEETS | ANSWER)
    lines = lines_of(book)
    if not lines:
        raise UsageError(f"{out} is there already and is no merged workbook with conflicts; choose another name")
    chosen = choices(lines)
    made = again(chosen).content
    now, _ = content_of(obey(book)[0], "merged", made.calendar)
    if not _same(made, now, {(x.sheet, x.row) for x in lines}):
        raise UsageError(
            f"{out} was edited besides its Conflicts sheet, or made from other copies; give another name, or solve it"
        )
    return chosen


def _same(one: Any, other: Any, but: Collection[tuple[str, str]]) -> bool:
    """Whether two contents say the same in every table, and in every own sheet but for some (sheet, cell)."""
    from openpyxl.utils import get_column_letter

    from optimizer.workbook.merge.align import spelt
    from optimizer.workbook.merge.content import plain

    def said(content: Any) -> dict[str, list[str]]:
        tables = {
            name: sorted(
                repr(sorted((h, spelt(v)) for h, v in r.values.items() if h in r.raw and spelt(v))) for r in rows
            )
            for name, rows in content.tables.items()
            if rows
        }
        sheets = {
            title: sorted(
                repr((at, spelt(plain(v))))
                for at, v in cells.items()
                if (title, f"{get_column_letter(at[1])}{at[0]}") not in but
            )
            for title, cells in content.sheets.items()
        }
        return tables | sheets

    return said(one) == said(other)


def _effect(path: Path, name: str, ceiling: Ceiling | None) -> Effect:
    try:
        v = version(path, name)
    except FaultsFound as error:
        return Effect(name, None, None, unread=str(error.faults[0]))
    return _effect_of(v.case, v.plan if v.planned else None, name, ceiling)


def _effect_of(case: Case, plan: Plan | None, name: str, ceiling: Ceiling | None) -> Effect:
    told = Effect(name, None, None)
    if plan is not None:
        verdict = verify(case, plan)
        told = replace(told, score=verdict.score, breaches=len(verdict.breaches))
    if ceiling is None:
        return told
    most = ceiling(case, plan)
    return replace(told, ceiling=most, impossible=most is None)
