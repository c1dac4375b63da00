"""A proof of a bound that travels with a plan: integers by names, to be checked from the case alone.

The mathematics and the format are those of docs/certificate.md; ``verify.bound`` checks it.
"""

from __future__ import annotations

import base64
import json
import lzma
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

FEW = 12_000  # multipliers up to which they stand in lines of their own; more are packed
CHUNK = 32_000  # letters of what is packed in a line: a cell holds few more
LARGEST = 64 << 20  # bytes to which it may unpack

Name = tuple[Any, ...]  # ids of a row: texts and weeks, and lists of either as tuples


@dataclass(frozen=True)
class Reference:
    """A coverage row beyond a reference: what each giver (its place in ``Certificate.givers``) is taken to give
    anyway, in micro-points."""

    multiplier: int
    given: Mapping[int, int]


@dataclass(frozen=True)
class Leaf:
    """``decided``: on which side of the decisions on the way the leaf lies, each (kind, subject, value, side);
    ``rows``: multipliers by family, ids and week; ``beyond``: rows beyond a reference by ids."""

    decided: tuple[tuple[str, str, Any, bool], ...] = ()
    rows: Mapping[str, Mapping[Name, Mapping[int, int]]] = field(default_factory=dict)
    beyond: Mapping[Name, Reference] = field(default_factory=dict)


@dataclass(frozen=True)
class Certificate:
    """``case``: hash of the case it is about; ``claimed``: the bound it is said to prove, in
    billionths of a point (``None``: there is no plan); ``digits``: a multiplier n of
    a family is worth n / 10^digits; ``givers``: who supplies, by name; ``leaves``: together they hold every plan."""

    case: str
    claimed: int | None
    digits: Mapping[str, int]
    givers: tuple[tuple[str, ...], ...]
    leaves: tuple[Leaf, ...]

    def decimals(self, family: str) -> int:
        """Decimals of the multipliers of a family; all rows of coverage have the same."""
        return self.digits.get("cover" if family in ("whole", "partly") else family, 9)

    @property
    def numbers(self) -> int:
        """How many multipliers it holds."""
        return sum(sum(map(len, rows.values())) for x in self.leaves for rows in x.rows.values()) + sum(
            len(x.beyond) for x in self.leaves
        )


Line = tuple[int, str, str, str]  # leaf, family or kind of line, ids as JSON, numbers


def lines(c: Certificate) -> Iterator[Line]:
    """The certificate as rows of text, as the Bound sheet shows them."""
    yield 0, "case", "[]", c.case
    yield 0, "claimed", "[]", "none" if c.claimed is None else str(c.claimed)
    if c.numbers <= FEW:
        yield from plain(c)
        return
    text = base64.b64encode(packed(plain(c))).decode("ascii")
    for i in range(0, len(text), CHUNK):
        yield 0, "packed", _json((i // CHUNK,)), text[i : i + CHUNK]


def packed(rows: Iterable[Line]) -> bytes:
    """Rows, each its four columns with tabs between them, as one xz file."""
    return lzma.compress("\n".join("\t".join(map(str, row)) for row in rows).encode(), preset=9)


def _unpacked(chunks: Sequence[str]) -> Iterator[Line]:
    file = lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=4 * LARGEST)
    text = file.decompress(base64.b64decode("".join(chunks), validate=True), LARGEST)
    if not file.eof or file.unused_data:
        raise Malformed("what is packed breaks off, or is too large")
    for row in text.decode().split("\n"):
        leaf, kind, ids, numbers = row.split("\t")
        if kind in ("case", "claimed", "packed"):
            raise Malformed(f"{kind} stands in what is packed")
        yield int(leaf), kind, ids, numbers


def plain(c: Certificate) -> Iterator[Line]:
    """All rows but the first two, each by itself."""
    for family, digits in c.digits.items():
        yield 0, "digits", _json((family,)), str(digits)
    for giver in c.givers:
        yield 0, "giver", _json(giver), ""
    for i, leaf in enumerate(c.leaves, start=1):
        yield i, "leaf", "[]", ""
        for decision in leaf.decided:
            yield i, "decided", _json(decision), ""
        for family, rows in leaf.rows.items():
            for name, weeks in rows.items():
                yield i, family, _json(name), _runs(weeks)
        for ids, row in leaf.beyond.items():
            yield i, "partly", _json(ids), f"{row.multiplier}: {_runs(row.given)}"


def _json(name: Iterable[Any]) -> str:
    return json.dumps(list(name), ensure_ascii=False, separators=(",", ":"))


def _runs(numbers: Mapping[int, int]) -> str:
    """``3 17 16; 9 5``: 17 and 16 from week 3 on, 5 in week 9."""
    out: list[list[int]] = []
    last = None
    for at in sorted(numbers):
        if last is None or at != last + 1:
            out.append([at])
        out[-1].append(numbers[at])
        last = at
    return "; ".join(" ".join(map(str, run)) for run in out)


class Malformed(ValueError):
    """A certificate that says nothing, or nothing that can be read."""


def parsed(given: Iterable[Line]) -> Certificate:
    """The certificate of rows of text; ``Malformed`` if they are none."""
    facts: dict[str, str] = {}
    digits: dict[str, int] = {}
    givers: list[tuple[str, ...]] = []
    leaves: dict[int, tuple[list[Any], dict[str, dict[Name, Any]], dict[Name, Reference]]] = {}
    try:
        for leaf, kind, ids, numbers in _whole(given):
            name = _tupled(json.loads(ids))
            if kind in ("case", "claimed"):
                _once(facts, kind, numbers)
            elif kind == "digits":
                _once(digits, name[0], int(numbers))
            elif kind == "giver":
                givers.append(name)
            elif kind == "leaf":
                _once(leaves, leaf, ([], {}, {}))
            elif kind == "decided":
                kind, subject, value, side = name
                leaves[leaf][0].append((kind, subject, value, bool(side)))
            elif kind == "partly":
                price, _, rest = numbers.partition(":")
                _once(leaves[leaf][2], name, Reference(int(price), _numbers(rest)))
            else:
                _once(leaves[leaf][1].setdefault(kind, {}), name, _numbers(numbers))
        made = tuple(Leaf(tuple(d), rows, beyond) for d, rows, beyond in leaves.values())
        claimed = None if facts["claimed"] == "none" else int(facts["claimed"])
        return Certificate(facts["case"], claimed, digits, tuple(givers), made)
    except (ValueError, KeyError, TypeError, IndexError, RecursionError, lzma.LZMAError) as e:
        raise Malformed(f"it cannot be read: {type(e).__name__} {e}") from e


def _whole(given: Iterable[Line]) -> Iterator[Line]:
    """The rows as they are, those that are packed last."""
    chunks: list[str] = []
    for leaf, kind, ids, numbers in given:
        if kind != "packed":
            yield leaf, kind, ids, numbers
        elif json.loads(ids) == [len(chunks)]:
            chunks.append(numbers)
        else:
            raise Malformed("what is packed is out of order")
    if chunks:
        yield from _unpacked(chunks)


def _once(table: dict[Any, Any], key: Any, value: Any) -> None:
    if key in table:
        raise Malformed(f"{key} stands in it twice")
    table[key] = value


def _tupled(value: Any) -> Any:
    return tuple(map(_tupled, value)) if isinstance(value, list) else value


def _numbers(text: str) -> dict[int, int]:
    out: dict[int, int] = {}
    for run in filter(None, map(str.strip, text.split(";"))):
        at, *values = map(int, run.split())
        for i, value in enumerate(values):
            _once(out, at + i, value)
    return out
