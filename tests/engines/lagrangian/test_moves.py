"""Every kind of move makes the gain that is worked out by hand, from a plan that lacks just that.

Every week that a company is ready in Poland is worth 1 (``plain``).
"""

from __future__ import annotations

import ast
import inspect
from dataclasses import replace
from typing import Any

import pytest

from optimizer.domain import Case, Element, Host, Lock, Mode, Need, Plan, Stay, Unit
from optimizer.domain.outcome import Options
from optimizer.engines.lagrangian import solve
from optimizer.engines.lagrangian.search.moves import choose
from optimizer.engines.lagrangian.search.moves.choose import MOVES, UNTIL
from optimizer.engines.lagrangian.search.moves.events import make_way
from optimizer.engines.lagrangian.search.search import Search
from optimizer.engines.lagrangian.tables.build import names, tables
from optimizer.engines.lagrangian.tables.wishes import MUST
from optimizer.quantities import MILLI, MONEY
from optimizer.verify import verify
from tests.engines.lagrangian.plain import company, drill, plain
from tests.tiny import budget, plan, rot, run

FREE = company(2, 12, 0, 0)  # stays of 2 to 12 weeks, free of charge
COLD = 1e-9  # the temperature: nothing worse is kept
TRIES = 400  # moves of all kinds, each from the same plan


def best_gain(case: Case, start: Plan, name: str) -> float:
    """The most that one move of a kind gains from ``start``; at least one of them must have been drawn."""
    search = Search(case, tables(case), names(case), 1, start)
    search.seat()
    state, before, found = search.snapshot(), search.present_score, []
    row = [m.name for m in MOVES].index(name)
    for _ in range(TRIES):
        tried = int(search.tried[row])
        search.advance(1, COLD, COLD, lambda: False)
        if search.tried[row] > tried:
            found.append(search.present_score - before)
        search.resume(state)
    return max(found)


def test_stays_are_lengthened() -> None:
    """A company out in weeks 0 to 3 may stay for all twelve: 12 − 4."""
    assert best_gain(plain(1, 12, FREE), plan(rot("U0", 0, 4, "U0a POZ sea")), "stays") == pytest.approx(8.0)


def test_a_better_unit_is_swapped_in_for_the_money() -> None:
    """Money for twelve weeks at 1, all spent on a company that gives one point. Another, at the same cost, gives
    three: 3 · 12 − 12."""
    kind = company(2, 12, 0, 1)
    made = plain(2, 12, kind, budgets=(budget(12),))
    made = replace(
        made,
        unit_types=(kind, replace(kind, id="BIG", points={"armour": 3 * MILLI})),
        units=(made.units[0], Unit("U1", "U1", "BIG", "Home")),
        elements=(made.elements[0], Element("U1a", "U1", "BIG")),
        demands=tuple(replace(d, points=d.points * 2) for d in made.demands),
    )
    assert best_gain(made, plan(rot("U0", 0, 12, "U0a POZ sea")), "swap") == pytest.approx(24.0)


def test_a_missing_exercise_is_held() -> None:
    """The company is out all the time, counts in exercises as elsewhere, and nobody has held X1: 50."""
    made = plain(1, 12, FREE, exercises={"X1": drill("theatre")})
    assert best_gain(made, plan(rot("U0", 0, 12, "U0a POZ sea")), "missing") == pytest.approx(50.0)


def test_an_exercise_is_moved_to_a_cheaper_host() -> None:
    """DRA asks 5 for it, POZ nothing; money counts in full."""
    drilled = drill("theatre", hosts=(Host("DRA", 5 * MONEY), Host("POZ")))
    made = plain(1, 12, FREE, exercises={"X1": drilled}, settings={"cost_price": 1.0})
    start = plan(rot("U0", 0, 12, "U0a POZ sea"), run("X1", "DRA", 2, "N1 U0a"))
    assert best_gain(made, start, "runs") == pytest.approx(5.0)


def test_a_set_is_moved_to_where_it_is_wanted() -> None:
    """In Lithuania nobody is wanted. In Poland the company draws the set in week 0 and is ready in weeks 1 to 11."""
    kind = company(2, 12, 0, 0, modes={"set": Mode(0, 0, 0)})
    made = plain(1, 12, kind, sets={"S1": {"start_site": None, "move_cost": 0, "week_cost": 0}})
    assert best_gain(made, plan(Stay("S1", "RUK", 0, 12)), "set") == pytest.approx(11.0)


def test_an_upgrade_makes_room() -> None:
    """There is no room in Poland before two weeks of building are over: 10, for weeks 2 to 11. From Rukla, where the
    company is in weeks 0 and 1, half of it counts in Poland: 10 − 2 · ½."""
    made = plain(1, 12, FREE, upgrades={"B1": {"site": "POZ", "cost": 0}})
    sites = tuple(replace(s, places=0, handover_places=0) if s.country == "PL" else s for s in made.sites)
    made = replace(made, sites=sites)
    assert best_gain(made, plan(rot("U0", 0, 2, "U0a RUK sea")), "upgrade") == pytest.approx(9.0)


def test_what_must_be_is_brought_about() -> None:
    """Out in the last four weeks, where it must be there in weeks 3 and 4: out in all twelve, 8 more, and the lock
    true in both of its weeks."""
    made = plain(1, 12, FREE, locks=(Lock("L1", "must", "unit", "U0", "PL", start=3, end=5),))
    assert best_gain(made, plan(rot("U0", 8, 12, "U0a POZ sea")), "must") == pytest.approx(2 * MUST + 8.0, abs=1e-6)


def test_who_has_to_take_part_is_based_near_enough() -> None:
    """X1 must be held at Rukla with somebody based there; the company is in Poland all the time, worth twice as much.
    All twelve weeks at Rukla: 50 − 12 + 12 · ½, and the lock true; a stay at each of the two may do better."""
    drilled = drill("theatre", hosts=(Host("RUK"),), needs=(Need("N1", "CO", 1, "theatre", 0),))
    made = plain(1, 12, FREE, exercises={"X1": drilled}, locks=(Lock("L1", "must", "exercise", "X1"),))
    gain = best_gain(made, plan(rot("U0", 0, 12, "U0a POZ sea")), "must")
    assert MUST + 44.0 - 1e-6 <= gain <= MUST + 50.0


def one_slot(**changed: Any) -> Case:
    """Two sets, S1 from Rukla and S2 from Poznan, which has one slot; where they stand is worth nothing by itself."""
    sets = {name: {"start_site": site, "move_cost": 0, "week_cost": 0} for name, site in (("S1", "RUK"), ("S2", "POZ"))}
    made = plain(1, 12, FREE, sets=sets, **changed)
    sites = tuple(replace(s, slots=made.sets[0].slots if s.id == "POZ" else s.slots) for s in made.sites)
    return replace(made, sites=sites)


def test_a_set_that_must_stand_somewhere_takes_the_slot_of_one_that_need_not() -> None:
    """The plan in hand has S2 there: fitted to the new line, S1 is there in weeks 6 and 7."""
    made = one_slot(locks=(Lock("L1", "must", "set", "S1", "POZ", start=6, end=8),))
    search = Search(made, tables(made), names(made), 1, plan(Stay("S1", "RUK", 0, 12), Stay("S2", "POZ", 0, 12)))
    search.seat()
    assert search.present_score == pytest.approx(2 * MUST)


def test_a_slot_is_built_for_a_set_that_must_stand_somewhere() -> None:
    """S2 must be there in all twelve weeks and S1 in the last two: a second slot can be built, or one of them lacks."""
    locks = (Lock("L1", "must", "set", "S1", "POZ", start=10), Lock("L2", "must", "set", "S2", "POZ"))
    made = one_slot(locks=locks, upgrades={"B1": {"site": "POZ", "cost": 0, "slots": MILLI}})
    search = Search(made, tables(made), names(made), 1)
    search.construct()
    assert search.best_score >= 14 * MUST


def test_places_are_built_where_somebody_has_to_be() -> None:
    """No room in Poland before two weeks of building are over; the company must be there in weeks 6 and 7. One move
    builds and sends it, for 2 weeks to 10, in place of two at Rukla that count half."""
    upgrades = {"B1": {"site": "POZ", "cost": 0}}
    made = plain(1, 12, FREE, upgrades=upgrades, locks=(Lock("L1", "must", "unit", "U0", "PL", start=6, end=8),))
    sites = tuple(replace(s, places=0, handover_places=0) if s.country == "PL" else s for s in made.sites)
    gain = best_gain(replace(made, sites=sites), plan(rot("U0", 0, 2, "U0a RUK sea")), "must")
    assert 2 * MUST + 1.0 - 1e-6 <= gain <= 2 * MUST + 9.0 + 1e-6


def test_a_range_is_built_for_what_has_to_be_held() -> None:
    """X1 is for companies; Rukla has no range, but one can be built. 50 for the exercise, and the lock true."""
    hosts = (Host("RUK"),)
    made = plain(1, 12, FREE, exercises={"X1": drill("theatre", hosts=hosts, echelon="company")},
                 upgrades={"B1": {"site": "RUK", "cost": 0, "places": 0, "range_echelon": "company"}},
                 locks=(Lock("L1", "must", "exercise", "X1"),))  # fmt: skip
    sites = tuple(replace(s, range_echelon="none") if s.id == "RUK" else s for s in made.sites)
    assert best_gain(replace(made, sites=sites), plan(rot("U0", 0, 2, "U0a POZ sea")), "must") >= MUST + 48.0 - 1e-6


def test_a_set_that_may_not_stay_has_a_slot_built_before_anything_is_planned() -> None:
    """S1 may not be at Rukla from week 6 on; Poznan's one slot is S2's, which may stand nowhere else then."""
    locks = tuple(Lock(f"L{i}", "forbid", "set", q, "RUK", start=6) for i, q in enumerate(("S1", "S2")))
    made = one_slot(locks=locks, upgrades={"B1": {"site": "POZ", "cost": 0, "slots": MILLI}})
    others = {s.id for s in made.sites} - {"RUK", "POZ"}
    made = replace(made, sites=tuple(replace(s, slots=0) if s.id in others else s for s in made.sites))
    search = Search(made, tables(made), names(made), 1)
    search.construct()
    assert search.adopt()
    assert search.plan is not None
    assert [p.upgrade for p in search.plan.purchases] == ["B1"]
    assert verify(made, search.plan).ok


@pytest.mark.parametrize("close", [True, False])
def test_whoever_could_serve_is_enlisted_whatever_the_week(close: bool) -> None:
    """Three companies at home could serve in week 30: all three are enlisted, by their own numbers."""
    exercises = {"X1": drill("theatre", hosts=(Host("RUK"),), earliest=30, latest=30)}
    made = plain(3, 40, FREE, exercises=exercises)
    search = Search(made, tables(made), names(made), 1)
    make_way(search.core, search.now, search.moving, 0, 0, 30, close)
    assert search.desk.listed.all()
    assert sorted(search.desk.units[: search.desk.n[0]]) == [0, 1, 2]


def test_shares_are_whole_and_moves_without_an_object_leave_theirs() -> None:
    """Without sets, upgrades and exercises a quarter of the moves or so swaps (0.30) and the others change stays."""
    assert sum(m.share for m in MOVES) == pytest.approx(1.0)
    assert UNTIL[-1] == 1.0
    made = plain(2, 12, FREE)
    search = Search(made, tables(made), names(made), 1, plan(rot("U0", 0, 4, "U0a POZ sea")))
    search.seat()
    search.advance(2000, COLD, COLD, lambda: False)
    tried = dict(zip((m.name for m in MOVES), search.tried.tolist(), strict=True))
    assert sum(tried.values()) == 2000
    assert {name for name, n in tried.items() if n} == {"swap", "stays"}
    assert 0.26 < tried["swap"] / 2000 < 0.34
    assert (search.accepted <= search.tried).all()


def test_an_outcome_counts_the_moves_of_all_searches() -> None:
    made = plain(2, 12, FREE, exercises={"X1": drill("theatre")})
    found = solve(made, Options("quick", workers=2)).moves
    assert set(found) == {m.name for m in MOVES}
    assert all(0 <= kept <= tried for tried, kept in found.values())
    assert found["stays"][0] > 0
    assert found["set"] == (0, 0)


def test_the_table_of_moves_and_the_branches_that_make_them_agree() -> None:
    """Compiled code branches by number. The kernels differ in what they take and give, so that a table of functions
    would need one signature for all; instead each branch is held here against the row of the table it is for."""
    (function,) = ast.parse(inspect.getsource(choose.ruin_and_recreate.entry.py_func)).body
    branch = next(n for n in ast.walk(function) if isinstance(n, ast.If) and ast.unparse(n.test) == "move == MUST")
    made: dict[str, str] = {}
    while True:
        calls = {c.func.id for c in ast.walk(ast.Module(branch.body, [])) if isinstance(c, ast.Call)}
        (made[ast.unparse(branch.test).removeprefix("move == ")],) = calls
        if not isinstance(branch.orelse[0], ast.If):
            (made["STAYS"],) = {c.func.id for x in branch.orelse for c in ast.walk(x) if isinstance(c, ast.Call)}
            break
        branch = branch.orelse[0]
    assert {MOVES[getattr(choose, row)].free.__name__: row for row in made} == {f: row for row, f in made.items()}
    assert len(made) == len(MOVES)
