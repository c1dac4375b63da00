"""Answers on the screen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from optimizer.cli import screen
from optimizer.quantities import figure, same

if TYPE_CHECKING:
    from optimizer.domain import Case
    from optimizer.report import Figures
    from optimizer.verify import Verdict
    from optimizer.workflow import Audited, Solved

SHOWN_COUNTRIES = 12
SHOWN_BREACHES = 40
LONGEST = 24  # letters of a figure in a table


def counts(made: Case) -> dict[str, int]:
    """How much of everything a case holds."""
    return {
        "weeks": made.weeks,
        "countries": len(made.countries),
        "units": len(made.units),
        "elements": len(made.elements),
        "sets": len(made.sets),
        "exercises": len(made.exercises),
        "sites": len(made.sites),
        "rotations in the last plan": len(made.last.rotations),
    }


def case(made: Case) -> None:
    """What a workbook holds, in a line."""
    screen.note(f"{made.settings.name}: " + ", ".join(f"{n} {what}" for what, n in counts(made).items()))


def outcome(found: Solved) -> None:
    """A solve on the screen."""
    from optimizer.report import figures
    from optimizer.report.before import kept_apart
    from optimizer.report.room import room

    o = found.outcome
    if o.plan is None:
        what = "There is no plan that holds all the rules." if o.status == "infeasible" else "No plan was found."
        screen.note(f"{what} ({o.engine} engine, {o.stop_reason}, {o.seconds:.1f} s)")
        for reason in found.reasons:
            screen.note(f"  - {reason.text} [{reason.rule}: {', '.join(reason.rows)}]")
        if o.status == "infeasible" and not found.reasons:
            screen.note("  The rows in conflict were not told apart within the limits of this run.")
        for way in found.repairs:
            sure = "a plan was found without" if way.proven else "not solved: the case is too large to be sure"
            screen.note(f"  > {way.text} [{', '.join(way.rows)}] ({sure})")
        return
    assert o.score is not None
    screen.note(f"score {figure(o.score)}; {room(o.score, o.bound)}")
    screen.note(f"{o.status}, {o.stop_reason}; {o.engine} engine, seed {o.seed}, {o.seconds:.1f} s")
    assert found.verdict is not None
    made = figures(found.case, o.plan, found.verdict)
    numbers(found.case, made)
    if apart := kept_apart(found.case, made.changed_weeks, made.changed_events):
        screen.note(apart)
    screen.note(f"every rule holds ({found.verdict.tested:,} conditions checked)")
    if o.refused:
        told = ", ".join(f"{rule} {n}" for rule, n in sorted(o.refused.items()))
        screen.note(
            f"the check did not let {sum(o.refused.values())} plan(s) of the search pass ({told}); please report it"
        )
    screen.note(f"plan: {found.output}")


WARNED = 12  # warnings of a workbook shown beside an answer; ``check`` shows them all


def warnings(found: Sequence[Any]) -> None:
    """What the reader warns of, on stderr: the plan stands, but may rest on a slip."""
    for f in found[:WARNED]:
        screen.stderr().print(f"warning: {f}", style="yellow", markup=False, soft_wrap=True)
    if len(found) > WARNED:
        screen.stderr().print(f"… and {len(found) - WARNED:,} more warnings: see optimizer check", style="yellow")


def numbers(made: Case, f: Figures) -> None:
    """Coverage, money, exercises and floors on the screen."""
    levels = [x.id for x in made.levels]
    rows = [("all", *(_percent(f.coverage[x]) for x in levels))]
    order = sorted(made.countries, key=lambda c: tuple(_or_full(f.country_coverage[c.id][x]) for x in reversed(levels)))
    rows += [(c.name, *(_percent(f.country_coverage[c.id][x]) for x in levels)) for c in order[:SHOWN_COUNTRIES]]
    left = len(made.countries) - SHOWN_COUNTRIES
    screen.table("coverage of weighted demand", ("", *levels), rows, len(levels))
    if left > 0:
        screen.note(f"… and {left} better covered countries")
    spend = [(line, f"{amount:,.2f}") for line, amount in f.spend.items()]
    screen.table(f"spend, {made.settings.money_unit}", ("line", ""), [*spend, ("all", f"{f.spent:,.2f}")], 1)
    short = sum(f.floor_person_weeks.values())
    screen.note(
        f"{f.exercises_held} of {f.exercises_offered} exercises held; {f.rotations} rotations; "
        + (f"presence floors missed by {short:,} person-weeks" if short else "presence floors met")
    )
    if f.changed_weeks is not None and made.settings.replan:
        screen.note(
            f"against the plan in force: {f.changed_weeks} element- and set-weeks, {f.changed_events} events differ"
        )


def audit(found: Audited, claims: bool) -> None:
    """A judged plan on the screen."""
    from optimizer.report import figures

    v = found.verdict
    screen.note(f"score {figure(v.score)}" + ("" if found.bound is None else f"; claimed bound {figure(found.bound)}"))
    numbers(found.case, figures(found.case, found.plan, v))
    if v.ok:
        screen.note(f"every rule holds ({v.tested:,} conditions checked)")
    else:
        rows = [
            (b.rule, "" if b.week is None else found.case.calendar.monday(b.week).isoformat(), b.text)
            for b in v.breaches[:SHOWN_BREACHES]
        ]
        screen.table(
            f"{len(v.breaches)} breach(es) in {v.tested:,} conditions", ("rule", "week of", "what is wrong"), rows
        )
    if not claims:
        return
    if found.changed is not None:
        screen.note(changed(found.changed, v))
    if (p := found.proof) is not None and p.certified is not None and p.ok:
        screen.note(f"bound re-proved from the inputs: no plan scores above {figure(p.certified)} ({p.seconds:.1f} s)")
        if found.bound is not None and found.bound < p.certified:
            screen.note(f"the bound {figure(found.bound)} is the engine's own word: its proof is not in the workbook")
    elif p is None and found.bound is not None:
        screen.note("the bound is the engine's own word: the workbook carries no proof of it")
    if found.wrong:
        wrong = [
            (m.what.replace("country_coverage ", "coverage of "), rounded(m.claimed), rounded(m.found))
            for m in found.wrong
        ]
        screen.table(f"{len(wrong)} claim(s) that do not hold", ("figure", "claimed", "found"), wrong, 2)
    elif found.claimed:
        screen.note(f"all {found.claimed} figures the workbook claims were found again")
    else:
        screen.note("the workbook claims no figures")


def changed(before: float | None, verdict: Verdict) -> str:
    """What a change by hand did to the score and the rules, in a sentence."""
    now = f"{verdict.score:,.1f}"
    rules = "all rules hold" if verdict.ok else f"{len(verdict.breaches)} condition(s) broken"
    if before is None:
        return f"The plan scores {now}; {rules}."
    if same(before, verdict.score):
        return f"The plan scores {now}, as its workbook said; {rules}."
    return f"The plan was changed after its figures were written: {before:,.1f} → {now}; {rules}."


def rounded(value: object) -> object:
    """A figure as people read it; hashes and lists shortened."""
    if isinstance(value, float):
        return f"{value:,.2f}"
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:,}"
    text = ", ".join(map(str, value)) if isinstance(value, tuple) else "none" if value is None else str(value)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def _percent(value: float | None) -> str:
    return "–" if value is None else f"{value:.1f} %"


def _or_full(value: float | None) -> float:
    return 100.0 if value is None else value
