"""What a sweep varies: axes as a planner types them, and the case at one value of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from itertools import product

from optimizer.domain import Budget, Case
from optimizer.domain.scenarios import named, under
from optimizer.errors import UsageError
from optimizer.quantities import MONEY, scaled

BUDGET, SCENARIO, CAP = "budget", "scenario", "total-cap"
AS_IS, ALL = "none", "all"  # no scenario; every scenario after none
MOST = 1_000  # values of one axis


@dataclass(frozen=True)
class Axis:
    """``values`` of one thing that is varied, as text and in the order asked for: factors on all money
    (``budget``) or on one line (``budget.presence``), amounts of money (``total-cap``), scenarios."""

    name: str
    values: tuple[str, ...]


def axis_of(text: str, case: Case) -> Axis:
    """``budget=0.8:1.2:0.05``, ``budget.presence=0.9,1,1.1``, ``total-cap=900,1000`` or ``scenario=all``."""
    name, equals, rest = (part.strip() for part in text.partition("="))
    if not equals or not rest:
        raise UsageError(f"'{text}': say what is varied and over which values, such as budget=0.8:1.2:0.05")
    if name == SCENARIO:
        return Axis(name, _scenarios(rest, case))
    line = name.removeprefix(f"{BUDGET}.")
    if name not in (BUDGET, CAP) and line == name:
        raise UsageError(f"'{name}' cannot be varied (known: {BUDGET}, {BUDGET}.LINE, {CAP}, {SCENARIO})")
    budgeted = sorted({b.line for b in case.budgets})
    if line != name and line not in budgeted:
        raise UsageError(f"there is no budget line '{line}' (known: {', '.join(budgeted) or 'none'})")
    if name == BUDGET and not budgeted and case.settings.total_cap is None:
        raise UsageError("this workbook limits no money: there is no budget to vary")
    return Axis(name, _numbers(rest))


def _scenarios(text: str, case: Case) -> tuple[str, ...]:
    if text == ALL:
        return (AS_IS, *(s.id for s in case.scenarios))
    wanted = tuple(part.strip() for part in text.split(","))
    for name in wanted:
        if name != AS_IS:
            named(case, name)
    return _once(wanted)


def _numbers(text: str) -> tuple[str, ...]:
    found: list[Decimal] = []
    for part in text.split(","):
        ends = [_number(x) for x in part.split(":")]
        if len(ends) == 1:
            found += ends
            continue
        if len(ends) != 3:
            raise UsageError(f"'{part}' is no range: write FROM:TO:STEP")
        first, last, step = ends
        if step <= 0 or last < first:
            raise UsageError(f"'{part}' is no range: from the smaller to the larger, by a step above 0")
        if (last - first) / step >= MOST:
            raise UsageError(f"'{part}' has more than {MOST:,} values")
        found += (first + step * k for k in range(int((last - first) / step) + 1))
    return _once(tuple(f"{value.normalize():f}" for value in found))


def _number(text: str) -> Decimal:
    try:
        value = Decimal(text.strip())
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or value < 0 or value >= 10**12:
        raise UsageError(f"'{text.strip()}' is not a number that money can be multiplied by or be limited to")
    return value


def _once(values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))


def combinations(axes: Sequence[Axis]) -> Iterator[dict[str, str]]:
    """Every combination of values, the last axis turning fastest."""
    for values in product(*(a.values for a in axes)):
        yield dict(zip((a.name for a in axes), values, strict=True))


def at(case: Case, values: Mapping[str, str]) -> Case:
    """The case at these values: its scenario first, then its money. Raises ``UsageError`` where the scenario
    contradicts what is fixed."""
    scenario = values.get(SCENARIO, AS_IS)
    found = case if scenario == AS_IS else under(case, scenario)
    for name, value in values.items():
        if name == CAP:
            found = replace(found, settings=replace(found.settings, total_cap=scaled(value, MONEY)))
        elif name != SCENARIO:
            line = name.partition(".")[2] or None
            found = budgeted(found, Fraction(value), line)
    return found


def budgeted(case: Case, factor: Fraction, line: str | None = None) -> Case:
    """The case with ``factor`` times the money of a line, or of all lines and the total cap; yearly and quarterly
    sums are rounded down. What last year's rate was stays a fact."""

    def cut(amount: int) -> int:
        return int(amount * factor)

    def row(b: Budget) -> Budget:
        if line is not None and b.line != line:
            return b
        q1, q2, q3, q4 = (None if q is None else cut(q) for q in b.quarters)
        return replace(b, amount=cut(b.amount), quarters=(q1, q2, q3, q4))

    cap, settings = case.settings.total_cap, case.settings
    if line is None and cap is not None:
        settings = replace(settings, total_cap=cut(cap))
    return replace(case, settings=settings, budgets=tuple(map(row, case.budgets)))
