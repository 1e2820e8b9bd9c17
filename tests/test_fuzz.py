"""A short part of `python -m tests.fuzz`, always the same."""

import pytest

from tests.fuzz import TARGETS, attack, make_bench


@pytest.mark.parametrize("target", TARGETS)
def test_hostile_input_breaks_nothing(coder, target):
    bench = make_bench(coder)
    assert bench.alone
    for number in range(3 if target == "long_texts" else 25):
        assert attack(target, f"suite.{number}", bench) == ""
