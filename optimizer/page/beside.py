"""A second plan beside the page's: figures next to one another, and which decisions are not the same."""

from __future__ import annotations

from dataclasses import dataclass

from optimizer.domain import Case, Plan
from optimizer.domain.differences import DROPPED, KEPT, MOVED, NEW
from optimizer.report.before import Other
from optimizer.report.changes import Change, Figure, changes, side_by_side
from optimizer.report.figures import figures
from optimizer.rosters import lenient
from optimizer.verify import Verdict

COUNTS = ("breaches", "rotations", "exercises held", "person-weeks below floors", "weeks beyond standard length",
          "element-weeks in the plan")  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One figure of the other plan and of this one; as text, ready to stand in a table."""

    topic: str
    name: str
    before: str
    after: str
    more: str
    worse: bool = False


@dataclass(frozen=True)
class BesideOther:
    """``counts`` of decisions in words; ``moved`` those that are not kept, in both plans or one."""

    name: str
    rows: list[Row]
    moved: list[Change]
    counts: str


def beside_other(this: tuple[Case, Plan, Verdict], other: Other) -> BesideOther:
    """This plan against another: what was there before, and what is there now."""
    case, plan, verdict = this
    told = side_by_side([figures(other.case, other.plan), figures(case, plan, verdict)])
    found = changes((lenient(other.case, other.plan), other.plan), (lenient(case, plan), plan))
    number = {kind: sum(1 for c in found if c.change == kind) for kind in (KEPT, MOVED, NEW, DROPPED)}
    counts = ", ".join(f"{n} {kind}" for kind, n in number.items())
    return BesideOther(other.name, [_row(case, f) for f in told], [c for c in found if c.change != KEPT], counts)


def _row(case: Case, f: Figure) -> Row:
    id_, comma, level = f.name.partition(", ")
    name = f"{case.country[id_].name}, {level}" if comma and id_ in case.country else f.name
    before, after = f.values
    more = None if before is None or after is None else after - before
    worse = f.name == "breaches" and bool(after)
    return Row(f.topic, name, _text(f, before), _text(f, after), _text(f, more, signed=True), worse)


def _text(f: Figure, value: float | int | None, signed: bool = False) -> str:
    """A figure with as many places as its kind is read with; a difference that is none stays blank."""
    if value is None:
        return "" if signed else "–"
    places = 0 if f.name in COUNTS else 1 if f.unit == "%" else 2
    if signed and not round(value, places):
        return ""
    return f"{value + 0.0:{'+' if signed else ''},.{places}f}" + (" %" if f.unit == "%" and not signed else "")
