"""What a constraint-programming reading may ask: the decisions of one model, and what they mean in a week.

A *literal* is a Boolean of the model, or the integer 0 or 1 where the answer is known; an *expression* is a sum of
literals; a *week* is an integer of the model, or a plain one. Readings see no more of an engine than this page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, MutableMapping, Sequence
from typing import Any, Protocol

from optimizer.domain import Case, Exercise, Participant, PrepoSet, UnitType

Lit = Any
Expression = Any
Week = Any
Start = tuple[str, int]  # host site and week


class Logic(Protocol):
    """Makes literals of literals; equal questions get the same one."""

    def no(self, lit: Lit) -> Lit:
        """Not."""

    def both(self, *lits: Lit) -> Lit:
        """And, of any number."""

    def either(self, *lits: Lit) -> Lit:
        """Or, of any number."""

    def total(self, lits: Iterable[Lit]) -> Lit:
        """One for a sum of which at most one holds."""

    def equal(self, expression: Expression) -> Lit:
        """One for an expression worth 0 or 1."""

    def boolean(self, name: str) -> Lit:
        """A new one."""

    def domain(self, var: Week) -> list[int]:
        """The weeks that a week may be, ascending."""

    def by(self, var: Week, week: int) -> Lit:
        """Whether it is that week or before."""

    def among(self, var: Week, start: int, end: int) -> Lit:
        """Whether it lies in ``[start, end)``."""


class Slot(Protocol):
    """A rotation that a unit may make; ``under`` holds of one under way."""

    @property
    def unit(self) -> str: ...
    @property
    def on(self) -> Lit: ...
    @property
    def under(self) -> Lit: ...
    @property
    def arrive(self) -> Week: ...
    @property
    def depart(self) -> Week: ...
    @property
    def posts(self) -> Sequence[Any]: ...


class Post(Protocol):
    """An element's part in a slot; of its ways (site, mode, set) one holds if it is ``on``."""

    @property
    def element(self) -> str: ...
    @property
    def kind(self) -> UnitType: ...
    @property
    def slot(self) -> Slot: ...
    @property
    def on(self) -> Lit: ...
    @property
    def arrive(self) -> Week: ...
    @property
    def depart(self) -> Week: ...
    @property
    def ways(self) -> Mapping[Any, Lit]: ...
    def by(self, what: int) -> Mapping[Any, list[Lit]]:
        """The literals of its ways by one of their fields: 0 site, 1 mode, 2 set."""


class Run(Protocol):
    """An exercise that may be held; at most one of ``at`` holds."""

    @property
    def exercise(self) -> Exercise: ...
    @property
    def at(self) -> Mapping[Start, Lit]: ...
    @property
    def on(self) -> Expression: ...
    @property
    def parts(self) -> Sequence[Any]: ...


class Part(Protocol):
    """Someone who may take part: ``takes`` at each start; from theatre, in ``visits`` during a post, too. ``early``:
    weeks from arrival to start of one flown in."""

    @property
    def run(self) -> Run: ...
    @property
    def who(self) -> Participant: ...
    @property
    def on(self) -> Lit: ...
    @property
    def early(self) -> int: ...
    @property
    def takes(self) -> Mapping[Start, Lit]: ...
    @property
    def visits(self) -> Mapping[tuple[Any, Start], Lit]: ...


class Life(Protocol):
    """A set's walk over its bays (site, start, end, row): it begins, stands, leaves, enters, stops; ``switch`` from
    bay to bay at one site."""

    @property
    def prepo(self) -> PrepoSet: ...
    @property
    def bays(self) -> Sequence[Any]: ...
    @property
    def stand(self) -> Mapping[tuple[Any, int], Lit]: ...
    @property
    def begin(self) -> Mapping[tuple[Any, int], Lit]: ...
    @property
    def stop(self) -> Mapping[tuple[Any, int], Lit]: ...
    @property
    def leave(self) -> Mapping[tuple[Any, int], Lit]: ...
    @property
    def enter(self) -> Mapping[tuple[Any, str, int], Lit]: ...
    @property
    def switch(self) -> Mapping[tuple[Any, Any, int], Lit]: ...
    def stand_in(self, t: int) -> Sequence[tuple[tuple[Any, int], Lit]]:
        """The standing literals of a week."""

    def at(self, site: str | None, t: int) -> Expression:
        """Whether it stands at the site, or anywhere."""


class Block(Protocol):
    """Maintenance that may be done during ``[start, end)``."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def on(self) -> Lit: ...


class Weekly(Protocol):
    """Posts week by week."""

    def here(self, p: Any, t: int) -> Expression:
        """Whether the element is in theatre."""

    def sites(self, p: Any) -> Mapping[str, Lit]:
        """Whether it is based at each site."""

    def at(self, p: Any, t: int) -> Mapping[str, Lit]:
        """Whether it is there and based at each site."""

    def ready(self, p: Any, t: int, late: int = 0) -> Lit:
        """Whether it counts, for at least ``late`` weeks."""

    def based(self, p: Any, t: int) -> Mapping[str, Lit]:
        """Whether it is ready and based at each site."""


class Literals(Protocol):
    """The decisions. ``offered``: types as the workbook has them, where ``case`` may be more lenient towards a plan
    that is judged; ``memo``: room for what a reading wants to make once."""

    @property
    def case(self) -> Case: ...
    @property
    def offered(self) -> Mapping[str, UnitType]: ...
    @property
    def logic(self) -> Logic: ...
    @property
    def weekly(self) -> Weekly: ...
    @property
    def weeks(self) -> range: ...
    @property
    def slots(self) -> Sequence[Slot]: ...
    @property
    def slots_of(self) -> Mapping[str, Sequence[Slot]]: ...
    @property
    def posts(self) -> Sequence[Post]: ...
    @property
    def posts_of(self) -> Mapping[str, Sequence[Post]]: ...
    @property
    def runs(self) -> Sequence[Run]: ...
    @property
    def parts(self) -> Sequence[Part]: ...
    @property
    def parts_of(self) -> Mapping[str, Sequence[Part]]: ...
    @property
    def lives(self) -> Mapping[str, Life]: ...
    @property
    def blocks(self) -> Mapping[str, Sequence[Block]]: ...
    @property
    def purchases(self) -> Mapping[str, Mapping[int, Lit]]: ...
    @property
    def memo(self) -> MutableMapping[Any, Any]: ...
    def length(self, p: Any) -> Expression:
        """Weeks of a post, 0 if it is absent."""

    def located(self, p: Any, t: int, late: int = 0, lost: frozenset[str] = frozenset()) -> Mapping[str, Lit]:
        """Where a post's element counts: its base, or the site of its exercise."""

    def people(self, site: str, t: int, settled: bool) -> Expression:
        """People settled, or present, at a site."""

    def holders(self, set_id: str, t: int) -> Iterator[tuple[str, str, Lit]]:
        """(element, site, literal) of whoever may hold a set, reset included."""

    def overruns(self, set_id: str) -> Iterator[tuple[int, str, Lit]]:
        """(until, site, literal) of those who may hold a set past the end."""

    def blocked(self, set_id: str, t: int) -> Expression:
        """Whether a set is in maintenance."""

    def idle(self, set_id: str, t: int) -> Lit:
        """Whether it is neither held nor resetting nor in maintenance."""

    def built(self, upgrade: str, t: int) -> Expression:
        """Whether an upgrade is finished."""

    def entries(self, line: str, start: int, end: int) -> Sequence[tuple[int, Lit]]:
        """(money, literal) of everything a line is charged in ``[start, end)``."""

    def spent(self, line: str, start: int, end: int) -> Expression:
        """Money of a line in ``[start, end)``."""

    def lowest(self, sums: list[list[tuple[float, Any]]]) -> tuple[Any, float]:
        """(variable, its unit) for the smallest of sums of price × variable, which is to be maximised."""

    def top(self, x: Any) -> int:
        """The largest value of a variable."""
