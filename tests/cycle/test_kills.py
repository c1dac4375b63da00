"""A killed run is taken up again to the same bytes; of several started at once one works."""

from tests.cycle.kills import at_once, kills


def test_killed_runs_come_to_the_same_bytes(tmp_path):
    kills(tmp_path, 3)


def test_of_runs_started_together_one_works_and_the_others_say_so(tmp_path):
    codes = at_once(tmp_path, 3)
    assert set(codes) <= {0, 8}
    assert codes[0] >= 1
