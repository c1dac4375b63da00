"""A hash made today holds when the program has learnt more."""

from dataclasses import dataclass, fields, replace

from optimizer.domain import Case, Element, Settings
from optimizer.domain.canonical import comparable, content, content_hash
from tests.tiny import case, plan


@dataclass(frozen=True)
class Later(Settings):
    """The settings of a later version: three more, at their defaults."""

    motto: str = ""
    look_ahead: int = 0
    cap: int | None = None


def _later(c: Case) -> Case:
    return replace(c, settings=Later(**{f.name: getattr(c.settings, f.name) for f in fields(Settings)}))


def test_a_hash_survives_new_settings() -> None:
    c = case(settings={"change_price": 2.0})
    newer = _later(c)
    assert {f.name for f in fields(newer.settings)} > {f.name for f in fields(c.settings)}
    assert content_hash(newer, plan()) == content_hash(c, plan())


def test_a_new_setting_counts_once_it_is_used() -> None:
    newer = _later(case())
    assert content_hash(replace(newer, settings=replace(newer.settings, look_ahead=26))) != content_hash(newer)


def test_only_what_is_at_its_default_is_left_out() -> None:
    c = case()
    every = content(replace(c, settings=replace(c.settings, seed=7)), False)
    assert every["settings"]["seed"] == 7
    assert "seed" not in content(c, False)["settings"]
    assert content(Element("U1a", "U1", "TANK")) == {"id": "U1a", "unit": "U1", "type": "TANK"}
    assert content(Element("U1a", "U1", "TANK", True))["optional"] is True


def test_hashes_of_an_older_scheme_say_nothing() -> None:
    assert comparable(content_hash(case()))
    assert not comparable("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")
