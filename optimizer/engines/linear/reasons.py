"""Why there is no plan: the least that would have to give, rule by rule."""

from __future__ import annotations

import copy
from array import array
from collections import defaultdict

from optimizer.domain.outcome import Options
from optimizer.engines.linear import drive
from optimizer.engines.linear.model import INF, Model
from optimizer.rules import RULES


def reasons(model: Model, options: Options) -> tuple[str, ...]:
    """Plain sentences naming the rules and parties of the rows that cannot all hold.

    Every row of every rule may be broken at the same price, relative to its largest coefficient;
    what the cheapest such plan breaks is what to look at first.
    """
    loose, slacks = _loosened(model)
    answer = drive.solve(loose, options)
    if answer.x is None:
        return ("The rules contradict each other; the limits of this run did not allow to say which.",)
    broken: defaultdict[tuple[str, tuple[str, ...]], list[int]] = defaultdict(list)
    for column, row in slacks.items():
        if answer.x[column] > 1e-6:
            parties, week = model.about[row]
            broken[model.owner[row], parties].extend([] if week is None else [week])
    return tuple(_sentence(model, *who, weeks) for who, weeks in sorted(broken.items(), key=lambda x: x[0]))


def _loosened(model: Model) -> tuple[Model, dict[int, int]]:
    """The model with a priced slack on each side of a rule's rows, and the row of each slack."""
    loose, slacks = copy.copy(model), {}
    for name in ("low", "high", "whole", "starts", "index", "value"):
        setattr(loose, name, array(getattr(model, name).typecode))
    loose.low, loose.high, loose.whole = model.low[:], model.high[:], model.whole[:]
    loose.starts = array("q", [0])
    loose.columns, loose.objective, loose.constant = dict(model.columns), {}, 0.0
    for row, owner in enumerate(model.owner):
        span = slice(model.starts[row], model.starts[row + 1])
        loose.index.extend(model.index[span])
        loose.value.extend(model.value[span])
        size = max(map(abs, model.value[span]), default=1.0)
        for sign, side in ((1.0, model.lower[row]), (-1.0, model.upper[row])):
            if owner in RULES and abs(side) != INF:
                column = len(loose.columns)
                loose.columns["slack", column] = column
                loose.low.append(0.0)
                loose.high.append(INF)
                loose.whole.append(0)
                loose.index.append(column)
                loose.value.append(sign * size)
                loose.objective[column] = -1.0
                slacks[column] = row
        loose.starts.append(len(loose.index))
    return loose, slacks


def _sentence(model: Model, rule: str, parties: tuple[str, ...], weeks: list[int]) -> str:
    case = model.space.case
    who = f" for {', '.join(p for p in parties if p)}" if any(parties) else ""
    when = ""
    if weeks:
        first, last = (case.calendar.monday(w).isoformat() for w in (min(weeks), max(weeks)))
        when = f" (week of {first})" if first == last else f" (weeks of {first} to {last})"
    return f"{rule}: “{RULES[rule].title}” cannot be kept{who}{when} together with the other rules."


__all__ = ["reasons"]
