"""The proof of the bound in the workbook: written, found again, checked, and refused where it does not hold."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from optimizer.domain import Case
from optimizer.domain.canonical import content_hash
from optimizer.domain.certificate import Certificate, Leaf
from optimizer.domain.outcome import Options, Outcome
from optimizer.report import figures
from optimizer.verify import verify
from optimizer.verify.bound.judge import as_score, prove
from optimizer.workbook.output import write_plan
from optimizer.workbook.reading.proof import read_certificate
from optimizer.workflow.auditing import audit
from optimizer.workflow.proving import proven
from tests.workbook.output.answers import WEEKS, full_case, full_plan


def _proof(made: Case) -> Certificate:
    """Prices for the lowest level of armour in Poland, other demand as it is."""
    cover = {("", "PL", "armour", "assure"): dict.fromkeys(range(WEEKS), 10**5)}
    return Certificate(content_hash(made), None, {"cover": 12}, (), (Leaf((), {"cover": cover}),))


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The answer, written once."""
    return answered(tmp_path_factory.mktemp("once") / "a.xlsx")


@pytest.fixture
def path(once: Path, tmp_path: Path) -> Path:
    """A copy of it that may be changed."""
    return Path(shutil.copy(once, tmp_path / "a.xlsx"))


def answered(path: Path, **changes: object) -> Path:
    made, chosen = full_case(), full_plan()
    verdict = verify(made, chosen)
    bound = prove(made, _proof(made)).certified
    told = Outcome("lagrangian", "feasible", "effort", chosen, verdict.score, bound, certificate=_proof(made))
    told = proven(made, told if not changes else Outcome(**{**vars(told), **changes}), Options())
    return write_plan(path, made, chosen, told, verdict, figures(made, chosen, verdict))


def edited(path: Path, change: Callable[[openpyxl.Workbook], None]) -> Path:
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(path)
    return path


def test_it_travels_and_is_checked(path: Path) -> None:
    made = full_case()
    found = read_certificate(path)
    assert found is not None
    assert found == Certificate(**{**vars(_proof(made)), "claimed": prove(made, _proof(made)).worth})
    told = audit(path, proving=True)
    assert told.ok
    assert told.proof is not None
    assert told.proof.certified == told.proof.claimed == told.bound == as_score(found.claimed)
    book = openpyxl.load_workbook(path)
    assert "bound re-proved: no plan can score more" in {c.value for row in book["Summary"].iter_rows() for c in row}
    assert "proves it anew" in book["Bound"]["A2"].value


def test_a_spreadsheet_program_may_save_it(path: Path) -> None:
    assert audit(edited(path, lambda book: None), proving=True).ok


def lower(by: int) -> Callable[[openpyxl.Workbook], None]:
    def change(book: openpyxl.Workbook) -> None:
        row = next(r for r in book["Bound"].iter_rows() if r[1].value == "claimed")
        row[3].value -= by

    return change


def _other(book: openpyxl.Workbook) -> None:
    row = next(r for r in book["Bound"].iter_rows() if r[1].value == "cover")
    row[3].value = row[3].value.replace("100000", "200000", 1)


def _negative(book: openpyxl.Workbook) -> None:
    row = next(r for r in book["Bound"].iter_rows() if r[1].value == "cover")
    row[3].value = row[3].value.replace("100000", "-1", 1)


def _stated(book: openpyxl.Workbook) -> None:
    row = next(r for r in book["Checks"].iter_rows() if r[0].value == "Bound re-proved from the inputs")
    row[2].value -= 1


def _garbled(book: openpyxl.Workbook) -> None:
    row = next(r for r in book["Bound"].iter_rows() if r[1].value == "cover")
    row[2].value = "PL, armour"


def _gone(book: openpyxl.Workbook) -> None:
    del book["Bound"]


@pytest.mark.parametrize("change", [lower(1), _other, _negative, _stated, _garbled, _gone])
def test_a_claim_that_is_not_proven_is_refused(path: Path, change: Callable[[openpyxl.Workbook], None]) -> None:
    """A claim a billionth too low, multipliers that prove less or nothing, a proof that cannot be read or is gone."""
    told = audit(edited(path, change), proving=True)
    assert not told.ok
    assert told.wrong[0].what == "Bound: certified bound"


def test_a_higher_claim_is_true(path: Path) -> None:
    assert audit(edited(path, lower(-(10**9))), proving=True).ok


def test_without_a_proof_it_says_so(tmp_path: Path) -> None:
    path = answered(tmp_path / "a.xlsx", certificate=None, engine="cpsat")
    assert "Not re-proved: engine 'cpsat' writes no certificate." in openpyxl.load_workbook(path)["Bound"]["A2"].value
    told = audit(path, proving=True)
    assert told.ok
    assert told.proof is None


def _tile(by: float) -> Callable[[openpyxl.Workbook], None]:
    """The bound on the Summary lowered, wherever it stands under its word."""

    def change(book: openpyxl.Workbook) -> None:
        word = next(c for row in book["Summary"].iter_rows() for c in row if c.value == "Proven bound")
        book["Summary"].cell(word.row + 1, word.column).value -= by

    return change


def _line(sheet: str, label: str) -> Callable[[openpyxl.Workbook], None]:
    """A bound lowered that stands beside its word."""

    def change(book: openpyxl.Workbook) -> None:
        row = next(r for r in book[sheet].iter_rows() if r[0].value == label)
        next(c for c in row[1:] if isinstance(c.value, float)).value -= 0.01

    return change


@pytest.mark.parametrize(
    ("change", "where"),
    [(_tile(0.01), "Summary"), (_line("Checks", "Proven upper bound"), "Checks"), (_line("Run", "Bound"), "Run")],
)
def test_a_bound_below_what_is_proven_is_refused(
    path: Path, change: Callable[[openpyxl.Workbook], None], where: str
) -> None:
    """Though it lies above the score of the plan."""
    told = audit(edited(path, change), proving=True)
    assert [m.what for m in told.wrong] == [f"{where}: bound (more than is re-proved)"]
    assert told.wrong[0].claimed > told.verdict.score


def test_many_numbers_are_packed_and_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same proof in a few cells, however a spreadsheet program saves them; a letter changed and it is refused."""
    monkeypatch.setattr("optimizer.domain.certificate.FEW", 3)
    monkeypatch.setattr("optimizer.domain.certificate.CHUNK", 100)
    path = answered(tmp_path / "a.xlsx")
    kinds = [row[1].value for row in openpyxl.load_workbook(path)["Bound"].iter_rows()]
    assert kinds.count("packed") > 1
    assert "cover" not in kinds
    made = full_case()
    assert read_certificate(path) == Certificate(**{**vars(_proof(made)), "claimed": prove(made, _proof(made)).worth})
    assert audit(edited(path, lambda book: None), proving=True).ok

    def swap(book: openpyxl.Workbook) -> None:
        cell = next(r for r in book["Bound"].iter_rows() if r[1].value == "packed")[3]
        cell.value = f"{cell.value[:50]}{'A' if cell.value[50] != 'A' else 'B'}{cell.value[51:]}"

    told = audit(edited(path, swap), proving=True)
    assert [m.what for m in told.wrong] == ["Bound: certified bound"]


def test_more_branching_than_is_carried_is_told_apart(tmp_path: Path) -> None:
    """The engine's bound is below what the certificate proves: both are said, and neither can be lowered alone."""
    certified = prove(full_case(), _proof(full_case())).certified
    assert certified is not None
    path = answered(tmp_path / "a.xlsx", bound=certified - 1)
    texts = {c.value for row in openpyxl.load_workbook(path)["Summary"].iter_rows() for c in row}
    assert f"the engine's; {certified:,.2f} is re-proved" in texts
    told = audit(path, proving=True)
    assert told.ok
    assert told.bound == pytest.approx(certified - 1)
    told = audit(edited(path, _tile(0.5)), proving=True)
    assert [m.what for m in told.wrong] == ["Summary: bound (more than is re-proved)"]
    path = answered(tmp_path / "b.xlsx", bound=certified - 1, status="optimal")
    texts = {str(c.value) for row in openpyxl.load_workbook(path)["Summary"].iter_rows() for c in row}
    assert any(f"(The engine's own proof; {certified:,.2f} is re-proved.)" in x for x in texts)
