"""Which cases there are: synthetic classes by seed, and the shipped real ones; each is a workbook."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "outputs" / "bench"
REAL = ("fy2017", "fy2016")
CLASSES = ("S", "M", "L", "XL")
LIMITS = {"S": 300, "M": 300, "L": 600, "XL": 1800, "real": 180}  # seconds of a full run


@dataclass(frozen=True)
class Problem:
    """A case by name: a class with a seed, or a real one (seed 0)."""

    name: str
    seed: int = 0

    @property
    def id(self) -> str:
        return f"{self.name}-{self.seed}" if self.seed else self.name

    @property
    def book(self) -> Path:
        """Its workbook, written if need be."""
        if self.name in REAL:
            return ROOT / "inputs" / f"{self.name}.xlsx"
        from optimizer.workflow import generate

        path = RESULTS / "cases" / f"{self.id}.xlsx"
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            generate(path, self.name, {}, self.seed)
        return path

    @property
    def limit(self) -> int:
        return LIMITS.get(self.name, LIMITS["real"])
